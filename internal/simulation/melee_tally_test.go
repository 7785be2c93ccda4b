package simulation_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// tallies are the sums of all worlds.
type tallies struct {
	mu  sync.Mutex
	all []sum
}

func (y *tallies) add(s sum) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.all = append(y.all, s)
}

func (y *tallies) report(t *testing.T, n uint64) {
	if uint64(len(y.all)) < n || n == 0 {
		return // it failed
	}
	median := func(of func(sum) int) int {
		all := make([]int, len(y.all))
		for i, s := range y.all {
			all[i] = of(s)
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	var total sum
	for _, s := range y.all {
		total.calls, total.faults, total.crashes = total.calls+s.calls, total.faults+s.faults, total.crashes+s.crashes
		total.births, total.held, total.gone, total.agreed = total.births+s.births, total.held+s.held, total.gone+s.gone, total.agreed+s.agreed
	}
	calls, faults, crashes := median(func(s sum) int { return s.calls }), median(func(s sum) int { return s.faults }), median(func(s sum) int { return s.crashes })
	t.Logf("%d worlds: %d calls, %d faults, %d crashes, %d resources made; promises checked: %d of WaitReady, %d of WaitGone, %d of two who differ; medians of a world: %d calls, %d faults, %d crashes",
		len(y.all), total.calls, total.faults, total.crashes, total.births, total.held, total.gone, total.agreed, calls, faults, crashes)
	if n >= 1000 {
		require.GreaterOrEqual(t, calls, 100)
		require.GreaterOrEqual(t, faults, 5)
		require.GreaterOrEqual(t, crashes, 1)
		require.NotZero(t, total.held)
		require.NotZero(t, total.gone)
		require.NotZero(t, total.agreed)
	}
}
