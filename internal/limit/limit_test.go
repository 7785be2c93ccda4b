package limit_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/limit"
)

const latency = 50 * time.Millisecond

// bucket is a token bucket as AWS has them.
type bucket struct {
	mu               sync.Mutex
	most, rate       float64
	level            float64
	at               time.Time
	taken, throttled int
}

func (b *bucket) take() bool {
	time.Sleep(latency / 2)
	defer time.Sleep(latency / 2)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.level = min(b.most, b.level+time.Since(b.at).Seconds()*b.rate)
	b.at = time.Now()
	if b.level < 1 {
		b.throttled++
		return false
	}
	b.level--
	b.taken++
	return true
}

// tries calls as the SDK's client does: up to so many times, with a random pause of up to a second, then two.
func (b *bucket) tries(most int, random *rand.Rand) bool {
	for try := 1; ; try++ {
		if b.take() {
			return true
		}
		if try == most {
			return false
		}
		b.mu.Lock()
		pause := time.Duration(random.Float64() * float64(time.Second) * float64(int(1)<<(try-1)))
		b.mu.Unlock()
		time.Sleep(pause)
	}
}

// drain makes n calls, all asked for at once, and says how long it took.
func drain(t *testing.T, l *limit.Limiter, n int, b *bucket, tries int) time.Duration {
	t.Helper()
	random, began := rand.New(rand.NewPCG(1, 2)), time.Now()
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for {
				turn, err := l.Turn(t.Context(), "Create")
				require.NoError(t, err)
				ok := b.tries(tries, random)
				if ok {
					turn.Done(limit.Taken)
					return
				}
				turn.Done(limit.Throttled)
			}
		})
	}
	all.Wait()
	return time.Since(began)
}

func TestLearnsAnyBucket(t *testing.T) {
	for _, c := range []struct {
		most, rate float64
		tries      int
		throttled  float64 // the part of all calls
	}{
		{4, 0.3, 1, 0.03}, {4, 0.3, 3, 0.05}, {20, 2, 1, 0.03}, {20, 2, 3, 0.05}, {10, 1, 1, 0.03}, {10, 1, 3, 0.05}, {50, 5, 1, 0.04}, {100, 20, 1, 0.05},
	} {
		t.Run(fmt.Sprintf("%v tokens, %v a second, tried %d times", c.most, c.rate, c.tries), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const n = 1000
				b := &bucket{most: c.most, rate: c.rate, level: c.most, at: time.Now()}
				took := drain(t, &limit.Limiter{}, n, b, c.tries)
				best := time.Duration((n - c.most) / c.rate * float64(time.Second))
				part := float64(b.throttled) / float64(b.throttled+b.taken)
				t.Logf("%v, %.3f of the best; %.2f %% throttled", took, took.Seconds()/best.Seconds(), 100*part)
				require.Equal(t, n, b.taken)
				require.Less(t, took, best*11/10)
				require.LessOrEqual(t, part, c.throttled)
			})
		})
	}
}

func TestWithoutLimitsItIsSoonOutOfTheWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{most: 1e9, rate: 1, level: 1e9, at: time.Now()}
		require.Less(t, drain(t, &limit.Limiter{}, 1000, b, 1), 2*time.Second)
	})
}

func TestAKnownLimitIsKeptFromTheFirstCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bucket{most: 20, rate: 2, level: 20, at: time.Now()}
		l := &limit.Limiter{}
		l.Know("Create", 2, 20)
		require.Less(t, drain(t, l, 500, b, 1), 240*time.Second*11/10)
		require.LessOrEqual(t, b.throttled, 10)
	})
	synctest.Test(t, func(t *testing.T) { // it is not what was told
		b := &bucket{most: 4, rate: 0.3, level: 4, at: time.Now()}
		l := &limit.Limiter{}
		l.Know("Create", 2, 20)
		require.Less(t, drain(t, l, 500, b, 1), 1654*time.Second*11/10)
		require.LessOrEqual(t, b.throttled, 50)
	})
}

func TestALoneCallNeverWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, began := &limit.Limiter{}, time.Now()
		for range 100 {
			turn, err := l.Turn(t.Context(), "Create")
			require.NoError(t, err)
			turn.Done(limit.Taken)
		}
		require.Zero(t, time.Since(began))
	})
}

func TestWhoLeavesTakesNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limit.Limiter{Most: 1}
		first, err := l.Turn(t.Context(), "Create")
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = l.Turn(ctx, "Create")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		other, err := l.Turn(t.Context(), "Delete")
		require.NoError(t, err, "another action has turns of its own")
		other.Drop()
		first.Drop()
		first.Done(limit.Throttled) // over already
		next, err := l.Turn(t.Context(), "Create")
		require.NoError(t, err)
		next.Done(limit.Taken)
	})
}

func TestATurnIsCarriedInAContext(t *testing.T) {
	l := &limit.Limiter{Most: 1}
	turn, err := l.Turn(t.Context(), "Create")
	require.NoError(t, err)
	ctx := limit.With(t.Context(), turn)
	require.Nil(t, limit.Take(t.Context(), "Create"))
	require.Nil(t, limit.Take(ctx, "Delete"))
	require.Same(t, turn, limit.Take(ctx, "Create"))
	require.Nil(t, limit.Take(ctx, "Create"), "it is for one call")
	limit.Drop(ctx)
	turn.Done(limit.Taken)

	turn, err = l.Turn(t.Context(), "Create")
	require.NoError(t, err)
	limit.Drop(limit.With(t.Context(), turn))
	limit.Drop(t.Context())
	_, err = l.Turn(t.Context(), "Create")
	require.NoError(t, err, "what was not used is free again")
}
