package dnszone_test

import (
	"context"
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestRecordsInNeverTouchesWhatIsNotItsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		there, declared func(t *testing.T, w *world, id string) // by hand
		want            []string                                // of the error
	}{
		"a differing set": {
			there: func(t *testing.T, w *world, id string) { byHand(t, w, id, "CREATE", "api.", "A", "192.0.2.1") },
			want:  []string{"api.example.com A", "192.0.2.1 for 1m0s", "10.0.0.4 for 1m0s", "no mark"},
		},
		"another owner's set": {
			there: func(t *testing.T, w *world, id string) {
				_, err := dnszone.RecordsIn(id).Owner("blue").A("api", minute, five).Ensure(t.Context(), w.api)
				require.NoError(t, err)
			},
			want: []string{"10.0.0.5 for 1m0s", "10.0.0.4 for 1m0s", "the owner blue"},
		},
		"another owner's set that somebody deleted": {
			there: func(t *testing.T, w *world, id string) {
				_, err := dnszone.RecordsIn(id).Owner("blue").A("api", minute, five).Ensure(t.Context(), w.api)
				require.NoError(t, err)
				byHand(t, w, id, "DELETE", "api.", "A", "10.0.0.5")
			},
			want: []string{"api.example.com A", "the owner blue"},
		},
		"a CNAME": {
			there: func(t *testing.T, w *world, id string) {
				byHand(t, w, id, "CREATE", "api.", "CNAME", "other.example.com")
			},
			want: []string{"api.example.com CNAME", "other.example.com", "cannot stand"},
		},
		"a TXT record where the mark belongs": {
			there: func(t *testing.T, w *world, id string) {
				byHand(t, w, id, "CREATE", "_privatelink.api.", "TXT", `"keep out"`)
			},
			want: []string{"_privatelink.api.example.com TXT", "keep out"},
		},
		"a CNAME where the mark belongs": {
			there: func(t *testing.T, w *world, id string) {
				byHand(t, w, id, "CREATE", "_privatelink.api.", "CNAME", "other.example.com")
			},
			want: []string{"_privatelink.api.example.com CNAME", "other.example.com"},
		},
		"a mark that came with a copy of another zone": {
			there: func(t *testing.T, w *world, id string) {
				byHand(t, w, id, "CREATE", "api.", "A", "192.0.2.1")
				byHand(t, w, id, "CREATE", "_privatelink.api.", "TXT", claimed("Z1", "privatelink", "A"))
			},
			want: []string{"192.0.2.1 for 1m0s", "no mark"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			id := shared(t, w)
			c.there(t, w, id)
			before := w.cloud.Dump()
			b := dnszone.RecordsIn(id).A("api", minute, four).A("other", minute, four)
			_, err := b.Ensure(t.Context(), w.api)
			require.ErrorIs(t, err, privatelink.ErrConflict)
			for _, want := range c.want {
				require.ErrorContains(t, err, want)
			}
			_, err = b.WaitReady(t.Context(), w.api)
			require.ErrorIs(t, err, privatelink.ErrConflict)
			plan, err := b.Plan(t.Context(), w.api)
			require.NoError(t, err)
			require.Len(t, plan.Warnings, 1)
			require.Contains(t, plan.Warnings[0], "Ensure will answer ErrConflict")
			require.NoError(t, b.WaitGone(t.Context(), w.api))
			require.Equal(t, before, w.cloud.Dump(), "nothing was written at all")
		})
	}
}

func TestRecordsInEqualSetOfOthersStaysTheirs(t *testing.T) {
	w := newWorld()
	id := shared(t, w)
	byHand(t, w, id, "CREATE", "api.", "A", "10.0.0.4")
	before := w.cloud.Dump()
	b := dnszone.RecordsIn(id).A("api", minute, four)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, z.Ready)
	require.Equal(t, privatelink.Unchanged, z.Outcome)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	require.Equal(t, before, w.cloud.Dump())
}

func TestRecordsInOverwrite(t *testing.T) {
	for name, there := range map[string]func(t *testing.T, w *world, id string){
		"a differing set": func(t *testing.T, w *world, id string) { byHand(t, w, id, "CREATE", "api.", "A", "192.0.2.1") },
		"an equal set":    func(t *testing.T, w *world, id string) { byHand(t, w, id, "CREATE", "api.", "A", "10.0.0.4") },
		"another owner's": func(t *testing.T, w *world, id string) {
			_, err := dnszone.RecordsIn(id).Owner("blue").A("api", minute, five).Ensure(t.Context(), w.api)
			require.NoError(t, err)
		},
		"an equal one of another owner": func(t *testing.T, w *world, id string) {
			_, err := dnszone.RecordsIn(id).Owner("blue").A("api", minute, four).Ensure(t.Context(), w.api)
			require.NoError(t, err)
		},
		"a CNAME": func(t *testing.T, w *world, id string) {
			byHand(t, w, id, "CREATE", "api.", "CNAME", "other.example.com")
		},
		"nothing": func(*testing.T, *world, string) {},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			id := shared(t, w)
			byHand(t, w, id, "CREATE", "www.", "A", "192.0.2.1")
			there(t, w, id)
			b := dnszone.RecordsIn(id).A("api", minute, four).Overwrite("API."+public+".", dnszone.TypeA).Overwrite("api", dnszone.TypeCNAME)
			_, err := b.WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, map[string][]string{"www.example.com. A": {"192.0.2.1"}, "api.example.com. A": {"10.0.0.4"},
				"_privatelink.api.example.com. TXT": {claimed(id, "privatelink", "A")}}, w.records(t, id))
			_, err = dnszone.RecordsIn(id).A("www", minute, four).Overwrite("www", dnszone.TypeAAAA).Ensure(t.Context(), w.api)
			require.ErrorIs(t, err, privatelink.ErrConflict, "another type was named")
			require.NoError(t, b.WaitGone(t.Context(), w.api))
			require.Equal(t, map[string][]string{"www.example.com. A": {"192.0.2.1"}}, w.records(t, id))
		})
	}
}

// Somebody else's edit between our read and our write is never lost.
func TestRecordsInNeverLosesAnEditInBetween(t *testing.T) {
	for name, c := range map[string]struct {
		declared, edited string // of the host www: what we have of it, "" for nothing, and what somebody makes of it
		conflict         bool
	}{
		"a new set":               {"", "192.0.2.1", true},
		"a set of ours":           {"10.0.0.4", "192.0.2.1", false},
		"the very one we want":    {"", "10.0.0.5", false},
		"ours to what we want it": {"10.0.0.4", "10.0.0.5", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			id := shared(t, w)
			if c.declared != "" {
				_, err := dnszone.RecordsIn(id).A("www", minute, netip.MustParseAddr(c.declared)).Ensure(t.Context(), w.api)
				require.NoError(t, err)
			}
			meddled, batches := false, [][]string{}
			w.cloud.Before = func(_ context.Context, call *fake.Call) error {
				in, ok := call.Input.(*route53.ChangeResourceRecordSetsInput)
				if !ok {
					return nil
				}
				var removed []string
				for _, change := range in.ChangeBatch.Changes {
					require.NotEqual(t, types.ChangeActionUpsert, change.Action)
					if change.Action == types.ChangeActionDelete && *change.ResourceRecordSet.Name == "www.example.com." {
						removed = append(removed, *change.ResourceRecordSet.ResourceRecords[0].Value)
					}
				}
				batches = append(batches, removed)
				if !meddled {
					meddled = true
					w.cloud.Before = nil
					byHand(t, w, id, "UPSERT", "www.", "A", c.edited)
				}
				return nil
			}
			_, err := dnszone.RecordsIn(id).A("www", minute, five).Ensure(t.Context(), w.api)
			require.True(t, meddled)
			if c.conflict {
				require.ErrorIs(t, err, privatelink.ErrConflict)
				require.ErrorContains(t, err, c.edited)
				require.Equal(t, map[string][]string{"www.example.com. A": {c.edited}}, w.records(t, id))
				return
			}
			require.NoError(t, err)
			require.Equal(t, []string{"10.0.0.5"}, w.records(t, id)["www.example.com. A"])
		})
	}
}
