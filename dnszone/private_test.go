package dnszone_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const (
	region = "us-east-1"
	domain = "orders.internal"
	minute = time.Minute
)

var (
	four = netip.MustParseAddr("10.0.0.4")
	five = netip.MustParseAddr("10.0.0.5")
	nine = netip.MustParseAddr("10.0.0.9")
	six  = netip.MustParseAddr("fd00::6")
)

var _ dnszone.API = (*fake.Account)(nil)

// world is an account with two VPCs.
type world struct {
	cloud *fake.Cloud
	api   *fake.Account
	a, b  string
}

func newWorld() *world {
	cloud := &fake.Cloud{}
	account := cloud.Account("111122223333")
	return &world{cloud, account, account.VPC("10.0.0.0/16").ID, account.VPC("10.1.0.0/16").ID}
}

// calls gives the operations that f calls.
func (w *world) calls(f func()) []string {
	before := len(w.cloud.Calls())
	f()
	var out []string
	for _, c := range w.cloud.Calls()[before:] {
		out = append(out, c.Op)
	}
	return out
}

// records are the zone's, read by ID: host and type to values.
func (w *world) records(t *testing.T, id string) map[string][]string {
	t.Helper()
	z, err := dnszone.Get(t.Context(), w.api, id)
	require.NoError(t, err)
	out := map[string][]string{}
	for _, r := range z.Records {
		out[r.Host+" "+string(r.Type)] = r.Values
	}
	return out
}

func TestPrivateConverges(t *testing.T) {
	create := []string{"ListHostedZonesByName", "CreateHostedZone", "ChangeResourceRecordSets"}
	look := []string{"ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets"}
	change := append(append([]string(nil), look...), "ChangeResourceRecordSets")
	type result struct {
		outcome privatelink.Outcome
		calls   []string
		records map[string][]string
		vpcs    int
	}
	cases := []struct {
		name         string
		before, then func(*dnszone.PrivateBuilder, *world)
		want         result
	}{
		{"create with nothing in it", nil, func(*dnszone.PrivateBuilder, *world) {},
			result{privatelink.Created, create[:2], map[string][]string{}, 1}},
		{"create", nil, func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, four, five).AAAA("", minute, six) },
			result{privatelink.Created, create, map[string][]string{"api.orders.internal. A": {"10.0.0.4", "10.0.0.5"}, "orders.internal. AAAA": {"fd00::6"}}, 1}},
		{"create on two VPCs", nil, func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, four).VPC(region, w.b) },
			result{privatelink.Created, append(create[:3:3], "AssociateVPCWithHostedZone"), map[string][]string{"api.orders.internal. A": {"10.0.0.4"}}, 2}},
		{"no change", func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, five, four).A("*", minute, four) },
			func(b *dnszone.PrivateBuilder, w *world) {
				b.A("API.Orders.Internal.", minute, four, five).A(`\052`, minute, four)
			},
			result{privatelink.Unchanged, look, map[string][]string{"api.orders.internal. A": {"10.0.0.5", "10.0.0.4"}, "*.orders.internal. A": {"10.0.0.4"}}, 1}},
		{"addresses changed", func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, four) },
			func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, five) },
			result{privatelink.Updated, change, map[string][]string{"api.orders.internal. A": {"10.0.0.5"}}, 1}},
		{"TTL changed", func(b *dnszone.PrivateBuilder, w *world) { b.A("api", minute, four) },
			func(b *dnszone.PrivateBuilder, w *world) { b.A("api", 2*minute, four) },
			result{privatelink.Updated, change, map[string][]string{"api.orders.internal. A": {"10.0.0.4"}}, 1}},
		{"undeclared records and VPCs stay", func(b *dnszone.PrivateBuilder, w *world) { b.A("old", minute, four).VPC(region, w.b) },
			func(b *dnszone.PrivateBuilder, w *world) { b.A("new", minute, five) },
			result{privatelink.Updated, change, map[string][]string{"old.orders.internal. A": {"10.0.0.4"}, "new.orders.internal. A": {"10.0.0.5"}}, 2}},
		{"exclusive", func(b *dnszone.PrivateBuilder, w *world) { b.A("old", minute, four).VPC(region, w.b) },
			func(b *dnszone.PrivateBuilder, w *world) { b.A("new", minute, five).Exclusive(true) },
			result{privatelink.Updated, append(change[:4:4], "DisassociateVPCFromHostedZone"), map[string][]string{"new.orders.internal. A": {"10.0.0.5"}}, 1}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			declared := func() *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, w.a) }
			if c.before != nil {
				b := declared()
				c.before(b, w)
				_, err := b.WaitReady(t.Context(), w.api)
				require.NoError(t, err)
			}
			b := declared()
			c.then(b, w)
			var z *dnszone.Zone
			calls := w.calls(func() {
				var err error
				z, err = b.Ensure(t.Context(), w.api)
				require.NoError(t, err)
			})
			require.Equal(t, c.want.calls, calls)
			require.Equal(t, c.want.outcome, z.Outcome)
			require.Len(t, z.VPCs, c.want.vpcs)
			require.Equal(t, c.want.outcome == privatelink.Unchanged, z.Ready, z.Waiting)
			require.Equal(t, c.want.records, w.records(t, z.ID))

			read, err := b.WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			require.True(t, read.Ready)
			require.Equal(t, privatelink.Unchanged, read.Outcome)
			require.ElementsMatch(t, z.Records, read.Records, "the snapshot after a change is what then holds")
			require.Equal(t, z.VPCs, read.VPCs)
		})
	}
}

func TestPrivateZoneIsReadBack(t *testing.T) {
	w := newWorld()
	z, err := dnszone.Private("Orders.INTERNAL.").VPC(region, w.a).A("api", minute, four).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, domain, z.Domain)
	require.True(t, z.Private && z.Ours && z.Ready)
	require.Equal(t, []dnszone.VPC{{Region: region, ID: w.a}}, z.VPCs)
	require.Equal(t, privatelink.Created, z.Outcome)
	require.Equal(t, []dnszone.Record{{Host: "api.orders.internal.", Type: dnszone.TypeA, TTL: minute, Values: []string{"10.0.0.4"}}}, z.Records)

	got, err := dnszone.Get(t.Context(), w.api, "/hostedzone/"+z.ID)
	require.NoError(t, err)
	require.Equal(t, z.Records, got.Records)
	var ids []string
	for found, err := range dnszone.Lookup(t.Context(), w.api, domain) {
		require.NoError(t, err)
		ids = append(ids, found.ID)
	}
	require.Equal(t, []string{z.ID}, ids)
	_, err = dnszone.Get(t.Context(), w.api, "Z0NOTTHERE")
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = dnszone.Get(t.Context(), w.api, "vpc-1")
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	for _, err := range dnszone.Lookup(t.Context(), w.api, "*.internal") {
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
}

func TestPrivatePlan(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).Alias("api", privatelink.DNSName{}).A("db", minute, four)
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, `+ private zone "orders.internal" in us-east-1/`+w.a+`
    VPCs: us-east-1/`+w.a+`
    record api.orders.internal A: (known after apply)
    record db.orders.internal A: 10.0.0.4 for 1m0s`, p.String())
	_, err = b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 1)

	b = dnszone.Private(domain).VPC(region, w.a).A("db", minute, four)
	_, err = b.Find(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	p, err = b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, p.Empty(), p.String())
	p, err = b.Clone().A("db", minute, five).VPC(region, w.b).Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Update, p.Action)
	require.Len(t, p.Changes, 2)
	z, err := b.A("db", minute, five).Find(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, "a change of the record db.orders.internal A", z.Waiting)
}

func TestPrivateRefusesMistakesAllAtOnce(t *testing.T) {
	w := newWorld()
	b := dnszone.Private("*.internal").VPC("", "subnet-1").
		A("api", 90*time.Millisecond, six).
		Alias("api", privatelink.DNSName{Name: "vpce-1.amazonaws.com", ZoneID: "Z1"}).
		A("elsewhere.example.com.", minute, four)
	_, err := b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(err), 7, "%q", privatelink.Problems(err))
	require.Empty(t, w.cloud.Calls())
	require.ErrorIs(t, b.Validate(), privatelink.ErrInvalid)

	for name, b := range map[string]*dnszone.PrivateBuilder{
		"no domain":         dnszone.Private("").VPC(region, w.a),
		"top-level domain":  dnszone.Private("com").VPC(region, w.a),
		"long label":        dnszone.Private("a123456789012345678901234567890123456789012345678901234567890123.internal").VPC(region, w.a),
		"no VPC":            dnszone.Private(domain),
		"not ASCII":         dnszone.Private("bücher.internal").VPC(region, w.a),
		"inner wildcard":    dnszone.Private(domain).VPC(region, w.a).A("a.*", minute, four),
		"no address":        dnszone.Private(domain).VPC(region, w.a).A("a", minute),
		"no valid address":  dnszone.Private(domain).VPC(region, w.a).A("a", minute, netip.Addr{}),
		"wrong family":      dnszone.Private(domain).VPC(region, w.a).AAAA("a", minute, four),
		"alias, no name":    dnszone.Private(domain).VPC(region, w.a).Alias("a", privatelink.DNSName{Name: "a..b", ZoneID: "Z1"}),
		"address twice":     dnszone.Private(domain).VPC(region, w.a).A("a", minute, four, four),
		"long TTL":          dnszone.Private(domain).VPC(region, w.a).A("a", 1<<62, four),
		"alias with TTL":    dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Host: "a", Type: dnszone.TypeAlias, TTL: minute, Alias: privatelink.DNSName{Name: "b", ZoneID: "Z1"}}),
		"target, no zone":   dnszone.Private(domain).VPC(region, w.a).Alias("a", privatelink.DNSName{Name: "b.com"}),
		"the zone's own NS": dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Type: dnszone.TypeNS, TTL: minute, Values: []string{"ns."}}),
		"unknown type":      dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Host: "a", TTL: minute, Values: []string{"x"}}),
		"set identifier":    dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Host: "a", Type: dnszone.TypeA, TTL: minute, Values: []string{"10.0.0.1"}, SetIdentifier: "blue"}),
		"Region twice":      dnszone.Private(domain).VPC(region, w.a).VPC("eu-west-1", w.a),
	} {
		err := b.Validate()
		require.ErrorIs(t, err, privatelink.ErrInvalid, name)
		require.Len(t, privatelink.Problems(err), 1, "%s: %v", name, err)
	}
	var none *fake.Account
	_, err = dnszone.Private(domain).VPC(region, w.a).Ensure(t.Context(), none)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestPrivateSharesNothing(t *testing.T) {
	w := newWorld()
	values := []string{"10.0.0.4"}
	b := dnszone.Private(domain).VPC(region, w.a).Record(dnszone.Record{Host: "api", Type: dnszone.TypeA, TTL: minute, Values: values})
	values[0] = "10.9.9.9"
	bound, clone := b.On(w.api), b.Clone()
	b.A("api", minute, five).A("more", minute, five).VPC(region, w.b)
	require.NoError(t, bound.WaitReady(t.Context()))
	z, err := clone.Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Unchanged, z.Outcome)
	require.Equal(t, map[string][]string{"api.orders.internal. A": {"10.0.0.4"}}, w.records(t, z.ID))
	z.VPCs[0].ID, z.Records[0].Values[0] = "", ""
	z, err = clone.Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, z.Ready)

	other, err := clone.CloneAs("other.internal").WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NotEqual(t, z.ID, other.ID)
}

func TestPrivateRefusalNamesTheVPC(t *testing.T) {
	w := newWorld()
	_, err := dnszone.Private(domain).VPC(region, "vpc-0123456789abcdef0").Ensure(context.Background(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "vpc-0123456789abcdef0")
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, "InvalidVPCId", api.ErrorCode())
}
