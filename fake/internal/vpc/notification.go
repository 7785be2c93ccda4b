package vpc

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const createNotification = "CreateVpcEndpointConnectionNotification"

// CreateVpcEndpointConnectionNotification lets a topic hear of what happens to the connections of a service, or to an endpoint.
func CreateVpcEndpointConnectionNotification(tx *world.Tx, in *ec2.CreateVpcEndpointConnectionNotificationInput) (*ec2.CreateVpcEndpointConnectionNotificationOutput, error) {
	c := parameters(tx)
	c.text("Topic", aws.ToString(in.ConnectionNotificationArn)).list("Events", in.ConnectionEvents).
		text("Service", aws.ToString(in.ServiceId)).text("Endpoint", aws.ToString(in.VpcEndpointId))
	rec, _, err := creation[world.Notification]{
		ask:    world.Ask{Op: createNotification, Token: aws.ToString(in.ClientToken), Params: c.sum()},
		table:  tx.Notifications,
		draft:  func() (*world.Notification, error) { return draftNotification(tx, in) },
		commit: func(n *world.Notification) { tx.Notifications.Put(tx.Now, n) },
		ghost:  func(n world.Notification) *world.Notification { return &n },
		id:     func(n *world.Notification) string { return n.ID },
	}.run(tx)
	if err != nil {
		return nil, err
	}
	shown := showNotification(tx, rec, tx.Now)
	return &ec2.CreateVpcEndpointConnectionNotificationOutput{ConnectionNotification: &shown, ClientToken: some(aws.ToString(in.ClientToken))}, nil
}

func draftNotification(tx *world.Tx, in *ec2.CreateVpcEndpointConnectionNotificationInput) (*world.Notification, error) {
	n := &world.Notification{Topic: aws.ToString(in.ConnectionNotificationArn), Service: aws.ToString(in.ServiceId),
		Endpoint: aws.ToString(in.VpcEndpointId), Token: aws.ToString(in.ClientToken)}
	if err := watched(tx, n); err != nil {
		return nil, err
	}
	if err := topic(tx, n.Topic); err != nil {
		return nil, err
	}
	var err error
	if n.Events, err = events(in.ConnectionEvents); err != nil {
		return nil, err
	}
	n.Meta = tx.Meta(tx.NewID("vpce-nfn"), nil)
	return n, nil
}

// watched checks the one thing that a notification is about: the caller's service, or its interface endpoint.
func watched(tx *world.Tx, n *world.Notification) error {
	if (n.Service == "") == (n.Endpoint == "") {
		return says.NotificationSubject.Error()
	}
	if n.Service != "" {
		_, err := ownService(tx, n.Service)
		return err
	}
	if err := says.Endpoints.Check(n.Endpoint); err != nil {
		return err
	}
	e := world.Own(tx, tx.Endpoints, n.Endpoint)
	switch {
	case e == nil || e.Dying(tx.Now):
		return says.Endpoints.Missing(n.Endpoint, tx.Switches.OtherSpellings)
	case e.Type != kindInterface:
		return says.NotificationEndpoint.Error()
	}
	return nil
}

// unwatch ends the notifications about a service or endpoint that is deleted.
func unwatch(tx *world.Tx, subject string, gone time.Time) {
	for n := range world.Live(tx, tx.Notifications.By(world.BySubject, subject, 0)) {
		forget(tx, n, gone)
	}
}

func forget(tx *world.Tx, n *world.Notification, gone time.Time) {
	tx.Notifications.Drop(n.ID, gone)
	tx.Spend(&n.Meta, createNotification, n.Token, gone, gone)
}

// ModifyVpcEndpointConnectionNotification changes the topic or the events of a notification.
func ModifyVpcEndpointConnectionNotification(tx *world.Tx, in *ec2.ModifyVpcEndpointConnectionNotificationInput) (*ec2.ModifyVpcEndpointConnectionNotificationOutput, error) {
	id := aws.ToString(in.ConnectionNotificationId)
	have := world.Own(tx, tx.Notifications, id)
	if have == nil {
		return nil, says.Notifications.Missing(id, false)
	}
	n := *have
	if in.ConnectionNotificationArn != nil {
		n.Topic = *in.ConnectionNotificationArn
		if err := topic(tx, n.Topic); err != nil {
			return nil, err
		}
	}
	if len(in.ConnectionEvents) > 0 {
		var err error
		if n.Events, err = events(in.ConnectionEvents); err != nil {
			return nil, err
		}
	}
	tx.Notifications.Put(tx.Now, &n)
	return &ec2.ModifyVpcEndpointConnectionNotificationOutput{ReturnValue: aws.Bool(true)}, nil
}

// DeleteVpcEndpointConnectionNotifications deletes notifications; those that do not exist are items of the answer.
func DeleteVpcEndpointConnectionNotifications(tx *world.Tx, in *ec2.DeleteVpcEndpointConnectionNotificationsInput) (*ec2.DeleteVpcEndpointConnectionNotificationsOutput, error) {
	out := &ec2.DeleteVpcEndpointConnectionNotificationsOutput{Unsuccessful: []types.UnsuccessfulItem{}}
	for _, id := range unique(in.ConnectionNotificationIds) {
		n := world.Own(tx, tx.Notifications, id)
		if n == nil {
			out.Unsuccessful = append(out.Unsuccessful, failed(id, says.Notifications.Missing(id, false)))
			continue
		}
		forget(tx, n, tx.Now)
	}
	return out, nil
}

// topic checks the ARN of an SNS topic, which stands in the caller's Region.
func topic(tx *world.Tx, arn string) error {
	if m := topicARN.FindStringSubmatch(arn); m == nil || m[1] != tx.Region {
		return says.NotificationTopic.Error(arn, tx.Region)
	}
	return nil
}

// events are the events of a request in order, each once, as AWS gives them back.
func events(in []string) ([]string, error) {
	out := unique(in)
	for _, e := range out {
		if !slices.Contains(connectionEvents, e) {
			return nil, says.NotificationEvent.Error(e)
		}
	}
	slices.Sort(out)
	return out, nil
}
