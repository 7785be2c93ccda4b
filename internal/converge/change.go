package converge

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// apply brings a living row to the declaration as far as that can be done now, and says for what it then waits.
func (r *run[S]) apply(ctx context.Context, row Row[S]) (snap *S, waiting string, err error) {
	if err := r.failed(row); err != nil {
		r.k.Mark(row.Snap, r.outcome, "")
		return row.Snap, "", err
	}
	now, later, err := r.compare(row)
	if err != nil {
		return nil, "", err
	}
	snap = row.Snap
	switch {
	case r.justSent(now):
		r.k.Mark(snap, r.outcome, catchingUp)
		return snap, catchingUp, nil
	case len(now) > 0 && r.yields(now):
		r.k.Mark(snap, r.outcome, anotherWriter)
		return snap, anotherWriter, nil
	case len(now) > 0:
		snap, err = r.change(ctx, row, now)
		r.sent, r.sentAt = nil, time.Now()
		if err != nil { // it may have had its effect all the same, or a part of it
			return snap, "", err
		}
		r.sent, r.changes = now, r.changes+1
		if r.adopted() != "" && row.Name == "" {
			if err := r.readBack(ctx, row.ID); err != nil {
				return nil, "", err
			}
		}
	}
	if waiting = r.k.Ready(snap); waiting == "" && len(later) > 0 {
		waiting = later[0].Later
	}
	r.k.Mark(snap, r.outcome, waiting)
	return snap, waiting, nil
}

const catchingUp = "lookups to catch up"

// justSent tells whether these are differences that were mended less than a window ago: the read was behind.
func (r *run[S]) justSent(now []Delta) bool {
	unsent := func(d Delta) bool { return !slices.Contains(r.sent, d) }
	return len(now) > 0 && !slices.ContainsFunc(now, unsent) && time.Since(r.sentAt) < r.window
}

const anotherWriter = "a writer of another declaration to end"

// peaceful is how many changes a wait makes one after the other. Whoever has to make more quarrels with a writer of another declaration: it
// lets that one be for longer and longer, so that one of them comes to its end.
const peaceful = 3

const longestYield = 2 * time.Minute

// yields tells whether it is too early for one more change. How long that is depends on what is declared: both yield, but not alike.
func (r *run[S]) yields(now []Delta) bool {
	if r.changes < peaceful {
		return false
	}
	h := fnv.New64a()
	fmt.Fprint(h, r.changes)
	for _, d := range now {
		fmt.Fprint(h, d.Field, d.To)
	}
	most := min(max(r.window, time.Second)<<min(r.changes-peaceful+2, 8), longestYield)
	return time.Since(r.sentAt) < most*time.Duration(h.Sum64()%1000)/1000
}

// failed is the error of a row that will not become ready by itself. It holds its identity all the same: Delete removes it.
func (r *run[S]) failed(row Row[S]) error {
	sentinel := row.State.Failure()
	if sentinel == nil {
		return nil
	}
	why := "it will not become ready by itself: Delete removes it"
	if sentinel == privatelink.ErrRejected {
		why = "the provider has rejected it, and may still accept it; Delete removes it"
	}
	cause := errors.New(why)
	if row.Err != nil {
		cause = fmt.Errorf("%w: %s", row.Err, why)
	}
	e := r.refuse(sentinel, row.ID, cause)
	e.State = string(row.State)
	return e
}

// compare splits the differences into those that can be applied now and those for later.
func (r *run[S]) compare(row Row[S]) (now, later []Delta, err error) {
	var fixed []error
	for _, d := range r.k.Diff(row.Snap) {
		switch {
		case d.Replace:
			fixed = append(fixed, fmt.Errorf("%s is %s and declared as %s: AWS cannot change it in place, Delete and Ensure replace the resource", d.Field, d.From, d.To))
		case d.Later != "":
			later = append(later, d)
		default:
			now = append(now, d)
		}
	}
	if len(fixed) > 0 {
		return nil, nil, r.refuse(privatelink.ErrImmutable, row.ID, awserr.All(fixed))
	}
	return now, later, nil
}

// attempts bounds how often a change is sent again because reads showed another difference than before.
const attempts = 5

// change applies the differences. A refusal is judged by reads: the rows may have been stale, or somebody else may have come between. One by a
// rule of uniqueness may speak of what a twin has just made, or unmade.
func (r *run[S]) change(ctx context.Context, row Row[S], deltas []Delta) (*S, error) {
	barred := 0
	for try := 1; ; try++ {
		snap, err := r.k.Change(ctx, row.Snap)
		if err == nil {
			r.outcome = r.outcome.Strongest(privatelink.Updated)
			return snap, nil
		}
		refusal := r.k.Refusal(err)
		switch {
		case refusal.Means == awserr.Busy:
			r.k.Mark(row.Snap, r.outcome, "the change in progress")
			return row.Snap, r.atWork(row, "AWS", err)
		case r.final(ctx, refusal):
			return nil, r.failID(row.ID, err)
		case try == attempts:
			return r.overtaken(row, err)
		}
		again, left, judged := r.judge(ctx, row.ID, deltas, err)
		switch {
		case judged != nil:
			return nil, judged
		case len(left) == 0:
			r.outcome = r.outcome.Strongest(privatelink.Updated)
			return again.Snap, nil
		case same(left, deltas) && refusal.Means == awserr.NotUnique && barred+1 < strikes:
			barred++
		case same(left, deltas) && (refusal.Means != awserr.Missing || strings.Contains(err.Error(), row.ID)):
			return r.unjudged(ctx, row, refusal, err)
		case same(left, deltas): // something that the declaration refers to is not there
			return nil, r.failID(row.ID, r.explained(ctx, err))
		}
		row, deltas = again, left
	}
}

// unjudged is a refusal that reads did not explain: AWS's error, unless somebody else is at work on the same resource.
func (r *run[S]) unjudged(ctx context.Context, row Row[S], refusal awserr.Refusal, err error) (*S, error) {
	if refusal.Means != awserr.Overtaken && refusal.Means != awserr.Missing {
		return nil, r.failID(row.ID, r.explained(ctx, err))
	}
	return r.overtaken(row, err)
}

// overtaken is for somebody else who is at work on the same resource.
func (r *run[S]) overtaken(row Row[S], err error) (*S, error) {
	r.k.Mark(row.Snap, r.outcome, "somebody else's change")
	return row.Snap, r.atWork(row, "somebody else", err)
}

// judge reads by ID for a window, until no difference is left or one shows in another field: less than was sent, or another value in its place,
// may be a read of which a part is behind.
func (r *run[S]) judge(ctx context.Context, id string, deltas []Delta, refusal error) (row Row[S], left []Delta, err error) {
	elsewhere := func(d Delta) bool {
		return !slices.ContainsFunc(deltas, func(sent Delta) bool { return sent.Field == d.Field && sent.To == d.To })
	}
	for began := time.Now(); ; {
		sent := time.Now()
		row, listed, err := r.read(ctx, id)
		switch {
		case err != nil:
			return row, nil, err
		case listed && !row.State.Alive():
			return row, nil, r.dying(row)
		case listed:
			if left, _, err = r.compare(row); err != nil || len(left) == 0 || slices.ContainsFunc(left, elsewhere) {
				return row, left, err
			}
		}
		if sent.Sub(began) >= r.window {
			if !listed {
				return row, nil, r.pending(Row[S]{ID: id}, fmt.Errorf("it is not listed any more: call again, or let WaitReady wait: %w", refusal))
			}
			return row, left, nil
		}
		if err := poll.Sleep(ctx, r.step()); err != nil {
			return row, nil, r.fail(err)
		}
	}
}

func same(a, b []Delta) bool { return slices.Equal(a, b) }
