package poll

import (
	"context"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type stayKey struct{}

// stay is what a wait carries in its context: its time, and its place at a gate.
type stay struct {
	outer *stay
	clock *clock // nil where the wait has no timeout of its own

	mu      sync.Mutex
	gate    privatelink.Gate // nil where nobody bounds the waits
	resting int
	inside  bool
}

// enter begins a wait: once the gate has let it in, its time runs. leave ends it.
func enter(ctx context.Context, s privatelink.WaitSettings) (inner context.Context, leave func(), err error) {
	outer, _ := ctx.Value(stayKey{}).(*stay)
	own := &stay{outer: outer, gate: s.Gate}
	for o := outer; o != nil; o = o.outer {
		if o.gate == s.Gate {
			own.gate = nil // it is inside already
		}
	}
	own.inside = own.gate != nil
	if own.gate != nil {
		if err := own.gate.Enter(ctx); err != nil {
			return ctx, func() {}, err
		}
	}
	cancel := func() {}
	if s.Timeout > 0 {
		own.clock = newClock(ctx, s.Timeout)
		ctx, cancel = own.clock, own.clock.end
	}
	return context.WithValue(ctx, stayKey{}, own), func() { own.rest(); cancel() }, nil
}

// Rest lets others in at the gate, where there is one, until resume is called: while whoever waits makes no calls of its own. resume may
// have to wait.
func Rest(ctx context.Context) (resume func()) {
	own, _ := ctx.Value(stayKey{}).(*stay)
	for s := own; s != nil; s = s.outer {
		s.rest()
	}
	return func() {
		for s := own; s != nil; s = s.outer {
			s.back(ctx)
		}
	}
}

// Pause is Rest while the time of the wait stands still as well: for what is held up on this side, and not by AWS.
func Pause(ctx context.Context) (resume func()) {
	run := Stop(ctx)
	back := Rest(ctx)
	return func() {
		back()
		run()
	}
}

// Stop lets the time of the wait stand still until run is called; the wait keeps its place at the gate.
func Stop(ctx context.Context) (run func()) {
	own, _ := ctx.Value(stayKey{}).(*stay)
	each := func(f func(*clock)) {
		for s := own; s != nil; s = s.outer {
			if s.clock != nil {
				f(s.clock)
			}
		}
	}
	each((*clock).stop)
	return func() { each((*clock).run) }
}

func (s *stay) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.resting++; s.inside {
		s.gate.Leave()
		s.inside = false
	}
}

func (s *stay) back(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.resting--; s.resting == 0 && s.gate != nil {
		s.inside = s.gate.Enter(ctx) == nil
	}
}

// clock is a context whose time may be stopped. It tells no deadline, since that can move.
type clock struct {
	context.Context
	cancel context.CancelCauseFunc

	mu      sync.Mutex
	timer   *time.Timer
	left    time.Duration
	since   time.Time // when it was left
	stopped int
}

func newClock(ctx context.Context, d time.Duration) *clock {
	c := &clock{left: d, stopped: 1}
	c.Context, c.cancel = context.WithCancelCause(ctx)
	c.run()
	return c
}

func (c *clock) run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped--; c.stopped == 0 {
		c.since = time.Now()
		c.timer = time.AfterFunc(c.left, func() { c.cancel(context.DeadlineExceeded) })
	}
}

func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped++; c.stopped == 1 {
		c.timer.Stop()
		c.left = max(0, c.left-time.Since(c.since))
	}
}

// end ends it for good.
func (c *clock) end() {
	c.stop()
	c.cancel(nil)
}

// Err tells time that has run out from a cancel.
func (c *clock) Err() error {
	err := c.Context.Err()
	if err != nil && context.Cause(c.Context) == context.DeadlineExceeded {
		return context.DeadlineExceeded
	}
	return err
}
