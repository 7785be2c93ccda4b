package main

import (
	"context"
	"time"
)

// queue knows what is to be done when. Its clock stands still while there is nothing to wait for.
type queue struct {
	now   time.Duration
	pause func(context.Context, time.Duration) error
	due   map[string]task
}

// task does something and says in how long it is to be done again.
type task struct {
	at time.Duration
	do func(context.Context) time.Duration
}

// add puts a task into the queue, in place of the one of this name.
func (q *queue) add(name string, after time.Duration, do func(context.Context) time.Duration) {
	q.due[name] = task{q.now + after, do}
}

// run works until nothing is left to do, or the context ends.
func (q *queue) run(ctx context.Context) error {
	for len(q.due) > 0 {
		name := q.next()
		t := q.due[name]
		delete(q.due, name)
		if wait := t.at - q.now; wait > 0 {
			if err := q.pause(ctx, wait); err != nil {
				return err
			}
			q.now = t.at
		}
		again := t.do(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, newer := q.due[name]; again != never && !newer {
			q.add(name, again, t.do)
		}
	}
	return nil
}

// next is what is due first; of several, the first by name.
func (q *queue) next() string {
	first := ""
	for name, t := range q.due {
		if f := q.due[first]; first == "" || t.at < f.at || t.at == f.at && name < first {
			first = name
		}
	}
	return first
}

// sleep is the pause of a real clock.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
