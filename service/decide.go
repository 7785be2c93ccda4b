package service

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Verdict is what Decide does with a connection.
type Verdict uint8

// The verdicts. What is left is asked about again.
const (
	Leave Verdict = iota
	AcceptIt
	RejectIt
)

const deciding = "decide about connections of"

// Decide asks f about every connection of the service that waits to be accepted, and accepts or rejects as it says, until the context ends; the
// context's error is then returned. A throttle, a failure of the server or a lost answer is outlasted: what was not answered is asked about
// and sent again. A permanent error ends it: one of f's, a missing permission, a service that is gone, or five in a row that nobody can
// classify. What is accepted is not sent a second time, and what f rejects or leaves is never sent to be accepted. Connections that are
// accepted or rejected already are not asked about. It looks every five seconds. f is called from this goroutine, one connection at a time.
func Decide(ctx context.Context, api API, serviceID string, f func(context.Context, Connection) (Verdict, error)) error {
	var p declare.Problems
	p.API(api)
	p.ID("the service", "vpce-svc", serviceID)
	if f == nil {
		p.Add("the function that decides about connections is nil: give one")
	}
	if err := p.Error(deciding, noun, serviceID); err != nil {
		return err
	}
	d := &decider{api: api, service: serviceID, ask: f, done: map[string]time.Time{}}
	for {
		err := d.pass(ctx)
		if err == nil {
			d.failures = 0
		} else if d.failures++; d.permanent(ctx, err) {
			return fail(deciding, serviceID, err)
		}
		if err := poll.Sleep(ctx, d.pause()); err != nil {
			return err
		}
	}
}

// decider is one Decide.
type decider struct {
	api      API
	service  string
	ask      func(context.Context, Connection) (Verdict, error)
	done     map[string]time.Time // connections whose verdict AWS has taken, and when they were last listed
	window   time.Duration
	failures int // in a row
	idle     int // passes in a row that had nothing to send
}

// undecided narrows the list; AWS writes states in two ways.
var undecided = filter("vpc-endpoint-state", "pendingAcceptance", "PendingAcceptance")

// pass asks about what waits, and sends what comes of it.
func (d *decider) pass(ctx context.Context) error {
	list, window, err := all(ctx, d.api, d.service, undecided)
	if err != nil {
		return err
	}
	d.window = window
	verdicts := map[Verdict][]string{}
	for _, c := range list {
		if _, done := d.done[c.EndpointID]; done {
			d.done[c.EndpointID] = time.Now()
			continue
		}
		if !c.State.Is(privatelink.PendingAcceptance) {
			continue
		}
		v, err := d.ask(ctx, c)
		if err == nil && v > RejectIt {
			err = fmt.Errorf("%d is no verdict: Leave, AcceptIt and RejectIt are", v)
		}
		if err != nil {
			return &opinion{fmt.Errorf("about %s of account %s: %w", c.EndpointID, c.Owner, err)}
		}
		verdicts[v] = append(verdicts[v], c.EndpointID)
	}
	d.forget()
	if d.idle++; len(verdicts[AcceptIt])+len(verdicts[RejectIt]) > 0 {
		d.idle = 0
	}
	if err := d.send(ctx, verdicts[AcceptIt], accept); err != nil {
		return err
	}
	return d.send(ctx, verdicts[RejectIt], reject)
}

// send sends one verdict. What AWS has taken is done with; the rest is asked about again as long as it is listed, also what AWS does not
// know: lists may run ahead of it.
func (d *decider) send(ctx context.Context, ids []string, verdict answering) error {
	if len(ids) == 0 {
		return nil
	}
	items, err := verdict(ctx, d.api, d.service, ids)
	if err != nil {
		return err
	}
	for _, id := range taken(ids, items) {
		d.done[id] = time.Now()
	}
	return unanswered(items)
}

// forget drops what is no longer listed.
func (d *decider) forget() {
	for id, last := range d.done {
		if time.Since(last) > d.window+time.Minute {
			delete(d.done, id)
		}
	}
}

// opinion is an error of the function that decides.
type opinion struct{ error }

func (o *opinion) Unwrap() error { return o.error }

// unknown is how many errors in a row are outlasted that nobody can classify: a connection may have changed since it was listed.
const unknown = 5

// permanent tells the errors that asking again will not mend. One that only says that the context has ended is none.
func (d *decider) permanent(ctx context.Context, err error) bool {
	var own *opinion
	means := awserr.Of(err).Means
	switch {
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return false
	case errors.As(err, &own):
		return true
	case means == awserr.Transient, means == awserr.Busy:
		return false
	}
	return awserr.Of(err).Sentinel != nil || d.failures >= unknown
}

// pause is five seconds, and up to a minute after failures. Where lookups are known not to lag it is short after a pass that sent something.
func (d *decider) pause() time.Duration {
	p := min(max(d.window/2, 100*time.Millisecond)<<min(d.idle, 6), 5*time.Second)
	p = min(p<<min(d.failures, 6), time.Minute)
	return time.Duration(float64(p) * (0.9 + 0.2*rand.Float64()))
}
