package dnszone

import (
	"slices"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// SplitHorizonBuilder declares two zones of one domain together, so that one name has two answers: a private zone for some VPCs, and a public
// zone for everybody else.
//
// Identity: that of its halves: Private's, the domain with a VPC in common, and Public's, or that of RecordsIn where PublicZone is declared.
// Required: the domain and at least one VPC of this account. Verbs: Validate, Find, Plan, Ensure, WaitReady, Delete, WaitGone.
//
// Setters never fail and return the receiver; the last call wins.
//
// In its VPCs the private zone hides the public one wholly: a name that is in the public zone only does not exist there. Whatever the VPCs need is
// declared with Both or Inside; Plan warns of what is not.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
//
// The steps come in an order in which no declared name that the VPCs know goes and comes again: up, the private zone and its records, then
// further VPCs, then the public zone; down, the public zone first. Only Route 53 itself leaves a gap: it makes a zone empty, on its first VPC,
// and deletes none that is not empty. For the moment between these two calls the first VPC (after the deletion of records, every VPC) finds
// no name in the domain, also none that a public zone has had all along.
type SplitHorizonBuilder struct {
	private               *PrivateBuilder // without records
	inside, outside, both []Record
	publicID, owner       string
	publicAPI             API
	byID                  bool // PublicZone was declared
}

var _ privatelink.Resource[API, Horizons] = (*SplitHorizonBuilder)(nil)

// SplitHorizonOwner is the owner of the records of a split horizon in a public zone that is somebody else's; see RecordsBuilder.Owner.
const SplitHorizonOwner = "split-horizon"

// Horizons are the two zones of a split horizon. Each tells for itself whether it is Ready and for what it is Waiting.
type Horizons struct{ Public, Private *Zone }

// Ready tells whether both halves hold what is declared.
func (h *Horizons) Ready() bool {
	return h.Public != nil && h.Private != nil && h.Public.Ready && h.Private.Ready
}

// SplitHorizon declares the public and the private zone of this domain, such as "example.com"; case and a trailing dot do not count. A top-level
// domain and wildcards are refused.
func SplitHorizon(domain string) *SplitHorizonBuilder {
	return &SplitHorizonBuilder{private: Private(domain), owner: SplitHorizonOwner}
}

// VPC adds a VPC of this account, in any Region, to those that have the inside answers; see PrivateBuilder.VPC.
func (b *SplitHorizonBuilder) VPC(region, id string) *SplitHorizonBuilder {
	b.private.VPC(region, id)
	return b
}

// SharedWith adds a VPC of another account to those that have the inside answers; theirs is a client of that account. See
// PrivateBuilder.SharedWith.
func (b *SplitHorizonBuilder) SharedWith(region, vpcID string, theirs API) *SplitHorizonBuilder {
	b.private.SharedWith(region, vpcID, theirs)
	return b
}

// PublicZone says that the public zone is there already, somebody else's and perhaps of another account, of which api is a client: its ID, with
// or without the prefix /hostedzone/. Its domain is this one, or one above it. The zone is never changed but for the records that are declared
// with Outside and Both, each of which bears a mark; see RecordsIn. Default: the public zone is made, and is ours.
func (b *SplitHorizonBuilder) PublicZone(zoneID string, api API) *SplitHorizonBuilder {
	b.publicID, b.publicAPI, b.byID = bareID(zoneID), api, true
	return b
}

// Owner names this declaration in the marks of its records in PublicZone; see RecordsBuilder.Owner. Split horizons that share a public zone need
// one each. Default: SplitHorizonOwner.
func (b *SplitHorizonBuilder) Owner(name string) *SplitHorizonBuilder {
	b.owner = name
	return b
}

// Inside declares what only the VPCs are answered, in place of what it declared before; of several of one host, type and set identifier the last
// counts. Records that are declared no longer stay in the private zone, unless Exclusive says otherwise.
func (b *SplitHorizonBuilder) Inside(records ...Record) *SplitHorizonBuilder {
	b.inside = cloned(records)
	return b
}

// Outside declares what everybody else is answered, in place of what it declared before. Records that are declared no longer stay in a public
// zone of ours, unless Exclusive says otherwise; in PublicZone they are removed.
func (b *SplitHorizonBuilder) Outside(records ...Record) *SplitHorizonBuilder {
	b.outside = cloned(records)
	return b
}

// Both declares what everyone is answered, in place of what it declared before: the records are written to both zones. None of them may be
// declared with Inside or Outside as well.
func (b *SplitHorizonBuilder) Both(records ...Record) *SplitHorizonBuilder {
	b.both = cloned(records)
	return b
}

// Exclusive says whether the two zones hold what is declared and nothing else; see PrivateBuilder.Exclusive and PublicBuilder.Exclusive. It never
// touches what others have in PublicZone. Default: false, others are left alone.
func (b *SplitHorizonBuilder) Exclusive(on bool) *SplitHorizonBuilder {
	b.private.Exclusive(on)
	return b
}

// Clone copies the declaration; the two share nothing.
func (b *SplitHorizonBuilder) Clone() *SplitHorizonBuilder {
	c := *b
	c.private = b.private.Clone()
	c.inside, c.outside, c.both = cloned(b.inside), cloned(b.outside), cloned(b.both)
	return &c
}

// CloneAs copies the declaration under another domain: two other zones. Absolute hosts stay as they are, and PublicZone is not copied.
func (b *SplitHorizonBuilder) CloneAs(domain string) *SplitHorizonBuilder {
	c := b.Clone()
	c.private = c.private.CloneAs(domain)
	c.publicID, c.publicAPI, c.byID = "", nil, false
	return c
}

// On binds a copy of the declaration to a client, for privatelink.PlanAll, EnsureAll and DeleteAll.
func (b *SplitHorizonBuilder) On(api API) privatelink.Bound {
	return privatelink.Bind[API, Horizons](b.Clone(), api)
}

func cloned(all []Record) []Record {
	all = slices.Clone(all)
	for i := range all {
		all[i].Values = slices.Clone(all[i].Values)
	}
	return all
}

// holding gives the records of a half.
func holding(lists ...[]Record) (r records) {
	for _, record := range slices.Concat(lists...) {
		r.put(record)
	}
	return r
}

// privateHalf is the declaration of the private zone.
func (b *SplitHorizonBuilder) privateHalf() *PrivateBuilder {
	c := b.private.Clone()
	c.records = holding(b.inside, b.both)
	return c
}

// publicHalf is the declaration of the public zone where we make it.
func (b *SplitHorizonBuilder) publicHalf() *PublicBuilder {
	return &PublicBuilder{common{domain: b.private.domain, records: holding(b.outside, b.both), exclusive: b.private.exclusive}}
}

// guestHalf is the declaration of our records where the public zone is there. It may be one above the domain, so that hosts are made absolute.
func (b *SplitHorizonBuilder) guestHalf() *RecordsBuilder {
	c := RecordsIn(b.publicID).Owner(b.owner)
	domain, err := canonical(b.private.domain)
	for _, r := range slices.Concat(b.outside, b.both) {
		if name, wrong := absolute(r.Host, domain); err == nil && wrong == nil {
			r.Host = name
		}
		c.Record(r)
	}
	return c
}
