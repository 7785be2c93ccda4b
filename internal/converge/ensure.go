package converge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Validate checks the declaration, without a client.
func Validate[S any](k Kind[S]) error {
	id := k.Ident()
	if problems := k.Problems(Whole); len(problems) > 0 {
		return &privatelink.Error{Op: "validate", Kind: id.Kind, Name: id.Name, Scope: id.Scope,
			Sentinel: privatelink.ErrInvalid, Err: &privatelink.InvalidError{Problems: problems}}
	}
	return nil
}

// Find looks the identity up, and no more.
func Find[S any](ctx context.Context, k Kind[S]) (*S, error) {
	r, err := begin(ctx, k, "find", Identity)
	if err != nil {
		return nil, err
	}
	row, found, err := r.find(ctx)
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, r.refuse(privatelink.ErrNotFound, "", nil)
	}
	k.Mark(row.Snap, r.outcome, r.lacks(row.Snap))
	return row.Snap, nil
}

// lacks says what keeps the declaration from holding, "" when it does.
func (r *run[S]) lacks(have *S) string {
	if deltas := r.k.Diff(have); len(deltas) > 0 {
		return "a change of the " + deltas[0].Field
	}
	return r.k.Ready(have)
}

// find gives the one row of the identity that is alive.
func (r *run[S]) find(ctx context.Context) (row Row[S], found bool, err error) {
	if id := r.adopted(); id != "" {
		row, err = r.adopt(ctx, id)
		return row, err == nil, err
	}
	s, err := r.look(ctx, false)
	if err != nil {
		return row, false, err
	}
	return r.settle(ctx, s)
}

// Ensure makes one pass: the row of the identity is found or made, and changed where it differs.
func Ensure[S any](ctx context.Context, k Kind[S]) (*S, error) {
	r, err := begin(ctx, k, "ensure", Whole)
	if err != nil {
		return nil, err
	}
	row, err := r.establish(ctx)
	if err != nil {
		return nil, err
	}
	snap, _, err := r.apply(ctx, row)
	return snap, err
}

// establish finds the row of the identity, or makes it.
func (r *run[S]) establish(ctx context.Context) (Row[S], error) {
	if id := r.adopted(); id != "" {
		return r.adopt(ctx, id)
	}
	defer r.leaveQueue()
	for slow := 0; ; {
		s, err := r.look(ctx, false)
		if err != nil {
			return Row[S]{}, err
		}
		row, found, err := r.settle(ctx, s)
		if found || err != nil {
			r.credit(row)
			return row, err
		}
		if len(s.alive) > 0 { // they are dying now
			if err := poll.Sleep(ctx, max(r.step(), emptyPause)); err != nil {
				return Row[S]{}, r.fail(err)
			}
			continue
		}
		if held := holding(r.deleted, s.dying); len(held) > 0 {
			return Row[S]{}, r.dying(held[0])
		}
		again, err := r.held(ctx, s)
		switch {
		case err != nil:
			return Row[S]{}, r.fail(err)
		case again:
			continue
		case slow < maxLate && !r.prompt(s):
			slow++
			continue
		}
		r.missed = true
		row, again, err = r.create(ctx, s)
		if !again {
			r.credit(row)
			return row, err
		}
	}
}

// held holds back the create that a look justifies, until its hour is old enough and it has its turn. That may have taken so long that it has to look
// again.
func (r *run[S]) held(ctx context.Context, s sight[S]) (again bool, err error) {
	if d := r.guard(s.aws, hour); d > 0 {
		return true, poll.Sleep(ctx, d)
	}
	return r.queue(ctx)
}

// maxLate is how often a look is repeated because its answer came late: what it saw may be over.
const maxLate = 3

// prompt tells whether an answer came soon enough to speak of what is there now. Where lookups are never behind none is late.
func (r *run[S]) prompt(s sight[S]) bool {
	return r.window == 0 || time.Since(s.sent) <= max(r.window, tooLong)
}

// credit gives a row that was made during this call its due, whoever of the twins made it and whether the answer was heard.
func (r *run[S]) credit(row Row[S]) {
	if r.missed && row.ID != "" && (row.Created.IsZero() || !row.Created.Before(r.clock.earliest(r.began).Truncate(time.Second))) {
		r.outcome = privatelink.Created
	}
}

// hourly tells whether the hours matter: not where AWS has a lock of its own, nor where lookups are never behind.
func (r *run[S]) hourly() bool { return !r.id.Locked && r.window > 0 }

// left is how much there is left, at least, of the period of a look: its hour, or a slot of it.
func (r *run[S]) left(looked time.Time, period time.Duration) time.Duration {
	return period - r.id.into(looked, period) - r.clock.latest(time.Now()).Sub(looked)
}

// guard is how long a look has still to wait before one can justify a create: a period's first three windows justify none, nor does its last
// second, in which no create could end.
func (r *run[S]) guard(looked time.Time, period time.Duration) time.Duration {
	switch {
	case !r.hourly():
		return 0
	case r.left(looked, period) < time.Second:
		return period - r.id.into(looked, period) + 3*r.window
	}
	return 3*r.window - r.id.into(looked, period)
}

func (r *run[S]) dying(row Row[S]) error {
	return r.pending(row, errors.New("its predecessor is not gone yet: call again, or let WaitReady wait"))
}

// settle gives the one live row of a look. Several are believed only when reads by ID show them alive for a window.
func (r *run[S]) settle(ctx context.Context, s sight[S]) (row Row[S], found bool, err error) {
	alive := s.alive
	for began := time.Now(); len(alive) > 1; {
		sent := time.Now()
		if alive, err = r.stillAlive(ctx, alive); err != nil {
			return row, false, err
		}
		if len(alive) > 1 && sent.Sub(began) >= r.window {
			return row, false, r.refuse(privatelink.ErrConflict, "", fmt.Errorf("%d resources bear this identity: %s; Delete removes all of them", len(alive), ids(alive)))
		}
		if len(alive) > 1 {
			if err := poll.Sleep(ctx, r.step()); err != nil {
				return row, false, r.fail(err)
			}
		}
	}
	if len(alive) == 0 {
		return row, false, nil
	}
	return alive[0], true, nil
}

func (r *run[S]) stillAlive(ctx context.Context, rows []Row[S]) ([]Row[S], error) {
	var list []string
	for _, row := range rows {
		list = append(list, row.ID)
	}
	sent := time.Now()
	now, err := r.k.Read(ctx, list...)
	if err != nil {
		return nil, r.fail(err)
	}
	r.note(now, sent)
	var alive []Row[S]
	for _, row := range now.Rows {
		if row.State.Alive() {
			alive = append(alive, row)
		}
	}
	return alive, nil
}
