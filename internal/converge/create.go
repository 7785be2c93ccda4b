package converge

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/limit"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// making is one walk over the generations of an hour, justified by looks that showed nothing of the identity.
type making[S any] struct {
	*run[S]
	empty      time.Time     // by AWS's clock, when the last of these looks was sent
	period     time.Duration // in which the look and the create have to be: the hour, or one of its slots
	hour       int64
	generation int
	asked      time.Time // the last time
	void       bool      // something of the identity has ended since
	spent      bool      // the present token was answered as spent, and an empty window followed
	gone       string    // the ID that the present token was answered with, known to be gone
	barred     int       // how often a rule of uniqueness refused, and an empty window followed
}

// strikes is how many refusals by a rule of uniqueness, each with an empty window after it, make a conflict with something that cannot be
// named: a predecessor of ours may have gone between the refusal and the look.
const strikes = 3

// create asks AWS to make the resource. Only reads decide what the answer means. again: what was known is out of date, look again.
func (r *run[S]) create(ctx context.Context, s sight[S]) (row Row[S], again bool, err error) {
	m := r.walking(s)
	for {
		if again, err := m.inTurn(ctx); again || err != nil {
			return row, again, err
		}
		sent := time.Now()
		m.asked, m.void = sent, false
		row, lost, err := m.ask(ctx)
		var v verdict
		switch {
		case lost:
			m.spent = false
			err = r.unheard()
			return row, err == nil, err
		case err != nil:
			row, v, err = m.refused(ctx, err)
		default:
			row, v, err = m.answered(ctx, row, sent)
		}
		if v != undecided {
			r.walk = nil
		}
		if v != undecided || err != nil {
			return row, v == stale && err == nil, err
		}
	}
}

// mostLost is how many creates of one call may be without an answer.
const mostLost = 5

// unheard counts a create whose answer was lost. The look after it tells whether it was made; when that shows nothing time after time, it is the
// caller's to decide how long to go on.
func (r *run[S]) unheard() error {
	if r.lost++; r.lost < mostLost {
		return nil
	}
	r.lost = 0
	return r.pending(Row[S]{}, errors.New("AWS has not said in time that it is made: call again, or let WaitReady wait"))
}

// walking is the walk that a look justifies: the one that a failed call has cut short a moment ago goes on. It was no more than slow.
func (r *run[S]) walking(s sight[S]) *making[S] {
	m := r.walk
	if m != nil && !m.outdated() && m.id.hourOf(s.aws) == m.hour && m.id.into(s.aws, hour)/m.period == m.id.into(m.empty, hour)/m.period &&
		m.left(s.aws, m.period) >= time.Second {
		m.empty = s.aws
		return m
	}
	r.walk = &making[S]{run: r, empty: s.aws, period: hour, hour: r.id.hourOf(s.aws)}
	return r.walk
}

// outdated tells whether the last ask says nothing any more of its token: the looks after it were slow, and what held the token may have ended
// without being seen, and AWS have forgotten it.
func (m *making[S]) outdated() bool { return time.Since(m.asked) > 5*max(m.window, time.Second) }

// inTurn waits for the turn of an ask. It tells whether what was known is out of date by then.
func (m *making[S]) inTurn(ctx context.Context) (again bool, err error) {
	old, err := m.queue(ctx)
	if err != nil {
		return false, m.fail(err)
	}
	if old {
		if _, v, err := m.lookOnce(ctx); v == stale || err != nil {
			return err == nil, err
		}
	}
	return m.hourly() && m.left(m.empty, m.period) < time.Second, nil
}

type verdict uint8

const (
	undecided verdict = iota // ask again: the same token, or the next one
	settled                  // this row is it
	stale                    // look again before anything else
)

// ask sends one create. Its context ends one window after sending, and at the hour's end, so that no retry inside the client can land
// later; running into that is a lost answer.
func (m *making[S]) ask(ctx context.Context) (row Row[S], lost bool, err error) {
	d := max(m.window, time.Second)
	if m.hourly() {
		d = min(d, m.left(m.empty, m.period))
	}
	bounded, cancel := context.WithTimeout(m.onTurn(ctx), d)
	defer cancel()
	defer limit.Drop(bounded) // where nothing was sent
	row, err = m.k.Create(bounded, m.id.Token(m.hour, m.generation))
	if err == nil && row.ID == "" { // a success without an object tells nothing
		err = poll.Sleep(ctx, max(m.step(), emptyPause))
		return row, err == nil, err
	}
	if err != nil && bounded.Err() != nil && awserr.Code(err) == "" {
		if ctx.Err() == nil {
			return row, true, nil
		}
		return row, false, m.fail(ctx.Err())
	}
	return row, false, err
}

// emptyPause keeps answers without an object from being asked for without end.
const emptyPause = 200 * time.Millisecond
