package service_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
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

// A provider shares what runs behind a Network Load Balancer. The second pass finds nothing to do.
func ExampleBehindNLB() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	provider := cloud.Account("111111111111") // in production: an *ec2.Client
	nlb := provider.NLB("orders", provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))

	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"))
	svc := must(orders.WaitReady(ctx, provider))
	fmt.Println(svc.Outcome, svc.State, svc.AllowedPrincipals)
	svc = must(orders.WaitReady(ctx, provider))
	fmt.Println(svc.Outcome)
	// Output:
	// created available [arn:aws:iam::222222222222:root]
	// unchanged
}

// Services behind Gateway Load Balancers are declared alike; they have no private DNS name.
func ExampleBehindGWLB() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	provider := cloud.Account("111111111111")
	gwlb := provider.GWLB("firewalls", provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))

	svc := must(service.BehindGWLB("firewalls").LoadBalancers(gwlb.ARN).Acceptance(false).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	fmt.Println(svc.Type, svc.AZs)
	// Output: GatewayLoadBalancer [us-east-1a]
}

// The private DNS name of a service, verified in three lines. The domain's public zone is there already; dnszone.Public would make one.
func ExampleVerify() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	provider := cloud.Account("111111111111") // in production: an *ec2.Client and a *route53.Client
	nlb := provider.NLB("orders", provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
	zone := must(dnszone.Public("example.com").WaitReady(ctx, provider))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).PrivateDNSName("api.example.com")

	svc := must(orders.WaitReady(ctx, provider))
	must(dnszone.RecordsIn(zone.ID).TXT(svc.Verification.Host, 30*time.Minute, svc.Verification.Value).WaitReady(ctx, provider))
	check(service.Verify(ctx, provider, svc.ID))

	fmt.Println(svc.Verification.State, "→", must(orders.Find(ctx, provider)).Verification.State)
	// Output: pendingVerification → verified
}

// The accept loop of a provider: known accounts are let in, others sent away, until the context ends.
func ExampleDecide() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	provider, friend, stranger := cloud.Account("111111111111"), cloud.Account("222222222222"), cloud.Account("333333333333")
	nlb := provider.NLB("orders", provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
	svc := must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	for _, consumer := range []*fake.Account{friend, stranger} {
		vpc := consumer.VPC("10.1.0.0/16")
		ep := endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).Subnets(vpc.Subnet("us-east-1a", "10.1.1.0/24").ID)
		must(ep.Ensure(ctx, consumer))
	}

	known := map[string]bool{"222222222222": true}
	working, stop := context.WithTimeout(ctx, 300*time.Millisecond) // in production: until the process ends
	defer stop()
	err := service.Decide(working, provider, svc.ID, func(_ context.Context, c service.Connection) (service.Verdict, error) {
		if known[c.Owner] {
			return service.AcceptIt, nil
		}
		return service.RejectIt, nil
	})

	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	for c, err := range service.Connections(ctx, provider, svc.ID) {
		fmt.Println(c.Owner, c.State, err)
	}
	// Output:
	// true
	// 222222222222 available <nil>
	// 333333333333 rejected <nil>
}

// A service with connections cannot be deleted: cut them off first.
func ExampleRejectAll() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")
	nlb := provider.NLB("orders", provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).Allow(privatelink.AccountPrincipal("222222222222"))
	svc := must(orders.WaitReady(ctx, provider))
	vpc := consumer.VPC("10.1.0.0/16")
	must(endpoint.Interface("orders").VPC(vpc.ID).Service(svc.ServiceName).Subnets(vpc.Subnet("us-east-1a", "10.1.1.0/24").ID).WaitReady(ctx, consumer))

	fmt.Println(errors.Is(orders.Delete(ctx, provider), privatelink.ErrInUse))
	check(service.RejectAll(ctx, provider, svc.ID))
	check(orders.WaitGone(ctx, provider))
	// Output: true
}

// What a consumer may see of a service before it connects.
func ExampleLookup() {
	ctx, cloud := context.Background(), &fake.Cloud{}
	o := must(service.Lookup(ctx, cloud.Account("222222222222"), "com.amazonaws.us-east-1.sts"))
	fmt.Println(o.Owner, o.Types, o.PrivateDNSNames, o.PolicySupported)
	// Output: amazon [Interface] [sts.us-east-1.amazonaws.com] true
}
