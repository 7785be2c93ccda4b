package endpoint_test

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// must stands for the error handling that the examples leave out.
func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// shared is the name of a provider's service, to which account 222222222222 may connect; the provider accepts by hand.
func shared(cloud *fake.Cloud) string {
	provider := cloud.Account("111111111111")
	nlb := provider.NLB("orders", provider.VPC("10.1.0.0/16").Subnet("us-east-1a", "10.1.1.0/24"))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Allow(privatelink.AccountPrincipal("222222222222"))
	return must(orders.WaitReady(context.Background(), provider)).ServiceName
}

// inspected is the name of a provider's service of appliances behind a Gateway Load Balancer, open to everyone.
func inspected(cloud *fake.Cloud) string {
	provider := cloud.Account("111111111111")
	gwlb := provider.GWLB("firewalls", provider.VPC("10.1.0.0/16").Subnet("us-east-1a", "10.1.1.0/24"))
	firewalls := service.BehindGWLB("firewalls").LoadBalancers(gwlb.ARN).Acceptance(false).Allow(privatelink.Everyone)
	return must(firewalls.WaitReady(context.Background(), provider)).ServiceName
}

// A private subnet reaches AWS's STS, and then no more.
func Example() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111") // in production: an *ec2.Client
	vpc := account.VPC("10.0.0.0/16")
	subnet := vpc.Subnet("us-east-1a", "10.0.1.0/24")

	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(subnet.ID)
	e, err := sts.WaitReady(ctx, account)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.State, e.Outcome)
	fmt.Println(vpc.LookupHost(ctx, "sts.us-east-1.amazonaws.com")) // as a host in the VPC sees it

	fmt.Println(sts.WaitGone(ctx, account))
	// Output:
	// available created
	// [10.0.1.4] <nil>
	// <nil>
}

// quoted has the lines that the package comment begins with.
func quoted(ctx context.Context, cfg aws.Config, vpc, a, b string) (*endpoint.Endpoint, error) {
	client := ec2.NewFromConfig(cfg) // or, in a test, an account of the package fake
	sts := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(a, b)
	e, err := sts.WaitReady(ctx, client)
	return e, err
}

var _ = quoted
