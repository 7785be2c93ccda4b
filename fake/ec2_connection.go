package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// AcceptVpcEndpointConnections accepts connections to an endpoint service; what could not be accepted is in Unsuccessful.
func (e *EC2) AcceptVpcEndpointConnections(ctx context.Context, in *ec2.AcceptVpcEndpointConnectionsInput, _ ...func(*ec2.Options)) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	return call(ctx, e.site, "AcceptVpcEndpointConnections", in, vpc.AcceptVpcEndpointConnections)
}

// RejectVpcEndpointConnections rejects connections to an endpoint service; what could not be rejected is in Unsuccessful.
func (e *EC2) RejectVpcEndpointConnections(ctx context.Context, in *ec2.RejectVpcEndpointConnectionsInput, _ ...func(*ec2.Options)) (*ec2.RejectVpcEndpointConnectionsOutput, error) {
	return call(ctx, e.site, "RejectVpcEndpointConnections", in, vpc.RejectVpcEndpointConnections)
}

// DescribeVpcEndpointConnections lists the connections to the account's endpoint services.
func (e *EC2) DescribeVpcEndpointConnections(ctx context.Context, in *ec2.DescribeVpcEndpointConnectionsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpointConnections", in, vpc.DescribeVpcEndpointConnections)
}
