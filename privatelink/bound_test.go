package privatelink_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type (
	client   struct{}
	snapshot struct{}
)

// thing is a resource that notes what is done with it.
type thing struct {
	name string
	err  error
	log  *[]string
}

func (r thing) note(verb string) error {
	*r.log = append(*r.log, verb+" "+r.name)
	return r.err
}

func (r thing) Validate() error                                   { return nil }
func (r thing) Find(context.Context, client) (*snapshot, error)   { return nil, r.note("find") }
func (r thing) Ensure(context.Context, client) (*snapshot, error) { return nil, r.note("ensure") }
func (r thing) Delete(context.Context, client) error              { return r.note("delete") }
func (r thing) WaitGone(context.Context, client, ...privatelink.WaitOption) error {
	return r.note("gone")
}
func (r thing) Plan(context.Context, client) (privatelink.Plan, error) {
	return privatelink.Plan{Name: r.name}, r.note("plan")
}
func (r thing) WaitReady(context.Context, client, ...privatelink.WaitOption) (*snapshot, error) {
	return nil, r.note("ready")
}

func bind(r thing) privatelink.Bound { return privatelink.Bind[client, snapshot](r, client{}) }

func TestDeleteAllGoesInOrderAndStopsAtTheFirstError(t *testing.T) {
	var log []string
	broken := errors.New("broken")
	a, b, c := thing{"a", nil, &log}, thing{"b", broken, &log}, thing{"c", nil, &log}
	err := privatelink.DeleteAll(t.Context(), bind(a), bind(b), bind(c))
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "1 more not tried")
	require.Equal(t, []string{"gone a", "gone b"}, log)
	require.NoError(t, privatelink.DeleteAll(t.Context(), bind(a), bind(c)))
}

func TestPlanAllGivesThePlansThatItCan(t *testing.T) {
	var log []string
	broken := errors.New("broken")
	plans, err := privatelink.PlanAll(t.Context(), bind(thing{"a", broken, &log}), bind(thing{"b", nil, &log}))
	require.ErrorIs(t, err, broken)
	require.Equal(t, []privatelink.Plan{{Name: "b"}}, plans)
}

func TestEmptyBoundIsInvalid(t *testing.T) {
	require.ErrorIs(t, privatelink.DeleteAll(t.Context(), privatelink.Bound{}), privatelink.ErrInvalid)
	_, err := privatelink.PlanAll(t.Context(), privatelink.Bound{})
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.ErrorIs(t, privatelink.Bound{}.WaitReady(t.Context()), privatelink.ErrInvalid)
}
