package privatelink_test

import (
	"testing"
	"time"

	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestStateFoldsCase(t *testing.T) {
	for _, s := range []string{"available", "Available", "AVAILABLE"} {
		require.Equal(t, privatelink.Available, privatelink.ParseState(s))
	}
	require.Equal(t, privatelink.PendingAcceptance, privatelink.ParseState("PendingAcceptance"))
	require.Equal(t, privatelink.State("Unheard"), privatelink.ParseState("Unheard"))
	require.True(t, privatelink.State("Deleting").Is(privatelink.Deleting))
}

func TestEveryStateButTheDyingHoldsItsIdentity(t *testing.T) {
	for _, s := range []privatelink.State{privatelink.Pending, privatelink.PendingAcceptance, privatelink.Available, privatelink.Rejected,
		privatelink.Failed, privatelink.Expired, privatelink.Partial, "new"} {
		require.True(t, s.Alive(), s)
	}
	require.False(t, privatelink.Deleting.Alive())
	require.False(t, privatelink.Deleted.Alive())
}

func TestOutcomeKeepsTheStrongest(t *testing.T) {
	require.Equal(t, privatelink.Created, privatelink.Created.Strongest(privatelink.Updated))
	require.Equal(t, privatelink.Updated, privatelink.Unchanged.Strongest(privatelink.Updated))
	require.Equal(t, privatelink.Unchanged, privatelink.Unchanged.Strongest(privatelink.Unchanged))
}

func TestPrincipalsAreChecked(t *testing.T) {
	for _, good := range []privatelink.Principal{
		privatelink.Everyone, privatelink.AccountPrincipal("222222222222"),
		privatelink.RolePrincipal("arn:aws:iam::222222222222:role/deploy"), privatelink.UserPrincipal("arn:aws-cn:iam::222222222222:user/anna"),
		privatelink.ServicePrincipal("ec2.amazonaws.com"),
	} {
		require.Empty(t, good.Problem(), good)
	}
	for _, bad := range []privatelink.Principal{
		{}, privatelink.AccountPrincipal("*"), privatelink.AccountPrincipal("12"), privatelink.RolePrincipal("*"),
		privatelink.RolePrincipal("arn:aws:iam::222222222222:role/path/deploy"), privatelink.RolePrincipal("arn:aws:iam::222222222222:user/anna"),
		privatelink.UserPrincipal("anna"), privatelink.ServicePrincipal("*"), privatelink.ServicePrincipal("ec2"),
	} {
		require.NotEmpty(t, bad.Problem(), bad)
	}
	require.Equal(t, "arn:aws-us-gov:iam::222222222222:root", privatelink.AccountPrincipal("222222222222").ARN("aws-us-gov"))
	require.Equal(t, "*", privatelink.Everyone.ARN("aws"))
}

func TestPlanReadsLikeADiff(t *testing.T) {
	plan := privatelink.Plan{Kind: "interface endpoint", Name: "orders", Scope: "vpc-1", ID: "vpce-1", Action: privatelink.Update,
		Changes:  []privatelink.Change{{Field: "subnets", From: "subnet-a", To: "subnet-a, subnet-b"}, {Field: "private DNS", To: "on"}},
		Warnings: []string{"watch out"}}
	require.Equal(t, "~ interface endpoint \"orders\" in vpc-1 (vpce-1)\n"+
		"    subnets: subnet-a → subnet-a, subnet-b\n"+
		"    private DNS: on\n"+
		"  ! watch out", plan.String())
	require.False(t, plan.Empty())

	none := privatelink.Plan{Kind: "interface endpoint", Name: "orders", Action: privatelink.None}
	require.True(t, none.Empty())
	require.Equal(t, `  interface endpoint "orders": no changes`, none.String())

	replace := privatelink.Plan{Kind: "interface endpoint", Name: "orders", Action: privatelink.Replace,
		Changes: []privatelink.Change{{Field: "service", From: "a", To: "", Replace: true}}}
	require.Equal(t, "± interface endpoint \"orders\": must be replaced (delete it, then ensure it)\n"+
		"    service: a → (none) (needs replacement)", replace.String())
}

func TestWaitOptions(t *testing.T) {
	s := privatelink.NewWaitSettings()
	require.Equal(t, privatelink.DefaultTimeout, s.Timeout)
	require.Nil(t, s.Policy)

	polls := 0
	count := func(privatelink.Progress) { polls++ }
	s = privatelink.NewWaitSettings(nil, privatelink.Timeout(time.Minute), privatelink.OnPoll(count), privatelink.OnPoll(count), privatelink.OnPoll(nil),
		privatelink.Backoff(func() backoff.BackOff { return &backoff.ZeroBackOff{} }))
	require.Equal(t, time.Minute, s.Timeout)
	require.NotNil(t, s.Policy)
	for _, f := range s.OnPoll {
		f(privatelink.Progress{})
	}
	require.Equal(t, 2, polls)
	require.Zero(t, privatelink.NewWaitSettings(privatelink.Timeout(-1)).Timeout)
}
