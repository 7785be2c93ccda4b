package service_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// made are the notifications that creates have been answered with since a moment.
func (w *world) made(since time.Time) map[string]bool {
	out := map[string]bool{}
	for _, c := range w.cloud.Calls() {
		if answer, ok := c.Output.(*ec2.CreateVpcEndpointConnectionNotificationOutput); ok && !c.Time.Before(since) {
			out[*answer.ConnectionNotification.ConnectionNotificationId] = true
		}
	}
	return out
}

// A writer's reads fail for a minute after its create of the service, and another one makes the notification meanwhile, perhaps with the token of
// another hour: that the first one has made the service does not tell that there is none.
func TestNotifyMeetsATwinAtAnyTimeOfTheHour(t *testing.T) {
	for at := time.Duration(0); at < time.Hour; at += 40 * time.Second {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{Lag: 3 * time.Second})
			time.Sleep(at + 5*time.Second)
			began := time.Now()
			w.cloud.Inject(fake.Throttle().From("first").When(func(c *fake.Call) bool {
				in, ok := c.Input.(*ec2.DescribeVpcEndpointServiceConfigurationsInput)
				return ok && (len(in.ServiceIds) > 0 || time.Since(began) > time.Second) && time.Since(began) < time.Minute
			}))
			b := w.orders().Notify(alerts, service.EventConnect)
			var writers sync.WaitGroup
			for late, name := range []string{"first", "second"} {
				writers.Go(func() {
					time.Sleep(time.Duration(late) * 5 * time.Second)
					_, err := b.WaitReady(fake.Caller(t.Context(), name), w.provider)
					require.NoError(t, err)
				})
			}
			writers.Wait()
			require.Len(t, w.made(began), 1, "%v into the hour", at)
		})
	}
}

// What was learnt of the tokens of a topic is void as soon as its notification shows, also in a pass that has nothing to do about it: AWS may forget
// them with its end.
func TestNotifyBeginsAnewAfterASight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 3 * time.Second, Timing: fake.Timing{ServiceProvision: 10 * time.Minute}})
		time.Sleep(5 * time.Second)
		svc, err := w.orders().Ensure(t.Context(), w.provider)
		require.NoError(t, err)
		time.Sleep(5 * time.Minute) // it is pending still, so that the wait goes on
		var tokens []string
		w.cloud.Before = func(_ context.Context, c *fake.Call) error {
			in, ok := c.Input.(*ec2.CreateVpcEndpointConnectionNotificationInput)
			if !ok || c.Caller != "writer" {
				return nil
			}
			switch tokens = append(tokens, *in.ClientToken); len(tokens) {
			case 1, 2:
				return &smithy.GenericAPIError{Code: "IdempotentParameterMismatch"}
			case 3:
				w.tellByHand(t, svc.ID, alerts)
				return &smithy.GenericAPIError{Code: "InternalError", Fault: smithy.FaultServer}
			}
			return nil
		}
		seen := false
		see := privatelink.OnPoll(func(privatelink.Progress) {
			have, err := w.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), nil)
			require.NoError(t, err)
			if seen || len(have.ConnectionNotificationSet) == 0 {
				return
			}
			seen = true
			ids := []string{*have.ConnectionNotificationSet[0].ConnectionNotificationId}
			_, err = w.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{ConnectionNotificationIds: ids})
			require.NoError(t, err)
		})
		pace := privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(4 * time.Second) })
		_, err = w.orders().Tag("a", "b").Notify(alerts, service.EventDelete).WaitReady(fake.Caller(t.Context(), "writer"), w.provider, see, pace)
		require.NoError(t, err)
		require.True(t, seen)
		require.Equal(t, tokens[0], tokens[3], "after the end of what was seen")
	})
}

// The change before it takes long. Another writer has walked past the token of a former notification meanwhile, and AWS has forgotten that one since:
// what the pass has read by then tells no more that there is none.
func TestNotifyLooksAgainAfterASlowChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 3 * time.Second, Switches: fake.Switches{
			TokenMemory: fake.ForgetAfterDelete, TokenLife: 45 * time.Second, SpentToken: fake.AlwaysIdempotentError}})
		time.Sleep(5 * time.Minute)
		for _, events := range [][]service.Event{{service.EventConnect}, nil} {
			_, err := w.orders().Notify(alerts, events...).WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			time.Sleep(5 * time.Second)
		}
		began := time.Now()
		w.cloud.Inject(fake.Latency(time.Minute).AfterEffect().On("ModifyVpcEndpointServiceConfiguration").From("first").Times(1))
		b := w.orders().Acceptance(false).Notify(alerts, service.EventConnect)
		var writers sync.WaitGroup
		for late, name := range []string{"first", "second"} {
			writers.Go(func() {
				time.Sleep(time.Duration(late) * time.Second)
				_, err := b.WaitReady(fake.Caller(t.Context(), name), w.provider)
				require.NoError(t, err)
			})
		}
		writers.Wait()
		require.Len(t, w.made(began), 1)
	})
}
