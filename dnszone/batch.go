package dnszone

import (
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
}

// edits brings the record sets of a zone to what is declared. Sets that no declaration names stay, unless it is exclusive.
func edits(declared []set, exclusive bool, zone string, have []types.ResourceRecordSet) []edit {
	there := map[place][]types.ResourceRecordSet{}
	for i := range have {
		at := placeOf(&have[i])
		there[at] = append(there[at], have[i])
	}
	var out []edit
	for _, s := range declared {
		now := there[s.place]
		delete(there, s.place)
		if len(now) == 1 && !s.unknown() && s.holds(&now[0]) {
			continue
		}
		create := s.wire()
		e := edit{place: s.place, remove: now, create: []types.ResourceRecordSet{create}, to: show(&create)}
		if s.unknown() {
			e.create, e.to = nil, privatelink.KnownAfterApply
		}
		out = append(out, e)
	}
	if exclusive {
		out = append(removals(zone, there), out...)
	}
	return out
}

// removals takes away all sets but the zone's own.
func removals(zone string, sets map[place][]types.ResourceRecordSet) []edit {
	var out []edit
	for at, all := range sets {
		if !isOwn(zone, &all[0]) {
			out = append(out, edit{place: at, remove: all})
		}
	}
	slices.SortFunc(out, func(a, b edit) int { return a.compare(b.place) })
	return out
}

// delta is an edit as a plan shows it.
func (e edit) delta() converge.Delta {
	var from []string
	for i := range e.remove {
		from = append(from, show(&e.remove[i]))
	}
	return converge.Delta{Change: privatelink.Change{Field: "record " + e.place.String(), From: strings.Join(from, "; "), To: e.to}}
}

func (e edit) changes() []types.Change {
	var out []types.Change
	for i := range e.remove {
		out = append(out, types.Change{Action: types.ChangeActionDelete, ResourceRecordSet: &e.remove[i]})
	}
	for i := range e.create {
		out = append(out, types.Change{Action: types.ChangeActionCreate, ResourceRecordSet: &e.create[i]})
	}
	return out
}

// size is what an edit counts towards the limits.
func (e edit) size() (records, characters int) {
	for _, c := range e.changes() {
		records += max(1, len(c.ResourceRecordSet.ResourceRecords))
		for _, r := range c.ResourceRecordSet.ResourceRecords {
			characters += len(aws.ToString(r.Value))
		}
	}
	return records, characters
}

// batches packs edits into as few requests as their order allows; an edit is never split.
func batches(all []edit) [][]types.Change {
	var out [][]types.Change
	records, characters := maxBatchRecords, maxBatchCharacters // the first edit opens a batch
	for _, e := range all {
		r, c := e.size()
		if records+r > maxBatchRecords || characters+c > maxBatchCharacters {
			out, records, characters = append(out, nil), 0, 0
		}
		last := len(out) - 1
		out[last] = append(out[last], e.changes()...)
		records, characters = records+r, characters+c
	}
	return out
}

// edited is what a zone holds after the edits, in the order of the places.
func edited(have []types.ResourceRecordSet, all []edit) []types.ResourceRecordSet {
	gone := map[place]bool{}
	for _, e := range all {
		gone[e.place] = true
	}
	out := slices.DeleteFunc(slices.Clone(have), func(s types.ResourceRecordSet) bool { return gone[placeOf(&s)] })
	for _, e := range all {
		out = append(out, e.create...)
	}
	return out
}
