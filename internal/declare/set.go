package declare

import (
	"slices"
	"strings"
)

// Set is a declared set of IDs: exact where it was named, else left to AWS.
type Set struct {
	Named   bool
	Members []string
}

// SetOf names a set, with a copy of its members in canonical order.
func SetOf(members []string) Set {
	return Set{Named: true, Members: slices.Sorted(slices.Values(members))}
}

// Clone copies the set.
func (s Set) Clone() Set { return Set{s.Named, slices.Clone(s.Members)} }

// Against says what is to be added to what AWS has, and what to be removed.
func (s Set) Against(have []string) (add, remove []string) {
	if !s.Named {
		return nil, nil
	}
	return minus(s.Members, have), minus(have, s.Members)
}

func minus(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}

// List writes IDs as a person reads them, in canonical order.
func List(ids []string) string { return strings.Join(slices.Sorted(slices.Values(ids)), ", ") }
