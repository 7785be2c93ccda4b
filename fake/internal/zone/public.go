package zone

import (
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Public finds the public zone whose name servers the internet asks for a canonical name. The first zone on the way down from the root is
// found as Delegated says, which is what a registrar would hold; where it says nothing, the oldest zone of the name is. From then on an NS set
// leads to the zones below, and a zone that no such set names is asked by nobody. A set that names servers of no zone of that name is lame:
// what it names is given instead of a zone. Neither: nobody has the name.
func Public(tx *world.Tx, name string) (found *world.Zone, lame string) {
	for _, at := range upwards(name) {
		if found == nil {
			if found, lame = registered(tx, at); lame != "" {
				return nil, lame
			}
			continue
		}
		if servers := servedSets(tx, found).of(at, "NS"); at != found.Name && len(servers) > 0 {
			if found = hosting(tx, at, servers[0].Values); found == nil {
				return nil, strings.Join(servers[0].Values, ", ")
			}
		}
	}
	return found, ""
}

// upwards are the names from the top-level domain of a canonical name down to itself.
func upwards(name string) []string {
	var names []string
	for at := name; at != "."; at = Parent(at) {
		names = append(names, at)
	}
	slices.Reverse(names)
	return names
}

// registered is the zone of a name that nothing in this cloud stands above.
func registered(tx *world.Tx, name string) (found *world.Zone, lame string) {
	if servers, ok := tx.DNS.Delegated[name]; ok {
		if found = hosting(tx, name, servers); found == nil {
			lame = strings.Join(servers, ", ")
		}
		return found, lame
	}
	return Serving(tx, "", name), ""
}

// Serving is the zone of a canonical name that a VPC's resolver knows, or the oldest public one where vpc is "".
func Serving(tx *world.Tx, vpc, name string) *world.Zone {
	for s := range world.Live(tx, tx.DNS.Served.By(world.ServedAs, world.ServedKey(vpc, name), 0)) {
		return s.Zone
	}
	return nil
}

// hosting is the public zone of a name that one of some name servers has.
func hosting(tx *world.Tx, name string, servers []string) *world.Zone {
	for s := range world.Live(tx, tx.DNS.Served.By(world.ServedAs, world.ServedKey("", name), 0)) {
		for _, server := range servers {
			if c, err := Canonical(server); err == nil && slices.Contains(s.Zone.NameServers, c) {
				return s.Zone
			}
		}
	}
	return nil
}

// servedSets are the record sets with which a zone's name servers answer now.
func servedSets(tx *world.Tx, z *world.Zone) sets {
	return sets(tx.DNS.Records.At(z.ID, tx.Now).Served(tx.Now))
}
