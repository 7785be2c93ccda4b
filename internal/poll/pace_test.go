package poll_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// uniform draws provisioning times.
func uniform(from, to float64) func(*rand.Rand) time.Duration {
	return func(r *rand.Rand) time.Duration {
		return time.Duration((from + r.Float64()*(to-from)) * float64(time.Second))
	}
}

// lags waits many times, and gives the mean lag from ready to noticed, the longest, and the mean number of reads, the create's answer not
// counted. Unless learning, each wait has a pace of its own.
func lags(t *testing.T, samples int, draw func(*rand.Rand) time.Duration, pace func() poll.Pace) (mean, most time.Duration, reads float64) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(9, 9))
		var sum time.Duration
		looks := 0
		for range samples {
			ready := time.Now().Add(draw(random))
			_, err := poll.Until(t.Context(), privatelink.Progress{}, privatelink.NewWaitSettings(), pace(), func(context.Context) (poll.Status, error) {
				looks++
				return poll.Status{Done: !time.Now().Before(ready)}, nil
			})
			require.NoError(t, err)
			lag := time.Since(ready)
			sum, most = sum+lag, max(most, lag)
		}
		mean, reads = sum/time.Duration(samples), float64(looks-samples)/float64(samples)
	})
	return mean, most, reads
}

var times = []struct {
	name string
	draw func(*rand.Rand) time.Duration
}{{"15–120 s", uniform(15, 120)}, {"60 s", uniform(60, 60)}, {"5–30 s", uniform(5, 30)}, {"60–300 s", uniform(60, 300)}}

// seeded gives the same jitter in each run of the tests.
var seeded = rand.New(rand.NewPCG(1, 2))

func alone() poll.Pace {
	p := poll.Endpoints
	p.Random = seeded
	return p
}

func together() poll.Pace {
	p := poll.Endpoints
	p.Shared = &poll.Shared{Random: seeded}
	return p
}

func TestLagOfAWait(t *testing.T) {
	for _, c := range []struct {
		name string
		pace func() poll.Pace
		mean time.Duration
	}{{"alone", alone, 2000 * time.Millisecond}, {"among others", together, 1500 * time.Millisecond}} {
		for i, of := range times {
			samples := 2000
			if i == 0 {
				samples = 10_000
			}
			mean, most, reads := lags(t, samples, of.draw, c.pace)
			t.Logf("%s, ready after %s: mean lag %.2f s, most %.2f s, %.1f reads", c.name, of.name, mean.Seconds(), most.Seconds(), reads)
			if i == 0 {
				require.LessOrEqual(t, mean, c.mean)
			}
			if i == 0 && c.name == "alone" {
				require.LessOrEqual(t, reads, 14.6)
			}
		}
	}
}

func TestWaitsAmongOthersLearn(t *testing.T) {
	for _, c := range []struct {
		draw        func(*rand.Rand) time.Duration
		mean        time.Duration
		reads       float64
		description string
	}{
		{uniform(60, 60), 700 * time.Millisecond, 4, "always the same: closely, and at the right time"},
		{uniform(5, 15), 700 * time.Millisecond, 9, "earlier than supposed"},
		{uniform(15, 120), 1500 * time.Millisecond, 21, "nothing to learn"},
		{uniform(150, 155), 1000 * time.Millisecond, 9, "later than supposed"},
	} {
		p := together()
		mean, most, reads := lags(t, 2000, c.draw, func() poll.Pace { return p })
		t.Logf("%s: mean lag %.2f s, most %.2f s, %.1f reads", c.description, mean.Seconds(), most.Seconds(), reads)
		require.LessOrEqual(t, mean, c.mean, c.description)
		require.LessOrEqual(t, reads, c.reads, c.description)
	}
}

// Waits that began at different times look at the same moments.
func TestWaitsAmongOthersLookTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		p, moments, looks := together(), map[time.Time]bool{}, 0
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for range 100 {
			go poll.Until(ctx, privatelink.Progress{}, privatelink.NewWaitSettings(privatelink.Timeout(2*time.Minute)), p, func(context.Context) (poll.Status, error) {
				mu.Lock()
				defer mu.Unlock()
				if looks++; looks > 100 {
					moments[time.Now()] = true
				}
				return poll.Status{}, nil
			})
			time.Sleep(37 * time.Millisecond)
			synctest.Wait()
		}
		time.Sleep(100 * time.Second)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		require.Greater(t, looks, 3000)
		require.Less(t, len(moments), 45)
	})
}
