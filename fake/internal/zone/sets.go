package zone

import (
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// sets are the record sets of one zone in Route 53's order.
type sets []*world.RecordSet

func setKey(name, typ, id string) string { return SortKey(name) + "\x00" + typ + "\x00" + id }

// from gives the index of the first set that does not come before a name, and where given a type and set identifier.
func (s sets) from(key string) int {
	i, _ := slices.BinarySearchFunc(s, key, func(r *world.RecordSet, key string) int { return strings.Compare(r.Key, key) })
	return i
}

func (s sets) get(key string) *world.RecordSet {
	if i := s.from(key); i < len(s) && s[i].Key == key {
		return s[i]
	}
	return nil
}

// named gives all sets of a canonical name.
func (s sets) named(name string) sets {
	prefix := SortKey(name) + "\x00"
	i := s.from(prefix)
	n := i
	for n < len(s) && strings.HasPrefix(s[n].Key, prefix) {
		n++
	}
	return s[i:n]
}

// of gives the sets of a name and type: one, or several with set identifiers.
func (s sets) of(name, typ string) sets {
	var found sets
	for _, r := range s.named(name) {
		if r.Type == typ {
			found = append(found, r)
		}
	}
	return found
}

// exists says whether a canonical name has records, or any name below it has.
func (s sets) exists(name string) bool {
	prefix := SortKey(name)
	i := s.from(prefix)
	return i < len(s) && strings.HasPrefix(s[i].Key, prefix)
}

// put and drop edit in place: only a batch's own copy may be edited.
func (s sets) put(r *world.RecordSet) sets {
	i := s.from(r.Key)
	if i < len(s) && s[i].Key == r.Key {
		s[i] = r
		return s
	}
	return slices.Insert(s, i, r)
}

func (s sets) drop(key string) sets {
	i := s.from(key)
	return slices.Delete(s, i, i+1)
}

// match finds the name that answers for a query inside the zone: the name itself, else the wildcard right below the
// closest name that exists. None: "".
func (s sets) match(name, zone string) string {
	if s.exists(name) {
		return name
	}
	for p := Parent(name); Within(p, zone); p = Parent(p) {
		if w := wildcardOf(p); len(s.named(w)) > 0 {
			return w
		}
		if s.exists(p) || p == "." {
			return ""
		}
	}
	return ""
}
