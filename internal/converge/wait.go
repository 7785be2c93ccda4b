package converge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// following is a WaitReady: Ensure until the declaration holds. It follows one ID, and never makes a second resource when the first goes.
type following[S any] struct {
	*run[S]
	id     string    // "" until a row is found or made
	proven bool      // a read sent later than a window after the wait began showed it alive
	unseen time.Time // since when reads by ID have not listed it
	snap   *S
	hurry  int // looks that followed the one before at once
}

// maxHurry bounds the looks without a pause: AWS may not do what it was asked.
const maxHurry = 10

// WaitReady repeats Ensure until the declaration holds.
func WaitReady[S any](ctx context.Context, k Kind[S], settings privatelink.WaitSettings) (*S, error) {
	r, err := begin(ctx, k, "wait for", Whole)
	if err != nil {
		return nil, err
	}
	r.deleted = tombstones{}
	f := &following[S]{run: r}
	status, err := poll.Until(ctx, r.about(), settings, r.pace(), f.pass)
	if err = r.ended(status, err); err != nil && !errors.Is(err, privatelink.ErrFailed) {
		return nil, err
	}
	return f.snap, err
}

func (f *following[S]) pass(ctx context.Context) (poll.Status, error) {
	before, changes, sent := f.outcome, f.changes, time.Now()
	first := f.id == ""
	row, listed, err := f.row(ctx)
	status := poll.Status{ID: row.ID, State: row.State}
	switch {
	case err != nil:
		return f.endure(status, err)
	case !listed:
		return poll.Status{ID: f.id, Waiting: "AWS to list it"}, nil
	}
	f.id = row.ID
	snap, waiting, err := f.apply(ctx, row)
	f.snap = snap
	if err != nil {
		return f.endure(status, err)
	}
	changed := f.changes != changes
	status.Waiting, status.Done = waiting, waiting == "" && !changed // what was changed is read again
	status.Prompt = changed && waiting == "" || f.window == 0 && (first || changed || f.outcome != before)
	switch early := f.early(snap, sent); {
	case waiting == catchingUp:
		status.Prompt, err = true, poll.Sleep(ctx, f.step())
	case status.Done && early > 0:
		status.Waiting, status.Done, status.Prompt = catchingUp, false, true
		err = poll.Sleep(ctx, early)
	case status.Prompt:
		f.hurry++
		status.Prompt = f.hurry <= maxHurry
	}
	return status, err
}

// early is how much too early a look was sent to be the last one. After a change of this call's own it has to show what came after that:
// of two writers who differ, the last to write is then the last to end, and what it declared is whole.
func (f *following[S]) early(have *S, sent time.Time) time.Duration {
	since := f.sentAt
	if l, ok := f.k.(Lingerer[S]); ok && l.Lingers(have) && since.Before(f.began) {
		since = f.began
	}
	if since.IsZero() {
		return 0
	}
	return f.window - sent.Sub(since)
}

// row establishes the row at first, and reads the ID that is followed from then on.
func (f *following[S]) row(ctx context.Context) (row Row[S], listed bool, err error) {
	if f.id == "" {
		row, err = f.establish(ctx)
		return row, true, err
	}
	sent := time.Now()
	if row, listed, err = f.read(ctx, f.id); err != nil {
		return row, false, err
	}
	switch {
	case listed && row.State.Alive():
		f.proven = f.proven || sent.Sub(f.began) > f.window
		f.unseen = time.Time{}
		return row, true, nil
	case listed:
		return f.lost(row)
	case f.unseen.IsZero():
		f.unseen = sent
	}
	if sent.Sub(f.unseen) < f.window {
		return row, false, nil
	}
	return f.lost(Row[S]{ID: f.id, State: privatelink.Deleted})
}

// lost is the end of the row that was followed: somebody deleted it. Where it was never proven alive the look was stale: start over.
func (f *following[S]) lost(row Row[S]) (Row[S], bool, error) {
	if f.proven {
		e := f.refuse(privatelink.ErrNotFound, row.ID, errors.New("deleted while waiting, by somebody else: call again to make it anew"))
		e.State = string(row.State)
		return row, false, e
	}
	f.id, f.unseen = "", time.Time{}
	return row, false, f.dying(row)
}

// endure tells the errors that a wait outlasts: AWS at work, throttles, failures of the server or the connection.
func (r *run[S]) endure(status poll.Status, err error) (poll.Status, error) {
	means := r.k.Refusal(err).Means
	early := means == awserr.Hidden && time.Since(r.began) < 3*r.window // a permission may still be on its way
	if errors.Is(err, privatelink.ErrPending) || means == awserr.Transient || early {
		status.Last = err
		if status.Waiting == "" {
			status.Waiting = "AWS to finish"
		}
		var own *privatelink.Error
		if errors.As(err, &own) && status.ID == "" {
			status.ID, status.State = own.ID, privatelink.State(own.State)
		}
		return status, nil
	}
	return status, err
}

// ended gives the error of a wait, nil when it reached its end.
func (r *run[S]) ended(status poll.Status, err error) error {
	var own *privatelink.Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	cause := err
	if status.Waiting != "" {
		cause = fmt.Errorf("waiting for %s: %w", status.Waiting, err)
	}
	if status.Last != nil {
		cause = fmt.Errorf("%w (last answer: %w)", cause, status.Last)
	}
	e := r.refuse(nil, status.ID, cause)
	e.State = string(status.State)
	return e
}

func (r *run[S]) about() privatelink.Progress {
	return privatelink.Progress{Kind: r.id.Kind, Name: r.id.Name, Scope: r.id.Scope}
}

// pace is the kind's, of this verb.
func (r *run[S]) pace() poll.Pace {
	p := r.k.Pace()
	p.Of = r.op + " " + r.id.Kind
	return p
}
