package endpoint

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// WaitState waits until an endpoint is in a state, and gives it as it then was. It never changes anything. A state from which the one asked for
// cannot come ends it: a failed one with ErrRejected or ErrFailed (which may yet be Deleting or Deleted, when somebody deletes the endpoint),
// Deleting, Deleted or an absent endpoint with ErrNotFound. Being absent is what waiting for Deleted ends with.
func WaitState(ctx context.Context, api API, id string, want State, opts ...privatelink.WaitOption) (*Endpoint, error) {
	w := &stateWait{api: api, id: id, want: want}
	if err := w.check(); err != nil {
		return nil, err
	}
	status, err := poll.Until(ctx, privatelink.Progress{Kind: noun, ID: id}, privatelink.NewWaitSettings(opts...), w.pace(), w.look)
	var own *privatelink.Error
	switch {
	case err == nil:
		return w.last, nil
	case errors.As(err, &own):
		return nil, err
	}
	return nil, w.fail(status.State, awserr.Of(err).Sentinel, err)
}

type stateWait struct {
	api   API
	id    string
	want  State
	looks int
	last  *Endpoint
	gone  time.Time // since when reads have not shown it
}

func (w *stateWait) op() string { return "wait for state " + string(w.want) + " of" }

func (w *stateWait) pace() poll.Pace {
	p := paceOf(w.api)
	p.Of = w.op() + " " + noun
	return p
}

func (w *stateWait) check() error {
	var p declare.Problems
	p.API(w.api)
	p.ID("the endpoint", "vpce", w.id)
	if w.want == "" {
		p.Add("the state to wait for is empty: name one, such as privatelink.Available")
	}
	return p.Error("wait for a state of", noun, w.id)
}

func (w *stateWait) fail(state State, sentinel, cause error) error {
	return &privatelink.Error{Op: w.op(), Kind: noun, ID: w.id, State: string(state), Sentinel: sentinel, Err: cause}
}

func (w *stateWait) look(ctx context.Context) (poll.Status, error) {
	w.looks++
	e, window, err := get(ctx, w.api, w.id)
	status := poll.Status{ID: w.id, Waiting: "state " + string(w.want), Prompt: window == 0 && w.looks == 1}
	switch {
	case err != nil && awserr.Of(err).Means == awserr.Transient:
		status.Last = err
		return status, nil
	case err != nil:
		return status, err
	case e == nil:
		return w.absent(status, window)
	}
	w.last, w.gone, status.State = e, time.Time{}, e.State
	status.Done = e.State.Is(w.want)
	failure := e.State.Failure()
	switch {
	case status.Done:
	case failure != nil && w.want.Alive():
		return status, w.fail(e.State, failure, row(e).Err)
	case !e.State.Alive() && !w.want.Is(privatelink.Deleted):
		return status, w.fail(e.State, privatelink.ErrNotFound, nil)
	}
	return status, nil
}

// absent judges an answer without the endpoint: soon after the wait began it may be lag.
func (w *stateWait) absent(status poll.Status, window time.Duration) (poll.Status, error) {
	if window == converge.Untold {
		window = lag.Of(w.api)
	}
	switch {
	case w.want.Is(privatelink.Deleted):
		if w.last == nil {
			w.last = &Endpoint{ID: w.id}
		}
		w.last.State, status.State, status.Done = privatelink.Deleted, privatelink.Deleted, true
		return status, nil
	case w.gone.IsZero():
		w.gone = time.Now()
	}
	if time.Since(w.gone) < window {
		return status, nil
	}
	return status, w.fail("", privatelink.ErrNotFound, nil)
}
