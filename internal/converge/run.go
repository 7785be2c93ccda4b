package converge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// run is one call of a verb; nothing outlives it.
type run[S any] struct {
	k       Kind[S]
	id      Ident
	op      string
	window  time.Duration // how far behind the last read may have been
	clock   clock
	outcome privatelink.Outcome
	deleted tombstones
	sent    []Delta   // the change that was made last
	sentAt  time.Time // when one was last asked for
	changes int
	began   time.Time
	walk    *making[S]      // the walk over generations that a failed call may have cut short
	missed  bool            // a look of this call showed nothing of the identity
	turn    context.Context // carries the turn for a create, where the API has a queue
	queued  int             // turns whose create was throttled
	lost    int             // creates whose answer did not come in time
}

func begin[S any](ctx context.Context, k Kind[S], op string, part Scope) (*run[S], error) {
	r := &run[S]{k: k, id: k.Ident(), op: op, outcome: privatelink.Unchanged, window: lag.Default, began: time.Now()}
	problems := declare.Problems(k.Problems(part))
	problems.API(k.API())
	if len(problems) > 0 {
		return nil, r.refuse(privatelink.ErrInvalid, "", &privatelink.InvalidError{Problems: problems})
	}
	if err := ctx.Err(); err != nil {
		return nil, r.fail(err)
	}
	return r, nil
}

// clock reads AWS's clock off an answer. The answer was made some time between the sending and the arrival, and Date drops the fraction.
type clock struct{ date, sent, got time.Time }

// earliest is what AWS's time is not before.
func (c clock) earliest(local time.Time) time.Time {
	if c.date.IsZero() {
		return local
	}
	return c.date.Add(local.Sub(c.got))
}

// about is AWS's time at the latest, but for the fraction.
func (c clock) about(local time.Time) time.Time {
	if c.date.IsZero() {
		return local
	}
	return c.date.Add(local.Sub(c.sent))
}

// latest is what AWS's time is not after.
func (c clock) latest(local time.Time) time.Time {
	if c.date.IsZero() {
		return local
	}
	return c.about(local).Add(time.Second)
}

// sight is what one look showed of the identity.
type sight[S any] struct {
	sent, aws    time.Time // by our clock and by AWS's
	alive, dying []Row[S]
	vanished     bool // something of the identity was alive when the look began, and not when it ended
}

func (r *run[S]) look(ctx context.Context, wide bool) (sight[S], error) {
	return r.see(func() (Rows[S], error) { return r.k.Look(ctx, wide) })
}

// lookForTwins is a wide look at what tokens have made.
func (r *run[S]) lookForTwins(ctx context.Context) (sight[S], error) {
	if f, ok := r.k.(TwinFinder[S]); ok {
		return r.see(func() (Rows[S], error) { return f.Twins(ctx) })
	}
	return r.look(ctx, true)
}

func (r *run[S]) see(read func() (Rows[S], error)) (sight[S], error) {
	s := sight[S]{sent: time.Now()}
	rows, err := read()
	if err != nil {
		return s, r.fail(err)
	}
	if !rows.Sent.IsZero() {
		s.sent = rows.Sent
	}
	r.note(rows, s.sent)
	s.aws, s.vanished = r.clock.about(s.sent), rows.Vanished
	for _, row := range rows.Rows {
		if row.State.Alive() {
			s.alive = append(s.alive, row)
		} else {
			s.dying = append(s.dying, row)
		}
	}
	if s.vanished || len(s.alive)+len(s.dying) > 0 {
		r.walk = nil
	}
	return s, nil
}

func (r *run[S]) note(rows Rows[S], sent time.Time) {
	if rows.Window != Untold {
		r.window = rows.Window
	}
	if !rows.Date.IsZero() {
		r.clock = clock{rows.Date, sent, time.Now()}
	}
}

// read reads one row by ID; ok is false when it is not listed.
func (r *run[S]) read(ctx context.Context, id string) (row Row[S], ok bool, err error) {
	sent := time.Now()
	rows, err := r.k.Read(ctx, id)
	if err != nil {
		return row, false, r.fail(err)
	}
	r.note(rows, sent)
	for _, row := range rows.Rows {
		if row.ID == id {
			return row, true, nil
		}
	}
	return row, false, nil
}

// step is the pause between the looks of a window.
func (r *run[S]) step() time.Duration { return r.window / 5 }

// tombstones notes since when rows have been seen as deleted. Only a wait has it: AWS may list such a row for good.
type tombstones map[string]time.Time

const tombstoneLife = 2 * time.Minute

// holding gives the dying rows that still hold their identity.
func holding[S any](t tombstones, dying []Row[S]) []Row[S] {
	var out []Row[S]
	for _, row := range dying {
		if row.State.Is(privatelink.Deleted) && t != nil {
			if _, seen := t[row.ID]; !seen {
				t[row.ID] = time.Now()
			}
			if time.Since(t[row.ID]) >= tombstoneLife {
				continue
			}
		}
		out = append(out, row)
	}
	return out
}

// fail gives an error its context, once.
func (r *run[S]) fail(err error) error { return r.failID("", err) }

func (r *run[S]) failID(id string, err error) error {
	var own *privatelink.Error
	if errors.As(err, &own) {
		return err
	}
	return r.refuse(r.k.Refusal(err).Sentinel, id, err)
}

func (r *run[S]) refuse(sentinel error, id string, cause error) *privatelink.Error {
	return &privatelink.Error{Op: r.op, Kind: r.id.Kind, Name: r.id.Name, Scope: r.id.Scope, ID: id, Sentinel: sentinel, Err: cause}
}

// explained adds to a refusal what the kind finds out about its reason.
func (r *run[S]) explained(ctx context.Context, refusal error) error {
	if e, ok := r.k.(Explainer); ok {
		if why := e.Explain(ctx, refusal); why != "" {
			return fmt.Errorf("%s: %w", why, refusal)
		}
	}
	return refusal
}

// pending says that AWS is still at work on a row.
func (r *run[S]) pending(row Row[S], cause error) error {
	e := r.refuse(privatelink.ErrPending, row.ID, cause)
	e.State = string(row.State)
	return e
}

// atWork is pending because of who else is at work on a row, as a refusal tells.
func (r *run[S]) atWork(row Row[S], who string, refusal error) error {
	return r.pending(row, &inProgress{who, refusal})
}

// inProgress says who is at work.
type inProgress struct {
	who     string
	refusal error
}

func (p *inProgress) Error() string {
	return fmt.Sprintf("%s is still at work on it: call again, or let WaitReady wait: %v", p.who, p.refusal)
}

func (p *inProgress) Unwrap() error { return p.refusal }

// final tells whether an error is about the call and not about the state of the resource: reading again would not change its meaning.
func (r *run[S]) final(ctx context.Context, refusal awserr.Refusal) bool {
	return ctx.Err() != nil || refusal.Means == awserr.Transient ||
		refusal.Sentinel == privatelink.ErrDenied || refusal.Sentinel == privatelink.ErrQuota
}

func ids[S any](rows []Row[S]) string {
	var out []string
	for _, row := range rows {
		out = append(out, row.ID)
	}
	return strings.Join(out, ", ")
}
