package poll_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestPausedTimeDoesNotCount(t *testing.T) {
	look := func(ctx context.Context) (poll.Status, error) {
		resume := poll.Pause(ctx)
		inner := poll.Pause(ctx)
		err := poll.Sleep(ctx, time.Hour)
		inner()
		resume()
		return poll.Status{ID: "x"}, err
	}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := poll.Until(t.Context(), privatelink.Progress{}, privatelink.NewWaitSettings(privatelink.Timeout(time.Minute)), poll.Endpoints, look)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(began)%time.Hour)
		require.Greater(t, time.Since(began), 10*time.Hour)

		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began = time.Now()
		_, err = poll.Until(ctx, privatelink.Progress{}, privatelink.NewWaitSettings(), poll.Endpoints, look)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(began), "the caller's own deadline stands")
	})
}

// gate lets so many in.
type gate struct {
	places chan struct{}
	inside atomic.Int32
	most   atomic.Int32
}

func (g *gate) Enter(ctx context.Context) error {
	select {
	case g.places <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	g.most.Store(max(g.most.Load(), g.inside.Add(1)))
	return nil
}

func (g *gate) Leave() {
	g.inside.Add(-1)
	<-g.places
}

func TestWaitsThatPauseAreOutsideTheGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gate{places: make(chan struct{}, 2)}
		settings := privatelink.NewWaitSettings(privatelink.Timeout(0))
		settings.Gate = g
		began := time.Now()
		for range 10 {
			go func() {
				looks := 0
				_, err := poll.Until(t.Context(), privatelink.Progress{}, settings, poll.Endpoints, func(ctx context.Context) (poll.Status, error) {
					time.Sleep(time.Second) // AWS at work
					looks++
					return poll.Status{Done: looks == 2}, nil
				})
				require.NoError(t, err)
			}()
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		require.EqualValues(t, 2, g.most.Load())
		require.Zero(t, g.inside.Load())
		require.Less(t, time.Since(began), 2*time.Minute, "ten waits of seventeen seconds and more, two at a time, would last longer")
	})
	synctest.Test(t, func(t *testing.T) {
		g := &gate{places: make(chan struct{}, 1)}
		require.NoError(t, g.Enter(t.Context()))
		settings := privatelink.NewWaitSettings()
		settings.Gate = g
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := poll.Until(ctx, privatelink.Progress{}, settings, poll.Endpoints, nil)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}
