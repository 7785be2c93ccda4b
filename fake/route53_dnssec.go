package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// CreateKeySigningKey gives a public zone a key for DNSSEC.
func (r *Route53) CreateKeySigningKey(ctx context.Context, in *route53.CreateKeySigningKeyInput, _ ...func(*route53.Options)) (*route53.CreateKeySigningKeyOutput, error) {
	return call(ctx, r.site, "CreateKeySigningKey", in, zone.CreateKeySigningKey)
}

// EnableHostedZoneDNSSEC turns DNSSEC signing on, which the fake models as far as it keeps a zone from being deleted.
func (r *Route53) EnableHostedZoneDNSSEC(ctx context.Context, in *route53.EnableHostedZoneDNSSECInput, _ ...func(*route53.Options)) (*route53.EnableHostedZoneDNSSECOutput, error) {
	return call(ctx, r.site, "EnableHostedZoneDNSSEC", in, zone.EnableHostedZoneDNSSEC)
}

// DisableHostedZoneDNSSEC turns DNSSEC signing off.
func (r *Route53) DisableHostedZoneDNSSEC(ctx context.Context, in *route53.DisableHostedZoneDNSSECInput, _ ...func(*route53.Options)) (*route53.DisableHostedZoneDNSSECOutput, error) {
	return call(ctx, r.site, "DisableHostedZoneDNSSEC", in, zone.DisableHostedZoneDNSSEC)
}
