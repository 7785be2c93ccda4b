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
	require.NotContains(t, before, "appliance")
	require.Regexp(t, `inspection/1  vpce-\w+  available, between 10.2.10.0/24 and 10.2.20.0/24\ninspection/2  vpce-\w+  available, between 10.2.11.0/24 and`, before)
	for _, az := range []string{"us-east-1a", "us-east-1b"} {
		require.Equal(t, 2, strings.Count(out, "the data of "+az), "before and after")
		require.Contains(t, after, "In "+az+" the firewall stops an attack: ")
		require.Contains(t, after, " 1 dropped.")
	}
	require.Equal(t, 2, strings.Count(after, "endpoint, service, load balancer, availability zone, appliance"), after)
	require.Contains(t, after, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111", "222222222222")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "load-balancer", "consumer-account", "vpc", "subnets", "app-route-tables", "app-cidrs", "data-route-tables",
		"data-cidrs", "provider-region", "consumer-region")
	require.Contains(t, recipetest.Problems(t, run, "-live", "-provider-region", "eu-west-1", "-consumer-region", "eu-west-1",
		"-load-balancer", "arn:aws:x", "-consumer-account", "222222222222", "-vpc", "vpc-1", "-subnets", "subnet-1,subnet-2",
		"-app-route-tables", "rtb-1", "-app-cidrs", "10.0.0.0/24", "-data-route-tables", "rtb-2", "-data-cidrs", "10.0.1.0/24")[0], "each zone needs")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
