package limit

import (
	"context"
	"time"
)

type key struct{}

// With gives a context in which the next call of the turn's action has its turn already.
func With(ctx context.Context, t *Turn) context.Context { return context.WithValue(ctx, key{}, t) }

// Take takes the turn that a context carries for an action, nil where it has none or it is over.
func Take(ctx context.Context, op string) *Turn {
	t, _ := ctx.Value(key{}).(*Turn)
	if t == nil || t.op != op {
		return nil
	}
	t.l.mu.Lock()
	defer t.l.mu.Unlock()
	if t.over || t.taken {
		return nil
	}
	t.taken = true
	t.granted = time.Now() // it is sent now
	return t
}

// Drop drops the turn that a context carries, where it was not taken.
func Drop(ctx context.Context) {
	if t, _ := ctx.Value(key{}).(*Turn); t != nil {
		if unused := Take(ctx, t.op); unused != nil {
			unused.Drop()
		}
	}
}
