package service_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Accepting what is accepted already is success.
func ExampleAccept() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111")
	svc := must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	e := consume(cloud, svc)

	fmt.Println(service.Accept(ctx, provider, svc.ID, e.ID))
	fmt.Println(service.Accept(ctx, provider, svc.ID, e.ID))
	// Output:
	// <nil>
	// <nil>
}

// The consumer's endpoint stays, in state rejected, until the consumer deletes it.
func ExampleReject() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111")
	svc := must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	check(service.Reject(ctx, provider, svc.ID, consume(cloud, svc).ID))
	for c := range service.Connections(ctx, provider, svc.ID) {
		fmt.Println(c.Owner, c.State)
	}
	// Output: 222222222222 rejected
}

// Who is connected, and who waits to be.
func ExampleConnections() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	provider := cloud.Account("111111111111")
	svc := must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).Allow(privatelink.Everyone).WaitReady(ctx, provider))
	consume(cloud, svc)
	for c, err := range service.Connections(ctx, provider, svc.ID) {
		check(err)
		fmt.Println(c.Owner, c.State)
	}
	// Output: 222222222222 pendingAcceptance
}

// Which service does a load balancer belong to?
func ExampleByLoadBalancer() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	nlb := loadBalancer(provider)
	_, err := service.ByLoadBalancer(ctx, provider, nlb.ARN)
	fmt.Println(errors.Is(err, privatelink.ErrNotFound))

	must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).WaitReady(ctx, provider))
	fmt.Println(must(service.ByLoadBalancer(ctx, provider, nlb.ARN)).Name)
	// Output:
	// true
	// orders
}

// Get reads by ID.
func ExampleGet() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	svc := must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).WaitReady(ctx, provider))
	fmt.Println(must(service.Get(ctx, provider, svc.ID)).Name)
	// Output: orders
}

// List gives what this library made.
func ExampleList() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	must(service.BehindNLB("orders").LoadBalancers(loadBalancer(provider).ARN).WaitReady(ctx, provider))
	must(service.BehindGWLB("firewalls").LoadBalancers(gatewayBalancer(provider).ARN).WaitReady(ctx, provider))
	for svc, err := range service.List(ctx, provider) {
		fmt.Println(svc.Name, svc.Type, err)
	}
	// Unordered output:
	// orders Interface <nil>
	// firewalls GatewayLoadBalancer <nil>
}

// A load balancer that has gained a zone: AWS offers it to consumers only after a modify.
func ExampleRefresh() {
	ctx, provider := context.Background(), new(fake.Cloud).Account("111111111111")
	home := provider.VPC("10.0.0.0/16")
	nlb := provider.NLB("orders", home.Subnet("us-east-1a", "10.0.1.0/24"))
	svc := must(service.BehindNLB("orders").LoadBalancers(nlb.ARN).WaitReady(ctx, provider))

	nlb.AddSubnets(home.Subnet("us-east-1b", "10.0.2.0/24"))
	fmt.Println(must(service.Get(ctx, provider, svc.ID)).AZs)
	check(service.Refresh(ctx, provider, svc.ID))
	fmt.Println(must(service.Get(ctx, provider, svc.ID)).AZs)
	// Output:
	// [us-east-1a]
	// [us-east-1a us-east-1b]
}

// What a loop that accepts connections has to be allowed.
func ExampleIAMPolicy() {
	fmt.Print(service.IAMPolicy(service.Acceptor))
	// Output:
	// {
	//   "Version": "2012-10-17",
	//   "Statement": [
	//     {
	//       "Sid": "Read",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:DescribeVpcEndpointConnections"
	//       ],
	//       "Resource": [
	//         "*"
	//       ]
	//     },
	//     {
	//       "Sid": "Answer",
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:AcceptVpcEndpointConnections",
	//         "ec2:RejectVpcEndpointConnections"
	//       ],
	//       "Resource": [
	//         "arn:*:ec2:*:*:vpc-endpoint-service/*"
	//       ],
	//       "Condition": {
	//         "Null": {
	//           "aws:ResourceTag/privatelink:name": "false"
	//         }
	//       }
	//     }
	//   ]
	// }
}
