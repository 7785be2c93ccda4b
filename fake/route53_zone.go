package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// CreateHostedZone makes a zone with its NS and SOA records: private when a VPC of the account is given, public otherwise. Each call needs a new
// CallerReference: a used one is HostedZoneAlreadyExists, even when all else is equal.
func (r *Route53) CreateHostedZone(ctx context.Context, in *route53.CreateHostedZoneInput, _ ...func(*route53.Options)) (*route53.CreateHostedZoneOutput, error) {
	return call(ctx, r.site, "CreateHostedZone", in, zone.CreateHostedZone)
}

// GetHostedZone reads one zone of the account, with the VPCs that a private one serves.
func (r *Route53) GetHostedZone(ctx context.Context, in *route53.GetHostedZoneInput, _ ...func(*route53.Options)) (*route53.GetHostedZoneOutput, error) {
	return call(ctx, r.site, "GetHostedZone", in, zone.GetHostedZone)
}

// UpdateHostedZoneComment sets the comment of a zone.
func (r *Route53) UpdateHostedZoneComment(ctx context.Context, in *route53.UpdateHostedZoneCommentInput, _ ...func(*route53.Options)) (*route53.UpdateHostedZoneCommentOutput, error) {
	return call(ctx, r.site, "UpdateHostedZoneComment", in, zone.UpdateHostedZoneComment)
}

// GetHostedZoneCount counts the account's zones.
func (r *Route53) GetHostedZoneCount(ctx context.Context, in *route53.GetHostedZoneCountInput, _ ...func(*route53.Options)) (*route53.GetHostedZoneCountOutput, error) {
	return call(ctx, r.site, "GetHostedZoneCount", in, zone.GetHostedZoneCount)
}

// DeleteHostedZone deletes a zone that holds no records but its first two. Its associations go with it.
func (r *Route53) DeleteHostedZone(ctx context.Context, in *route53.DeleteHostedZoneInput, _ ...func(*route53.Options)) (*route53.DeleteHostedZoneOutput, error) {
	return call(ctx, r.site, "DeleteHostedZone", in, zone.DeleteHostedZone)
}

// ListHostedZones pages through the account's zones in the order of their IDs.
func (r *Route53) ListHostedZones(ctx context.Context, in *route53.ListHostedZonesInput, _ ...func(*route53.Options)) (*route53.ListHostedZonesOutput, error) {
	return call(ctx, r.site, "ListHostedZones", in, zone.ListHostedZones)
}

// ListHostedZonesByName pages through the account's zones by name, labels from the right. DNSName is where to start, not a filter.
func (r *Route53) ListHostedZonesByName(ctx context.Context, in *route53.ListHostedZonesByNameInput, _ ...func(*route53.Options)) (*route53.ListHostedZonesByNameOutput, error) {
	return call(ctx, r.site, "ListHostedZonesByName", in, zone.ListHostedZonesByName)
}

// ListHostedZonesByVPC lists every zone that serves a VPC of the account: its own, other accounts', and the hidden ones of endpoints.
func (r *Route53) ListHostedZonesByVPC(ctx context.Context, in *route53.ListHostedZonesByVPCInput, _ ...func(*route53.Options)) (*route53.ListHostedZonesByVPCOutput, error) {
	return call(ctx, r.site, "ListHostedZonesByVPC", in, zone.ListHostedZonesByVPC)
}
