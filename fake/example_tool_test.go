package fake_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// reach is the tool: it lets a VPC reach STS, and takes that away again. In production its api is an *ec2.Client.
func reach(ctx context.Context, api endpoint.API, vpc, subnet string) (*endpoint.Endpoint, func() error, error) {
	sts := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(subnet)
	ep, err := sts.WaitReady(ctx, api)
	return ep, func() error { return sts.WaitGone(ctx, api) }, err
}

// testReach is the tool's test: TestReach(t *testing.T), where it is not an example.
func testReach(t testing.TB) {
	var cloud fake.Cloud
	fake.NoLeaks(t, &cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16").DNSHostnames(true)
	subnet := vpc.Subnet("a", "10.0.1.0/24")
	ep, remove, err := reach(t.Context(), account, vpc.ID, subnet.ID)
	require.NoError(t, err)
	require.True(t, ep.Ready)
	require.NoError(t, remove())
}

// A tool and its test: provision, assert, and nothing is left behind.
func Example() {
	run(testReach)
	// Output: PASS
}
