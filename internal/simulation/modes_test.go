package simulation_test

import (
	"flag"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

var (
	replayScene    = flag.String("scene", "", "the scene that TestReplay plays, as a failure names it")
	replaySchedule = flag.String("schedule", "none", "the faults of TestReplay")
	sample         = flag.Uint("sample", 0, "of how many stories with faults one is played; 1: every one, as by default, but for -short: 20")
)

// One writer, every verb on every start, one fault at every call, and after a death one more at every call of the recovery, under each
// switch by itself.
func TestSingleFaults(t *testing.T) {
	t.Parallel()
	tally := &tally{}
	t.Run("of", func(t *testing.T) {
		for _, subject := range subjects() {
			t.Run(subject.name, func(t *testing.T) {
				t.Parallel()
				for of := range scenes(subject) {
					var usual map[string]*story
					for _, of.setting = range oneAtATime() {
						t.Run(of.short(), func(t *testing.T) {
							x := exploration{tally: tally, scene: of, depth: 1, recovery: true, usual: usual}
							x.explore(t)
							if of.setting == friendly {
								usual = x.told
							}
						})
					}
				}
			})
		}
	})
	tally.report(t)
	if all := len(subjects()) * int(verbCount) * int(starts) * len(oneAtATime()); tally.scenes == all && sampling() == 1 && !t.Failed() {
		tally.requireAllWrites(t)
	}
}

// Every pair of faults, under the default switches.
func TestPairsOfFaults(t *testing.T) {
	t.Parallel()
	tally := &tally{}
	t.Run("of", func(t *testing.T) {
		for _, subject := range subjects() {
			if !slices.Contains([]string{"interface", "nlb-service", "private-zone", "records"}, subject.name) {
				continue
			}
			t.Run(subject.name, func(t *testing.T) {
				t.Parallel()
				for of := range scenes(subject) {
					t.Run(of.short(), func(t *testing.T) {
						x := exploration{tally: tally, scene: of, depth: 2}
						x.explore(t)
					})
				}
			})
		}
	})
	tally.report(t)
}

// TestReplay plays the one story that a failure names, and prints what happens.
func TestReplay(t *testing.T) {
	name := *replayScene
	if name == "" {
		name = "interface/WaitReady/absent/friendly"
	}
	s, err := sceneOf(name)
	require.NoError(t, err)
	schedule, err := simulation.Parse(*replaySchedule)
	require.NoError(t, err)
	plain := &story{set: s.build(t)}
	require.NoError(t, inBubble(t, plain))
	told := &story{set: plain.set, schedule: schedule, plain: plain, tell: true}
	err = inBubble(t, told)
	t.Log(told.told(t))
	require.NoError(t, err)
	require.NotEmpty(t, told.ops)
}

// All that happens in a world comes of its seed: how often who calls what, what befalls the calls, and what becomes of them.
func TestAWorldIsPlayedAgainAsItWas(t *testing.T) {
	t.Parallel()
	n := uint64(200)
	if testing.Short() {
		n = 20
	}
	for seed := uint64(1); seed <= n; seed++ {
		one, two := newMelee(t, seed, false), newMelee(t, seed, true)
		require.Equal(t, one.count, two.count, "seed %d, %s", seed, one.subject.name)
		require.Equal(t, one.draws, two.draws, "seed %d, %s", seed, one.subject.name)
	}
}
