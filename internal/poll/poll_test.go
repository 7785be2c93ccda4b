package poll_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var pace = poll.Pace{First: 15 * time.Second, Then: 4 * time.Second, After: 2 * time.Minute, Most: 15 * time.Second}

func TestUntilLooksSparselyThenClosely(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, looks := time.Now(), []time.Duration{}
		_, err := poll.Until(t.Context(), privatelink.Progress{}, privatelink.NewWaitSettings(), pace, func(context.Context) (poll.Status, error) {
			looks = append(looks, time.Since(began))
			return poll.Status{Done: len(looks) == 4}, nil
		})
		require.NoError(t, err)
		require.Zero(t, looks[0], "the first look is at once")
		for i, usual := range []time.Duration{15 * time.Second, 19 * time.Second, 23 * time.Second} {
			require.InDelta(t, usual, looks[i+1], float64(usual)/10, "within the jitter")
		}
	})
}

func TestUntilRunsOut(t *testing.T) {
	stuck := func(context.Context) (poll.Status, error) {
		return poll.Status{ID: "x", State: privatelink.Pending}, nil
	}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		status, err := poll.Until(t.Context(), privatelink.Progress{}, privatelink.NewWaitSettings(privatelink.Timeout(time.Minute)), pace, stuck)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, privatelink.Pending, status.State)
		require.Equal(t, time.Minute, time.Since(began))

		began = time.Now()
		three := func() backoff.BackOff { return backoff.WithMaxRetries(backoff.NewConstantBackOff(time.Second), 3) }
		_, err = poll.Until(t.Context(), privatelink.Progress{}, privatelink.NewWaitSettings(privatelink.Backoff(three)), pace, stuck)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 3*time.Second, time.Since(began))

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err = poll.Until(ctx, privatelink.Progress{}, privatelink.NewWaitSettings(), pace, stuck)
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestUntilTellsProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []privatelink.Progress
		tell := privatelink.OnPoll(func(p privatelink.Progress) { told = append(told, p) })
		broken, looks := errors.New("broken"), 0
		_, err := poll.Until(t.Context(), privatelink.Progress{Kind: "thing", Name: "orders"}, privatelink.NewWaitSettings(tell), pace,
			func(context.Context) (poll.Status, error) {
				if looks++; looks == 3 {
					return poll.Status{}, broken
				}
				return poll.Status{ID: "x", State: privatelink.Pending, Waiting: "AWS", Prompt: looks == 1}, nil
			})
		require.ErrorIs(t, err, broken)
		require.Len(t, told, 2)
		require.Equal(t, privatelink.Progress{Kind: "thing", Name: "orders", ID: "x", State: privatelink.Pending, Waiting: "AWS", Polls: 2}, told[1], "at once, since it was prompted")
	})
}

func TestPaceGrowsOnceItIsOverdue(t *testing.T) {
	p := pace.Policy()
	var waited, last time.Duration
	for waited < 10*time.Minute {
		last = p.NextBackOff()
		waited += last
		require.LessOrEqual(t, last, pace.Most*11/10)
	}
	require.Greater(t, last, 12*time.Second)
	p.Reset()
	require.InDelta(t, 15*time.Second, p.NextBackOff(), float64(1500*time.Millisecond))
}
