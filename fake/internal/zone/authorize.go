package zone

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const authorizationsPage = 50

// CreateVPCAssociationAuthorization lets another account's VPC be associated with a zone of the caller's. Repeating it changes nothing.
func CreateVPCAssociationAuthorization(tx *world.Tx, in *route53.CreateVPCAssociationAuthorizationInput) (*route53.CreateVPCAssociationAuthorizationOutput, error) {
	z, vpc, err := ownAndVPC(tx, in.HostedZoneId, in.VPC)
	if err != nil {
		return nil, err
	}
	if !z.Private {
		return nil, refuse(says.AuthorizePublic)
	}
	if err := free(tx, z, says.ZoneConcurrent); err != nil {
		return nil, err
	}
	id := world.ZoneVPCID(z.ID, vpc.ID)
	if tx.DNS.Authorizations.At(id, tx.Now) == nil {
		if world.Living(tx, tx.DNS.Authorizations, world.ByZone, z.ID) >= tx.Quotas.Of(tx.Quotas.ZoneAuthorizations, maxAuthorizations) {
			return nil, refuse(says.TooManyZoneRules)
		}
		tx.DNS.Authorizations.Put(tx.Now, &world.ZoneVPC{Meta: tx.Meta(id, nil), Zone: z.ID, VPC: vpc.ID, VPCRegion: vpc.Region})
	}
	occupy(tx, z)
	return &route53.CreateVPCAssociationAuthorizationOutput{HostedZoneId: aws.String(z.ID), VPC: copyVPC(in.VPC)}, nil
}

// DeleteVPCAssociationAuthorization takes the permission back; an association that was made with it stays.
func DeleteVPCAssociationAuthorization(tx *world.Tx, in *route53.DeleteVPCAssociationAuthorizationInput) (*route53.DeleteVPCAssociationAuthorizationOutput, error) {
	z, vpc, err := ownAndVPC(tx, in.HostedZoneId, in.VPC)
	if err != nil {
		return nil, err
	}
	if err := free(tx, z, says.ZoneConcurrent); err != nil {
		return nil, err
	}
	id := world.ZoneVPCID(z.ID, vpc.ID)
	if tx.DNS.Authorizations.At(id, tx.Now) == nil {
		return nil, refuse(says.VPCAssociationAuthorizationNotFound, vpc.ID, z.ID)
	}
	tx.DNS.Authorizations.Drop(id, tx.Now)
	occupy(tx, z)
	return &route53.DeleteVPCAssociationAuthorizationOutput{}, nil
}

// ListVPCAssociationAuthorizations pages through a zone's authorisations by VPC ID, 50 at a time unless told otherwise.
func ListVPCAssociationAuthorizations(tx *world.Tx, in *route53.ListVPCAssociationAuthorizationsInput) (*route53.ListVPCAssociationAuthorizationsOutput, error) {
	z, err := own(tx, in.HostedZoneId)
	if err != nil {
		return nil, err
	}
	after, err := fromToken(in.NextToken)
	if err != nil {
		return nil, err
	}
	var rows []*world.ZoneVPC
	for row := range tx.DNS.Authorizations.By(world.ByZone, z.ID, 0) {
		if a := row.At(tx.Seen()); a != nil && a.VPC > after {
			rows = append(rows, a)
		}
	}
	slices.SortFunc(rows, func(a, b *world.ZoneVPC) int { return strings.Compare(a.VPC, b.VPC) })
	rows, more := cut(rows, limit(in.MaxResults, authorizationsPage))
	out := &route53.ListVPCAssociationAuthorizationsOutput{HostedZoneId: aws.String(z.ID), VPCs: []types.VPC{}}
	for _, a := range rows {
		out.VPCs = append(out.VPCs, shownVPC(a))
	}
	if more {
		out.NextToken = token(rows[len(rows)-1].VPC)
	}
	return out, nil
}

func ownAndVPC(tx *world.Tx, id *string, v *types.VPC) (*world.Zone, *world.VPC, error) {
	if _, err := own(tx, id); err != nil {
		return nil, nil, err
	}
	return zoneAndVPC(tx, id, v)
}

func copyVPC(v *types.VPC) *types.VPC {
	return &types.VPC{VPCId: clone(v.VPCId), VPCRegion: v.VPCRegion}
}
