package dnszone_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var errDied = errors.New("the process died")

// mortal lets a process die at its nth call, before AWS hears of it or after: from then on none of its calls does anything.
type mortal struct {
	at    int
	after bool
	calls int
	died  bool
}

func (m *mortal) before(context.Context, *fake.Call) error {
	m.calls++
	if m.calls > m.at || m.calls == m.at && !m.after {
		return errDied
	}
	return nil
}

func (m *mortal) lose(context.Context, *fake.Call) error {
	if m.calls == m.at && m.after {
		return errDied
	}
	return nil
}

// until runs a verb in processes that die at the given calls, and then in one that lives. It notes which of the mortal ones died.
func until(t *testing.T, w *world, verb func() error, deaths []*mortal) {
	t.Helper()
	for _, m := range deaths {
		m.calls = 0
		w.cloud.Before, w.cloud.After = m.before, m.lose
		if err := verb(); err != nil {
			require.ErrorIs(t, err, errDied)
			m.died = true
		}
	}
	w.cloud.Before, w.cloud.After = nil, nil
	require.NoError(t, verb())
}

func TestPrivateZoneSurvivesDeathAtEveryCall(t *testing.T) {
	for _, lag := range []time.Duration{0, 3 * time.Second} {
		for _, after := range []bool{false, true} {
			for first, died := 1, true; died; first++ {
				died = false
				for second, again := 1, true; again; second++ {
					a, b := &mortal{at: first, after: after}, &mortal{at: second, after: after}
					lives(t, lag, a, b)
					died, again = died || a.died, b.died
				}
				require.Less(t, first, 60)
			}
		}
	}
}

// lives takes a zone up and down, with two deaths on the way up and the same two on the way down.
func lives(t *testing.T, lag time.Duration, deaths ...*mortal) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Lag = lag
		w.cloud.Switches = fake.Harsh()
		time.Sleep(time.Minute)
		b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four)
		until(t, w, func() error { _, err := b.WaitReady(t.Context(), w.api); return err }, deaths)
		time.Sleep(time.Minute)
		n := 0
		for z, err := range dnszone.Lookup(t.Context(), w.api, domain) {
			require.NoError(t, err)
			require.Len(t, z.VPCs, 2)
			require.Equal(t, map[string][]string{"api.orders.internal. A": {"10.0.0.4"}}, w.records(t, z.ID))
			n++
		}
		require.Equal(t, 1, n)
		until(t, w, func() error { return b.WaitGone(t.Context(), w.api) }, deaths)
		fake.NoLeaks(t, w.cloud)
	})
}

// A retry inside the SDK's client sends the same reference again after an answer was lost: the refusal names no zone, which is then looked for.
func TestReferenceThatWasHeardBeforeIsOurs(t *testing.T) {
	w := newWorld()
	done := false
	w.cloud.Before = func(ctx context.Context, c *fake.Call) error {
		in, ok := c.Input.(*route53.CreateHostedZoneInput)
		if !ok || done {
			return nil
		}
		done = true
		_, err := w.api.CreateHostedZone(ctx, in)
		return err
	}
	b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, w.records(t, z.ID), 1)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestPriorRequestIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		left := 3
		w.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if (c.Op == "ChangeResourceRecordSets" || c.Op == "DeleteHostedZone") && left > 0 {
				left--
				return &types.PriorRequestNotComplete{}
			}
			return nil
		}
		z, err := b.Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.NotNil(t, z)
		_, err = b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		left = 3
		require.ErrorIs(t, b.Delete(t.Context(), w.api), privatelink.ErrPending)
		require.NoError(t, b.WaitGone(t.Context(), w.api))
		fake.NoLeaks(t, w.cloud)
	})
}
