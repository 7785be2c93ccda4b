package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	before, after, found := strings.Cut(out, "After:\n")
	require.True(t, found, out)
	require.Regexp(t, `sts.us-east-1.amazonaws.com is 54\.239\.`, before)
	for _, host := range []string{"api.ecr", "logs", "sts"} {
		require.Regexp(t, host+`.us-east-1.amazonaws.com is 10\.2\.[12]\.\d+, 10\.2\.[12]\.\d+`, after)
	}
	for _, name := range []string{"ecr.api", "ecr.dkr", "logs", "ssm", "sts"} {
		require.Regexp(t, "aws-services/"+name+` +vpce-\w+  available  2 network interfaces`, before)
	}
	require.Regexp(t, `aws-services/s3 +vpce-\w+  available  0 network interfaces`, before)
	require.Contains(t, after, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "vpc", "subnets", "security-groups", "route-tables", "region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
