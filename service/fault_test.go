package service_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// full declares all that can be declared of a service behind a Network Load Balancer.
func (w *world) full() *service.NLBBuilder {
	return w.orders().PrivateDNSName("api.example.com").IPAddressTypes(service.IPv4).Regions("eu-west-1").Notify(alerts, service.EventConnect).
		Notify(audits, service.EventAccept).PayerResponsibility(service.ServiceOwner).ReadLoadBalancers(w.provider.LoadBalancing()).Tag("team", "blue")
}

// one expects one service of ours, as declared, and each topic told once.
func (w *world) one(t *testing.T, b anyBuilder) {
	t.Helper()
	n := 0
	for _, err := range service.List(t.Context(), w.provider) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 1, n)
	plan, err := b.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	require.Len(t, w.topics(t, plan.ID), 2)
}

// Each call by itself is throttled, fails at the server, or loses its request or its answer, once and a few times: a wait outlasts it.
func TestServiceWaitsOutlastEveryFaultOfEveryCall(t *testing.T) {
	ops := []string{describe, create, modify, allowed, allow, told, tell, "ModifyVpcEndpointServicePayerResponsibility", balancers}
	for name, fault := range map[string]fake.Fault{
		"throttle": fake.Throttle(), "server error": fake.ServerError(), "server error after the effect": fake.ServerError().AfterEffect(),
		"request lost": fake.LoseRequest(), "answer lost": fake.LoseAnswer(),
	} {
		t.Run(name, func(t *testing.T) {
			for _, op := range ops {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(&fake.Cloud{Delay: 5 * time.Second, Lag: 3 * time.Second})
					time.Sleep(5 * time.Second)
					w.cloud.Inject(fault.On(op).Times(2))
					svc, err := w.full().WaitReady(t.Context(), w.provider)
					require.NoError(t, err, op)
					require.True(t, svc.Ready)
					_, err = w.full().Acceptance(false).Notify(audits, service.EventReject).WaitReady(t.Context(), w.provider)
					require.NoError(t, err, op)
					time.Sleep(5 * time.Second)
					w.one(t, w.full().Acceptance(false).Notify(audits, service.EventReject))
				})
			}
		})
	}
}

func TestServiceWaitGoneOutlastsFaults(t *testing.T) {
	for _, op := range []string{describe, remove} {
		for _, fault := range []fake.Fault{fake.Throttle(), fake.ServerError(), fake.LoseRequest(), fake.LoseAnswer()} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(&fake.Cloud{Delay: 5 * time.Second, Lag: 3 * time.Second})
				time.Sleep(5 * time.Second)
				before := w.cloud.Dump()
				_, err := w.full().WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
				w.cloud.Inject(fault.On(op).Times(2))
				require.NoError(t, w.full().WaitGone(t.Context(), w.provider), op)
				time.Sleep(5 * time.Second)
				require.Equal(t, before, w.cloud.Dump())
			})
		}
	}
}

func TestServicePermanentErrorsAreReturned(t *testing.T) {
	for _, op := range []string{describe, create, allowed, allow, told, tell, balancers, "ModifyVpcEndpointServicePayerResponsibility"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{})
			w.cloud.Inject(fake.Denied().On(op).Times(1))
			began := time.Now()
			_, err := w.full().WaitReady(t.Context(), w.provider)
			require.ErrorIs(t, err, privatelink.ErrDenied, op)
			require.ErrorContains(t, err, `NLB endpoint service "orders"`)
			require.Less(t, time.Since(began), time.Minute)
			_, err = w.full().WaitReady(t.Context(), w.provider)
			require.NoError(t, err, "nothing was lost")
			w.one(t, w.full())
		})
	}
}

func TestDeleteReadsUnsuccessfulItems(t *testing.T) {
	for code, want := range map[string]error{"UnauthorizedOperation": privatelink.ErrDenied, "RequestLimitExceeded": privatelink.ErrThrottled,
		"InvalidVpcEndpointService.NotFound": nil, "InvalidVpcEndpointServiceId.NotFound": nil} {
		w := newWorld(&fake.Cloud{})
		_, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		w.cloud.After = func(_ context.Context, c *fake.Call) error {
			if out, ok := c.Output.(*ec2.DeleteVpcEndpointServiceConfigurationsOutput); ok {
				out.Unsuccessful = unsuccessful(code, "vpce-svc-1")
			}
			return nil
		}
		err = w.orders().Delete(t.Context(), w.provider)
		if want == nil {
			require.NoError(t, err, code)
			continue
		}
		require.ErrorIs(t, err, want)
		require.ErrorContains(t, err, "vpce-svc-1: ")
	}
}

// Two processes make the same service, and tell the same topics, at the same moment.
func TestServiceTwinsMakeOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Delay: 5 * time.Second, Lag: 3 * time.Second, Switches: fake.Harsh()})
		time.Sleep(5 * time.Second)
		ended := make(chan error)
		for range 4 {
			go func() {
				_, err := w.full().WaitReady(t.Context(), w.provider)
				ended <- err
			}()
		}
		var errs []error
		for range 4 {
			errs = append(errs, <-ended)
		}
		require.NoError(t, errors.Join(errs...))
		time.Sleep(10 * time.Second)
		w.one(t, w.full())
	})
}

// Writers that do not agree on what a topic is told: never two notifications of one topic, and everyone comes to an end.
func TestServiceWritersThatDisagreeTellNoTopicTwice(t *testing.T) {
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{Delay: 5 * time.Second, Lag: 3 * time.Second, Switches: fake.Harsh(), Seed: seed})
			time.Sleep(5 * time.Second)
			var all sync.WaitGroup
			for _, e := range []service.Event{service.EventConnect, service.EventAccept, service.EventReject, service.EventDelete} {
				all.Go(func() {
					for _, b := range []anyBuilder{w.orders().Notify(alerts, e), w.orders().Notify(alerts), w.orders().Notify(alerts, e).Notify(audits, e)} {
						_, err := b.WaitReady(t.Context(), w.provider)
						if err != nil {
							require.ErrorIs(t, err, context.DeadlineExceeded, "the others never let it be")
						}
						time.Sleep(time.Duration(seed) * time.Second)
					}
				})
			}
			all.Wait()
			time.Sleep(10 * time.Second)
			last := w.orders().Notify(alerts, service.EventAccept).Notify(audits, service.EventDelete)
			_, err := last.WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			time.Sleep(10 * time.Second)
			w.one(t, last)
		})
	}
}

func TestServiceKindCannotBeChanged(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	id := byHand(t, w, w.nlb)
	b := w.inspect().Adopt(id)
	for _, verb := range []func() error{
		func() error { _, err := b.Ensure(t.Context(), w.provider); return err },
		func() error { _, err := b.WaitReady(t.Context(), w.provider); return err },
	} {
		require.Empty(t, writes(w.ops(func() { require.ErrorIs(t, verb(), privatelink.ErrImmutable) })))
	}
	plan, err := b.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, privatelink.Replace, plan.Action)
	require.Contains(t, plan.Changes, privatelink.Change{Field: "kind", From: "Interface", To: "GatewayLoadBalancer", Replace: true})
}
