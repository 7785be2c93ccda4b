package dnszone

import (
	"context"
	"maps"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// PublicBuilder declares a public hosted zone: names that the whole internet may ask for.
//
// Identity: the domain, of the account's public zones of that name the one that this library made or adopted; one that somebody else made, such
// as the registrar's, is never touched. Required: the domain. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins. Records
// that no setter named are left alone, unless Exclusive says otherwise; tags always are.
//
// The internet asks the zone whose name servers (Zone.NameServers) the parent domain or the registrar names; nothing here changes that.
type PublicBuilder struct{ common }

var _ privatelink.Resource[API, Zone] = (*PublicBuilder)(nil)

// Public declares the public zone of this domain, such as "example.com"; case and a trailing dot do not count. A top-level domain and
// wildcards are refused.
func Public(domain string) *PublicBuilder {
	return &PublicBuilder{common{domain: domain}}
}

// Record sets one record, in place of an earlier one of the same host, type and set identifier. A set that differs is replaced, in one
// batch; an equal one is not written.
func (b *PublicBuilder) Record(r Record) *PublicBuilder {
	b.records.put(r)
	return b
}

// Alias sets the alias of a host: see the function Alias.
func (b *PublicBuilder) Alias(host string, target privatelink.DNSName) *PublicBuilder {
	return b.Record(Alias(host, target))
}

// A sets the IPv4 addresses of a host, and for how long an answer may be kept.
func (b *PublicBuilder) A(host string, ttl time.Duration, addrs ...netip.Addr) *PublicBuilder {
	return b.Record(A(host, ttl, addrs...))
}

// AAAA sets the IPv6 addresses of a host, and for how long an answer may be kept.
func (b *PublicBuilder) AAAA(host string, ttl time.Duration, addrs ...netip.Addr) *PublicBuilder {
	return b.Record(AAAA(host, ttl, addrs...))
}

// CNAME makes a host another name of an absolute one: see the function CNAME.
func (b *PublicBuilder) CNAME(host string, ttl time.Duration, target string) *PublicBuilder {
	return b.Record(CNAME(host, ttl, target))
}

// TXT sets the texts of a host: see the function TXT.
func (b *PublicBuilder) TXT(host string, ttl time.Duration, texts ...string) *PublicBuilder {
	return b.Record(TXT(host, ttl, texts...))
}

// Tag sets one tag of the zone. Others stay as they are. Declared tags cost one read more.
func (b *PublicBuilder) Tag(key, value string) *PublicBuilder {
	b.tag(key, value)
	return b
}

// Tags replaces all declared tags, at most ten; tags that the zone has beside them stay as they are.
func (b *PublicBuilder) Tags(tags privatelink.Tags) *PublicBuilder {
	b.tags = maps.Clone(tags)
	return b
}

// Adopt takes over the zone of this ID, which somebody else made, such as the registrar, and which has this domain and is public: Ensure marks
// it with the tag privatelink:zone and changes what differs; it is then ours, Delete included, also without Adopt. Nothing is created while
// Adopt is declared. An ID that is gone is ErrNotFound; one that bears the mark of another declaration, or another zone of ours beside it, is
// ErrConflict.
func (b *PublicBuilder) Adopt(id string) *PublicBuilder {
	b.adopted = id
	return b
}

// Exclusive says whether the zone holds the declared records and no others, save its own SOA and NS; Delete then removes all records.
// Default: false, others are left alone.
func (b *PublicBuilder) Exclusive(on bool) *PublicBuilder {
	b.exclusive = on
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *PublicBuilder) Clone() *PublicBuilder { return &PublicBuilder{b.clone()} }

// CloneAs copies the declaration under another domain: another zone. Absolute hosts stay as they are, and Adopt is not copied.
func (b *PublicBuilder) CloneAs(domain string) *PublicBuilder {
	c := b.Clone()
	c.domain, c.adopted = domain, ""
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *PublicBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Zone](b.Clone(), api)
}

// Validate checks the whole declaration and names every problem (privatelink.Problems). No AWS call.
func (b *PublicBuilder) Validate() error { return converge.Validate(b.bind(nil)) }

// Find looks the zone up by its domain and mark. Reads only. ErrNotFound when there is none of ours.
func (b *PublicBuilder) Find(ctx context.Context, api API) (*Zone, error) {
	return converge.Find(ctx, b.bind(api))
}

// Plan says what Ensure would do, and warns of zones of this name that are not ours. Reads only. The target of an alias may still be empty,
// where another declaration will give it.
func (b *PublicBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api))
}

// Ensure makes one pass: it makes the zone where there is none of ours, and changes the records and tags that differ, the records in one batch
// (more beyond a thousand values). It does not wait for AWS: until the change is published, Waiting says so. Idempotent; no change is three
// reads, and one more for declared tags, for each further 300 record sets, and for each public zone of this name that is not ours.
func (b *PublicBuilder) Ensure(ctx context.Context, api API) (*Zone, error) {
	return converge.Ensure(ctx, b.bind(api))
}

// WaitReady repeats Ensure until the declaration holds and Route 53 has published what this call changed. It ends with ErrNotFound when
// somebody deletes the zone meanwhile. That the parent domain delegates to the zone is not looked at.
func (b *PublicBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Zone, error) {
	return converge.WaitReady(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// Delete removes the declared records, whatever they hold, and then the zone; nil when none is seen. ErrInUse names the records that others put
// there, which keep the zone. It needs the domain, and the hosts, types and set identifiers of the records: targets and values do not matter.
func (b *PublicBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api))
}

// WaitGone deletes until nothing is left. It needs what Delete needs.
func (b *PublicBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb.
func (b *PublicBuilder) bind(api API) *publicKind { return newPublicKind(api, b.clone()) }
