package zone

import (
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Texts are what the TXT records say that the public DNS has for a name, by way of CNAMEs where those lead.
func Texts(tx *world.Tx, name string) []string {
	const chain = 8
	for range chain {
		canonical, err := Canonical(name)
		if err != nil {
			return nil
		}
		z, _ := Public(tx, canonical)
		if z == nil {
			return nil
		}
		name = ""
		var out []string
		found, _ := Answering(tx, z, canonical)
		for _, r := range found {
			for _, value := range r.Values {
				switch r.Type {
				case "TXT":
					out = append(out, unquoted(value))
				case "CNAME":
					name = value
				}
			}
		}
		if name == "" {
			return out
		}
	}
	return nil
}

// unquoted puts the strings of a TXT value together.
func unquoted(value string) string { return strings.ReplaceAll(strings.Trim(value, `"`), `" "`, "") }
