package endpoint

import (
	"context"
	"maps"
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// gwlbKind is one call of a verb on a GatewayLoadBalancerBuilder.
type gwlbKind struct {
	kind
	want *GatewayLoadBalancerBuilder
}

var _ converge.Kind[Endpoint] = (*gwlbKind)(nil)

func (k *gwlbKind) Problems(part converge.Scope) []string {
	p := k.identity()
	for _, r := range k.declaredRoutes() {
		p.ID("the route table", "rtb", r.table)
		if _, err := netip.ParsePrefix(r.destination); err != nil {
			p.Add("the destination %q of a route is not a CIDR block, such as 0.0.0.0/0", r.destination)
		}
	}
	if part == converge.Identity {
		return p
	}
	switch s := k.want.service; {
	case s == "" && part == converge.Planning:
	case s == "":
		p.Add("the service is empty: name the service, such as com.amazonaws.vpce.us-east-1.vpce-svc-…")
	default:
		serviceProblem(&p, s)
	}
	p.ID("the subnet", "subnet", k.want.subnet)
	options{ipType: k.want.ipType}.problems(&p, KindGatewayLoadBalancer)
	p.Tags(k.want.tags, 1)
	return p
}

func (k *gwlbKind) declaredRoutes() []route {
	return slices.SortedFunc(maps.Keys(k.want.routes), route.compare)
}

// Look reads the routes as well, where some are declared.
func (k *gwlbKind) Look(ctx context.Context, wide bool) (converge.Rows[Endpoint], error) {
	rows, err := k.kind.Look(ctx, wide)
	if err == nil && !wide {
		err = k.readRoutes(ctx, rows)
	}
	return rows, err
}

// Read reads the routes as well, where some are declared.
func (k *gwlbKind) Read(ctx context.Context, ids ...string) (converge.Rows[Endpoint], error) {
	rows, err := k.kind.Read(ctx, ids...)
	if err == nil {
		err = k.readRoutes(ctx, rows)
	}
	return rows, err
}

func (k *gwlbKind) readRoutes(ctx context.Context, rows converge.Rows[Endpoint]) error {
	if len(k.want.routes) == 0 || len(rows.Rows) == 0 {
		return nil
	}
	all, err := routesOf(ctx, k.api, k.vpc)
	for _, r := range rows.Rows {
		r.Snap.routes = all
	}
	return err
}

func (k *gwlbKind) Diff(have *Endpoint) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	out := append(k.place(have), fixed("service", k.want.service, have.Service)...)
	out = append(out, fixed("subnet", k.want.subnet, declare.List(have.Subnets))...)
	out = append(out, options{ipType: k.want.ipType}.deltas(have)...)
	out = append(out, k.routeDeltas(have)...)
	return append(out, k.tagDelta(have)...)
}

// routeDeltas compares the routes: declared ones that do not lead here, and others that do. They can be made once the endpoint is available.
func (k *gwlbKind) routeDeltas(have *Endpoint) []converge.Delta {
	var out []converge.Delta
	later := ""
	switch {
	case !have.State.Is(privatelink.Available):
		later = waiting(have.State) + ", and its routes after that"
	case len(options{ipType: k.want.ipType}.deltas(have)) > 0: // a modified endpoint is pending
		later = "the change of its IP address type, and its routes after that"
	}
	for _, r := range k.declaredRoutes() {
		if now := have.routes[r]; now.id != have.ID || have.ID == "" {
			out = append(out, converge.Delta{Change: privatelink.Change{Field: "route " + r.String(), From: now.id, To: "this endpoint"}, Later: later})
		}
	}
	for _, r := range k.strays(have) {
		to := ""
		if have.routes[r].local {
			to = localTarget
		}
		out = append(out, converge.Delta{Change: privatelink.Change{Field: "route " + r.String(), From: "this endpoint", To: to}, Later: later})
	}
	return out
}

// strays are the routes to the endpoint that are not declared, where any is.
func (k *gwlbKind) strays(have *Endpoint) []route {
	var out []route
	for r, t := range have.routes {
		if t.id == have.ID && !k.want.routes[r] && len(k.want.routes) > 0 {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, route.compare)
	return out
}

// declared lists what a new endpoint is made with.
func (k *gwlbKind) declared() []converge.Delta {
	out := []converge.Delta{serviceDelta(k.want.service), delta("subnet", "", k.want.subnet)}
	out = append(out, options{ipType: k.want.ipType}.deltas(nil)...)
	for _, r := range k.declaredRoutes() {
		out = append(out, delta("route "+r.String(), "", "this endpoint"))
	}
	return append(out, k.tagDelta(&Endpoint{})...)
}

// Create sends the one request that makes the endpoint.
func (k *gwlbKind) Create(ctx context.Context, token string) (converge.Row[Endpoint], error) {
	in := k.birth(token, types.VpcEndpointTypeGatewayLoadBalancer, k.want.service)
	in.SubnetIds, in.IpAddressType = []string{k.want.subnet}, types.IpAddressType(k.want.ipType)
	return k.create(ctx, in)
}

// Change sends a modify where one is needed, then the routes, one call for each, then the tags.
func (k *gwlbKind) Change(ctx context.Context, have *Endpoint) (*Endpoint, error) {
	now := have.clone()
	if err := k.marked(ctx, now); err != nil {
		return nil, err
	}
	in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String(have.ID)}
	if options := (options{ipType: k.want.ipType}); len(options.deltas(have)) > 0 {
		options.modify(in, have)
		if _, err := k.api.ModifyVpcEndpoint(ctx, in); err != nil {
			return nil, err
		}
		options.applied(now)
		now.State = privatelink.Pending
	}
	if now.State.Is(privatelink.Available) { // AWS refuses routes to others
		if err := k.lead(ctx, now); err != nil {
			return nil, err
		}
	}
	return now, k.tagged(ctx, now)
}

// lead makes the declared routes lead here, and takes the others away.
func (k *gwlbKind) lead(ctx context.Context, e *Endpoint) (err error) {
	if e.routes == nil && len(k.want.routes) > 0 { // a create's answer
		if e.routes, err = routesOf(ctx, k.api, k.vpc); err != nil {
			return err
		}
	}
	for _, r := range k.declaredRoutes() {
		now, there := e.routes[r]
		switch {
		case now.id == e.ID:
			continue
		case there && !now.dangles() && !k.want.replaceRoutes:
			return elsewhere(r, now)
		}
		if err := lead(ctx, k.api, r, e.ID, there); err != nil {
			return err
		}
		e.routes[r] = target{id: e.ID, local: now.local}
	}
	for _, r := range k.strays(e) {
		if err := unlead(ctx, k.api, r, e.routes[r]); err != nil {
			return err
		}
		delete(e.routes, r)
	}
	return nil
}

// Delete removes the routes to the endpoints first, whichever tables hold them: AWS refuses to delete an endpoint that is a target.
func (k *gwlbKind) Delete(ctx context.Context, rows []converge.Row[Endpoint]) error {
	if err := k.Sweep(ctx, rows); err != nil {
		return err
	}
	return k.kind.Delete(ctx, rows)
}

// Sweep removes the routes to these endpoints, and declared ones that lead to an endpoint which is gone.
func (k *gwlbKind) Sweep(ctx context.Context, rows []converge.Row[Endpoint]) error {
	if len(rows) == 0 && len(k.want.routes) == 0 {
		return nil
	}
	var all map[route]target
	if len(rows) > 0 {
		all = rows[0].Snap.routes // read with the look
	}
	if all == nil {
		var err error
		if all, err = routesOf(ctx, k.api, k.vpc); err != nil {
			return err
		}
	}
	for _, r := range slices.SortedFunc(maps.Keys(all), route.compare) {
		t := all[r]
		here := slices.ContainsFunc(rows, func(row converge.Row[Endpoint]) bool { return row.ID == t.id })
		if here || t.dangles() && k.want.routes[r] {
			if err := unlead(ctx, k.api, r, t); err != nil {
				return err
			}
		}
	}
	return nil
}
