package endpoint

import (
	"context"
	"maps"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// InterfaceBuilder declares an interface endpoint: TCP to a service, through a network interface in each of its subnets.
//
// Its identity is its name and its VPC. Required are the name, VPC and Service. Setters never fail and return the receiver; the last call
// wins. What no setter named is left to AWS: its default at creation, and left alone afterwards.
type InterfaceBuilder struct {
	common
	service    string
	subnets    declare.Set
	groups     declare.Set
	privateDNS *bool
}

var _ privatelink.Resource[API, Endpoint] = (*InterfaceBuilder)(nil)

// Interface declares the interface endpoint of this name in a VPC. The name is 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -,
// and stands in the tag privatelink:name.
func Interface(name string) *InterfaceBuilder {
	return &InterfaceBuilder{common: common{kind: KindInterface, noun: "interface endpoint", name: name}}
}

// VPC sets the VPC, which is part of the identity: a declaration moved to another VPC is another endpoint, and leaves the first behind.
func (b *InterfaceBuilder) VPC(id string) *InterfaceBuilder {
	b.vpc = id
	return b
}

// Service sets the name of the service, such as Service.ServiceName of the provider's service, or an AWS service's name. It cannot be changed
// in place (ErrImmutable). A service that does not exist, or that this account is not allowed to see, is ErrNotFound.
func (b *InterfaceBuilder) Service(name string) *InterfaceBuilder {
	b.service = name
	return b
}

// Subnets sets the subnets that get a network interface, one for each Availability Zone, exactly: others are taken away. None is legal; the
// endpoint then has no addresses and no names. Unset: none at creation, left alone afterwards.
func (b *InterfaceBuilder) Subnets(ids ...string) *InterfaceBuilder {
	b.subnets = declare.SetOf(ids)
	return b
}

// SecurityGroups sets the security groups of the network interfaces, exactly, at least one. Unset: the VPC's default group at creation,
// left alone afterwards.
func (b *InterfaceBuilder) SecurityGroups(ids ...string) *InterfaceBuilder {
	b.groups = declare.SetOf(ids)
	return b
}

// PrivateDNS says whether the service's own private name resolves to this endpoint inside the VPC. Unset: for AWS's services AWS turns it
// on, for others it stays off. It needs both DNS attributes of the VPC. On a provider's service (vpce-svc-…) it is set once the endpoint is
// available, since AWS refuses it before acceptance.
func (b *InterfaceBuilder) PrivateDNS(on bool) *InterfaceBuilder {
	b.privateDNS = &on
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *InterfaceBuilder) Tag(key, value string) *InterfaceBuilder {
	b.tags = maps.Clone(b.tags)
	if b.tags == nil {
		b.tags = privatelink.Tags{}
	}
	b.tags[key] = value
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *InterfaceBuilder) Tags(tags privatelink.Tags) *InterfaceBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *InterfaceBuilder) Clone() *InterfaceBuilder {
	c := *b
	c.tags, c.subnets, c.groups = maps.Clone(b.tags), b.subnets.Clone(), b.groups.Clone()
	if b.privateDNS != nil {
		on := *b.privateDNS
		c.privateDNS = &on
	}
	return &c
}

// CloneAs copies the declaration under another name: another endpoint.
func (b *InterfaceBuilder) CloneAs(name string) *InterfaceBuilder {
	c := b.Clone()
	c.name = name
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll and DeleteAll.
func (b *InterfaceBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Endpoint](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *InterfaceBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the endpoint up by name and VPC. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *InterfaceBuilder) Find(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do. Reads only. The service may still be empty, where another declaration will give it.
func (b *InterfaceBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it creates the endpoint, or changes what differs, in one modify. It does not wait for AWS: where the provider has to
// accept, the endpoint is in state pendingAcceptance afterwards, and Waiting says so. A rejected or failed endpoint is returned with
// ErrRejected or ErrFailed; Delete removes it. ErrPending: a predecessor or a change is still in progress. Idempotent; no change is one read.
func (b *InterfaceBuilder) Ensure(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the declaration holds: the endpoint is available and as declared. It waits through pendingAcceptance, ends
// at once with ErrRejected or ErrFailed, and with ErrNotFound when somebody deletes the endpoint meanwhile.
func (b *InterfaceBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Endpoint, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete asks AWS to delete the endpoint, whatever its state; nil when none is seen. It needs the name and the VPC only.
func (b *InterfaceBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api))
}

// WaitGone deletes until nothing is left, the network interfaces included, so that the subnets and security groups can go next. It needs the
// name and the VPC only.
func (b *InterfaceBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb.
func (b *InterfaceBuilder) bind(api API) *interfaceKind {
	c := b.Clone()
	return &interfaceKind{kind{c.common, api}, c}
}
