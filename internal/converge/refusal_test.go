package converge_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestUniquenessRefusalIsBelievedWhenItIsRepeated(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) { return row{}, code("ConflictingDomainExists") }
		began := time.Now()
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.GreaterOrEqual(t, time.Since(began), 3*window)
		require.Len(t, s.tokens, 3)
		require.Len(t, distinct(s.tokens), 1)
	})
}

type namingStub struct{ *stub }

func (namingStub) InTheWay(context.Context, error) string { return "t-foreign stands there" }

func TestUniquenessRefusalIsBelievedWhenWhatIsInTheWayIsFound(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) { return row{}, code("ConflictingDomainExists") }
		began := time.Now()
		_, err := converge.Ensure(t.Context(), namingStub{s})
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.ErrorContains(t, err, "t-foreign stands there")
		require.Equal(t, window, time.Since(began))
		require.Len(t, s.tokens, 1)
	})
}

func TestUniquenessRefusalByAPredecessorThatIsJustGone(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) {
			if len(s.tokens) == 1 {
				return row{}, code("ConflictingDomainExists")
			}
			return fresh("t-1"), nil
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-1", got.ID)
	})
}

func TestDyingTwinBehindAUniquenessRefusalIsPending(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(wide bool) []row {
			if wide {
				return []row{at("t-0", privatelink.Deleting)}
			}
			return nil
		}
		s.create = func(context.Context, string) (row, error) { return row{}, code("ConflictingDomainExists") }
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrPending)
	})
}

func TestHiddenServiceIsOutlastedForThreeWindows(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) { return row{}, code("InvalidServiceName") }
		began := time.Now()
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.Zero(t, time.Since(began))
		_, err = converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.InDelta(t, 3*window, time.Since(began), float64(window))
	})
}
