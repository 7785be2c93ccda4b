package simulation_test

import (
	"hash/fnv"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// exploration is all stories of one scene: one without faults, then one with so many at every call, and where recovery is to be tried, with one
// more after a death that left something written.
type exploration struct {
	*tally
	scene    scene
	depth    int
	recovery bool
	usual    map[string]*story // what was told under the default switches, by schedule

	built *set
	plain *story // without faults
	told  map[string]*story
}

func (x *exploration) explore(t *testing.T) {
	if x.enough() {
		return
	}
	x.told = map[string]*story{}
	x.plain = x.tell(t, nil)
	level := []*story{x.plain}
	for depth := 1; len(level) > 0; depth++ {
		var next []*story
		for _, told := range level {
			for _, schedule := range told.further(simulation.Faults) {
				goesOn := x.goesOn(told, schedule)
				switch {
				case x.same(told, schedule):
					x.twin(t, told, schedule)
					continue
				case !goesOn && !x.sampled(schedule):
					x.left()
					continue
				}
				if more := x.tell(t, schedule); goesOn {
					next = append(next, more)
				}
			}
		}
		level = next
	}
}

// goesOn tells whether there are stories with one more fault than such a one, which goes on from another: up to the depth, and where a writer died
// right after a write. What comes after that is a recovery like no other.
func (x *exploration) goesOn(from *story, schedule simulation.Schedule) bool {
	last := schedule[len(schedule)-1]
	died := last.Fault == simulation.CrashAfter && !simulation.Reads(from.ops[last.Call-1])
	return len(schedule) < x.depth || x.recovery && len(schedule) == x.depth && died
}

// same tells whether the last fault comes to the same as another that is tried at the same call.
func (x *exploration) same(from *story, schedule simulation.Schedule) bool {
	last := schedule[len(schedule)-1]
	return !x.scene.setting.switches.RandomLag && last.Fault.Same(from.ops[last.Call-1]) != last.Fault
}

// twin counts a story that is the same as one with another fault, where that one was played.
func (x *exploration) twin(t *testing.T, from *story, schedule simulation.Schedule) {
	other := slices.Clone(schedule)
	last := &other[len(other)-1]
	last.Fault = last.Fault.Same(from.ops[last.Call-1])
	played := x.told[other.String()]
	if played == nil {
		return
	}
	x.stoodFor(from, schedule)
	if every(200, x.scene.String(), schedule.String()) {
		requireSame(t, played, x.play(t, schedule))
	}
}

// sampled tells whether a story is of the sample, which is the same each time and under each switch.
func (x *exploration) sampled(schedule simulation.Schedule) bool {
	of := x.scene
	of.setting = friendly
	return every(sampling(), of.String(), schedule.String())
}

// sampling is of how many stories one is played.
func sampling() uint32 {
	switch {
	case *sample > 0:
		return uint32(*sample)
	case testing.Short():
		return 20
	}
	return 1
}

// every chooses one of n.
func every(n uint32, words ...string) bool {
	h := fnv.New32a()
	for _, w := range words {
		_, _ = h.Write([]byte(w))
	}
	return n <= 1 || h.Sum32()%n == 0
}

// tell plays a story, unless it is the same under the default switches.
func (x *exploration) tell(t *testing.T, schedule simulation.Schedule) *story {
	name := schedule.String()
	usual := x.usual[name]
	if usual != nil && !x.scene.setting.touches(usual) {
		if every(200, x.scene.String(), name) {
			requireSame(t, usual, x.play(t, schedule))
		}
		x.taken()
		return usual
	}
	x.told[name] = x.play(t, schedule)
	return x.told[name]
}

// requireSame checks that two stories are the same, as is said of them: what they called, and what there is in the end. The halves of a split horizon are at work at the same time.
func requireSame(t *testing.T, usual, told *story) {
	require.Equal(t, slices.Sorted(slices.Values(usual.ops)), slices.Sorted(slices.Values(told.ops)), "%s, %s", told.scene, told.schedule)
	require.Equal(t, usual.ends, told.ends, "%s, %s", told.scene, told.schedule)
}

func (x *exploration) play(t *testing.T, schedule simulation.Schedule) *story {
	if x.built == nil {
		x.built = x.scene.build(t)
	}
	s := &story{set: x.built, schedule: schedule, plain: x.plain}
	if err := inBubble(t, s); err != nil {
		x.fail(t, s, err)
	}
	x.note(s)
	s.stage, s.actor, s.blows = nil, actor{}, nil // only what it called is of interest from now on
	return s
}

func inBubble(t *testing.T, s *story) (err error) {
	synctest.Test(t, func(t *testing.T) { err = s.play(t) })
	return err
}
