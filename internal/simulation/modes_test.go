package simulation_test

import (
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

var (
	replayScene    = flag.String("scene", "", "the scene that TestReplay plays, as a failure names it")
	replaySchedule = flag.String("schedule", "none", "the faults of TestReplay")
	sample         = flag.Uint("sample", 30, "of how many stories with faults one is played; 1: every one")
)

// sampled tells whether a story is of the sample, which is the same each time.
func sampled(s scene, schedule simulation.Schedule) bool {
	n := uint32(*sample)
	if testing.Short() {
		n *= 10
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.String() + schedule.String()))
	return n <= 1 || h.Sum32()%n == 0
}

// One writer, every verb on every start, one fault at every call, and after a death one more at every call of the recovery, under each
// switch by itself.
func TestSingleFaults(t *testing.T) {
	tally := &tally{}
	t.Run("of", func(t *testing.T) {
		for _, subject := range subjects() {
			t.Run(subject.name, func(t *testing.T) {
				t.Parallel()
				for _, setting := range oneAtATime(subject.aws) {
					for s := range scenes(subject, setting) {
						tally.explore(t, s, 1, true)
					}
				}
			})
		}
	})
	tally.report(t)
}

// Every pair of faults, under the default switches.
func TestPairsOfFaults(t *testing.T) {
	tally := &tally{}
	t.Run("of", func(t *testing.T) {
		for _, subject := range subjects() {
			if !slices.Contains([]string{"interface", "nlb-service", "private-zone", "records"}, subject.name) {
				continue
			}
			t.Run(subject.name, func(t *testing.T) {
				t.Parallel()
				for s := range scenes(subject, setting{name: "friendly"}) {
					tally.explore(t, s, 2, false)
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
	told := &story{set: s.build(t), schedule: schedule, tell: true}
	err = inBubble(t, told)
	t.Logf("%s, %s:\n%s", s, schedule, journalOf(told.stage.cloud, simulation.Line))
	require.NoError(t, err)
	require.NotEmpty(t, told.ops)
}

// scenes are a subject's under one setting.
func scenes(subject subject, setting setting) func(func(scene) bool) {
	return func(yield func(scene) bool) {
		for v := range verbCount {
			for at := range starts {
				if !yield(scene{subject, v, at, setting}) {
					return
				}
			}
		}
	}
}

// tally counts what was played.
type tally struct {
	mu             sync.Mutex
	stories, calls int
	cells          map[string]map[simulation.Fault]int // by operation
}

// explore plays a scene without faults, then with so many at every call, and where recovery is to be tried, with one more after a death that
// left something written.
func (y *tally) explore(t *testing.T, s scene, depth int, recovery bool) {
	built := s.build(t)
	plain := &story{set: built}
	y.play(t, plain)
	bound := 6*plain.most + 10
	level := []*story{plain}
	for n := 1; n <= depth || recovery && n == depth+1; n++ {
		var next []*story
		for _, told := range level {
			if n > depth && !leftWritten(told) {
				continue
			}
			for _, schedule := range told.further(simulation.Faults) {
				if !sampled(s, schedule) {
					continue
				}
				more := &story{set: built, schedule: schedule, bound: bound}
				y.play(t, more)
				next = append(next, more)
			}
		}
		level = next
	}
}

// leftWritten tells a story whose writer died right after a write: what comes after is a recovery like no other.
func leftWritten(s *story) bool {
	last := s.schedule[len(s.schedule)-1]
	return last.Fault == simulation.CrashAfter && last.Call <= len(s.ops) && !simulation.Reads(s.ops[last.Call-1])
}

func (y *tally) play(t *testing.T, s *story) {
	err := inBubble(t, s)
	if err != nil {
		s.fail(t, err)
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.stories++
	y.calls += len(s.ops)
	if len(s.schedule) == 0 {
		return
	}
	if last := s.schedule[len(s.schedule)-1]; last.Call <= len(s.ops) {
		if y.cells == nil {
			y.cells = map[string]map[simulation.Fault]int{}
		}
		op := s.ops[last.Call-1]
		if y.cells[op] == nil {
			y.cells[op] = map[simulation.Fault]int{}
		}
		y.cells[op][last.Fault]++
	}
	s.stage = nil
}

func inBubble(t *testing.T, s *story) (err error) {
	synctest.Test(t, func(t *testing.T) { err = s.play(t) })
	return err
}

// report prints the table of operations and faults, and demands that none is zero.
func (y *tally) report(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d stories, %d calls\n%-45s", y.stories, y.calls, "operation")
	all := simulation.AllFaults()
	for _, f := range all {
		fmt.Fprintf(&b, "%14s", f)
	}
	for _, op := range slices.Sorted(maps.Keys(y.cells)) {
		fmt.Fprintf(&b, "\n%-45s", op)
		for _, f := range all {
			if !slices.Contains(simulation.Faults(op), f) {
				fmt.Fprintf(&b, "%14s", "-")
				continue
			}
			fmt.Fprintf(&b, "%14d", y.cells[op][f])
			if *sample <= 1 && !testing.Short() {
				require.NotZero(t, y.cells[op][f], "%s never met %s", op, f)
			}
		}
	}
	t.Log(b.String())
}
