package converge_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The token was answered with what is dead; the fresh look before the second ask comes late, and a twin has made its own meanwhile.
func TestTheLookBeforeASecondAskIsRepeatedWhenItsAnswerCameLate(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		var made []row
		s.look = func(bool) []row {
			seen := made
			if len(s.looks) == 2 {
				time.Sleep(6 * window)
				made = []row{alive("t-twin")}
			}
			return seen
		}
		s.create = s.deadFirst
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-twin", got.ID)
	})
}

// deadFirst answers the first ask with what is dead, and makes something at the second.
func (s *stub) deadFirst(context.Context, string) (row, error) {
	if len(s.tokens) == 1 {
		return alive("t-dead"), nil
	}
	return fresh("t-second"), nil
}

type slowTurns struct{ turn func() }

func (q slowTurns) Turn(ctx context.Context) (context.Context, error) { q.turn(); return ctx, nil }

// The same, but it is the turn of the second ask that takes long.
func TestASecondAskLooksAgainAfterALongWaitForItsTurn(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		var made []row
		turns := 0
		s.client = slowTurns{func() {
			if turns++; turns == 2 {
				time.Sleep(6 * window)
				made = []row{alive("t-twin")}
			}
		}}
		s.look = func(bool) []row { return made }
		s.create = s.deadFirst
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-twin", got.ID)
	})
}

// The look before the next token comes so late that the asks before it tell nothing any more: going over all of them again is for a wait.
func TestAWalkWhoseLastLookCameLateEndsTheCall(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		slow := true
		s.look = func(wide bool) []row {
			if slow && !wide && len(s.tokens) == 2 {
				slow = false
				time.Sleep(6 * window)
			}
			return nil
		}
		s.create = func(context.Context, string) (row, error) {
			if len(distinct(s.tokens)) == 1 {
				return row{}, code("IdempotentParameterMismatch")
			}
			return fresh("t-2"), nil
		}
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.Len(t, s.tokens, 2)

		s.tokens, slow = nil, true
		got, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
	})
}
