package recipe_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// sts is a recipe of one endpoint, with which it then does something.
func sts(then func(context.Context, *recipe.Recipe) error) recipe.Func {
	return func(ctx context.Context, args []string, out io.Writer) error {
		r := recipe.New("sts", out)
		var account recipe.Account
		var vpc string
		r.Account(&account, "")
		r.Need(&vpc, "vpc", "vpc-", "the `ID` of the VPC")
		world := func(cloud *fake.Cloud) {
			account, vpc = recipe.InMemory(cloud.Account("111111111111")), recipe.NewNetwork(cloud.Account("111111111111"), 2).ID
		}
		return r.Run(ctx, args, world, func(ctx context.Context) error {
			ep := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService(account.Region, "sts"))
			r.Cleanup(ep.On(account))
			if _, err := ep.WaitReady(ctx, account, r.Progress()); err != nil {
				return err
			}
			return then(ctx, r)
		})
	}
}

func nothing(context.Context, *recipe.Recipe) error { return nil }

func TestLogOfCalls(t *testing.T) {
	out, _ := recipetest.Run(t, sts(nothing), "-v")
	require.Contains(t, out, "level=INFO msg=CreateVpcEndpoint account=111111111111 region=us-east-1 took=0s\n")
	require.Contains(t, out, "msg=DeleteVpcEndpoints")
	quiet, _ := recipetest.Run(t, sts(nothing))
	require.Equal(t, "All taken down: nothing is left.\n", quiet, "no terminal, no progress")
}

func TestFailureTakesDown(t *testing.T) {
	cloud := &fake.Cloud{}
	fake.NoLeaks(t, cloud)
	var out bytes.Buffer
	broken := errors.New("broken")
	err := sts(func(context.Context, *recipe.Recipe) error { return broken })(recipe.In(t.Context(), cloud), nil, &out)
	require.ErrorIs(t, err, broken)
	require.Equal(t, 1, recipe.Status(err))
	require.Contains(t, out.String(), "nothing is left")
}

func TestInterruptionTakesDown(t *testing.T) {
	cloud := &fake.Cloud{}
	fake.NoLeaks(t, cloud)
	ctx, interrupt := context.WithCancel(recipe.In(t.Context(), cloud))
	var out bytes.Buffer
	err := sts(func(ctx context.Context, _ *recipe.Recipe) error { interrupt(); return ctx.Err() })(ctx, nil, &out)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, "Interrupted: taking down what was made.\nAll taken down: nothing is left.\n", out.String())
}

// What cannot be taken down is said, and does not keep the rest from being taken down.
func TestCleanUpGoesOn(t *testing.T) {
	cloud := &fake.Cloud{}
	fake.NoLeaks(t, cloud)
	stuck := errors.New("stuck")
	var out bytes.Buffer
	err := sts(func(_ context.Context, r *recipe.Recipe) error {
		r.CleanupFunc(func(context.Context) error { return stuck })
		return nil
	})(recipe.In(t.Context(), cloud), nil, &out)
	require.ErrorIs(t, err, stuck)
	require.ErrorContains(t, err, "not all could be taken down")
}

func TestForgottenCleanUp(t *testing.T) {
	var out bytes.Buffer
	err := sts(func(ctx context.Context, r *recipe.Recipe) error {
		account := r.Cloud.Account("111111111111")
		_, err := endpoint.Interface("other").VPC(account.VPC("10.9.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).WaitReady(ctx, account)
		return err
	})(t.Context(), nil, &out)
	require.ErrorContains(t, err, "something is left")
}

func TestFlags(t *testing.T) {
	recipetest.Needs(t, sts(nothing), "vpc", "region")
	file := filepath.Join(t.TempDir(), "job.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"vpc": "vpce-1", "region": "eu-west-1", "keep": true}`), 0o600))
	problems := recipetest.Problems(t, sts(nothing), "-live", "-input", file)
	require.Len(t, problems, 2)
	require.Contains(t, problems[0], `"keep"`)
	require.Contains(t, problems[1], `-vpc: "vpce-1" does not begin with vpc-`)
	require.Contains(t, recipe.Explain(&privatelink.InvalidError{Problems: problems}), "\n  - ")

	var usage bytes.Buffer
	require.NoError(t, sts(nothing)(t.Context(), []string{"-h"}, &usage))
	for _, flag := range []string{"-live", "-keep", "-v", "-input file", "-vpc ID", "-profile profile", "-region Region"} {
		require.Contains(t, usage.String(), "  "+flag)
	}
}
