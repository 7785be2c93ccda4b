package converge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestInvalidDeclarationMakesNoCall(t *testing.T) {
	s := newStub()
	s.problems = []string{"one", "two"}
	var client *stub
	s.client = client
	_, err := converge.Ensure(t.Context(), s)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 3)
	require.Empty(t, s.looks)
}

func TestRefusedChangeIsJudgedByReads(t *testing.T) {
	for _, c := range []struct {
		name  string
		reads []string // the value at each read, the last for good
		sends int
		ok    bool
	}{
		{"the rows were stale", []string{"new"}, 1, true},
		{"the rows are stale for a while", []string{"old", "old", "new"}, 1, true},
		{"somebody else came between", []string{"other"}, 2, true},
		{"AWS means it", []string{"old"}, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			late(t, func(t *testing.T, s *stub) {
				s.value = "new"
				valued := func(v string) row {
					r := alive("t-1")
					r.Snap.Value = v
					return r
				}
				s.look = func(bool) []row { return []row{valued("old")} }
				s.read = func(string) []row { return []row{valued(c.reads[min(len(s.reads), len(c.reads))-1])} }
				sends := 0
				s.change = func(have *snap) (*snap, error) {
					if sends++; have.Value == "old" {
						return nil, code("InvalidParameter")
					}
					return &snap{ID: have.ID, Value: "new"}, nil
				}
				got, err := converge.Ensure(t.Context(), s)
				require.Equal(t, c.sends, sends)
				if !c.ok {
					require.ErrorContains(t, err, "InvalidParameter")
					return
				}
				require.NoError(t, err)
				require.Equal(t, privatelink.Updated, got.Outcome)
			})
		})
	}
}

func TestChangeInProgressIsPendingAndOutlasted(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.value = "new"
		s.look = func(bool) []row { return []row{alive("t-1")} }
		done := false
		s.read = func(string) []row {
			r := alive("t-1")
			if done {
				r.Snap.Value = "new"
			}
			return []row{r}
		}
		free := time.Now().Add(time.Minute)
		s.change = func(have *snap) (*snap, error) {
			if time.Now().Before(free) {
				return nil, code("OperationInProgress")
			}
			done = true
			return &snap{ID: have.ID, Value: "new"}, nil
		}
		got, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.Equal(t, "t-1", got.ID, "the living resource comes with it")
		_, err = converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
		require.NoError(t, err)
	})
}

func TestWaitReadyDoesNotResurrectWhatSomebodyDeletes(t *testing.T) {
	for _, state := range []privatelink.State{privatelink.Deleting, ""} {
		late(t, func(t *testing.T, s *stub) {
			began := time.Now()
			s.create = func(context.Context, string) (row, error) {
				r := fresh("t-1")
				r.State = privatelink.Pending
				return r, nil
			}
			s.read = func(id string) []row {
				switch {
				case time.Since(began) < 30*time.Second:
					return []row{at(id, privatelink.Pending)}
				case state == "":
					return nil
				}
				return []row{at(id, state)}
			}
			slow := &slowStub{s}
			_, err := converge.WaitReady(t.Context(), slow, privatelink.NewWaitSettings())
			require.ErrorIs(t, err, privatelink.ErrNotFound)
			require.ErrorContains(t, err, "deleted while waiting")
			require.Len(t, s.tokens, 1)
		})
	}
}

// slowStub is ready when it is available.
type slowStub struct{ *stub }

func (s *slowStub) Ready(*snap) string { return "AWS" }

func TestWaitReadyStartsOverAfterAStaleLook(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row {
			if len(s.looks) == 1 {
				return []row{at("t-0", privatelink.Pending)} // deleted a moment ago
			}
			return nil
		}
		s.read = func(id string) []row {
			if id == "t-0" {
				return []row{at(id, privatelink.Deleting)}
			}
			return []row{alive(id)}
		}
		pending := &firstPending{s}
		got, err := converge.WaitReady(t.Context(), pending, privatelink.NewWaitSettings())
		require.NoError(t, err)
		require.Equal(t, "t-1", got.ID)
	})
}

type firstPending struct{ *stub }

func (s *firstPending) Ready(have *snap) string {
	if have.ID == "t-0" {
		return "AWS"
	}
	return ""
}

func TestWaitThatRunsOutNamesWhereItIsStuck(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row { return []row{at("t-1", privatelink.PendingAcceptance)} }
		s.read = func(id string) []row { return []row{at(id, privatelink.PendingAcceptance)} }
		_, err := converge.WaitReady(t.Context(), &slowStub{s}, privatelink.NewWaitSettings(privatelink.Timeout(time.Minute)))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		var e *privatelink.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, "pendingAcceptance", e.State)
		require.Equal(t, "t-1", e.ID)
	})
}

func TestCancelledContextEndsAWaitAtOnce(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.look = func(bool) []row { return []row{at("t-1", privatelink.Pending)} }
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		began := time.Now()
		_, err := converge.WaitReady(ctx, &slowStub{s}, privatelink.NewWaitSettings())
		require.ErrorIs(t, err, context.Canceled)
		require.Equal(t, 3*time.Second, time.Since(began))
	})
}

func TestFailedResourceHoldsItsIdentity(t *testing.T) {
	for state, sentinel := range map[privatelink.State]error{
		privatelink.Rejected: privatelink.ErrRejected, privatelink.Failed: privatelink.ErrFailed,
		privatelink.Expired: privatelink.ErrFailed, privatelink.Partial: privatelink.ErrFailed,
	} {
		late(t, func(t *testing.T, s *stub) {
			s.look = func(bool) []row {
				r := at("t-1", state)
				r.Err = errors.New("AWS's last error")
				return []row{r}
			}
			for _, verb := range []func() (*snap, error){
				func() (*snap, error) { return converge.Ensure(t.Context(), s) },
				func() (*snap, error) { return converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings()) },
			} {
				got, err := verb()
				require.ErrorIs(t, err, sentinel)
				require.ErrorIs(t, err, privatelink.ErrFailed)
				require.ErrorContains(t, err, "AWS's last error")
				require.NotNil(t, got)
			}
			require.Empty(t, s.tokens)
			require.NoError(t, converge.Delete(t.Context(), s))
			require.Equal(t, []string{"t-1"}, s.deleted)
		})
	}
}

func TestWaitGoneLooksAgainAWindowAfterItBegan(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		began := time.Now()
		s.look = func(bool) []row {
			if since := time.Since(began); since >= 8*time.Second && len(s.deleted) == 0 {
				return []row{alive("t-1")} // made just before; the first looks did not show it
			}
			return nil
		}
		require.NoError(t, converge.WaitGone(t.Context(), s, privatelink.NewWaitSettings()))
		require.Equal(t, []string{"t-1"}, s.deleted)
		require.Empty(t, s.looks, "by VPC and in all states")
		require.GreaterOrEqual(t, s.wideLooks[len(s.wideLooks)-1].Sub(began), window)
	})
}

// What a refused change was sent to has gone meanwhile, and what AWS said is still told.
func TestARefusedChangeOfWhatIsGoneIsPending(t *testing.T) {
	late(t, func(t *testing.T, s *stub) {
		s.value = "b"
		s.look = func(bool) []row { return []row{alive("t-1")} }
		refusal := code("InvalidParameter")
		s.change = func(*snap) (*snap, error) { return nil, refusal }
		_, err := converge.Ensure(t.Context(), s)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.ErrorIs(t, err, refusal)
		require.ErrorContains(t, err, "not listed any more")
	})
}
