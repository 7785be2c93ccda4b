package fake

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Subnet is a seeded subnet.
type Subnet struct {
	Vantage
	ID  string
	vpc *VPC
}

// Subnet makes a subnet in an Availability Zone, "us-east-1a" or just "a". An IPv6 block makes it an IPv6-only subnet. A zone that the
// Region lacks, a block outside the VPC's or one that overlaps another subnet panics.
func (v *VPC) Subnet(az, cidr string) *Subnet {
	s := &Subnet{vpc: v}
	s.Vantage = v.cloud.vantage(s.source)
	p := network(cidr)
	az = v.account.zoneName(az)
	v.account.do(func(tx *world.Tx) {
		r := &world.Subnet{Meta: seeded(tx, tx.NewID("subnet")), VPC: v.ID, AZ: az, AZID: tx.AZID(v.account.ID, az)}
		if r.AZID == "" || !strings.HasPrefix(az, v.account.Region) {
			panic(fmt.Sprintf("fake: %s has no Availability Zone %q", v.account.Region, az))
		}
		if p.Addr().Is4() {
			r.CIDR = v.fitting4(tx, p)
		} else {
			r.CIDR6 = v.fitting6(tx, p)
		}
		tx.Subnets.Put(beginning, r)
		s.ID = r.ID
	})
	return s
}

// zoneName is the full name of an Availability Zone of the account's Region that is given in full or by its letter.
func (a *Account) zoneName(az string) string {
	if len(az) == 1 {
		return a.Region + az
	}
	return az
}

// IPv6 gives the subnet an IPv6 block of /64 in the VPC's IPv6 block: it is then dual stack. A block that does not fit panics.
func (s *Subnet) IPv6(cidr string) *Subnet {
	p := network(cidr)
	s.vpc.account.do(func(tx *world.Tx) {
		r := *s.record(tx)
		r.CIDR6 = s.vpc.fitting6(tx, p)
		tx.Subnets.Put(tx.Now, &r)
	})
	return s
}

func (s *Subnet) record(tx *world.Tx) *world.Subnet {
	r := tx.Subnets.At(s.ID, tx.Now)
	if r == nil {
		panic("fake: subnet " + s.ID + " no longer exists")
	}
	return r
}

func (v *VPC) fitting4(tx *world.Tx, p netip.Prefix) netip.Prefix {
	if p.Bits() < 16 || p.Bits() > 28 {
		panic(fmt.Sprintf("fake: subnet block %s: want /16 to /28", p))
	}
	return v.fitting(tx, p, v.record(tx).CIDR, func(s *world.Subnet) netip.Prefix { return s.CIDR })
}

func (v *VPC) fitting6(tx *world.Tx, p netip.Prefix) netip.Prefix {
	if !p.Addr().Is6() || p.Bits() != 64 {
		panic(fmt.Sprintf("fake: subnet block %s: want an IPv6 /64", p))
	}
	return v.fitting(tx, p, v.record(tx).CIDR6, func(s *world.Subnet) netip.Prefix { return s.CIDR6 })
}

func (v *VPC) fitting(tx *world.Tx, p, outer netip.Prefix, of func(*world.Subnet) netip.Prefix) netip.Prefix {
	if !within(p, outer) {
		panic(fmt.Sprintf("fake: subnet block %s is not in VPC %s, which has %s", p, v.ID, blockText(outer)))
	}
	for other := range world.Live(tx, tx.Subnets.By(world.ByVPC, v.ID, 0)) {
		if o := of(other); o.IsValid() && o.Overlaps(p) {
			panic(fmt.Sprintf("fake: subnet block %s overlaps %s of subnet %s", p, o, other.ID))
		}
	}
	return p
}

func blockText(p netip.Prefix) string {
	if !p.IsValid() {
		return "no such block"
	}
	return p.String()
}
