package endpoint_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The second pass finds nothing to do.
func ExampleInterface() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111") // in production: an *ec2.Client
	vpc := account.VPC("10.0.0.0/16")
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).
		Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)
	fmt.Println(must(sts.WaitReady(ctx, account)).Outcome)
	fmt.Println(must(sts.WaitReady(ctx, account)).Outcome)
	// Output:
	// created
	// unchanged
}

// Everything that can be declared. What no setter names is left to AWS.
func ExampleInterfaceBuilder() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	account := cloud.Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	a, b := vpc.Subnet("us-east-1a", "10.0.1.0/24"), vpc.Subnet("us-east-1b", "10.0.2.0/24")

	s3 := endpoint.Interface("s3").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).
		Subnets(a.ID, b.ID).Address(a.ID, netip.MustParseAddr("10.0.1.50")).
		SecurityGroups(vpc.SecurityGroup("s3").AllowTCP(443, "10.0.0.0/16").ID).
		PrivateDNS(true).PrivateDNSOnlyForInboundResolver(false).
		IPAddressType(endpoint.IPv4).DNSRecordIPType(endpoint.IPv4).
		Policy(`{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}`).
		Tags(privatelink.Tags{"team": "storage"}).Tag("stage", "live")
	e := must(s3.WaitReady(ctx, account))
	fmt.Println(e.State, e.PrivateDNS, e.Tags["team"], len(e.Subnets))

	e = must(s3.DefaultPolicy().WaitReady(ctx, account)) // full access again
	fmt.Println(e.Outcome)
	// Output:
	// available true storage 2
	// updated
}

// All that is wrong is said at once, without a call.
func ExampleInterfaceBuilder_Validate() {
	err := endpoint.Interface("sts").VPC("vpc-0a1b2c3d").Subnets("sg-0a1b2c3d").IPAddressType("ipv5").Validate()
	fmt.Println(errors.Is(err, privatelink.ErrInvalid))
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// true
	// the service is empty: name the service, such as com.amazonaws.vpce.us-east-1.vpce-svc-…
	// subnet "sg-0a1b2c3d" is not an ID of the form subnet-…
	// the IP address type "ipv5" is none of ipv4, ipv6 and dualstack
}

// Find needs the name and the VPC only.
func ExampleInterfaceBuilder_Find() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))

	_, err := sts.Find(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	made := must(sts.Ensure(ctx, account))
	found := must(endpoint.Interface("sts").VPC(vpc.ID).Find(ctx, account))
	fmt.Println(found.ID == made.ID, found.Service)
	// Output:
	// true
	// true com.amazonaws.us-east-1.sts
}

// What Ensure would do, and what AWS would say to it.
func ExampleInterfaceBuilder_Plan() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16").DNSHostnames(false)
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).PrivateDNS(true)

	plan := must(sts.Plan(ctx, account))
	fmt.Println(plan.Action, plan.Empty())
	for _, c := range plan.Changes {
		fmt.Println(c)
	}
	fmt.Println(len(plan.Warnings), "warning")
	// Output:
	// create false
	// service: com.amazonaws.us-east-1.sts
	// private DNS: on
	// tags: privatelink:name=sts
	// 1 warning
}

// Ensure does not wait: where the provider has to accept, the snapshot says so.
func ExampleInterfaceBuilder_Ensure() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, consumer := shared(cloud), cloud.Account("222222222222")
	vpc := consumer.VPC("10.0.0.0/16")
	orders := endpoint.Interface("orders").VPC(vpc.ID).Service(name).Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)

	must(orders.Ensure(ctx, consumer))
	e := must(orders.Ensure(ctx, consumer)) // once more: nothing is made twice
	fmt.Println(e.State, e.Ready)
	fmt.Println("waiting for", e.Waiting)
	// Output:
	// pendingAcceptance false
	// waiting for the provider to accept the connection
}

// WaitReady waits for the provider, too. OnPoll tells how it goes.
func ExampleInterfaceBuilder_WaitReady() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	name, provider, consumer := shared(cloud), cloud.Account("111111111111"), cloud.Account("222222222222")
	vpc := consumer.VPC("10.0.0.0/16")
	orders := endpoint.Interface("orders").VPC(vpc.ID).Service(name).Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)
	e := must(orders.Ensure(ctx, consumer))
	check(service.Accept(ctx, provider, must(service.Lookup(ctx, consumer, name)).ServiceID, e.ID))

	e, err := orders.WaitReady(ctx, consumer, privatelink.Timeout(5*time.Minute), privatelink.OnPoll(func(p privatelink.Progress) {
		fmt.Println(p.Kind, p.Name, p.State)
	}))
	fmt.Println(e.Ready, err)
	// Output:
	// interface endpoint orders available
	// true <nil>
}

// Delete asks AWS and does not wait; what is gone already is no error.
func ExampleInterfaceBuilder_Delete() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))
	must(sts.WaitReady(ctx, account))

	fmt.Println(sts.Delete(ctx, account))
	fmt.Println(sts.Delete(ctx, account))
	// Output:
	// <nil>
	// <nil>
}

// After WaitGone nothing is left, network interfaces included: the subnet can go next.
func ExampleInterfaceBuilder_WaitGone() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).
		Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)
	e := must(sts.WaitReady(ctx, account))

	fmt.Println(len(must(endpoint.NetworkInterfaces(ctx, account, e))))
	check(sts.WaitGone(ctx, account))
	fmt.Println(len(must(endpoint.NetworkInterfaces(ctx, account, e))))
	// Output:
	// 1
	// 0
}

// An endpoint to a service of another Region, which its provider opened to this one.
func ExampleInterfaceBuilder_ServiceRegion() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	there, here := cloud.Account("111111111111").In("eu-west-1"), cloud.Account("222222222222")
	nlb := there.NLB("orders", there.VPC("10.1.0.0/16").Subnet("eu-west-1a", "10.1.1.0/24"))
	svc := must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).Regions("us-east-1").Acceptance(false).Allow(privatelink.Everyone).WaitReady(ctx, there))

	vpc := here.VPC("10.0.0.0/16")
	orders := endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).ServiceRegion("eu-west-1").
		Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)
	fmt.Println(must(orders.WaitReady(ctx, here)).ServiceRegion)
	// Output: eu-west-1
}

// An endpoint that somebody made by hand becomes ours.
func ExampleInterfaceBuilder_Adopt() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	id := madeByHand(account, vpc.ID, "com.amazonaws.us-east-1.sts")

	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))
	e := must(sts.Clone().Adopt(id).WaitReady(ctx, account))
	fmt.Println(e.ID == id, e.Outcome)
	fmt.Println(must(sts.Find(ctx, account)).ID == id) // from now on by name
	// Output:
	// true updated
	// true
}

// One declaration is the template of many.
func ExampleInterfaceBuilder_CloneAs() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	vpc := account.VPC("10.0.0.0/16")
	template := endpoint.Interface("").VPC(vpc.ID).Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID).PrivateDNS(true)

	var items []privatelink.Bound
	for _, name := range []string{"ecr.api", "ecr.dkr", "logs", "sts"} {
		items = append(items, template.CloneAs(name).Service(endpoint.AWSService("us-east-1", name)).On(account))
	}
	check(privatelink.EnsureAll(ctx, items))
	for e, err := range endpoint.List(ctx, account, vpc.ID) {
		fmt.Println(e.Name, e.State, err)
	}
	// Unordered output:
	// ecr.api available <nil>
	// ecr.dkr available <nil>
	// logs available <nil>
	// sts available <nil>
}
