package converge

import (
	"context"
	"errors"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Maker is Ensure for a resource that is a part of another one, whose verb calls it once in each of its passes. What it has learnt of its tokens
// outlasts a pass that fails.
type Maker[S any] struct {
	Kind Kind[S]
	run  *run[S]
}

// Make finds the part or makes it, and changes it where it differs. Its errors have no context of their own: the other one's verb gives it.
func (m *Maker[S]) Make(ctx context.Context) (*S, error) {
	snap, err := m.make(ctx)
	var own *privatelink.Error
	if !errors.As(err, &own) {
		return snap, err
	}
	cause, means := own.Err, awserr.Of(own.Err).Means
	if errors.Is(err, privatelink.ErrPending) {
		means = awserr.Busy
	}
	if work := (*inProgress)(nil); errors.As(cause, &work) { // which the other one's verb says
		cause = work.refusal
	}
	return snap, awserr.Mark(cause, own.Sentinel, means)
}

func (m *Maker[S]) make(ctx context.Context) (_ *S, err error) {
	if m.run == nil {
		if m.run, err = begin(ctx, m.Kind, "ensure", Whole); err != nil {
			return nil, err
		}
	}
	row, err := m.run.establish(ctx)
	if err != nil {
		return nil, err
	}
	now, _, err := m.run.compare(row)
	if err != nil || len(now) == 0 {
		return row.Snap, err
	}
	return m.run.change(ctx, row, now)
}
