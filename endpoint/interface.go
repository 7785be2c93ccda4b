package endpoint

import (
	"context"
	"maps"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// InterfaceBuilder declares an interface endpoint: TCP to a service, through a network interface in each of its subnets.
//
// Identity: the name and the VPC. Required: the name, VPC and Service. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. What no setter named is left to AWS: its default at creation, and left alone afterwards.
type InterfaceBuilder struct {
	common
	options
	service, serviceRegion  string
	subnets, groups         declare.Set
	addresses               map[string]address
	badAddresses            []string // what Address was given beside at most one of each family
	privateDNS, inboundOnly *bool
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

// ServiceRegion sets the Region of the service, where it is another than the endpoint's: the service must support the endpoint's Region. It
// cannot be changed in place (ErrImmutable). Unset: the endpoint's Region.
func (b *InterfaceBuilder) ServiceRegion(region string) *InterfaceBuilder {
	b.serviceRegion = region
	return b
}

// Address fixes the addresses of the network interface in one of the declared subnets: an IPv4 address, an IPv6 address or one of each, as the
// IP address type has it. Without addresses it takes back what was fixed for that subnet. A change replaces the network interface, which breaks
// its connections. It costs one more read. Unset: AWS chooses, and the addresses stay the same for the endpoint's life.
func (b *InterfaceBuilder) Address(subnet string, addrs ...netip.Addr) *InterfaceBuilder {
	b.addresses = maps.Clone(b.addresses)
	if b.addresses == nil {
		b.addresses = map[string]address{}
	}
	var a address
	b.badAddresses = slices.DeleteFunc(slices.Clone(b.badAddresses), func(s string) bool { return s == subnet })
	for _, addr := range addrs {
		addr = addr.Unmap()
		switch {
		case addr.Is4() && !a.v4.IsValid():
			a.v4 = addr
		case addr.Is6() && addr.Zone() == "" && !a.v6.IsValid():
			a.v6 = addr
		default:
			b.badAddresses = append(b.badAddresses, subnet)
		}
	}
	b.addresses[subnet] = a
	if len(addrs) == 0 {
		delete(b.addresses, subnet)
	}
	return b
}

// IPAddressType sets the addresses of the network interfaces: IPv4, IPv6 or DualStack. It is changed in place; the subnets and the service have to
// support it. Unset: IPv4.
func (b *InterfaceBuilder) IPAddressType(t IPType) *InterfaceBuilder {
	b.ipType = t
	return b
}

// DNSRecordIPType sets which records the endpoint's names have. It has to fit the IP address type. Unset: that of the addresses.
func (b *InterfaceBuilder) DNSRecordIPType(t IPType) *InterfaceBuilder {
	b.recordType = t
	return b
}

// PrivateDNSOnlyForInboundResolver limits private DNS to what comes through the VPC's inbound Resolver endpoints; the VPC's own hosts then use the
// gateway endpoint of the service, which must be there. It is for services with both kinds, such as S3. Unset: nothing is sent, with one
// exception: for S3 with private DNS on (named, or by AWS's default) false is sent at creation, and whenever private DNS is turned on, because
// AWS would take true and refuse where there is no gateway endpoint.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
func (b *InterfaceBuilder) PrivateDNSOnlyForInboundResolver(on bool) *InterfaceBuilder {
	b.inboundOnly = &on
	return b
}

// Policy sets the endpoint policy, a JSON document of at most 20,480 characters, for services that have policies. It is compared by what it means:
// order, single values instead of lists and the like make no difference. Unset: full access at creation, left alone afterwards.
func (b *InterfaceBuilder) Policy(document string) *InterfaceBuilder {
	b.policy, b.policyNamed, b.policyDefault = document, true, false
	return b
}

// DefaultPolicy declares AWS's default policy, full access; it resets what was set.
func (b *InterfaceBuilder) DefaultPolicy() *InterfaceBuilder {
	b.policy, b.policyNamed, b.policyDefault = "", true, true
	return b
}

// Tag sets one tag. Tags that no declaration names are left alone. The Name tag is the declared name at creation unless it is set here; it is
// not compared afterwards.
func (b *InterfaceBuilder) Tag(key, value string) *InterfaceBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags. See Tag.
func (b *InterfaceBuilder) Tags(tags privatelink.Tags) *InterfaceBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the endpoint of this ID, which somebody else made: Ensure marks it with the declared name and changes what differs; it is then
// ours, Delete included. Nothing is created while Adopt is declared. An ID that is gone is ErrNotFound; one that bears the name of another
// declaration, or beside which this declaration has an endpoint already, ErrConflict; another kind, VPC or service ErrImmutable. It costs one
// more read. "" takes it back.
func (b *InterfaceBuilder) Adopt(id string) *InterfaceBuilder {
	b.adopted = id
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *InterfaceBuilder) Clone() *InterfaceBuilder {
	c := *b
	c.tags, c.addresses = maps.Clone(b.tags), maps.Clone(b.addresses)
	c.subnets, c.groups, c.badAddresses = b.subnets.Clone(), b.groups.Clone(), slices.Clone(b.badAddresses)
	return &c
}

// CloneAs copies the declaration under another name: another endpoint. Adopt is not copied.
func (b *InterfaceBuilder) CloneAs(name string) *InterfaceBuilder {
	c := b.Clone()
	c.name, c.adopted = name, ""
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *InterfaceBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Endpoint](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *InterfaceBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the endpoint up by name and VPC. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
func (b *InterfaceBuilder) Find(ctx context.Context, api API) (*Endpoint, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do. Reads only. The service may still be empty, where another declaration will give it. Where there is something
// to do, Warnings name what AWS would refuse: subnets of one zone, a zone or a service that is not to be had, DNS attributes that are off, an
// endpoint that has the private DNS name already, a gateway endpoint that is missing, the quota. Hosted zones are not among what it can read.
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
