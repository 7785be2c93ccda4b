package vpc

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// TableOf is the route table of a subnet: the one that names it, or the VPC's main one.
func TableOf(tx *world.Tx, vpc, subnet string) (table *world.RouteTable) {
	for t := range world.Live(tx, tx.RouteTables.By(world.ByVPC, vpc, 0)) {
		if slices.Contains(t.Subnets, subnet) {
			return t
		}
		if t.Main {
			table = t
		}
	}
	return table
}

// RouteTo is the route of a table that traffic to an address takes: that of the longest prefix, and of two alike the one that has it as its
// own block before the one that has it in a prefix list. A black hole is taken too.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
func RouteTo(tx *world.Tx, t *world.RouteTable, to netip.Addr) (best world.Route, found bool) {
	longest := -1
	for _, r := range routesOf(tx, t) {
		listed := strings.HasPrefix(r.Destination, "pl-")
		for _, p := range blocksOf(t.Region, r.Destination) {
			if p.Contains(to) && (p.Bits() > longest || p.Bits() == longest && !listed) {
				best, found, longest = r, true, p.Bits()
			}
		}
	}
	return best, found
}

// blocksOf are the blocks of a destination: itself, or what the prefix list of an ID has.
func blocksOf(region, destination string) []netip.Prefix {
	if p, err := netip.ParsePrefix(destination); err == nil {
		return []netip.Prefix{p}
	}
	for _, g := range gatewayParts {
		switch name := "com.amazonaws." + region + "." + g.part; destination {
		case listID(name, familyIPv4):
			return regional(region, g.v4)
		case listID(name, familyIPv6):
			return regional(region, g.v6)
		}
	}
	return nil
}

// Local says whether a route keeps traffic inside the VPC.
func Local(r world.Route) bool { return r.Target == localTarget }

// Blackhole says whether a route leads to what is gone, or takes no traffic any more.
func Blackhole(tx *world.Tx, t *world.RouteTable, r world.Route) bool {
	return routeState(tx, t, r, tx.Now) == types.RouteStateBlackhole
}
