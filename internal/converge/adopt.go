package converge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Adopter is a kind whose declaration may name, by ID, a resource that somebody else made and that is to become ours.
type Adopter interface{ Adopted() string }

func (r *run[S]) adopted() string {
	if a, ok := r.k.(Adopter); ok {
		return a.Adopted()
	}
	return ""
}

// adopt gives the row to take over. Nothing is created for a declaration that adopts.
func (r *run[S]) adopt(ctx context.Context, id string) (row Row[S], err error) {
	row, listed, err := r.read(ctx, id)
	switch {
	case err != nil:
		return row, err
	case !listed || !row.State.Alive():
		e := r.refuse(privatelink.ErrNotFound, id, errors.New("there is nothing to adopt: no such resource is there, or it is being deleted"))
		e.State = string(row.State)
		return row, e
	case row.Name != "" && row.Name != r.id.Name:
		return row, r.taken(id, row.Name)
	}
	s, err := r.look(ctx, false)
	if err != nil {
		return row, err
	}
	for _, other := range s.alive {
		if other.ID != id {
			return row, r.refuse(privatelink.ErrConflict, id, fmt.Errorf("%s bears this identity already; it cannot be adopted beside it: delete one, or adopt it under another name", other.ID))
		}
	}
	return row, nil
}

func (r *run[S]) taken(id, name string) error {
	return r.refuse(privatelink.ErrConflict, id, fmt.Errorf("it is the resource of the declaration %q and cannot be adopted: use that declaration", name))
}

// readBack makes sure that nobody else adopted the row at the same moment: the last mark written is the one that counts.
func (r *run[S]) readBack(ctx context.Context, id string) error {
	for began := time.Now(); ; {
		row, listed, err := r.read(ctx, id)
		switch {
		case err != nil:
			return err
		case listed && row.Name == r.id.Name:
			return nil
		case listed && row.Name != "":
			return r.taken(id, row.Name)
		case time.Since(began) >= r.window:
			return r.pending(Row[S]{ID: id}, errors.New("its new mark does not show yet: call again, or let WaitReady wait"))
		}
		if err := poll.Sleep(ctx, r.step()); err != nil {
			return r.fail(err)
		}
	}
}
