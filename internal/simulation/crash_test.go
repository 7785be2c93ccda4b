package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
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
	call  int
	after bool
}

func (d death) String() string {
	return fmt.Sprintf("died %s call %d", map[bool]string{false: "before", true: "after"}[d.after], d.call)
}

func (d death) fault() fake.Fault {
	if d.after {
		return fake.Crash().AfterEffect().Nth(d.call)
	}
	return fake.Crash().Nth(d.call)
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
	if !d.after {
		return death{d.call, true}
	}
	return death{d.call + step, false}
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
		require.NoError(t, j.before(stage, t.Context()), s.name)
	}
	about := s.name
	for _, d := range deaths {
		about += ", " + d.String()
		stage.cloud.Inject(d.fault())
		life := fake.Caller(t.Context(), "caller")
		err := j.run(stage, life)
		if died = errors.Is(context.Cause(life), fake.ErrCrashed); !died {
			require.NoError(t, err, about)
		}
		stage.cloud.Heal()
	}
	require.NoError(t, j.run(stage, t.Context()), about)
	j.check(stage, t, about)
	return died
}
