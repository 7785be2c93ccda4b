package service_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
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

// gate is a Decide at work, under a policy that is learnt as consumers arrive.
type gate struct {
	*world
	*ledger
	svc    *service.Service
	policy map[string]service.Verdict // what is not in it is left: nobody knows that consumer yet
}

func (g *gate) decide(_ context.Context, c service.Connection) (service.Verdict, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c.Owner != consumerID || !c.State.Is(privatelink.PendingAcceptance) {
		return service.Leave, fmt.Errorf("asked about %+v", c)
	}
	return g.policy[c.EndpointID], nil
}

// stands asserts that AWS has what the policy says, and that nothing else was ever sent.
func (g *gate) stands(t *testing.T) {
	want, got := map[string]privatelink.State{}, map[string]privatelink.State{}
	for id, v := range g.policy {
		want[id] = []privatelink.State{privatelink.PendingAcceptance, privatelink.Available, privatelink.Rejected}[v]
	}
	for c, err := range service.Connections(t.Context(), smallPages{g.provider}, g.svc.ID) {
		require.NoError(t, err)
		got[c.EndpointID] = c.State
	}
	require.Equal(t, want, got)
	for id, times := range g.accepted {
		require.Equal(t, service.AcceptIt, g.policy[id], "%s was not to be accepted", id)
		require.LessOrEqual(t, times, 1+g.forgiven[id], "%s was accepted twice, and no answer was lost", id)
	}
	for id := range g.rejected {
		require.Equal(t, service.RejectIt, g.policy[id], id)
	}
	require.NotZero(t, g.throttle)
	require.NotEmpty(t, g.forgiven)
}

// 200 consumers ask for a connection over an hour; every third is let in, every third sent away, and the others are left waiting.
func TestDecideAcceptsExactlyThoseThatThePolicyAdmits(t *testing.T) {
	for name, cloud := range map[string]*fake.Cloud{
		"friendly": {Delay: 20 * time.Second, Forget: true},
		"harsh":    {Delay: 20 * time.Second, Lag: 8 * time.Second, Switches: fake.Harsh(), Forget: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newGate(t, cloud).open(t) })
		})
	}
}

func newGate(t *testing.T, cloud *fake.Cloud) *gate {
	g := &gate{world: newWorld(cloud), policy: map[string]service.Verdict{},
		ledger: &ledger{rand: rand.New(rand.NewPCG(1, 2)), accepted: map[string]int{}, forgiven: map[string]int{}, rejected: map[string]int{}}}
	var err error
	g.svc, err = g.orders().WaitReady(t.Context(), g.provider)
	require.NoError(t, err)
	time.Sleep(10 * time.Second)
	return g
}

func (g *gate) open(t *testing.T) {
	g.cloud.Before, g.cloud.After = g.before, g.after
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- service.Decide(ctx, smallPages{g.provider}, g.svc.ID, g.decide) }()
	for i := range 200 {
		e := arrive(t, g.world, g.svc, i)
		g.mu.Lock()
		g.policy[e.ID] = service.Verdict(i % 3)
		pause := time.Duration(g.rand.IntN(36)) * time.Second
		g.mu.Unlock()
		time.Sleep(pause)
	}
	time.Sleep(5 * time.Minute)
	stop()
	require.Equal(t, context.Canceled, <-ended)
	g.cloud.Before, g.cloud.After = nil, nil
	time.Sleep(time.Minute)
	g.stands(t)
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

// unaware refuses, for a few asks, a connection that it lists.
type unaware struct {
	*fake.Account
	asks int
	code string
}

func (u *unaware) AcceptVpcEndpointConnections(ctx context.Context, in *ec2.AcceptVpcEndpointConnectionsInput, o ...func(*ec2.Options)) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	if u.asks--; u.asks >= 0 {
		return &ec2.AcceptVpcEndpointConnectionsOutput{Unsuccessful: unsuccessful(u.code, in.VpcEndpointIds...)}, nil
	}
	return u.Account.AcceptVpcEndpointConnections(ctx, in, o...)
}

// Lists run ahead; and AWS does not say with which code it refuses a connection that changes at that moment (§10).
func TestDecideSendsAgainWhatAWSDoesNotTakeYet(t *testing.T) {
	for _, code := range []string{"InvalidVpcEndpointId.NotFound", "InvalidState", "InvalidParameter"} {
		t.Run(code, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { sendsAgain(t, code) }) })
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		w.connect(t, "orders", svc)
		ctx, stop := context.WithTimeout(t.Context(), time.Hour)
		defer stop()
		err = service.Decide(ctx, refusing{w.provider, "InvalidParameter"}, svc.ID, func(context.Context, service.Connection) (service.Verdict, error) {
			return service.AcceptIt, nil
		})
		require.ErrorContains(t, err, "InvalidParameter", "not for ever")
	})
}

func sendsAgain(t *testing.T, code string) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e := w.connect(t, "orders", svc)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	require.Equal(t, context.DeadlineExceeded, service.Decide(ctx, &unaware{w.provider, 2, code}, svc.ID, func(context.Context, service.Connection) (service.Verdict, error) {
		return service.AcceptIt, nil
	}))
	got, err := endpoint.Get(t.Context(), w.consumer, e.ID)
	require.NoError(t, err)
	require.Equal(t, privatelink.Available, got.State)
}
