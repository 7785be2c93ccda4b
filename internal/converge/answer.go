package converge

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// answered judges an object that a create was answered with.
func (m *making[S]) answered(ctx context.Context, row Row[S], sent time.Time) (Row[S], verdict, error) {
	if row.New || m.fresh(row, sent) {
		m.outcome = privatelink.Created
		return row, settled, nil
	}
	if row.ID == m.gone {
		return m.next(ctx)
	}
	now, listed, err := m.watch(ctx, row)
	switch {
	case err != nil:
		return row, undecided, err
	case listed && now.State.Alive():
		return now, settled, nil
	case listed && len(holding(m.deleted, []Row[S]{now})) > 0:
		return row, undecided, m.dying(now)
	}
	m.gone = row.ID
	return m.lookOnce(ctx)
}

// fresh tells whether an object was made by the create that was sent at this moment. One from the future tells of a local clock that is wrong,
// where AWS's is not known.
func (m *making[S]) fresh(row Row[S], sent time.Time) bool {
	return !row.Created.IsZero() && !row.Created.Before(m.sendable(row, sent)) && !row.Created.After(m.clock.latest(time.Now()).Add(time.Second))
}

// sendable is when, by AWS's clock, an object that a create made can have been made at the earliest. AWS's stamps may lack the fraction.
func (m *making[S]) sendable(row Row[S], sent time.Time) time.Time {
	at := m.clock.about(sent).Add(-time.Second)
	if earliest := m.clock.earliest(sent); earliest.After(at) {
		at = earliest
	}
	if row.Created.Nanosecond() == 0 {
		return at.Truncate(time.Second)
	}
	return at.Truncate(time.Millisecond)
}

// watch reads a row by ID for a window: NotFound at first sight is lag, unless AWS's clock says that the row is older than a window.
func (m *making[S]) watch(ctx context.Context, made Row[S]) (row Row[S], listed bool, err error) {
	for began := time.Now(); ; {
		sent := time.Now()
		row, listed, err = m.read(ctx, made.ID)
		if listed || err != nil {
			return row, listed, err
		}
		old := !m.clock.date.IsZero() && !made.Created.IsZero() && m.clock.earliest(time.Now()).Sub(made.Created) > m.window
		if old || sent.Sub(began) >= m.window {
			return row, false, nil
		}
		if err := poll.Sleep(ctx, m.step()); err != nil {
			return row, false, m.fail(err)
		}
	}
}

// lookOnce is the fresh look without which no token is asked again.
func (m *making[S]) lookOnce(ctx context.Context) (row Row[S], v verdict, err error) {
	for late := 0; ; late++ {
		s, err := m.look(ctx, false)
		if err != nil {
			return row, undecided, err
		}
		if len(s.alive)+len(holding(m.deleted, s.dying)) > 0 {
			return row, stale, nil
		}
		if m.prompt(s) || late == maxLate {
			return row, undecided, nil
		}
	}
}

// refused judges a refusal. One by a rule of uniqueness, or of a spent token, may speak of a twin of ours that lookups do not show yet.
func (m *making[S]) refused(ctx context.Context, refusal error) (row Row[S], v verdict, err error) {
	means := m.k.Refusal(refusal).Means
	switch means {
	case awserr.Spent, awserr.NotUnique:
	case awserr.Busy:
		return row, undecided, m.atWork(row, "AWS", refusal)
	case awserr.Transient:
		if m.queueAgain(refusal) {
			return row, stale, nil
		}
		return row, undecided, m.fail(refusal)
	default:
		return row, undecided, m.fail(m.explained(ctx, refusal))
	}
	row, found, err := m.lookOut(ctx)
	switch {
	case err != nil:
		return row, undecided, err
	case found:
		return row, settled, nil
	case means == awserr.NotUnique:
		return row, undecided, m.uniqueness(ctx, refusal)
	case m.spent && !m.void && !m.outdated():
		return m.next(ctx)
	}
	m.spent = !m.void
	return row, undecided, nil
}

// lookOut looks for a window, by VPC and in all states: often at first, for a twin's object, which may not live long.
func (m *making[S]) lookOut(ctx context.Context) (row Row[S], found bool, err error) {
	began, late := time.Now(), 0
	for pause := m.step(); ; pause *= 2 {
		s, err := m.lookForTwins(ctx)
		if err != nil {
			return row, false, err
		}
		if row, found, err = m.settle(ctx, s); found || err != nil {
			return row, found, err
		}
		if held := holding(m.deleted, s.dying); len(held) > 0 {
			return row, false, m.dying(held[0])
		}
		m.void = m.void || s.vanished || len(s.alive) > 0
		passed := s.sent.Sub(began)
		switch {
		case passed >= m.window && (m.prompt(s) || late == maxLate):
			return row, false, nil
		case passed >= m.window:
			late++
		}
		if err := poll.Sleep(ctx, max(0, min(pause, m.window-passed))); err != nil {
			return row, false, m.fail(err)
		}
	}
}

// uniqueness is the conflict behind a refusal by a rule of uniqueness, nil where it is not certain yet.
func (m *making[S]) uniqueness(ctx context.Context, refusal error) error {
	if namer, ok := m.k.(Namer); ok {
		if other := namer.InTheWay(ctx, refusal); other != "" {
			return m.refuse(privatelink.ErrConflict, "", fmt.Errorf("%s: %w", other, refusal))
		}
	}
	if m.barred++; m.barred < strikes {
		return nil
	}
	if m.id.Locked { // what is not of this identity would have been named: twins come and go
		return m.atWork(Row[S]{}, "somebody else", refusal)
	}
	return m.refuse(privatelink.ErrConflict, "", m.explained(ctx, refusal))
}
