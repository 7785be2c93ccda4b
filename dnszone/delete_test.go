package dnszone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestDeleteTakesWhatIsDeclared(t *testing.T) {
	w := newWorld()
	empty := w.cloud.Dump()
	b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four).AAAA("api", minute, six)
	require.NoError(t, b.Delete(t.Context(), w.api), "nothing is there")
	_, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	b.A("api", 2*minute, five) // whatever it holds
	calls := w.calls(func() { require.NoError(t, b.WaitGone(t.Context(), w.api)) })
	require.Equal(t, []string{"ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets",
		"ChangeResourceRecordSets", "DeleteHostedZone", "ListHostedZonesByName"}, calls)
	require.Equal(t, empty, w.cloud.Dump())
	require.NoError(t, b.Delete(t.Context(), w.api))
}

func TestDeleteNamesWhatOthersPutThere(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	upsert(t, w, z.ID, "*.www", "10.0.0.8")
	for _, err := range []error{b.Delete(t.Context(), w.api), b.WaitGone(t.Context(), w.api)} {
		require.ErrorIs(t, err, privatelink.ErrInUse)
		require.ErrorContains(t, err, "*.www.orders.internal A")
		require.ErrorContains(t, err, z.ID)
		require.NotContains(t, err.Error(), "api.orders.internal A")
	}
	require.Equal(t, map[string][]string{"*.www.orders.internal. A": {"10.0.0.8"}}, w.records(t, z.ID))
	require.NoError(t, b.Exclusive(true).WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestDeleteReadsAgainWhenSomebodyCameBetween(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	between(w, func() { upsert(t, w, z.ID, "api", "10.0.0.9") })
	require.NoError(t, b.Delete(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestDeleteSucceedsWhenTheZoneGoesMeanwhile(t *testing.T) {
	for _, op := range []string{"GetHostedZone", "ListResourceRecordSets", "ChangeResourceRecordSets", "DeleteHostedZone"} {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		done := false
		w.cloud.Before = func(ctx context.Context, c *fake.Call) error {
			if c.Op != op || done {
				return nil
			}
			done = true
			return b.Delete(ctx, w.api)
		}
		require.NoError(t, b.Delete(t.Context(), w.api), op)
		require.True(t, done, op)
		fake.NoLeaks(t, w.cloud)
	}
}

// Lists that lag show neither the zone nor its records at first; WaitGone outlasts that, and Ensure makes no second zone.
func TestLaggingListsLeaveNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Lag = 5 * time.Second
		b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four)
		time.Sleep(time.Minute)
		z, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		again, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, z.ID, again.ID)
		again, err = b.A("api", minute, five).WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, z.ID, again.ID)
		_, err = b.A("db", minute, five).Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.NoError(t, b.WaitGone(t.Context(), w.api))
		fake.NoLeaks(t, w.cloud)
		_, err = b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.NoError(t, b.WaitGone(t.Context(), w.api))
		fake.NoLeaks(t, w.cloud)
	})
}
