package converge_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestReplayOfADeadObjectTakesTheNextGeneration(t *testing.T) {
	for name, c := range map[string]struct {
		date func() time.Time
		took time.Duration
	}{
		"AWS's clock says that it was made an hour ago: NotFound is no lag": {time.Now, 0},
		"the local clock may be wrong":                                      {nil, window},
	} {
		late(t, func(t *testing.T, s *stub) {
			s.date = c.date
			replayOfADeadObject(t, s, name, c.took)
		})
	}
}

// An object from the future tells that the local clock is behind AWS's: it may be an old one, of a token that is replayed.
func TestObjectFromTheFutureIsReadByID(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) {
			r := fresh("t-dead")
			if len(distinct(s.tokens)) > 1 {
				r.ID = "t-2"
				s.read = func(id string) []row { return []row{alive(id)} }
			}
			r.Created = time.Now().Add(5 * time.Minute)
			return r, nil
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
	})
}

func TestReplayOfALivingObjectIsOurs(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) { return alive("t-1"), nil }
		s.read = func(id string) []row { return []row{alive(id)} }
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, got.Outcome)
		require.Len(t, s.reads, 1)
	})
}

func TestObjectWithoutCreationTimeIsReadUntilItIsListed(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) {
			r := alive("t-1")
			r.Created = time.Time{}
			return r, nil
		}
		s.read = func(id string) []row {
			if len(s.reads) < 3 {
				return nil
			}
			r := alive(id)
			r.Created = time.Time{}
			return []row{r}
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, got.Outcome)
		require.Len(t, s.tokens, 1, "NotFound at first sight is lag")
	})
}

func TestSuccessWithoutAnObjectTellsNothing(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(context.Context, string) (row, error) {
			s.look = func(bool) []row { return []row{fresh("t-1")} }
			return row{}, nil
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-1", got.ID)
		require.Equal(t, privatelink.Created, got.Outcome, "made during this call, though its answer was not heard")
		require.Len(t, s.tokens, 1)
	})
}

func TestStampsInWholeSecondsAreYoungEnough(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		time.Sleep(700 * time.Millisecond)
		s.create = func(context.Context, string) (row, error) {
			r := fresh("t-1")
			r.Created = r.Created.Truncate(time.Second)
			return r, nil
		}
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, got.Outcome)
		require.Empty(t, s.reads)
	})
}

func replayOfADeadObject(t *testing.T, s *stub, name string, took time.Duration) {
	s.create = func(context.Context, string) (row, error) {
		if len(distinct(s.tokens)) == 1 {
			return alive("t-dead"), nil // AWS's first answer, replayed
		}
		return fresh("t-2"), nil
	}
	began := time.Now()
	got, err := converge.Ensure(t.Context(), s)
	require.NoError(t, err)
	require.Equal(t, "t-2", got.ID)
	require.Len(t, s.tokens, 3)
	require.Len(t, s.looks, 3, "a fresh look before the token is asked again, and one in the slot")
	require.Equal(t, took, time.Since(began), name)
}
