// Command aws-services lets a private subnet use AWS's own services without a way to the internet: an interface endpoint for each, all from
// one template, and a gateway endpoint for S3.
//
//	go run ./examples/aws-services
//	go run ./examples/aws-services -live -vpc vpc-… -subnets subnet-…,subnet-… -security-groups sg-… -route-tables rtb-…
//
// Use it for subnets that have no NAT gateway, or to take the traffic to AWS off one. The default set is what containers need: images (ECR's
// two halves, whose layers come from S3), credentials, logs, parameters. Programs change nothing: with private DNS on, the services' usual
// names lead to the endpoints.
//
// It makes an interface endpoint for each service, billed by the hour and subnet and by the gigabyte (five services in two zones are ten times
// the hour), and a gateway endpoint, which is free, and takes them down again (-keep leaves them).
//
// IAM: ec2:CreateVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags; AWS asks for
// route53:AssociateVPCWithHostedZone where private DNS is turned on.
package main

import (
	"context"
	"io"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func main() { recipe.Main("aws-services", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("aws-services", out), services: []string{"ecr.api", "ecr.dkr", "logs", "ssm", "sts"}}
	j.Account(&j.account, "")
	j.Choose(&j.services, "services", "the `services`, as the last part of AWS's names of them, with commas")
	j.Need(&j.vpc, "vpc", "vpc-", "the `ID` of the VPC")
	j.NeedAll(&j.subnets, "subnets", "subnet-", "the `IDs` of its subnets, one in each Availability Zone, with commas")
	j.NeedAll(&j.groups, "security-groups", "sg-", "the `IDs` of the endpoints' security groups, which admit port 443, with commas")
	j.NeedAll(&j.tables, "route-tables", "rtb-", "the `IDs` of the subnets' route tables, for S3, with commas")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	account                 recipe.Account
	services                []string
	vpc                     string
	subnets, groups, tables []string
	app                     *fake.Host // in memory: where a program runs that uses the services
}

func (j *job) story(ctx context.Context) error {
	if err := j.look(ctx, "Before:"); err != nil {
		return err
	}
	api := endpoint.Batched(j.account) // all endpoints share their reads
	template := endpoint.Interface("template").VPC(j.vpc).Subnets(j.subnets...).SecurityGroups(j.groups...).PrivateDNS(true)
	s3 := endpoint.Gateway("aws-services/s3").VPC(j.vpc).RouteTables(j.tables...).Service(endpoint.AWSService(j.account.Region, "s3"))
	items := []privatelink.Bound{s3.On(api)}
	for _, name := range j.services {
		items = append(items, template.CloneAs("aws-services/"+name).Service(endpoint.AWSService(j.account.Region, name)).On(api))
	}
	j.Cleanup(items...)
	if err := privatelink.EnsureAll(ctx, items, privatelink.EachWait(j.Progress())); err != nil {
		return err
	}

	for e, err := range endpoint.List(ctx, api, j.vpc) {
		if err != nil {
			return err
		}
		j.Printf("%-20s  %s  %-9s  %d network interfaces\n", e.Name, e.ID, e.State, len(e.NetworkInterfaceIDs))
	}
	return j.look(ctx, "After:")
}

// look asks for the services' usual names, as a program in the VPC would.
func (j *job) look(ctx context.Context, when string) error {
	if j.app == nil {
		return nil
	}
	j.Printf("%s\n", when)
	for _, host := range []string{"api.ecr", "logs", "sts"} {
		if err := j.Resolve(ctx, j.app, host+"."+j.account.Region+".amazonaws.com"); err != nil {
			return err
		}
	}
	return nil
}

func (j *job) inMemory(cloud *fake.Cloud) {
	account := cloud.Account("111111111111")
	net := recipe.NewNetwork(account, 2)
	j.account, j.app = recipe.InMemory(account), net.A.Host()
	j.vpc, j.subnets, j.groups = net.ID, []string{net.A.ID, net.B.ID}, []string{net.Group.ID}
	j.tables = []string{net.RouteTable(net.A, net.B).ID}
}
