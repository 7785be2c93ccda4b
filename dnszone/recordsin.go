package dnszone

import (
	"context"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// DefaultOwner is the owner of a declaration of records that names none.
const DefaultOwner = "privatelink"

// RecordsBuilder declares records in a hosted zone that somebody else owns, public or private: the zone itself is never made, changed or
// deleted, and no record is touched that does not bear this declaration's mark.
//
// Identity: the zone and the owner. Required: the zone. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// The mark of a record set is a value of a TXT record beside it, at _privatelink.<host>, which names
// owner, zone and type; it is written and removed in the same batch as the set (only where the sets of one host are more than a batch takes,
// just before and just after). So declarations with different owners share a zone, and even a host, without touching each other's records; two
// with the same owner are one. A set that bears the mark and is no longer declared is removed.
//
// A set of others that differs from a declared one is ErrConflict, which names both values and whose mark it bears; nothing at all is then
// written. One that is equal is taken as it is: the declaration holds, the set stays the other's, and Delete leaves it. Overwrite takes a set
// over in either case. In a public zone the marks can be read by anyone: an owner's name should tell nothing that is secret. A declaration of
// the zone itself that says Exclusive knows nothing of marks, and removes these records.
type RecordsBuilder struct {
	zone      string
	owner     string
	records   records
	overwrite map[recordKey]bool
}

var _ privatelink.Resource[API, Zone] = (*RecordsBuilder)(nil)

// RecordsIn declares records in the zone of this ID, with or without its prefix /hostedzone/. Hosts that need the zone's name to be checked,
// such as absolute ones, are checked when it was read, before anything is written.
func RecordsIn(zoneID string) *RecordsBuilder {
	return &RecordsBuilder{zone: bareID(zoneID), owner: DefaultOwner}
}

// Owner names the declaration, by 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -; default: DefaultOwner. Two declarations in one zone
// need two owners: those of one owner remove each other's records. A declaration of another owner is another declaration, which leaves the
// first one's records behind.
func (b *RecordsBuilder) Owner(name string) *RecordsBuilder {
	b.owner = name
	return b
}

// Overwrite allows to replace what stands at a host under a type (TypeAlias: A and AAAA) though it bears no mark, or another owner's, which
// then goes: where the record is declared, or where it is a CNAME, or has a routing policy, that the declared record cannot stand beside. What
// is overwritten is ours from then on, Delete included. Default: it is ErrConflict.
func (b *RecordsBuilder) Overwrite(host string, typ RecordType) *RecordsBuilder {
	if b.overwrite == nil {
		b.overwrite = map[recordKey]bool{}
	}
	b.overwrite[recordKey{host: host, typ: typ}] = true
	return b
}

// Record sets one record, in place of an earlier one of the same host, type and set identifier. A set of ours that differs is replaced, in one
// batch; an equal one is not written.
func (b *RecordsBuilder) Record(r Record) *RecordsBuilder {
	b.records.put(r)
	return b
}

// Alias sets the alias of a host: see the function Alias.
func (b *RecordsBuilder) Alias(host string, target privatelink.DNSName) *RecordsBuilder {
	return b.Record(Alias(host, target))
}

// A sets the IPv4 addresses of a host, and for how long an answer may be kept.
func (b *RecordsBuilder) A(host string, ttl time.Duration, addrs ...netip.Addr) *RecordsBuilder {
	return b.Record(A(host, ttl, addrs...))
}

// AAAA sets the IPv6 addresses of a host, and for how long an answer may be kept.
func (b *RecordsBuilder) AAAA(host string, ttl time.Duration, addrs ...netip.Addr) *RecordsBuilder {
	return b.Record(AAAA(host, ttl, addrs...))
}

// CNAME makes a host another name of target: see the function CNAME.
func (b *RecordsBuilder) CNAME(host string, ttl time.Duration, target string) *RecordsBuilder {
	return b.Record(CNAME(host, ttl, target))
}

// TXT sets the texts of a host: see the function TXT.
func (b *RecordsBuilder) TXT(host string, ttl time.Duration, texts ...string) *RecordsBuilder {
	return b.Record(TXT(host, ttl, texts...))
}

// Clone copies the declaration; the two share nothing.
func (b *RecordsBuilder) Clone() *RecordsBuilder {
	c := *b
	c.records.declared, c.overwrite = maps.Clone(b.records.declared), maps.Clone(b.overwrite)
	return &c
}

// CloneAs copies the declaration for another zone. Absolute hosts stay as they are.
func (b *RecordsBuilder) CloneAs(zoneID string) *RecordsBuilder {
	c := b.Clone()
	c.zone = bareID(zoneID)
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *RecordsBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Zone](b.Clone(), api)
}

// Validate checks what can be checked without the zone's name, and names every problem (privatelink.Problems). No AWS call.
func (b *RecordsBuilder) Validate() error { return converge.Validate(b.bind(nil, false)) }

// Find reads the zone. Reads only. ErrNotFound when there is no such zone in this account, or nothing in it that bears our mark.
func (b *RecordsBuilder) Find(ctx context.Context, api API) (*Zone, error) {
	return converge.Find(ctx, b.bind(api, true))
}

// Plan says what Ensure would do, the marks included, and warns of records of others in the way. Reads only. The target of an alias may still
// be empty, where another declaration will give it. ErrNotFound when there is no such zone.
func (b *RecordsBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	return converge.Plan(ctx, b.bind(api, false))
}

// Ensure makes one pass: the records that differ are changed, those of ours that are no longer declared removed, in one batch (more beyond a
// thousand values, marks included). It does not wait for AWS: until the change is published, Waiting says so. ErrNotFound: there is no such
// zone. ErrConflict names the records of others that differ; nothing is written then. ErrPending: another change of the zone is in progress.
// Idempotent; no change is two reads, and one more for each further 300 record sets of the zone.
func (b *RecordsBuilder) Ensure(ctx context.Context, api API) (*Zone, error) {
	return converge.Ensure(ctx, b.bind(api, false))
}

// WaitReady repeats Ensure until the declaration holds and Route 53 has published what this call changed.
func (b *RecordsBuilder) WaitReady(ctx context.Context, api API, opts ...privatelink.WaitOption) (*Zone, error) {
	return converge.WaitReady(ctx, b.bind(api, false), privatelink.NewWaitSettings(opts...))
}

// Delete removes every record set that bears our mark, declared or not, whatever it holds, and the marks; nil when there is none, or no zone.
// It needs the zone and the owner only.
func (b *RecordsBuilder) Delete(ctx context.Context, api API) error {
	return converge.Delete(ctx, b.bind(api, true))
}

// WaitGone deletes until nothing of ours is left and Route 53 has published that. It needs what Delete needs.
func (b *RecordsBuilder) WaitGone(ctx context.Context, api API, opts ...privatelink.WaitOption) error {
	return converge.WaitGone(ctx, b.bind(api, true), privatelink.NewWaitSettings(opts...))
}

// bind gives the declaration, copied, to one call of a verb, which is about our part of the zone or about the zone.
func (b *RecordsBuilder) bind(api API, part bool) *recordsKind {
	c := b.Clone()
	k := &recordsKind{kind: newKind(api, common{records: c.records}, false), zone: c.zone, owner: c.owner, part: part}
	for key := range c.overwrite {
		k.overwrite = append(k.overwrite, Record{Host: key.host, Type: key.typ})
	}
	slices.SortFunc(k.overwrite, func(a, b Record) int { return strings.Compare(a.Host+string(a.Type), b.Host+string(b.Type)) })
	return k
}
