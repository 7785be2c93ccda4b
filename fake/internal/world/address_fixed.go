package world

import (
	"net/netip"
	"slices"
)

// Reserved says whether AWS keeps an address of a block for itself: the first four and the last.
func Reserved(block netip.Prefix, a netip.Addr) bool {
	for i := range firstFree {
		if a == offset(block.Masked().Addr(), i) {
			return true
		}
	}
	return a == Last(block)
}

// Last is the last address of a block.
func Last(block netip.Prefix) netip.Addr {
	b := block.Masked().Addr().AsSlice()
	for bit := block.Bits(); bit < len(b)*8; bit++ {
		b[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// Holder is the living network interface in a subnet that has an address, nil when the address is free.
func (tx *Tx) Holder(s *Subnet, a netip.Addr) *NetworkInterface {
	ni := tx.Interfaces.At(tx.pool(s.ID).taken[a], tx.Now)
	if ni == nil || !slices.Contains([]netip.Addr{ni.IPv4, ni.IPv6, ni.Public}, a) {
		return nil
	}
	return ni
}

// Hold gives an address to an interface, whose record must follow.
func (tx *Tx) Hold(s *Subnet, a netip.Addr, iface string) { tx.pool(s.ID).taken[a] = iface }
