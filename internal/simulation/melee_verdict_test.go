package simulation_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// fail notes a broken invariant; the world is played on, so that nobody hangs.
func (m *melee) fail(broken error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failed = append(m.failed, broken.Error())
}

// against tells whether one deed undoes another.
func (d *deed) against(o *deed) bool {
	return o.verb.up() != d.verb.up() || o.verb.up() && o.variant != d.variant
}

// explained tells whether the error of a deed is one that a fault, or another writer, explains.
func (m *melee) explained(d *deed) bool {
	for _, never := range []error{privatelink.ErrInvalid, privatelink.ErrConflict, privatelink.ErrImmutable, privatelink.ErrFailed, privatelink.ErrDenied,
		privatelink.ErrQuota} {
		if errors.Is(d.err, never) {
			return false
		}
	}
	return d.verb.excusable(d.err) || !m.unopposed(d)
}

// undone is how often writers who are against such a deed have written: each time it may have to begin anew.
func (m *melee) undone(d *deed) (n int) {
	for caller, writes := range m.writes {
		if w := m.writers[caller]; d.against(&w) {
			n += writes
		}
	}
	return n
}

// few calls are within the bound of any verb, since each makes two at least where it has something to do.
const fewCalls = 6*2 + 10

// bounded wants no deed to have made more calls than its verb may: six times what it needs without faults, and ten, each time that it began.
func (m *melee) bounded() {
	if !slices.ContainsFunc(m.deeds, func(d *deed) bool { return d.calls > fewCalls }) {
		return
	}
	usual := m.rehearse()
	for _, d := range m.deeds {
		if most := (6*usual[d.verb] + 10) * (1 + d.undone); d.calls > most {
			m.fail(simulation.Bounded.Broken("%s made %d calls, at most %d are allowed", d.verb, d.calls, most))
		}
	}
}

// rehearse plays every verb without faults, on each start that there is in a melee, and gives the most calls that each makes.
func (m *melee) rehearse() map[verb]int {
	time.Sleep(time.Hour)
	calls, usual := 0, map[verb]int{}
	m.cloud.Before = counting(&calls)
	for _, job := range []struct {
		verb    verb
		variant int
	}{{ready, 0}, {ready, 1}, {remove, 1}, {ready, 0}, {ensure, 1}, {remove, 0}, {ensure, 0}, {ready, 0}, {gone, 0}, {ensure, 1}, {gone, 0}} {
		before := calls
		err := m.actor.do(m.t.Context(), job.verb, job.variant)
		if err != nil && !errors.Is(err, privatelink.ErrPending) {
			m.fail(simulation.Explained.Broken("%s without faults: %v", job.verb, err))
		}
		usual[job.verb] = max(usual[job.verb], calls-before)
		time.Sleep(m.window) // until lookups show it
	}
	return usual
}

// unopposed tells a deed that no opposite verb, and no writer of another declaration, overlapped or came a window before.
func (m *melee) unopposed(d *deed) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !slices.ContainsFunc(m.deeds, func(o *deed) bool {
		return d.against(o) && (o.end.IsZero() || o.end.Add(m.window).After(d.began))
	})
}

// opposedToTheEnd tells whether somebody was against a deed in the second half of its time: the wait may then run out.
func (m *melee) opposedToTheEnd(d *deed) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	half := d.began.Add(d.end.Sub(d.began) / 2)
	return slices.ContainsFunc(m.deeds, func(o *deed) bool { return d.against(o) && (o.end.IsZero() || o.end.After(half)) })
}

// truth is the stage as it is now, in a cloud of its own that hides nothing.
func (m *melee) truth() *stage {
	out := m.in(&fake.Cloud{Switches: m.cloud.Switches, Delay: m.cloud.Delay, Timing: m.cloud.Timing}, m.cloud.Snapshot())
	out.cloud.Heal()
	out.cloud.After = nil
	return out
}

// holds looks at the truth when a promise was made.
func (m *melee) holds(d *deed) {
	truth := m.truth()
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
	if lost := lostBeside(m.before, truth.cloud.Dump()); len(lost) > 0 {
		m.fail(simulation.Untouched.Broken("lost: %s", strings.Join(lost, "\n")))
	}
	plan, err := m.subject.actor(truth).plan(context.Background(), d.variant)
	if err != nil || !m.lacksNothing(d, plan) {
		m.fail(simulation.Holds.Broken("after a completed WaitReady: %s %v", plan, err))
	}
}

// lacksNothing tells whether the declared state holds. The authorisation of a twin who is still at work is his to take back.
func (m *melee) lacksNothing(d *deed, plan privatelink.Plan) bool {
	twins := func(c privatelink.Change) bool {
		return strings.HasPrefix(c.Field, "authorization of") && m.accompanied(d)
	}
	return plan.Empty() || plan.Action == privatelink.Update && !slices.ContainsFunc(plan.Changes, func(c privatelink.Change) bool { return !twins(c) })
}

// accompanied tells whether somebody is at the same work as a deed, or died at it while that went on.
func (m *melee) accompanied(d *deed) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.ContainsFunc(m.deeds, func(o *deed) bool { return o.verb.up() && (o.end.IsZero() || o.err != nil && o.end.After(d.began)) })
}

// settle takes everything away, undisturbed, and looks at the truth.
func (m *melee) settle() {
	m.cloud.Heal()
	m.cloud.Before = nil
	if err := m.actor.do(m.t.Context(), gone, 0); err != nil {
		m.fail(simulation.Explained.Broken("the last WaitGone: %v", err))
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

// quarrel lets two writers declare different things at once, under faults of which nobody dies: in the end there is what one of them declared.
func (m *melee) quarrel() {
	time.Sleep(simulation.Stray)
	m.mu.Lock()
	m.harmless = true
	m.mu.Unlock()
	var both sync.WaitGroup
	for variant := range 2 {
		r := rand.New(rand.NewPCG(m.seed, uint64(11+variant)))
		late := time.Duration(r.Int64N(int64(2 * m.window)))
		name := fmt.Sprintf("quarrel-%d", variant)
		m.writer(name, ready, variant)
		both.Go(func() {
			time.Sleep(late)
			if err := m.live(r, name, ready, variant); err != nil {
				m.fail(simulation.Explained.Broken("WaitReady against another: %v", err))
			}
		})
	}
	both.Wait()
	m.count.agreed++
	truth := m.truth()
	one, err := m.subject.actor(truth).plan(context.Background(), 0)
	two, also := m.subject.actor(truth).plan(context.Background(), 1)
	if err := errors.Join(err, also); err != nil || !agreed(one, two) {
		m.fail(simulation.Agreed.Broken("neither of two declarations holds: %s; %s %v", one, two, err))
	}
}

// agreed tells whether each resource, a split horizon has two, is as one of two plans wants it to be.
func agreed(one, two privatelink.Plan) bool {
	for _, half := range []string{"private zone: ", "public zone: "} {
		of := func(p privatelink.Plan) bool {
			return slices.ContainsFunc(p.Changes, func(c privatelink.Change) bool { return strings.HasPrefix(c.Field, half) })
		}
		if of(one) && of(two) {
			return false
		}
	}
	whole := func(p privatelink.Plan) bool {
		return !slices.ContainsFunc(p.Changes, func(c privatelink.Change) bool { return !strings.Contains(c.Field, " zone: ") })
	}
	return whole(one) || whole(two)
}
