package bench_test

import (
	"flag"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// figures are what one flow cost, of one run on the average.
type figures struct {
	calls, reads float64
	mean, most   time.Duration // lag from done to noticed
	lags         int           // so many were measured
}

// measure runs a flow for n endpoints at once, for each of some times that AWS takes.
func measure(t *testing.T, who peer, what flow, n int, takes []time.Duration) (f figures) {
	var sum time.Duration
	for _, take := range takes {
		w := newWorld(n)
		if what != create {
			w.filled(t)
		}
		w.slow(take)
		do := who.does(w)[what]
		var all sync.WaitGroup
		lags := make([]time.Duration, n)
		for i, p := range w.places {
			all.Go(func() {
				if err := do(t.Context(), p); err != nil {
					t.Error(who.name, what, err)
				}
				w.mu.Lock()
				defer w.mu.Unlock()
				lags[i] = time.Since(w.due[p.id])
			})
		}
		all.Wait()
		f.calls, f.reads = f.calls+float64(w.calls), f.reads+float64(w.reads)
		for _, lag := range lags {
			if who.waits[what] {
				sum, f.most, f.lags = sum+lag, max(f.most, lag), f.lags+1
			}
		}
	}
	f.calls, f.reads = f.calls/float64(len(takes)), f.reads/float64(len(takes))
	if f.lags > 0 {
		f.mean = sum / time.Duration(f.lags)
	}
	return f
}

// benchmark is measure as a benchmark in virtual time, and prints it as one.
func benchmark(t *testing.T, who peer, what flow, n int, takes []time.Duration) (f figures) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		result := testing.Benchmark(func(b *testing.B) {
			for b.Loop() {
				f = measure(t, who, what, n, takes)
				time.Sleep(time.Minute) // once is enough: nothing here is left to chance but the jitter
			}
			b.ReportMetric(f.calls, "calls/op")
			b.ReportMetric(f.reads, "reads/op")
			b.ReportMetric(0, "ns/op")
			if f.lags > 0 {
				b.ReportMetric(f.mean.Seconds(), "mean-lag-s")
				b.ReportMetric(f.most.Seconds(), "most-lag-s")
			}
		})
		if wholeTable() {
			fmt.Printf("BenchmarkFleet/by=%s/flow=%s/n=%d\t%s\n", word(who.name), word(string(what)), n, result)
		}
	})
	return f
}

// spread are times that AWS takes, evenly over 15 to 120 seconds.
func spread(n int) (all []time.Duration) {
	for i := range n {
		all = append(all, 15*time.Second+(time.Duration(i)*105*time.Second+52500*time.Millisecond)/time.Duration(n))
	}
	return all
}

// wholeTable tells that benchmarks were asked for.
func wholeTable() bool { return flag.Lookup("test.bench").Value.String() != "" }

func TestFleets(t *testing.T) {
	sizes := map[int][]time.Duration{1: spread(20), 50: spread(20)}
	if wholeTable() {
		sizes = map[int][]time.Duration{1: spread(100), 50: spread(20), 1000: spread(4), 10_000: spread(1)}
	}
	for _, who := range peers() {
		t.Run(word(who.name), func(t *testing.T) {
			for n, takes := range sizes {
				t.Run(fmt.Sprint(n), func(t *testing.T) {
					for _, what := range flows {
						table.set(who.name, what, n, benchmark(t, who, what, n, takes))
					}
				})
			}
		})
	}
	if !wholeTable() {
		weAreCheaper(t)
	}
}

// weAreCheaper compares what was measured.
func weAreCheaper(t *testing.T) {
	one, fifty := table.at("aws-privatelink", create, 1), table.at("aws-privatelink", create, 50)
	require.LessOrEqual(t, one.reads, 1+1+14.6, "a lookup, a look at once, since reads are never behind here, and the policy's")
	require.LessOrEqual(t, fifty.calls, 50.0+2+50, "48.5 reads on average of twenty runs; a peer makes 650")
	require.LessOrEqual(t, table.at("aws-privatelink", unchanged, 50).calls, 2.0)
	for _, who := range peers()[1:] {
		for _, what := range flows {
			require.LessOrEqual(t, table.at("aws-privatelink", what, 50).calls, table.at(who.name, what, 50).calls, "%s, %s", who.name, what)
		}
	}
}

// The drivers of the others cost what a survey of their sources found.
func TestPeersCostWhatTheyDo(t *testing.T) {
	for _, who := range peers() {
		for what, want := range who.want {
			synctest.Test(t, func(t *testing.T) {
				f := measure(t, who, what, 1, []time.Duration{time.Minute})
				require.InDelta(t, want.calls, f.calls+float64(want.elsewhere), 1, "%s, %s", who.name, what)
			})
		}
	}
}
