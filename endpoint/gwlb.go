package endpoint

import (
	"context"
	"maps"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// GatewayLoadBalancerBuilder declares a Gateway Load Balancer endpoint: traffic reaches it by route tables, and goes through the provider's
// appliances.
//
// Identity: the name and the VPC. Required: the name, VPC, Service and Subnet. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. What no setter named is left to AWS: its default at creation, and left alone afterwards.
type GatewayLoadBalancerBuilder struct {
	common
	service, subnet string
	ipType          IPType
	routes          map[route]bool
	replaceRoutes   bool
}

var _ privatelink.Resource[API, Endpoint] = (*GatewayLoadBalancerBuilder)(nil)

// GatewayLoadBalancer declares the Gateway Load Balancer endpoint of this name in a VPC. The name is 1 to 128 of the characters
// A-Z a-z 0-9 . _ : / = + @ -, and stands in the tag privatelink:name.
func GatewayLoadBalancer(name string) *GatewayLoadBalancerBuilder {
	return &GatewayLoadBalancerBuilder{common: common{kind: KindGatewayLoadBalancer, noun: "Gateway Load Balancer endpoint", name: name}}
}

// VPC sets the VPC, which is part of the identity: a declaration moved to another VPC is another endpoint, and leaves the first behind.
func (b *GatewayLoadBalancerBuilder) VPC(id string) *GatewayLoadBalancerBuilder {
	b.vpc = id
	return b
}

// Service sets the name of the provider's service. It cannot be changed in place (ErrImmutable).
func (b *GatewayLoadBalancerBuilder) Service(name string) *GatewayLoadBalancerBuilder {
	b.service = name
	return b
}

// Subnet sets the one subnet that gets a network interface. It cannot be changed in place (ErrImmutable).
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-load-balancer-endpoints.html
func (b *GatewayLoadBalancerBuilder) Subnet(id string) *GatewayLoadBalancerBuilder {
	b.subnet = id
	return b
}

// IPAddressType sets the addresses that it takes: IPv4, IPv6 or DualStack. It is changed in place. Unset: IPv4.
func (b *GatewayLoadBalancerBuilder) IPAddressType(t IPType) *GatewayLoadBalancerBuilder {
	b.ipType = t
	return b
}

// Route leads a destination (a CIDR block) to the endpoint, in a route table of the VPC. It is made once the endpoint is available, repaired,
// and removed before the endpoint. Once one route is declared, routes to the endpoint that are not declared go; without any, routes are left
// alone until Delete, which removes all. A route of that destination that leads elsewhere is ErrConflict, unless it leads to a VPC endpoint
// that is gone (blackhole), or ReplaceRoutes is declared.
func (b *GatewayLoadBalancerBuilder) Route(routeTable, destination string) *GatewayLoadBalancerBuilder {
	b.routes = maps.Clone(b.routes)
	if b.routes == nil {
		b.routes = map[route]bool{}
	}
	b.routes[route{routeTable, canonicalCIDR(destination)}] = true
	return b
}

// ReplaceRoutes says whether declared routes may be taken from what they lead to now. Unset: no. A VPC's local route may be taken like any
// other, and leads to local again when it is no longer declared and at Delete, since AWS lets nobody remove it; what other routes led to before is
// not remembered: they are removed.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/replace-local-route-target.html
func (b *GatewayLoadBalancerBuilder) ReplaceRoutes(yes bool) *GatewayLoadBalancerBuilder {
	b.replaceRoutes = yes
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *GatewayLoadBalancerBuilder) Tag(key, value string) *GatewayLoadBalancerBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *GatewayLoadBalancerBuilder) Tags(tags privatelink.Tags) *GatewayLoadBalancerBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the endpoint of this ID, which somebody else made: Ensure marks it with the declared name and changes what differs; it is then
// ours, Delete included. Nothing is created while Adopt is declared. An ID that is gone is ErrNotFound; one that bears the name of another
// declaration, or beside which this declaration has an endpoint already, ErrConflict; another kind, VPC, service or subnet ErrImmutable. It
// costs one more read. "" takes it back.
func (b *GatewayLoadBalancerBuilder) Adopt(id string) *GatewayLoadBalancerBuilder {
	b.adopted = id
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *GatewayLoadBalancerBuilder) Clone() *GatewayLoadBalancerBuilder {
	c := *b
	c.tags, c.routes = maps.Clone(b.tags), maps.Clone(b.routes)
	return &c
}

// CloneAs copies the declaration under another name: another endpoint. Adopt is not copied.
func (b *GatewayLoadBalancerBuilder) CloneAs(name string) *GatewayLoadBalancerBuilder {
	c := b.Clone()
	c.name, c.adopted = name, ""
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *GatewayLoadBalancerBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Endpoint](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *GatewayLoadBalancerBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the endpoint up by name and VPC. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *GatewayLoadBalancerBuilder) Find(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do. Reads only. The service may still be empty, where another declaration will give it. Where there is something
// to do, Warnings name what AWS would refuse or strand: a zone or a service that is not to be had, routes that lead elsewhere, the quota.
func (b *GatewayLoadBalancerBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it creates the endpoint, or changes what differs. It does not wait for AWS: routes are made once the endpoint is
// available, and Waiting says so. A rejected or failed endpoint is returned with ErrRejected or ErrFailed; Delete removes it. ErrPending: a
// predecessor or a change is still in progress. Idempotent; no change is one read, and one more with routes.
func (b *GatewayLoadBalancerBuilder) Ensure(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the declaration holds: the endpoint is available and its routes lead to it. It waits through pendingAcceptance,
// ends at once with ErrRejected or ErrFailed, and with ErrNotFound when somebody deletes the endpoint meanwhile.
func (b *GatewayLoadBalancerBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Endpoint, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete removes every route to the endpoint and asks AWS to delete it, whatever its state; nil when none is seen. Declared routes that lead to an
// endpoint which is gone go too. It needs the name and the VPC only.
func (b *GatewayLoadBalancerBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api))
}

// WaitGone deletes until nothing is left, the routes and the network interface included. It needs the name and the VPC only.
func (b *GatewayLoadBalancerBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb.
func (b *GatewayLoadBalancerBuilder) bind(api API) *gwlbKind {
	c := b.Clone()
	return &gwlbKind{kind{c.common, api}, c}
}
