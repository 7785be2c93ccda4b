package endpoint_test

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

func TestGet(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	e, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	got, err := endpoint.Get(t.Context(), w.consumer, e.ID)
	require.NoError(t, err)
	require.Equal(t, e.DNS, got.DNS)
	require.True(t, got.Ready)
	_, err = endpoint.Get(t.Context(), w.consumer, "vpce-0123456789abcdef0")
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = endpoint.Get(t.Context(), w.consumer, w.vpc.ID)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestListGivesOursOfEveryVPC(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	elsewhere := w.consumer.VPC("10.7.0.0/16")
	for _, b := range []*endpoint.InterfaceBuilder{w.orders(), w.orders().CloneAs("orders-eu"),
		endpoint.Interface("orders").VPC(elsewhere.ID).Service(w.svc.ServiceName)} {
		_, err := b.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	names := func(vpc string) (out []string) {
		for e, err := range endpoint.List(t.Context(), w.consumer, vpc) {
			require.NoError(t, err)
			out = append(out, e.Name)
		}
		return out
	}
	require.ElementsMatch(t, []string{"orders", "orders-eu"}, names(w.vpc.ID))
	require.ElementsMatch(t, []string{"orders", "orders-eu", "orders"}, names(""))
}

func TestWaitState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute, Lag: 3 * time.Second}, true)
		e, err := w.orders().Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.PendingAcceptance)
		require.NoError(t, err, "not yet listed is lag")
		require.NoError(t, accept(t.Context(), w, e))
		got, err := endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
		require.NoError(t, err)
		require.Equal(t, privatelink.Available, got.State)
		require.NoError(t, w.orders().Delete(t.Context(), w.consumer))
		got, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Deleted)
		require.NoError(t, err)
		require.Equal(t, privatelink.Deleted, got.State)
		_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
	})
}

func TestWaitStateOfADyingEndpointEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute, Timing: fake.Timing{DeletedRow: time.Hour}}, false)
		e, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.NoError(t, w.orders().Delete(t.Context(), w.consumer))
		for _, state := range []privatelink.State{privatelink.Deleting, privatelink.Deleted} {
			_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, state)
			require.NoError(t, err)
			began := time.Now()
			_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
			require.ErrorIs(t, err, privatelink.ErrNotFound)
			require.ErrorContains(t, err, string(state))
			require.Equal(t, began, time.Now())
		}
		_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Deleting)
		require.ErrorIs(t, err, privatelink.ErrNotFound, "what is deleted is never deleting again")
	})
}

func TestWaitStateForTheEndOfARejectedEndpoint(t *testing.T) {
	for _, want := range []privatelink.State{privatelink.Deleting, "DELETED"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, &fake.Cloud{Delay: time.Minute}, true)
			e, err := w.orders().Ensure(t.Context(), w.consumer)
			require.NoError(t, err)
			require.NoError(t, service.Reject(t.Context(), w.provider, w.svc.ID, e.ID))
			go func() {
				time.Sleep(time.Minute)
				_ = w.orders().Delete(t.Context(), w.consumer)
			}()
			_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
			require.ErrorIs(t, err, privatelink.ErrRejected)
			got, err := endpoint.WaitState(t.Context(), w.consumer, e.ID, want)
			require.NoError(t, err, "a rejected endpoint can be deleted")
			require.True(t, got.State.Is(want))
		})
	}
}
