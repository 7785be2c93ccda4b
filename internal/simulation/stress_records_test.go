package simulation_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// The melee of TestStress over the records of one owner in a zone that is the provider's, beside another owner's at the same hosts, and over
// one split horizon: what is not theirs stays, and nothing of theirs is left.
func TestStressOfRecordsAndSplitHorizons(t *testing.T) {
	n := uint64(*seeds / 3)
	if testing.Short() {
		n /= 10
	}
	calls, deaths := 0, 0
	for seed := range n {
		synctest.Test(t, func(t *testing.T) {
			w := newMelee(t, 200_000+seed)
			zone := w.provider.PublicZone(lent).Record("www", "TXT", time.Minute, `"his"`).ID
			_, err := dnszone.RecordsIn(zone).Owner("neighbour").A("www", time.Minute, addr).WaitReady(t.Context(), w.provider)
			require.NoError(t, err)
			time.Sleep(10 * time.Second)
			w.before, w.census = w.cloud.Dump(), &simulation.Census{}
			w.play(pick(w, w.records(zone), w.horizons(zone)))
			calls, deaths = calls+w.calls, deaths+w.deaths
		})
	}
	t.Logf("%d worlds: %d calls, %d deaths", n, calls, deaths)
	require.NotZero(t, deaths)
}

var six = netip.MustParseAddr("fd00::9")

// records: the variants differ in values, types and hosts.
func (m *melee) records(zone string) verbs {
	return verbs{
		func(ctx context.Context, v int) error {
			b := dnszone.RecordsIn(zone).A("api", time.Duration(v+1)*time.Minute, addr).TXT(fmt.Sprint("v", v), time.Minute, "text")
			if v > 0 {
				b.AAAA("www", time.Minute, six)
			}
			_, err := b.WaitReady(ctx, m.provider)
			return err
		},
		func(ctx context.Context) error { return dnszone.RecordsIn(zone).WaitGone(ctx, m.provider) },
	}
}

func (m *melee) horizons(zone string) verbs {
	b := func(v int) *dnszone.SplitHorizonBuilder {
		return dnszone.SplitHorizon(lent).VPC(m.consumer.Region, m.vpc).PublicZone(zone, m.provider).
			Inside(dnszone.A("api", time.Duration(v+1)*time.Minute, addr)).Outside(dnszone.A("api", time.Duration(v+1)*time.Minute, other))
	}
	return verbs{
		func(ctx context.Context, v int) error { _, err := b(v).WaitReady(ctx, m.consumer); return err },
		func(ctx context.Context) error { return b(0).WaitGone(ctx, m.consumer) },
	}
}
