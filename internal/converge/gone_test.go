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

// used is a kind that AWS does not delete while somebody uses it.
type used struct {
	*stub
	until time.Time
}

func (u *used) Delete(ctx context.Context, list []row) error {
	if time.Now().Before(u.until) {
		return code("ResourceInUse")
	}
	return u.stub.Delete(ctx, list)
}

// The user that AWS names may be one of ours which lookups do not show yet, however long ago the wait began.
func TestWaitGoneOutlastsAUserForAWindow(t *testing.T) {
	for name, c := range map[string]struct {
		before, used time.Duration
		err          error
	}{
		"at once":               {0, 9 * time.Second, nil},
		"late in the wait":      {time.Minute, 9 * time.Second, nil},
		"for longer":            {0, time.Hour, privatelink.ErrInUse},
		"late, and for longer":  {time.Minute, time.Hour, privatelink.ErrInUse},
		"nobody uses it at all": {0, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began, s := time.Now(), newStub()
				u := &used{s, began.Add(c.before + c.used)}
				s.look = func(bool) []row {
					if len(s.deleted) > 0 {
						return nil
					}
					if time.Since(began) < c.before { // a predecessor is still going
						return []row{at("t-1", privatelink.Deleting)}
					}
					return []row{alive("t-2")}
				}
				err := converge.WaitGone(t.Context(), converge.Kind[snap](u), privatelink.NewWaitSettings())
				if c.err != nil {
					require.ErrorIs(t, err, c.err)
					require.GreaterOrEqual(t, time.Since(began), c.before+window)
					return
				}
				require.NoError(t, err)
				require.Equal(t, []string{"t-2"}, s.deleted)
			})
		})
	}
}
