package dnszone_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// aliased is a zone with a name that aliases can point at, in the zone itself.
func aliased(t *testing.T, w *world) (b *dnszone.PrivateBuilder, target func(privatelink.Family) privatelink.DNSName) {
	t.Helper()
	b = dnszone.Private(domain).VPC(region, w.a).A("target", minute, four).AAAA("target", minute, six)
	z, err := b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	return b, func(f privatelink.Family) privatelink.DNSName {
		return privatelink.DNSName{Name: "Target.orders.internal", ZoneID: z.ID, Family: f}
	}
}

func TestAliasFollowsTheFamilyOfItsTarget(t *testing.T) {
	for family, want := range map[privatelink.Family][]string{
		privatelink.IPv4: {"A"}, privatelink.IPv6: {"AAAA"}, privatelink.DualStack: {"A", "AAAA"},
	} {
		w := newWorld()
		b, target := aliased(t, w)
		z, err := b.Alias("@", target(family)).WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		var types []string
		for _, r := range z.Records {
			if r.Host == "orders.internal." {
				types = append(types, string(r.Type))
				require.Equal(t, "target.orders.internal", r.Alias.Name)
				require.Equal(t, z.ID, r.Alias.ZoneID)
				require.Zero(t, r.TTL)
			}
		}
		require.Equal(t, want, types)
		again, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, again.Outcome)
	}
}

func TestAliasIsReplacedWhateverItWas(t *testing.T) {
	w := newWorld()
	b, target := aliased(t, w)
	z, err := b.A("api", minute, five).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	b = dnszone.Private(domain).VPC(region, w.a).Alias("api", target(privatelink.IPv4))
	_, err = b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.Empty(t, w.records(t, z.ID)["api.orders.internal. A"])

	set := &types.ResourceRecordSet{Name: aws.String("api.orders.internal"), Type: types.RRTypeA,
		AliasTarget: &types.AliasTarget{DNSName: aws.String("target.orders.internal"), HostedZoneId: aws.String(z.ID), EvaluateTargetHealth: true}}
	_, err = w.api.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: aws.String(z.ID),
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{{Action: types.ChangeActionUpsert, ResourceRecordSet: set}}}})
	require.NoError(t, err)
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, []privatelink.Change{{Field: "record api.orders.internal A",
		From: "alias of target.orders.internal in " + z.ID + ", target health evaluated", To: "alias of target.orders.internal in " + z.ID}}, p.Changes)
	_, err = b.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	p, err = b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.True(t, p.Empty())
}

// The teardown of a program that no longer knows the target's family takes both types.
func TestAliasIsDeletedWithoutItsTarget(t *testing.T) {
	w := newWorld()
	b, target := aliased(t, w)
	_, err := b.Alias("api", target(privatelink.DualStack)).WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NoError(t, b.Alias("api", privatelink.DNSName{}).WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestAliasAndAddressesOfOneTypeAreAMistake(t *testing.T) {
	w := newWorld()
	target := privatelink.DNSName{Name: "vpce-1.amazonaws.com", ZoneID: "Z1", Family: privatelink.DualStack}
	b := dnszone.Private(domain).VPC(region, w.a).Alias("api", target).AAAA("API", minute, six)
	require.Equal(t, []string{"api.orders.internal AAAA is declared twice, by an alias and by a record of type AAAA: take one away"}, privatelink.Problems(b.Validate()))
	target.Family = privatelink.IPv4
	require.NoError(t, b.Alias("api", target).Validate())
}
