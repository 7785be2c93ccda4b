package zone

import (
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	maxValues    = 400
	maxValue     = 4000
	maxNameField = 1024
	maxWeight    = 255
)

// values checks each value of a set against its type.
func (b *batch) values(r *world.RecordSet) {
	seen := map[string]bool{}
	for _, v := range r.Values {
		if seen[v] {
			b.refuse(says.DuplicateRecord, v)
		}
		seen[v] = true
		if what := wrong(r.Type, v); what != "" {
			b.refuse(says.BadRecord, what, v)
		}
	}
	switch {
	case len(r.Values) > maxValues:
		b.refuse(says.TooManyValues, r.Name, r.Type, maxValues)
	case len(r.Values) > 1 && (r.Type == "CNAME" || r.Type == "SOA"):
		b.refuse(says.OneValue, r.Name, r.Type)
	}
}
