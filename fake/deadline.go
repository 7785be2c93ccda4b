package fake

import (
	"sync"
	"time"
)

// deadline is a moment that may be moved while others wait for it.
type deadline struct {
	mu     sync.Mutex
	timer  *time.Timer
	moves  int
	passed bool
	done   chan struct{}
}

func newDeadline() *deadline { return &deadline{done: make(chan struct{})} }

// wait gives a channel that is closed when the deadline has passed.
func (d *deadline) wait() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.done
}

// set moves the deadline; the zero time takes it away.
func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moves++
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
	if d.passed {
		d.passed, d.done = false, make(chan struct{})
	}
	if t.IsZero() {
		return
	}
	left, move := time.Until(t), d.moves
	if left <= 0 {
		d.pass()
		return
	}
	d.timer = time.AfterFunc(left, func() { d.expire(move) })
}

func (d *deadline) expire(move int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if move == d.moves && !d.passed {
		d.pass()
	}
}

func (d *deadline) pass() {
	d.passed = true
	close(d.done)
}
