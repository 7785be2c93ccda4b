package world

import (
	"encoding/binary"
	"maps"
	"net/netip"
)

// AWS keeps the first four addresses of a subnet and its last.
const (
	firstFree = 4
	reserved  = 5
)

// Public stands for the internet's side as a subnet does for a VPC's: hosts take public addresses from it. The block is one of EC2's.
var Public = &Subnet{Meta: Meta{ID: "public"}, CIDR: netip.MustParsePrefix("3.80.0.0/12")}

// pool is the addresses of one subnet that network interfaces have, and how many of each family were given out, after which the next is looked for.
type pool struct {
	taken     map[netip.Addr]string // the IDs of the interfaces
	four, six int
}

// pool finds or makes the pool of a subnet.
func (w *World) pool(subnet string) *pool {
	p := w.pools[subnet]
	if p == nil {
		p = &pool{taken: map[netip.Addr]string{}}
		w.pools[subnet] = p
	}
	return p
}

func (p *pool) copied() *pool {
	twin := *p
	twin.taken = maps.Clone(p.taken)
	return &twin
}

// TakeIPv4 gives an interface the next free IPv4 address of a subnet; false when there is none. The interface's record must follow: an
// address counts as taken while the interface exists.
func (tx *Tx) TakeIPv4(s *Subnet, iface string) (netip.Addr, bool) {
	if !s.CIDR.IsValid() {
		return netip.Addr{}, false
	}
	return tx.take(s, iface, false, s.Size())
}

// TakeIPv6 is TakeIPv4 for the subnet's IPv6 block.
func (tx *Tx) TakeIPv6(s *Subnet, iface string) (netip.Addr, bool) {
	if !s.CIDR6.IsValid() {
		return netip.Addr{}, false
	}
	return tx.take(s, iface, true, 1<<min(30, 128-s.CIDR6.Bits())-reserved)
}

// Size is how many IPv4 addresses a subnet has to give, free or not.
func (s *Subnet) Size() int {
	if !s.CIDR.IsValid() {
		return 0
	}
	return 1<<(32-s.CIDR.Bits()) - reserved
}

// Free is how many IPv4 addresses of a subnet are free.
func (tx *Tx) Free(s *Subnet) int {
	n := s.Size()
	for ni := range Live(tx, tx.Interfaces.By(BySubnet, s.ID, 0)) {
		if ni.IPv4.IsValid() {
			n--
		}
	}
	return n
}

func (tx *Tx) take(s *Subnet, iface string, v6 bool, size int) (netip.Addr, bool) {
	p := tx.pool(s.ID)
	block, next := s.CIDR, &p.four
	if v6 {
		block, next = s.CIDR6, &p.six
	}
	for range size {
		a := offset(block.Addr(), firstFree+*next%size)
		*next++
		if holder, ok := p.taken[a]; ok && tx.Interfaces.At(holder, tx.Now) != nil {
			continue
		}
		p.taken[a] = iface
		return a, true
	}
	return netip.Addr{}, false
}

func offset(a netip.Addr, n int) netip.Addr {
	if a.Is4() {
		b := a.As4()
		binary.BigEndian.PutUint32(b[:], binary.BigEndian.Uint32(b[:])+uint32(n))
		return netip.AddrFrom4(b)
	}
	b := a.As16()
	binary.BigEndian.PutUint64(b[8:], binary.BigEndian.Uint64(b[8:])+uint64(n))
	return netip.AddrFrom16(b)
}

// release frees the addresses of a network interface that is gone for good.
func (w *World) release(ni *NetworkInterface) {
	if p := w.pools[ni.Subnet]; p != nil {
		p.release(ni.IPv4, ni.ID)
		p.release(ni.IPv6, ni.ID)
	}
	if ni.Public.IsValid() {
		w.pool(Public.ID).release(ni.Public, ni.ID)
	}
}

func (p *pool) release(a netip.Addr, iface string) {
	if p.taken[a] == iface {
		delete(p.taken, a)
	}
}

// ForgetSubnet forgets the addresses of a subnet that is deleted.
func (tx *Tx) ForgetSubnet(id string) { delete(tx.pools, id) }
