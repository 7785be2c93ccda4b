package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	counts := regexp.MustCompile(`(?m)^(\d+) of 12 VPCs`).FindAllStringSubmatch(out, -1)
	require.Len(t, counts, 2, out)
	first, err := strconv.Atoi(counts[0][1])
	require.NoError(t, err)
	require.True(t, first > 0 && first < 12, out)
	require.Equal(t, "12", counts[1][1], out)
	require.Contains(t, out, "nothing is left")

	made := 0
	for _, call := range cloud.Calls() {
		if call.Op == "CreateVpcEndpoint" && call.Err == nil {
			made++
		}
		if call.Account != "111111111111" {
			recipetest.NamesAction(t, call.Op)
		}
	}
	require.Equal(t, 12, made, "each once")
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "service", "places")
	write := func(text string) string {
		name := filepath.Join(t.TempDir(), "places.json")
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		return name
	}
	const service = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	for text, want := range map[string]string{
		`{}`:                    "not a JSON array",
		`[{"vpc": "vpc-1"}]`:    "number 1 has no region",
		`[{"profile": "none"}]`: "number 1",
		`[{"region": "eu-west-1", "vpc": "vpc-0123456789abcdef0"}, {"region": "eu-west-1", "vpc": "subnet-1"}]`: "number 2: ",
	} {
		problems := recipetest.Problems(t, run, "-live", "-service", service, "-places", write(text))
		require.Len(t, problems, 1)
		require.Contains(t, problems[0], want)
	}
	require.Contains(t, recipetest.Problems(t, run, "-live", "-service", service, "-places", "absent.json")[0], "absent.json")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, func(ctx context.Context, cloud *fake.Cloud) []string {
		var places []place
		for _, id := range []string{"222222222222", "333333333333"} {
			for n := range 2 {
				net := recipe.NewNetwork(cloud.Account(id), n)
				places = append(places, place{Profile: id, Region: "us-east-1", VPC: net.ID, Subnets: []string{net.A.ID}})
			}
		}
		text, err := json.Marshal(places)
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), "places.json")
		require.NoError(t, os.WriteFile(file, text, 0o600))
		return []string{"-service", recipetest.Offer(ctx, t, cloud, false).ServiceName, "-places", file}
	})
	require.Equal(t, "4 of 4 VPCs have a way to the service.\nAll taken down: nothing is left.\n", out)
}
