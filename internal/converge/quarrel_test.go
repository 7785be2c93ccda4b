package converge_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// values is what a thing was, and since when. A read may be behind by as much as a window.
type values []struct {
	since time.Time
	value string
}

func (v *values) write(value string) {
	*v = append(*v, struct {
		since time.Time
		value string
	}{time.Now(), value})
}

func (v values) asOf(t time.Time) (value string) {
	for _, w := range v {
		if !w.since.After(t) {
			value = w.value
		}
	}
	return value
}

// A read that shows what is declared may be of the time before somebody else's change: what a wait has changed it looks at a window later.
func TestWaitReadyLooksAgainAWindowAfterItsChange(t *testing.T) {
	for name, answer := range map[string]error{"answered": nil, "its answer is lost": code("InternalError")} {
		t.Run(name, func(t *testing.T) {
			late(t, func(t *testing.T, s *stub) {
				var history values
				history.write("new")
				time.Sleep(time.Minute)
				history.write("another's")
				s.value = "new"
				shown := func(behind time.Duration) []row {
					r := alive("t-1")
					r.Snap.Value = history.asOf(time.Now().Add(-behind))
					return []row{r}
				}
				s.look = func(bool) []row { return shown(0) }
				s.read = func(string) []row { return shown(window) }
				var changed time.Time
				s.change = func(have *snap) (*snap, error) {
					history.write("new")
					changed = time.Now()
					return &snap{ID: have.ID, Value: "new"}, answer
				}
				_, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
				require.NoError(t, err)
				require.GreaterOrEqual(t, s.reads[len(s.reads)-1].Sub(changed), window)
				require.Less(t, time.Since(changed), 2*window)
			})
		})
	}
}

// slow is a kind whose changes take half a minute to be published.
type slow struct {
	*stub
	changed time.Time
}

func (s *slow) Ready(*snap) string {
	if time.Since(s.changed) < 30*time.Second {
		return "its publication"
	}
	return ""
}

// Two who differ come to their end, though each change is undone before it is published: each lets the other be for longer and longer.
func TestWritersWhoDifferComeToAnEnd(t *testing.T) {
	late(t, func(t *testing.T, probe *stub) {
		var mu sync.Mutex
		var history values
		history.write("")
		var both sync.WaitGroup
		for _, value := range []string{"one", "two"} {
			s := &slow{stub: newStub()}
			s.value, s.window = value, time.Second
			shown := func() []row {
				mu.Lock()
				defer mu.Unlock()
				r := alive("t-1")
				r.Snap.Value = history.asOf(time.Now())
				return []row{r}
			}
			s.look, s.read = func(bool) []row { return shown() }, func(string) []row { return shown() }
			s.change = func(have *snap) (*snap, error) {
				mu.Lock()
				defer mu.Unlock()
				history.write(value)
				s.changed = time.Now()
				return &snap{ID: have.ID, Value: value}, nil
			}
			both.Go(func() {
				_, err := converge.WaitReady(t.Context(), s, privatelink.NewWaitSettings())
				require.NoError(t, err)
			})
		}
		both.Wait()
		require.Less(t, len(history), 20)
	})
}
