// Command unit-testing is a small tool together with its unit tests: how to test your own. Read tool.go, then tool_test.go, which
// shows success, rejection, throttling, a lost answer, a quota, a crash, and that nothing is left, all on an AWS in memory.
//
//	go test -v ./examples/unit-testing                          the point of it
//	go run ./examples/unit-testing                              the tool in memory
//	go run ./examples/unit-testing -live -service com.amazonaws.vpce.… -vpc vpc-… -subnets subnet-…,subnet-… -security-groups sg-…
//
// Use it when you write a tool on this library. The tests need no credentials, no network and no time.
//
// With -live it makes an interface endpoint, billed by the hour and subnet and by the gigabyte, and a private hosted zone, billed by the
// month, and takes both down again (-keep leaves them).
//
// IAM: ec2:CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags;
// route53:CreateHostedZone, DeleteHostedZone, GetHostedZone, ListHostedZonesByName, ListHostedZonesByVPC, ListResourceRecordSets,
// ChangeResourceRecordSets, GetChange; ec2:DescribeVpcs.
package main

import (
	"context"
	"io"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("unit-testing", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	r := recipe.New("unit-testing", out)
	var consumer recipe.Account
	c := connection{domain: "unit-testing.internal"}
	r.Account(&consumer, "")
	r.Need(&c.service, "service", "com.amazonaws.", "the `name` of the service to reach")
	r.NeedNetwork(&c.vpc, &c.subnets, &c.groups, "the `ID` of the VPC to reach it from")

	var app *fake.Host // in memory: where a program runs that uses the service, which stands behind nlb
	var nlb string
	world := func(cloud *fake.Cloud) {
		net := recipe.NewNetwork(cloud.Account("222222222222"), 2)
		consumer, app = recipe.InMemory(cloud.Account("222222222222")), net.A.Host()
		nlb = r.Balancer(cloud.Account("111111111111"), "orders").ARN
		c.vpc, c.subnets, c.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
	}
	return r.Run(ctx, args, world, func(ctx context.Context) error {
		c.region = consumer.Region
		if app != nil {
			if err := c.offered(ctx, r, nlb); err != nil {
				return err
			}
		}
		r.Cleanup(c.endpoint().On(consumer), c.zone(privatelink.DNSName{}).On(consumer))
		name, err := c.up(ctx, consumer, consumer, r.Progress())
		if err != nil {
			return err
		}
		r.Printf("From within %s the service is %s.\n", c.vpc, name)
		if app == nil {
			return nil
		}
		return r.Fetch(ctx, app, "http://"+name+"/")
	})
}

// offered makes the service that the tool connects to, in memory.
func (c *connection) offered(ctx context.Context, r *recipe.Recipe, nlb string) error {
	provider := r.Cloud.Account("111111111111")
	orders := service.BehindNLB("orders").LoadBalancers(nlb).Acceptance(false).Allow(privatelink.Everyone)
	r.Cleanup(orders.On(provider))
	svc, err := orders.WaitReady(ctx, provider)
	if err != nil {
		return err
	}
	c.service = svc.ServiceName
	return nil
}
