package service_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Removed Regions stay listed as Deleting, and then for good as Deleted or Closed.
func TestRegionsThatLingerNeverMakeADiff(t *testing.T) {
	for _, closed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(&fake.Cloud{Delay: 30 * time.Second, Switches: fake.Switches{ClosedRegions: closed, StrictDeltas: true}})
			both := w.orders().Regions("eu-west-1", "us-west-2")
			svc, err := both.WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			require.ElementsMatch(t, []string{"us-east-1", "eu-west-1", "us-west-2"}, svc.Regions)
			one := w.orders().Regions("us-east-1", "us-west-2")
			svc, err = one.WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			require.Equal(t, privatelink.Updated, svc.Outcome)
			for range 3 { // Deleting, then as it stays
				require.Equal(t, []string{describe, allowed}, w.ops(func() {
					svc, err = one.Ensure(t.Context(), w.provider)
				}))
				require.NoError(t, err)
				require.True(t, svc.Ready)
				require.ElementsMatch(t, []string{"us-east-1", "us-west-2"}, svc.Regions)
				time.Sleep(20 * time.Second)
			}
			svc, err = both.WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			require.ElementsMatch(t, []string{"us-east-1", "eu-west-1", "us-west-2"}, svc.Regions, "a Region may come back")
			svc, err = w.orders().Regions().WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			require.Equal(t, []string{"us-east-1"}, svc.Regions, "its own is never removed")
		})
	}
}

func TestRegionsAreAwaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		_, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		w.cloud.Timing.ServiceProvision = time.Minute
		b := w.orders().Regions("eu-west-1")
		svc, err := b.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
		require.False(t, svc.Ready)
		require.Equal(t, "AWS to open it to eu-west-1 (Pending)", svc.Waiting)
		began := time.Now()
		svc, err = b.WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.True(t, svc.Ready)
		require.GreaterOrEqual(t, time.Since(began), time.Minute)
	})
}

// A consumer in another Region connects through ServiceRegion where the service lists it.
func TestRegionsWhoseConsumersMayConnect(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().Acceptance(false).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	abroad := w.consumer.In("eu-west-1")
	vpc := abroad.VPC("10.9.0.0/16")
	ep := endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).ServiceRegion("us-east-1").Subnets(vpc.Subnet("eu-west-1a", "10.9.1.0/24").ID)
	_, err = ep.Ensure(t.Context(), abroad)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "InvalidServiceName", "AWS's code")
	_, err = w.orders().Acceptance(false).Regions("eu-west-1").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e, err := ep.WaitReady(t.Context(), abroad)
	require.NoError(t, err)
	require.Equal(t, "us-east-1", e.ServiceRegion)
	var seen []string
	for c, err := range service.Connections(t.Context(), w.provider, svc.ID) {
		require.NoError(t, err)
		seen = append(seen, c.Region)
	}
	require.Equal(t, []string{"eu-west-1"}, seen)
	_, err = w.orders().Acceptance(false).Regions().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = endpoint.WaitState(t.Context(), abroad, e.ID, privatelink.Available)
	require.NoError(t, err, "endpoints that exist stay")
	_, err = ep.CloneAs("another").Ensure(t.Context(), abroad)
	require.ErrorContains(t, err, "InvalidServiceName")
}

func TestIPAddressTypesAreAnExactSet(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	_, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	w.nlbHandle.DualStack()
	for _, want := range [][]service.IPType{{service.IPv4, service.IPv6}, {service.IPv6}, {service.IPv4}} {
		svc, err := w.orders().IPAddressTypes(want...).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, want, svc.IPAddressTypes)
	}
	err = w.orders().IPAddressTypes().Validate()
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	err = w.orders().IPAddressTypes("dualstack", service.IPv4, service.IPv4).Regions("mars", "eu-west-1", "eu-west-1").Validate()
	require.Len(t, privatelink.Problems(err), 4)
}
