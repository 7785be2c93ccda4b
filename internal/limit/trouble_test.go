package limit_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/limit"
)

// call makes one call, and says what came of it.
func call(t *testing.T, l *limit.Limiter, takes time.Duration, answer limit.Answer) {
	t.Helper()
	turn, err := l.Turn(t.Context(), "Create")
	require.NoError(t, err)
	time.Sleep(takes)
	turn.Done(answer)
}

// While AWS takes nothing at all, the pauses do not grow without end, and afterwards they are soon short again.
func TestAnOutageIsSoonOvercome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, began := &limit.Limiter{}, time.Now()
		for time.Since(began) < 10*time.Minute {
			call(t, l, latency, limit.Throttled)
		}
		require.Less(t, time.Since(began), 11*time.Minute)
		b := &bucket{most: 20, rate: 2, level: 20, at: time.Now()}
		took := drain(t, l, 1000, b, 1)
		t.Logf("%v, %d throttled", took, b.throttled)
		require.Less(t, took, 490*time.Second*5/4)
		require.LessOrEqual(t, b.throttled, 50)
	})
}

// AWS takes a while at times. Where the client says that it tried once, that is all there is to it.
func TestSlowAnswersAreNotThrottles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, random := &limit.Limiter{}, rand.New(rand.NewPCG(1, 2))
		call(t, l, latency, limit.Throttled)
		began := time.Now()
		var all sync.WaitGroup
		for range 500 {
			takes := latency
			if random.IntN(4) == 0 {
				takes = 2 * time.Second
			}
			all.Go(func() { call(t, l, takes, limit.Clear) })
		}
		all.Wait()
		require.Less(t, time.Since(began), time.Minute)
	})
}

// After a long calm no more are sent at once than a bucket may hold.
func TestACalmIsNotFollowedByAFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limit.Limiter{}
		for range 5000 {
			call(t, l, 0, limit.Taken)
		}
		call(t, l, 0, limit.Throttled)
		time.Sleep(24 * time.Hour)
		b := &bucket{most: 100, rate: 1, level: 100, at: time.Now()}
		drain(t, l, 200, b, 1)
		require.LessOrEqual(t, b.throttled, 10)
	})
}

// What a caller does between its turn and its call, such as waiting for a place at a gate, is no time of AWS's.
func TestTheTimeOfACallBeginsWhenItsCallerIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limit.Limiter{Idle: func(context.Context) func() { return func() { time.Sleep(3 * time.Second) } }}
		call(t, l, latency, limit.Taken)
		call(t, l, latency, limit.Throttled)
		began := time.Now()
		var all sync.WaitGroup
		for range 200 {
			all.Go(func() { call(t, l, latency, limit.Taken) })
		}
		all.Wait()
		require.Less(t, time.Since(began), time.Minute)
	})
}
