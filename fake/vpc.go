package fake

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// beginning is when seeded things came to be: before any read, however stale.
var beginning time.Time

// VPC is a seeded VPC.
type VPC struct {
	Vantage
	ID      string
	account *Account
}

// VPC makes a VPC with an IPv4 block, a new one at each call. Both DNS attributes are on, unlike in a VPC that AWS makes by default; it
// has a default security group and a main route table. A block that is no IPv4 network of /16 to /28 panics.
func (a *Account) VPC(cidr string) *VPC {
	p := network(cidr)
	if !p.Addr().Is4() || p.Bits() < 16 || p.Bits() > 28 {
		panic(fmt.Sprintf("fake: VPC block %s: want an IPv4 network of /16 to /28", cidr))
	}
	v := &VPC{account: a}
	v.Vantage = a.cloud.vantage(v.source)
	a.do(func(tx *world.Tx) {
		n := vpc.NewNetwork(tx, p, func(id string) world.Meta { return seeded(tx, id) })
		n.VPC.DNSHostnames, v.ID = true, n.VPC.ID
		tx.VPCs.Put(beginning, n.VPC)
		tx.Groups.Put(beginning, n.Group)
		tx.RouteTables.Put(beginning, n.Table)
	})
	return v
}

// DNSSupport sets the attribute enableDnsSupport: whether the VPC's resolver answers. Default: true.
func (v *VPC) DNSSupport(on bool) *VPC { return v.change(func(r *world.VPC) { r.DNSSupport = on }) }

// DNSHostnames sets the attribute enableDnsHostnames, which private DNS needs too. Default: true.
func (v *VPC) DNSHostnames(on bool) *VPC { return v.change(func(r *world.VPC) { r.DNSHostnames = on }) }

// IPv6 gives the VPC an IPv6 block, from /44 to /60 in steps of four bits; anything else panics.
func (v *VPC) IPv6(cidr string) *VPC {
	p := network(cidr)
	if !p.Addr().Is6() || p.Bits() < 44 || p.Bits() > 60 || p.Bits()%4 != 0 {
		panic(fmt.Sprintf("fake: VPC block %s: want an IPv6 network of /44 to /60 in steps of four", cidr))
	}
	return v.change(func(r *world.VPC) { r.CIDR6 = p })
}

// DefaultSecurityGroup is the group that AWS made with the VPC: it admits its own members.
func (v *VPC) DefaultSecurityGroup() *SecurityGroup {
	g := &SecurityGroup{vpc: v}
	v.account.do(func(tx *world.Tx) { g.ID = v.record(tx).DefaultGroup })
	return g
}

func (v *VPC) change(f func(*world.VPC)) *VPC {
	v.account.do(func(tx *world.Tx) {
		r := *v.record(tx)
		f(&r)
		tx.VPCs.Put(tx.Now, &r)
	})
	return v
}

func (v *VPC) record(tx *world.Tx) *world.VPC {
	r := tx.VPCs.At(v.ID, tx.Now)
	if r == nil {
		panic("fake: VPC " + v.ID + " no longer exists")
	}
	return r
}

// seeded is the head of a record that a test makes beside the API.
func seeded(tx *world.Tx, id string) world.Meta {
	m := tx.Meta(id, nil)
	m.Seeded = true
	return m
}

// network parses a CIDR; anything else panics. As on AWS, host bits do not count.
func network(cidr string) netip.Prefix {
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		panic(fmt.Sprintf("fake: %q is no network in CIDR notation", cidr))
	}
	return p.Masked()
}

func within(inner, outer netip.Prefix) bool {
	return outer.IsValid() && outer.Contains(inner.Addr()) && outer.Bits() <= inner.Bits()
}
