package service_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

const (
	alerts = "arn:aws:sns:us-east-1:111111111111:alerts"
	audits = "arn:aws:sns:us-east-1:111111111111:audits"
	extra  = "arn:aws:sns:us-east-1:111111111111:extra"

	told   = "DescribeVpcEndpointConnectionNotifications"
	tell   = "CreateVpcEndpointConnectionNotification"
	retell = "ModifyVpcEndpointConnectionNotification"
	untell = "DeleteVpcEndpointConnectionNotifications"
)

// topics are what AWS tells of a service's connections, by topic; a topic that is told twice panics.
func (w *world) topics(t *testing.T, serviceID string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	read, err := w.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), nil)
	require.NoError(t, err)
	for _, n := range read.ConnectionNotificationSet {
		if topic := aws.ToString(n.ConnectionNotificationArn); aws.ToString(n.ServiceId) == serviceID {
			require.NotContains(t, out, topic, "told twice")
			out[topic] = n.ConnectionEvents
		}
	}
	return out
}

// tellByHand makes a notification as a person would.
func (w *world) tellByHand(t *testing.T, serviceID, topic string) {
	t.Helper()
	_, err := w.provider.CreateVpcEndpointConnectionNotification(t.Context(), &ec2.CreateVpcEndpointConnectionNotificationInput{
		ServiceId: &serviceID, ConnectionNotificationArn: &topic, ConnectionEvents: []string{"Delete"}})
	require.NoError(t, err)
}

func TestNotifyIsAnExactSetByTopic(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.orders().Notify(alerts, service.EventReject, service.EventConnect, service.EventConnect).Notify(audits, service.EventAccept)
	var svc *service.Service
	ensure := func() {
		var err error
		svc, err = b.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}
	require.Equal(t, []string{describe, create, describe, allow, tell, tell}, w.ops(ensure), "create")
	require.Equal(t, []string{describe, allowed, told}, w.ops(ensure), "no change: one read more")
	require.Equal(t, map[string][]string{alerts: {"Connect", "Reject"}, audits: {"Accept"}}, w.topics(t, svc.ID))
	require.Len(t, svc.Notifications, 2)

	w.tellByHand(t, svc.ID, extra)
	w.tellByHand(t, svc.ID, alerts) // AWS takes a second one
	b.Notify(audits).Notify(alerts, service.EventDelete)
	plan, err := b.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, []privatelink.Change{
		{Field: "notification " + alerts, From: plan.Changes[0].From, To: "Delete"},
		{Field: "notification " + audits, From: "Accept"},
		{Field: "notification " + extra, From: "Delete"},
	}, plan.Changes)
	ops := writes(w.ops(ensure))
	require.Subset(t, []string{retell, untell}, ops)
	require.Contains(t, ops, untell)
	require.Equal(t, map[string][]string{alerts: {"Delete"}}, w.topics(t, svc.ID))
	require.Equal(t, []string{describe, allowed, told}, w.ops(ensure))

	_, err = w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, map[string][]string{alerts: {"Delete"}}, w.topics(t, svc.ID), "left alone where no topic is named")
	require.NoError(t, b.WaitGone(t.Context(), w.provider))
}

func TestNotifyReadsAllPages(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.orders().Notify(alerts, service.EventConnect).Notify(audits, service.EventConnect).Notify(extra, service.EventConnect)
	_, err := b.WaitReady(t.Context(), smallPages{w.provider})
	require.NoError(t, err)
	plan, err := b.Plan(t.Context(), smallPages{w.provider})
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
}

// The snapshot is a copy: changing it changes neither the declaration nor another one that was copied from it.
func TestNotifyGivesACopyOfTheEvents(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.orders().Notify(alerts, service.EventConnect)
	_, err := b.Ensure(t.Context(), w.provider)
	require.NoError(t, err)
	svc, err := b.Notify(alerts, service.EventReject).Ensure(t.Context(), w.provider)
	require.NoError(t, err)
	svc.Notifications[0].Events[0] = service.EventDelete
	plan, err := b.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
}

func TestNotifyChecksTopicsAndEvents(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	err := w.orders().Notify("alerts", service.EventConnect).Notify(alerts, "Anything").Validate()
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 2)
}

// A topic that is told again bears the token of a notification which is gone, and AWS may remember it.
func TestNotifyAgainAfterItsEnd(t *testing.T) {
	for _, memory := range []fake.Switches{{}, {TokenMemory: fake.NeverForget}, {TokenMemory: fake.NeverForget, SpentToken: fake.AnswerFirst},
		{TokenMemory: fake.NeverForget, SpentToken: fake.MismatchWhenDead}, fake.Harsh()} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{Delay: 5 * time.Second, Lag: 3 * time.Second, Switches: memory})
			time.Sleep(5 * time.Second)
			for round := range 3 {
				svc, err := w.orders().Notify(alerts, service.EventConnect).WaitReady(t.Context(), w.provider)
				require.NoError(t, err, round)
				time.Sleep(5 * time.Second)
				require.Equal(t, map[string][]string{alerts: {"Connect"}}, w.topics(t, svc.ID))
				svc, err = w.orders().Notify(alerts).Ensure(t.Context(), w.provider)
				require.NoError(t, err)
				time.Sleep(5 * time.Second)
				require.Empty(t, w.topics(t, svc.ID))
			}
		})
	}
}

// A request that is on its way for longer than a window could land when others have made another notification since: it is given up, and sent
// again with the same token.
func TestNotifyIsGivenUpAfterAWindow(t *testing.T) {
	for lost, pending := range map[int]bool{1: false, 10: true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{Lag: 3 * time.Second})
			time.Sleep(5 * time.Second)
			w.cloud.Inject(fake.Latency(time.Minute).On(tell).Times(lost))
			began := time.Now()
			_, err := w.orders().Notify(alerts, service.EventConnect).Ensure(t.Context(), w.provider)
			require.Less(t, time.Since(began), 40*time.Second)
			require.NotErrorIs(t, err, context.DeadlineExceeded)
			if pending {
				require.ErrorIs(t, err, privatelink.ErrPending)
			} else {
				require.NoError(t, err)
			}
			svc, err := w.orders().Notify(alerts, service.EventConnect).WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			time.Sleep(2 * time.Minute)
			require.Equal(t, map[string][]string{alerts: {"Connect"}}, w.topics(t, svc.ID))
		})
	}
}

// The process dies at the request that makes a notification: the next one meets the same notification, though lookups do not show it yet and it is
// declared otherwise by now.
func TestNotifySurvivesACrash(t *testing.T) {
	for name, second := range map[string]service.Event{"the same events": service.EventConnect, "other events": service.EventReject} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(&fake.Cloud{Lag: 3 * time.Second})
				time.Sleep(5 * time.Second)
				ctx, die := context.WithCancel(t.Context())
				w.cloud.After = func(_ context.Context, c *fake.Call) error {
					if c.Op == tell {
						die()
					}
					return ctx.Err()
				}
				_, err := w.orders().Notify(alerts, service.EventConnect).WaitReady(ctx, w.provider)
				require.ErrorIs(t, err, context.Canceled)
				w.cloud.After = nil
				svc, err := w.orders().Notify(alerts, second).WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
				time.Sleep(5 * time.Second)
				require.Equal(t, map[string][]string{alerts: {string(second)}}, w.topics(t, svc.ID))
			})
		})
	}
}

func TestNotifyDeletedMeanwhileIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 3 * time.Second})
		time.Sleep(5 * time.Second)
		svc, err := w.orders().Notify(alerts, service.EventConnect).Notify(audits, service.EventConnect).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		time.Sleep(5 * time.Second)
		for _, n := range svc.Notifications {
			_, err := w.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{ConnectionNotificationIds: []string{n.ID}})
			require.NoError(t, err)
		}
		_, err = w.orders().Notify(alerts, service.EventReject).WaitReady(t.Context(), w.provider) // one to change, one to remove: both are gone
		require.NoError(t, err)
		time.Sleep(5 * time.Second)
		require.Equal(t, map[string][]string{alerts: {"Reject"}}, w.topics(t, svc.ID))
	})
}

func TestNotifyReadsUnsuccessfulItems(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	_, err := w.orders().Notify(alerts, service.EventConnect).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	w.cloud.After = func(_ context.Context, c *fake.Call) error {
		if out, ok := c.Output.(*ec2.DeleteVpcEndpointConnectionNotificationsOutput); ok {
			out.Unsuccessful = unsuccessful("UnauthorizedOperation", c.Input.(*ec2.DeleteVpcEndpointConnectionNotificationsInput).ConnectionNotificationIds...)
		}
		return nil
	}
	_, err = w.orders().Notify(alerts).Ensure(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrDenied)
}

// The token means the service, the topic and the hour, and nothing else: two versions, and two declarations, must meet.
func TestNotifyTokenIsFrozen(t *testing.T) {
	for _, e := range []service.Event{service.EventConnect, service.EventDelete} {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(10 * time.Minute)
			api := newEcho()
			_, err := service.BehindNLB("x").LoadBalancers(net1).Notify(alerts, e).Ensure(t.Context(), api)
			require.NoError(t, err)
			require.Equal(t, "privatelink-44f82008b97aea3cb9ae3c6f1df4806ec06e4d6a", *api.sent[0].(*ec2.CreateVpcEndpointConnectionNotificationInput).ClientToken)
		})
	}
}
