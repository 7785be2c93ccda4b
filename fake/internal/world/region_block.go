package world

import (
	"maps"
	"net/netip"
	"slices"
	"sync"
)

// regionBits is how many bits number the Regions.
const regionBits = 6

// regionNumber numbers the Regions in the order of their names.
var regionNumber = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for i, region := range slices.Sorted(maps.Keys(regions)) {
		out[region] = i
	}
	return out
})

// RegionBlock is the part of a block of AWS's that a Region has to itself.
func RegionBlock(block netip.Prefix, region string) netip.Prefix {
	b, n := block.Addr().AsSlice(), regionNumber()[region]
	for i := range regionBits {
		if bit := block.Bits() + i; n>>(regionBits-1-i)&1 == 1 {
			b[bit/8] |= 0x80 >> (bit % 8)
		}
	}
	addr, _ := netip.AddrFromSlice(b)
	return netip.PrefixFrom(addr, block.Bits()+regionBits)
}
