package zone

import "github.com/seed-326366ec/aws-privatelink/fake/internal/world"

// Answering are the record sets with which a zone's name servers answer now for a canonical name inside it: those of the name itself, else
// of the wildcard that covers it. None: there is no such name.
func Answering(tx *world.Tx, z *world.Zone, name string) []*world.RecordSet {
	r := tx.DNS.Records.At(z.ID, tx.Now)
	if r == nil {
		return nil
	}
	s := sets(r.Served(tx.Now))
	if m := s.match(name, z.Name); m != "" {
		return s.named(m)
	}
	return nil
}
