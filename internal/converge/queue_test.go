package converge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/limit"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type turnKey struct{}

// queue is a client whose creates wait for their turn.
type queue struct {
	wait  time.Duration
	turns int
	limit limit.Limiter
}

func (q *queue) Turn(ctx context.Context) (context.Context, error) {
	q.turns++
	time.Sleep(q.wait)
	turn, err := q.limit.Turn(ctx, "Create")
	return limit.With(context.WithValue(ctx, turnKey{}, q.turns), turn), err
}

func TestACreateWaitsForItsTurnAndLooksAgainAfterIt(t *testing.T) {
	for _, c := range []struct {
		wait  time.Duration
		looks int
	}{{time.Second, 1}, {20 * time.Minute, 2}} {
		late(t, func(t *testing.T, s *stub) {
			q := &queue{wait: c.wait}
			s.client, s.looks = q, nil
			began := time.Now()
			s.create = func(ctx context.Context, _ string) (row, error) {
				require.Equal(t, 1, ctx.Value(turnKey{}), "it goes out with its turn")
				deadline, ok := ctx.Deadline()
				require.True(t, ok)
				require.Equal(t, window, time.Until(deadline), "the wait took nothing of its time")
				return fresh("t-1"), nil
			}
			_, err := converge.Ensure(t.Context(), s)
			require.NoError(t, err)
			require.Len(t, s.looks, c.looks)
			require.Equal(t, 1, q.turns)
			require.GreaterOrEqual(t, time.Since(began), c.wait)
		})
	}
}

func TestATurnThatIsNotUsedIsGivenBack(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		q := &queue{wait: time.Minute, limit: limit.Limiter{Most: 1}}
		s.client = q
		began := time.Now()
		s.look = func(bool) []row {
			if time.Since(began) < time.Minute {
				return nil
			}
			return []row{alive("t-2")} // a twin made it meanwhile
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = q.limit.Turn(ctx, "Create")
		require.NoError(t, err, "the only place is free again")
	})
}

func TestAThrottledCreateWaitsForAnotherTurn(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		q := &queue{}
		s.client, s.looks = q, nil
		s.create = func(ctx context.Context, _ string) (row, error) {
			limit.Take(ctx, "Create").Done(limit.Other)
			if q.turns < 4 {
				return row{}, code("RequestLimitExceeded")
			}
			return fresh("t-1"), nil
		}
		_, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, 4, q.turns)
		require.Len(t, s.looks, 4, "each is justified by a look of its own")
		require.Len(t, distinct(s.tokens[len(s.tokens)-4:]), 1)

		s.create = func(context.Context, string) (row, error) { return row{}, code("RequestLimitExceeded") }
		_, err = converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrThrottled, "but not for ever")

		s.client = "no queue"
		before := len(s.tokens)
		_, err = converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrThrottled)
		require.Len(t, s.tokens, before+1)
	})
}

func TestWhoLeavesTheQueueCreatesNothing(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		made := len(s.tokens)
		q := &queue{limit: limit.Limiter{Most: 1}}
		s.client = q
		_, err := q.limit.Turn(t.Context(), "Create") // somebody else's
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = converge.Ensure(ctx, s)
		require.True(t, errors.Is(err, context.DeadlineExceeded), "%v", err)
		require.Len(t, s.tokens, made)
	})
}
