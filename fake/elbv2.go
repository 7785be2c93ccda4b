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
		"DescribeLoadBalancers":          {modelled: "LoadBalancerArns Names Marker PageSize"},
		"DescribeListeners":              {modelled: "LoadBalancerArn Marker PageSize"},
		"CreateLoadBalancer":             {"Name", "IpAddressType Scheme SubnetMappings Subnets Tags Type"},
		"DeleteLoadBalancer":             {required: "LoadBalancerArn"},
		"SetSubnets":                     {"LoadBalancerArn", "IpAddressType SubnetMappings Subnets"},
		"SetIpAddressType":               {required: "IpAddressType LoadBalancerArn"},
		"DescribeLoadBalancerAttributes": {required: "LoadBalancerArn"},
		"ModifyLoadBalancerAttributes":   {required: "Attributes LoadBalancerArn"},
		"DescribeTags":                   {required: "ResourceArns"},
		"AddTags":                        {required: "ResourceArns Tags"},
		"RemoveTags":                     {required: "ResourceArns TagKeys"},
	},
	structs: map[string]string{"LoadBalancerAttribute": "Key Value", "Tag": "Key Value", "SubnetMapping": "IPv6Address PrivateIPv4Address SubnetId"},
}

// DescribeLoadBalancers lists load balancers.
func (e *ELBv2) DescribeLoadBalancers(ctx context.Context, in *elb.DescribeLoadBalancersInput, _ ...func(*elb.Options)) (*elb.DescribeLoadBalancersOutput, error) {
	return call(ctx, e.site, "DescribeLoadBalancers", in, vpc.DescribeLoadBalancers)
}

// DeleteLoadBalancer deletes a load balancer that no endpoint service stands on. One that does not exist is no error.
func (e *ELBv2) DeleteLoadBalancer(ctx context.Context, in *elb.DeleteLoadBalancerInput, _ ...func(*elb.Options)) (*elb.DeleteLoadBalancerOutput, error) {
	return call(ctx, e.site, "DeleteLoadBalancer", in, vpc.DeleteLoadBalancer)
}

// DescribeListeners lists the listeners of a load balancer.
func (e *ELBv2) DescribeListeners(ctx context.Context, in *elb.DescribeListenersInput, _ ...func(*elb.Options)) (*elb.DescribeListenersOutput, error) {
	return call(ctx, e.site, "DescribeListeners", in, vpc.DescribeListeners)
}

// CreateLoadBalancer makes a Network or Gateway Load Balancer. Other types are not modelled.
func (e *ELBv2) CreateLoadBalancer(ctx context.Context, in *elb.CreateLoadBalancerInput, _ ...func(*elb.Options)) (*elb.CreateLoadBalancerOutput, error) {
	return call(ctx, e.site, "CreateLoadBalancer", in, vpc.CreateLoadBalancer)
}

// SetSubnets gives a load balancer nodes in other subnets.
func (e *ELBv2) SetSubnets(ctx context.Context, in *elb.SetSubnetsInput, _ ...func(*elb.Options)) (*elb.SetSubnetsOutput, error) {
	return call(ctx, e.site, "SetSubnets", in, vpc.SetSubnets)
}

// SetIpAddressType makes a load balancer IPv4 or dual stack.
func (e *ELBv2) SetIpAddressType(ctx context.Context, in *elb.SetIpAddressTypeInput, _ ...func(*elb.Options)) (*elb.SetIpAddressTypeOutput, error) {
	return call(ctx, e.site, "SetIpAddressType", in, vpc.SetIpAddressType)
}

// DescribeLoadBalancerAttributes reads the attributes of a load balancer, of which the fake models load_balancing.cross_zone.enabled.
func (e *ELBv2) DescribeLoadBalancerAttributes(ctx context.Context, in *elb.DescribeLoadBalancerAttributesInput, _ ...func(*elb.Options)) (*elb.DescribeLoadBalancerAttributesOutput, error) {
	return call(ctx, e.site, "DescribeLoadBalancerAttributes", in, vpc.DescribeLoadBalancerAttributes)
}

// ModifyLoadBalancerAttributes sets attributes of a load balancer, of which the fake models load_balancing.cross_zone.enabled.
func (e *ELBv2) ModifyLoadBalancerAttributes(ctx context.Context, in *elb.ModifyLoadBalancerAttributesInput, _ ...func(*elb.Options)) (*elb.ModifyLoadBalancerAttributesOutput, error) {
	return call(ctx, e.site, "ModifyLoadBalancerAttributes", in, vpc.ModifyLoadBalancerAttributes)
}

// DescribeTags reads the tags of load balancers.
func (e *ELBv2) DescribeTags(ctx context.Context, in *elb.DescribeTagsInput, _ ...func(*elb.Options)) (*elb.DescribeTagsOutput, error) {
	return call(ctx, e.site, "DescribeTags", in, vpc.DescribeLoadBalancerTags)
}

// AddTags sets tags on load balancers.
func (e *ELBv2) AddTags(ctx context.Context, in *elb.AddTagsInput, _ ...func(*elb.Options)) (*elb.AddTagsOutput, error) {
	return call(ctx, e.site, "AddTags", in, vpc.AddTags)
}

// RemoveTags removes tags from load balancers.
func (e *ELBv2) RemoveTags(ctx context.Context, in *elb.RemoveTagsInput, _ ...func(*elb.Options)) (*elb.RemoveTagsOutput, error) {
	return call(ctx, e.site, "RemoveTags", in, vpc.RemoveTags)
}
