package dnszone_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestBatchedWaitsForINSYNCWithFewGetChangeCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const zones = 200
		w := newWorld()
		w.cloud.Delay = time.Minute
		seen := watch(w, 50*time.Millisecond)
		api := dnszone.Batched(w.api)
		began := time.Now()
		each(zones, func(i int) {
			b := dnszone.Private(fmt.Sprintf("n%d.internal", i)).VPC(region, w.a).A("api", minute, four)
			z, err := b.WaitReady(t.Context(), api, privatelink.Timeout(time.Hour))
			require.NoError(t, err)
			require.Equal(t, privatelink.Created, z.Outcome)
		})
		t.Logf("%v in %v", seen.ops, time.Since(began))
		require.Equal(t, zones, seen.ops["CreateHostedZone"])
		require.Equal(t, zones, seen.ops["ChangeResourceRecordSets"])
		require.LessOrEqual(t, seen.ops["GetChange"], 2*zones+60, "two changes for each, and the looks in between")
		for i := range seen.at[5:] {
			require.GreaterOrEqual(t, seen.at[i+5].Sub(seen.at[i]), time.Second)
		}
	})
}

// The creates of public zones, whose lock is a token, go out with their turns in hand: none is cut off for having waited too long.
func TestBatchedCreatesOfPublicZonesAreNotCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const zones = 60
		w := newWorld()
		w.cloud.Lag = time.Second
		seen := watch(w, 50*time.Millisecond)
		api := dnszone.Batched(w.api)
		began := time.Now()
		each(2*zones, func(i int) {
			var err error
			if name := fmt.Sprintf("n%d.example.com", i/2); i%2 == 0 {
				_, err = dnszone.Public(name).A("api", minute, four).WaitReady(t.Context(), api, privatelink.Timeout(time.Hour))
			} else {
				_, err = dnszone.Private(name).VPC(region, w.a).A("api", minute, four).WaitReady(t.Context(), api, privatelink.Timeout(time.Hour))
			}
			require.NoError(t, err)
		})
		t.Logf("%v in %v", seen.ops, time.Since(began))
		require.Equal(t, 2*zones, seen.ops["CreateHostedZone"])
		for i := range seen.at[6:] {
			require.GreaterOrEqual(t, seen.at[i+6].Sub(seen.at[i]), time.Second, "one more than the limit, at the most")
		}
	})
}

// One change that Route 53 does not publish for an hour holds nobody else up for long.
func TestBatchedStuckChangeHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = time.Hour
		api := dnszone.Batched(w.api)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			_, _ = dnszone.Private("stuck.internal").VPC(region, w.a).WaitReady(ctx, api, privatelink.Timeout(0))
		}()
		time.Sleep(time.Second)
		synctest.Wait()
		w.cloud.Delay = 20 * time.Second
		began := time.Now()
		each(20, func(i int) {
			_, err := dnszone.Private(fmt.Sprintf("n%d.internal", i)).VPC(region, w.a).WaitReady(t.Context(), api)
			require.NoError(t, err)
		})
		require.Less(t, time.Since(began), 75*time.Second)
		cancel()
	})
}

// Nor does a look that gets no answer.
func TestBatchedLookWithoutAnAnswerHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = 20 * time.Second
		var hung atomic.Bool
		w.cloud.Before = func(ctx context.Context, c *fake.Call) error {
			if c.Op == "GetChange" && hung.CompareAndSwap(false, true) {
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}
		api := dnszone.Batched(w.api)
		each(5, func(i int) {
			began := time.Now()
			_, err := dnszone.Private(fmt.Sprintf("n%d.internal", i)).VPC(region, w.a).WaitReady(t.Context(), api, privatelink.Timeout(2*time.Minute))
			if err != nil {
				require.ErrorIs(t, err, context.DeadlineExceeded)
				return
			}
			require.Less(t, time.Since(began), 90*time.Second)
		})
	})
}

// What is held up on this side, and not by AWS, takes no time of a wait.
func TestBatchedTimeoutLeavesOutTheTurnsOfWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		began := time.Now()
		require.NoError(t, b.WaitGone(t.Context(), dnszone.Batched(w.api, dnszone.Limit(1, 10*time.Second)), privatelink.Timeout(35*time.Second)))
		require.Equal(t, 50*time.Second, time.Since(began), "six calls, two of them writes")
	})
}

// turnstile lets so many waits be at work at once.
type turnstile chan struct{}

func (g turnstile) Enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g turnstile) Leave() { <-g }

// Apply makes it an option.
func (g turnstile) Apply(s *privatelink.WaitSettings) { s.Gate = g }

// Where the waits at work are bounded, those who wait for a look at another's change keep nobody out who has to make it.
func TestBatchedWaitsBehindAGateDoNotBlockOneAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = 40 * time.Second
		seen := watch(w, 50*time.Millisecond)
		api, gate := dnszone.Batched(w.api), make(turnstile, 3)
		began := time.Now()
		each(40, func(i int) {
			_, err := dnszone.Private(fmt.Sprintf("n%d.internal", i)).VPC(region, w.a).A("api", minute, four).WaitReady(t.Context(), api, gate)
			require.NoError(t, err)
		})
		t.Logf("%v in %v", seen.ops, time.Since(began))
		require.Less(t, time.Since(began), 5*time.Minute)
		for i := range seen.at[5:] {
			require.GreaterOrEqual(t, seen.at[i+5].Sub(seen.at[i]), time.Second)
		}
	})
}
