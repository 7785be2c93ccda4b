package service

import (
	"context"
	"maps"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// GWLBBuilder declares an endpoint service behind Gateway Load Balancers: consumers reach it through Gateway Load Balancer endpoints.
//
// Identity: the name. Required: the name and LoadBalancers. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. What no
// setter named is left to AWS: its default at creation, and left alone afterwards.
type GWLBBuilder struct{ declaration }

var _ privatelink.Resource[API, Service] = (*GWLBBuilder)(nil)

// BehindGWLB declares the endpoint service of this name behind Gateway Load Balancers. The name is 1 to 128 of the characters
// A-Z a-z 0-9 . _ : / = + @ -, and stands in the tag privatelink:name.
func BehindGWLB(service string) *GWLBBuilder {
	return &GWLBBuilder{declaration{kind: gateway, noun: "GWLB endpoint service", name: service}}
}

// LoadBalancers sets the Gateway Load Balancers by ARN, exactly, at least one, all in one Region. A load balancer belongs to one service at most (ErrConflict).
// The service is offered in their Availability Zones.
func (b *GWLBBuilder) LoadBalancers(arns ...string) *GWLBBuilder {
	b.loadBalancers = declare.SetOf(arns)
	return b
}

// Acceptance says whether each connection waits for the provider to accept it, also one from the same account. Unset: AWS requires it. A
// change affects new connections only.
func (b *GWLBBuilder) Acceptance(required bool) *GWLBBuilder {
	b.acceptance = &required
	return b
}

// Allow sets who may connect, exactly: others are taken away, which leaves their accepted connections alone. No arguments: nobody. Unset:
// nobody at creation, left alone afterwards. WaitReady reads back who is allowed after a change; an Ensure that has just made the service takes it
// that nobody was. To those who may not, the service looks as if it did not exist. Accounts are taken to be in the
// partition of the load balancers.
func (b *GWLBBuilder) Allow(principals ...privatelink.Principal) *GWLBBuilder {
	b.allow(principals)
	return b
}

// IPAddressTypes sets the IP address types that the service supports, exactly, at least one; IPv6 needs every load balancer to be dual-stack. Unset:
// IPv4.
func (b *GWLBBuilder) IPAddressTypes(types ...IPType) *GWLBBuilder {
	b.support(types)
	return b
}

// Regions sets the Regions whose consumers may connect besides those of the service's own, exactly; its own may be named and is never removed.
// Endpoints that exist in a Region stay when it is removed. Unset: its own only. WaitReady waits until all are open. AWS documents access from
// other Regions for interface endpoints; where it refuses it for Gateway Load Balancers, Ensure returns its error.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func (b *GWLBBuilder) Regions(regions ...string) *GWLBBuilder {
	b.regions = declare.SetOf(regions)
	return b
}

// PayerResponsibility says who pays for the endpoints that reach the service. AWS takes ServiceOwner only, and never takes it back: leaving the setter out,
// later, changes nothing, and to undo it the service has to be replaced. Unset: the owner of each endpoint pays.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePayerResponsibility.html
func (b *GWLBBuilder) PayerResponsibility(payer Payer) *GWLBBuilder {
	b.payer = payer
	return b
}

// Notify tells an SNS topic, given by ARN, of these events of the service's connections; without events it is no longer told. Once a topic is named
// the set is exact: notifications of topics that are not declared are removed. Unset: none at creation, left alone afterwards. The topic's
// policy has to let AWS publish to it. It costs one more read.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
func (b *GWLBBuilder) Notify(topicARN string, events ...Event) *GWLBBuilder {
	b.notify(topicARN, events)
	return b
}

// ReadLoadBalancers lets Plan and Ensure read the load balancers, in the account of the service, at one more read: they then notice Availability Zones
// that those have gained, and have AWS take them up; a service is made, and load balancers are added, only once they are active. Plan of a
// service that is yet to be made warns of load balancers without a listener. nil, and unset: not read.
func (b *GWLBBuilder) ReadLoadBalancers(reader LoadBalancerReader) *GWLBBuilder {
	b.reader = reader
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *GWLBBuilder) Tag(key, value string) *GWLBBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *GWLBBuilder) Tags(tags privatelink.Tags) *GWLBBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the service of this ID, which somebody else made: Ensure marks it with the declared name and changes what differs; it is then ours,
// Delete included. Nothing is created while Adopt is declared. An ID that is gone is ErrNotFound; one that bears the name of another
// declaration, or beside which this declaration has a service already, ErrConflict; one of the other kind ErrImmutable. It costs one more
// read. "" takes it back.
func (b *GWLBBuilder) Adopt(id string) *GWLBBuilder {
	b.adopted = id
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *GWLBBuilder) Clone() *GWLBBuilder { return &GWLBBuilder{b.declaration.clone()} }

// CloneAs copies the declaration under another name: another service. Adopt is not copied.
func (b *GWLBBuilder) CloneAs(service string) *GWLBBuilder { return &GWLBBuilder{b.as(service)} }

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *GWLBBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Service](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *GWLBBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the service up by name. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *GWLBBuilder) Find(ctx context.Context, api API) (*Service, error) {
	return converge.Find(ctx, b.looking(api))
}

// Plan says what Ensure would do, and warns of a service that becomes public, of load balancers that AWS will not let go, and,
// with ReadLoadBalancers, of load balancers that are not active or have no listener. Reads only.
func (b *GWLBBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it creates the service, or changes what differs. ErrPending: a predecessor or a change is still in progress; ErrConflict:
// a load balancer belongs to another service. Idempotent; no change is one read, and one more each with Allow, Notify and
// ReadLoadBalancers.
func (b *GWLBBuilder) Ensure(ctx context.Context, api API) (*Service, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the service is available and as declared.
func (b *GWLBBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Service, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete asks AWS to delete the service; nil when none is seen. Live connections make it ErrInUse, which lists them: reject them first. It needs
// the name only, and leaves the load balancers alone.
func (b *GWLBBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.ending(api))
}

// WaitGone deletes until the service is no longer described. Live connections make it ErrInUse. Deleting the load balancer right after it may
// have to be retried on ResourceInUse.
func (b *GWLBBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.ending(api), privatelink.NewWaitSettings(opts...))
}
