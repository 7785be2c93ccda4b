// Command inspection sends what a VPC's application and data subnets say to one another through the firewalls of a security team, in two
// Availability Zones.
//
//	go run ./examples/inspection
//	go run ./examples/inspection -live -input job.json     with the keys that -h lists
//
// Use it when another team's appliances (firewalls, intrusion detection) are to see traffic, and applications are not to know. Each zone has
// its own endpoint, so that traffic stays in its zone and a zone that fails takes no other along. The routes are made when the endpoint is
// available and go before it does; a route that leads elsewhere already is refused, not replaced.
//
// It makes an endpoint service behind a Gateway Load Balancer, a Gateway Load Balancer endpoint in each zone (billed by the hour and by the
// gigabyte), and two routes for each, and takes them down again (-keep leaves them).
//
// IAM: the provider needs ec2:CreateVpcEndpointServiceConfiguration, DeleteVpcEndpointServiceConfigurations,
// DescribeVpcEndpointServiceConfigurations, ModifyVpcEndpointServicePermissions, DescribeVpcEndpointServicePermissions, CreateTags. The owner
// of the VPC needs ec2:CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeRouteTables, CreateRoute, DeleteRoute,
// DescribeNetworkInterfaces, CreateTags.
package main

import (
	"context"
	"fmt"
	"io"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("inspection", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("inspection", out)}
	j.Account(&j.provider, "provider")
	j.Account(&j.consumer, "consumer")
	j.Need(&j.loadBalancer, "load-balancer", "arn:", "the `ARN` of the security team's Gateway Load Balancer")
	j.Need(&j.consumerID, "consumer-account", "", "the `ID` of the account of the VPC")
	j.Need(&j.vpc, "vpc", "vpc-", "the `ID` of the VPC")
	j.NeedAll(&j.subnets, "subnets", "subnet-", "the `IDs` of the subnets for the endpoints, one in each zone, with commas")
	j.NeedAll(&j.appTables, "app-route-tables", "rtb-", "the `IDs` of the application subnets' route tables, zones in the same order")
	j.NeedAll(&j.appCIDRs, "app-cidrs", "", "the `blocks` of the application subnets, zones in the same order")
	j.NeedAll(&j.dataTables, "data-route-tables", "rtb-", "the `IDs` of the data subnets' route tables, zones in the same order")
	j.NeedAll(&j.dataCIDRs, "data-cidrs", "", "the `blocks` of the data subnets, zones in the same order")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	provider, consumer    recipe.Account
	loadBalancer          string
	consumerID, vpc       string
	subnets               []string // one for each zone, like the following
	appTables, appCIDRs   []string
	dataTables, dataCIDRs []string
	zones                 []zone // in memory: who talks to whom
}

func (j *job) story(ctx context.Context) error {
	for _, list := range [][]string{j.appTables, j.appCIDRs, j.dataTables, j.dataCIDRs} {
		if len(list) != len(j.subnets) {
			return &privatelink.InvalidError{Problems: []string{"each zone needs one of each of -subnets, -app-route-tables, -app-cidrs, -data-route-tables, -data-cidrs"}}
		}
	}
	if err := j.look(ctx, "Before:"); err != nil {
		return err
	}
	firewalls := service.BehindGWLB("inspection").LoadBalancers(j.loadBalancer).Acceptance(false).
		Allow(privatelink.AccountPrincipal(j.consumerID))
	j.Cleanup(firewalls.On(j.provider))
	svc, err := firewalls.WaitReady(ctx, j.provider, j.Progress())
	if err != nil {
		return err
	}

	var eps []*endpoint.GatewayLoadBalancerBuilder
	var items []privatelink.Bound
	for i, subnet := range j.subnets {
		ep := endpoint.GatewayLoadBalancer(fmt.Sprintf("inspection/%d", i+1)).VPC(j.vpc).Service(svc.ServiceName).Subnet(subnet).
			Route(j.appTables[i], j.dataCIDRs[i]).
			Route(j.dataTables[i], j.appCIDRs[i]) // the answers have to come by the same way
		eps, items = append(eps, ep), append(items, ep.On(j.consumer))
	}
	j.Cleanup(items...)
	for i, ep := range eps {
		e, err := recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.WaitReady(ctx, j.consumer, j.Progress()) })
		if err != nil {
			return err
		}
		j.Printf("%s  %s  %s, between %s and %s\n", e.Name, e.ID, e.State, j.appCIDRs[i], j.dataCIDRs[i])
	}
	if err := j.look(ctx, "After:"); err != nil {
		return err
	}
	return j.attack(ctx)
}
