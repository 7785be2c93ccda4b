package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// DescribeRouteTables lists route tables. A route to an endpoint has the endpoint as its GatewayId.
func (e *EC2) DescribeRouteTables(ctx context.Context, in *ec2.DescribeRouteTablesInput, _ ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error) {
	return call(ctx, e.site, "DescribeRouteTables", in, vpc.DescribeRouteTables)
}

// CreateRoute adds a route to a Gateway Load Balancer endpoint or an internet gateway.
func (e *EC2) CreateRoute(ctx context.Context, in *ec2.CreateRouteInput, _ ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error) {
	return call(ctx, e.site, "CreateRoute", in, vpc.CreateRoute)
}

// ReplaceRoute points a route to another Gateway Load Balancer endpoint or internet gateway.
func (e *EC2) ReplaceRoute(ctx context.Context, in *ec2.ReplaceRouteInput, _ ...func(*ec2.Options)) (*ec2.ReplaceRouteOutput, error) {
	return call(ctx, e.site, "ReplaceRoute", in, vpc.ReplaceRoute)
}

// DeleteRoute removes a route.
func (e *EC2) DeleteRoute(ctx context.Context, in *ec2.DeleteRouteInput, _ ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error) {
	return call(ctx, e.site, "DeleteRoute", in, vpc.DeleteRoute)
}

// DescribePrefixLists lists the prefix lists of AWS's services that have gateway endpoints.
func (e *EC2) DescribePrefixLists(ctx context.Context, in *ec2.DescribePrefixListsInput, _ ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error) {
	return call(ctx, e.site, "DescribePrefixLists", in, vpc.DescribePrefixLists)
}

// DescribeManagedPrefixLists lists the same prefix lists with their address families.
func (e *EC2) DescribeManagedPrefixLists(ctx context.Context, in *ec2.DescribeManagedPrefixListsInput, _ ...func(*ec2.Options)) (*ec2.DescribeManagedPrefixListsOutput, error) {
	return call(ctx, e.site, "DescribeManagedPrefixLists", in, vpc.DescribeManagedPrefixLists)
}

// DescribeVpcAttribute reads one of a VPC's attributes, enableDnsSupport or enableDnsHostnames.
func (e *EC2) DescribeVpcAttribute(ctx context.Context, in *ec2.DescribeVpcAttributeInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcAttributeOutput, error) {
	return call(ctx, e.site, "DescribeVpcAttribute", in, vpc.DescribeVpcAttribute)
}
