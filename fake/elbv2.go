package fake

import (
	"context"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// ELBv2 is an account's face for Elastic Load Balancing v2, as far as PrivateLink needs it.
type ELBv2 struct{ site site }

var elbFace = &face{
	service: "Elastic Load Balancing v2",
	ops: map[string]spec{
		"DescribeLoadBalancers": {modelled: "LoadBalancerArns Names Marker PageSize"},
		"DeleteLoadBalancer":    {required: "LoadBalancerArn"},
	},
}

// DescribeLoadBalancers lists load balancers.
func (e *ELBv2) DescribeLoadBalancers(ctx context.Context, in *elb.DescribeLoadBalancersInput, _ ...func(*elb.Options)) (*elb.DescribeLoadBalancersOutput, error) {
	return call(ctx, e.site, "DescribeLoadBalancers", in, vpc.DescribeLoadBalancers)
}

// DeleteLoadBalancer deletes a load balancer that no endpoint service stands on. One that does not exist is no error.
func (e *ELBv2) DeleteLoadBalancer(ctx context.Context, in *elb.DeleteLoadBalancerInput, _ ...func(*elb.Options)) (*elb.DeleteLoadBalancerOutput, error) {
	return call(ctx, e.site, "DeleteLoadBalancer", in, vpc.DeleteLoadBalancer)
}
