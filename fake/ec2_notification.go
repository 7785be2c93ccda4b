package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// CreateVpcEndpointConnectionNotification names a topic for the events of a service's connections or of an endpoint. The fake keeps it and
// publishes nothing.
func (e *EC2) CreateVpcEndpointConnectionNotification(ctx context.Context, in *ec2.CreateVpcEndpointConnectionNotificationInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointConnectionNotificationOutput, error) {
	return call(ctx, e.site, "CreateVpcEndpointConnectionNotification", in, vpc.CreateVpcEndpointConnectionNotification)
}

// ModifyVpcEndpointConnectionNotification changes the topic or the events of a connection notification.
func (e *EC2) ModifyVpcEndpointConnectionNotification(ctx context.Context, in *ec2.ModifyVpcEndpointConnectionNotificationInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointConnectionNotificationOutput, error) {
	return call(ctx, e.site, "ModifyVpcEndpointConnectionNotification", in, vpc.ModifyVpcEndpointConnectionNotification)
}

// DeleteVpcEndpointConnectionNotifications deletes connection notifications; what could not be deleted is in Unsuccessful.
func (e *EC2) DeleteVpcEndpointConnectionNotifications(ctx context.Context, in *ec2.DeleteVpcEndpointConnectionNotificationsInput, _ ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointConnectionNotificationsOutput, error) {
	return call(ctx, e.site, "DeleteVpcEndpointConnectionNotifications", in, vpc.DeleteVpcEndpointConnectionNotifications)
}

// DescribeVpcEndpointConnectionNotifications lists the account's connection notifications.
func (e *EC2) DescribeVpcEndpointConnectionNotifications(ctx context.Context, in *ec2.DescribeVpcEndpointConnectionNotificationsInput, _ ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionNotificationsOutput, error) {
	return call(ctx, e.site, "DescribeVpcEndpointConnectionNotifications", in, vpc.DescribeVpcEndpointConnectionNotifications)
}
