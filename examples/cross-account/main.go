// Command cross-account shares a service with another account: only that account may ask, each of its connections is accepted one by one,
// and the name stands in a zone that a third account keeps for everybody.
//
//	go run ./examples/cross-account
//	go run ./examples/cross-account -live -input job.json     with the keys that -h lists
//
// Use it when provider, consumer and DNS are three teams with an account each. Where the consumer keeps its own zone, leave the third away:
// dnszone.Private(…).VPC(region, vpc) in the consumer's account (examples/internal-api).
//
// It makes an endpoint service (free; the load balancer is billed), an interface endpoint (billed by the hour and subnet and by the gigabyte)
// and a private hosted zone (billed by the month), and takes them down again (-keep leaves them).
//
// IAM: the provider needs ec2:CreateVpcEndpointServiceConfiguration, DeleteVpcEndpointServiceConfigurations,
// DescribeVpcEndpointServiceConfigurations, ModifyVpcEndpointServicePermissions, DescribeVpcEndpointServicePermissions,
// DescribeVpcEndpointConnections, AcceptVpcEndpointConnections, CreateTags. The consumer needs ec2:CreateVpcEndpoint, DeleteVpcEndpoints,
// DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags, DescribeVpcs and route53:AssociateVPCWithHostedZone,
// DisassociateVPCFromHostedZone, ListHostedZonesByVPC, GetChange. The owner of the zone needs route53:CreateHostedZone, DeleteHostedZone,
// GetHostedZone, ListHostedZonesByName, ListHostedZonesByVPC, ListResourceRecordSets, ChangeResourceRecordSets,
// CreateVPCAssociationAuthorization, DeleteVPCAssociationAuthorization, ListVPCAssociationAuthorizations, GetChange and ec2:DescribeVpcs.
package main

import (
	"context"
	"io"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("cross-account", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("cross-account", out)}
	j.Account(&j.provider, "provider")
	j.Account(&j.consumer, "consumer")
	j.Account(&j.dns, "dns")
	j.Need(&j.loadBalancer, "load-balancer", "arn:", "the `ARN` of the provider's Network Load Balancer")
	j.Need(&j.consumerID, "consumer-account", "", "the `ID` of the consumer's account")
	j.NeedNetwork(&j.vpc, &j.subnets, &j.groups, "the `ID` of the consumer's VPC")
	j.Need(&j.dnsVPC, "dns-vpc", "vpc-", "the `ID` of a VPC of the zone's owner")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	provider, consumer, dns recipe.Account
	loadBalancer            string
	consumerID, vpc         string
	subnets, groups         []string
	dnsVPC                  string
	app                     *fake.Host // in memory: where a program runs that uses the API
}

func (j *job) story(ctx context.Context) error {
	orders := service.BehindNLB("cross-account").LoadBalancers(j.loadBalancer).Acceptance(true).Allow(privatelink.AccountPrincipal(j.consumerID))
	j.Cleanup(orders.On(j.provider))
	svc, err := orders.WaitReady(ctx, j.provider, j.Progress())
	if err != nil {
		return err
	}
	j.Printf("The provider offers %s to %s.\n", svc.ID, strings.Join(svc.AllowedPrincipals, ", "))

	ep := endpoint.Interface("cross-account").VPC(j.vpc).Service(svc.ServiceName).Subnets(j.subnets...).SecurityGroups(j.groups...)
	j.Cleanup(ep.On(j.consumer))
	e, err := recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.Ensure(ctx, j.consumer) })
	if err != nil {
		return err
	}
	j.Printf("The consumer asks with %s: %s.\n", e.ID, e.State)
	if err := service.Accept(ctx, j.provider, svc.ID, e.ID); err != nil {
		return err
	}
	if e, err = ep.WaitReady(ctx, j.consumer, j.Progress()); err != nil {
		return err
	}
	j.Printf("The provider accepts: %s.\n", e.State)

	zone := dnszone.Private("cross-account.internal").VPC(j.dns.Region, j.dnsVPC).
		SharedWith(j.consumer.Region, j.vpc, j.consumer).Alias("api", e.DNS.Regional)
	j.Cleanup(zone.On(j.dns))
	z, err := zone.WaitReady(ctx, j.dns, j.Progress())
	if err != nil {
		return err
	}
	j.Printf("A third account names it: zone %s serves %s.\n", z.ID, recipe.Join(z.VPCs))
	return j.look(ctx)
}

// look uses the API, as a program in the consumer's VPC would.
func (j *job) look(ctx context.Context) error {
	if j.app == nil {
		j.Printf("From within %s: curl http://api.cross-account.internal/\n", j.vpc)
		return nil
	}
	if err := j.Resolve(ctx, j.app, "api.cross-account.internal"); err != nil {
		return err
	}
	return j.Fetch(ctx, j.app, "http://api.cross-account.internal/")
}

func (j *job) inMemory(cloud *fake.Cloud) {
	provider, consumer, dns := cloud.Account("111111111111"), cloud.Account("222222222222"), cloud.Account("333333333333")
	net := recipe.NewNetwork(consumer, 2)
	j.provider, j.consumer, j.dns = recipe.InMemory(provider), recipe.InMemory(consumer), recipe.InMemory(dns)
	j.loadBalancer, j.consumerID = j.Balancer(provider, "orders").ARN, consumer.ID
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
	j.dnsVPC = recipe.NewNetwork(dns, 3).ID
	j.app = net.A.Host()
}
