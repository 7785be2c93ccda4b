package dnszone_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// label sets a tag as another tool would.
func label(t *testing.T, w *world, zone, key, value string) {
	t.Helper()
	_, err := w.api.ChangeTagsForResource(t.Context(), &route53.ChangeTagsForResourceInput{ResourceId: aws.String(zone),
		ResourceType: types.TagResourceTypeHostedzone, AddTags: []types.Tag{{Key: aws.String(key), Value: aws.String(value)}}})
	require.NoError(t, err)
}

func TestTagsAreSetComparedAndLeftAlone(t *testing.T) {
	w := newWorld()
	for kind, b := range map[string]interface {
		Ensure(context.Context, dnszone.API) (*dnszone.Zone, error)
		Plan(context.Context, dnszone.API) (privatelink.Plan, error)
	}{
		"private": dnszone.Private(domain).VPC(region, w.a).Tag("team", "one").Tag("stage", "two"),
		"public":  dnszone.Public(site).Tags(privatelink.Tags{"gone": "x"}).Tags(privatelink.Tags{"team": "one"}).Tag("stage", "two"),
	} {
		var z *dnszone.Zone
		ensure := func() []string {
			return w.calls(func() {
				var err error
				z, err = b.Ensure(t.Context(), w.api)
				require.NoError(t, err)
			})
		}
		require.Equal(t, []string{"ListHostedZonesByName", "CreateHostedZone", "ChangeTagsForResource"}, ensure(), kind)
		require.Equal(t, privatelink.Tags{"team": "one", "stage": "two"}, z.Tags)
		require.Len(t, ensure(), 4, "tags cost one read more")
		require.Equal(t, privatelink.Unchanged, z.Outcome)
		label(t, w, z.ID, "team", "other")
		label(t, w, z.ID, "theirs", "stays")
		p, err := b.Plan(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, []privatelink.Change{{Field: "tags", From: "team=other", To: "team=one"}}, p.Changes)
		ensure()
		got, err := dnszone.Get(t.Context(), w.api, z.ID)
		require.NoError(t, err)
		require.Equal(t, privatelink.Tags{"team": "one", "stage": "two", "theirs": "stays"}, got.Tags)
	}
	require.Len(t, privatelink.Problems(dnszone.Public(site).Tag("a,b", "c").Tag("team", "*").Tag("Straße 1", "a@b.c").Validate()), 2, "Route 53 is stricter than EC2")
	many := dnszone.Public(site)
	for i := range 11 {
		many.Tag(fmt.Sprint("k", i), "v")
	}
	require.Len(t, privatelink.Problems(many.Validate()), 1)
	nine := dnszone.Public(site).Adopt("Z123")
	for i := range 10 {
		nine.Tag(fmt.Sprint("k", i), "v")
	}
	require.Len(t, privatelink.Problems(nine.Validate()), 1, "the mark of an adopted zone is a tag as well")
}

func TestAdoptTakesAZoneOver(t *testing.T) {
	for _, lag := range []time.Duration{0, 3 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			w.cloud.Lag = lag
			private, public := foreign(t, w.api, domain, w.a), foreign(t, w.api, site, "")
			time.Sleep(time.Minute)
			upsert(t, w, private, "old", "10.0.0.9")
			time.Sleep(time.Minute)
			inside := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four).Tag("team", "one")
			outside := dnszone.Public(site).A("www", minute, four)
			for id, adopt := range map[string]func() (*dnszone.Zone, error){
				private: func() (*dnszone.Zone, error) {
					return inside.Clone().Adopt("/hostedzone/"+private).WaitReady(t.Context(), w.api)
				},
				public: func() (*dnszone.Zone, error) { return outside.Clone().Adopt(public).WaitReady(t.Context(), w.api) },
			} {
				z, err := adopt()
				require.NoError(t, err)
				require.Equal(t, id, z.ID)
				require.Equal(t, privatelink.Updated, z.Outcome)
				require.True(t, z.Ours && z.Ready)
				require.Equal(t, z.Domain, z.Tags[dnszone.ZoneTag])
				z, err = adopt()
				require.NoError(t, err)
				require.Equal(t, privatelink.Unchanged, z.Outcome)
			}
			time.Sleep(time.Minute)
			z, err := inside.Ensure(t.Context(), w.api)
			require.NoError(t, err, "it is ours without Adopt as well")
			require.Equal(t, private, z.ID)
			require.Equal(t, privatelink.Unchanged, z.Outcome)
			got, err := dnszone.Get(t.Context(), w.api, public)
			require.NoError(t, err)
			require.True(t, got.Ours)
			require.ErrorIs(t, inside.WaitGone(t.Context(), w.api), privatelink.ErrInUse)
			require.NoError(t, inside.Exclusive(true).WaitGone(t.Context(), w.api))
			require.NoError(t, outside.WaitGone(t.Context(), w.api))
			fake.NoLeaks(t, w.cloud)
		})
	}
}

// A reverse zone of less than 256 addresses has a slash in its name, which Route 53 gives back as an escape, and takes in no tag.
func TestAdoptMarksAZoneWhoseNameHasAnEscape(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		const domain = `0\05725.2.0.192.in-addr.arpa`
		b := dnszone.Public(domain).Adopt(foreign(t, w.api, domain, ""))
		z, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.True(t, z.Ours)
		require.Equal(t, "0/05725.2.0.192.in-addr.arpa", z.Tags[dnszone.ZoneTag])
		z, err = dnszone.Public(domain).Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, z.Outcome)
	})
}

// Somebody else may mark it at the same moment: the mark that counts is the one that is read back, though the records are being published still.
func TestAdoptReadsItsMarkBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Delay = 20 * time.Second
		id := foreign(t, w.api, site, "")
		w.cloud.After = func(ctx context.Context, c *fake.Call) error {
			if in, ok := c.Input.(*route53.ChangeTagsForResourceInput); ok && aws.ToString(in.AddTags[0].Value) == site {
				label(t, w, id, dnszone.ZoneTag, "somebody")
			}
			return nil
		}
		_, err := dnszone.Public(site).Adopt(id).A("www", minute, four).Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.ErrorContains(t, err, `the declaration "somebody"`)
	})
}

func TestAdoptRefusesWhatIsNotTheOne(t *testing.T) {
	w := newWorld()
	public, private := foreign(t, w.api, domain, ""), foreign(t, w.api, domain, w.b)
	other := foreign(t, w.api, "other.internal", w.a)
	b := dnszone.Private(domain).VPC(region, w.a)
	plan := func(id string, want error, says string) {
		t.Helper()
		before := w.cloud.Dump()
		_, err := b.Clone().Adopt(id).Ensure(t.Context(), w.api)
		require.ErrorIs(t, err, want)
		require.ErrorContains(t, err, says)
		_, err = b.Clone().Adopt(id).Find(t.Context(), w.api)
		if want != privatelink.ErrImmutable {
			require.ErrorIs(t, err, want)
		}
		require.Equal(t, before, w.cloud.Dump(), "nothing is made, nothing is touched")
	}
	plan("Z0NOTTHERE", privatelink.ErrNotFound, "nothing to adopt")
	plan(public, privatelink.ErrImmutable, "visibility is public and declared as private")
	plan(other, privatelink.ErrImmutable, "domain is other.internal and declared as orders.internal")
	label(t, w, private, dnszone.ZoneTag, "somebody")
	plan(private, privatelink.ErrConflict, `the declaration "somebody"`)
	_, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	label(t, w, private, dnszone.ZoneTag, "")
	plan(private, privatelink.ErrConflict, "bears this identity already")
	_, err = b.Clone().Adopt(private).VPC(region, w.b).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict)
}
