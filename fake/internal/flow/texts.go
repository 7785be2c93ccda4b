package flow

import (
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// Texts are what the TXT records say that the public DNS has for a name.
func Texts(tx *world.Tx, name string) []string {
	var out []string
	for _, r := range (Resolver{}).Ask(tx, name, "TXT").Records {
		if r.Type == "TXT" {
			out = append(out, zone.Text(r.Value))
		}
	}
	return out
}
