package dnszone_test

import (
	"context"
	"fmt"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Many owners declare sets of one host at the same moment: their claims are values of one record, of which none gets lost.
func TestRecordsInManyOwnersOfOneHostAtOnce(t *testing.T) {
	for _, lag := range []time.Duration{0, 3 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			const owners = 12
			w := newWorld()
			id := shared(t, w)
			byHand(t, w, id, "CREATE", "api.", "TXT", `"theirs"`)
			w.cloud.Lag = lag
			time.Sleep(lag)
			watch(w, 50*time.Millisecond)
			declared := func(i int) *dnszone.RecordsBuilder {
				return dnszone.RecordsIn(id).Owner(fmt.Sprint("owner", i)).Record(dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: minute,
					Values: []string{fmt.Sprint("10.0.0.", i+1)}, SetIdentifier: fmt.Sprint("set ", i), Routing: dnszone.Weighted(i)})
			}
			each(owners, func(i int) {
				_, err := declared(i).WaitReady(t.Context(), w.api)
				require.NoError(t, err)
			})
			time.Sleep(lag)
			z, err := declared(0).Find(t.Context(), w.api)
			require.NoError(t, err)
			require.Len(t, z.Records, owners+2)
			require.Len(t, w.records(t, id)["_privatelink.api.example.com. TXT"], owners)
			each(owners, func(i int) {
				if i%2 == 0 {
					require.NoError(t, declared(i).WaitGone(t.Context(), w.api))
				}
			})
			time.Sleep(lag)
			require.Len(t, w.records(t, id)["_privatelink.api.example.com. TXT"], owners/2)
			each(owners, func(i int) { require.NoError(t, declared(i).WaitGone(t.Context(), w.api)) })
			time.Sleep(lag)
			require.Equal(t, map[string][]string{"api.example.com. TXT": {`"theirs"`}}, w.records(t, id))
		})
	}
}

// Two hundred declarations in one zone, through one Batched.
func TestBatchedRecordsInOfManyOwnersShareTheReadsOfTheirZone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const owners = 200
		w := newWorld()
		id := shared(t, w)
		seen := watch(w, 50*time.Millisecond)
		api := dnszone.Batched(w.api)
		declared := func(i int) *dnszone.RecordsBuilder {
			return dnszone.RecordsIn(id).Owner(fmt.Sprint("owner", i)).A(fmt.Sprint("h", i), minute, four)
		}
		began := time.Now()
		each(owners, func(i int) {
			_, err := declared(i).WaitReady(t.Context(), api)
			require.NoError(t, err)
		})
		t.Logf("up: %v in %v", seen.ops, time.Since(began))
		require.Equal(t, owners, seen.ops["ChangeResourceRecordSets"])
		require.LessOrEqual(t, seen.ops["GetChange"], owners+40, "a look for each")
		require.Less(t, seen.total(), 4*owners, "reads that some share: each caller is done at another moment")
		clear(seen.ops)
		began = time.Now()
		each(owners, func(i int) {
			z, err := declared(i).Ensure(t.Context(), api)
			require.NoError(t, err)
			require.True(t, z.Ready)
		})
		t.Logf("no change: %v in %v", seen.ops, time.Since(began))
		require.LessOrEqual(t, seen.total(), 20)
		require.Len(t, w.records(t, id), 2*owners)
	})
}

// The sets of one host, with their mark, are more than a batch takes.
func TestRecordsInHostOfMoreRecordsThanABatchTakes(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	b := dnszone.RecordsIn(id)
	var v4, v6 []netip.Addr
	var texts []string
	for i := range 400 {
		v4 = append(v4, netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)}))
		v6 = append(v6, netip.AddrFrom16([16]byte{0xfd, 14: byte(i >> 8), 15: byte(i)}))
		texts = append(texts, fmt.Sprint(i))
	}
	b.A("api", minute, v4...).AAAA("api", minute, v6...).TXT("api", minute, texts...)
	write := 0
	w.cloud.Before = func(_ context.Context, c *fake.Call) error {
		if c.Op == "ChangeResourceRecordSets" {
			if write++; write > 1 {
				return errDied
			}
		}
		return nil
	}
	_, err := b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, errDied)
	w.cloud.Before = nil
	require.NotEmpty(t, w.records(t, id))
	require.NoError(t, b.WaitGone(t.Context(), w.api), "what is half done is ours")
	require.Empty(t, w.records(t, id))
	_, err = b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, w.records(t, id), 4)
	_, err = b.AAAA("api", minute, v6[1:]...).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	require.Empty(t, w.records(t, id))
}

// The public zone has all that is needed already: nothing is declared outside, and both halves are found.
func TestSplitHorizonFindsAPublicZoneInWhichNothingIsDeclared(t *testing.T) {
	h := newHorizon()
	id := h.api.PublicZone(public).Record("api", "A", minute, "192.0.2.4").ID
	before := h.cloud.Dump()
	b := dnszone.SplitHorizon(public).VPC(region, h.a).PublicZone(id, h.api).Inside(api(insideAddr))
	_, err := b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	z, err := b.Find(t.Context(), h.api)
	require.NoError(t, err)
	require.True(t, z.Ready())
	require.Equal(t, privatelink.Unchanged, z.Public.Outcome)
	require.Equal(t, "10.0.0.4", answer(t, h.inA, "api."+public))
	require.Equal(t, "192.0.2.4", answer(t, h.cloud.Internet(), "api."+public))
	require.NoError(t, b.WaitGone(t.Context(), h.api))
	require.Equal(t, before, h.cloud.Dump())
	fake.NoLeaks(t, h.cloud)
}

// Whatever a set identifier holds, its mark is read back as what it claims: the declaration holds, and all of it goes.
func FuzzRecordsInSetIdentifier(f *testing.F) {
	for _, id := range []string{"blue", " set=x", `a"b\c`, "owner=other zone=Z1 type=A", "\x00\n", "ünïcödé", `\052`} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, set string) {
		w := newWorld()
		id := w.api.PublicZone(public).ID
		b := dnszone.RecordsIn(id).Record(dnszone.Record{Host: "h", Type: dnszone.TypeA, TTL: minute, Values: []string{"10.0.0.4"}, SetIdentifier: set, Routing: dnszone.Weighted(1)})
		if b.Validate() != nil {
			return
		}
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		plan, err := b.Plan(t.Context(), w.api)
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan)
		require.NoError(t, dnszone.RecordsIn(id).WaitGone(t.Context(), w.api))
		require.Empty(t, w.records(t, id))
	})
}
