package simulation_test

import (
	"context"
	"slices"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// chances are how likely a fault befalls a call, of a thousand.
var chances = [...]struct {
	of    int
	fault simulation.Fault
}{{10, simulation.CrashBefore}, {10, simulation.CrashAfter}, {15, simulation.Throttle}, {10, simulation.ServerError}, {10, simulation.FalseError},
	{20, simulation.LostAnswer}, {30, simulation.LateCall}, {30, simulation.LateAnswer}, {30, simulation.Spared}, {40, simulation.StrayCall}}

// perform lets faults befall the calls from now on, one each at most. Every call and answer takes its time.
func (m *melee) perform() {
	m.calls, m.writes, m.writers = map[string]int{}, map[string]int{}, map[string]deed{}
	m.blows, m.draws = map[*fake.Call]simulation.Fault{}, map[string]uint64{}
	m.cloud.Before = func(_ context.Context, c *fake.Call) error {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.calls[c.Caller]++
		m.count.calls++
		if f, befalls := m.draw(c); befalls {
			m.blows[c] = f
			m.count.faults++
		}
		return nil
	}
	m.cloud.After = func(ctx context.Context, c *fake.Call) error {
		if !simulation.Reads(c.Op) && c.Err == nil {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.writes[c.Caller]++
		}
		return m.watch(ctx, c)
	}
	for _, c := range chances {
		m.cloud.Inject(c.fault.Drawn().When(func(call *fake.Call) bool {
			m.mu.Lock()
			defer m.mu.Unlock()
			blow, befalls := m.blows[call]
			return befalls && blow == c.fault
		}))
	}
	m.cloud.Inject(fake.Latency(0).UpTo(300*time.Millisecond), fake.Latency(0).AfterEffect().UpTo(300*time.Millisecond))
}

// draw decides what befalls a call. It depends on the seed, and on how many calls of the operation this caller has made.
func (m *melee) draw(c *fake.Call) (simulation.Fault, bool) {
	key := c.Caller + " " + c.Op
	m.draws[key]++
	n := int(simulation.Dice(m.seed, key, m.draws[key]) % 1000)
	for _, chance := range chances {
		if n -= chance.of; n < 0 {
			return chance.fault, m.befalls(chance.fault, c)
		}
	}
	return 0, false
}

// deadly are the faults that end a caller, or leave a call behind that takes effect when its caller has come to its end.
var deadly = []simulation.Fault{simulation.CrashBefore, simulation.CrashAfter, simulation.StrayCall}

// befalls tells whether a fault can befall a call.
func (m *melee) befalls(f simulation.Fault, c *fake.Call) bool {
	return slices.Contains(simulation.Faults(c.Op), f) && !(m.harmless && slices.Contains(deadly, f))
}
