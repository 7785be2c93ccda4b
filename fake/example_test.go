package fake_test

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// A test whose tool leaves something behind fails, and says what.
func ExampleNoLeaks() {
	run(func(t testing.TB) {
		var cloud fake.Cloud
		fake.NoLeaks(t, &cloud)
		account := cloud.Account("111111111111")
		vpc := account.VPC("10.0.0.0/16")
		_, _, err := reach(t.Context(), account, vpc.ID, vpc.Subnet("a", "10.0.1.0/24").ID)
		require.NoError(t, err)
	})
	// Output: FAIL
}

// Faults are chosen by operation, account, Region, caller, number and chance; they come from a seed, so that a run can be had again.
func ExampleCloud_Inject() {
	var cloud fake.Cloud
	cloud.Inject(
		fake.LoseAnswer().On("CreateVpcEndpoint").Nth(1), // it took effect, and the caller does not know
		fake.RateLimit(0.3, 4).On("CreateVpcEndpoint"),   // a bucket of four tokens, 0.3 a second flow back
		fake.ServerError().On("DeleteVpcEndpoints").Chance(0.05).Seed(7),
	)
	account := cloud.Account("111111111111")
	in := &ec2.CreateVpcEndpointInput{VpcId: aws.String(account.VPC("10.0.0.0/16").ID), ServiceName: aws.String("com.amazonaws.us-east-1.s3"),
		ClientToken: aws.String("once")}
	for range 2 {
		_, err := account.CreateVpcEndpoint(context.Background(), in)
		fmt.Println("broken:", errors.Is(err, syscall.ECONNRESET))
	}
	all, err := account.DescribeVpcEndpoints(context.Background(), nil)
	fmt.Println(len(all.VpcEndpoints), err, cloud.Calls()[0].Faults)
	// Output:
	// broken: true
	// broken: false
	// 1 <nil> [LoseAnswer]
}

// A world that takes long to make is made once: each test takes it up from its snapshot.
func ExampleCloud_Snapshot() {
	var world fake.Cloud
	vpc := world.Account("111111111111").VPC("10.0.0.0/16")
	subnet := vpc.Subnet("a", "10.0.1.0/24")
	made := world.Snapshot()
	for range 2 {
		var cloud fake.Cloud
		cloud.Restore(made)
		ep, _, err := reach(context.Background(), cloud.Account("111111111111"), vpc.ID, subnet.ID)
		fmt.Println(ep.State, err)
	}
	// Output:
	// available <nil>
	// available <nil>
}
