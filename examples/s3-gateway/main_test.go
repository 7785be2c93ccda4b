package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	for _, service := range []string{"s3", "dynamodb"} {
		require.Regexp(t, `s3-gateway/`+service+`  vpce-\w+  available, created
  pl-\w+ is com.amazonaws.us-east-1.`+service+`: [\d./, ]+
  pl-\w+ is com.amazonaws.us-east-1.`+service+`: [\da-f:/, ]+
  rtb-\w+ has pl-\w+ → vpce-\w+
  rtb-\w+ has pl-\w+ → vpce-\w+
`, out)
	}
	before, after, _ := strings.Cut(out, "After:\n")
	require.Regexp(t, `s3:GetObject on orders: .* has no route`, before)
	require.Regexp(t, `s3:GetObject on orders: arrives by vpce-\w+\n`, after)
	require.Regexp(t, `s3:GetObject on somebody-elses: the policy of endpoint vpce-\w+ does not allow`, after)
	require.Contains(t, out, "The same policy in other words: unchanged.")
	require.Contains(t, out, "nothing is left")
	recipetest.NamesActions(t, cloud, "111111111111")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "vpc", "route-tables", "bucket", "table", "region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, nil)
	require.Contains(t, out, "All taken down: nothing is left.")
}
