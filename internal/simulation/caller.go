// Package simulation holds the library to its promise: exactly one resource of an identity, whatever is interrupted and however many try
// at once. Its callers die, lose answers and send late, on the fake and in virtual time.
package simulation

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// Edge is a side of an AWS call.
type Edge uint8

// The edges: before the call takes effect, and after.
const (
	Before Edge = iota
	After
)

// String names the edge.
func (e Edge) String() string { return [...]string{"before", "after"}[e&1] }

// Event is what befalls a caller at one edge of a call; the zero Event is nothing.
type Event struct {
	Sleep time.Duration // the request, or its answer, is late; a caller that leaves meanwhile takes a late request with it
	Die   bool          // the process ends: no call of this caller comes after
	Err   error         // the call is refused, or its answer lost
}

// Caller is one process that uses the library. It remembers nothing.
type Caller struct {
	// Decide says what happens at an edge of its nth call, counted from 1; nil: nothing ever.
	Decide func(n int, edge Edge, c *fake.Call) Event

	mu    sync.Mutex
	calls int
	die   context.CancelCauseFunc
}

// ErrDied is the cause of a dead caller's context.
var ErrDied = errors.New("the caller died")

type callerKey struct{}

// Live gives the context of the caller's life.
func (c *Caller) Live(parent context.Context) context.Context {
	ctx, die := context.WithCancelCause(parent)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.die = die
	return context.WithValue(ctx, callerKey{}, c)
}

// Calls is how many calls it has begun.
func (c *Caller) Calls() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls
}

// Die ends the caller's life.
func (c *Caller) Die() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.die != nil {
		c.die(ErrDied)
	}
}

// Watch is told of every call that took effect, before anything befalls its answer.
type Watch func(*fake.Call)

// Play makes a cloud do to its callers what they decide.
func Play(cloud *fake.Cloud, watch Watch) {
	cloud.Before = func(ctx context.Context, call *fake.Call) error { return befall(ctx, Before, call) }
	cloud.After = func(ctx context.Context, call *fake.Call) error {
		if watch != nil {
			watch(call)
		}
		return befall(ctx, After, call)
	}
}

func befall(ctx context.Context, edge Edge, call *fake.Call) error {
	c, ok := ctx.Value(callerKey{}).(*Caller)
	if !ok {
		return nil
	}
	n := c.count(edge)
	if c.Decide == nil {
		return nil
	}
	e := c.Decide(n, edge, call)
	if e.Sleep > 0 {
		t := time.NewTimer(e.Sleep)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if e.Die {
		c.Die()
		return ErrDied
	}
	return e.Err
}

// count numbers the calls; a caller makes one at a time.
func (c *Caller) count(edge Edge) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if edge == Before {
		c.calls++
	}
	return c.calls
}
