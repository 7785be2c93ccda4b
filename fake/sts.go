package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// identity is the little of STS that clients ask first. It is on the wire only.
type identity struct{ site site }

func (a *Account) identity() *identity {
	return &identity{site{cloud: a.cloud, face: stsFace, account: a.ID, region: a.Region}}
}

var stsFace = &face{service: "STS", ops: map[string]spec{"GetCallerIdentity": {}}}

// GetCallerIdentity says who asks: the account's root user.
func (i *identity) GetCallerIdentity(ctx context.Context, in *sts.GetCallerIdentityInput, _ ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error) {
	return call(ctx, i.site, "GetCallerIdentity", in, func(tx *world.Tx, _ *sts.GetCallerIdentityInput) (*sts.GetCallerIdentityOutput, error) {
		id, arn := tx.Account, "arn:aws:iam::"+tx.Account+":root"
		return &sts.GetCallerIdentityOutput{Account: &id, Arn: &arn, UserId: &id}, nil
	})
}
