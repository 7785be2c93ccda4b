package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestConnectionsAreReadOverAllPages(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	want := map[string]bool{}
	for i := range 120 {
		want[arrive(t, w, svc, i).ID] = true
	}
	got := map[string]bool{}
	ops := w.ops(func() {
		for c, err := range service.Connections(t.Context(), smallPages{w.provider}, svc.ID) {
			require.NoError(t, err)
			require.Equal(t, consumerID, c.Owner)
			require.Equal(t, "us-east-1", c.Region)
			require.Equal(t, privatelink.PendingAcceptance, c.State)
			got[c.EndpointID] = true
		}
	})
	require.Equal(t, want, got)
	require.Len(t, ops, 3)
	require.Len(t, w.ops(func() {
		for range service.Connections(t.Context(), smallPages{w.provider}, svc.ID) {
			break
		}
	}), 1, "no page is read that nobody wants")
	for _, err := range service.Connections(t.Context(), w.provider, "") {
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
	var ids []string
	for id := range want {
		ids = append(ids, id)
	}
	require.NoError(t, service.Accept(t.Context(), smallPages{w.provider}, svc.ID, ids...))
	require.NoError(t, service.Reject(t.Context(), smallPages{w.provider}, svc.ID, ids...))
}
