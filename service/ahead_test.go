package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func (w *world) warnings(t *testing.T, b anyBuilder) []string {
	t.Helper()
	plan, err := b.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	return plan.Warnings
}

func TestPlanWarnsOfAPublicService(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	public := w.orders().Acceptance(false).Allow(privatelink.Everyone)
	require.Equal(t, []string{"everyone may connect and nobody is asked: the service is public"}, w.warnings(t, public))
	require.Empty(t, w.warnings(t, w.orders().Allow(privatelink.Everyone)), "each connection is asked about")
	require.Empty(t, w.warnings(t, w.orders().Acceptance(false)))
	_, err := w.orders().Acceptance(false).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	bare := service.BehindNLB("orders").LoadBalancers(w.nlb).Allow(privatelink.Everyone)
	require.Len(t, w.warnings(t, bare), 1, "AWS asks nobody as it is")
	_, err = public.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Empty(t, w.warnings(t, public), "said once")
}

func TestPlanWarnsOfLoadBalancersInUse(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().LoadBalancers(w.nlb, w.second).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Empty(t, w.warnings(t, w.orders()))
	e := w.connect(t, "orders", svc)
	require.Contains(t, w.warnings(t, w.orders())[0], e.ID+" of account "+consumerID+" (pendingAcceptance)")
	require.Empty(t, w.warnings(t, w.orders().LoadBalancers(w.nlb, w.second)))
}

func TestPlanWarnsOfAVerifiedNameThatGoes(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.api().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Empty(t, w.warnings(t, w.orders().PrivateDNSName("shop.example.com")), "nobody can use it")
	w.domain(t, "example.com").txt(t, "CREATE", svc.Verification.Host, svc.Verification.Value)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
	require.Contains(t, w.warnings(t, w.orders().PrivateDNSName("shop.example.com"))[0], "api.example.com is verified")
	require.Empty(t, w.warnings(t, w.api()))
}
