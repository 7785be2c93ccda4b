package converge

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Delete asks for the deletion of every live row of the identity; seeing none is success.
func Delete[S any](ctx context.Context, k Kind[S]) error {
	r, err := begin(ctx, k, "delete", Identity)
	if err != nil {
		return err
	}
	s, err := r.look(ctx, false)
	switch {
	case err != nil:
		return err
	case len(s.alive) == 0:
		return r.sweep(ctx)
	}
	if err := k.Delete(ctx, s.alive); err != nil {
		return r.failID(ids(s.alive), err)
	}
	return nil
}

// sweep removes what is left where no row is alive.
func (r *run[S]) sweep(ctx context.Context) error {
	if s, ok := r.k.(Sweeper[S]); ok {
		if err := s.Sweep(ctx, nil); err != nil {
			return r.fail(err)
		}
	}
	return nil
}

// going is a WaitGone: Delete until nothing of the identity is listed and nothing of it is left.
type going[S any] struct {
	*run[S]
	seen  []Row[S]
	asked bool      // a deletion was asked for
	used  time.Time // since when deletions have been refused because of a user
}

// WaitGone repeats Delete until gone. It looks by VPC, in all states, and its last, empty look is sent at least a window after it began:
// an earlier one may not show what was made just before.
func WaitGone[S any](ctx context.Context, k Kind[S], settings privatelink.WaitSettings) error {
	r, err := begin(ctx, k, "wait for the end of", Identity)
	if err != nil {
		return err
	}
	r.deleted = tombstones{}
	g := &going[S]{run: r}
	status, err := poll.Until(ctx, r.about(), settings, r.pace(), g.pass)
	return r.ended(status, err)
}

func (g *going[S]) pass(ctx context.Context) (poll.Status, error) {
	s, err := g.look(ctx, true)
	if err != nil {
		return g.endure(poll.Status{}, err)
	}
	listed := append(slices.Clone(s.alive), holding(g.deleted, s.dying)...)
	g.remember(listed)
	if len(listed) > 0 {
		return g.press(ctx, s, listed[0])
	}
	if err := g.sweep(ctx); err != nil {
		return g.endure(poll.Status{}, err)
	}
	left, err := g.k.Left(ctx, g.seen)
	if err != nil {
		return g.endure(poll.Status{}, err)
	}
	if left != "" {
		return poll.Status{ID: g.seen[0].ID, State: privatelink.Deleted, Waiting: left}, nil
	}
	if early := g.window - s.sent.Sub(g.began); early > 0 {
		err := poll.Sleep(ctx, early)
		return poll.Status{Waiting: catchingUp, Prompt: true}, err
	}
	return poll.Status{Done: true}, nil
}

// press deletes what is alive, and waits for what is listed.
func (g *going[S]) press(ctx context.Context, s sight[S], first Row[S]) (poll.Status, error) {
	status := poll.Status{ID: first.ID, State: first.State, Waiting: "AWS to remove it"}
	if len(s.alive) == 0 {
		return status, nil
	}
	err := g.k.Delete(ctx, s.alive)
	inUse := err != nil && errors.Is(g.k.Refusal(err).Sentinel, privatelink.ErrInUse)
	switch {
	case !inUse:
		g.used = time.Time{}
	case g.used.IsZero():
		g.used = time.Now()
	}
	switch {
	case inUse && g.window > 0 && s.sent.Sub(g.used) < g.window: // the user may be gone already, or be ours, and lookups behind
		status.Last = err
		return status, poll.Sleep(ctx, g.step())
	case err != nil:
		return g.endure(status, g.failID(ids(s.alive), err))
	}
	status.Prompt, g.asked = g.window == 0 && !g.asked, true
	return status, nil
}

// remember keeps every sight of every row, so that its network interfaces are followed after it no longer lists them.
func (g *going[S]) remember(rows []Row[S]) {
	for _, row := range rows {
		known := func(other Row[S]) bool { return other.ID == row.ID && other.State == row.State }
		if !slices.ContainsFunc(g.seen, known) {
			g.seen = append(g.seen, row)
		}
	}
}
