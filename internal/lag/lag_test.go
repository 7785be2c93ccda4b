package lag_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

type slow time.Duration

func (s slow) ReadLag() time.Duration { return time.Duration(s) }

func TestTheMostThatWasSaidCounts(t *testing.T) {
	for _, c := range []struct {
		name string
		api  any
		said []time.Duration
		want time.Duration
	}{
		{"nobody knows", nil, nil, lag.Default},
		{"the API knows", slow(3), nil, 3},
		{"nothing lags", slow(3), []time.Duration{0}, 0},
		{"several calls", slow(3), []time.Duration{5, 7, 6}, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, window := lag.Listen(t.Context(), c.api)
			for _, d := range c.said {
				lag.Say(ctx, d)
			}
			require.Equal(t, c.want, window())
		})
	}
}

func TestWhoListensLastHears(t *testing.T) {
	outer, window := lag.Listen(t.Context(), nil)
	inner, own := lag.Listen(outer, nil)
	lag.Say(context.WithoutCancel(inner), 1)
	require.Equal(t, time.Duration(1), own())
	require.Equal(t, lag.Default, window())
	lag.Say(t.Context(), 1) // to nobody
}
