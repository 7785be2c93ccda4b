package dnszone

import (
	"context"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// limiter lets so many requests pass in any span of time, first come, first served: what was unused before gives nobody a rush later.
type limiter struct {
	turn chan struct{} // held by the one who is next
	per  time.Duration
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

// wait waits for the caller's turn. One who leaves takes nothing of it away.
func (l *limiter) wait(ctx context.Context) error {
	if l == nil {
		return ctx.Err()
	}
	defer poll.Pause(ctx)() // the time of a wait stands still
	select {
	case l.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.turn }()
	if err := poll.Sleep(ctx, time.Until(l.sent[l.next].Add(l.per))); err != nil {
		return err
	}
	l.sent[l.next] = time.Now()
	l.next = (l.next + 1) % len(l.sent)
	return nil
}
