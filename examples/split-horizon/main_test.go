package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	inside, outside, found := strings.Cut(out, "On the internet:\n")
	require.True(t, found, out)
	require.Regexp(t, `api.example.com is 10\.2\.[12]\.\d, 10\.2\.[12]\.\d`, inside)
	require.Contains(t, inside, `"orders, asked for as api.example.com"`)
	require.Contains(t, outside, "api.example.com is 203.0.113.10\n")
	require.Contains(t, outside, `"the public front, asked for as api.example.com"`)
	require.Contains(t, outside, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "domain", "public-zone", "public-address", "load-balancer", "vpc", "subnets", "security-groups", "region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
