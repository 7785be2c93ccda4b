// Package limit lets AWS calls through as fast as AWS takes them: it learns the limit of each action from the calls that AWS throttles.
//
// EC2 has a token bucket for each account, Region and action, whose size it does not tell.
// Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
package limit

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Limiter gives turns to calls. The zero value is ready; do not copy it.
type Limiter struct {
	// Most is how many calls of one action are in flight at once; 0: as many as AWS takes.
	Most int
	// Idle is called with the context of a call that has to wait, and what it gives when the wait is over; nil: nothing is.
	Idle func(context.Context) (resume func())

	mu      sync.Mutex
	actions map[string]*action
}

// action is one operation of AWS, with the calls that wait for their turn, first come, first served.
type action struct {
	*learner
	inFlight int
	waiting  []*waiter
	timer    *time.Timer
	usual    time.Duration // the shortest time that a call took
	timed    bool
}

type waiter struct{ granted chan struct{} }

// Turn is the permission for one call. Either Done or Drop ends it.
type Turn struct {
	l       *Limiter
	a       *action
	op      string
	granted time.Time
	Waited  time.Duration // for it
	taken   bool          // from a context
	over    bool
}

// Turn waits until a call of an action may be sent.
func (l *Limiter) Turn(ctx context.Context, op string) (*Turn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	began := time.Now()
	l.mu.Lock()
	a := l.action(op)
	w := &waiter{granted: make(chan struct{})}
	a.waiting = append(a.waiting, w)
	l.pump(a)
	l.mu.Unlock()
	select {
	case <-w.granted:
		return l.granted(a, op, began), nil
	default:
	}
	resume := func() {}
	if l.Idle != nil {
		resume = l.Idle(ctx)
	}
	err := l.wait(ctx, a, w)
	resume()
	if err != nil {
		return nil, err
	}
	return l.granted(a, op, began), nil
}

// wait waits for the turn, or leaves the queue when the context ends.
func (l *Limiter) wait(ctx context.Context, a *action, w *waiter) error {
	select {
	case <-w.granted:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-w.granted: // and nobody there to use it
		l.end(a, a.giveBack)
	default:
		a.waiting = slices.DeleteFunc(a.waiting, func(other *waiter) bool { return other == w })
	}
	return ctx.Err()
}

func (l *Limiter) granted(a *action, op string, began time.Time) *Turn {
	now := time.Now()
	return &Turn{l: l, a: a, op: op, granted: now, Waited: now.Sub(began)}
}

// Know tells what the bucket of an action is, before its first turn. The limiter goes on learning from there.
func (l *Limiter) Know(op string, perSecond float64, burst int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.action(op).learner = knowing(perSecond, burst)
}

func (l *Limiter) action(op string) *action {
	a := l.actions[op]
	if a == nil {
		if l.actions == nil {
			l.actions = map[string]*action{}
		}
		a = &action{learner: newLearner()}
		l.actions[op] = a
	}
	return a
}

// pump lets through what may go now.
func (l *Limiter) pump(a *action) {
	for len(a.waiting) > 0 {
		if l.Most > 0 && a.inFlight >= l.Most {
			return
		}
		ok, wait := a.take(time.Now(), a.inFlight)
		if !ok {
			if wait > 0 {
				l.alarm(a, wait)
			}
			return
		}
		a.inFlight++
		close(a.waiting[0].granted)
		a.waiting[0] = nil
		a.waiting = a.waiting[1:]
	}
}

// alarm pumps again when the next token has flowed in.
func (l *Limiter) alarm(a *action, d time.Duration) {
	if a.timer != nil {
		a.timer.Stop()
	}
	a.timer = time.AfterFunc(d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.pump(a)
	})
}

// end takes a call out of those in flight, notes what came of it, and lets others through.
func (l *Limiter) end(a *action, note func()) {
	a.inFlight--
	note()
	l.pump(a)
}

// Answer is what came of a call.
type Answer uint8

// The answers.
const (
	Other     Answer = iota // an answer that says nothing of limits
	Taken                   // AWS took it
	Clear                   // AWS took it, and throttled no try of it, as the client says
	Strained                // AWS took it after throttling it: the client tried again by itself
	Throttled               // AWS refused it for its limits
	Cut                     // its context ended first: where that took long the client was trying again
)

// Done says what came of the call, which ends its turn.
func (t *Turn) Done(answer Answer) {
	t.l.mu.Lock()
	defer t.l.mu.Unlock()
	if t.over {
		return
	}
	t.over = true
	now := time.Now()
	t.l.end(t.a, func() { t.a.note(now, t.granted, answer) })
}

// Drop ends the turn of a call that is not made.
func (t *Turn) Drop() {
	t.l.mu.Lock()
	defer t.l.mu.Unlock()
	if !t.over {
		t.over = true
		t.l.end(t.a, t.a.giveBack)
	}
}

func (a *action) note(now, sent time.Time, answer Answer) {
	pressed := len(a.waiting) > 0
	switch answer {
	case Taken, Clear, Strained:
		took := now.Sub(sent)
		strained := answer == Strained || answer == Taken && a.learned && a.slow(took)
		a.success(now, pressed && !strained)
		if strained {
			a.throttle(now, sent)
		}
		if !a.timed || took < a.usual {
			a.usual, a.timed = took, true
		}
	case Throttled:
		a.throttle(now, sent)
	case Cut:
		if a.slow(now.Sub(sent)) {
			a.throttle(now, sent)
		}
	}
}

// slow tells whether a call took so long that the client must have tried more than once, where it does not say so: SDKs pause up to a second
// before the second try.
func (a *action) slow(took time.Duration) bool {
	return a.timed && took > 3*a.usual+50*time.Millisecond
}
