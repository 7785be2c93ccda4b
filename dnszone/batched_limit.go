package dnszone

import (
	"context"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// limiter lets so many requests pass in any span of time, first come, first served: what was unused before gives nobody a rush later.
type limiter struct {
	turn chan struct{} // held by the one who is next
	per  time.Duration

	mu   sync.Mutex
	sent []time.Time // the latest, as a ring
	next int         // the oldest of them
}

// newLimiter gives nil, which lets everything pass, for no requests or no time.
func newLimiter(requests int, per time.Duration) *limiter {
	if requests <= 0 || per <= 0 {
		return nil
	}
	return &limiter{turn: make(chan struct{}, 1), per: per, sent: make([]time.Time, requests)}
}

// wait waits for the caller's turn, while the time of his wait stands still. One who leaves takes nothing of it away. Where the waits at work
// are bounded he stays one of them: so he sends his request when his turn comes, and not when he is let in again.
func (l *limiter) wait(ctx context.Context) error {
	if l == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	defer poll.Stop(ctx)()
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.turn }()
	for wait := l.pass(false); wait > 0; wait = l.pass(false) {
		if err := stay(ctx, wait); err != nil {
			return err
		}
	}
	return nil
}

// pass notes that a request is sent now, or says how long it is until one may be.
func (l *limiter) pass(anyway bool) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if wait = time.Until(l.sent[l.next].Add(l.per)); wait > 0 && !anyway {
		return wait
	}
	l.sent[l.next] = time.Now()
	l.next = (l.next + 1) % len(l.sent)
	return 0
}

// late notes that a request is sent now whose turn was some time ago, so that others wait the longer for it.
func (l *limiter) late(had time.Time) {
	if l != nil && time.Since(had) >= l.per/time.Duration(len(l.sent)) {
		l.pass(true)
	}
}

// stay is poll.Sleep, but for the place at the gate, which it keeps.
func stay(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
