package dnszone_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const site = "example.com"

func TestPublicConverges(t *testing.T) {
	w := newWorld()
	b := dnszone.Public(site).A("www", minute, four).TXT("", minute, "v=spf1 -all")
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, `+ public zone "example.com"
    record example.com TXT: "v=spf1 -all" for 1m0s
    record www.example.com A: 10.0.0.4 for 1m0s`, p.String())
	ensure := func(want privatelink.Outcome, ops ...string) *dnszone.Zone {
		t.Helper()
		var z *dnszone.Zone
		require.Equal(t, ops, w.calls(func() {
			var err error
			z, err = b.Ensure(t.Context(), w.api)
			require.NoError(t, err)
		}))
		require.Equal(t, want, z.Outcome)
		return z
	}
	made := ensure(privatelink.Created, "ListHostedZonesByName", "CreateHostedZone", "ChangeResourceRecordSets")
	require.False(t, made.Private)
	require.True(t, made.Ours)
	look := []string{"ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets"}
	z := ensure(privatelink.Unchanged, look...)
	require.Equal(t, made.ID, z.ID)
	require.True(t, z.Ready)
	b.A("www", minute, five)
	ensure(privatelink.Updated, append(look, "ChangeResourceRecordSets")...)
	upsert(t, w, z.ID, "else", "10.0.0.7", site)
	require.ErrorIs(t, b.Delete(t.Context(), w.api), privatelink.ErrInUse)
	b.Exclusive(true)
	ensure(privatelink.Updated, append(look, "ChangeResourceRecordSets")...)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestPublicNameServersAreReadBack(t *testing.T) {
	w := newWorld()
	one, err := dnszone.Public(site).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, one.NameServers, 4)
	found, err := dnszone.Public(site).Find(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, one.NameServers, found.NameServers)
	got, err := dnszone.Get(t.Context(), w.api, one.ID)
	require.NoError(t, err)
	require.Equal(t, one.NameServers, got.NameServers)
}

// The registrar's zone of the name, private zones of it and another account's are all there, and none of them is touched.
func TestPublicIsOursByItsCallerReferenceAndNeverTheRegistrars(t *testing.T) {
	w := newWorld()
	registrars := foreign(t, w.api, site, "")
	foreign(t, w.api, site, w.a)
	foreign(t, w.cloud.Account("999999999999"), site, "")
	_, err := dnszone.Private(site).VPC(region, w.b).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	_, err = dnszone.Public("a."+site).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	before := w.cloud.Dump()

	b := dnszone.Public(site).A("www", minute, four)
	_, err = b.Find(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Create, p.Action)
	require.Len(t, p.Warnings, 1)
	require.Contains(t, p.Warnings[0], registrars)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NotEqual(t, registrars, z.ID)
	require.Empty(t, w.records(t, registrars))
	again, err := b.Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, z.ID, again.ID)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	require.Equal(t, before, w.cloud.Dump())
	_, err = dnszone.Public(site).Exclusive(true).Find(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

func TestPublicZonesOfOneNameAreToldApart(t *testing.T) {
	w := newWorld()
	first := foreign(t, w.api, site, "")
	z, err := dnszone.Public(site).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	second := foreign(t, w.api, site, w.b)
	ours := map[string]bool{}
	servers := map[string]bool{}
	for found, err := range dnszone.Lookup(t.Context(), w.api, site) {
		require.NoError(t, err)
		ours[found.ID] = found.Ours
		for _, ns := range found.NameServers {
			require.False(t, servers[ns], "each public zone has name servers of its own")
			servers[ns] = true
		}
	}
	require.Equal(t, map[string]bool{first: false, z.ID: true, second: false}, ours)
}

// Two of ours can only have come about beside this library's promise; neither is taken for the other.
func TestPublicTwinsAreAConflictThatDeleteEnds(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Public(site).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	var reference string
	for _, c := range w.cloud.Calls() {
		if in, ok := c.Input.(*route53.CreateHostedZoneInput); ok {
			reference = aws.ToString(in.CallerReference)
		}
	}
	require.Regexp(t, "^privatelink:[0-9a-f]{32}:privatelink-[0-9a-f]{40}$", reference)
	_, err = w.api.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String(site), CallerReference: aws.String(reference + "x")})
	require.NoError(t, err)
	_, err = dnszone.Public(site).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, z.ID)
	require.NoError(t, dnszone.Public(site).WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

// A reference that is spent: by an answer that was lost, and by a zone that is gone, which Route 53 may remember for good.
func TestPublicIsMadeOnceWhateverBecomesOfItsCallerReference(t *testing.T) {
	for name, switches := range map[string]fake.Switches{"freed": {}, "kept": {ReferenceKept: true}, "harsh": fake.Harsh()} {
		for _, lag := range []time.Duration{0, 4 * time.Second} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld()
				w.cloud.Lag, w.cloud.Switches = lag, switches
				time.Sleep(time.Minute)
				lose := 1
				w.cloud.After = func(_ context.Context, c *fake.Call) error {
					if c.Op == "CreateHostedZone" && lose > 0 {
						lose--
						return errors.New("the connection broke")
					}
					return nil
				}
				b := dnszone.Public(site).A("www", minute, four)
				_, err := b.Ensure(t.Context(), w.api)
				require.Error(t, err, name)
				for range 3 {
					z, err := b.WaitReady(t.Context(), w.api)
					require.NoError(t, err, name)
					require.Len(t, z.Records, 1)
					require.NoError(t, b.WaitGone(t.Context(), w.api), name)
				}
				fake.NoLeaks(t, w.cloud)
			})
		}
	}
}

func TestPublicRefusesMistakes(t *testing.T) {
	for name, b := range map[string]*dnszone.PublicBuilder{
		"no domain": dnszone.Public(""), "top-level": dnszone.Public("com"), "one label": dnszone.Public("internal"), "wildcard": dnszone.Public("*.example.com"),
		"record": dnszone.Public(site).A("x", 0, four), "tag": dnszone.Public(site).Tag("aws:x", "y"), "mark": dnszone.Public(site).Tag(dnszone.ZoneTag, "y"),
		"adopted": dnszone.Public(site).Adopt("vpc-1"), "elsewhere": dnszone.Public(site).A("x.example.org.", minute, four),
	} {
		require.Len(t, privatelink.Problems(b.Validate()), 1, name)
	}
}

func TestPublicSharesNothing(t *testing.T) {
	w := newWorld()
	tags := privatelink.Tags{"team": "one"}
	b := dnszone.Public(site).A("www", minute, four).Tags(tags)
	tags["team"] = "two"
	bound, clone := b.On(w.api), b.Clone()
	b.A("www", minute, five).Tag("team", "three")
	require.NoError(t, bound.WaitReady(t.Context()))
	z, err := clone.Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Unchanged, z.Outcome)
	require.Equal(t, privatelink.Tags{"team": "one"}, z.Tags)
	other, err := clone.CloneAs("example.org").WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NotEqual(t, z.ID, other.ID)
}
