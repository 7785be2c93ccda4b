package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// AssociateVPCWithHostedZone makes a private zone serve one more VPC of the account.
func (r *Route53) AssociateVPCWithHostedZone(ctx context.Context, in *route53.AssociateVPCWithHostedZoneInput, _ ...func(*route53.Options)) (*route53.AssociateVPCWithHostedZoneOutput, error) {
	return call(ctx, r.site, "AssociateVPCWithHostedZone", in, zone.AssociateVPCWithHostedZone)
}

// DisassociateVPCFromHostedZone ends a zone's service to a VPC; the last one cannot be taken away.
func (r *Route53) DisassociateVPCFromHostedZone(ctx context.Context, in *route53.DisassociateVPCFromHostedZoneInput, _ ...func(*route53.Options)) (*route53.DisassociateVPCFromHostedZoneOutput, error) {
	return call(ctx, r.site, "DisassociateVPCFromHostedZone", in, zone.DisassociateVPCFromHostedZone)
}

// CreateVPCAssociationAuthorization lets the owner of another account's VPC associate it with a zone. Repeating it changes nothing.
func (r *Route53) CreateVPCAssociationAuthorization(ctx context.Context, in *route53.CreateVPCAssociationAuthorizationInput, _ ...func(*route53.Options)) (*route53.CreateVPCAssociationAuthorizationOutput, error) {
	return call(ctx, r.site, "CreateVPCAssociationAuthorization", in, zone.CreateVPCAssociationAuthorization)
}

// DeleteVPCAssociationAuthorization takes an authorisation back; an association made with it stays.
func (r *Route53) DeleteVPCAssociationAuthorization(ctx context.Context, in *route53.DeleteVPCAssociationAuthorizationInput, _ ...func(*route53.Options)) (*route53.DeleteVPCAssociationAuthorizationOutput, error) {
	return call(ctx, r.site, "DeleteVPCAssociationAuthorization", in, zone.DeleteVPCAssociationAuthorization)
}

// ListVPCAssociationAuthorizations pages through a zone's authorisations.
func (r *Route53) ListVPCAssociationAuthorizations(ctx context.Context, in *route53.ListVPCAssociationAuthorizationsInput, _ ...func(*route53.Options)) (*route53.ListVPCAssociationAuthorizationsOutput, error) {
	return call(ctx, r.site, "ListVPCAssociationAuthorizations", in, zone.ListVPCAssociationAuthorizations)
}
