package service_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// gatewayBalancer is a Gateway Load Balancer of an account.
func gatewayBalancer(account *fake.Account) *fake.LoadBalancer {
	return account.GWLB("firewalls", account.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
}

// Everything that can be declared. What no setter names is left to AWS.
func ExampleGWLBBuilder() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	firewalls := service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN).ReadLoadBalancers(provider.LoadBalancing()).
		Acceptance(false).Allow(privatelink.UserPrincipal("arn:aws:iam::222222222222:user/network")).
		IPAddressTypes(service.IPv4).Regions("us-east-1"). // its own: AWS offers none of this type to others
		Notify("arn:aws:sns:us-east-1:111111111111:firewalls", service.EventConnect).
		PayerResponsibility(service.ServiceOwner).
		Tags(privatelink.Tags{"team": "security"}).Tag("stage", "live")
	svc := must(firewalls.WaitReady(ctx, provider))
	fmt.Println(svc.Type, svc.Regions, svc.AllowedPrincipals)
	// Output: GatewayLoadBalancer [us-east-1] [arn:aws:iam::222222222222:user/network]
}

// All that is wrong is said at once, without a call.
func ExampleGWLBBuilder_Validate() {
	err := service.BehindGWLB("fire walls").LoadBalancers("arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/orders/0123456789abcdef").Validate()
	for _, problem := range privatelink.Problems(err) {
		fmt.Println(problem)
	}
	// Output:
	// the name "fire walls" is not 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -
	// load balancer "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/orders/0123456789abcdef" is not the ARN of a load balancer of the right type, such as arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/gwy/…
}

// Find needs the name only. A service behind Network Load Balancers may have the same name: it is another one.
func ExampleGWLBBuilder_Find() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	must(service.BehindNLB("shared").LoadBalancers(loadBalancer(provider).ARN).WaitReady(ctx, provider))
	_, err := service.BehindGWLB("shared").Find(ctx, provider)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))
	// Output: true
}

// What Ensure would do.
func ExampleGWLBBuilder_Plan() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	plan := must(service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN).Acceptance(false).Plan(ctx, provider))
	fmt.Println(plan.Kind, plan.Action)
	// Output: GWLB endpoint service create
}

// One pass; the second finds nothing to do.
func ExampleGWLBBuilder_Ensure() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	firewalls := service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN)
	fmt.Println(must(firewalls.Ensure(ctx, provider)).Outcome, must(firewalls.Ensure(ctx, provider)).Outcome)
	// Output: created unchanged
}

// The name that consumers have to know, and the zones in which they can have their endpoints.
func ExampleGWLBBuilder_WaitReady() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	svc := must(service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN).WaitReady(ctx, provider))
	fmt.Println(must(endpoint.ParseServiceName(svc.ServiceName)).Provider == svc.ID, svc.AZs)
	// Output: true [us-east-1a]
}

// What is gone already is no error.
func ExampleGWLBBuilder_Delete() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	firewalls := service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN)
	must(firewalls.WaitReady(ctx, provider))
	fmt.Println(firewalls.Delete(ctx, provider), firewalls.Delete(ctx, provider))
	// Output: <nil> <nil>
}

// WaitGone needs the name only.
func ExampleGWLBBuilder_WaitGone() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	must(service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN).WaitReady(ctx, provider))
	fmt.Println(service.BehindGWLB("firewalls").WaitGone(ctx, provider))
	// Output: <nil>
}

// What was made by hand becomes ours; a template serves a second service.
func ExampleGWLBBuilder_Adopt() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	arn := gatewayBalancer(provider).ARN
	out := must(provider.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{GatewayLoadBalancerArns: []string{arn}}))

	template := service.BehindGWLB("template").LoadBalancers(arn).Acceptance(false)
	firewalls := template.CloneAs("firewalls").Adopt(aws.ToString(out.ServiceConfiguration.ServiceId))
	check(privatelink.EnsureAll(ctx, []privatelink.Bound{firewalls.On(provider)}))
	fmt.Println(must(firewalls.Clone().Adopt("").Find(ctx, provider)).Name)
	// Output: firewalls
}
