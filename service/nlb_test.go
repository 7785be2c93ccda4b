package service_test

import (
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

const (
	describe = "DescribeVpcEndpointServiceConfigurations"
	create   = "CreateVpcEndpointServiceConfiguration"
	modify   = "ModifyVpcEndpointServiceConfiguration"
	allowed  = "DescribeVpcEndpointServicePermissions"
	allow    = "ModifyVpcEndpointServicePermissions"
	remove   = "DeleteVpcEndpointServiceConfigurations"
)

func TestNLBCallBudget(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.orders()
	var svc *service.Service
	ensure := func() {
		var err error
		svc, err = b.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}
	require.Equal(t, []string{describe, create, describe, allow}, w.ops(ensure), "create")
	require.Equal(t, privatelink.Created, svc.Outcome)
	require.True(t, svc.Ready)
	require.Equal(t, []string{"arn:aws:iam::" + consumerID + ":root"}, svc.AllowedPrincipals)

	require.Equal(t, []string{describe, allowed}, w.ops(ensure), "no change")
	require.Equal(t, privatelink.Unchanged, svc.Outcome)

	b.LoadBalancers(w.second).Acceptance(false).Allow().Tag("team", "blue")
	require.Equal(t, []string{describe, allowed, modify, allow, "CreateTags"}, w.ops(ensure), "changes")
	require.Equal(t, []string{w.second}, svc.LoadBalancers)
	require.Empty(t, svc.AllowedPrincipals)

	require.Equal(t, []string{describe, remove}, w.ops(func() { require.NoError(t, b.Delete(t.Context(), w.provider)) }), "delete")
	require.Equal(t, []string{describe}, w.ops(func() { require.NoError(t, b.Delete(t.Context(), w.provider)) }), "delete of nothing")
}

func TestNLBSendsOnlyWhatIsNamed(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := service.BehindNLB("bare").LoadBalancers(w.nlb)
	ops := w.ops(func() {
		svc, err := b.WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Nil(t, svc.AllowedPrincipals)
		require.True(t, svc.AcceptanceRequired, "AWS's default")
	})
	require.Equal(t, []string{describe, create, describe}, ops)
	in := w.cloud.Calls()[1].Input.(*ec2.CreateVpcEndpointServiceConfigurationInput)
	require.Nil(t, in.AcceptanceRequired)
	require.NotEmpty(t, in.ClientToken)
}

func TestNLBSnapshotIsTyped(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, "orders", svc.Name)
	require.Equal(t, "com.amazonaws.vpce.us-east-1."+svc.ID, svc.ServiceName)
	require.Equal(t, "arn:aws:ec2:us-east-1:"+providerID+":vpc-endpoint-service/"+svc.ID, svc.ARN)
	require.Equal(t, []string{"us-east-1a"}, svc.AZs)
	require.Zero(t, svc.Verification)
	got, err := service.Get(t.Context(), w.provider, svc.ID)
	require.NoError(t, err)
	require.Equal(t, svc.ServiceName, got.ServiceName)
	_, err = service.Get(t.Context(), w.provider, "vpce-svc-0123456789abcdef0")
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	var names []string
	for s, err := range service.List(t.Context(), w.provider) {
		require.NoError(t, err)
		names = append(names, s.Name)
	}
	require.Equal(t, []string{"orders"}, names)
}

func TestNLBFiveMistakesAreFiveProblemsAndNoCall(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := service.BehindNLB("").LoadBalancers("orders", "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/gwy/x/0123456789abcdef").
		Allow(privatelink.AccountPrincipal("*"), privatelink.RolePrincipal("arn:aws:iam::222222222222:role/a/b"))
	require.Empty(t, w.ops(func() {
		_, err := b.Ensure(t.Context(), w.provider)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.Len(t, privatelink.Problems(err), 5)
	}))
	var nobody *fake.Account
	_, err := w.orders().Ensure(t.Context(), nobody)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	_, err = w.orders().CloneAs("or?ers").Find(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestNLBTakenLoadBalancerIsAConflict(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = w.orders().CloneAs("orders-eu").Ensure(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "belongs to endpoint service "+svc.ID)
}

func TestFindNeedsTheNameAlone(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	_, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	for _, b := range []*service.NLBBuilder{service.BehindNLB("orders"), service.BehindNLB("orders").Allow(privatelink.AccountPrincipal(consumerID)),
		service.BehindNLB("orders").ReadLoadBalancers(w.provider.LoadBalancing())} {
		require.Empty(t, writes(w.ops(func() {
			svc, err := b.Find(t.Context(), w.provider)
			require.NoError(t, err)
			require.NotContains(t, svc.Waiting, "principals")
		})))
	}
	require.NoError(t, service.BehindNLB("orders").WaitGone(t.Context(), w.provider))
	_, err = service.BehindNLB("orders").Find(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

func TestNLBPlanIsReadsOnly(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	plan, err := w.orders().Plan(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, privatelink.Create, plan.Action)
	_, err = w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Empty(t, writes(w.ops(func() {
		plan, err = w.orders().Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan.String())
		plan, err = w.orders().Acceptance(false).Allow(privatelink.Everyone).Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, []privatelink.Change{
			{Field: "acceptance", From: "required", To: "automatic"},
			{Field: "allowed principals", From: "arn:aws:iam::" + consumerID + ":root", To: "*"},
		}, plan.Changes)
	})))
}

func TestDeleteWithLiveConnectionsIsErrInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Delay: 10 * time.Second})
		b := w.orders()
		svc, err := b.WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		e := w.connect(t, "orders", svc)
		for _, gone := range []func() error{
			func() error { return b.Delete(t.Context(), w.provider) },
			func() error { return b.WaitGone(t.Context(), w.provider) },
		} {
			err := gone()
			require.ErrorIs(t, err, privatelink.ErrInUse)
			require.ErrorContains(t, err, e.ID+" of account "+consumerID+" (pendingAcceptance)")
		}
		require.NoError(t, service.Reject(t.Context(), w.provider, svc.ID, e.ID))
		require.NoError(t, b.WaitGone(t.Context(), w.provider))
	})
}

func TestNLBNeverWaitsOnTheZeroValueFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := newWorld(&fake.Cloud{})
		before := w.cloud.Dump()
		for range 3 {
			_, err := w.orders().WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			_, err = w.orders().Allow(privatelink.Everyone).WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			require.NoError(t, w.orders().WaitGone(t.Context(), w.provider))
		}
		var all sync.WaitGroup
		for range 32 {
			all.Go(func() {
				_, err := w.orders().WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
			})
		}
		all.Wait()
		require.NoError(t, w.orders().WaitGone(t.Context(), w.provider))
		require.Equal(t, before, w.cloud.Dump())
		require.Zero(t, time.Since(began))
	})
}

func TestServiceWithEverythingNeverWaitsOnTheZeroValueFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		before, began := w.cloud.Dump(), time.Now()
		for _, b := range []anyBuilder{w.full(), w.full().Notify(alerts).Regions(), w.full(), w.inspect().Notify(alerts, service.EventConnect)} {
			_, err := b.WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
		}
		require.NoError(t, privatelink.DeleteAll(t.Context(), w.full().On(w.provider), w.inspect().On(w.provider)))
		require.Equal(t, before, w.cloud.Dump())
		require.Zero(t, time.Since(began))
	})
}

func TestNLBDeclarationsShareNothing(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	arns, who := []string{w.nlb}, []privatelink.Principal{privatelink.AccountPrincipal(consumerID)}
	b := service.BehindNLB("orders").LoadBalancers(arns...).Allow(who...)
	arns[0], who[0] = "changed", privatelink.Everyone
	svc, err := b.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	twin, bound := b.Clone(), b.On(w.provider)
	b.LoadBalancers(w.second).Allow()
	require.Equal(t, []string{w.nlb}, svc.LoadBalancers)
	for _, plan := range []func() (privatelink.Plan, error){
		func() (privatelink.Plan, error) { return twin.Plan(t.Context(), w.provider) },
		func() (privatelink.Plan, error) { return bound.Plan(t.Context()) },
	} {
		p, err := plan()
		require.NoError(t, err)
		require.True(t, p.Empty(), p.String())
	}
}
