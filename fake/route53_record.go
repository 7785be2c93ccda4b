package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// ListResourceRecordSets pages through a zone's record sets, labels from the right, at most 300 a page.
func (r *Route53) ListResourceRecordSets(ctx context.Context, in *route53.ListResourceRecordSetsInput, _ ...func(*route53.Options)) (*route53.ListResourceRecordSetsOutput, error) {
	return call(ctx, r.site, "ListResourceRecordSets", in, zone.ListResourceRecordSets)
}

// ChangeResourceRecordSets makes all changes of a batch, or none. Lists show them at once.
func (r *Route53) ChangeResourceRecordSets(ctx context.Context, in *route53.ChangeResourceRecordSetsInput, _ ...func(*route53.Options)) (*route53.ChangeResourceRecordSetsOutput, error) {
	return call(ctx, r.site, "ChangeResourceRecordSets", in, zone.ChangeResourceRecordSets)
}

// GetChange says whether a change is PENDING or INSYNC.
func (r *Route53) GetChange(ctx context.Context, in *route53.GetChangeInput, _ ...func(*route53.Options)) (*route53.GetChangeOutput, error) {
	return call(ctx, r.site, "GetChange", in, zone.GetChange)
}
