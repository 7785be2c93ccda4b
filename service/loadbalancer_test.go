package service_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

const (
	balancers = "DescribeLoadBalancers"
	listeners = "DescribeListeners"
)

var _ service.LoadBalancerReader = (*fake.ELBv2)(nil)

func (w *world) read() *service.NLBBuilder {
	return w.orders().ReadLoadBalancers(w.provider.LoadBalancing())
}

func TestReadLoadBalancersLetsPlanAndEnsureNoticeZonesThatTheyGained(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	var svc *service.Service
	ensure := func() {
		var err error
		svc, err = w.read().Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}
	require.Equal(t, []string{describe, balancers, create, describe, allow}, w.ops(ensure), "create: one read more")
	require.Equal(t, []string{describe, balancers, allowed}, w.ops(ensure), "no change: one read more")
	w.nlbHandle.AddSubnets(w.home.Subnet("us-east-1c", "10.0.3.0/24"), w.home.Subnet("us-east-1b", "10.0.2.0/24"))
	plan, err := w.read().Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, []privatelink.Change{{Field: "Availability Zones", From: "us-east-1a", To: "us-east-1a, us-east-1b, us-east-1c"}}, plan.Changes)
	require.Equal(t, []string{describe, balancers, allowed, modify}, w.ops(ensure))
	require.ElementsMatch(t, []string{"us-east-1a", "us-east-1b", "us-east-1c"}, svc.AZs)
	plan, err = w.read().Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	require.Equal(t, []string{describe, allowed}, w.ops(func() {
		_, err := w.read().ReadLoadBalancers(nil).Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}), "nil takes it back")
	require.Equal(t, []string{describe, remove, describe}, w.ops(func() { require.NoError(t, w.read().WaitGone(t.Context(), w.provider)) }))
}

func TestReadLoadBalancersWaitsUntilTheyAreActive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Switches: fake.Switches{ActiveBalancers: true}})
		w.nlbHandle.Provisioning(time.Minute)
		plan, err := w.read().Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, privatelink.Create, plan.Action)
		require.Len(t, plan.Warnings, 2)
		require.Contains(t, plan.Warnings[0], w.nlb+" (provisioning) is not active")
		require.Contains(t, plan.Warnings[1], "has no listener")
		require.Empty(t, writes(w.ops(func() {
			_, err = w.read().Ensure(t.Context(), w.provider)
			require.ErrorIs(t, err, privatelink.ErrPending)
			require.ErrorContains(t, err, w.nlb)
		})))
		began := time.Now()
		svc, err := w.read().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, svc.Outcome)
		require.InDelta(t, 60, time.Since(began).Seconds(), 20)
	})
}

func TestReadLoadBalancersWaitsBeforeOneIsAdded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Switches: fake.Switches{ActiveBalancers: true}})
		_, err := w.read().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		subnet := w.home.Subnet("us-east-1b", "10.0.2.0/24")
		late := w.provider.NLB("late", subnet).Provisioning(time.Minute)
		both := w.read().LoadBalancers(w.nlb, late.ARN).Acceptance(false)
		svc, err := both.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
		require.False(t, svc.AcceptanceRequired, "what can be done now is done")
		require.Equal(t, []string{w.nlb}, svc.LoadBalancers)
		require.Equal(t, "load balancer "+late.ARN+" (provisioning) to be active", svc.Waiting)
		svc, err = both.WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.ElementsMatch(t, []string{w.nlb, late.ARN}, svc.LoadBalancers)
		require.ElementsMatch(t, []string{"us-east-1a", "us-east-1b"}, svc.AZs)
	})
}

func TestLoadBalancerReaderMissesOneThatIsNotThere(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.read().LoadBalancers("arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/x/0123456789abcdef")
	_, err := b.Ensure(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = b.Plan(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	l := w.nlbHandle.Listen(443)
	defer l.Close()
	require.Equal(t, []string{describe, balancers, listeners}, w.ops(func() {
		plan, err := w.read().Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.Empty(t, plan.Warnings)
	}))
}

// Find is about the service: a load balancer that is not there does not make the service look absent.
func TestFindReadsNoLoadBalancers(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	b := w.read().LoadBalancers("arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/x/0123456789abcdef")
	found, err := b.Find(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, svc.ID, found.ID)
	require.False(t, found.Ready)
}

func TestReadLoadBalancersByANilClientIsErrInvalid(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	var nobody *elb.Client
	require.Empty(t, w.ops(func() {
		_, err := w.orders().ReadLoadBalancers(nobody).Ensure(t.Context(), w.provider)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.Len(t, privatelink.Problems(err), 1)
	}))
	require.NoError(t, w.orders().ReadLoadBalancers(nil).Validate())
}

func TestLoadBalancersOfAnotherTypeOrRegionAreErrInvalid(t *testing.T) {
	const form = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/%s/x/0123456789abcdef"
	for _, kind := range []string{"app", "gwy"} {
		require.Len(t, privatelink.Problems(service.BehindNLB("x").LoadBalancers(fmt.Sprintf(form, kind)).Validate()), 1, kind)
	}
	for _, kind := range []string{"app", "net"} {
		require.Len(t, privatelink.Problems(service.BehindGWLB("x").LoadBalancers(fmt.Sprintf(form, kind)).Validate()), 1, kind)
	}
	one, other := fmt.Sprintf(form, "net"), strings.Replace(fmt.Sprintf(form, "net"), "us-east-1", "eu-west-1", 1)
	require.Len(t, privatelink.Problems(service.BehindNLB("x").LoadBalancers(one, other).Validate()), 1, "a service stands in one Region")
	require.Len(t, privatelink.Problems(service.BehindNLB("x").LoadBalancers("*", one).Validate()), 1, "what is no ARN has no Region")
}

// The load balancer is in use for a while after the service has gone.
func TestWaitGoneThenResourceInUseForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Timing: fake.Timing{BalancerRelease: 30 * time.Second}})
		_, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.NoError(t, w.orders().WaitGone(t.Context(), w.provider))
		del := func() error {
			_, err := w.provider.LoadBalancing().DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &w.nlb})
			return err
		}
		require.ErrorContains(t, del(), "ResourceInUse")
		time.Sleep(30 * time.Second)
		require.NoError(t, del())
	})
}

func TestLoadBalancersInUseStay(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().LoadBalancers(w.nlb, w.second).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e := w.connect(t, "orders", svc)
	_, err = w.orders().Ensure(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrInUse)
	require.ErrorContains(t, err, "connected: "+e.ID+" of account "+consumerID+" (pendingAcceptance)")
	require.NoError(t, service.RejectAll(t.Context(), w.provider, svc.ID))
	svc, err = w.orders().Ensure(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, []string{w.nlb}, svc.LoadBalancers)
}
