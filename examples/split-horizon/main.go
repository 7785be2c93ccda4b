// Command split-horizon gives one name two answers: hosts of a VPC are led to an endpoint, privately; everybody else to the public front.
//
//	go run ./examples/split-horizon
//	go run ./examples/split-horizon -live -input job.json     with the keys that -h lists
//
// Use it when programs should use one URL wherever they run, and traffic from your VPCs should not leave AWS's network.
//
// It makes an endpoint service, an interface endpoint (billed by the hour and subnet and by the gigabyte) and a private hosted zone (billed by
// the month), writes its records into a public zone that is there already and of which it touches nothing else, and takes all of it down
// again (-keep leaves it). In the VPC the private zone hides the public one below its own name: take a domain that holds no more than the API.
//
// IAM: ec2:CreateVpcEndpointServiceConfiguration, DeleteVpcEndpointServiceConfigurations, DescribeVpcEndpointServiceConfigurations,
// CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags, DescribeVpcs;
// route53:CreateHostedZone, DeleteHostedZone, GetHostedZone, ListHostedZonesByName, ListHostedZonesByVPC, ListResourceRecordSets,
// ChangeResourceRecordSets, GetChange.
package main

import (
	"context"
	"io"
	"net/netip"
	"time"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func main() { recipe.Main("split-horizon", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("split-horizon", out)}
	j.Account(&j.account, "")
	j.Need(&j.domain, "domain", "", "the API's `name`, in the public zone")
	j.Need(&j.publicZone, "public-zone", "Z", "the `ID` of the public zone that has the name")
	j.NeedAddr(&j.front, "public-address", "the IPv4 `address` of the public front")
	j.Need(&j.loadBalancer, "load-balancer", "arn:", "the `ARN` of the Network Load Balancer behind which the API runs")
	j.NeedNetwork(&j.vpc, &j.subnets, &j.groups, "the `ID` of the VPC that gets the inside answer")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	account            recipe.Account
	domain, publicZone string
	front              netip.Addr
	loadBalancer, vpc  string
	subnets, groups    []string
	app                *fake.Host // in memory: where a program runs that uses the API
}

func (j *job) story(ctx context.Context) error {
	e, err := j.connect(ctx)
	if err != nil {
		return err
	}
	horizon := dnszone.SplitHorizon(j.domain).VPC(j.account.Region, j.vpc).PublicZone(j.publicZone, j.account).
		Inside(dnszone.Alias("@", e.DNS.Regional)).
		Outside(dnszone.A("@", time.Minute, j.front)).
		Both(dnszone.TXT("_contact", time.Hour, "orders-team"))
	j.Cleanup(horizon.On(j.account))
	h, err := horizon.WaitReady(ctx, j.account, j.Progress())
	if err != nil {
		return err
	}
	j.Printf("%s has two answers: from zone %s inside, from zone %s outside.\n", j.domain, h.Private.ID, h.Public.ID)
	return j.look(ctx)
}

// connect brings the API into the VPC.
func (j *job) connect(ctx context.Context) (*endpoint.Endpoint, error) {
	orders := service.BehindNLB("split-horizon").LoadBalancers(j.loadBalancer).Acceptance(false)
	j.Cleanup(orders.On(j.account))
	svc, err := orders.WaitReady(ctx, j.account, j.Progress())
	if err != nil {
		return nil, err
	}
	ep := endpoint.Interface("split-horizon").VPC(j.vpc).Service(svc.ServiceName).Subnets(j.subnets...).SecurityGroups(j.groups...)
	j.Cleanup(ep.On(j.account))
	return recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.WaitReady(ctx, j.account, j.Progress()) })
}

// look asks for the same URL from both sides.
func (j *job) look(ctx context.Context) error {
	if j.Cloud == nil {
		j.Printf("Compare, from within %s and from elsewhere: dig %s\n", j.vpc, j.domain)
		return nil
	}
	for _, side := range []struct {
		where string
		place recipe.Place
	}{{"In the VPC", j.app}, {"On the internet", j.Cloud.Internet()}} {
		j.Printf("%s:\n", side.where)
		if err := j.Resolve(ctx, side.place, j.domain); err != nil {
			return err
		}
		if err := j.Fetch(ctx, side.place, "http://"+j.domain+"/"); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) inMemory(cloud *fake.Cloud) {
	account := cloud.Account("111111111111")
	net := recipe.NewNetwork(account, 2)
	j.account, j.app = recipe.InMemory(account), net.A.Host()
	j.domain, j.front = "api.example.com", netip.MustParseAddr("203.0.113.10")
	j.publicZone = account.PublicZone("example.com").Record("www", "A", time.Hour, "203.0.113.99").ID
	j.loadBalancer = j.Balancer(account, "orders").ARN
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
	j.Serve(cloud.Internet().Listen("203.0.113.10:80"), "the public front")
}
