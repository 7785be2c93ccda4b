package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	recipetest.NamesActions(t, cloud, "222222222222")
	require.Contains(t, out, "the service is api.unit-testing.internal")
	require.Contains(t, out, `200 OK, "orders, asked for as api.unit-testing.internal"`)
	require.Contains(t, out, "nothing is left")
}

func TestRunLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestRunOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "service", "vpc", "subnets", "security-groups", "region")
	require.Len(t, recipetest.Problems(t, run, "-live", "-region", "eu-west-1", "-service", "orders", "-vpc", "vpce-1", "-subnets", "a,b", "-security-groups", "sg-1"), 4)
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, func(ctx context.Context, cloud *fake.Cloud) []string {
		return []string{"-service", recipetest.Offer(ctx, t, cloud, false).ServiceName}
	})
	require.Contains(t, out, "the service is api.unit-testing.internal")
	require.Contains(t, out, "All taken down: nothing is left.")
}
