package dnszone

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// changeLooks lets those who wait for changes to be published look at one at a time, the oldest first: while that is pending the younger ones
// most likely are too, and are not looked at for a moment; once it is published the next follows at once. So a hundred waits cost little
// more than a look for each.
type changeLooks struct {
	read direct

	mu      sync.Mutex
	age     map[string]int // in which order they were first asked for; those that are not known to be published
	asked   int
	waiting []*changeLook
	busy    bool   // a look is under way
	calm    bool   // the last look showed a pending change, a moment ago
	pending string // that change
}

// changeLook is one caller's question.
type changeLook struct {
	id   string
	turn chan struct{}
}

// calmAfter is how long no other change is looked at after one was seen pending.
const calmAfter = 2 * time.Second

// maxAges bounds what is remembered of changes whose callers have left.
const maxAges = 10000

func newChangeLooks(d direct) *changeLooks { return &changeLooks{read: d, age: map[string]int{}} }

// look asks for one change when its turn has come. Where the waits at work are bounded it is not one of them until its end: those inside might
// all be waiting for its look.
func (c *changeLooks) look(ctx context.Context, id string) (types.ChangeStatus, asOf, error) {
	defer poll.Rest(ctx)()
	l := c.join(id)
	select {
	case <-l.turn:
	case <-ctx.Done():
		if c.leave(l) {
			return types.ChangeStatusPending, untold, ctx.Err()
		}
	}
	defer time.AfterFunc(patience, c.moveOn).Stop()
	status, at, err := c.read.change(ctx, id)
	c.seen(id, err == nil && status != types.ChangeStatusInsync, err == nil)
	return status, at, err
}

func (c *changeLooks) join(id string) *changeLook {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.age[id]; !known {
		if len(c.age) >= maxAges {
			clear(c.age)
		}
		c.asked++
		c.age[id] = c.asked
	}
	l := &changeLook{id, make(chan struct{})}
	c.waiting = append(c.waiting, l)
	c.next()
	return l
}

// leave takes a question back; false: its turn has come already.
func (c *changeLooks) leave(l *changeLook) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, other := range c.waiting {
		if other == l {
			c.waiting = append(c.waiting[:i], c.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// seen notes what a look showed, and lets the next follow.
func (c *changeLooks) seen(id string, pending, told bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy, c.calm, c.pending = false, pending, id
	switch {
	case pending:
		time.AfterFunc(calmAfter, func() { c.stir(id) })
	case told:
		delete(c.age, id)
	}
	c.next()
}

// stir ends the calm after a change was seen pending, unless another was seen since.
func (c *changeLooks) stir(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending == id {
		c.calm = false
	}
	c.next()
}

// moveOn keeps a look that gets no answer from holding up the others.
func (c *changeLooks) moveOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = false
	c.next()
}

// next lets the oldest change be looked at; in the calm only the one that was seen pending, whose caller has paused by himself.
func (c *changeLooks) next() {
	first := -1
	for i, l := range c.waiting {
		if (!c.calm || l.id == c.pending) && (first < 0 || c.age[l.id] < c.age[c.waiting[first].id]) {
			first = i
		}
	}
	if c.busy || first < 0 {
		return
	}
	c.busy = true
	close(c.waiting[first].turn)
	c.waiting = append(c.waiting[:first], c.waiting[first+1:]...)
}
