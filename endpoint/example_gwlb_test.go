package endpoint_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Whatever leaves the subnet "app" goes through the provider's appliances first.
func ExampleGatewayLoadBalancer() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222") // in production: an *ec2.Client
	vpc := account.VPC("10.0.0.0/16")
	app, appliances := vpc.Subnet("us-east-1a", "10.0.1.0/24"), vpc.Subnet("us-east-1a", "10.0.2.0/24")

	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).Subnet(appliances.ID).
		Route(vpc.RouteTable(app).ID, "0.0.0.0/0")
	e := must(inspect.WaitReady(ctx, account))
	fmt.Println(e.Kind, e.State, e.Ready)
	// Output: GatewayLoadBalancer available true
}

// Everything that can be declared. What no setter names is left to AWS.
func ExampleGatewayLoadBalancerBuilder() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")

	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).
		Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID).IPAddressType(endpoint.IPv4).
		Route(vpc.RouteTable().ID, "0.0.0.0/0").Route(vpc.RouteTable().ID, "192.0.2.0/24").ReplaceRoutes(true).
		Tags(privatelink.Tags{"team": "security"}).Tag("stage", "live")
	e := must(inspect.WaitReady(ctx, account))
	fmt.Println(e.Tags["team"], e.IPAddressType)
	// Output: security ipv4
}

// All that is wrong is said at once, without a call.
func ExampleGatewayLoadBalancerBuilder_Validate() {
	err := endpoint.GatewayLoadBalancer("inspect").VPC("vpc-0a1b2c3d").Service("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d").
		Subnet("subnet-0a1b2c3d").Route("rtb-0a1b2c3d", "10.0.0.1").Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output: the destination "10.0.0.1" of a route is not a CIDR block, such as 0.0.0.0/0
}

// Find needs the name and the VPC only.
func ExampleGatewayLoadBalancerBuilder_Find() {
	ctx, account := context.Background(), new(fake.Cloud).Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	_, err := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Find(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output: true
}

// Routes are part of the plan.
func ExampleGatewayLoadBalancerBuilder_Plan() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID)
	must(inspect.WaitReady(ctx, account))

	plan := must(inspect.Route(vpc.RouteTable().ID, "0.0.0.0/0").Plan(ctx, account))
	fmt.Println(plan.Action, len(plan.Changes), plan.Changes[0].To)
	// Output: update 1 this endpoint
}

// AWS takes routes to an endpoint only once it is available: the first pass says for what it waits.
func ExampleGatewayLoadBalancerBuilder_Ensure() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).
		Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID).Route(vpc.RouteTable().ID, "0.0.0.0/0")

	fmt.Println("waiting for", must(inspect.Ensure(ctx, account)).Waiting)
	fmt.Println(must(inspect.Ensure(ctx, account)).Ready)
	// Output:
	// waiting for AWS to make it available
	// true
}

// WaitReady makes the endpoint, waits for it and then turns the routes.
func ExampleGatewayLoadBalancerBuilder_WaitReady() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID)
	fmt.Println(must(inspect.WaitReady(ctx, account)).Outcome)
	fmt.Println(must(inspect.Route(vpc.RouteTable().ID, "0.0.0.0/0").WaitReady(ctx, account)).Outcome)
	// Output:
	// created
	// updated
}

// Delete takes the routes away first, whichever tables hold them.
func ExampleGatewayLoadBalancerBuilder_Delete() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).
		Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID).Route(vpc.RouteTable().ID, "0.0.0.0/0")
	must(inspect.WaitReady(ctx, account))
	fmt.Println(inspect.Delete(ctx, account), inspect.Delete(ctx, account))
	// Output: <nil> <nil>
}

// Nothing is left: no endpoint, no route, no network interface.
func ExampleGatewayLoadBalancerBuilder_WaitGone() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect").VPC(vpc.ID).Service(name).Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID)
	before := cloud.Dump()
	must(inspect.WaitReady(ctx, account))
	check(inspect.WaitGone(ctx, account))
	fmt.Println(cloud.Dump() == before)
	// Output: true
}

// A second Availability Zone has an endpoint of its own; this one was made by hand.
func ExampleGatewayLoadBalancerBuilder_Adopt() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, account := inspected(cloud), cloud.Account("222222222222")
	vpc := account.VPC("10.0.0.0/16")
	inspect := endpoint.GatewayLoadBalancer("inspect-a").VPC(vpc.ID).Service(name).Subnet(vpc.Subnet("us-east-1a", "10.0.2.0/24").ID)
	id := must(inspect.WaitReady(ctx, account)).ID

	_, err := inspect.Clone().Adopt("vpce-0123456789abcdef0").Ensure(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	_, err = inspect.CloneAs("inspect-b").Adopt(id).Ensure(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrConflict)) // it is another declaration's
	check(privatelink.DeleteAll(ctx, inspect.On(account)))
	// Output:
	// true
	// true
}
