package simulation_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// The caller dies before or after every single AWS call, and again at every call of the recovery; run once more, from nothing remembered, it
// ends with exactly one of each, and taking it down with none.
func TestCrash(t *testing.T) {
	for name, job := range map[string]job{
		"up":      {run: (*stage).up, check: complete(3)},
		"down":    {before: (*stage).up, run: (*stage).down, check: (*stage).empty},
		"route":   {run: (*stage).route, check: complete(2)},
		"unroute": {before: (*stage).route, run: (*stage).unroute, check: (*stage).empty},
	} {
		t.Run(name, func(t *testing.T) {
			stories := 0
			for _, s := range settings() {
				synctest.Test(t, func(t *testing.T) { stories += job.crashEverywhere(t, s) })
			}
			t.Logf("%d stories under %d settings", stories, len(settings()))
			require.Greater(t, stories, len(settings()))
		})
	}
}

// job is what a caller was about to do when it died.
type job struct {
	before, run func(*stage, context.Context) error
	check       func(*stage, *testing.T, string)
}

// death is one edge of one call; the zero death does not happen.
type death struct {
	call int
	edge simulation.Edge
}

func (j job) crashEverywhere(t *testing.T, s setting) (stories int) {
	for first := (death{call: 1}); ; first = first.next(1) {
		stories++
		if !j.story(t, s, first) {
			return stories // the job was done before: every call has been tried
		}
		for second := (death{call: 1 + first.call%stride(s)}); j.story(t, s, first, second); second = second.next(stride(s)) {
			stories++
		}
	}
}

// next is the other edge, or another call.
func (d death) next(step int) death {
	if d.edge == simulation.Before {
		return death{d.call, simulation.After}
	}
	return death{d.call + step, simulation.Before}
}

// stride leaves out some of the second deaths under most settings; each has every first one.
func stride(s setting) int {
	step := 11
	if s.name == "friendly" || s.name == "harsh" {
		step = 1
	}
	if testing.Short() {
		step *= 15
	}
	return step
}

// story plays lives that end at these deaths, one after the other, then one to the end. It tells whether the last of them happened.
func (j job) story(t *testing.T, s setting, deaths ...death) (died bool) {
	stage := newStage(s.cloud())
	if j.before != nil {
		require.NoError(t, life(t, &simulation.Caller{}, bind(stage, j.before)), s.name)
	}
	about := s.name
	for _, d := range deaths {
		about += fmt.Sprintf(", died %s call %d", d.edge, d.call)
		died = life(t, doomed(d.call, d.edge), bind(stage, j.run)) != nil
	}
	require.NoError(t, life(t, &simulation.Caller{}, bind(stage, j.run)), about)
	j.check(stage, t, about)
	return died
}

func bind(s *stage, f func(*stage, context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error { return f(s, ctx) }
}
