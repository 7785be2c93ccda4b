package dnszone

import (
	"fmt"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// maxValues is Route 53's limit for one record set. Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
const maxValues = 400

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
	r.collisions()
	return r
}

func (r *resolved) add(zone, name string, record Record) {
	about := fmt.Sprintf("the %s record of host %q", record.Type, record.Host)
	if !slices.Contains(declarable, record.Type) {
		r.problems.Add("the record of host %q is of type %q: declared can be %s", record.Host, record.Type, join(declarable))
		return
	}
	if record.Type == TypeNS && name == zone {
		r.problems.Add("%s is the zone's own: Route 53 keeps it", about)
		return
	}
	if record.SetIdentifier != "" {
		r.problems.Add("%s has the set identifier %q and no routing policy", about, record.SetIdentifier)
	}
	base := set{place: place{name, record.Type}}
	if record.Type == TypeAlias || record.Alias != (privatelink.DNSName{}) {
		r.alias(base, about, record)
		return
	}
	if record.TTL <= 0 || record.TTL%time.Second != 0 || record.TTL/time.Second > math.MaxInt32 {
		r.problems.Add("%s has a TTL of %v: whole seconds are allowed, from 1s to %d of them", about, record.TTL, math.MaxInt32)
	}
	base.ttl = int64(record.TTL / time.Second)
	base.values = record.Values
	r.problems = append(r.problems, valueProblems(about, record)...)
	r.sets = append(r.sets, base)
}

func (r *resolved) alias(base set, about string, record Record) {
	base.isAlias, base.either = true, record.Type == TypeAlias
	t := record.Alias
	if record.TTL != 0 || len(record.Values) > 0 {
		r.problems.Add("%s has a target as well as a TTL or values", about)
	}
	if t.Family > privatelink.DualStack {
		r.problems.Add("%s has a target of an unknown family", about)
	}
	name, err := canonical(t.Name)
	switch {
	case t.Name == "":
		r.unknown.Add("%s has an empty target", about)
	case err != nil:
		r.problems.Add("%s has the target %q, which is not a domain name: %v", about, t.Name, err)
	case t.ZoneID == "":
		r.problems.Add("%s has the target %q without the ID of its hosted zone", about, t.Name)
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
		p.Add("%s has no value", about)
	case n > maxValues:
		p.Add("%s has %d values: Route 53 takes %d", about, n, maxValues)
	}
	sorted := sortedValues(record.Type, record.Values)
	for i, v := range sorted {
		addr, err := netip.ParseAddr(v)
		switch {
		case i > 0 && v == sorted[i-1]:
			p.Add("%s has the value %q twice", about, v)
		case v == "":
			p.Add("%s has an empty value", about)
		case record.Type == TypeA && (err != nil || !addr.Is4()):
			p.Add("%s has the value %q, which is not an IPv4 address", about, v)
		case record.Type == TypeAAAA && (err != nil || !addr.Is6() || addr.Zone() != ""):
			p.Add("%s has the value %q, which is not an IPv6 address", about, v)
		}
	}
	return p
}

// collisions finds places that two records claim: an alias by target and a record of one type.
func (r *resolved) collisions() {
	kept := r.sets[:0]
	for _, s := range r.sets {
		if n := len(kept); n > 0 && kept[n-1].place == s.place {
			r.problems.Add("%s is declared twice: by an alias and by a record of type %s", s.place, s.typ)
			continue
		}
		kept = append(kept, s)
	}
	r.sets = kept
}

func join(all []RecordType) string {
	var out []string
	for _, t := range all {
		out = append(out, string(t))
	}
	return strings.Join(out, ", ")
}
