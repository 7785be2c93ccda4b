package simulation_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var (
	seeds = flag.Int("seeds", 3000, "how many worlds TestStress tries")
	seed  = flag.Uint64("seed", 0, "the one world that TestStress plays, telling what happens")
)

// Three writers and a deleter of one identity, random deaths, calls up to 40 seconds late, lost answers, lagging reads, and tokens forgotten
// at delete, when gone or never: never two alive, nothing older than a completed WaitGone left, nobody hangs.
func TestStress(t *testing.T) {
	first, n := uint64(1), *seeds
	if testing.Short() {
		n /= 10
	}
	if *seed != 0 {
		first, n = *seed, 1
	}
	calls, deaths, made := 0, 0, 0
	for i := range uint64(n) {
		synctest.Test(t, func(t *testing.T) {
			w := newMelee(t, first+i)
			w.play(w.verbs())
			calls, deaths, made = calls+w.calls, deaths+w.deaths, made+w.census.Births()
		})
	}
	t.Logf("%d worlds: %d calls, %d deaths, %d resources made", n, calls, deaths, made)
	require.NotZero(t, deaths)
	require.Greater(t, made, n/2)
}

// melee is one world of the stress test.
type melee struct {
	*stage
	t       *testing.T
	seed    uint64
	name    string
	service string        // the service that the endpoint reaches
	pause   time.Duration // the longest between two jobs

	mu            sync.Mutex
	rand          *rand.Rand
	calls, deaths int
}

func newMelee(t *testing.T, seed uint64) *melee {
	r := rand.New(rand.NewPCG(seed, 7))
	seconds := func(most int) time.Duration { return time.Duration(r.IntN(most*1000)) * time.Millisecond }
	switches := fake.Switches{
		TokenMemory: []fake.Switches{{TokenMemory: fake.ForgetAtDelete}, {TokenMemory: fake.ForgetWhenGone}, {TokenMemory: fake.NeverForget}}[r.IntN(3)].TokenMemory,
		SpentToken: []fake.Switches{{SpentToken: fake.AnswerCurrent}, {SpentToken: fake.AnswerFirst}, {SpentToken: fake.MismatchWhenDead},
			{SpentToken: fake.AlwaysIdempotentError}}[r.IntN(4)].SpentToken,
		RulesFirst: r.IntN(2) == 0, HideDyingTags: r.IntN(2) == 0, RandomLag: true, Date: r.IntN(2) == 0,
	}
	cloud := &fake.Cloud{Delay: time.Second + seconds(15), Lag: 4 * time.Second, Switches: switches, Seed: seed,
		Timing: fake.Timing{DeletedRow: []time.Duration{0, seconds(40), 5 * time.Minute}[r.IntN(3)], ServiceProvision: seconds(3) + 1, Delete: time.Second + seconds(40)}}
	m := &melee{t: t, seed: seed, rand: r, stage: newStage(cloud), pause: time.Second + seconds(60)}
	svc, err := m.stage.service().CloneAs("target").LoadBalancers(m.target).Acceptance(false).WaitReady(t.Context(), m.provider)
	require.NoError(t, err)
	m.service = svc.ServiceName
	time.Sleep(time.Duration(r.IntN(3600)) * time.Second) // any time of the hour
	m.before, m.census = cloud.Dump(), &simulation.Census{}
	simulation.Play(cloud, m.watch)
	m.name = fmt.Sprintf("seed %d, %+v", seed, switches)
	return m
}

func (m *melee) watch(c *fake.Call) {
	m.census.Watch(c)
	if *seed != 0 {
		m.t.Log(simulation.Line(c))
	}
}

func (m *melee) chance(p float64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rand.Float64() < p
}

func (m *melee) roll(n int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rand.IntN(n)
}

func (m *melee) sleep(most time.Duration) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Duration(m.rand.Int64N(int64(most)))
}

var errLost = errors.New("the connection broke")

// fate is what befalls each edge of each call of a caller in the melee.
func (m *melee) fate(_ int, edge simulation.Edge, _ *fake.Call) simulation.Event {
	m.mu.Lock()
	m.calls++
	m.mu.Unlock()
	e := simulation.Event{Sleep: m.sleep(300 * time.Millisecond)}
	switch {
	case m.chance(0.03):
		e.Die = true
		m.mu.Lock()
		m.deaths++
		m.mu.Unlock()
	case m.chance(0.05):
		e.Sleep = m.sleep(40 * time.Second)
	case edge == simulation.After && m.chance(0.03):
		e.Err = errLost
	}
	return e
}

// verbs are what the writers and the deleter do.
type verbs struct {
	write func(ctx context.Context, variant int) error
	gone  func(context.Context) error
}

func (m *melee) verbs() verbs {
	switch m.roll(5) {
	case 0, 1, 2:
		b := func(variant int) *endpoint.InterfaceBuilder {
			return m.stage.endpoint(m.service).Tag("variant", fmt.Sprint(variant))
		}
		return verbs{
			func(ctx context.Context, v int) error { _, err := b(v).WaitReady(ctx, m.consumer); return err },
			func(ctx context.Context) error { return b(0).WaitGone(ctx, m.consumer) },
		}
	case 3:
		return verbs{
			func(ctx context.Context, v int) error {
				_, err := m.stage.service().Acceptance(v%2 == 0).WaitReady(ctx, m.provider)
				return err
			},
			func(ctx context.Context) error { return m.stage.service().WaitGone(ctx, m.provider) },
		}
	}
	return verbs{
		func(ctx context.Context, v int) error {
			_, err := m.named(v).WaitReady(ctx, m.consumer)
			return err
		},
		func(ctx context.Context) error { return m.named(0).WaitGone(ctx, m.consumer) },
	}
}

var addr = netip.MustParseAddr("10.1.1.9")

func (m *melee) named(variant int) *dnszone.PrivateBuilder {
	return dnszone.Private("orders.internal").VPC(m.consumer.Region, m.vpc).A("api", time.Duration(variant+1)*time.Minute, addr)
}

func (m *melee) play(v verbs) {
	began := time.Now()
	var all sync.WaitGroup
	for writer := range 3 {
		variant, rounds := writer*m.roll(2), 1+m.roll(4)
		all.Go(func() {
			for range rounds {
				time.Sleep(m.sleep(m.pause))
				m.live(func(ctx context.Context) error { return v.write(ctx, variant) })
			}
		})
	}
	rounds := 1 + m.roll(4)
	all.Go(func() {
		for range rounds {
			time.Sleep(m.sleep(m.pause))
			m.live(func(ctx context.Context) error { return m.wipe(ctx, v) })
		}
	})
	all.Wait()
	require.Less(m.t, time.Since(began), 4*time.Hour, m.name)
	require.NoError(m.t, v.write(m.t.Context(), 0), m.name)
	require.NoError(m.t, m.wipe(m.t.Context(), v), m.name)
	time.Sleep(time.Minute) // for what is deleting
	require.Empty(m.t, m.census.Twins(), m.name)
	require.Equal(m.t, m.before, m.cloud.Dump(), m.name)
}

// live runs a job through as many lives as it takes; an error that is not death ends it.
func (m *melee) live(job func(context.Context) error) {
	for {
		c := &simulation.Caller{Decide: m.fate}
		ctx := c.Live(m.t.Context())
		err := job(ctx)
		require.NotErrorIs(m.t, err, privatelink.ErrConflict, "%s: never two were alive", m.name)
		if !errors.Is(context.Cause(ctx), simulation.ErrDied) {
			return
		}
		time.Sleep(m.sleep(3 * time.Second))
	}
}

// wipe is a WaitGone: what was made before it began is gone when it ends, its network interfaces included.
func (m *melee) wipe(ctx context.Context, v verbs) error {
	began := time.Now()
	err := v.gone(ctx)
	if err == nil {
		left := m.cloud.Dump() // what is deleting is in it, and network interfaces name their endpoint
		for _, id := range m.census.Older(began) {
			require.NotContains(m.t, left, id, "%s: left by a completed WaitGone", m.name)
		}
	}
	return err
}
