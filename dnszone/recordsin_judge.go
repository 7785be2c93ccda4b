package dnszone

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// judgement is what a declaration comes to in a zone that it shares with others.
type judgement struct {
	zone, owner string
	force       map[place]bool // what Overwrite names, without set identifiers
	there       map[place]*types.ResourceRecordSet
	byName      map[string][]*types.ResourceRecordSet
	claims      map[place][]string // who claims what

	wanted    map[place]bool // what is declared
	marked    map[place]bool // what bears our mark in the end
	taken     map[place]bool // what bears nobody else's mark in the end
	removed   map[place]bool
	edits     []edit
	conflicts []string
}

// judge compares the sets that a zone holds with those that are declared. Where there are conflicts nothing is to be written.
func (k *recordsKind) judge(declared []set, have *Zone) *judgement {
	j := &judgement{zone: have.ID, owner: k.owner, force: k.forced(), there: map[place]*types.ResourceRecordSet{},
		byName: map[string][]*types.ResourceRecordSet{}, claims: map[place][]string{},
		wanted: map[place]bool{}, marked: map[place]bool{}, taken: map[place]bool{}, removed: map[place]bool{}}
	for i := range have.sets {
		j.read(have.name, &have.sets[i])
	}
	for _, s := range declared {
		j.wanted[s.place] = true
	}
	j.release(have.name, declared)
	for _, s := range declared {
		j.bring(s)
	}
	grow, shrink := j.marks()
	j.edits = slices.Concat(grow, j.edits, shrink) // where they do not fit in one batch: claimed before, released after
	return j
}

func (j *judgement) read(zone string, s *types.ResourceRecordSet) {
	at := placeOf(s)
	j.there[at] = s
	j.byName[at.name] = append(j.byName[at.name], s)
	claims, name := claimsOf(s)
	for _, c := range claims {
		if c.zone == j.zone && within(name, zone) {
			of := place{name, c.typ, c.id}
			j.claims[of] = append(j.claims[of], c.owner)
			j.marked[of] = j.marked[of] || c.owner == j.owner
		}
	}
}

func (j *judgement) ours(at place) bool { return slices.Contains(j.claims[at], j.owner) }

// release lets go of what bears our mark and is no longer declared.
func (j *judgement) release(zone string, declared []set) {
	for _, at := range slices.SortedFunc(maps.Keys(j.claims), place.compare) {
		yetToTell := func(s set) bool { // an alias whose target, and so its family, is known after apply
			return s.unknown() && s.either && s.name == at.name && s.id == at.id && (at.typ == TypeA || at.typ == TypeAAAA)
		}
		if !j.ours(at) || j.wanted[at] || slices.ContainsFunc(declared, yetToTell) {
			continue
		}
		j.marked[at] = false
		if s := j.there[at]; s != nil && !isOwn(zone, s) {
			j.remove(s)
		}
	}
}

func (j *judgement) remove(s *types.ResourceRecordSet) {
	if at := placeOf(s); !j.removed[at] {
		j.removed[at] = true
		j.edits = append(j.edits, edit{place: at, remove: []types.ResourceRecordSet{*s}})
	}
}

// forces tells whether Overwrite allows to take a place.
func (j *judgement) forces(at place) bool { return j.force[place{at.name, at.typ, ""}] }

// bring brings one declared set about, or says why it cannot be.
func (j *judgement) bring(s set) {
	have, ours, force := j.there[s.place], j.ours(s.place), j.forces(s.place)
	holds := have != nil && !s.unknown() && s.holds(have)
	switch {
	case holds && (ours || !force):
		return // an equal one without our mark stays somebody else's
	case !ours && !force && have != nil:
		to := edit{to: privatelink.KnownAfterApply}
		if !s.unknown() {
			to = s.edit(nil)
		}
		j.conflict("record %s is %s and declared as %s: it %s", s.place, show(have), to.to, j.whose(s.place))
	case !ours && !force && len(j.claims[s.place]) > 0:
		j.conflict("record %s is declared here, and its place %s", s.place, j.whose(s.place))
	}
	j.clear(s)
	j.marked[s.place], j.taken[s.place] = true, !ours
	if !holds {
		j.edits = append(j.edits, s.edit(have))
	}
}

// clear deals with what cannot stand beside a set that is to be written.
func (j *judgement) clear(s set) {
	for _, h := range j.byName[s.name] {
		at := placeOf(h)
		switch {
		case !s.excludes(h) || j.removed[at] || j.wanted[at]: // the last is replaced by what is declared there
		case j.forces(at) || j.forces(s.place) && at.typ == s.typ:
			j.taken[at] = true
			j.remove(h)
		default:
			j.conflict("record %s is %s, beside which the declared record %s cannot stand: it %s", at, show(h), s.place, j.whose(at))
		}
	}
}

// excludes tells whether Route 53 takes a set only without another of its name: a CNAME stands alone, and policies do not mix.
func (s set) excludes(h *types.ResourceRecordSet) bool {
	at := placeOf(h)
	switch {
	case at.name != s.name || at == s.place:
		return false
	case at.typ == s.typ:
		policy := routingOf(h).Policy
		return policy == "" || policy != s.routing.Policy
	}
	return at.typ == TypeCNAME || s.typ == TypeCNAME
}

func (j *judgement) conflict(format string, args ...any) {
	j.conflicts = append(j.conflicts, fmt.Sprintf(format, args...))
}

// whose tells whose mark a place bears.
func (j *judgement) whose(at place) string {
	if owners := j.claims[at]; len(owners) > 0 {
		return "bears the mark of the owner " + strings.Join(owners, ", ") + " (Overwrite takes it over)"
	}
	return "bears no mark of this library (Overwrite takes it over)"
}

// any tells whether anything bears our mark.
func (j *judgement) any() bool {
	for at := range j.claims {
		if j.ours(at) {
			return true
		}
	}
	return false
}

// marks brings the marks to what is ours in the end: those that claim more come first, those that claim less last.
func (j *judgement) marks() (grow, shrink []edit) {
	claimed := map[string][]place{} // by name, of all names that matter
	for at := range j.taken {
		claimed[at.name] = nil
	}
	for at, ours := range j.marked {
		all := claimed[at.name]
		if ours {
			all = append(all, at)
		}
		claimed[at.name] = all
	}
	for _, name := range slices.Sorted(maps.Keys(claimed)) {
		at := markOf(name)
		have := j.there[at]
		var before []string
		if have != nil {
			before = valuesOf(have)
		}
		switch values := j.markValues(name, before, claimed[name]); {
		case sameValues(before, values):
		case len(values) < len(before):
			shrink = append(shrink, j.remark(at, have, values))
		default:
			grow = append(grow, j.remark(at, have, values))
		}
	}
	return grow, shrink
}

// markValues are the values of the mark of a name in the end: ours, and what others have in it.
func (j *judgement) markValues(name string, before []string, claimed []place) (values []string) {
	for _, v := range before {
		c, ok := claimOf(v)
		ours := ok && c.zone == j.zone && (c.owner == j.owner || j.taken[place{name, c.typ, c.id}])
		if !ours {
			values = append(values, v)
		}
	}
	slices.SortFunc(claimed, place.compare)
	for _, at := range claimed {
		values = append(values, Text(claim{j.zone, j.owner, at.typ, at.id}.text()))
	}
	return values
}

// remark writes a mark, in the batch of the sets that it is about.
func (j *judgement) remark(at place, have *types.ResourceRecordSet, values []string) edit {
	e := edit{place: at, with: strings.TrimPrefix(at.name, markLabel+".")}
	if have != nil {
		e.remove = []types.ResourceRecordSet{*have}
	}
	if len(values) > 0 {
		j.markable(at, have)
		s := set{place: at, ttl: markTTL, values: values}
		if have != nil {
			s.ttl = aws.ToInt64(have.TTL)
		}
		create := s.wire()
		e.create, e.to = []types.ResourceRecordSet{create}, show(&create)
	}
	return e
}

// markable notes what stands where a mark belongs and is none.
func (j *judgement) markable(at place, have *types.ResourceRecordSet) {
	if have != nil {
		if claims, _ := claimsOf(have); len(claims) > 0 {
			return
		}
	}
	for _, h := range j.byName[at.name] {
		if h == have || (set{place: at}).excludes(h) {
			j.conflict("record %s is %s, where the mark of an owner belongs: it has to go first", placeOf(h), show(h))
		}
	}
}
