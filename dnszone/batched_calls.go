package dnszone

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"
)

// limited sends a request when its turn has come.
func limited[In, Out any](ctx context.Context, b *batched, send func(context.Context, *In, ...func(*route53.Options)) (*Out, error), in *In, opts []func(*route53.Options)) (*Out, error) {
	if err := b.limit.wait(ctx); err != nil {
		return nil, err
	}
	return send(ctx, in, opts...)
}

func (b *batched) CreateHostedZone(ctx context.Context, in *route53.CreateHostedZoneInput, opts ...func(*route53.Options)) (*route53.CreateHostedZoneOutput, error) {
	ctx, done, err := b.turnOf(ctx, in)
	if err != nil {
		return nil, err
	}
	defer done()
	return b.API.CreateHostedZone(ctx, in, opts...)
}

func (b *batched) GetHostedZone(ctx context.Context, in *route53.GetHostedZoneInput, opts ...func(*route53.Options)) (*route53.GetHostedZoneOutput, error) {
	return limited(ctx, b, b.API.GetHostedZone, in, opts)
}

func (b *batched) DeleteHostedZone(ctx context.Context, in *route53.DeleteHostedZoneInput, opts ...func(*route53.Options)) (*route53.DeleteHostedZoneOutput, error) {
	return limited(ctx, b, b.API.DeleteHostedZone, in, opts)
}

func (b *batched) ListHostedZonesByName(ctx context.Context, in *route53.ListHostedZonesByNameInput, opts ...func(*route53.Options)) (*route53.ListHostedZonesByNameOutput, error) {
	return limited(ctx, b, b.API.ListHostedZonesByName, in, opts)
}

func (b *batched) ListHostedZonesByVPC(ctx context.Context, in *route53.ListHostedZonesByVPCInput, opts ...func(*route53.Options)) (*route53.ListHostedZonesByVPCOutput, error) {
	return limited(ctx, b, b.API.ListHostedZonesByVPC, in, opts)
}

func (b *batched) AssociateVPCWithHostedZone(ctx context.Context, in *route53.AssociateVPCWithHostedZoneInput, opts ...func(*route53.Options)) (*route53.AssociateVPCWithHostedZoneOutput, error) {
	return limited(ctx, b, b.API.AssociateVPCWithHostedZone, in, opts)
}

func (b *batched) DisassociateVPCFromHostedZone(ctx context.Context, in *route53.DisassociateVPCFromHostedZoneInput, opts ...func(*route53.Options)) (*route53.DisassociateVPCFromHostedZoneOutput, error) {
	return limited(ctx, b, b.API.DisassociateVPCFromHostedZone, in, opts)
}

func (b *batched) ListResourceRecordSets(ctx context.Context, in *route53.ListResourceRecordSetsInput, opts ...func(*route53.Options)) (*route53.ListResourceRecordSetsOutput, error) {
	return limited(ctx, b, b.API.ListResourceRecordSets, in, opts)
}

func (b *batched) ChangeResourceRecordSets(ctx context.Context, in *route53.ChangeResourceRecordSetsInput, opts ...func(*route53.Options)) (*route53.ChangeResourceRecordSetsOutput, error) {
	return limited(ctx, b, b.API.ChangeResourceRecordSets, in, opts)
}

func (b *batched) GetChange(ctx context.Context, in *route53.GetChangeInput, opts ...func(*route53.Options)) (*route53.GetChangeOutput, error) {
	return limited(ctx, b, b.API.GetChange, in, opts)
}

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
