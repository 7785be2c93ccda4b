package dnszone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// routedA is one of several A records of a host.
func routedA(id, addr string, r dnszone.Routing) dnszone.Record {
	return dnszone.Record{Host: "h", Type: dnszone.TypeA, TTL: minute, Values: []string{addr}, SetIdentifier: id, Routing: r}
}

func TestRoutingPoliciesWithSetIdentifierAreReadBackComparedAndDeleted(t *testing.T) {
	for _, c := range []struct{ one, two, changed dnszone.Routing }{
		{dnszone.Weighted(0), dnszone.Weighted(255), dnszone.Weighted(1)},
		{dnszone.Latency("us-east-1"), dnszone.Latency("eu-west-1"), dnszone.Latency("eu-west-2")},
		{dnszone.Secondary(), dnszone.Primary(), dnszone.Primary()},
		{dnszone.Multivalue(), dnszone.Multivalue(), dnszone.Multivalue()},
		{dnszone.Geolocation("", "*", ""), dnszone.Geolocation("EU", "", ""), dnszone.Geolocation("", "US", "NY")},
	} {
		t.Run(string(c.one.Policy), func(t *testing.T) {
			w := newWorld()
			declare := func(records ...dnszone.Record) *dnszone.PrivateBuilder {
				b := dnszone.Private(domain).VPC(region, w.a)
				for _, r := range records {
					b.Record(r)
				}
				return b
			}
			one, two := routedA("blue", "10.0.0.1", c.one), routedA("green", "10.0.0.2", c.two)
			z, err := declare(one, two).WaitReady(t.Context(), w.api)
			require.NoError(t, err)
			one.Host, two.Host = "h.orders.internal.", "h.orders.internal."
			require.Equal(t, map[string]dnszone.Record{"h. A blue": one, "h. A green": two}, recordsOf(t, w, z.ID))
			same, err := declare(two, one).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Unchanged, same.Outcome)

			changed := routedA("green", "10.0.0.3", c.changed)
			_, err = declare(changed).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			changed.Host = two.Host
			require.Equal(t, map[string]dnszone.Record{"h. A blue": one, "h. A green": changed}, recordsOf(t, w, z.ID), "another identifier is another record")
			require.ErrorIs(t, declare(changed).Delete(t.Context(), w.api), privatelink.ErrInUse)
			require.ErrorContains(t, declare(changed).Delete(t.Context(), w.api), `h.orders.internal A "blue"`)
			_, err = declare(one, changed).Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.NoError(t, declare(one, changed).WaitGone(t.Context(), w.api))
		})
	}
}

// What cannot stand beside a declared set of its name and type goes in the same batch.
func TestRoutingPolicyChangesInOneBatch(t *testing.T) {
	w := newWorld()
	all := [][]dnszone.Record{
		{routedA("blue", "10.0.0.1", dnszone.Weighted(1)), routedA("green", "10.0.0.2", dnszone.Weighted(2))},
		{routedA("blue", "10.0.0.1", dnszone.Multivalue()), routedA("red", "10.0.0.2", dnszone.Multivalue())},
		{dnszone.A("h", minute, four)},
		{routedA("blue", "10.0.0.1", dnszone.Primary())},
	}
	for _, records := range all {
		b := dnszone.Private(domain).VPC(region, w.a)
		for _, r := range records {
			b.Record(r)
		}
		p, err := b.Plan(t.Context(), w.api)
		require.NoError(t, err)
		calls := w.calls(func() {
			_, err := b.Ensure(t.Context(), w.api)
			require.NoError(t, err, p.String())
		})
		writes := 0
		for _, op := range calls {
			if op == "ChangeResourceRecordSets" {
				writes++
			}
		}
		require.Equal(t, 1, writes)
		z, err := b.Find(t.Context(), w.api)
		require.NoError(t, err)
		require.True(t, z.Ready)
		require.Len(t, z.Records, len(records))
	}
}

func TestRoutedAliasEvaluatesItsTargetsHealth(t *testing.T) {
	w := newWorld()
	b, target := aliased(t, w)
	r := dnszone.Record{Host: "h", Type: dnszone.TypeAlias, Alias: target(privatelink.DualStack), SetIdentifier: "x", Routing: dnszone.Weighted(7), EvaluateTargetHealth: true}
	z, err := b.Record(r).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	for _, key := range []string{"h. A x", "h. AAAA x"} {
		got := recordsOf(t, w, z.ID)[key]
		require.True(t, got.EvaluateTargetHealth)
		require.Equal(t, dnszone.Weighted(7), got.Routing)
	}
	r.EvaluateTargetHealth = false
	p, err := b.Record(r).Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Len(t, p.Changes, 2)
	require.Equal(t, `record h.orders.internal A "x"`, p.Changes[0].Field)
	require.Equal(t, "alias of target.orders.internal in "+z.ID+", target health evaluated, weight 7", p.Changes[0].From)
}

// An endpoint that loses a family takes the alias of that family along.
func TestAliasOfAnEarlierFamilyGoes(t *testing.T) {
	w := newWorld()
	b, target := aliased(t, w)
	z, err := b.Alias("h", target(privatelink.DualStack)).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	_, err = b.Alias("h", privatelink.DNSName{}).Plan(t.Context(), w.api)
	require.NoError(t, err)
	_, err = b.Alias("h", target(privatelink.IPv4)).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Contains(t, recordsOf(t, w, z.ID), "h. A")
	require.NotContains(t, recordsOf(t, w, z.ID), "h. AAAA")
	_, err = b.A("h", minute, four).AAAA("h", minute, six).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestHealthChecksAreDeclaredAndCompared(t *testing.T) {
	w := newWorld()
	r := routedA("x", "10.0.0.1", dnszone.Weighted(1))
	r.HealthCheckID = w.api.HealthCheck().ID
	b := dnszone.Private(domain).VPC(region, w.a).Record(r)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, r.HealthCheckID, z.Records[0].HealthCheckID)
	r.HealthCheckID = ""
	z, err = b.Record(r).Ensure(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Updated, z.Outcome)
	require.Empty(t, z.Records[0].HealthCheckID)
}
