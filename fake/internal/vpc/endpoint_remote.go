package vpc

import (
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// closedZones are the Availability Zones from which services of other Regions cannot be reached.
var closedZones = []string{"use1-az3", "usw1-az2", "apne1-az3", "apne2-az2", "apne2-az4"}

// openZones are the IDs of the caller's zones from which services of other Regions can be reached.
func openZones(tx *world.Tx) []string {
	var out []string
	for _, az := range world.AZNames(tx.Region) {
		if id := tx.AZID(tx.Account, az); !slices.Contains(closedZones, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}
