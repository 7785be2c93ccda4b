package converge_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
)

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
