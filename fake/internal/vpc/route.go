package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// routing is a change of one route in the making.
type routing struct {
	tx          *world.Tx
	table       *world.RouteTable
	routes      []world.Route // all that the table has, in a copy
	destination string        // in its canonical form
}

// CreateRoute adds a route to a Gateway Load Balancer endpoint or an internet gateway.
func CreateRoute(tx *world.Tx, in *ec2.CreateRouteInput) (*ec2.CreateRouteOutput, error) {
	r, err := newRouting(tx, in.RouteTableId, in.DestinationCidrBlock, in.DestinationIpv6CidrBlock, in.DestinationPrefixListId)
	if err != nil {
		return nil, err
	}
	target, err := r.target(in.VpcEndpointId, in.GatewayId)
	if err != nil {
		return nil, err
	}
	if r.index() >= 0 {
		return nil, says.RouteExists.Error(r.destination)
	}
	if r.count() >= tx.Quotas.Of(tx.Quotas.Routes, 50) {
		return nil, says.RouteLimit.Error()
	}
	r.put(append(r.routes, world.Route{Destination: r.destination, Target: target, Origin: string(types.RouteOriginCreateRoute)}))
	return &ec2.CreateRouteOutput{Return: aws.Bool(true)}, nil
}

// ReplaceRoute points a route to another Gateway Load Balancer endpoint or internet gateway, or a local route to local again.
func ReplaceRoute(tx *world.Tx, in *ec2.ReplaceRouteInput) (*ec2.ReplaceRouteOutput, error) {
	r, err := newRouting(tx, in.RouteTableId, in.DestinationCidrBlock, in.DestinationIpv6CidrBlock, in.DestinationPrefixListId)
	if err != nil {
		return nil, err
	}
	target, back := localTarget, aws.ToBool(in.LocalTarget)
	switch {
	case back && aws.ToString(in.VpcEndpointId)+aws.ToString(in.GatewayId) != "":
		return nil, says.RouteNoTarget.Error()
	case !back:
		if target, err = r.target(in.VpcEndpointId, in.GatewayId); err != nil {
			return nil, err
		}
	}
	i, err := r.existing()
	if err != nil {
		return nil, err
	}
	if back && !isLocal(r.routes[i]) {
		return nil, says.RouteNotLocal.Error(r.destination, r.table.ID)
	}
	r.routes[i].Target = target
	r.put(r.routes)
	return &ec2.ReplaceRouteOutput{}, nil
}

// DeleteRoute removes a route; that of a gateway endpoint goes only with its route table or itself, and a local one never.
func DeleteRoute(tx *world.Tx, in *ec2.DeleteRouteInput) (*ec2.DeleteRouteOutput, error) {
	r, err := newRouting(tx, in.RouteTableId, in.DestinationCidrBlock, in.DestinationIpv6CidrBlock, in.DestinationPrefixListId)
	if err != nil {
		return nil, err
	}
	i, err := r.existing()
	if err != nil {
		return nil, err
	}
	if isLocal(r.routes[i]) {
		return nil, says.RouteLocal.Error(r.destination, r.table.ID)
	}
	r.put(slices.Delete(r.routes, i, i+1))
	return &ec2.DeleteRouteOutput{}, nil
}

// isLocal tells a VPC's local route, whatever it leads to now: it came with the table.
func isLocal(r world.Route) bool { return r.Origin == string(types.RouteOriginCreateRouteTable) }

// newRouting finds the table of a request and puts its one destination into canonical form.
func newRouting(tx *world.Tx, table, v4, v6, list *string) (*routing, error) {
	t, err := ownTable(tx, aws.ToString(table))
	if err != nil {
		return nil, err
	}
	r := &routing{tx: tx, table: t, routes: slices.Clone(routesOf(tx, t))}
	named := 0
	for _, d := range []struct {
		value *string
		parse func(string) (string, error)
	}{{v4, block("destinationCidrBlock", false)}, {v6, block("destinationIpv6CidrBlock", true)}, {list, r.listed}} {
		if text := aws.ToString(d.value); text != "" {
			named++
			if r.destination, err = d.parse(text); err != nil {
				return nil, err
			}
		}
	}
	if named != 1 {
		return nil, says.RouteDestination.Error()
	}
	return r, nil
}

// ownTable is a route table of the caller's.
func ownTable(tx *world.Tx, id string) (*world.RouteTable, error) {
	if err := says.RouteTables.Check(id); err != nil {
		return nil, err
	}
	if t := world.Own(tx, tx.RouteTables, id); t != nil {
		return t, nil
	}
	return nil, says.RouteTables.Missing(id, tx.Switches.OtherSpellings)
}

// block reads a CIDR block of a family; host bits are dropped, as AWS does.
func block(parameter string, v6 bool) func(string) (string, error) {
	return func(text string) (string, error) {
		p, err := blockOf(text, parameter, v6)
		if err != nil {
			return "", err
		}
		return p.String(), nil
	}
}

func (r *routing) listed(id string) (string, error) {
	if err := says.PrefixLists.Check(id); err != nil {
		return "", err
	}
	if !slices.ContainsFunc(prefixLists(r.tx), func(l prefixList) bool { return l.id == id }) {
		return "", says.PrefixLists.Missing(id, r.tx.Switches.OtherSpellings)
	}
	return id, nil
}

// target is the one target of a request: an endpoint or an internet gateway.
func (r *routing) target(endpoint, gateway *string) (string, error) {
	e, g := aws.ToString(endpoint), aws.ToString(gateway)
	switch {
	case (e == "") == (g == ""):
		return "", says.RouteNoTarget.Error()
	case g != "":
		return g, r.gateway(g)
	}
	return e, r.endpoint(e)
}

// gateway checks that an internet gateway can be a route's target: it is attached to the table's VPC.
func (r *routing) gateway(id string) error {
	v := r.tx.VPCs.At(r.table.VPC, r.tx.Now)
	for other := range world.Live(r.tx, r.tx.VPCs.By(world.ByPlace, r.tx.Place(), 0)) {
		switch {
		case other.Gateway != id:
		case other == v:
			return nil
		default:
			return says.RouteNotAttached.Error(r.table.ID, id)
		}
	}
	return says.GatewayNotFound.Error(id)
}

// endpoint checks that an endpoint can be a route's target: one of a Gateway Load Balancer that is available, in the table's VPC.
func (r *routing) endpoint(id string) error {
	if err := says.Endpoints.Check(id); err != nil {
		return err
	}
	e := world.Own(r.tx, r.tx.Endpoints, id)
	switch {
	case e == nil || e.Phases.At(r.tx.Now) == world.Deleted:
		return says.Endpoints.Missing(id, r.tx.Switches.OtherSpellings)
	case e.VPC != r.table.VPC:
		return says.RouteElsewhere.Error(r.table.ID, id)
	case e.Type != string(types.VpcEndpointTypeGatewayLoadBalancer) || e.Phases.At(r.tx.Now) != world.Available:
		return says.RouteTarget.Error(id)
	}
	return nil
}

func (r *routing) is(have world.Route) bool { return have.Destination == r.destination }

func (r *routing) index() int { return slices.IndexFunc(r.routes, r.is) }

// existing is the place of the route that the request names, which must not be a gateway endpoint's.
func (r *routing) existing() (int, error) {
	i := r.index()
	if i < 0 {
		return 0, says.RouteNotFound.Error(destinationKind(r.destination), r.destination, r.table.ID)
	}
	e := r.tx.Endpoints.At(r.routes[i].Target, r.tx.Now)
	if e != nil && e.Type == string(types.VpcEndpointTypeGateway) {
		return 0, says.RouteOfEndpoint.Error(r.destination, r.table.ID)
	}
	return i, nil
}

// count is how many routes of the destination's family the table has: the quota is of each family.
func (r *routing) count() int {
	n, v6 := 0, destinationKind(r.destination) == "ipv6-cidr-block"
	for _, have := range r.routes {
		if v6 == (destinationKind(have.Destination) == "ipv6-cidr-block") {
			n++
		}
	}
	return n
}

// put writes the table's routes, without what no table records.
func (r *routing) put(routes []world.Route) {
	t := *r.table
	t.Routes = slices.DeleteFunc(routes, func(have world.Route) bool { return have == localOf6(r.tx, r.table) })
	r.tx.RouteTables.Put(r.tx.Now, &t)
}

// routed says whether a route leads to an endpoint.
func routed(tx *world.Tx, e *world.Endpoint) bool {
	for t := range world.Live(tx, tx.RouteTables.By(world.ByVPC, e.VPC, 0)) {
		if slices.ContainsFunc(t.Routes, func(r world.Route) bool { return r.Target == e.ID }) {
			return true
		}
	}
	return false
}
