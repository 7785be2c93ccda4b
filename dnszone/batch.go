package dnszone

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Route 53's limits for one request. A deletion counts like a creation; an alias is counted as one record, to be safe.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
const (
	maxBatchRecords    = 1000
	maxBatchCharacters = 32000
)

// edit is what is to be done at one place: it goes in one batch, so that the place is never seen empty, nor a change of somebody else's lost.
type edit struct {
	place
	remove []types.ResourceRecordSet // exactly as they were read
	create []types.ResourceRecordSet
	to     string // what create comes to, as a person reads it
	with   string // edits of one word go in one batch, as far as it has room; the name of the place where it is empty
}

// edits brings the record sets of a zone to what is declared, in the order of their places. Sets that no declaration claims stay, unless it is
// exclusive.
func edits(declared []set, exclusive bool, zone string, have []types.ResourceRecordSet) []edit {
	exact, byName := map[place]int{}, map[string][]set{}
	for i, s := range declared {
		exact[s.place] = i
		byName[s.name] = append(byName[s.name], s)
	}
	now := make([]*types.ResourceRecordSet, len(declared))
	var out []edit
	for i := range have {
		h, at := &have[i], placeOf(&have[i])
		if n, ok := exact[at]; ok {
			now[n] = h
			continue
		}
		claims := func(s set) bool { return !s.unknown() && s.claims(h) }
		if !isOwn(zone, h) && (exclusive || slices.ContainsFunc(byName[at.name], claims)) {
			out = append(out, edit{place: at, remove: have[i : i+1 : i+1]})
		}
	}
	for i, s := range declared {
		if now[i] == nil || s.unknown() || !s.holds(now[i]) {
			out = append(out, s.edit(now[i]))
		}
	}
	slices.SortStableFunc(out, func(a, b edit) int { return a.compare(b.place) })
	return out
}

// edit replaces what stands at the place of a set; nil is nothing.
func (s set) edit(now *types.ResourceRecordSet) edit {
	e := edit{place: s.place, to: privatelink.KnownAfterApply}
	if now != nil {
		e.remove = []types.ResourceRecordSet{*now}
	}
	if !s.unknown() {
		create := s.wire()
		e.create, e.to = []types.ResourceRecordSet{create}, show(&create)
	}
	return e
}

// delta is an edit as a plan shows it.
func (e edit) delta() converge.Delta {
	var from []string
	for i := range e.remove {
		from = append(from, show(&e.remove[i]))
	}
	return converge.Delta{Change: privatelink.Change{Field: "record " + e.place.String(), From: strings.Join(from, "; "), To: e.to}}
}

// group are edits that go in one batch. What goes comes before what takes its place.
type group []edit

func (g group) changes() []types.Change {
	var out []types.Change
	for _, e := range g {
		for i := range e.remove {
			out = append(out, types.Change{Action: types.ChangeActionDelete, ResourceRecordSet: &e.remove[i]})
		}
	}
	for _, e := range g {
		for i := range e.create {
			out = append(out, types.Change{Action: types.ChangeActionCreate, ResourceRecordSet: &e.create[i]})
		}
	}
	return out
}

// size is what a group counts towards the limits.
func (g group) size() (records, characters int) {
	for _, c := range g.changes() {
		records += max(1, len(c.ResourceRecordSet.ResourceRecords))
		for _, r := range c.ResourceRecordSet.ResourceRecords {
			characters += len(aws.ToString(r.Value))
		}
	}
	return records, characters
}

// turn puts aliases, which may point at other sets of the zone, after what is created, and before what is removed.
func (g group) turn() int {
	turn := 0
	for _, e := range g {
		for i := range e.create {
			if e.create[i].AliasTarget != nil {
				return 1
			}
		}
		for i := range e.remove {
			if e.remove[i].AliasTarget != nil && len(e.create) == 0 {
				turn = -1
			}
		}
	}
	return turn
}

// grouped puts edits that go together into groups, in the order in which they are to be made. A group that no batch could hold falls apart into
// its edits.
func grouped(all []edit) []group {
	var out []group
	at := map[string]int{}
	for _, e := range all {
		with := cmp.Or(e.with, e.name)
		n, ok := at[with]
		if !ok {
			n, at[with] = len(out), len(out)
			out = append(out, nil)
		}
		out[n] = append(out[n], e)
	}
	var fitting []group
	for _, g := range out {
		if r, c := g.size(); r <= maxBatchRecords && c <= maxBatchCharacters {
			fitting = append(fitting, g)
			continue
		}
		for i := range g {
			fitting = append(fitting, g[i:i+1])
		}
	}
	slices.SortStableFunc(fitting, func(a, b group) int { return a.turn() - b.turn() })
	return fitting
}

// batches packs edits into as few requests as their order allows; an edit is never split.
func batches(all []edit) [][]types.Change {
	var out [][]types.Change
	records, characters := maxBatchRecords, maxBatchCharacters // the first group opens a batch
	for _, g := range grouped(all) {
		r, c := g.size()
		if records+r > maxBatchRecords || characters+c > maxBatchCharacters {
			out, records, characters = append(out, nil), 0, 0
		}
		last := len(out) - 1
		out[last] = append(out[last], g.changes()...)
		records, characters = records+r, characters+c
	}
	return out
}

// edited is what a zone holds after the edits.
func edited(have []types.ResourceRecordSet, all []edit) []types.ResourceRecordSet {
	gone := map[place]bool{}
	for _, e := range all {
		for i := range e.remove {
			gone[placeOf(&e.remove[i])] = true
		}
	}
	out := slices.DeleteFunc(slices.Clone(have), func(s types.ResourceRecordSet) bool { return gone[placeOf(&s)] })
	for _, e := range all {
		out = append(out, e.create...)
	}
	return out
}
