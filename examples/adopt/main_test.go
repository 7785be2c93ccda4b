package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	for _, call := range cloud.Calls() {
		if call.Op != "CreateVpcEndpoint" && call.Op != "DeleteVpcEndpoints" { // by hand, and in memory only
			recipetest.NamesAction(t, call.Op)
		}
	}
	before, after, found := strings.Cut(out, "Adopted: ")
	require.True(t, found, out)
	require.Regexp(t, `As it is: vpce-\w+, without a name, to com.amazonaws.us-east-1.sts\n  10.2.1.4 in us-east-1a\n`, before)
	require.Contains(t, before, `~ interface endpoint "adopt"`)
	require.Regexp(t, `subnets: subnet-\w+ → subnet-\w+, subnet-\w+`, before)
	require.Contains(t, before, "tags: privatelink:name=adopt")
	require.Contains(t, after, `named "adopt"`)
	require.Contains(t, after, "  10.2.1.4 in us-east-1a\n", "it keeps its address")
	require.Regexp(t, `  10\.2\.2\.\d in us-east-1b\n`, after)
	require.Regexp(t, `without Adopt: vpce-\w+ is unchanged`, after)
	require.Contains(t, after, "nothing is left")
}

// Without -apply nothing is written, and nothing deleted at the end.
func TestPlanOnly(t *testing.T) {
	var out bytes.Buffer
	cloud := &fake.Cloud{}
	j := &job{Recipe: recipe.New("adopt", &out)}
	j.inMemory(cloud)
	require.NoError(t, j.byHand(t.Context()))
	n := len(cloud.Calls())
	j.byHand, j.apply = nil, false
	require.NoError(t, j.story(t.Context()))
	require.Contains(t, out.String(), "Nothing has been changed")
	for _, call := range cloud.Calls()[n:] {
		require.True(t, strings.HasPrefix(call.Op, "Describe"), call.Op)
	}
	_, err := endpoint.Get(t.Context(), j.account, j.id)
	require.NoError(t, err)
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "endpoint", "subnets", "security-groups", "region")
}

func TestLive(t *testing.T) {
	byHand := func(ctx context.Context, cloud *fake.Cloud) []string {
		account := cloud.Account("111111111111")
		vpc := account.VPC("10.9.0.0/16")
		in := &ec2.CreateVpcEndpointInput{VpcEndpointType: "Interface", VpcId: &vpc.ID, ServiceName: aws.String("com.amazonaws.us-east-1.sts")}
		made, err := account.CreateVpcEndpoint(ctx, in)
		require.NoError(t, err)
		return []string{
			"-endpoint", *made.VpcEndpoint.VpcEndpointId, "-subnets", vpc.Subnet("us-east-1a", "10.9.1.0/24").ID,
			"-security-groups", vpc.SecurityGroup("sts").ID,
		}
	}
	require.Contains(t, recipetest.Live(t, run, byHand), "Nothing has been changed.")
	out, _, cloud := recipetest.LiveFor(t, run, func(ctx context.Context, cloud *fake.Cloud) []string {
		return append(byHand(ctx, cloud), "-apply")
	})
	require.Contains(t, out, `named "adopt"`)
	require.Contains(t, cloud.Dump(), "privatelink:name", "it stays")
}
