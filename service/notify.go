package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// inform makes the notifications what is declared: made and changed first, then deleted, so that no event is missed.
func (k *kind) inform(ctx context.Context, s *Service) error {
	if len(k.topicDeltas(s.Notifications)) == 0 {
		return nil
	}
	have := byTopic(s.Notifications)
	var now []Notification
	var gone []string
	for _, topic := range k.allTopics(have) {
		n, spare, err := k.settleTopic(ctx, s, topic, have[topic])
		if err != nil {
			return err
		}
		for _, other := range spare {
			gone = append(gone, other.ID)
		}
		if n.ID != "" {
			now = append(now, n)
		}
	}
	s.Notifications = now
	return k.silence(ctx, gone)
}

// settleTopic gives the notification of a topic, as declared, and those that are to go.
func (k *kind) settleTopic(ctx context.Context, s *Service, topic string, have []Notification) (n Notification, spare []Notification, err error) {
	want := k.topics[topic]
	switch {
	case len(want) == 0:
		return n, have, nil
	case len(have) == 0:
		n, err = k.announce(ctx, s, topic)
	default:
		n, spare = have[0], have[1:]
	}
	if err != nil || slices.Equal(n.Events, want) {
		return n, spare, err
	}
	n.Events = want
	_, err = k.api.ModifyVpcEndpointConnectionNotification(ctx, &ec2.ModifyVpcEndpointConnectionNotificationInput{
		ConnectionNotificationId: aws.String(n.ID), ConnectionEvents: texts(want)})
	if awserr.Of(err).Means == awserr.Missing { // somebody else has deleted it
		err = awserr.Mark(err, privatelink.ErrPending, awserr.Overtaken)
	}
	return n, spare, err
}

// maxLost is how often a pass asks again because a create had no answer in time.
const maxLost = 3

// generations bounds the tokens of one topic that may have been used by notifications which are gone.
const generations = 16

// announce makes the notification of a topic, once: its token means the service and the topic. AWS may answer a token that it remembers with a
// notification that is gone, so the answer is looked for; a service that has only just been made has none that could be gone.
func (k *kind) announce(ctx context.Context, s *Service, topic string) (Notification, error) {
	id := converge.Ident{Kind: "connection notification", Name: topic, Scope: s.ID}
	for generation, lost := 0, 0; generation < generations; {
		out, late, err := k.tell(ctx, &ec2.CreateVpcEndpointConnectionNotificationInput{
			ServiceId: aws.String(s.ID), ConnectionNotificationArn: aws.String(topic), ConnectionEvents: texts(k.topics[topic]),
			ClientToken: aws.String(id.Token(0, generation)),
		})
		switch {
		case late && lost == maxLost:
			return Notification{}, awserr.Mark(errors.New("AWS has not said whether it made the notification of "+topic+": call again"), privatelink.ErrPending, awserr.Busy)
		case err != nil && !late && awserr.Of(err).Means != awserr.Spent:
			return Notification{}, err
		case err == nil && s.fresh && out.ConnectionNotification != nil:
			return notification(*out.ConnectionNotification), nil
		}
		if n, found, err := k.heard(ctx, s.ID, topic); found || err != nil {
			return n, err
		}
		if late { // and asked again: the token is not known to be spent
			lost++
		} else {
			generation++
		}
	}
	return Notification{}, awserr.Mark(errors.New("the notification of "+topic+" does not show yet: call again"), privatelink.ErrPending, awserr.Busy)
}

// tell sends one create, which ends after a window: it must not land when others have turned to the next token. late: AWS has not answered by then.
func (k *kind) tell(ctx context.Context, in *ec2.CreateVpcEndpointConnectionNotificationInput) (out *ec2.CreateVpcEndpointConnectionNotificationOutput, late bool, err error) {
	bounded, cancel := context.WithTimeout(ctx, max(k.window, time.Second))
	defer cancel()
	out, err = k.api.CreateVpcEndpointConnectionNotification(bounded, in)
	return out, err != nil && bounded.Err() != nil && ctx.Err() == nil && awserr.Code(err) == "", err
}

// heard looks for the notification of a topic until lookups must show it, often at first.
func (k *kind) heard(ctx context.Context, serviceID, topic string) (n Notification, found bool, err error) {
	began := time.Now()
	for nth := time.Duration(1); ; nth *= 2 {
		sent := time.Now()
		all, window, err := reader{k.api}.notifications(ctx, serviceID)
		if err != nil {
			return n, false, err
		}
		if of := byTopic(all)[topic]; len(of) > 0 {
			return of[0], true, nil
		}
		left := window - sent.Sub(began)
		if left <= 0 {
			return n, false, nil
		}
		if err := poll.Sleep(ctx, min(nth*2*window/5, left)); err != nil {
			return n, false, err
		}
	}
}

// silence deletes notifications; what is gone already is no error.
func (k *kind) silence(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	out, err := k.api.DeleteVpcEndpointConnectionNotifications(ctx, &ec2.DeleteVpcEndpointConnectionNotificationsInput{ConnectionNotificationIds: ids})
	if err != nil {
		return err
	}
	return unanswered(out.Unsuccessful)
}
