// Command cross-region lets consumers in another Region use a service, without peering and without the internet between the two.
//
//	go run ./examples/cross-region
//	go run ./examples/cross-region -live -input job.json     with the keys that -h lists
//
// Use it when a service runs in one Region and its consumers in others. Both Regions must be enabled for both accounts. Traffic is billed as
// between Regions; for what has to outlive a Region, run the service in both.
//
// It makes an endpoint service in the provider's Region, and in the consumer's an interface endpoint (billed by the hour and subnet and by the
// gigabyte) and a private hosted zone (billed by the month), and takes them down again (-keep leaves them).
//
// IAM: the provider needs ec2:CreateVpcEndpointServiceConfiguration, ModifyVpcEndpointServiceConfiguration,
// DeleteVpcEndpointServiceConfigurations, DescribeVpcEndpointServiceConfigurations, ModifyVpcEndpointServicePermissions,
// DescribeVpcEndpointServicePermissions, CreateTags. The consumer needs ec2:CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints,
// DescribeNetworkInterfaces, CreateTags, DescribeVpcs and route53:CreateHostedZone, DeleteHostedZone, GetHostedZone, ListHostedZonesByName,
// ListHostedZonesByVPC, ListResourceRecordSets, ChangeResourceRecordSets, GetChange. Both need vpce:AllowMultiRegion.
package main

import (
	"context"
	"io"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("cross-region", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("cross-region", out)}
	j.Account(&j.provider, "provider")
	j.Account(&j.consumer, "consumer")
	j.Need(&j.loadBalancer, "load-balancer", "arn:", "the `ARN` of the provider's Network Load Balancer")
	j.Need(&j.consumerID, "consumer-account", "", "the `ID` of the consumer's account")
	j.NeedNetwork(&j.vpc, &j.subnets, &j.groups, "the `ID` of the consumer's VPC")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	provider, consumer recipe.Account
	loadBalancer       string
	consumerID, vpc    string
	subnets, groups    []string
	app                *fake.Host // in memory: where a program runs that uses the API
}

func (j *job) story(ctx context.Context) error {
	orders := service.BehindNLB("cross-region").LoadBalancers(j.loadBalancer).Acceptance(false).
		Regions(j.consumer.Region).Allow(privatelink.AccountPrincipal(j.consumerID))
	j.Cleanup(orders.On(j.provider))
	svc, err := orders.WaitReady(ctx, j.provider, j.Progress())
	if err != nil {
		return err
	}
	j.Printf("%s of %s can be used from %s.\n", svc.ID, svc.Region, recipe.Join(svc.Regions))

	ep := endpoint.Interface("cross-region").VPC(j.vpc).Service(svc.ServiceName).ServiceRegion(j.provider.Region).
		Subnets(j.subnets...).SecurityGroups(j.groups...)
	j.Cleanup(ep.On(j.consumer))
	e, err := recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.WaitReady(ctx, j.consumer, j.Progress()) })
	if err != nil {
		return err
	}
	j.Printf("%s in %s leads to %s.\n", e.ID, j.consumer.Region, e.ServiceRegion)

	zone := dnszone.Private("cross-region.internal").VPC(j.consumer.Region, j.vpc).Alias("api", e.DNS.Regional)
	j.Cleanup(zone.On(j.consumer))
	if _, err := zone.WaitReady(ctx, j.consumer, j.Progress()); err != nil {
		return err
	}
	return j.look(ctx)
}

// look uses the API, as a program in the consumer's VPC would.
func (j *job) look(ctx context.Context) error {
	if j.app == nil {
		j.Printf("From within %s: curl http://api.cross-region.internal/\n", j.vpc)
		return nil
	}
	if err := j.Resolve(ctx, j.app, "api.cross-region.internal"); err != nil {
		return err
	}
	return j.Fetch(ctx, j.app, "http://api.cross-region.internal/")
}

func (j *job) inMemory(cloud *fake.Cloud) {
	provider, consumer := cloud.Account("111111111111").In("us-east-1"), cloud.Account("222222222222").In("eu-west-1")
	net := recipe.NewNetwork(consumer, 2)
	j.provider, j.consumer, j.app = recipe.InMemory(provider), recipe.InMemory(consumer), net.A.Host()
	j.loadBalancer, j.consumerID = j.Balancer(provider, "orders").ARN, consumer.ID
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
}
