package simulation_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

var (
	seeds = flag.Int("seeds", 20_000, "how many worlds TestMelee plays")
	seed  = flag.Uint64("seed", 0, "the one world that TestMelee plays, telling what happens; with -seeds, the first of so many")
)

// Two to eight writers and deleters of one identity: deaths at any call, throttles, errors, lost answers, calls and answers up to 40 seconds
// late, lagging reads. Never two alive, nothing foreign touched, what a verb promises holds when nobody was against it, those who differ end in
// what one of them declared, no verb makes too many calls, and everybody ends.
func TestMelee(t *testing.T) {
	t.Parallel()
	first, n := worlds()
	var all tallies
	t.Run("worlds", func(t *testing.T) {
		const shards = 4
		for shard := range uint64(shards) {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for i := shard; i < n; i += shards {
					all.add(playMelee(t, first+i, n == 1))
				}
			})
		}
	})
	all.report(t, n)
}

// worlds are those that are asked for: a thousand when time is short.
func worlds() (first, n uint64) {
	first, n = max(*seed, 1), uint64(*seeds)
	asked := map[string]bool{}
	flag.Visit(func(f *flag.Flag) { asked[f.Name] = true })
	switch {
	case asked["seed"] && !asked["seeds"]:
		n = 1
	case testing.Short() && !asked["seeds"]:
		n = 1000
	}
	return first, n
}

// melee is one world.
type melee struct {
	*stage
	t       *testing.T
	seed    uint64
	tell    bool // keep a journal
	name    string
	subject subject
	actor   actor
	window  time.Duration // how far lookups are behind at most
	pause   time.Duration // the longest between two jobs

	mu       sync.Mutex
	count    sum
	calls    map[string]int // by caller
	writes   map[string]int // those of them that changed something
	blows    map[*fake.Call]simulation.Fault
	draws    map[string]uint64
	harmless bool            // none of the faults is deadly from now on
	writers  map[string]deed // what each caller is at
	deeds    []*deed
	failed   []string
}

// sum is what a world came to.
type sum struct{ calls, faults, crashes, births, held, gone, agreed int }

// deed is one life of one verb.
type deed struct {
	verb       verb
	variant    int
	began, end time.Time // end is zero while it goes on
	undone     int       // how often others had undone such a deed when it began
	calls      int
	err        error
}

// playMelee plays a world, and a second time with a journal when an invariant was broken. A world is the same each time that it is played; should one
// be played otherwise the second time, its report says so.
func playMelee(t *testing.T, seed uint64, tell bool) sum {
	m := newMelee(t, seed, tell)
	failed := m.failed
	if len(failed) > 0 && !tell {
		if m = newMelee(t, seed, true); len(m.failed) == 0 {
			failed = append(failed, "played again, nothing was broken")
		} else {
			failed = m.failed
		}
	}
	switch {
	case len(failed) > 0:
		require.Fail(t, "an invariant is broken", "%s\nreplay   go test ./internal/simulation -run TestMelee -seed %d -v\n%s",
			strings.Join(failed, "\n"), seed, m.told(t))
	case tell:
		t.Log(m.told(t))
	}
	return m.count
}

// newMelee is a world that has come to its end.
func newMelee(t *testing.T, seed uint64, tell bool) *melee {
	m := &melee{seed: seed, tell: tell}
	synctest.Test(t, func(t *testing.T) { m.play(t) })
	return m
}

// told is who declared what, and what came of it. That every call and answer takes a while goes without saying.
func (m *melee) told(t *testing.T) string {
	journal := strings.ReplaceAll(journalOf(m.cloud, simulation.Line), " [Latency Latency]", "")
	return fmt.Sprintf("world    %s\n%s\njournal\n%s", m.name, m.subject.declared(t), journal)
}

// begin sets the stage; what is drawn for it depends on the seed alone.
func (m *melee) begin(t *testing.T) {
	r := rand.New(rand.NewPCG(m.seed, 7))
	seconds := func(most int) time.Duration { return time.Duration(r.IntN(most*1000)) * time.Millisecond }
	switches := fake.Switches{
		TokenMemory: []fake.TokenMemory{fake.ForgetAtDelete, fake.ForgetWhenGone, fake.NeverForget}[r.IntN(3)],
		SpentToken:  []fake.SpentToken{fake.AnswerCurrent, fake.AnswerFirst, fake.MismatchWhenDead, fake.AlwaysIdempotentError}[r.IntN(4)],
		RulesFirst:  r.IntN(2) == 0, HideDyingTags: r.IntN(2) == 0, RandomLag: true, Date: r.IntN(2) == 0, StrictDeltas: r.IntN(2) == 0,
		ReferenceKept: r.IntN(2) == 0,
	}
	cloud := &fake.Cloud{Delay: time.Second + seconds(15), Lag: 4 * time.Second, Switches: switches, Seed: m.seed,
		Timing: fake.Timing{DeletedRow: []time.Duration{0, seconds(40), 5 * time.Minute}[r.IntN(3)], ServiceProvision: seconds(3) + 1, Delete: time.Second + seconds(40)}}
	all := subjects()
	m.t, m.stage, m.subject = t, newStage(cloud), all[r.IntN(len(all))]
	m.pause, m.window = time.Second+seconds(60), cloud.Lag
	m.subject.plant(m.stage)
	m.actor = m.subject.actor(m.stage)
	time.Sleep(30*time.Second + time.Duration(r.IntN(3600))*time.Second) // any time of the hour
	m.before = cloud.Dump()
	m.census.Begin()
	m.name = fmt.Sprintf("seed %d, %s, %+v", m.seed, m.subject.name, switches)
	cloud.Forget = !m.tell
	m.perform()
}

// play is the whole story of a world.
func (m *melee) play(t *testing.T) {
	m.begin(t)
	began := time.Now()
	var all sync.WaitGroup
	for i := range 2 + m.seed%7 {
		all.Go(func() { m.career(i, rand.New(rand.NewPCG(m.seed, i))) })
	}
	all.Wait()
	if took := time.Since(began); took > 8*time.Hour {
		m.fail(simulation.Ends.Broken("it took %v", took))
	}
	m.quarrel()
	m.settle()
	m.count.births = m.census.Births()
	m.bounded()
}

// career is what one writer or deleter does: draws of its own, so that a world can be played again.
func (m *melee) career(i uint64, r *rand.Rand) {
	v, variant := []verb{ensure, ready, ready, ready, remove, gone}[r.IntN(6)], r.IntN(2)
	name := fmt.Sprintf("%d-%s-%d", i, v, variant)
	m.writer(name, v, variant)
	for range 1 + r.IntN(4) {
		sleepUpTo(r, m.pause)
		m.live(r, name, v, variant)
	}
}

func sleepUpTo(r *rand.Rand, most time.Duration) { time.Sleep(time.Duration(r.Int64N(int64(most)))) }

// live runs a verb through as many lives as it takes; an error that is not death ends it.
func (m *melee) live(r *rand.Rand, caller string, v verb, variant int) error {
	for {
		ctx := fake.Caller(m.t.Context(), caller)
		d, before := m.enter(v, variant), m.made(caller)
		err := m.actor.do(ctx, v, variant)
		if errors.Is(context.Cause(ctx), fake.ErrCrashed) {
			m.leave(d, m.made(caller)-before, fake.ErrCrashed)
			sleepUpTo(r, 3*time.Second)
			continue
		}
		m.leave(d, m.made(caller)-before, err)
		switch {
		case errors.Is(err, context.DeadlineExceeded) && !m.opposedToTheEnd(d):
			m.fail(simulation.Ends.Broken("%s: %v", v, err))
		case err != nil && !m.explained(d):
			m.fail(simulation.Explained.Broken("%s: %v", v, err))
		case err == nil && v == v.whole() && m.unopposed(d):
			m.holds(d)
		}
		return err
	}
}

// writer notes what a caller is at.
func (m *melee) writer(caller string, v verb, variant int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.writers[caller] = deed{verb: v, variant: variant}
}

// made is how many calls a caller has made so far.
func (m *melee) made(caller string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls[caller]
}

func (m *melee) enter(v verb, variant int) *deed {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := &deed{verb: v, variant: variant, began: time.Now()}
	d.undone = m.undone(d)
	m.deeds = append(m.deeds, d)
	return d
}

func (m *melee) leave(d *deed, calls int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d.end, d.calls, d.undone, d.err = time.Now(), calls, m.undone(d)-d.undone, err
	if errors.Is(err, fake.ErrCrashed) {
		m.count.crashes++
	}
}
