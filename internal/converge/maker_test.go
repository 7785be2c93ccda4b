package converge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestAMakerMakesAndChanges(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.value = "b"
		s.change = func(have *snap) (*snap, error) { return &snap{ID: have.ID, Value: "b"}, nil }
		got, err := (&converge.Maker[snap]{Kind: s}).Make(t.Context())
		require.NoError(t, err)
		require.Equal(t, snap{ID: "t-1", Value: "b"}, *got)
		require.Len(t, s.looks, 1)
		require.Len(t, s.tokens, 1)
	})
}

// A pass that fails in the middle of a walk over tokens is no reason to ask for all of them again.
func TestAMakersWalkOutlastsAFailedPass(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		down := code("InternalError")
		s.create = func(context.Context, string) (row, error) {
			switch len(distinct(s.tokens)) {
			case 1:
				return row{}, code("IdempotentParameterMismatch")
			case 2:
				return row{}, down
			}
			return row{}, errors.New("a third token")
		}
		m := &converge.Maker[snap]{Kind: s}
		_, err := m.Make(t.Context())
		require.ErrorIs(t, err, down)
		require.Len(t, distinct(s.tokens), 2)
		asked := len(s.tokens)

		s.create = func(context.Context, string) (row, error) { return fresh("t-2"), nil }
		got, err := m.Make(t.Context())
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
		require.Equal(t, s.tokens[asked-1], s.tokens[asked], "the token that the failed pass had come to")
	})
}

func TestAMakersErrorsHaveNoContextOfTheirOwn(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		denied := code("UnauthorizedOperation")
		s.create = func(context.Context, string) (row, error) { return row{}, denied }
		_, err := (&converge.Maker[snap]{Kind: s}).Make(t.Context())
		require.ErrorIs(t, err, denied)
		require.EqualError(t, err, denied.Error())
		require.Equal(t, awserr.Of(denied), awserr.Of(err))

		busy := code("IncorrectState")
		s.create = func(context.Context, string) (row, error) { return row{}, busy }
		_, err = (&converge.Maker[snap]{Kind: s}).Make(t.Context())
		require.EqualError(t, err, busy.Error(), "that AWS is at work the other resource's verb says")
		require.Equal(t, awserr.Busy, awserr.Of(err).Means)

		s.look = func(bool) []row { return []row{at("t-0", privatelink.Deleting)} }
		_, err = (&converge.Maker[snap]{Kind: s}).Make(t.Context())
		require.Equal(t, awserr.Refusal{Sentinel: privatelink.ErrPending, Means: awserr.Busy}, awserr.Of(err))
		var own *privatelink.Error
		require.False(t, errors.As(err, &own))
	})
}

// A look that was sent before the call justifies a create in the hour that it was sent in, and in no other.
func TestAnEarlierLookCountsFromWhenItWasSent(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		sent := time.Now()
		s.sent = func() time.Time { return sent }
		time.Sleep(time.Hour) // into another one
		s.look = func(bool) []row {
			s.sent = nil // the next look is a real one
			return nil
		}
		_, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Len(t, s.looks, 2)
		require.Len(t, s.tokens, 1)
	})
}
