package main

import (
	"bytes"
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	for account, answer := range map[string]string{"222222222222": "accepted", "333333333333": "rejected", "444444444444": "accepted"} {
		require.Regexp(t, `vpce-\w+ of account `+account+` is `+answer, out)
	}
	require.Contains(t, out, "Account 222222222222 sees its endpoint available.")
	require.Contains(t, out, "Account 333333333333 sees its endpoint rejected.")
	require.Contains(t, out, "nothing is left")
	for _, op := range []string{"DescribeVpcEndpointConnections", "AcceptVpcEndpointConnections", "RejectVpcEndpointConnections"} {
		recipetest.NamesAction(t, op)
		require.Contains(t, ops(cloud), op)
	}
}

func ops(cloud *fake.Cloud) (all []string) {
	for _, call := range cloud.Calls() {
		all = append(all, call.Op)
	}
	return all
}

// A throttled answer is sent again, at the next look.
func TestOutlastsThrottling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cloud := &fake.Cloud{}
		fake.NoLeaks(t, cloud)
		cloud.Delay = time.Minute
		cloud.Inject(fake.Throttle().On("AcceptVpcEndpointConnections").Times(2))
		var out bytes.Buffer
		require.NoError(t, run(recipe.In(t.Context(), cloud), nil, &out))
		require.Contains(t, out.String(), "Account 444444444444 sees its endpoint pending.")
	})
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) { recipetest.Needs(t, run, "service", "accounts", "region") }

func TestLive(t *testing.T) {
	out, _, cloud := recipetest.LiveFor(t, run, func(ctx context.Context, cloud *fake.Cloud) []string {
		svc := recipetest.Offer(ctx, t, cloud, true)
		consumer := cloud.Account("222222222222")
		_, err := endpoint.Interface("acceptor").VPC(consumer.VPC("10.9.0.0/16").ID).Service(svc.ServiceName).Ensure(ctx, consumer)
		require.NoError(t, err)
		return []string{"-service", svc.ID, "-accounts", "222222222222"}
	})
	require.Regexp(t, `vpce-\w+ of account 222222222222 is accepted\nStopped: `, out)
	for e, err := range endpoint.List(t.Context(), cloud.Account("222222222222"), "") {
		require.NoError(t, err)
		require.Equal(t, privatelink.Available, e.State)
	}
}
