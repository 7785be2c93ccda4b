package zone

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	maxRecords    = 1000
	maxCharacters = 32000
)

// edit is one change of a batch, understood.
type edit struct {
	action types.ChangeAction
	set    *world.RecordSet
}

// batch is a set of changes tried on a copy of a zone's records: all of them count, or none.
type batch struct {
	zone     *world.Zone
	work     sets
	room     int                                // how many sets the zone may hold
	targets  func(*world.RecordSet) []says.Text // what is wrong with an alias
	problems []string
}

func (b *batch) refuse(t says.Text, args ...any) { b.problems = append(b.problems, t.Message(args...)) }

// run tries the changes and says what is wrong with them.
func (b *batch) run(changes []types.Change) []string {
	edits := b.understand(changes)
	b.count(edits)
	b.once(edits)
	if len(b.problems) > 0 {
		return b.problems
	}
	for _, e := range edits {
		b.apply(e)
	}
	if len(b.problems) == 0 {
		b.whole(edits)
	}
	return b.problems
}

func (b *batch) understand(changes []types.Change) []edit {
	var edits []edit
	for _, c := range changes {
		set, err := stored(c.ResourceRecordSet)
		if err != nil {
			b.problems = append(b.problems, err.Error())
			continue
		}
		if !Within(set.Name, b.zone.Name) {
			b.refuse(says.SetOutsideZone, set.Name, b.zone.Name)
			continue
		}
		if c.Action != types.ChangeActionDelete {
			b.values(set)
		}
		edits = append(edits, edit{action: c.Action, set: set})
	}
	return edits
}

// count holds a batch to Route 53's limits, for which an UPSERT counts twice.
func (b *batch) count(edits []edit) {
	records, characters := 0, 0
	for _, e := range edits {
		times := 1
		if e.action == types.ChangeActionUpsert {
			times = 2
		}
		records += times * max(1, len(e.set.Values))
		for _, v := range e.set.Values {
			characters += times * len(v)
		}
	}
	if records > maxRecords {
		b.refuse(says.TooManyRecords, maxRecords)
	}
	if characters > maxCharacters {
		b.refuse(says.TooManyCharacters, maxCharacters)
	}
}

// once lets a set be changed once in a batch, save by a DELETE and what takes its place.
func (b *batch) once(edits []edit) {
	actions := map[string][]types.ChangeAction{}
	for _, e := range edits {
		actions[e.set.Key] = append(actions[e.set.Key], e.action)
	}
	for _, e := range edits {
		seen := actions[e.set.Key]
		replaces := len(seen) == 2 && seen[0] == types.ChangeActionDelete && seen[1] != types.ChangeActionDelete
		if len(seen) > 1 && !replaces {
			b.refuse(says.SetTwice, e.set.Type, e.set.Name)
			actions[e.set.Key] = nil
		}
	}
}

func (b *batch) apply(e edit) {
	have := b.work.get(e.set.Key)
	switch {
	case e.action == types.ChangeActionCreate && have != nil:
		b.refuse(says.SetExists, label(e.set))
	case e.action != types.ChangeActionDelete:
		b.work = b.work.put(e.set)
	case have == nil:
		b.refuse(says.SetNotFound, label(e.set))
	case !same(have, e.set):
		b.refuse(says.SetDiffers, label(e.set))
	default:
		b.work = b.work.drop(e.set.Key)
	}
}

// whole checks what the zone would be after all changes.
func (b *batch) whole(edits []edit) {
	apex := b.zone.Name
	if len(b.work.of(apex, "SOA")) != 1 {
		b.refuse(says.OneSOA)
	}
	if len(b.work.of(apex, "NS")) == 0 {
		b.refuse(says.OneNS)
	}
	if len(b.work) > b.room {
		b.refuse(says.TooManySets, b.room)
	}
	for _, e := range edits {
		if e.action == types.ChangeActionDelete {
			continue
		}
		b.beside(e.set)
		if e.set.Alias != nil {
			for _, problem := range b.targets(e.set) {
				b.refuse(problem, e.set.Alias.Name, e.set.Type, e.set.Alias.ZoneID)
			}
		}
	}
}

// beside checks a set against the others of its name.
func (b *batch) beside(r *world.RecordSet) {
	others := b.work.named(r.Name)
	cname := func(o *world.RecordSet) bool { return o.Type == "CNAME" }
	foreign := func(o *world.RecordSet) bool { return o.Type != r.Type }
	switch {
	case r.Type == "CNAME" && r.Name == b.zone.Name:
		b.refuse(says.SetAtApex, r.Type, r.Name, b.zone.Name)
	case r.Type == "CNAME" && slices.ContainsFunc(others, foreign):
		b.refuse(says.SetConflicts, r.Type, r.Name, b.zone.Name)
	case r.Type != "CNAME" && slices.ContainsFunc(others, cname):
		b.refuse(says.SetBesideCNAME, r.Type, r.Name, b.zone.Name)
	case r.Type == "NS" && IsWildcard(r.Name):
		b.refuse(says.WildcardNS, r.Name, b.zone.Name)
	default:
		b.amongTwins(r)
	}
}
