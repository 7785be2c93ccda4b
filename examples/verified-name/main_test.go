package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	require.Regexp(t, `^api.example.com is pendingVerification: AWS wants TXT \S+\.example\.com\. to be "vpce:\S+"\.
With the record in zone Z\w+ it is verified\.
A consumer connects with vpce-\w+\.
  api.example.com is 10\.2\.[12]\.\d+, 10\.2\.[12]\.\d+
  GET http://api.example.com/: 200 OK, "orders, asked for as api.example.com"
  on the internet the name is not known
All taken down: nothing is left\.
$`, out)
	recipetest.NamesActions(t, cloud, "111111111111", "222222222222", "333333333333")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "load-balancer", "name", "zone", "consumer-account", "vpc", "subnets", "security-groups",
		"provider-region", "dns-region", "consumer-region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
