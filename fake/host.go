package fake

import (
	"fmt"
	"net"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Host is a machine in a subnet, with a network interface of its own: it looks names up with its VPC's resolver and opens connections.
type Host struct {
	Vantage
	ID      string // of its network interface
	account *Account
}

// Host puts a machine into the subnet, in some security groups of the VPC, or in the default group where none is given. A group of
// another VPC, more than one machine for each free address, or a subnet that is gone panics.
func (s *Subnet) Host(groups ...*SecurityGroup) *Host {
	h := &Host{account: s.vpc.account}
	h.Vantage = s.cloud.vantage(h.source)
	s.vpc.account.do(func(tx *world.Tx) {
		r := s.record(tx)
		ni := &world.NetworkInterface{Meta: seeded(tx, tx.NewID("eni")), VPC: r.VPC, Subnet: r.ID, AZ: r.AZ, AZID: r.AZID,
			Type: "interface", MAC: tx.NewMAC(), Groups: groupIDs(tx, s.vpc, groups)}
		var ok4, ok6 bool
		if r.CIDR.IsValid() {
			ni.IPv4, ok4 = tx.TakeIPv4(r, ni.ID)
		}
		if r.CIDR6.IsValid() {
			ni.IPv6, ok6 = tx.TakeIPv6(r, ni.ID)
		}
		if !ok4 && !ok6 {
			panic(fmt.Sprintf("fake: subnet %s has no free address", r.ID))
		}
		tx.Interfaces.Put(beginning, ni)
		h.ID = ni.ID
	})
	return h
}

func groupIDs(tx *world.Tx, v *VPC, groups []*SecurityGroup) []string {
	if len(groups) == 0 {
		return []string{v.record(tx).DefaultGroup}
	}
	var ids []string
	for _, g := range groups {
		if g.vpc.ID != v.ID {
			panic(fmt.Sprintf("fake: security group %s is not of VPC %s", g.ID, v.ID))
		}
		if !slices.Contains(ids, g.ID) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

func (h *Host) source(tx *world.Tx) (flow.Source, string) {
	ni := tx.Interfaces.At(h.ID, tx.Now)
	if ni == nil {
		return flow.Source{}, "network interface " + h.ID + " no longer exists"
	}
	return flow.Source{VPC: ni.VPC, Subnet: ni.Subnet, AZID: ni.AZID, Interface: ni.ID, Groups: ni.Groups,
		IPv4: ni.IPv4, IPv6: ni.IPv6, Public: ni.Public}, ""
}

// Listen accepts connections at the machine itself, if its security groups admit them: http.Serve(host.Listen(80), handler). A port that is
// listened on already, one outside 1–65535, or a machine that is gone panics.
func (h *Host) Listen(port int) net.Listener {
	checkPort(port)
	var addr netip.Addr
	h.account.do(func(tx *world.Tx) {
		ni := h.record(tx)
		addr = ni.Address(ni.IPv4.IsValid())
	})
	return h.account.cloud.listen(place{h.ID, port}, tcpAddr(addr, uint16(port)), func() {})
}

// Public gives the machine a public IPv4 address, which it keeps, and tells it. The internet reaches the machine at it, and the machine the
// internet, where the VPC has an internet gateway and the subnet a route to it. A machine without IPv4, or one that is gone, panics. An IPv6
// address is public as it is.
func (h *Host) Public() (public netip.Addr) {
	h.account.do(func(tx *world.Tx) {
		ni := *h.record(tx)
		if !ni.IPv4.IsValid() {
			panic("fake: network interface " + h.ID + " has no IPv4 address")
		}
		if !ni.Public.IsValid() {
			ni.Public, _ = tx.TakeIPv4(world.Public, ni.ID)
			tx.Interfaces.Put(tx.Now, &ni)
		}
		public = ni.Public
	})
	return public
}

func (h *Host) record(tx *world.Tx) *world.NetworkInterface {
	ni := tx.Interfaces.At(h.ID, tx.Now)
	if ni == nil {
		panic("fake: network interface " + h.ID + " no longer exists")
	}
	return ni
}

func (s *Subnet) source(tx *world.Tx) (flow.Source, string) {
	r := tx.Subnets.At(s.ID, tx.Now)
	if r == nil {
		return flow.Source{}, "subnet " + s.ID + " no longer exists"
	}
	return passing(tx, r), ""
}

func (v *VPC) source(tx *world.Tx) (flow.Source, string) {
	if tx.VPCs.At(v.ID, tx.Now) == nil {
		return flow.Source{}, "VPC " + v.ID + " no longer exists"
	}
	for r := range world.Live(tx, tx.Subnets.By(world.ByVPC, v.ID, 0)) {
		return passing(tx, r), ""
	}
	return flow.Source{}, "VPC " + v.ID + " has no subnet"
}

// passing is a machine that exists only while it is looked from: it has the subnet's last usable address (the last is reserved) and leaves no network interface.
func passing(tx *world.Tx, r *world.Subnet) flow.Source {
	src := flow.Source{VPC: r.VPC, Subnet: r.ID, AZID: r.AZID, Groups: []string{tx.VPCs.At(r.VPC, tx.Now).DefaultGroup}}
	if r.CIDR.IsValid() {
		src.IPv4 = world.Last(r.CIDR).Prev()
	}
	if r.CIDR6.IsValid() {
		src.IPv6 = world.Last(r.CIDR6).Prev()
	}
	return src
}
