package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	require.Contains(t, out, "to arn:aws:iam::222222222222:root.")
	require.Regexp(t, `asks with vpce-\w+: pendingAcceptance`, out)
	require.Contains(t, out, "The provider accepts: available.")
	require.Regexp(t, `serves us-east-1/vpc-\w+, us-east-1/vpc-\w+\.`, out)
	require.Regexp(t, `api.cross-account.internal is 10\.2\.[12]\.\d, 10\.2\.[12]\.\d`, out)
	require.Contains(t, out, `200 OK, "orders, asked for as api.cross-account.internal"`)
	require.Contains(t, out, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111", "222222222222", "333333333333")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "load-balancer", "consumer-account", "vpc", "subnets", "security-groups", "dns-vpc",
		"provider-region", "consumer-region", "dns-region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
