package converge

import (
	"context"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Plan says what Ensure would do, by reads alone.
func Plan[S any](ctx context.Context, k Kind[S]) (privatelink.Plan, error) {
	r, err := begin(ctx, k, "plan", Planning)
	if err != nil {
		return privatelink.Plan{}, err
	}
	p := privatelink.Plan{Kind: r.id.Kind, Name: r.id.Name, Scope: r.id.Scope, Action: privatelink.None}
	row, found, dying, err := r.foresee(ctx)
	if err != nil {
		return privatelink.Plan{}, err
	}
	if found {
		p.ID = row.ID
		if err := r.failed(row); err != nil {
			p.Warnings = append(p.Warnings, "it is "+string(row.State)+": Ensure leaves it as it is, Delete removes it")
		}
	} else if len(dying) > 0 {
		p.Warnings = append(p.Warnings, "its predecessor "+dying[0].ID+" is "+string(dying[0].State)+": Ensure waits until it is gone")
	}
	p.Action, p.Changes = planned(found, k.Diff(row.Snap))
	if w, ok := k.(Warner[S]); ok {
		more, err := w.Warnings(ctx, row.Snap)
		if err != nil {
			return privatelink.Plan{}, r.fail(err)
		}
		p.Warnings = append(p.Warnings, more...)
	}
	return p, nil
}

// foresee looks for the row that Ensure would find, and for its predecessors.
func (r *run[S]) foresee(ctx context.Context) (row Row[S], found bool, dying []Row[S], err error) {
	if r.adopted() != "" {
		row, found, err = r.find(ctx)
		return row, found, nil, err
	}
	s, err := r.look(ctx, false)
	if err != nil {
		return row, false, nil, err
	}
	row, found, err = r.settle(ctx, s)
	return row, found, s.dying, err
}

func planned(found bool, deltas []Delta) (privatelink.Action, []privatelink.Change) {
	action := privatelink.None
	var changes []privatelink.Change
	for _, d := range deltas {
		changes = append(changes, d.Change)
		if d.Replace {
			action = privatelink.Replace
		} else if action == privatelink.None {
			action = privatelink.Update
		}
	}
	if !found {
		action = privatelink.Create
	}
	return action, changes
}
