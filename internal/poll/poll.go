// Package poll is the one loop that waits for everything.
package poll

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v4"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Status is what one look showed.
type Status struct {
	ID      string
	State   privatelink.State
	Waiting string
	Done    bool
	Prompt  bool  // look again at once: there is reason to think that it has changed by now
	Last    error // why this look failed, where the wait goes on all the same
}

// Until looks until look is done or fails, pausing in between as the settings or the pace say. When the time runs out it gives the last
// status, and the context's error.
func Until(ctx context.Context, about privatelink.Progress, s privatelink.WaitSettings, pace Pace, look func(context.Context) (Status, error)) (Status, error) {
	ctx, leave, err := enter(ctx, s)
	if err != nil {
		return Status{}, err
	}
	defer leave()
	policy := s.Policy
	if policy == nil {
		policy = pace.Policy
	}
	pauses, began, last := policy(), time.Now(), Status{}
	for about.Polls = 1; ; about.Polls++ {
		if err := ctx.Err(); err != nil {
			return last, err
		}
		now, err := look(ctx)
		if ctx.Err() != nil && !now.Done {
			return seen(now, last), ctx.Err()
		}
		last = seen(now, last)
		if err != nil {
			return last, err
		}
		about.ID, about.State, about.Waiting, about.Elapsed = last.ID, last.State, last.Waiting, time.Since(began)
		for _, f := range s.OnPoll {
			f(about)
		}
		if last.Done {
			if l, ok := pauses.(learner); ok && about.Polls > 1 {
				l.learn()
			}
			return last, nil
		}
		if err := pause(ctx, pauses, last.Prompt); err != nil {
			return last, err
		}
	}
}

// seen keeps what an earlier look showed where the present one could not tell.
func seen(now, last Status) Status {
	if now.ID == "" && now.State == "" && now.Waiting == "" {
		now.ID, now.State, now.Waiting = last.ID, last.State, last.Waiting
	}
	return now
}

func pause(ctx context.Context, pauses backoff.BackOff, prompt bool) error {
	if prompt {
		return ctx.Err()
	}
	d := pauses.NextBackOff()
	if d == backoff.Stop {
		return context.DeadlineExceeded
	}
	return Sleep(ctx, d)
}

// Sleep sleeps for d, or until the context ends, and then gives its error. Meanwhile others take its place at the gate.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	defer Rest(ctx)()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
