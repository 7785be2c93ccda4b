package zone

import (
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Answering are the record sets with which a zone's name servers answer now for a canonical name inside it: those of the name itself, else
// of the wildcard that covers it. A name that only has others below it exists and has none.
func Answering(tx *world.Tx, z *world.Zone, name string) (found []*world.RecordSet, exists bool) {
	s := servedSets(tx, z)
	m := s.match(name, z.Name)
	if m == "" {
		return nil, false
	}
	return s.named(m), true
}

// OfType are the sets of one type.
func OfType(recs []*world.RecordSet, typ string) []*world.RecordSet {
	return slices.DeleteFunc(slices.Clone(recs), func(r *world.RecordSet) bool { return r.Type != typ })
}
