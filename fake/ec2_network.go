package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// DescribeNetworkInterfaces lists network interfaces.
func (e *EC2) DescribeNetworkInterfaces(ctx context.Context, in *ec2.DescribeNetworkInterfacesInput, _ ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error) {
	return call(ctx, e.site, "DescribeNetworkInterfaces", in, vpc.DescribeNetworkInterfaces)
}

// DescribeSubnets lists subnets.
func (e *EC2) DescribeSubnets(ctx context.Context, in *ec2.DescribeSubnetsInput, _ ...func(*ec2.Options)) (*ec2.DescribeSubnetsOutput, error) {
	return call(ctx, e.site, "DescribeSubnets", in, vpc.DescribeSubnets)
}

// DescribeVpcs lists VPCs.
func (e *EC2) DescribeVpcs(ctx context.Context, in *ec2.DescribeVpcsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcsOutput, error) {
	return call(ctx, e.site, "DescribeVpcs", in, vpc.DescribeVpcs)
}

// DescribeSecurityGroups lists security groups.
func (e *EC2) DescribeSecurityGroups(ctx context.Context, in *ec2.DescribeSecurityGroupsInput, _ ...func(*ec2.Options)) (*ec2.DescribeSecurityGroupsOutput, error) {
	return call(ctx, e.site, "DescribeSecurityGroups", in, vpc.DescribeSecurityGroups)
}

// DeleteSecurityGroup deletes a security group that nothing uses any more.
func (e *EC2) DeleteSecurityGroup(ctx context.Context, in *ec2.DeleteSecurityGroupInput, _ ...func(*ec2.Options)) (*ec2.DeleteSecurityGroupOutput, error) {
	return call(ctx, e.site, "DeleteSecurityGroup", in, vpc.DeleteSecurityGroup)
}
