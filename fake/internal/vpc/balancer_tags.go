package vpc

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// maxTagRead is how many load balancers one call may read the tags of.
const maxTagRead = 20

// balancerTags sets tags, by the rules that EC2's have.
func balancerTags(tags world.Tags, in []types.Tag) (world.Tags, error) {
	var err error
	for _, t := range in {
		if tags, err = put(tags, ec2types.Tag{Key: t.Key, Value: t.Value}); err != nil {
			return nil, err
		}
	}
	return tags, nil
}

// DescribeLoadBalancerTags is DescribeTags of ELBv2: the tags of load balancers.
func DescribeLoadBalancerTags(tx *world.Tx, in *elb.DescribeTagsInput) (*elb.DescribeTagsOutput, error) {
	if len(in.ResourceArns) > maxTagRead {
		return nil, says.LBTooMany.Error(maxTagRead)
	}
	out := &elb.DescribeTagsOutput{TagDescriptions: []types.TagDescription{}}
	for _, arn := range unique(in.ResourceArns) {
		lb, err := ownBalancer(tx, &arn)
		if err != nil {
			return nil, err
		}
		d := types.TagDescription{ResourceArn: str(arn), Tags: []types.Tag{}}
		for _, t := range lb.Tags {
			d.Tags = append(d.Tags, types.Tag{Key: str(t.Key), Value: str(t.Value)})
		}
		out.TagDescriptions = append(out.TagDescriptions, d)
	}
	return out, nil
}

// AddTags sets tags on load balancers.
func AddTags(tx *world.Tx, in *elb.AddTagsInput) (*elb.AddTagsOutput, error) {
	return &elb.AddTagsOutput{}, retagBalancers(tx, in.ResourceArns, func(tags world.Tags) (world.Tags, error) { return balancerTags(tags, in.Tags) })
}

// RemoveTags removes tags from load balancers.
func RemoveTags(tx *world.Tx, in *elb.RemoveTagsInput) (*elb.RemoveTagsOutput, error) {
	return &elb.RemoveTagsOutput{}, retagBalancers(tx, in.ResourceArns, func(tags world.Tags) (world.Tags, error) {
		for _, key := range in.TagKeys {
			tags = tags.Without(key)
		}
		return tags, nil
	})
}

// retagBalancers changes the tags of load balancers, when all of them can be changed.
func retagBalancers(tx *world.Tx, arns []string, f func(world.Tags) (world.Tags, error)) error {
	var changed []*world.LoadBalancer
	for _, arn := range unique(arns) {
		have, err := ownBalancer(tx, aws.String(arn))
		if err != nil {
			return err
		}
		lb := *have
		if lb.Tags, err = f(have.Tags); err != nil {
			return err
		}
		changed = append(changed, &lb)
	}
	for _, lb := range changed {
		tx.LoadBalancers.Put(tx.Now, lb)
	}
	return nil
}
