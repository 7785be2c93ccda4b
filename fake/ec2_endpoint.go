package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// CreateVpcEndpoint makes a VPC endpoint.
func (e *EC2) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	return call(ctx, e.site, "CreateVpcEndpoint", in, vpc.CreateVpcEndpoint)
}

// ModifyVpcEndpoint changes a VPC endpoint.
func (e *EC2) ModifyVpcEndpoint(ctx context.Context, in *ec2.ModifyVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error) {
	return call(ctx, e.site, "ModifyVpcEndpoint", in, vpc.ModifyVpcEndpoint)
}

// DeleteVpcEndpoints deletes VPC endpoints; what could not be deleted is in Unsuccessful.
func (e *EC2) DeleteVpcEndpoints(ctx context.Context, in *ec2.DeleteVpcEndpointsInput, _ ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointsOutput, error) {
	return call(ctx, e.site, "DeleteVpcEndpoints", in, vpc.DeleteVpcEndpoints)
}

// DescribeVpcEndpoints lists VPC endpoints.
func (e *EC2) DescribeVpcEndpoints(ctx context.Context, in *ec2.DescribeVpcEndpointsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpoints", in, vpc.DescribeVpcEndpoints)
}
