package dnszone_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/iam/iamtest"
)

// Every method of API is an action of the policy, and the other way round.
func TestIAMPolicyHasEveryCall(t *testing.T) {
	require.Equal(t, iamtest.Methods[dnszone.API](), iamtest.Actions(t, dnszone.IAMPolicy(), "route53:"))
	require.Equal(t, []string{"DescribeVpcs"}, iamtest.Actions(t, dnszone.IAMPolicy(), "ec2:"))
}

// All that is done in a role, with everything set: the role's policy allows each call, and no statement allows what none needs.
func TestIAMPolicyIsEnoughAndNotTooMuch(t *testing.T) {
	p := newPartners()
	writer := p.cloud.Account("777777777777")
	useZones(t, p, writer)
	for role, account := range map[dnszone.Role]string{dnszone.ZoneOwner: p.api.ID, dnszone.VPCOwner: p.them.ID, dnszone.RecordWriter: writer.ID} {
		t.Run(string(role), func(t *testing.T) {
			calls := slices.DeleteFunc(p.cloud.Calls(), func(c fake.Call) bool { return c.Account != account })
			iamtest.Judge(t, dnszone.IAMPolicy(role), calls)
		})
	}
}

func useZones(t *testing.T, p *partners, writer *fake.Account) {
	shared := p.declared().Exclusive(true).Tag("team", "a")
	split := dnszone.SplitHorizon("example.org").VPC(region, p.a).PublicZone(writer.PublicZone("example.org").ID, writer).
		Both(dnszone.A("www", minute, four))
	_, err := shared.Plan(t.Context(), p.api)
	require.NoError(t, err)
	z, err := shared.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	_, err = shared.Clone().VPC(region, p.b).A("more", minute, five).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	_, err = shared.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	_, err = dnszone.Get(t.Context(), p.api, z.ID)
	require.NoError(t, err)
	theirs := dnszone.VPC{Region: "eu-west-1", ID: p.c}
	require.NoError(t, dnszone.Disassociate(t.Context(), p.them, z.ID, theirs))
	require.NoError(t, dnszone.Authorize(t.Context(), p.api, z.ID, theirs))
	require.NoError(t, dnszone.Associate(t.Context(), p.them, z.ID, theirs))
	require.NoError(t, dnszone.Associate(t.Context(), p.them, z.ID, theirs), "it is associated already")
	require.NoError(t, dnszone.Deauthorize(t.Context(), p.api, z.ID, theirs))

	_, err = split.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	require.NoError(t, split.WaitGone(t.Context(), p.api))
	require.NoError(t, shared.WaitGone(t.Context(), p.api))
}
