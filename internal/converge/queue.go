package converge

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/limit"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Queue is an API whose requests wait for their turn. A create waits before its time begins to run, which is short, and before the look that
// justifies it, which must not be old.
type Queue interface {
	// Turn waits for a turn to create, and gives a context that the next create takes it with.
	Turn(ctx context.Context) (context.Context, error)
}

// tooLong is a wait for the turn after which the look before it is too old to justify a create. For the answer to the look itself it is the window,
// where that is longer.
const tooLong = 2 * time.Second

// mostQueued bounds how often a throttled create asks for another turn.
const mostQueued = 20

// queue waits for the turn of a create, where the API has a queue and there is none in hand.
func (r *run[S]) queue(ctx context.Context) (looksOld bool, err error) {
	q, ok := r.k.API().(Queue)
	if !ok || r.turn != nil {
		return false, nil
	}
	began := time.Now()
	if r.turn, err = q.Turn(ctx); err != nil {
		r.turn = nil
	}
	return time.Since(began) > tooLong, err
}

// onTurn gives the context of a create, with the turn in hand.
func (r *run[S]) onTurn(ctx context.Context) context.Context {
	if r.turn != nil {
		ctx, r.turn = r.turn, nil
	}
	return ctx
}

// queueAgain tells whether a refused create waits for another turn: AWS had none to give.
func (r *run[S]) queueAgain(refusal error) bool {
	_, ok := r.k.API().(Queue)
	if !ok || !errors.Is(r.k.Refusal(refusal).Sentinel, privatelink.ErrThrottled) {
		return false
	}
	r.queued++
	return r.queued < mostQueued
}

// dropper is a queue with turns of its own kind.
type dropper interface{ Drop(turn context.Context) }

// leaveQueue gives back a turn that was not used.
func (r *run[S]) leaveQueue() {
	if r.turn == nil {
		return
	}
	if d, ok := r.k.API().(dropper); ok {
		d.Drop(r.turn)
	} else {
		limit.Drop(r.turn)
	}
	r.turn = nil
}
