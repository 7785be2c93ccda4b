package zone

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// beginning is when seeded zones came to be: before any read, however stale.
var beginning time.Time

// Seed makes a zone that was always there: private where it serves VPCs.
func Seed(tx *world.Tx, name string, vpcs ...*world.VPC) (*world.Zone, error) {
	in := &route53.CreateHostedZoneInput{Name: &name, CallerReference: aws.String("seeded " + tx.NewLower(12))}
	for _, v := range vpcs {
		in.VPC = &types.VPC{VPCId: &v.ID, VPCRegion: types.VPCRegion(v.Region)}
	}
	canonical, err := zoneName(in)
	for _, v := range vpcs {
		if err == nil {
			err = noConflict(tx, v, canonical)
		}
	}
	if err != nil {
		return nil, err
	}
	z, ok := newZone(tx, in, canonical)
	if !ok {
		return nil, refuse(says.DelegationSetNotAvailable, canonical)
	}
	z.Seeded = true
	tx.DNS.Zones.Put(beginning, z)
	first := firstRecords(z)
	for _, r := range first {
		r.Seeded = true
	}
	tx.DNS.Records.Put(beginning, &world.ZoneRecords{Meta: z.Meta, Sets: first})
	for _, v := range vpcs {
		head := world.Meta{ID: world.ZoneVPCID(z.ID, v.ID), Owner: z.Owner, Seeded: true}
		tx.DNS.Associations.Put(beginning, &world.ZoneVPC{Meta: head, Zone: z.ID, VPC: v.ID, VPCRegion: v.Region})
		tx.DNS.Served.Put(beginning, &world.ServedZone{Meta: head, Zone: z, VPC: v.ID})
	}
	if !z.Private {
		tx.DNS.Served.Put(beginning, &world.ServedZone{Meta: world.Meta{ID: world.ZoneVPCID(z.ID, "")}, Zone: z})
	}
	return z, nil
}

// SeedRecord puts a set into a zone, for its name servers at once. Where nobody has changed the zone yet, the set was always there.
func SeedRecord(tx *world.Tx, id string, in types.ResourceRecordSet) error {
	z, err := own(tx, &id)
	if err != nil {
		return err
	}
	c := types.Change{Action: types.ChangeActionUpsert, ResourceRecordSet: &in}
	if err := wellFormed(0, c); err != nil {
		return err
	}
	before := tx.DNS.Records.At(z.ID, tx.Now)
	b := batch{zone: z, work: slices.Clone(before.Sets), room: maxZoneRecords}
	b.targets = func(r *world.RecordSet) []says.Text { return aliasProblems(tx, z, b.work, r) }
	if problems := b.run([]types.Change{c}); len(problems) > 0 {
		return refuseBatch(problems)
	}
	set, err := stored(&in)
	if err != nil {
		return err
	}
	b.work.get(set.Key).Seeded = true
	at := tx.Now
	if !slices.ContainsFunc(before.Sets, func(r *world.RecordSet) bool { return !r.Seeded }) {
		at = beginning
	}
	tx.DNS.Records.Put(at, &world.ZoneRecords{Meta: z.Meta, Sets: b.work, Since: at})
	return nil
}
