package privatelink_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// A resource joined with the client of the account that it lives in. A builder's On does the same with a copy.
func ExampleBind() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	b := privatelink.Bind[endpoint.API, endpoint.Endpoint](sts(account), account)
	plan, err := b.Plan(ctx)
	fmt.Println(plan.Action, err)
	fmt.Println(b.WaitReady(ctx, privatelink.Timeout(time.Minute)), b.WaitGone(ctx))
	// Output:
	// create <nil>
	// <nil> <nil>
}

// What would be done, of any mixture of resources and accounts.
func ExamplePlanAll() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	one, two := cloud.Account("111111111111"), cloud.Account("222222222222")
	there := sts(one)
	_, _ = there.WaitReady(ctx, one)
	plans, err := privatelink.PlanAll(ctx, there.On(one), sts(two).On(two))
	for _, plan := range plans {
		fmt.Println(plan.Kind, plan.Name, plan.Action)
	}
	fmt.Println(err)
	// Output:
	// interface endpoint sts none
	// interface endpoint sts create
	// <nil>
}

// All at the same time; one that fails does not stop the others.
func ExampleEnsureAll() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	good := sts(account)
	bad := good.CloneAs("orders").Service("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0")
	err := privatelink.EnsureAll(ctx, []privatelink.Bound{good.On(account), bad.On(account)})
	fmt.Println(errors.Is(err, privatelink.ErrNotFound)) // there is no such service
	e, err := good.Find(ctx, account)
	fmt.Println(e.State, err)
	// Output:
	// true
	// available <nil>
}

// One line that is written over, for a terminal.
func ExampleOnProgress() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	err := privatelink.EnsureAll(ctx, []privatelink.Bound{sts(account).On(account)}, privatelink.OnProgress(func(p privatelink.AllProgress) {
		if p.Waiting == 0 {
			fmt.Printf("%d done, %d failed\n", p.Done, p.Failed)
		}
	}))
	fmt.Println(err)
	// Output:
	// 1 done, 0 failed
	// <nil>
}

// Each item has two minutes from when its turn has come, and ten at once call AWS.
func ExampleEachWait() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	fmt.Println(privatelink.EnsureAll(ctx, []privatelink.Bound{sts(account).On(account)},
		privatelink.EachWait(privatelink.Timeout(2*time.Minute)), privatelink.InFlight(10)))
	// Output: <nil>
}

// Those that only wait are not counted: a thousand may wait at once.
func ExampleInFlight() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	fmt.Println(privatelink.EnsureAll(ctx, []privatelink.Bound{sts(account).On(account)}, privatelink.InFlight(10)))
	// Output: <nil>
}

// One after the other, in the order given; run again, it goes on where it stopped.
func ExampleDeleteAll() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	b := sts(account)
	_, _ = b.WaitReady(ctx, account)
	fmt.Println(privatelink.DeleteAll(ctx, b.On(account)))
	fmt.Println(privatelink.DeleteAll(ctx, b.On(account)))
	// Output:
	// <nil>
	// <nil>
}

// quoted has the lines that the package comment begins with.
func quoted(ctx context.Context, client endpoint.API, vpc, subnet, table string) error {
	sts := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(subnet)
	s3 := endpoint.Gateway("s3").VPC(vpc).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(table)
	err := privatelink.EnsureAll(ctx, []privatelink.Bound{sts.On(client), s3.On(client)})
	return err
}

var _ = quoted
