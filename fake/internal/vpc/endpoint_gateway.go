package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// gatewaysPerVPC is the number of gateway endpoints that a VPC can have at most; no quota raises it.
const gatewaysPerVPC = 255

// tables checks the route tables of a new gateway endpoint. None is legal.
func (d *draft) tables() error {
	d.rec.Tables = unique(d.in.RouteTableIds)
	return tablesFor(d.tx, d.rec, d.rec.Tables)
}

// tablesFor checks the route tables of a gateway endpoint: they are the caller's and in its VPC, their subnets have its address type, and
// no other endpoint has routes to the service's prefix lists there. named are those that the request names.
func tablesFor(tx *world.Tx, e *world.Endpoint, named []string) error {
	for _, id := range named {
		t, err := ownTable(tx, id)
		if err != nil {
			return err
		}
		if t.VPC != e.VPC {
			return says.TableElsewhere.Error(id, e.VPC)
		}
	}
	lists := listsOf(e.Service, e.IPType)
	for _, id := range e.Tables {
		t := tx.RouteTables.At(id, tx.Now)
		if t == nil {
			continue
		}
		for _, s := range subnetsOf(tx, t) {
			if !carries(s, e.IPType) {
				return says.IPTypeSubnet.Error(s.ID, e.IPType)
			}
		}
		for _, r := range t.Routes {
			if slices.Contains(lists, r.Destination) && r.Target != e.ID {
				return gatewayRouteExists(tx, id, r.Destination)
			}
		}
	}
	return nil
}

func gatewayRouteExists(tx *world.Tx, table, list string) error {
	if tx.Switches.OtherSpellings {
		return says.GatewayRouteExistsOther.Error(table, list)
	}
	return says.GatewayRouteExists.Error(table, list)
}

// subnetsOf are the subnets that use a route table: the main one serves those that no table names.
func subnetsOf(tx *world.Tx, t *world.RouteTable) []*world.Subnet {
	named := map[string]string{}
	if t.Main {
		for other := range world.Live(tx, tx.RouteTables.By(world.ByVPC, t.VPC, 0)) {
			for _, s := range other.Subnets {
				named[s] = other.ID
			}
		}
	}
	var out []*world.Subnet
	for s := range world.Live(tx, tx.Subnets.By(world.ByVPC, t.VPC, 0)) {
		if slices.Contains(t.Subnets, s.ID) || t.Main && named[s.ID] == "" {
			out = append(out, s)
		}
	}
	return out
}

func (d *draft) gateways() error {
	gateway := func(e *world.Endpoint) bool { return e.Type == kindGateway }
	if err := d.limit(gatewaysPerVPC, gateway); err != nil {
		return err
	}
	most := d.tx.Quotas.Of(d.tx.Quotas.Gateways, 20)
	if d.count(d.tx.Endpoints.By(world.ByGateway, d.tx.Place(), 0), gateway) >= most {
		return says.EndpointLimit.Error(most)
	}
	return nil
}

// reroute gives a gateway endpoint the routes that it must have in route tables, those of its own and those that it leaves: none there.
func reroute(tx *world.Tx, e *world.Endpoint, tables []string) {
	for _, id := range tables {
		t := tx.RouteTables.At(id, tx.Now)
		if t == nil {
			continue
		}
		var want []string
		if slices.Contains(e.Tables, id) && !e.Dying(tx.Now) {
			want = listsOf(e.Service, e.IPType)
		}
		routes := slices.DeleteFunc(slices.Clone(t.Routes), func(r world.Route) bool {
			return r.Target == e.ID && !slices.Contains(want, r.Destination)
		})
		for _, list := range want {
			r := world.Route{Destination: list, Target: e.ID, Origin: string(types.RouteOriginCreateRoute)}
			if !slices.Contains(routes, r) {
				routes = append(routes, r)
			}
		}
		if !slices.Equal(routes, t.Routes) {
			fresh := *t
			fresh.Routes = routes
			tx.RouteTables.Put(tx.Now, &fresh)
		}
	}
}
