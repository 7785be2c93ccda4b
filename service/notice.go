package service

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// notice is the kind of a notification: one topic of one service. AWS takes several of one topic; the first by ID is the one that stays, and all
// that it shows.
type notice struct {
	api            API
	service, topic string
	events         []Event
	seen           *converge.Rows[Notification] // what the pass over the service has read: the first look
	newborn        bool                         // the service is, so that no notification of it can be gone
}

var _ converge.Kind[Notification] = (*notice)(nil)

func (n *notice) API() any { return n.api }

// Ident leaves out the events: two declarations, and two versions of one, mean the same notification.
func (n *notice) Ident() converge.Ident {
	return converge.Ident{Kind: "connection notification", Name: n.topic, Scope: n.service}
}

func (n *notice) Problems(converge.Scope) []string { return nil }

func (n *notice) Pace() poll.Pace { return pace }

func (n *notice) Look(ctx context.Context, _ bool) (converge.Rows[Notification], error) {
	return n.first(ctx, func(row converge.Row[Notification]) bool { return row.Name == n.topic })
}

func (n *notice) Read(ctx context.Context, ids ...string) (converge.Rows[Notification], error) {
	return n.first(ctx, func(row converge.Row[Notification]) bool { return slices.Contains(ids, row.ID) })
}

func (n *notice) first(ctx context.Context, mine func(converge.Row[Notification]) bool) (out converge.Rows[Notification], err error) {
	if n.seen != nil {
		out, n.seen = *n.seen, nil
	} else if out, err = (reader{n.api}).notifications(ctx, n.service); err != nil {
		return out, err
	}
	at := slices.IndexFunc(out.Rows, mine)
	if at < 0 {
		out.Rows = nil
		return out, nil
	}
	out.Rows = out.Rows[at : at+1]
	return out, nil
}

func (n *notice) Create(ctx context.Context, token string) (row converge.Row[Notification], err error) {
	out, err := n.api.CreateVpcEndpointConnectionNotification(ctx, &ec2.CreateVpcEndpointConnectionNotificationInput{
		ServiceId: aws.String(n.service), ConnectionNotificationArn: aws.String(n.topic), ConnectionEvents: texts(n.events), ClientToken: aws.String(token)})
	if err != nil || out.ConnectionNotification == nil {
		return row, err
	}
	row = notified(*out.ConnectionNotification)
	row.New = n.newborn
	return row, nil
}

// notified is what AWS shows of a notification. Its states say whether it is switched on, and nothing of its life.
func notified(c types.ConnectionNotification) converge.Row[Notification] {
	n := notification(c)
	return converge.Row[Notification]{ID: n.ID, Name: n.Topic, State: privatelink.Available, Snap: &n}
}

func (n *notice) Diff(have *Notification) []converge.Delta {
	if d := delta("notification "+n.topic, showEvents(have.Events), showEvents(n.events)); d.From != d.To {
		return []converge.Delta{d}
	}
	return nil
}

func (n *notice) Change(ctx context.Context, have *Notification) (*Notification, error) {
	now := *have
	now.Events = slices.Clone(n.events)
	_, err := n.api.ModifyVpcEndpointConnectionNotification(ctx, &ec2.ModifyVpcEndpointConnectionNotificationInput{
		ConnectionNotificationId: aws.String(have.ID), ConnectionEvents: texts(n.events)})
	return &now, err
}

func (n *notice) Ready(*Notification) string { return "" }

func (n *notice) Mark(*Notification, privatelink.Outcome, string) {}

func (n *notice) Delete(ctx context.Context, rows []converge.Row[Notification]) error {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	out, err := n.api.DeleteVpcEndpointConnectionNotifications(ctx, &ec2.DeleteVpcEndpointConnectionNotificationsInput{ConnectionNotificationIds: ids})
	if err != nil {
		return err
	}
	return unanswered(out.Unsuccessful)
}

func (n *notice) Left(context.Context, []converge.Row[Notification]) (string, error) { return "", nil }

func (n *notice) Refusal(err error) awserr.Refusal { return awserr.Of(err) }
