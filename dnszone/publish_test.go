package dnszone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestWaitReadyWaitsUntilEveryChangeIsPublished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = 40 * time.Second
		b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four)
		began := time.Now()
		var waits []string
		calls := w.calls(func() {
			z, err := b.WaitReady(t.Context(), w.api, privatelink.OnPoll(func(p privatelink.Progress) { waits = append(waits, p.Waiting) }))
			require.NoError(t, err)
			require.True(t, z.Ready)
			require.Equal(t, privatelink.Created, z.Outcome)
		})
		require.GreaterOrEqual(t, time.Since(began), 40*time.Second)
		require.Less(t, time.Since(began), 46*time.Second)
		n := len(calls)
		require.Equal(t, []string{"ListHostedZonesByName", "CreateHostedZone", "ChangeResourceRecordSets", "AssociateVPCWithHostedZone"}, calls[:4])
		for _, op := range calls[4 : n-2] {
			require.Equal(t, "GetChange", op, "nothing else is read while something is pending")
		}
		require.Equal(t, []string{"GetHostedZone", "ListResourceRecordSets"}, calls[n-2:])
		require.LessOrEqual(t, n, 4+9+2+2)
		require.Equal(t, "Route 53 to publish the change", waits[0])
		require.Empty(t, waits[len(waits)-1])
	})
}

func TestWaitReadyThatRunsOutSaysForWhat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = time.Hour
		_, err := dnszone.Private(domain).VPC(region, w.a).WaitReady(t.Context(), w.api, privatelink.Timeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "waiting for Route 53 to publish the change")
	})
}

// On a fake whose fields are zero no verb lets time pass.
func TestNoTimePassesOnTheZeroFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		began := time.Now()
		b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four)
		for range 2 {
			_, err := b.WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			_, err = b.A("api", minute, five).WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			z, err := b.Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.True(t, z.Ready)
			require.NoError(t, b.WaitGone(t.Context(), w.api))
		}
		foreign(t, w.api, domain, w.a)
		_, err := b.Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.Zero(t, time.Since(began))
	})
}
