package converge_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestCreateIsOneLookAndOneCreate(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, got.Outcome)
		require.Len(t, s.looks, 1)
		require.Len(t, s.tokens, 1)
		require.Empty(t, s.reads)
	})
}

func TestHourBeginsWithAGuard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStub()
		for !s.guarded() {
			time.Sleep(time.Second)
		}
		time.Sleep(time.Hour - 20*time.Second) // the next hour has just begun
		_, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Len(t, s.looks, 2, "the look before the guard justifies nothing")
		require.Len(t, s.tokens, 1)
		require.LessOrEqual(t, s.looks[1].Sub(s.looks[0]), 3*window)
	})
}

func TestRunningIntoTheCreatesDeadlineIsALostAnswer(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(ctx context.Context, _ string) (row, error) {
			<-ctx.Done() // the request took effect all the same
			s.look = func(bool) []row { return []row{alive("t-1")} }
			return row{}, ctx.Err()
		}
		began := time.Now()
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-1", got.ID)
		require.Equal(t, window, time.Since(began), "one window after sending")
		require.Len(t, s.tokens, 1)
	})
}

// Without a deadline of the caller's nothing else would end a call whose requests AWS never answers.
func TestCreatesThatAreNeverAnsweredEndTheCall(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(ctx context.Context, _ string) (row, error) {
			<-ctx.Done()
			return row{}, ctx.Err()
		}
		_, err := converge.Ensure(context.Background(), s)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.Len(t, s.tokens, 5)
		require.Len(t, s.looks, 5, "a look before each")
		_, err = converge.WaitReady(context.Background(), s, privatelink.WaitSettings{Timeout: 5 * time.Minute})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Greater(t, len(s.tokens), 15, "a wait goes on")
	})
}

func TestDyingPredecessorHoldsTheIdentity(t *testing.T) {
	for _, state := range []privatelink.State{privatelink.Deleting, privatelink.Deleted} {
		late(t, func(t *testing.T, s *stub) {
			s.look = func(bool) []row { return []row{at("t-0", state)} }
			_, err := converge.Ensure(t.Context(), s)
			require.ErrorIs(t, err, privatelink.ErrPending)
			require.ErrorContains(t, err, "t-0")
			require.Empty(t, s.tokens)
		})
	}
}

func TestDeletedRowIsWaitedForTwoMinutes(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row { return []row{at("t-0", privatelink.Deleted)} } // for good
		s.read = func(id string) []row { return []row{alive(id)} }
		began := time.Now()
		_, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
		require.NoError(t, err)
		require.InDelta(t, 2*time.Minute, time.Since(began), float64(10*time.Second))
		require.Len(t, s.tokens, 1)
	})
}

func TestSeveralLiveOnesAreBelievedAfterAWindow(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row { return []row{alive("t-1"), alive("t-2")} }
		s.read = func(id string) []row { return []row{alive(id)} }
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.ErrorContains(t, err, "t-1, t-2")
		require.NoError(t, converge.Delete(t.Context(), s))
		require.Equal(t, []string{"t-1", "t-2"}, s.deleted)
	})
}

func TestOneOfSeveralThatIsGoneWasAStaleLook(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row { return []row{alive("t-1"), alive("t-2")} }
		s.read = func(id string) []row {
			if id == "t-1" {
				return nil
			}
			return []row{alive(id)}
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
	})
}

func TestHourIsAWSsAndNotOurs(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		_, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		ahead := newStub()
		ahead.date = func() time.Time { return time.Now().Add(-30 * time.Minute) } // our clock is ahead
		ahead.create = func(context.Context, string) (row, error) {
			r := fresh("t-1")
			r.Created = r.Created.Add(-30 * time.Minute)
			return r, nil
		}
		time.Sleep(29 * time.Minute)
		got, err := converge.Ensure(t.Context(), ahead)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, got.Outcome, "made by this call, by AWS's clock")
	})
}
