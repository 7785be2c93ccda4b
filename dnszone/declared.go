package dnszone

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Route 53's limits for one record set. Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
const (
	maxValues     = 400
	maxValue      = 4000 // the characters of one value
	maxIdentifier = 128
)

// resolved is what the declared records mean in a zone.
type resolved struct {
	sets     []set // in the order of their places
	problems declare.Problems
	unknown  declare.Problems // what Plan alone lets pass
}

// resolve gives each declared record its places in the zone of a canonical name. Those that are wrong have their place too: Delete removes
// whatever stands there.
func resolve(zone string, declared []Record) *resolved {
	if zone == "" {
		zone = "invalid." // the domain is a problem by itself
	}
	r := &resolved{}
	latest := map[recordKey]int{}
	var names []string
	for i, record := range declared {
		name, err := absolute(record.Host, zone)
		if err != nil {
			r.problems.Add("the host %q is not a name in this zone: %v", record.Host, err)
		} else {
			latest[recordKey{name, record.Type, record.SetIdentifier}] = i
		}
		names = append(names, name)
	}
	for i, record := range declared {
		if last, ok := latest[recordKey{names[i], record.Type, record.SetIdentifier}]; ok && last == i {
			r.add(zone, names[i], record)
		}
	}
	slices.SortStableFunc(r.sets, func(a, b set) int { return a.compare(b.place) })
	r.neighbours()
	return r
}

// aboutOf names a declared record in a problem.
func aboutOf(record Record) string {
	text := fmt.Sprintf("the %s record of host %q", record.Type, record.Host)
	if record.SetIdentifier != "" {
		text += fmt.Sprintf(" with the set identifier %q", record.SetIdentifier)
	}
	return text
}

func (r *resolved) add(zone, name string, record Record) {
	about := aboutOf(record)
	if !slices.Contains(declarable, record.Type) {
		r.problems.Add("the record of host %q is of type %q: declared can be %s", record.Host, record.Type, join(declarable))
		return
	}
	if problem := misplaced(zone, name, record.Type); problem != "" {
		r.problems.Add("%s %s", about, problem)
		if name == zone && record.Type == TypeNS {
			return // its place is not ours
		}
	}
	for _, problem := range routingProblems(record) {
		r.problems.Add("%s has %s", about, problem)
	}
	base := set{place: place{name, record.Type, record.SetIdentifier}, routing: record.Routing, healthCheck: record.HealthCheckID}
	if record.Type == TypeAlias || record.Alias != (privatelink.DNSName{}) {
		r.alias(base, about, record)
		return
	}
	if record.EvaluateTargetHealth {
		r.problems.Add("%s evaluates the health of a target and has none: only an alias has one", about)
	}
	if record.TTL <= 0 || record.TTL%time.Second != 0 || record.TTL/time.Second > math.MaxInt32 {
		r.problems.Add("%s has a TTL of %v: whole seconds are allowed, from 1s to %d of them", about, record.TTL, math.MaxInt32)
	}
	base.ttl = int64(record.TTL / time.Second)
	base.values = record.Values
	r.problems = append(r.problems, valueProblems(about, record)...)
	r.sets = append(r.sets, base)
}

// misplaced says why no record of a type may stand at a name, "" where it may.
func misplaced(zone, name string, typ RecordType) string {
	switch {
	case typ == TypeNS && name == zone:
		return "is the zone's own, which Route 53 keeps: leave it out"
	case typ == TypeNS && strings.HasPrefix(name, wildcard):
		return "is a wildcard, which name servers cannot be given: name the hosts"
	case typ == TypeCNAME && name == zone:
		return "stands at the zone's own name, where there are always other records: declare an alias instead"
	}
	return ""
}

func routingProblems(record Record) (out []string) {
	note := func(wrong bool, format string, args ...any) {
		if wrong {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	problem, policy, id := record.Routing.problem(), record.Routing.Policy, record.SetIdentifier
	isAlias := record.Type == TypeAlias || record.Alias != (privatelink.DNSName{})
	note(problem != "", "%s", problem)
	note(policy == "" && id != "", "a set identifier and no routing policy: it needs both or neither")
	note(policy == "" && record.HealthCheckID != "", "a health check and no routing policy: it needs one for that")
	note(policy != "" && id == "", "a routing policy and no set identifier: give it one")
	note(utf8.RuneCountInString(id) > maxIdentifier, "a set identifier of more than %d characters", maxIdentifier)
	note(!declare.Sendable(id), "a set identifier with a character that no request to AWS can carry")
	note(policy != "" && record.Type == TypeNS, "a routing policy, which name servers cannot have")
	note(policy == PolicyMultivalue && (isAlias || record.Type == TypeCNAME), "the multivalue policy, which no alias and no CNAME may have")
	return out
}

func (r *resolved) alias(base set, about string, record Record) {
	base.isAlias, base.either, base.evaluated = true, record.Type == TypeAlias, record.EvaluateTargetHealth
	t := record.Alias
	if record.TTL != 0 || len(record.Values) > 0 {
		r.problems.Add("%s has a target as well as a TTL or values: take the one or the other away", about)
	}
	if record.Type == TypeNS {
		r.problems.Add("%s has a target, which name servers cannot be given by: name them as its values", about)
	}
	if t.Family > privatelink.DualStack {
		r.problems.Add("%s has a target of an unknown family: take IPv4, IPv6 or DualStack", about)
	}
	name, err := canonical(t.Name)
	switch {
	case t.Name == "":
		r.unknown.Add("%s has an empty target: give it a name, such as DNS.Regional of an endpoint that has subnets", about)
	case err != nil:
		r.problems.Add("%s has the target %q, which is not a domain name: %v", about, t.Name, err)
	case t.ZoneID == "":
		r.problems.Add("%s has the target %q without the ID of its hosted zone: set ZoneID, as an endpoint's DNS.Regional has it", about, t.Name)
	}
	base.target = privatelink.DNSName{Name: name, ZoneID: bareID(t.ZoneID), Family: t.Family}
	for _, typ := range addressTypes(record.Type, t.Family) {
		base.typ = typ
		r.sets = append(r.sets, base)
	}
}

// addressTypes are the types under which an alias stands.
func addressTypes(typ RecordType, family privatelink.Family) []RecordType {
	switch {
	case typ != TypeAlias:
		return []RecordType{typ}
	case family == privatelink.DualStack:
		return []RecordType{TypeA, TypeAAAA}
	case family == privatelink.IPv6:
		return []RecordType{TypeAAAA}
	}
	return []RecordType{TypeA}
}

func valueProblems(about string, record Record) (p declare.Problems) {
	switch n := len(record.Values); {
	case n == 0:
		p.Add("%s has no value: give it one at least", about)
	case n > maxValues:
		p.Add("%s has %d values: Route 53 takes %d at most", about, n, maxValues)
	case n > 1 && record.Type == TypeCNAME:
		p.Add("%s has %d values: Route 53 takes one for a CNAME", about, n)
	}
	seen, total := map[string]bool{}, 0
	for _, v := range record.Values {
		total += len(v)
		c, err := canonicalValue(record.Type, v)
		switch {
		case err != nil:
			p.Add("%s has the value %q: %v", about, v, err)
		case seen[c]:
			p.Add("%s has the value %q twice: name it once", about, v)
		case len(v) > maxValue:
			p.Add("%s has a value of %d characters: Route 53 takes %d at most", about, len(v), maxValue)
		}
		seen[c] = err == nil
	}
	if total > maxBatchCharacters/2 {
		p.Add("%s has %d characters of values: %d are allowed, since a change names the old ones and the new in one request", about, total, maxBatchCharacters/2)
	}
	return p
}

// neighbours finds declared sets that cannot stand together; the sets are in the order of their places.
func (r *resolved) neighbours() {
	kept := r.sets[:0]
	for _, s := range r.sets {
		if n := len(kept); n > 0 && kept[n-1].place == s.place {
			r.problems.Add("%s is declared twice, by an alias and by a record of type %s: take one away", s.place, s.typ)
			continue
		}
		kept = append(kept, s)
	}
	r.sets = kept
	for i, s := range r.sets {
		if i == 0 || r.sets[i-1].name != s.name {
			r.alone(s.name, r.sets[i:])
		}
	}
}

// alone checks the sets of one name, which come first.
func (r *resolved) alone(name string, sets []set) {
	cname, other := false, RecordType("")
	for i, s := range sets {
		if s.name != name {
			break
		}
		if s.typ == TypeCNAME {
			cname = true
		} else {
			other = s.typ
		}
		if i == 0 || sets[i-1].typ != s.typ {
			continue
		}
		switch before := sets[i-1]; {
		case before.routing.Policy != s.routing.Policy:
			r.problems.Add("%s and %s have different routing policies: those of one host and type share one", before.place, s.place)
		case s.routing.Policy == PolicyWeighted || s.routing.Policy == PolicyMultivalue:
		case slices.ContainsFunc(sets[:i], func(o set) bool { return o.typ == s.typ && o.routing == s.routing }):
			r.problems.Add("%s is one of two sets of the same routing, %s: take one away", s.place, s.routing)
		}
	}
	if cname && other != "" {
		r.problems.Add("%s has a CNAME beside a record of type %s: a CNAME stands alone", shown(name), other)
	}
}

func join(all []RecordType) string {
	var out []string
	for _, t := range all {
		out = append(out, string(t))
	}
	return strings.Join(out, ", ")
}
