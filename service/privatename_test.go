package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestPrivateDNSNameIsManagedOnlyWhereNamed(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	_, err := w.api().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Equal(t, privatelink.Unchanged, svc.Outcome)
	require.Equal(t, "api.example.com", svc.PrivateDNSName, "left alone where it is not named")
	svc, err = w.orders().PrivateDNSName("").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.Empty(t, svc.PrivateDNSName)
	require.Zero(t, svc.Verification)
	require.Empty(t, writes(w.ops(func() {
		svc, err = w.orders().PrivateDNSName("").WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.True(t, svc.Ready)
	})))
	require.ErrorIs(t, w.orders().PrivateDNSName("api").Validate(), privatelink.ErrInvalid)
	require.ErrorIs(t, w.orders().PrivateDNSName("a*.example.com").Validate(), privatelink.ErrInvalid)
}

// Once it is verified, and the connection accepted, consumers reach the service under its private name.
func TestPrivateDNSNameServesConsumers(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.api().Acceptance(false).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	ep := endpoint.Interface("orders").VPC(w.vpc).Service(svc.ServiceName).Subnets(w.subnet).PrivateDNS(true)
	_, err = ep.Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = ep.Ensure(t.Context(), w.consumer)
	require.Error(t, err, "not verified yet")
	w.domain(t, "example.com").txt(t, "CREATE", svc.Verification.Host, svc.Verification.Value)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
	e, err := ep.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, "api.example.com", e.DNS.Private[0].Name)
}

func TestPayerResponsibilityIsOneWay(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	b := w.orders().PayerResponsibility(service.ServiceOwner)
	var svc *service.Service
	ensure := func() {
		var err error
		svc, err = b.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
	}
	require.Equal(t, []string{describe, create, describe, allow, "ModifyVpcEndpointServicePayerResponsibility"}, w.ops(ensure))
	require.Equal(t, service.ServiceOwner, svc.PayerResponsibility)
	require.Equal(t, []string{describe, allowed}, w.ops(ensure))
	b = w.orders()
	require.Equal(t, []string{describe, allowed}, w.ops(ensure), "leaving it out changes nothing")
	require.Equal(t, service.ServiceOwner, svc.PayerResponsibility)
	require.ErrorIs(t, w.orders().PayerResponsibility("EndpointOwner").Validate(), privatelink.ErrInvalid)
}
