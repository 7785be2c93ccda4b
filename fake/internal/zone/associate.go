package zone

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// AssociateVPCWithHostedZone makes a private zone serve one more VPC. Only the VPC's owner may; where the zone is another account's, that
// account must have authorised it.
func AssociateVPCWithHostedZone(tx *world.Tx, in *route53.AssociateVPCWithHostedZoneInput) (*route53.AssociateVPCWithHostedZoneOutput, error) {
	z, vpc, err := zoneAndVPC(tx, in.HostedZoneId, in.VPC)
	if err != nil {
		return nil, err
	}
	if err := mayAssociate(tx, z, vpc); err != nil {
		return nil, err
	}
	checks := []func() error{
		func() error { return noConflict(tx, vpc, z.Name) },
		func() error { return roomForVPC(tx, z) },
		func() error { return free(tx, z, says.ZoneBusy) },
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return nil, err
		}
	}
	associate(tx, z, in.VPC)
	occupy(tx, z)
	change := tx.NewChange(aws.ToString(in.Comment))
	return &route53.AssociateVPCWithHostedZoneOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First())}, nil
}

// DisassociateVPCFromHostedZone ends the service to a VPC, at the wish of the zone's owner or the VPC's. The last one stays.
func DisassociateVPCFromHostedZone(tx *world.Tx, in *route53.DisassociateVPCFromHostedZoneInput) (*route53.DisassociateVPCFromHostedZoneOutput, error) {
	z, vpc, err := zoneAndVPC(tx, in.HostedZoneId, in.VPC)
	switch {
	case err != nil:
		return nil, err
	case z.Owner != tx.Account && vpc.Owner != tx.Account:
		return nil, noSuchZone(z.ID)
	}
	id := world.ZoneVPCID(z.ID, vpc.ID)
	if tx.DNS.Associations.At(id, tx.Now) == nil {
		return nil, refuse(says.VPCAssociationNotFound, vpc.ID, z.ID)
	}
	if world.Living(tx, tx.DNS.Associations, world.ByZone, z.ID) == 1 {
		return nil, refuse(says.LastVPCAssociation, z.ID)
	}
	tx.DNS.Associations.Drop(id, tx.Now)
	tx.Unserve(z, vpc.ID)
	occupy(tx, z)
	change := tx.NewChange(aws.ToString(in.Comment))
	return &route53.DisassociateVPCFromHostedZoneOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First())}, nil
}

func mayAssociate(tx *world.Tx, z *world.Zone, vpc *world.VPC) error {
	switch {
	case !z.Private:
		return refuse(says.PublicZoneVPCAssociation, z.ID, vpc.ID)
	case vpc.Owner != tx.Account:
		return refuse(says.NotAuthorized, vpc.ID)
	case z.Owner != tx.Account && tx.DNS.Authorizations.At(world.ZoneVPCID(z.ID, vpc.ID), tx.Now) == nil:
		return refuse(says.NotAuthorized, vpc.ID)
	}
	return nil
}

func associate(tx *world.Tx, z *world.Zone, v *types.VPC) {
	a := &world.ZoneVPC{Meta: tx.Meta(world.ZoneVPCID(z.ID, aws.ToString(v.VPCId)), nil), Zone: z.ID,
		VPC: aws.ToString(v.VPCId), VPCRegion: string(v.VPCRegion)}
	tx.DNS.Associations.Put(tx.Now, a)
	tx.Serve(z, a.VPC)
}

// noConflict wants a VPC to have no zone of a name: neither an account's nor the hidden one of an endpoint with private DNS.
func noConflict(tx *world.Tx, vpc *world.VPC, name string) error {
	if z := tx.ZoneServing(vpc.ID, name); z != nil {
		return refuse(says.ConflictingDomainOnVPC, vpc.ID, vpc.Region, z.ID)
	}
	for _, p := range Hidden(tx, vpc.ID, false) {
		if HiddenZone(p) == name {
			return refuse(says.ConflictingDomainOnVPC, vpc.ID, vpc.Region, p.ZoneID)
		}
	}
	return nil
}

// Hidden are AWS's own zones in a VPC, with canonical names, as its hosts or an inbound Resolver endpoint see them.
func Hidden(tx *world.Tx, vpc string, inbound bool) []world.PrivateName {
	names := tx.PrivateNames(vpc, inbound)
	for i := range names {
		if name, err := Canonical(names[i].Name); err == nil {
			names[i].Name = name
		}
	}
	return names
}

// zoneAndVPC finds what a call names, whoever's they are.
func zoneAndVPC(tx *world.Tx, id *string, v *types.VPC) (*world.Zone, *world.VPC, error) {
	if id == nil || v == nil {
		return nil, nil, missing("hostedZoneId or vPC")
	}
	z := tx.DNS.Zones.At(StripID(aws.ToString(id)), tx.Now)
	if z == nil {
		return nil, nil, noSuchZone(StripID(aws.ToString(id)))
	}
	vpc := vpcOf(tx, v)
	if vpc == nil {
		return nil, nil, refuse(says.InvalidVPCID)
	}
	return z, vpc, nil
}

// vpcOf is any account's VPC of that ID and Region, in the partition of the call.
func vpcOf(tx *world.Tx, v *types.VPC) *world.VPC {
	if v == nil {
		return nil
	}
	vpc := tx.VPCs.At(aws.ToString(v.VPCId), tx.Now)
	if vpc == nil || vpc.Region != string(v.VPCRegion) || world.Partition(vpc.Region) != world.Partition(tx.Region) {
		return nil
	}
	return vpc
}

// HiddenZone is the canonical name of the zone in which an endpoint's private name stands: the name itself, or a wildcard's parent.
func HiddenZone(p world.PrivateName) string {
	if IsWildcard(p.Name) {
		return Parent(p.Name)
	}
	return p.Name
}
