package endpoint_test

import (
	"context"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// A hundred endpoints that are there already cost one read together.
func ExampleBatched() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	api := endpoint.Batched(account) // one for an account and Region, and all who use it
	var items []privatelink.Bound
	for i := range 100 {
		vpc := account.VPC("10.0.0.0/16")
		items = append(items, endpoint.Interface(fmt.Sprint("sts-", i)).VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).On(api))
	}
	check(privatelink.EnsureAll(ctx, items))
	before := len(cloud.Calls())
	cloud.Inject(fake.Latency(50 * time.Millisecond)) // as long as a call takes on AWS: who asks meanwhile shares the next one
	check(privatelink.EnsureAll(ctx, items))
	fmt.Println(len(cloud.Calls())-before < 10)
	// Output: true
}

// Limits that are known need not be learned from throttled calls.
func ExampleCallLimit() {
	account := new(fake.Cloud).Account("111111111111")
	api := endpoint.Batched(account,
		endpoint.CallLimit("CreateVpcEndpoint", 0.3, 4), // a bucket of four, refilled with one in 3.3 seconds
		endpoint.MaxInFlight(16),
	)
	_, err := endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).WaitReady(context.Background(), api)
	fmt.Println(err)
	// Output: <nil>
}

// At most so many calls of each operation are on their way at once.
func ExampleMaxInFlight() {
	account := new(fake.Cloud).Account("111111111111")
	api := endpoint.Batched(account, endpoint.MaxInFlight(4))
	_, err := endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).WaitReady(context.Background(), api)
	fmt.Println(err)
	// Output: <nil>
}

// Each call is reported, for a log or for metrics.
func ExampleOnReport() {
	account := new(fake.Cloud).Account("111111111111")
	api := endpoint.Batched(account, endpoint.OnReport(func(r endpoint.BatchReport) { fmt.Println(r.Op, r.Calls, r.Throttled, r.Err) }))
	must(endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).Ensure(context.Background(), api))
	// Output:
	// DescribeVpcEndpoints 1 0 <nil>
	// CreateVpcEndpoint 1 0 <nil>
}

// How far AWS's lookups may be behind decides for how long the library distrusts them.
func ExampleReadLag() {
	account := new(fake.Cloud).Account("111111111111")
	api := endpoint.Batched(account, endpoint.ReadLag(30*time.Second))
	_, err := endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts")).Ensure(context.Background(), api)
	fmt.Println(err)
	// Output: <nil>
}
