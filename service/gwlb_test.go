package service_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func (w *world) inspect() *service.GWLBBuilder {
	return service.BehindGWLB("inspect").LoadBalancers(w.gwlb).Acceptance(false).Allow(privatelink.AccountPrincipal(consumerID))
}

func TestBehindGWLBIsReachedByItsOwnKindOfEndpoint(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	fake.NoLeaks(t, w.cloud)
	svc, err := w.inspect().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, "GatewayLoadBalancer", svc.Type)
	require.Equal(t, []string{w.gwlb}, svc.LoadBalancers)
	ep := endpoint.GatewayLoadBalancer("inspect").VPC(w.vpc).Service(svc.ServiceName).Subnet(w.subnet)
	_, err = ep.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.ErrorIs(t, w.inspect().Delete(t.Context(), w.provider), privatelink.ErrInUse)
	require.NoError(t, ep.WaitGone(t.Context(), w.consumer))
	require.NoError(t, w.inspect().WaitGone(t.Context(), w.provider))
}

func TestBehindGWLBAndBehindNLBOfOneNameAreTwo(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	first, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	second, err := w.inspect().CloneAs("orders").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.NotEqual(t, first.ID, second.ID)
	require.NoError(t, w.inspect().CloneAs("orders").WaitGone(t.Context(), w.provider))
	found, err := w.orders().Find(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, first.ID, found.ID)
}

func TestBehindGWLBCallBudget(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	ensure := func() {
		_, err := w.inspect().Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}
	require.Equal(t, []string{describe, create, describe, allow}, w.ops(ensure), "create")
	require.Equal(t, []string{describe, allowed}, w.ops(ensure), "no change")
}

func TestBehindGWLBHasNoPrivateDNSName(t *testing.T) {
	_, has := reflect.TypeFor[*service.GWLBBuilder]().MethodByName("PrivateDNSName")
	require.False(t, has)
	err := service.BehindGWLB("x").LoadBalancers("arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/x/0123456789abcdef").Validate()
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}
