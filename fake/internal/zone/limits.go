package zone

import (
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// AWS's defaults of what Quotas can change.
const (
	maxZones          = 500
	maxZoneVPCs       = 300
	maxZoneRecords    = 10000
	maxAuthorizations = 1000
)

// roomForZone refuses one zone too many of an account.
func roomForZone(tx *world.Tx) error {
	if world.Living(tx, tx.DNS.Zones, world.ZonesByOwner, tx.Account) >= tx.Quotas.Of(tx.Quotas.HostedZones, maxZones) {
		return refuse(says.TooManyZones)
	}
	return nil
}

// roomForVPC refuses one VPC too many of a zone.
func roomForVPC(tx *world.Tx, z *world.Zone) error {
	if world.Living(tx, tx.DNS.Associations, world.ByZone, z.ID) >= tx.Quotas.Of(tx.Quotas.ZoneVPCs, maxZoneVPCs) {
		return refuse(says.TooManyZoneVPCs)
	}
	return nil
}

// free refuses what may not be done while Route 53 is at work on a zone.
func free(tx *world.Tx, z *world.Zone, busy says.Text) error {
	if tx.Now.Before(z.BusyUntil) {
		return refuse(busy)
	}
	return nil
}

// occupy makes a zone busy for as long as Timing says.
func occupy(tx *world.Tx, z *world.Zone) {
	if tx.Timing.ZoneBusy > 0 {
		c := *z
		c.BusyUntil = tx.Now.Add(tx.Timing.ZoneBusy)
		tx.DNS.Zones.Put(tx.Now, &c)
	}
}
