package dnszone_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// What a pass over a zone costs, in calls; the polls of a wait come on top.
func TestBudgetsOfZones(t *testing.T) {
	p := newPartners()
	private := func() *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, p.a) }
	filled := func(b *dnszone.PrivateBuilder, n int) *dnszone.PrivateBuilder {
		for i := range n {
			b.A(fmt.Sprintf("h%03d", i), minute, four)
		}
		return b
	}
	for _, c := range []struct {
		name                       string
		b                          anyZone
		create, none, change, gone int
		changed                    anyZone
	}{
		{"private", filled(private(), 298), 3, 3, 4, 6, filled(private(), 298).A("h000", minute, five)},
		{"private with 300 records more", filled(private(), 598), 3, 4, 5, 7, filled(private(), 598).A("h000", minute, five)},
		{"private with tags", private().Tag("team", "one"), 3, 4, 5, 6, private().Tag("team", "two")},
		{"private and shared", private().SharedWith("eu-west-1", p.c, p.them), 5, 4, 5, 7, private().SharedWith("eu-west-1", p.c, p.them).A("x", minute, four)},
		{"private on two VPCs", private().VPC(region, p.b), 3, 3, 4, 6, private().VPC(region, p.b).A("x", minute, four)},
		{"public", dnszone.Public(domain).A("x", minute, four), 3, 3, 4, 6, dnszone.Public(domain).A("x", minute, five)},
		{"public with tags", dnszone.Public(domain).Tag("team", "one"), 3, 4, 5, 6, dnszone.Public(domain).Tag("team", "two")},
	} {
		ensure := func(b anyZone, want privatelink.Outcome) int {
			return len(p.calls(func() {
				z, err := b.Ensure(t.Context(), p.api)
				require.NoError(t, err)
				require.Equal(t, want, z.Outcome)
			}))
		}
		require.Equal(t, c.create, ensure(c.b, privatelink.Created), "%s: create", c.name)
		require.Equal(t, c.none, ensure(c.b, privatelink.Unchanged), "%s: no change", c.name)
		require.Equal(t, c.none, len(p.calls(func() { _, err := c.b.Plan(t.Context(), p.api); require.NoError(t, err) })), "%s: plan", c.name)
		require.Equal(t, c.change, ensure(c.changed, privatelink.Updated), "%s: change", c.name)
		require.Equal(t, c.gone, len(p.calls(func() { require.NoError(t, c.changed.WaitGone(t.Context(), p.api)) })), "%s: gone", c.name)
	}
}

// At no moment of the move is a VPC of the present declaration without the zone.
func TestZoneMovesByExclusiveWithoutEverHavingNone(t *testing.T) {
	w := newWorld()
	a, b := w.api.VPC("10.21.0.0/16"), w.api.VPC("10.22.0.0/16")
	hosts := map[string]*fake.Host{a.ID: a.Subnet("us-east-1a", "10.21.1.0/24").Host(), b.ID: b.Subnet("us-east-1a", "10.22.1.0/24").Host()}
	declared := func(vpcs ...string) *dnszone.PrivateBuilder {
		d := dnszone.Private(domain).A("api", minute, four).Exclusive(true)
		for _, v := range vpcs {
			d.VPC(region, v)
		}
		return d
	}
	answers := func(vpc string) bool {
		addrs, err := hosts[vpc].LookupHost(t.Context(), "api."+domain)
		return err == nil && slices.Contains(addrs, four)
	}
	z, err := declared(a.ID).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	steps := 0
	w.cloud.After = func(context.Context, *fake.Call) error {
		steps++
		require.True(t, answers(a.ID) || answers(b.ID), "after call %d", steps)
		return nil
	}
	both, err := declared(a.ID, b.ID).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, answers(a.ID) && answers(b.ID))
	moved, err := declared(b.ID).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, answers(b.ID) && !answers(a.ID))
	require.Positive(t, steps)
	require.Equal(t, []string{z.ID, z.ID}, []string{both.ID, moved.ID})
	require.Equal(t, []dnszone.VPC{{Region: region, ID: b.ID}}, moved.VPCs)
}

func TestLookupAndGetReadZonesOfAnyone(t *testing.T) {
	p := newPartners()
	z, err := p.declared().Tag("team", "one").WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	public := foreign(t, p.api, domain, "")
	foreign(t, p.api, "a."+domain, "")
	foreign(t, p.them, domain, "")
	found := map[string]*dnszone.Zone{}
	for one, err := range dnszone.Lookup(t.Context(), p.api, "ORDERS.internal.") {
		require.NoError(t, err)
		found[one.ID] = one
	}
	require.Len(t, found, 2)
	require.True(t, found[z.ID].Private && found[z.ID].Ours && !found[public].Private && !found[public].Ours)
	require.Len(t, found[z.ID].VPCs, 2)
	require.Len(t, found[public].NameServers, 4)
	for range dnszone.Lookup(t.Context(), p.api, domain) {
		break // the sequence may be left
	}
	got, err := dnszone.Get(t.Context(), p.api, z.ID)
	require.NoError(t, err)
	require.Equal(t, z.Records, got.Records)
	require.Equal(t, privatelink.Tags{"team": "one"}, got.Tags)
	require.Len(t, p.calls(func() { _, err = dnszone.Get(t.Context(), p.api, z.ID) }), 3)
	require.NoError(t, err)
	_, err = dnszone.Get(t.Context(), p.them, z.ID)
	require.ErrorIs(t, err, privatelink.ErrNotFound, "another account's is nobody's")
}

func TestWildcardsAndApexKeepTheirRules(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Private(domain).VPC(region, w.a).A("*", minute, four).TXT(`\052.a`, minute, "x").CNAME("*.c", minute, "example.com").
		A("@", minute, four).TXT("", minute, "apex").Record(dnszone.Record{Type: dnszone.TypeMX, TTL: minute, Values: []string{"10 mail"}}).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	var hosts []string
	for _, r := range z.Records {
		hosts = append(hosts, r.Host+" "+string(r.Type))
	}
	require.ElementsMatch(t, []string{"*.orders.internal. A", "*.a.orders.internal. TXT", "*.c.orders.internal. CNAME", "orders.internal. A", "orders.internal. TXT",
		"orders.internal. MX"}, hosts)
}
