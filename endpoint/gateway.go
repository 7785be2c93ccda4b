package endpoint

import (
	"context"
	"maps"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// GatewayBuilder declares a gateway endpoint: routes to S3, S3 Express or DynamoDB in the VPC's route tables. It is free of charge, and not
// PrivateLink: it has no network interfaces and no names of its own.
//
// Identity: the name and the VPC. Required: the name, VPC and Service. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. What no setter named is left to AWS: its default at creation, and left alone afterwards.
type GatewayBuilder struct {
	common
	options
	service     string
	routeTables declare.Set
}

var _ privatelink.Resource[API, Endpoint] = (*GatewayBuilder)(nil)

// Gateway declares the gateway endpoint of this name in a VPC. The name is 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -, and stands
// in the tag privatelink:name. An interface endpoint may have the same name.
func Gateway(name string) *GatewayBuilder {
	return &GatewayBuilder{common: common{kind: KindGateway, noun: "gateway endpoint", name: name}}
}

// VPC sets the VPC, which is part of the identity: a declaration moved to another VPC is another endpoint, and leaves the first behind.
func (b *GatewayBuilder) VPC(id string) *GatewayBuilder {
	b.vpc = id
	return b
}

// Service sets the name of the service, such as AWSService("us-east-1", "s3"). It cannot be changed in place (ErrImmutable).
func (b *GatewayBuilder) Service(name string) *GatewayBuilder {
	b.service = name
	return b
}

// RouteTables sets the route tables that lead to the service, exactly: AWS adds a route for each prefix list of the service, and takes it away
// from others. None is legal. A table has one gateway endpoint of a service at most (ErrConflict). Unset: none at creation, left alone
// afterwards.
func (b *GatewayBuilder) RouteTables(ids ...string) *GatewayBuilder {
	b.routeTables = declare.SetOf(ids)
	return b
}

// Policy sets the endpoint policy, a JSON document of at most 20,480 characters. It is compared by what it means: order, single values instead of
// lists and the like make no difference. Unset: full access at creation, left alone afterwards.
func (b *GatewayBuilder) Policy(document string) *GatewayBuilder {
	b.policy, b.policyNamed, b.policyDefault = document, true, false
	return b
}

// DefaultPolicy declares AWS's default policy, full access; it resets what was set.
func (b *GatewayBuilder) DefaultPolicy() *GatewayBuilder {
	b.policy, b.policyNamed, b.policyDefault = "", true, true
	return b
}

// IPAddressType sets the addresses that are routed: IPv4, IPv6 or DualStack, which has a prefix list for each. It is changed in place. Unset: IPv4.
func (b *GatewayBuilder) IPAddressType(t IPType) *GatewayBuilder {
	b.ipType = t
	return b
}

// DNSRecordIPType sets which records the service's name has in the VPC; DynamoDB knows ServiceDefined only. Unset: ServiceDefined.
func (b *GatewayBuilder) DNSRecordIPType(t IPType) *GatewayBuilder {
	b.recordType = t
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *GatewayBuilder) Tag(key, value string) *GatewayBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *GatewayBuilder) Tags(tags privatelink.Tags) *GatewayBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the endpoint of this ID, which somebody else made: Ensure marks it with the declared name and changes what differs; it is then
// ours, Delete included. Nothing is created while Adopt is declared. An ID that is gone is ErrNotFound; one that bears the name of another
// declaration, or beside which this declaration has an endpoint already, ErrConflict; another kind, VPC or service ErrImmutable. It costs one
// more read. "" takes it back.
func (b *GatewayBuilder) Adopt(id string) *GatewayBuilder {
	b.adopted = id
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *GatewayBuilder) Clone() *GatewayBuilder {
	c := *b
	c.tags, c.routeTables = maps.Clone(b.tags), b.routeTables.Clone()
	return &c
}

// CloneAs copies the declaration under another name: another endpoint. Adopt is not copied.
func (b *GatewayBuilder) CloneAs(name string) *GatewayBuilder {
	c := b.Clone()
	c.name, c.adopted = name, ""
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *GatewayBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Endpoint](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *GatewayBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the endpoint up by name and VPC. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *GatewayBuilder) Find(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do. Reads only. The service may still be empty, where another declaration will give it. Where there is something
// to do, Warnings name what AWS would refuse: a service that is not to be had, a route table that another gateway endpoint of the service has,
// DNS attributes that are off, the quota.
func (b *GatewayBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it creates the endpoint, which is available at once, or changes what differs, in one modify. ErrConflict: another
// gateway endpoint of the service stands in one of the route tables. Idempotent; no change is one read.
func (b *GatewayBuilder) Ensure(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the declaration holds.
func (b *GatewayBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Endpoint, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete asks AWS to delete the endpoint and its routes; nil when none is seen. It needs the name and the VPC only.
func (b *GatewayBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api))
}

// WaitGone deletes until nothing is left. It needs the name and the VPC only.
func (b *GatewayBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb.
func (b *GatewayBuilder) bind(api API) *gatewayKind {
	c := b.Clone()
	return &gatewayKind{kind{c.common, api}, c}
}
