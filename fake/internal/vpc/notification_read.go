package vpc

import (
	"regexp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var (
	topicARN         = regexp.MustCompile(`^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[A-Za-z0-9_.-]{1,256}$`)
	connectionEvents = []string{"Accept", "Connect", "Delete", "Reject"}
)

var notifications = reader[world.Notification, types.ConnectionNotification]{
	op: "DescribeVpcEndpointConnectionNotifications", kind: says.Notifications, least: 1,
	table: func(w *world.World) *world.Table[world.Notification] { return w.Notifications },
	head:  func(n *world.Notification) *world.Meta { return &n.Meta },
	names: []string{"connection-notification-arn", "connection-notification-id", "connection-notification-state",
		"connection-notification-type", "service-id", "vpc-endpoint-id"},
	id: "connection-notification-id", match: matchNotification, render: showNotification,
}

// DescribeVpcEndpointConnectionNotifications lists the caller's connection notifications, or one of them.
func DescribeVpcEndpointConnectionNotifications(tx *world.Tx, in *ec2.DescribeVpcEndpointConnectionNotificationsInput) (*ec2.DescribeVpcEndpointConnectionNotificationsOutput, error) {
	q := query{filters: in.Filters, max: in.MaxResults, token: in.NextToken}
	if id := aws.ToString(in.ConnectionNotificationId); id != "" {
		q.ids = []string{id}
	}
	rows, next, err := notifications.read(tx, q)
	return &ec2.DescribeVpcEndpointConnectionNotificationsOutput{ConnectionNotificationSet: rows, NextToken: next}, err
}

func matchNotification(_ *world.Tx, n *world.Notification, _ time.Time, f filter.Filter) bool {
	switch f.Name {
	case "connection-notification-arn":
		return f.Match(n.Topic)
	case "connection-notification-id":
		return f.Match(n.ID)
	case "connection-notification-state":
		return f.Match(string(types.ConnectionNotificationStateEnabled))
	case "connection-notification-type":
		return f.Match(string(types.ConnectionNotificationTypeTopic))
	case "service-id":
		return f.Match(n.Service)
	}
	return f.Match(n.Endpoint) // vpc-endpoint-id
}

func showNotification(_ *world.Tx, n *world.Notification, _ time.Time) types.ConnectionNotification {
	return types.ConnectionNotification{ConnectionNotificationId: str(n.ID), ConnectionNotificationArn: str(n.Topic), ConnectionEvents: list(n.Events),
		ConnectionNotificationState: types.ConnectionNotificationStateEnabled, ConnectionNotificationType: types.ConnectionNotificationTypeTopic,
		ServiceId: some(n.Service), VpcEndpointId: some(n.Endpoint), ServiceRegion: str(n.Region)}
}
