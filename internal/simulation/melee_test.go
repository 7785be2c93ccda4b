package simulation_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var (
	seeds = flag.Int("seeds", 1500, "how many worlds TestMelee plays")
	seed  = flag.Uint64("seed", 0, "the one world that TestMelee plays, telling what happens")
)

// Two to eight writers and deleters of one identity: deaths at any call, throttles, errors, lost answers, calls and answers up to 40 seconds
// late, lagging reads. Never two alive, nothing foreign touched, what a verb promises holds when nobody was against it, and everybody ends.
func TestMelee(t *testing.T) {
	first, n := uint64(1), *seeds
	if testing.Short() {
		n /= 20
	}
	if *seed != 0 {
		first, n = *seed, 1
	}
	var all tallies
	t.Run("worlds", func(t *testing.T) {
		const shards = 4
		for shard := range uint64(shards) {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for i := shard; i < uint64(n); i += shards {
					synctest.Test(t, func(t *testing.T) { all.add(playMelee(t, first+i)) })
				}
			})
		}
	})
	all.report(t, n)
}

// melee is one world.
type melee struct {
	*stage
	t       *testing.T
	seed    uint64
	name    string
	subject subject
	actor   actor
	window  time.Duration
	pause   time.Duration // the longest between two jobs

	mu     sync.Mutex
	count  sum
	deeds  []*deed
	failed []string
}

// sum is what a world came to.
type sum struct{ calls, faults, crashes, births, held, gone int }

// deed is one life of one verb.
type deed struct {
	verb       verb
	variant    int
	began, end time.Time // end is zero while it goes on
	err        error
}

func playMelee(t *testing.T, seed uint64) sum {
	m := newMelee(t, seed)
	m.play()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.failed) > 0 {
		require.Fail(t, "an invariant is broken", "%s\n%s\nreplay   go test ./internal/simulation -run TestMelee -seed %d -v\njournal:\n%s",
			strings.Join(m.failed, "\n"), m.name, seed, journalOf(m.cloud, simulation.Line))
	}
	m.count.births = m.census.Births()
	for _, c := range m.cloud.Calls() {
		m.count.calls++
		for _, fault := range c.Faults {
			if fault != "Latency" {
				m.count.faults++
			}
		}
	}
	return m.count
}

func newMelee(t *testing.T, seed uint64) *melee {
	r := rand.New(rand.NewPCG(seed, 7))
	seconds := func(most int) time.Duration { return time.Duration(r.IntN(most*1000)) * time.Millisecond }
	switches := fake.Switches{
		TokenMemory: []fake.TokenMemory{fake.ForgetAtDelete, fake.ForgetWhenGone, fake.NeverForget}[r.IntN(3)],
		SpentToken:  []fake.SpentToken{fake.AnswerCurrent, fake.AnswerFirst, fake.MismatchWhenDead, fake.AlwaysIdempotentError}[r.IntN(4)],
		RulesFirst:  r.IntN(2) == 0, HideDyingTags: r.IntN(2) == 0, RandomLag: true, Date: r.IntN(2) == 0, StrictDeltas: r.IntN(2) == 0,
		ReferenceKept: r.IntN(2) == 0,
	}
	cloud := &fake.Cloud{Delay: time.Second + seconds(15), Lag: 4 * time.Second, Switches: switches, Seed: seed,
		Timing: fake.Timing{DeletedRow: []time.Duration{0, seconds(40), 5 * time.Minute}[r.IntN(3)], ServiceProvision: seconds(3) + 1, Delete: time.Second + seconds(40)}}
	all := subjects()
	m := &melee{t: t, seed: seed, stage: newStage(cloud), pause: time.Second + seconds(60), window: cloud.Lag, subject: all[r.IntN(len(all))]}
	m.subject.plant(m.stage)
	m.actor = m.subject.actor(m.stage)
	time.Sleep(30*time.Second + time.Duration(r.IntN(3600))*time.Second) // any time of the hour
	m.before = cloud.Dump()
	m.census.Begin()
	m.name = fmt.Sprintf("seed %d, %s, %+v", seed, m.subject.name, switches)
	cloud.Forget = false
	cloud.Inject(
		fake.Crash().Chance(0.01), fake.Crash().AfterEffect().Chance(0.01),
		fake.Throttle().Chance(0.015), fake.ServerError().Chance(0.01), fake.ServerError().AfterEffect().Chance(0.01), fake.LoseAnswer().Chance(0.02),
		fake.Latency(time.Second).UpTo(simulation.Late).Chance(0.03), fake.Latency(time.Second).UpTo(simulation.Late).AfterEffect().Chance(0.03),
		fake.Latency(0).UpTo(300*time.Millisecond), fake.Latency(0).AfterEffect().UpTo(300*time.Millisecond),
	)
	return m
}

// fail notes a broken invariant; the world is played on, so that nobody hangs.
func (m *melee) fail(broken error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failed = append(m.failed, broken.Error())
}

func (m *melee) play() {
	began := time.Now()
	var all sync.WaitGroup
	for i := range 2 + m.seed%7 {
		all.Go(func() { m.career(rand.New(rand.NewPCG(m.seed, i))) })
	}
	all.Wait()
	if took := time.Since(began); took > 8*time.Hour {
		m.fail(simulation.Ends.Broken("it took %v", took))
	}
	m.settle()
}

// career is what one writer or deleter does: draws of its own, so that a world can be played again.
func (m *melee) career(r *rand.Rand) {
	v, variant := []verb{ensure, ready, ready, ready, remove, gone}[r.IntN(6)], r.IntN(2)
	name := fmt.Sprintf("%d-%s-%d", r.IntN(1000), v, variant)
	for range 2 + r.IntN(4) {
		sleepUpTo(r, m.pause)
		m.live(r, name, v, variant)
	}
}

func sleepUpTo(r *rand.Rand, most time.Duration) { time.Sleep(time.Duration(r.Int64N(int64(most)))) }

// settle asks for a last time, undisturbed, and looks at the truth.
func (m *melee) settle() {
	m.cloud.Heal()
	for _, v := range []verb{ready, gone} {
		if err := m.actor.do(m.t.Context(), v, 0); err != nil {
			m.fail(simulation.Explained.Broken("the last %s: %v", v, err))
		}
	}
	time.Sleep(time.Minute) // for what is deleting
	if err := unchanged(m.before, m.cloud.Dump()); err != nil {
		m.fail(err)
	}
	for _, twins := range m.census.Twins() {
		m.fail(simulation.OneLive.Broken("%s", twins))
	}
	for _, offence := range m.census.Offences() {
		m.fail(simulation.Untouched.Broken("%s", offence))
	}
}

// live runs a verb through as many lives as it takes; an error that is not death ends it.
func (m *melee) live(r *rand.Rand, caller string, v verb, variant int) {
	for {
		ctx := fake.Caller(m.t.Context(), caller)
		d := m.begin(v, variant)
		err := m.actor.do(ctx, v, variant)
		if errors.Is(context.Cause(ctx), fake.ErrCrashed) {
			m.end(d, fake.ErrCrashed)
			sleepUpTo(r, 3*time.Second)
			continue
		}
		m.end(d, err)
		switch {
		case errors.Is(err, privatelink.ErrConflict) || errors.Is(err, privatelink.ErrInvalid) || errors.Is(err, privatelink.ErrImmutable):
			m.fail(simulation.Explained.Broken("%s: %v", v, err))
		case err == nil && v == v.whole() && m.unopposed(d):
			m.holds(d)
		}
		return
	}
}

func (m *melee) begin(v verb, variant int) *deed {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := &deed{verb: v, variant: variant, began: time.Now()}
	m.deeds = append(m.deeds, d)
	return d
}

func (m *melee) end(d *deed, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d.end, d.err = time.Now(), err
	if errors.Is(err, fake.ErrCrashed) {
		m.count.crashes++
	}
}

// unopposed tells a deed that no opposite verb, and no writer of another declaration, overlapped or came a window before.
func (m *melee) unopposed(d *deed) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !slices.ContainsFunc(m.deeds, func(o *deed) bool {
		against := o.verb.up() != d.verb.up() || o.verb.up() && o.variant != d.variant
		return against && (o.end.IsZero() || o.end.Add(m.window).After(d.began))
	})
}

// holds looks at the truth, without lag, when a promise was made.
func (m *melee) holds(d *deed) {
	truth := m.in(&fake.Cloud{Switches: m.cloud.Switches, Delay: m.cloud.Delay, Timing: m.cloud.Timing}, m.cloud.Snapshot())
	truth.cloud.Heal()
	truth.cloud.After = nil
	m.mu.Lock()
	if d.verb.up() {
		m.count.held++
	} else {
		m.count.gone++
	}
	m.mu.Unlock()
	if !d.verb.up() {
		if err := unchanged(m.before, truth.cloud.Dump()); err != nil {
			m.fail(err)
		}
		return
	}
	plan, err := m.subject.actor(truth).plan(context.Background(), d.variant)
	if err != nil || !plan.Empty() {
		m.fail(simulation.Holds.Broken("after a completed WaitReady: %s %v", plan, err))
	}
}

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

func (y *tallies) report(t *testing.T, n int) {
	if len(y.all) < n || n == 0 {
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
		total.births, total.held, total.gone = total.births+s.births, total.held+s.held, total.gone+s.gone
	}
	calls, faults, crashes := median(func(s sum) int { return s.calls }), median(func(s sum) int { return s.faults }), median(func(s sum) int { return s.crashes })
	t.Logf("%d worlds: %d calls, %d faults, %d crashes, %d resources made; promises checked: %d of WaitReady, %d of WaitGone; medians of a world: %d calls, %d faults, %d crashes",
		len(y.all), total.calls, total.faults, total.crashes, total.births, total.held, total.gone, calls, faults, crashes)
	if n > 1000 {
		require.GreaterOrEqual(t, calls, 100)
		require.GreaterOrEqual(t, faults, 5)
		require.GreaterOrEqual(t, crashes, 1)
		require.NotZero(t, total.held)
		require.NotZero(t, total.gone)
	}
}
