package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// CreateTags sets tags on resources.
func (e *EC2) CreateTags(ctx context.Context, in *ec2.CreateTagsInput, _ ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error) {
	return call(ctx, e.site, "CreateTags", in, vpc.CreateTags)
}

// DeleteTags removes tags from resources.
func (e *EC2) DeleteTags(ctx context.Context, in *ec2.DeleteTagsInput, _ ...func(*ec2.Options)) (*ec2.DeleteTagsOutput, error) {
	return call(ctx, e.site, "DeleteTags", in, vpc.DeleteTags)
}

// DescribeTags lists the tags of the account's resources.
func (e *EC2) DescribeTags(ctx context.Context, in *ec2.DescribeTagsInput, _ ...func(*ec2.Options)) (*ec2.DescribeTagsOutput, error) {
	return call(ctx, e.site, "DescribeTags", in, vpc.DescribeTags)
}
