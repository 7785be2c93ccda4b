package converge_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cenkalti/backoff/v4"
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

// Where all answers come late, looking again would never end. What counts as late is two seconds at least: a window of nothing makes no look late.
func TestLateLooksAreRepeatedThriceAtMost(t *testing.T) {
	for _, c := range []struct {
		window, takes time.Duration
		looks         int
	}{
		{window, window + time.Second, 2 + 3},
		{window, window, 2},
		{0, 2 * time.Second, 1},
		{0, 3 * time.Second, 1 + 3},
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

// A name that is made and deleted over and over does not walk over all its former lives: each slot of an hour has tokens of its own.
func TestSlotsOfAnHourHaveTokensOfTheirOwn(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		spent := map[string]bool{}
		s.create = func(_ context.Context, token string) (row, error) {
			if spent[token] {
				return row{}, code("IdempotentParameterMismatch")
			}
			spent[token] = true
			return fresh("t-" + token), nil
		}
		for range 40 {
			s.tokens, s.looks, s.wideLooks = nil, nil, nil
			_, err := converge.Ensure(t.Context(), s)
			require.NoError(t, err)
			require.LessOrEqual(t, len(s.tokens), 7, "the hour's first one twice, and those of this slot")
			require.LessOrEqual(t, len(s.tokens)+len(s.looks)+len(s.wideLooks), 40)
			time.Sleep(45 * time.Second)
		}
		require.Len(t, spent, 40)
	})
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
