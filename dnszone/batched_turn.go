package dnszone

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// A create is given a short time, in which the limiter alone could hold it up. What may be done about that depends on its lock.

type callerKey struct{}

// Turn lets the create of a private zone remember what it was asked under, before its time begins. Its VPC is the lock, so that a late one does no
// harm: its time counts from its turn.
func (b *batched) Turn(ctx context.Context) (context.Context, error) {
	return context.WithValue(ctx, callerKey{}, ctx), ctx.Err()
}

// tokens is the queue for the creates of public zones, whose lock is a token that is good for the time of a look only: they wait for their turn
// before that look, and go out at once with the turn in hand, one at a time. So there may be one request more than the limiter lets through.
type tokens struct{ *batched }

var (
	_ converge.Queue = (*batched)(nil)
	_ converge.Queue = tokens{}
)

// tokenQueue is an API as the creates of public zones see it.
func tokenQueue(api API) any {
	if b, ok := api.(*batched); ok {
		return tokens{b}
	}
	return api
}

type turnKey struct{}

// turn is one in hand: it ends with the create, or when it is dropped.
type turn struct {
	had  time.Time
	used atomic.Bool
	end  func()
}

// token is held by who has a turn in hand. Who waits for it makes room at the gate for its holder.
type token chan struct{}

func (t token) wait(ctx context.Context) error {
	defer poll.Pause(ctx)()
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t token) leave() { <-t }

// Turn waits for a turn: see converge.Queue.
func (t tokens) Turn(ctx context.Context) (context.Context, error) {
	if err := t.token.wait(ctx); err != nil {
		return ctx, err
	}
	if err := t.limit.wait(ctx); err != nil {
		t.token.leave()
		return ctx, err
	}
	return context.WithValue(ctx, turnKey{}, &turn{had: time.Now(), end: sync.OnceFunc(t.token.leave)}), nil
}

// Drop gives a turn back that was not used.
func (t tokens) Drop(ctx context.Context) {
	if turn, ok := ctx.Value(turnKey{}).(*turn); ok {
		turn.end()
	}
}

// turnOf waits for the turn of a create, where it has none in hand, and gives the context to send it under.
func (b *batched) turnOf(ctx context.Context, in *route53.CreateHostedZoneInput) (send context.Context, done func(), err error) {
	if turn, ok := ctx.Value(turnKey{}).(*turn); ok && turn.used.CompareAndSwap(false, true) {
		b.limit.late(turn.had)
		return ctx, turn.end, nil
	}
	caller, late := ctx.Value(callerKey{}).(context.Context)
	end, bounded := ctx.Deadline()
	if !late || !bounded || in == nil || in.VPC == nil {
		return ctx, func() {}, b.limit.wait(ctx)
	}
	given := time.Until(end)
	if err := b.limit.wait(caller); err != nil {
		return ctx, nil, err
	}
	send, done = context.WithTimeout(caller, given)
	return send, done, nil
}
