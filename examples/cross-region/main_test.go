package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	require.Regexp(t, `vpce-svc-\w+ of us-east-1 can be used from us-east-1, eu-west-1\.`, out)
	require.Regexp(t, `vpce-\w+ in eu-west-1 leads to us-east-1\.`, out)
	require.Regexp(t, `api.cross-region.internal is 10\.2\.[12]\.\d+, 10\.2\.[12]\.\d+`, out)
	require.Contains(t, out, `200 OK, "orders, asked for as api.cross-region.internal"`)
	require.Contains(t, out, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111", "222222222222")
	for _, call := range cloud.Calls() {
		require.Equal(t, call.Account == "222222222222", call.Region == "eu-west-1", call.Op)
	}
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "load-balancer", "consumer-account", "vpc", "subnets", "security-groups", "provider-region", "consumer-region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
