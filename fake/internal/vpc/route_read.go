package vpc

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// localTarget is the target of the route that keeps a VPC's own traffic inside.
const localTarget = "local"

var routeTables = reader[world.RouteTable, types.RouteTable]{
	op: "DescribeRouteTables", kind: says.RouteTables, least: fewest,
	table: func(w *world.World) *world.Table[world.RouteTable] { return w.RouteTables },
	head:  func(t *world.RouteTable) *world.Meta { return &t.Meta },
	names: []string{"association.gateway-id", "association.main", "association.route-table-association-id", "association.route-table-id", "association.subnet-id", "owner-id",
		"route-table-id", "route.destination-cidr-block", "route.destination-ipv6-cidr-block", "route.destination-prefix-list-id",
		"route.egress-only-internet-gateway-id", "route.gateway-id", "route.instance-id", "route.nat-gateway-id", "route.origin", "route.state",
		"route.transit-gateway-id", "route.vpc-peering-connection-id", "tag:", "tag-key", "vpc-id"},
	id: "route-table-id", group: "vpc-id", match: matchRouteTable, render: showRouteTable,
}

// DescribeRouteTables lists the caller's route tables. A route to an endpoint reads back with the endpoint as its gateway.
func DescribeRouteTables(tx *world.Tx, in *ec2.DescribeRouteTablesInput) (*ec2.DescribeRouteTablesOutput, error) {
	rows, next, err := routeTables.read(tx, query{in.RouteTableIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeRouteTablesOutput{RouteTables: rows, NextToken: next}, err
}

func matchRouteTable(tx *world.Tx, t *world.RouteTable, seen time.Time, f filter.Filter) bool {
	if match, ok := matchTags(t.Tags, f); ok {
		return match
	}
	switch f.Name {
	case "owner-id":
		return f.Match(t.Owner)
	case "route-table-id":
		return f.Match(t.ID)
	case "vpc-id":
		return f.Match(t.VPC)
	}
	if strings.HasPrefix(f.Name, "association.") {
		return matchAssociation(t, f)
	}
	for _, r := range routesOf(tx, t) {
		if matchRoute(tx, t, r, seen, f) {
			return true
		}
	}
	return false
}

func matchAssociation(t *world.RouteTable, f filter.Filter) bool {
	for _, a := range associations(t) {
		value := map[string]string{"association.main": strconv.FormatBool(*a.Main), "association.route-table-association-id": *a.RouteTableAssociationId,
			"association.route-table-id": t.ID, "association.subnet-id": aws.ToString(a.SubnetId)}[f.Name]
		if value != "" && f.Match(value) {
			return true
		}
	}
	return false
}

func matchRoute(tx *world.Tx, t *world.RouteTable, r world.Route, seen time.Time, f filter.Filter) bool {
	switch f.Name {
	case "route.gateway-id":
		return f.Match(r.Target)
	case "route.origin":
		return f.Match(r.Origin)
	case "route.state":
		return f.Match(string(routeState(tx, t, r, seen)))
	}
	return f.Name == "route.destination-"+destinationKind(r.Destination) && f.Match(r.Destination)
}

// destinationKind is how AWS names the kind of a destination: by the form that it has.
func destinationKind(destination string) string {
	switch {
	case strings.HasPrefix(destination, "pl-"):
		return "prefix-list-id"
	case strings.Contains(destination, ":"):
		return "ipv6-cidr-block"
	}
	return "cidr-block"
}

// routesOf are a table's routes with the local one of the VPC's IPv6 block, which no table records unless it leads elsewhere.
func routesOf(tx *world.Tx, t *world.RouteTable) []world.Route {
	local := localOf6(tx, t)
	if slices.ContainsFunc(t.Routes, func(r world.Route) bool { return r.Destination == local.Destination }) || local.Destination == "" {
		return t.Routes
	}
	return append(slices.Clone(t.Routes), local)
}

// localOf6 is the local route of the VPC's IPv6 block, zero where it has none.
func localOf6(tx *world.Tx, t *world.RouteTable) world.Route {
	v := tx.VPCs.At(t.VPC, tx.Now)
	if v == nil || !v.CIDR6.IsValid() {
		return world.Route{}
	}
	return world.Route{Destination: v.CIDR6.String(), Target: localTarget, Origin: string(types.RouteOriginCreateRouteTable)}
}

// routeState is active, or blackhole where the endpoint that is the target is gone or no longer takes traffic, or the gateway is detached.
func routeState(tx *world.Tx, t *world.RouteTable, r world.Route, seen time.Time) types.RouteState {
	if r.Target == localTarget {
		return types.RouteStateActive
	}
	if v := tx.VPCs.At(t.VPC, seen); v != nil && v.Gateway == r.Target {
		return types.RouteStateActive
	}
	e := tx.Endpoints.At(r.Target, seen)
	if e == nil {
		return types.RouteStateBlackhole
	}
	switch e.Phases.At(seen) {
	case world.Deleted, world.Failed, world.Rejected:
		return types.RouteStateBlackhole
	}
	return types.RouteStateActive
}

func showRouteTable(tx *world.Tx, t *world.RouteTable, seen time.Time) types.RouteTable {
	out := types.RouteTable{RouteTableId: str(t.ID), VpcId: str(t.VPC), OwnerId: str(t.Owner), Associations: associations(t),
		PropagatingVgws: []types.PropagatingVgw{}, Routes: []types.Route{}, Tags: tagSet(t.Tags)}
	for _, r := range routesOf(tx, t) {
		shown := types.Route{GatewayId: str(r.Target), Origin: types.RouteOrigin(r.Origin), State: routeState(tx, t, r, seen)}
		switch destinationKind(r.Destination) {
		case "prefix-list-id":
			shown.DestinationPrefixListId = str(r.Destination)
		case "ipv6-cidr-block":
			shown.DestinationIpv6CidrBlock = str(r.Destination)
		default:
			shown.DestinationCidrBlock = str(r.Destination)
		}
		out.Routes = append(out.Routes, shown)
	}
	return out
}

// associations are a table's: with the VPC where it is the main one, and with each subnet.
func associations(t *world.RouteTable) []types.RouteTableAssociation {
	out := []types.RouteTableAssociation{}
	add := func(subnet string) {
		out = append(out, types.RouteTableAssociation{RouteTableAssociationId: str(associationID(t.ID, subnet)),
			RouteTableId: str(t.ID), SubnetId: some(subnet), Main: aws.Bool(subnet == ""),
			AssociationState: &types.RouteTableAssociationState{State: types.RouteTableAssociationStateCodeAssociated}})
	}
	if t.Main {
		add("")
	}
	for _, s := range t.Subnets {
		add(s)
	}
	return out
}

// associationID is the ID of a table's association with a subnet, or with the VPC.
func associationID(table, subnet string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(table + subnet))
	return fmt.Sprintf("rtbassoc-0%016x", h.Sum64())
}
