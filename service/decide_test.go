package service_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// ledger notes what was accepted and rejected, and loses every so many answers.
type ledger struct {
	mu       sync.Mutex
	rand     *rand.Rand
	accepted map[string]int // how often AWS took it
	forgiven map[string]int // how many of its answers were lost
	rejected map[string]int
	throttle int
}

func (l *ledger) before(_ context.Context, c *fake.Call) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch c.Op {
	case "DescribeVpcEndpointConnections", "AcceptVpcEndpointConnections", "RejectVpcEndpointConnections":
		if l.rand.Float64() < 0.15 {
			l.throttle++
			return &smithy.GenericAPIError{Code: "RequestLimitExceeded", Message: "slow down", Fault: smithy.FaultServer}
		}
	}
	return nil
}

func (l *ledger) after(_ context.Context, c *fake.Call) error {
	if c.Err != nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lost := l.rand.Float64() < 0.2
	switch in := c.Input.(type) {
	case *ec2.AcceptVpcEndpointConnectionsInput:
		failed := map[string]bool{}
		for _, item := range c.Output.(*ec2.AcceptVpcEndpointConnectionsOutput).Unsuccessful {
			failed[*item.ResourceId] = true
		}
		for _, id := range in.VpcEndpointIds {
			if !failed[id] {
				l.accepted[id]++
			}
			if lost {
				l.forgiven[id]++
			}
		}
	case *ec2.RejectVpcEndpointConnectionsInput:
		for _, id := range in.VpcEndpointIds {
			l.rejected[id]++
		}
	default:
		return nil
	}
	if lost {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// 200 consumers ask for a connection over an hour; every third is let in, every third sent away, and the others are left waiting.
func TestDecideAcceptsExactlyThoseThatThePolicyAdmits(t *testing.T) {
	for name, cloud := range map[string]*fake.Cloud{
		"friendly": {Delay: 20 * time.Second},
		"harsh":    {Delay: 20 * time.Second, Lag: 8 * time.Second, Switches: fake.Harsh()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cloud.Forget = true
				w := newWorld(cloud)
				svc, err := w.orders().WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
				time.Sleep(10 * time.Second)
				l := &ledger{rand: rand.New(rand.NewPCG(1, 2)), accepted: map[string]int{}, forgiven: map[string]int{}, rejected: map[string]int{}}
				cloud.Before, cloud.After = l.before, l.after
				ctx, stop := context.WithCancel(t.Context())
				policy := map[string]service.Verdict{}
				var mu sync.Mutex
				ended := make(chan error, 1)
				go func() {
					ended <- service.Decide(ctx, smallPages{w.provider}, svc.ID, func(_ context.Context, c service.Connection) (service.Verdict, error) {
						mu.Lock()
						defer mu.Unlock()
						if c.Owner != consumerID || !c.State.Is(privatelink.PendingAcceptance) {
							return service.Leave, fmt.Errorf("asked about %+v", c)
						}
						return policy[c.EndpointID], nil // Leave, until the consumer's ID is known
					})
				}()
				for i := range 200 {
					e := arrive(t, w, svc, i)
					mu.Lock()
					policy[e.ID] = service.Verdict(i % 3)
					mu.Unlock()
					time.Sleep(time.Duration(l.rand.IntN(36)) * time.Second)
				}
				time.Sleep(5 * time.Minute)
				stop()
				require.Equal(t, context.Canceled, <-ended)
				cloud.Before, cloud.After = nil, nil
				time.Sleep(time.Minute)

				want, got := map[string]privatelink.State{}, map[string]privatelink.State{}
				for id, v := range policy {
					want[id] = []privatelink.State{privatelink.PendingAcceptance, privatelink.Available, privatelink.Rejected}[v]
				}
				for c, err := range service.Connections(t.Context(), smallPages{w.provider}, svc.ID) {
					require.NoError(t, err)
					got[c.EndpointID] = c.State
				}
				require.Equal(t, want, got)
				for id, times := range l.accepted {
					require.Equal(t, service.AcceptIt, policy[id], "%s was not to be accepted", id)
					require.LessOrEqual(t, times, 1+l.forgiven[id], "%s was accepted twice, and no answer was lost", id)
				}
				for id := range l.rejected {
					require.Equal(t, service.RejectIt, policy[id], id)
				}
				require.NotZero(t, l.throttle)
				require.NotEmpty(t, slices.Collect(maps.Keys(l.forgiven)))
			})
		})
	}
}

// arrive asks for a connection, in a VPC of its own for every forty.
func arrive(t *testing.T, w *world, svc *service.Service, i int) *endpoint.Endpoint {
	t.Helper()
	if i%40 == 0 {
		vpc := w.consumer.VPC(fmt.Sprintf("10.%d.0.0/16", 20+i/40))
		w.vpc, w.subnet = vpc.ID, vpc.Subnet("us-east-1a", fmt.Sprintf("10.%d.0.0/20", 20+i/40)).ID
	}
	return w.connect(t, fmt.Sprintf("orders-%d", i), svc)
}

func TestDecideEndsWithAPermanentError(t *testing.T) {
	mine := errors.New("the list of customers is not readable")
	for name, c := range map[string]struct {
		refuse string // a code for every accept
		f      func(context.Context, service.Connection) (service.Verdict, error)
		want   error
	}{
		"of the policy": {"", func(context.Context, service.Connection) (service.Verdict, error) { return service.AcceptIt, mine }, mine},
		"of the policy, though it looks like a timeout": {"", func(context.Context, service.Connection) (service.Verdict, error) {
			return service.AcceptIt, context.DeadlineExceeded
		}, context.DeadlineExceeded},
		"no verdict": {"", func(context.Context, service.Connection) (service.Verdict, error) { return 7, nil }, nil},
		"denied": {"UnauthorizedOperation", func(context.Context, service.Connection) (service.Verdict, error) { return service.AcceptIt, nil },
			privatelink.ErrDenied},
		"no such service": {"InvalidVpcEndpointServiceId.NotFound", func(context.Context, service.Connection) (service.Verdict, error) {
			return service.RejectIt, nil
		}, privatelink.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(&fake.Cloud{})
				svc, err := w.orders().WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
				e := w.connect(t, "orders", svc)
				if c.refuse != "" {
					w.cloud.Before = func(_ context.Context, call *fake.Call) error {
						if call.Op == "AcceptVpcEndpointConnections" || call.Op == "RejectVpcEndpointConnections" {
							return &smithy.GenericAPIError{Code: c.refuse, Message: "injected"}
						}
						return nil
					}
				}
				err = service.Decide(t.Context(), w.provider, svc.ID, c.f)
				require.Error(t, err)
				require.ErrorContains(t, err, svc.ID)
				if c.want != nil {
					require.ErrorIs(t, err, c.want)
				}
				_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.PendingAcceptance)
				require.NoError(t, err, "nothing was decided")
			})
		})
	}
}

func TestDecideReadsUnsuccessfulItems(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e := w.connect(t, "orders", svc)
	err = service.Decide(t.Context(), refusing{w.provider, "UnauthorizedOperation"}, svc.ID, func(context.Context, service.Connection) (service.Verdict, error) {
		return service.AcceptIt, nil
	})
	require.ErrorIs(t, err, privatelink.ErrDenied)
	require.ErrorContains(t, err, e.ID)
}

func TestDecideEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 10 * time.Second})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		before := len(w.cloud.Calls())
		require.Equal(t, context.DeadlineExceeded, service.Decide(ctx, w.provider, svc.ID, func(context.Context, service.Connection) (service.Verdict, error) {
			return service.AcceptIt, nil
		}))
		require.Equal(t, time.Minute, time.Since(began))
		require.InDelta(t, 12, len(w.cloud.Calls())-before, 3, "a look every five seconds")
		require.ErrorIs(t, service.Decide(t.Context(), nil, "orders", nil), privatelink.ErrInvalid)
		require.Len(t, privatelink.Problems(service.Decide(t.Context(), nil, "orders", nil)), 3)
	})
}
