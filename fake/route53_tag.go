package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// ChangeTagsForResource sets and removes tags of a zone.
func (r *Route53) ChangeTagsForResource(ctx context.Context, in *route53.ChangeTagsForResourceInput, _ ...func(*route53.Options)) (*route53.ChangeTagsForResourceOutput, error) {
	return call(ctx, r.site, "ChangeTagsForResource", in, zone.ChangeTagsForResource)
}

// ListTagsForResources reads the tags of up to ten zones.
func (r *Route53) ListTagsForResources(ctx context.Context, in *route53.ListTagsForResourcesInput, _ ...func(*route53.Options)) (*route53.ListTagsForResourcesOutput, error) {
	return call(ctx, r.site, "ListTagsForResources", in, zone.ListTagsForResources)
}

// ListTagsForResource reads the tags of a zone.
func (r *Route53) ListTagsForResource(ctx context.Context, in *route53.ListTagsForResourceInput, _ ...func(*route53.Options)) (*route53.ListTagsForResourceOutput, error) {
	return call(ctx, r.site, "ListTagsForResource", in, zone.ListTagsForResource)
}
