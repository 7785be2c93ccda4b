package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var update = flag.Bool("update", false, "write the golden file anew")

func TestStory(t *testing.T) {
	var first, second bytes.Buffer
	require.NoError(t, run(t.Context(), nil, &first))
	synctest.Test(t, func(t *testing.T) { // at another time of day, and without waiting
		began := time.Now()
		require.NoError(t, run(t.Context(), nil, &second))
		require.Zero(t, time.Since(began))
	})
	require.Equal(t, first.String(), second.String(), "the same every time")
	require.LessOrEqual(t, strings.Count(first.String(), "\n"), 25)

	golden := filepath.Join("testdata", "story.golden")
	if *update {
		require.NoError(t, os.WriteFile(golden, first.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), first.String())
}

func TestStoryLeavesNothing(t *testing.T) {
	w := newWorld()
	defer w.stop()
	before := w.cloud.Dump()
	var out bytes.Buffer
	_, err := w.job.apply(t.Context(), w.sides, &out)
	require.NoError(t, err)
	require.NotEqual(t, before, w.cloud.Dump())
	require.NoError(t, w.job.destroy(t.Context(), w.sides))
	require.Equal(t, before, w.cloud.Dump())
	recipetest.NamesActions(t, w.cloud, "111111111111", "222222222222")
}

// With AWS's own times and lags, and the worst of what it leaves open; only a refusal that AWS goes on repeating for a token is left out, since
// the consumer asks before the provider's permission has reached it.
func TestStoryOnARealisticAWS(t *testing.T) {
	harsh := fake.Harsh()
	harsh.RefusedCreate = fake.NotSpent
	for _, switches := range []fake.Switches{{}, harsh} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			defer w.stop()
			w.cloud.Timing, w.cloud.Lag, w.cloud.Switches = fake.Realistic(), 8*time.Second, switches
			before := w.cloud.Dump()
			for range 2 { // and once more from the beginning
				var out bytes.Buffer
				_, err := w.job.apply(t.Context(), w.sides, &out)
				require.NoError(t, err)
				require.NoError(t, w.job.destroy(t.Context(), w.sides))
				require.Equal(t, before, w.cloud.Dump())
			}
		})
	}
}

func TestPlanInMemory(t *testing.T) {
	w := newWorld()
	defer w.stop()
	plans, err := w.job.plan(t.Context(), w.sides)
	require.NoError(t, err)
	require.Len(t, plans, 3)
	for _, p := range plans {
		require.Equal(t, privatelink.Create, p.Action, p)
	}
	_, writes := w.calls(0)
	require.Zero(t, writes)
	recipetest.NamesActions(t, w.cloud, "111111111111", "222222222222")

	var out bytes.Buffer
	_, err = w.job.apply(t.Context(), w.sides, &out)
	require.NoError(t, err)
	plans, err = w.job.plan(t.Context(), w.sides)
	require.NoError(t, err)
	for _, p := range plans {
		require.True(t, p.Empty(), p)
	}
}

func TestWrongCallsNameEveryProblem(t *testing.T) {
	twoProfiles(t, "http://127.0.0.1:1") // nobody listens there: a call would fail otherwise
	input := filepath.Join(t.TempDir(), "input.json")
	require.NoError(t, os.WriteFile(input, []byte(`{"vpcs": "vpc-1", "accept": "maybe", "subnets": [1]}`), 0o600))
	full := []string{"-live", "-input", filepath.Join("testdata", "input.json")}
	for name, tc := range map[string]struct {
		args []string
		want []string // a part of each problem, in any order
	}{
		"nothing given": {[]string{"-live"}, []string{"-load-balancer", "-vpc", "-subnets", "-security-groups"}},
		"five mistakes": {
			[]string{"-live", "-vpc", "vpce-1", "-load-balancer", "orders", "-subnets", "sg-1", "-security-groups", "subnet-1", "-consumer-account", "12"},
			[]string{"vpce-1", `"orders"`, "sg-1", "subnet-1", `"12"`}},
		"flags":           {[]string{"-banana", "-accept=maybe", "---", "left over"}, []string{"-banana", "maybe", "bad flag syntax", `"left over"`}},
		"modes":           {append(full, "-plan", "-destroy"), []string{"exclude one another"}},
		"file":            {[]string{"-live", "-destroy", "-vpc", "vpc-0123456789abcdef0", "-input", input}, []string{`"vpcs"`, `"accept"`, `"subnets"`}},
		"no file":         {[]string{"-live", "-destroy", "-vpc", "vpc-0123456789abcdef0", "-input", "absent.json"}, []string{"absent.json"}},
		"no profile":      {append(full, "-profile", "nobody"), []string{"nobody", "-region"}},
		"no account":      {append(full, "-consumer-profile", "consumer", "-consumer-account", ""), []string{"-consumer-account"}},
		"flags in memory": {[]string{"-apply"}, []string{"-live"}},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), tc.args, &out)
			require.ErrorIs(t, err, privatelink.ErrInvalid)
			require.Equal(t, 2, recipe.Status(err))
			problems := privatelink.Problems(err)
			require.Len(t, problems, len(tc.want), strings.Join(problems, "\n"))
			for _, part := range tc.want {
				require.Contains(t, recipe.Explain(err), part)
			}
			require.Empty(t, out.String())
		})
	}
}

func TestStatus(t *testing.T) {
	require.Zero(t, recipe.Status(nil))
	require.Equal(t, 1, recipe.Status(errors.New("AWS is not there")))
	var help bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-h"}, &help))
	require.Contains(t, help.String(), "-consumer-profile")
}
