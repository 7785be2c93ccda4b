package converge_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestSpentTokenIsAskedAgainBeforeTheNextGeneration(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.create = func(_ context.Context, token string) (row, error) {
			if len(distinct(s.tokens)) == 1 {
				return row{}, code("IdempotentParameterMismatch")
			}
			return fresh("t-2"), nil
		}
		began := time.Now()
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-2", got.ID)
		require.Len(t, s.tokens, 3, "twice the same, then the next")
		require.Equal(t, s.tokens[0], s.tokens[1])
		require.NotEqual(t, s.tokens[1], s.tokens[2])
		require.GreaterOrEqual(t, time.Since(began), 2*window, "an empty window after each ask")
		require.Len(t, s.wideLooks, 8, "by VPC, in all states: four in each window")
	})
}

// Where something of the identity ends after an ask, AWS may forget the token, and somebody else make something with it: the next generation
// would be a second one.
func TestSpentTokenIsAskedAnewWhenSomethingVanishedSince(t *testing.T) {
	for name, script := range map[string]func(*stub){
		"as a look of the window says": func(s *stub) {
			s.vanished = func() bool { return len(s.tokens) == 2 && len(s.wideLooks) == 6 }
		},
		"as reads of two that were listed say": func(s *stub) {
			s.look = func(bool) []row {
				if len(s.tokens) == 2 && len(s.wideLooks) == 6 {
					return []row{alive("t-a"), alive("t-b")}
				}
				return nil
			}
		},
		"as a repeated look says": func(s *stub) {
			s.look = func(bool) []row {
				if len(s.tokens) == 2 && len(s.wideLooks) == 8 {
					time.Sleep(2 * window)
				}
				return nil
			}
			s.vanished = func() bool { return len(s.tokens) == 2 && len(s.wideLooks) == 9 }
		},
		"as a look after the first ask says": func(s *stub) {
			s.vanished = func() bool { return len(s.tokens) == 1 && len(s.wideLooks) == 4 }
		},
		"as the look for a slot says": func(s *stub) {
			s.vanished = func() bool { return len(s.tokens) == 2 && len(s.looks) == 2 }
		},
	} {
		t.Run(name, func(t *testing.T) {
			late(t, func(t *testing.T, s *stub) {
				script(s)
				s.create = func(context.Context, string) (row, error) {
					if len(s.tokens) < 3 {
						return row{}, code("IdempotentParameterMismatch")
					}
					return fresh("t-2"), nil
				}
				got, err := converge.Ensure(t.Context(), s)
				require.NoError(t, err)
				require.Equal(t, "t-2", got.ID)
				require.Len(t, s.tokens, 3)
				require.Len(t, distinct(s.tokens), 1, "the same token once more, and not the next one")
			})
		})
	}
}

// What held the token may have come and gone while looks were slow.
func TestSpentTokenIsAskedAnewWhenTheLooksAfterItWereSlow(t *testing.T) {
	for name, slow := range map[string][]int{"the last ones": {4, 8}, "the first ones": {1, 3}, "the one after the second ask": {5}} {
		t.Run(name, func(t *testing.T) {
			late(t, func(t *testing.T, s *stub) {
				s.look = func(wide bool) []row {
					if wide && slices.Contains(slow, len(s.wideLooks)) {
						time.Sleep(6 * window)
					}
					return nil
				}
				s.create = func(context.Context, string) (row, error) {
					if len(s.tokens) < 3 {
						return row{}, code("IdempotentParameterMismatch")
					}
					return fresh("t-2"), nil
				}
				_, err := converge.Ensure(t.Context(), s)
				require.NoError(t, err)
				require.Len(t, s.tokens, 3)
				require.Len(t, distinct(s.tokens), 1, "the same token once more, and not the next one")
			})
		})
	}
}

// A call that fails in a walk over generations does not undo it: within a moment the walk goes on where it was, later it begins anew.
func TestAWalkOutlastsAFailedCall(t *testing.T) {
	for pause, asks := range map[time.Duration]int{5 * time.Second: 4, 5*window + time.Second: 6} {
		late(t, func(t *testing.T, s *stub) {
			s.create = func(context.Context, string) (row, error) {
				switch n := len(s.tokens); {
				case n < 3, n > 3 && n < asks:
					return row{}, code("IdempotentParameterMismatch")
				case n == 3:
					return row{}, code("InternalError")
				}
				return fresh("t-3"), nil
			}
			_, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings(privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(pause) })))
			require.NoError(t, err)
			require.Len(t, s.tokens, asks)
			require.NotEqual(t, s.tokens[1], s.tokens[2])
			if asks == 4 {
				require.Equal(t, s.tokens[2], s.tokens[3], "the one whose ask failed")
			} else {
				require.Equal(t, []string{s.tokens[0], s.tokens[0]}, s.tokens[3:5])
			}
		})
	}
}

// The look for a slot may fail: the token is still the one that was asked.
func TestAWalkThatDidNotReachASlotKeepsItsToken(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		failed := false
		s.failing = func(wide bool) error {
			if wide || len(s.tokens) < 2 || failed {
				return nil
			}
			failed = true
			return code("InternalError")
		}
		s.create = func(context.Context, string) (row, error) {
			if len(s.tokens) < 4 {
				return row{}, code("IdempotentParameterMismatch")
			}
			return fresh("t-4"), nil
		}
		_, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
		require.NoError(t, err)
		require.True(t, failed)
		require.Len(t, s.tokens, 4)
		require.Len(t, distinct(s.tokens[:3]), 1)
		require.NotEqual(t, s.tokens[2], s.tokens[3])
	})
}

// What a look saw may be over when its answer comes late: one more shows what a twin has made meanwhile.
func TestALookWhoseAnswerCameLateIsRepeated(t *testing.T) {
	for ask := range 3 { // the look that justifies the first ask, and those after each
		late(t, func(t *testing.T, s *stub) {
			var made []row
			s.look = func(bool) []row {
				seen := made
				if len(s.tokens) == ask && len(s.wideLooks) == 4*ask {
					time.Sleep(6 * window)
					made = []row{alive("t-twin")}
				}
				return seen
			}
			s.create = func(context.Context, string) (row, error) { return row{}, code("IdempotentParameterMismatch") }
			got, err := converge.Ensure(t.Context(), s)
			require.NoError(t, err)
			require.Equal(t, "t-twin", got.ID)
			require.Len(t, s.tokens, ask)
		})
	}
}

// Where all answers come late, looking again would never end. What counts as late is two seconds at least, and a window of nothing
// makes no look late.
func TestLateLooksAreRepeatedThriceAtMost(t *testing.T) {
	for _, c := range []struct {
		window, takes time.Duration
		looks         int
	}{
		{window, window + time.Second, 2 + 3},
		{window, window, 2},
		{time.Second, 2 * time.Second, 2},
		{time.Second, 3 * time.Second, 2 + 3},
		{0, time.Minute, 1},
	} {
		late(t, func(t *testing.T, s *stub) {
			looks := 0
			s.window = c.window
			s.look = func(bool) []row {
				time.Sleep(c.takes)
				return nil
			}
			s.create = func(context.Context, string) (row, error) {
				switch len(s.tokens) {
				case 1:
					return row{}, code("IdempotentParameterMismatch")
				case 2:
					looks = len(s.wideLooks)
				}
				return fresh("t-2"), nil
			}
			_, err := converge.Ensure(t.Context(), s)
			require.NoError(t, err)
			require.Equal(t, c.looks, looks)
		})
	}
}

func TestSpentTokenOfATwinConverges(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(wide bool) []row {
			if len(s.wideLooks) >= 3 {
				return []row{alive("t-twin")}
			}
			return nil
		}
		s.create = func(context.Context, string) (row, error) { return row{}, code("IdempotentInstanceTerminated") }
		got, err := converge.Ensure(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, "t-twin", got.ID)
		require.Len(t, s.tokens, 1)
	})
}
