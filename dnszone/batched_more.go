package dnszone

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func (b *batched) ListTagsForResource(ctx context.Context, in *route53.ListTagsForResourceInput, opts ...func(*route53.Options)) (*route53.ListTagsForResourceOutput, error) {
	return limited(ctx, b, b.API.ListTagsForResource, in, opts)
}

func (b *batched) ChangeTagsForResource(ctx context.Context, in *route53.ChangeTagsForResourceInput, opts ...func(*route53.Options)) (*route53.ChangeTagsForResourceOutput, error) {
	return limited(ctx, b, b.API.ChangeTagsForResource, in, opts)
}

func (b *batched) CreateVPCAssociationAuthorization(ctx context.Context, in *route53.CreateVPCAssociationAuthorizationInput, opts ...func(*route53.Options)) (*route53.CreateVPCAssociationAuthorizationOutput, error) {
	return limited(ctx, b, b.API.CreateVPCAssociationAuthorization, in, opts)
}

func (b *batched) DeleteVPCAssociationAuthorization(ctx context.Context, in *route53.DeleteVPCAssociationAuthorizationInput, opts ...func(*route53.Options)) (*route53.DeleteVPCAssociationAuthorizationOutput, error) {
	return limited(ctx, b, b.API.DeleteVPCAssociationAuthorization, in, opts)
}

func (b *batched) ListVPCAssociationAuthorizations(ctx context.Context, in *route53.ListVPCAssociationAuthorizationsInput, opts ...func(*route53.Options)) (*route53.ListVPCAssociationAuthorizationsOutput, error) {
	return limited(ctx, b, b.API.ListVPCAssociationAuthorizations, in, opts)
}

func (b *batched) tags(ctx context.Context, id string) (privatelink.Tags, bool, asOf, error) {
	return direct{b}.tags(ctx, id)
}

func (b *batched) authorized(ctx context.Context, id string) ([]VPC, bool, asOf, error) {
	return direct{b}.authorized(ctx, id)
}
