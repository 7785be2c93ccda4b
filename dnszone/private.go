package dnszone

import (
	"context"
	"maps"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// PrivateBuilder declares a private hosted zone: names that only its VPCs know.
//
// Identity: the domain together with a VPC in common. Required: the domain and at least one VPC. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the
// receiver; the last call wins. VPCs and records that no setter named are left alone, unless Exclusive says otherwise; tags always are.
//
// In those VPCs a private zone hides the public zone of its name wholly: a name that it lacks does not exist there. Both DNS attributes of a VPC
// have to be on.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
type PrivateBuilder struct {
	common
	vpcs   map[VPC]bool
	shared map[VPC]API
}

var _ privatelink.Resource[API, Zone] = (*PrivateBuilder)(nil)

// Private declares the private zone of this domain, such as "orders.internal"; case and a trailing dot do not count. A top-level domain
// and wildcards are refused.
func Private(domain string) *PrivateBuilder {
	return &PrivateBuilder{common: common{domain: domain}}
}

// VPC adds a VPC of this account, in any Region, to those that the zone serves; the same one again changes nothing. A zone is made on the
// smallest (Region, ID); a zone of ours that serves any of them already is taken. So a declaration moves from one VPC to another through
// both of them; moved at once it is another zone, and leaves the first behind. A VPC on which another zone has this name is ErrConflict.
// Declarations that mean one zone should agree on the smallest VPC: made at the same moment on different ones they are two zones, and
// ErrConflict for whoever names a VPC of each.
func (b *PrivateBuilder) VPC(region, id string) *PrivateBuilder {
	if b.vpcs == nil {
		b.vpcs = map[VPC]bool{}
	}
	b.vpcs[VPC{region, id}] = true
	return b
}

// SharedWith adds a VPC of another account, in any Region, to those that the zone serves; theirs is a client of that account. Every pass
// authorises the VPC where it is not associated, associates it in the other account's name, and takes the authorisation back; one that an
// interrupted pass left is taken back by the next, and by Delete. It costs one read more for each zone. A VPC that the zone serves counts
// for the zone's identity whoever has it, but one of this account must be declared as well. Where no process has clients of both accounts:
// Authorize, Associate and Deauthorize.
func (b *PrivateBuilder) SharedWith(region, vpcID string, theirs API) *PrivateBuilder {
	b.shared = maps.Clone(b.shared)
	if b.shared == nil {
		b.shared = map[VPC]API{}
	}
	b.shared[VPC{region, vpcID}] = theirs
	return b
}

// Tag sets one tag of the zone. Others stay as they are. Declared tags cost one read more.
func (b *PrivateBuilder) Tag(key, value string) *PrivateBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags, at most ten; tags that the zone has beside them stay as they are.
func (b *PrivateBuilder) Tags(tags privatelink.Tags) *PrivateBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the zone of this ID, which somebody else made and which has this domain and is private: Ensure marks it with the tag
// privatelink:zone and changes what differs; it is then ours, Delete included, also without Adopt. Nothing is created while Adopt is declared.
// An ID that is gone is ErrNotFound; one that bears the mark of another declaration, or another zone of ours beside it, is ErrConflict.
func (b *PrivateBuilder) Adopt(id string) *PrivateBuilder {
	b.adopted = id
	return b
}

// Record sets one record, in place of an earlier one of the same host, type and set identifier. A set that differs is replaced, in one
// batch; an equal one is not written.
func (b *PrivateBuilder) Record(r Record) *PrivateBuilder {
	b.records.put(r)
	return b
}

// Alias sets the alias of a host: see the function Alias.
func (b *PrivateBuilder) Alias(host string, target privatelink.DNSName) *PrivateBuilder {
	return b.Record(Alias(host, target))
}

// A sets the IPv4 addresses of a host, and for how long an answer may be kept.
func (b *PrivateBuilder) A(host string, ttl time.Duration, addrs ...netip.Addr) *PrivateBuilder {
	return b.Record(A(host, ttl, addrs...))
}

// AAAA sets the IPv6 addresses of a host, and for how long an answer may be kept.
func (b *PrivateBuilder) AAAA(host string, ttl time.Duration, addrs ...netip.Addr) *PrivateBuilder {
	return b.Record(AAAA(host, ttl, addrs...))
}

// CNAME makes a host another name of an absolute one: see the function CNAME.
func (b *PrivateBuilder) CNAME(host string, ttl time.Duration, target string) *PrivateBuilder {
	return b.Record(CNAME(host, ttl, target))
}

// TXT sets the texts of a host: see the function TXT.
func (b *PrivateBuilder) TXT(host string, ttl time.Duration, texts ...string) *PrivateBuilder {
	return b.Record(TXT(host, ttl, texts...))
}

// Exclusive says whether the zone holds what is declared and nothing else: other VPCs are taken away (after the new ones are associated), and
// so are other records, save the zone's own SOA and NS; Delete then removes all records. Where SharedWith is declared, authorisations of VPCs
// that are not are taken back as well. Default: false, others are left alone.
func (b *PrivateBuilder) Exclusive(on bool) *PrivateBuilder {
	b.exclusive = on
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *PrivateBuilder) Clone() *PrivateBuilder {
	c := *b
	c.common = b.common.clone()
	c.vpcs, c.shared = maps.Clone(b.vpcs), maps.Clone(b.shared)
	return &c
}

// CloneAs copies the declaration under another domain: another zone. Absolute hosts stay as they are, and Adopt is not copied.
func (b *PrivateBuilder) CloneAs(domain string) *PrivateBuilder {
	c := b.Clone()
	c.domain, c.adopted = domain, ""
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *PrivateBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Zone](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *PrivateBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the zone up by domain and VPCs. Reads only. ErrNotFound when there is none, ErrConflict when there are several, which may be
// so when VPCs are declared together that had a zone each.
func (b *PrivateBuilder) Find(ctx context.Context, api API) (*Zone, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do, and warns of zones of this name in the way. Reads only. The target of an alias may still be empty, where
// another declaration will give it.
func (b *PrivateBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it makes the zone where there is none, and changes the VPCs and records that differ, the records in one batch (more
// beyond a thousand values). It does not wait for AWS: until the change is published, Waiting says so. ErrConflict names a zone that is not
// ours and has this name on a VPC. ErrPending: another change of the zone is in progress. Idempotent; no change is three reads, and one more
// for each further 300 record sets.
func (b *PrivateBuilder) Ensure(ctx context.Context, api API) (*Zone, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the declaration holds and Route 53 has published what this call changed. It ends with ErrNotFound when
// somebody deletes the zone meanwhile.
func (b *PrivateBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Zone, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete removes the declared records, whatever they hold, and then the zone; nil when none is seen. ErrInUse names the records that others put
// there, which keep the zone. It needs the domain and one VPC, and the hosts, types and set identifiers of the records: targets and values do
// not matter.
func (b *PrivateBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api))
}

// WaitGone deletes until nothing is left. It needs what Delete needs.
func (b *PrivateBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb.
func (b *PrivateBuilder) bind(api API) *privateKind {
	c := b.Clone()
	return newPrivateKind(api, c.common, c.vpcs, c.shared)
}
