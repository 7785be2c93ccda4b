package merge_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/merge"
)

const latency = 50 * time.Millisecond

// server answers a request with its number and keys, after a while.
type server struct {
	mu     sync.Mutex
	took   map[int]time.Duration // of the nth request, latency where nothing is said
	sent   [][]string
	ended  []error // the ends of the contexts of requests
	refuse func(keys []string) error
}

type reply struct {
	number int
	sentAt time.Time
	keys   []string
}

func (s *server) send(ctx context.Context, keys []string) (reply, error) {
	s.mu.Lock()
	s.sent = append(s.sent, keys)
	r := reply{number: len(s.sent), sentAt: time.Now(), keys: keys}
	took, said := s.took[r.number]
	s.mu.Unlock()
	if !said {
		took = latency
	}
	select {
	case <-time.After(took):
	case <-ctx.Done():
		s.mu.Lock()
		s.ended = append(s.ended, ctx.Err())
		s.mu.Unlock()
		return reply{}, ctx.Err()
	}
	if s.refuse != nil {
		return r, s.refuse(keys)
	}
	return r, nil
}

func (s *server) merger() *merge.Merger[string, reply] {
	return &merge.Merger[string, reply]{Send: s.send, Max: 10}
}

// each asks n keys, each in a goroutine of its own, and waits for all.
func each(n int, ask func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { ask(i) })
	}
	all.Wait()
}

func bubble(t *testing.T, f func(t *testing.T, s *server, m *merge.Merger[string, reply])) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &server{took: map[int]time.Duration{}}
		f(t, s, s.merger())
	})
}

func TestLoneCallerLosesNoTime(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		for range 3 {
			began := time.Now()
			got, err := m.Ask(t.Context(), "a")
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Equal(t, latency, time.Since(began))
		}
		require.Equal(t, [][]string{{"a"}, {"a"}, {"a"}}, s.sent, "nothing is cached")
	})
}

func TestManyCallersShareFewRequests(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		m.Max = 199
		began := time.Now()
		each(1000, func(i int) {
			key := fmt.Sprint(i % 400)
			got, err := m.Ask(t.Context(), key)
			require.NoError(t, err)
			require.Contains(t, got[0].keys, key)
		})
		require.LessOrEqual(t, len(s.sent), 6, "two departures at most, of three requests each")
		require.LessOrEqual(t, time.Since(began), 2*latency)
		for _, keys := range s.sent {
			require.LessOrEqual(t, len(keys), 199)
		}
	})
}

// The heart of it: who asks while a request is in flight gets the answer to a later one.
func TestAnswersAreNewerThanTheirQuestions(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		each(200, func(i int) {
			time.Sleep(time.Duration(i*7%90) * time.Millisecond)
			asked := time.Now()
			got, err := m.Ask(t.Context(), fmt.Sprint(i%20))
			require.NoError(t, err)
			require.False(t, got[0].sentAt.Before(asked))
		})
		require.Less(t, len(s.sent), 30)
	})
}

func TestASlowRequestHoldsNobodyUpForLong(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		s.took[1] = time.Hour
		go m.Ask(t.Context(), "slow")
		synctest.Wait()
		began := time.Now()
		got, err := m.Ask(t.Context(), "a")
		require.NoError(t, err)
		require.Equal(t, 2, got[0].number)
		require.Equal(t, merge.DefaultPatience+latency, time.Since(began))
		time.Sleep(time.Hour)
	})
}

func TestOneCallersCancelIsItsOwn(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		go m.Ask(t.Context(), "first") // so that the others leave together
		synctest.Wait()
		early, cancel := context.WithCancel(t.Context())
		each(10, func(i int) {
			ctx := t.Context()
			if i%2 == 0 {
				ctx = early
			}
			if i == 0 {
				time.AfterFunc(latency*3/2, cancel)
			}
			_, err := m.Ask(ctx, fmt.Sprint(i))
			if i%2 == 0 {
				require.ErrorIs(t, err, context.Canceled)
				return
			}
			require.NoError(t, err)
		})
		require.Empty(t, s.ended)
		require.Len(t, s.sent, 2)
	})
}

func TestARequestEndsWhenNobodyWaits(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		s.took[1], s.took[2] = time.Hour, time.Hour
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		go m.Ask(ctx, "first")
		synctest.Wait()
		each(5, func(int) {
			_, err := m.Ask(ctx, "a", "b")
			require.ErrorIs(t, err, context.DeadlineExceeded)
		})
		synctest.Wait()
		require.Equal(t, time.Second, time.Since(began))
		require.Equal(t, []error{context.Canceled, context.Canceled}, s.ended)
		_, err := m.Ask(ctx, "a")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Len(t, s.sent, 2, "who comes with an ended context asks nothing")
		_, err = m.Ask(t.Context(), "a")
		require.NoError(t, err)
	})
}

func TestWhatNobodyWantsAnyMoreIsNotSent(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		go m.Ask(t.Context(), "first")
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		go m.Ask(ctx, "gone", "shared")
		go m.Ask(t.Context(), "shared")
		synctest.Wait()
		cancel()
		time.Sleep(2 * latency)
		synctest.Wait()
		require.Equal(t, [][]string{{"first"}, {"shared"}}, s.sent)
	})
}

func TestALongQuestionIsSplit(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		var keys []string
		for i := range 25 {
			keys = append(keys, fmt.Sprint(i))
		}
		began := time.Now()
		got, err := m.Ask(t.Context(), append(keys, keys...)...)
		require.NoError(t, err)
		require.Len(t, got, 3)
		require.Equal(t, latency, time.Since(began), "side by side")
		var carried []string
		for _, r := range got {
			require.LessOrEqual(t, len(r.keys), 10)
			carried = append(carried, r.keys...)
		}
		require.ElementsMatch(t, keys, carried)
	})
}

func TestAnErrorGoesToThoseOfItsRequest(t *testing.T) {
	broken := errors.New("broken")
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		m.Max = 0
		m.Plan = func(keys []string) [][]string {
			bad := slices.Index(keys, "bad")
			if bad < 0 {
				return [][]string{keys}
			}
			return [][]string{{"bad"}, slices.Delete(slices.Clone(keys), bad, bad+1)}
		}
		s.refuse = func(keys []string) error {
			if slices.Contains(keys, "bad") {
				return broken
			}
			return nil
		}
		go m.Ask(t.Context(), "first")
		synctest.Wait()
		each(10, func(i int) {
			key := fmt.Sprint(i)
			if i == 3 {
				key = "bad"
			}
			_, err := m.Ask(t.Context(), key)
			if i == 3 {
				require.ErrorIs(t, err, broken)
				return
			}
			require.NoError(t, err)
		})
	})
}

func TestWithMaxOneOnlyTheSameKeyIsShared(t *testing.T) {
	bubble(t, func(t *testing.T, s *server, m *merge.Merger[string, reply]) {
		m.Max = 1
		began := time.Now()
		each(40, func(i int) {
			_, err := m.Ask(t.Context(), fmt.Sprint(i%4))
			require.NoError(t, err)
		})
		require.LessOrEqual(t, len(s.sent), 8)
		require.LessOrEqual(t, time.Since(began), 2*latency)
		go m.Ask(t.Context(), "a")
		synctest.Wait()
		began = time.Now()
		_, err := m.Ask(t.Context(), "b")
		require.NoError(t, err)
		require.Equal(t, latency, time.Since(began), "another key does not wait")
	})
}

func TestARequestThatNeverReturnsAnAnswerIsAnError(t *testing.T) {
	m := &merge.Merger[string, int]{Send: func(context.Context, []string) (int, error) {
		runtime.Goexit()
		return 0, nil
	}}
	_, err := m.Ask(t.Context(), "a")
	require.ErrorContains(t, err, "without an answer")
}

func TestNoKeysNoRequest(t *testing.T) {
	got, err := (&merge.Merger[string, int]{}).Ask(t.Context())
	require.NoError(t, err)
	require.Empty(t, got)
}
