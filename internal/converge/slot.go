package converge

import (
	"context"
	"errors"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// slot is a part of an hour. Once the hour's first token is spent, which takes an earlier life of the identity in this hour, each slot has
// tokens of its own: a name that is made and deleted over and over never walks over all its former lives. What holds for hours holds for
// slots: no look justifies a create in another slot than its own. Where windows are so long that little of a slot would be left, the generations
// of the hour go on.
const slot = 2 * time.Minute

// perSlot keeps the generations of the slots apart.
const perSlot = 1000

// next takes the token after one that is spent.
func (m *making[S]) next(ctx context.Context) (row Row[S], v verdict, err error) {
	if !m.hourly() || m.period == slot || 6*m.window > slot {
		m.turn(m.generation + 1)
		return row, undecided, nil
	}
	for {
		s, err := m.look(ctx, false)
		switch {
		case err != nil:
			return row, undecided, err
		case len(s.alive)+len(holding(m.deleted, s.dying)) > 0, s.vanished, m.id.hourOf(s.aws) != m.hour:
			return row, stale, nil
		case m.outdated(): // all of it would have to be walked again
			return row, undecided, m.pending(Row[S]{}, errors.New("AWS answers too late to tell whether it was made before: call again, or let WaitReady wait"))
		}
		early := m.guard(s.aws, slot)
		if early <= 0 {
			m.empty, m.period = s.aws, slot
			m.turn(1 + perSlot*int(m.id.into(s.aws, hour)/slot))
			return row, undecided, nil
		}
		if err := poll.Sleep(ctx, early); err != nil {
			return row, undecided, m.fail(err)
		}
	}
}

// turn leaves the present token behind.
func (m *making[S]) turn(generation int) { m.generation, m.spent, m.gone = generation, false, "" }
