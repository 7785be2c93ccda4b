package service_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// loadBalancer is a Network Load Balancer of an account.
func loadBalancer(account *fake.Account) *fake.LoadBalancer {
	return account.NLB("orders", account.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
}

// consume connects account 222222222222 to a service, and gives its endpoint.
func consume(cloud *fake.Cloud, svc *service.Service) *endpoint.Endpoint {
	consumer := cloud.Account("222222222222")
	vpc := consumer.VPC("10.1.0.0/16")
	ep := endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).Subnets(vpc.Subnet("us-east-1a", "10.1.1.0/24").ID)
	return must(ep.Ensure(context.Background(), consumer))
}

// A provider shares its service with one account, and accepts what comes.
func Example() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111") // in production: an *ec2.Client
	nlb := loadBalancer(provider)

	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Allow(privatelink.AccountPrincipal("222222222222"))
	svc, err := orders.WaitReady(ctx, provider)
	if err != nil {
		fmt.Println(err)
		return
	}
	e := consume(cloud, svc) // who has to know svc.ServiceName
	fmt.Println(service.Accept(ctx, provider, svc.ID, e.ID))
	for c, err := range service.Connections(ctx, provider, svc.ID) {
		fmt.Println(c.Owner, c.State, err)
	}
	// Output:
	// <nil>
	// 222222222222 available <nil>
}

// Everything that can be declared. What no setter names is left to AWS.
func ExampleNLBBuilder() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).ReadLoadBalancers(provider.LoadBalancing()).
		Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"), privatelink.RolePrincipal("arn:aws:iam::333333333333:role/orders")).
		PrivateDNSName("api.example.com").IPAddressTypes(service.IPv4).Regions("eu-west-1").
		Notify("arn:aws:sns:us-east-1:111111111111:orders", service.EventConnect, service.EventDelete).
		PayerResponsibility(service.ServiceOwner).
		Tags(privatelink.Tags{"team": "orders"}).Tag("stage", "live")
	svc := must(orders.WaitReady(ctx, provider))
	fmt.Println(svc.Regions, svc.PayerResponsibility, svc.Tags["team"])
	fmt.Println(svc.AllowedPrincipals)
	fmt.Println(svc.Verification.Type, svc.Verification.State)
	// Output:
	// [us-east-1 eu-west-1] ServiceOwner orders
	// [arn:aws:iam::222222222222:root arn:aws:iam::333333333333:role/orders]
	// TXT pendingVerification
}

// All that is wrong is said at once, without a call.
func ExampleNLBBuilder_Validate() {
	err := service.BehindNLB("orders").Allow(privatelink.AccountPrincipal("2222"), privatelink.RolePrincipal("arn:aws:iam::333333333333:role/team/orders")).
		PrivateDNSName("-api.example.com").Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// no load balancer is declared: an endpoint service stands behind at least one
	// allowed account "2222" is not an account ID of 12 digits
	// allowed role "arn:aws:iam::333333333333:role/team/orders" is not the ARN of a role without a path, such as arn:aws:iam::111122223333:role/name
	// the private DNS name "-api.example.com" is not a DNS name, such as api.example.com or *.example.com
}

// Find needs the name only.
func ExampleNLBBuilder_Find() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	_, err := service.BehindNLB("orders").Find(ctx, provider)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))

	must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).WaitReady(ctx, provider))
	fmt.Println(must(service.BehindNLB("orders").Find(ctx, provider)).State)
	// Output:
	// true
	// available
}

// What Ensure would do, and what one should know before.
func ExampleNLBBuilder_Plan() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).Acceptance(true)
	must(orders.WaitReady(ctx, provider))

	plan := must(orders.Acceptance(false).Allow(privatelink.Everyone).Plan(ctx, provider))
	fmt.Println(plan.Action)
	for _, c := range plan.Changes {
		fmt.Println(c)
	}
	fmt.Println(plan.Warnings)
	// Output:
	// update
	// acceptance: required → automatic
	// allowed principals: *
	// [everyone may connect and nobody is asked: the service is public]
}

// One pass; the second finds nothing to do.
func ExampleNLBBuilder_Ensure() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN)
	fmt.Println(must(orders.Ensure(ctx, provider)).Outcome)
	fmt.Println(must(orders.Ensure(ctx, provider)).Outcome)
	fmt.Println(must(orders.Acceptance(false).Ensure(ctx, provider)).Outcome)
	// Output:
	// created
	// unchanged
	// updated
}

// A load balancer belongs to one service at most.
func ExampleNLBBuilder_WaitReady() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN)
	svc, err := orders.WaitReady(ctx, provider, privatelink.Timeout(5*time.Minute))
	fmt.Println(svc.State, svc.Ready, err)
	_, err = orders.CloneAs("orders-v2").WaitReady(ctx, provider)
	fmt.Println(errors.Is(err, privatelink.ErrConflict))
	// Output:
	// available true <nil>
	// true
}

// A service with connections cannot be deleted.
func ExampleNLBBuilder_Delete() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).Acceptance(false).Allow(privatelink.Everyone)
	svc := must(orders.WaitReady(ctx, provider))
	consume(cloud, svc)

	fmt.Println(errors.Is(orders.Delete(ctx, provider), privatelink.ErrInUse))
	check(service.RejectAll(ctx, provider, svc.ID))
	fmt.Println(orders.Delete(ctx, provider), orders.Delete(ctx, provider))
	// Output:
	// true
	// <nil> <nil>
}

// Nothing is left; the load balancer is left alone.
func ExampleNLBBuilder_WaitGone() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN)
	before := cloud.Dump()
	must(orders.WaitReady(ctx, provider))
	check(orders.WaitGone(ctx, provider))
	fmt.Println(cloud.Dump() == before)
	// Output: true
}

// A service that somebody made by hand becomes ours.
func ExampleNLBBuilder_Adopt() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	nlb := loadBalancer(provider)
	out := must(provider.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{nlb.ARN}}))

	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Adopt(aws.ToString(out.ServiceConfiguration.ServiceId))
	plans := must(privatelink.PlanAll(ctx, orders.On(provider))) // to be shown before anything is touched
	fmt.Println(plans[0].Action, plans[0].Changes)
	fmt.Println(must(orders.WaitReady(ctx, provider)).Name)
	// Output:
	// update [tags: privatelink:name=orders]
	// orders
}

// A copy that goes its own way.
func ExampleNLBBuilder_Clone() {
	orders := service.BehindNLB("orders")
	public := orders.Clone().Acceptance(false).Allow(privatelink.Everyone)
	fmt.Println(orders != public)
	// Output: true
}

// quoted has the lines of the package comment.
func quoted(ctx context.Context, cfg aws.Config, nlb, zone string, dns dnszone.API) error {
	client := ec2.NewFromConfig(cfg) // or, in a test, an account of the package fake
	orders := service.BehindNLB("orders").LoadBalancers(nlb).Allow(privatelink.AccountPrincipal("222222222222"))
	svc, err := orders.WaitReady(ctx, client)
	if err != nil {
		return err
	}
	fmt.Println(svc.ServiceName)
	return quotedName(ctx, client, orders, zone, dns)
}

func quotedName(ctx context.Context, client service.API, orders *service.NLBBuilder, zone string, dns dnszone.API) error {
	svc, err := orders.PrivateDNSName("api.example.com").WaitReady(ctx, client)
	if err != nil {
		return err
	}
	record := dnszone.RecordsIn(zone).TXT(svc.Verification.Host, 30*time.Minute, svc.Verification.Value)
	if _, err := record.WaitReady(ctx, dns); err != nil {
		return err
	}
	return service.Verify(ctx, client, svc.ID)
}

var _ = quoted
