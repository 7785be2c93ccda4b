package privatelink

import (
	"context"
	"errors"
	"fmt"
)

// Resource is what every builder of this module is: a declaration with its verbs. API is the part of an AWS client that the package
// needs, Snapshot what it reads back. Every verb works on a private copy of the declaration, makes no call when the declaration is
// invalid (ErrInvalid), and may be repeated: by any number of goroutines and processes, also after any of them died.
type Resource[API, Snapshot any] interface {
	// Validate checks the whole declaration, and names every problem (Problems). No AWS call.
	Validate() error
	// Find looks the resource up by its identity alone. Reads only. ErrNotFound when there is none, ErrConflict when there are several.
	Find(ctx context.Context, api API) (*Snapshot, error)
	// Plan says what Ensure would do, and warns of what AWS would refuse. Reads only. A value that another resource will give may be
	// empty here.
	Plan(ctx context.Context, api API) (Plan, error)
	// Ensure makes one pass towards the declaration: it creates the resource or changes what differs, and does not wait for AWS to
	// finish; the snapshot's Ready and Waiting say what is left. ErrPending: AWS is still at work on a predecessor or a change.
	Ensure(ctx context.Context, api API) (*Snapshot, error)
	// WaitReady repeats Ensure until the declaration holds.
	WaitReady(ctx context.Context, api API, opts ...WaitOption) (*Snapshot, error)
	// Delete asks AWS to delete the resource; nil when none is seen. It needs the identity alone.
	Delete(ctx context.Context, api API) error
	// WaitGone repeats Delete until nothing is left, and alone promises that. It needs the identity alone.
	WaitGone(ctx context.Context, api API, opts ...WaitOption) error
}

// Bound is a resource together with its AWS client, as the builders' On gives it: what PlanAll, EnsureAll and DeleteAll take, in any mixture.
type Bound struct {
	plan  func(context.Context) (Plan, error)
	ready func(context.Context, ...WaitOption) error
	gone  func(context.Context, ...WaitOption) error
	api   any
}

// Bind binds a resource to a client. The builders' On does it with a copy of the builder.
func Bind[API, Snapshot any](r Resource[API, Snapshot], api API) Bound {
	return Bound{
		plan: func(ctx context.Context) (Plan, error) { return r.Plan(ctx, api) },
		ready: func(ctx context.Context, opts ...WaitOption) error {
			_, err := r.WaitReady(ctx, api, opts...)
			return err
		},
		gone: func(ctx context.Context, opts ...WaitOption) error { return r.WaitGone(ctx, api, opts...) },
		api:  api,
	}
}

var errUnbound = &Error{Op: "use", Sentinel: ErrInvalid, Err: &InvalidError{Problems: []string{"a Bound is empty: make it with a builder's On"}}}

// Plan is the resource's Plan.
func (b Bound) Plan(ctx context.Context) (Plan, error) {
	if b.plan == nil {
		return Plan{}, errUnbound
	}
	return b.plan(ctx)
}

// WaitReady is the resource's WaitReady, without its snapshot.
func (b Bound) WaitReady(ctx context.Context, opts ...WaitOption) error {
	if b.ready == nil {
		return errUnbound
	}
	return b.ready(ctx, opts...)
}

// WaitGone is the resource's WaitGone.
func (b Bound) WaitGone(ctx context.Context, opts ...WaitOption) error {
	if b.gone == nil {
		return errUnbound
	}
	return b.gone(ctx, opts...)
}

// PlanAll plans each item, in the order given. The plans of all that could be planned come back, together with the errors of the others.
func PlanAll(ctx context.Context, items ...Bound) ([]Plan, error) {
	var plans []Plan
	var errs []error
	for _, item := range items {
		p, err := item.Plan(ctx)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		plans = append(plans, p)
	}
	return plans, errors.Join(errs...)
}

// DeleteAll takes the items down, one after the other in the order given: WaitGone of each, with its default timeout. It stops at the
// first error, since what comes later may be what the failed one still needs; run it again to go on from there.
func DeleteAll(ctx context.Context, items ...Bound) error {
	for i, item := range items {
		if err := item.WaitGone(ctx); err != nil {
			if left := len(items) - i - 1; left > 0 {
				return fmt.Errorf("%w (%d more not tried: run it again to go on)", err, left)
			}
			return err
		}
	}
	return nil
}
