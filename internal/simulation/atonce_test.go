package simulation_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// A maker dies right after one of his writes, and somebody calls WaitGone at once, when lookups do not show yet what was made, and when they do, on
// a further page: nothing is left.
func TestGoneAtOnce(t *testing.T) {
	for _, kind := range subjects() {
		t.Run(kind.name, func(t *testing.T) {
			declared, deaths := kind.declared(t), 0
			for died := true; died; deaths++ {
				synctest.Test(t, func(t *testing.T) { died = goneAtOnce(t, kind, deaths+1, declared) })
			}
			require.Greater(t, deaths, 1)
		})
	}
}

// goneAtOnce tells whether there were so many writes.
func goneAtOnce(t *testing.T, kind subject, write int, declared string) bool {
	s := newStage(friendly.cloud())
	kind.plant(s)
	time.Sleep(30 * time.Second) // until reads show the neighbours
	before := s.cloud.Dump()
	s.cloud.Forget = false
	s.cloud.Inject(fake.Crash().AfterEffect().When(func(c *fake.Call) bool { return !simulation.Reads(c.Op) }).Nth(write))
	maker := fake.Caller(t.Context(), "maker")
	err := kind.actor(s).do(maker, ready, 0)
	if !errors.Is(context.Cause(maker), fake.ErrCrashed) {
		require.NoError(t, err)
		return false
	}
	s.cloud.Heal()
	s.cloud.Before = func(_ context.Context, c *fake.Call) error {
		simulation.ShortPages(c)
		return nil
	}
	require.NoError(t, kind.actor(s).do(fake.Caller(t.Context(), "sweeper"), gone, 0))
	err = unchanged(before, s.cloud.Dump())
	require.NoError(t, err, "the maker died after write %d\nreplay   go test ./internal/simulation -run TestGoneAtOnce/%s -v\n%s\njournal\n%s",
		write, kind.name, declared, journalOf(s.cloud, simulation.Line))
	return true
}
