package service

import (
	"context"
	"maps"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// NLBBuilder declares an endpoint service behind Network Load Balancers: consumers reach it through interface endpoints.
//
// Identity: the name. Required: the name and LoadBalancers. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. What no
// setter named is left to AWS: its default at creation, and left alone afterwards.
type NLBBuilder struct{ declaration }

var _ privatelink.Resource[API, Service] = (*NLBBuilder)(nil)

// BehindNLB declares the endpoint service of this name behind Network Load Balancers. The name is 1 to 128 of the characters
// A-Z a-z 0-9 . _ : / = + @ -, and stands in the tag privatelink:name.
func BehindNLB(service string) *NLBBuilder {
	return &NLBBuilder{declaration{kind: network, noun: "NLB endpoint service", name: service}}
}

// LoadBalancers sets the Network Load Balancers by ARN, exactly, at least one, all in one Region. A load balancer belongs to one service at most (ErrConflict).
// The service is offered in their Availability Zones.
func (b *NLBBuilder) LoadBalancers(arns ...string) *NLBBuilder {
	b.loadBalancers = declare.SetOf(arns)
	return b
}

// Acceptance says whether each connection waits for the provider to accept it, also one from the same account. Unset: AWS requires it. A
// change affects new connections only.
func (b *NLBBuilder) Acceptance(required bool) *NLBBuilder {
	b.acceptance = &required
	return b
}

// Allow sets who may connect, exactly: others are taken away, which leaves their accepted connections alone. No arguments: nobody. Unset:
// nobody at creation, left alone afterwards. WaitReady reads back who is allowed after a change; an Ensure that has just made the service takes it
// that nobody was. To those who may not, the service looks as if it did not exist. Accounts are taken to be in the
// partition of the load balancers.
func (b *NLBBuilder) Allow(principals ...privatelink.Principal) *NLBBuilder {
	b.allow(principals)
	return b
}

// PrivateDNSName sets the name under which consumers reach the service in their VPCs, such as api.example.com or *.example.com; "" takes it away.
// Consumers can use it once AWS has verified that its domain is the provider's: publish the record in the snapshot's Verification (WaitReady
// has it), then Verify. Another name has another record and has to be verified anew. Unset: none at creation, left alone afterwards.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func (b *NLBBuilder) PrivateDNSName(name string) *NLBBuilder {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	b.privateName = &name
	return b
}

// IPAddressTypes sets the IP address types that the service supports, exactly, at least one; IPv6 needs every load balancer to be dual-stack. Unset:
// IPv4.
func (b *NLBBuilder) IPAddressTypes(types ...IPType) *NLBBuilder {
	b.support(types)
	return b
}

// Regions sets the Regions whose consumers may connect besides those of the service's own, exactly; its own may be named and is never removed.
// Endpoints that exist in a Region stay when it is removed. Unset: its own only. WaitReady waits until all are open.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func (b *NLBBuilder) Regions(regions ...string) *NLBBuilder {
	b.regions = declare.SetOf(regions)
	return b
}

// PayerResponsibility says who pays for the endpoints that reach the service. AWS takes ServiceOwner only, and never takes it back: leaving the setter out,
// later, changes nothing, and to undo it the service has to be replaced. Unset: the owner of each endpoint pays.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePayerResponsibility.html
func (b *NLBBuilder) PayerResponsibility(payer Payer) *NLBBuilder {
	b.payer = payer
	return b
}

// Notify tells an SNS topic, given by ARN, of these events of the service's connections; without events it is no longer told. Once a topic is named
// the set is exact: notifications of topics that are not declared are removed. Unset: none at creation, left alone afterwards. The topic's
// policy has to let AWS publish to it. It costs one more read.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
func (b *NLBBuilder) Notify(topicARN string, events ...Event) *NLBBuilder {
	b.notify(topicARN, events)
	return b
}

// ReadLoadBalancers lets Plan and Ensure read the load balancers, in the account of the service, at one more read: they then notice Availability Zones
// that those have gained, and have AWS take them up; a service is made, and load balancers are added, only once they are active. Plan of a
// service that is yet to be made warns of load balancers without a listener. nil, and unset: not read.
func (b *NLBBuilder) ReadLoadBalancers(reader LoadBalancerReader) *NLBBuilder {
	b.reader = reader
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *NLBBuilder) Tag(key, value string) *NLBBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *NLBBuilder) Tags(tags privatelink.Tags) *NLBBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the service of this ID, which somebody else made: Ensure marks it with the declared name and changes what differs; it is then ours,
// Delete included. Nothing is created while Adopt is declared. An ID that is gone is ErrNotFound; one that bears the name of another
// declaration, or beside which this declaration has a service already, ErrConflict; one of the other kind ErrImmutable. It costs one more
// read. "" takes it back.
func (b *NLBBuilder) Adopt(id string) *NLBBuilder {
	b.adopted = id
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *NLBBuilder) Clone() *NLBBuilder { return &NLBBuilder{b.declaration.clone()} }

// CloneAs copies the declaration under another name: another service. Adopt is not copied.
func (b *NLBBuilder) CloneAs(service string) *NLBBuilder { return &NLBBuilder{b.as(service)} }

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *NLBBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Service](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *NLBBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the service up by name. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *NLBBuilder) Find(ctx context.Context, api API) (*Service, error) {
	return converge.Find(ctx, b.looking(api))
}

// Plan says what Ensure would do, and warns of a service that becomes public, of load balancers that AWS will not let go, of a verified private DNS
// name that goes, and, with ReadLoadBalancers, of load balancers that are not active or have no listener. Reads only.
func (b *NLBBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it creates the service, or changes what differs. ErrPending: a predecessor or a change is still in progress; ErrConflict:
// a load balancer belongs to another service. Idempotent; no change is one read, and one more each with Allow, Notify and
// ReadLoadBalancers.
func (b *NLBBuilder) Ensure(ctx context.Context, api API) (*Service, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the service is available and as declared.
func (b *NLBBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Service, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete asks AWS to delete the service; nil when none is seen. Live connections make it ErrInUse, which lists them: reject them first. It needs
// the name only, and leaves the load balancers alone.
func (b *NLBBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.ending(api))
}

// WaitGone deletes until the service is no longer described. Live connections make it ErrInUse. Deleting the load balancer right after it may
// have to be retried on ResourceInUse.
func (b *NLBBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.ending(api), privatelink.NewWaitSettings(opts...))
}
