// Command s3-gateway leads a VPC's traffic to S3 and DynamoDB through gateway endpoints, and lets it reach one bucket and one table only.
//
//	go run ./examples/s3-gateway
//	go run ./examples/s3-gateway -live -vpc vpc-… -route-tables rtb-…,rtb-… -bucket orders -table orders
//
// Use it in every VPC that talks to S3 or DynamoDB: it costs nothing, and takes that traffic off the NAT gateway. It serves the VPC's own
// subnets only; networks behind a peering, a VPN or a transit gateway need interface endpoints to S3.
//
// It makes two gateway endpoints, which are free, and takes them down again (-keep leaves them).
//
// IAM: ec2:CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribePrefixLists, DescribeRouteTables, CreateTags.
package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func main() { recipe.Main("s3-gateway", run) }

func run(ctx context.Context, args []string, out io.Writer) error {
	j := &job{Recipe: recipe.New("s3-gateway", out)}
	j.Account(&j.account, "")
	j.Need(&j.vpc, "vpc", "vpc-", "the `ID` of the VPC")
	j.NeedAll(&j.tables, "route-tables", "rtb-", "the `IDs` of its route tables whose subnets are to have the way, with commas")
	j.Need(&j.bucket, "bucket", "", "the `name` of the one bucket that may be reached")
	j.Need(&j.table, "table", "", "the `name` of the one DynamoDB table that may be reached")
	return j.Run(ctx, args, j.inMemory, j.story)
}

// job is what the recipe builds on. On AWS the flags name it; in memory it is made.
type job struct {
	*recipe.Recipe
	account       recipe.Account
	vpc           string
	tables        []string
	bucket, table string
	app           *fake.Host // in memory: where a program runs that uses the bucket
}

func (j *job) story(ctx context.Context) error {
	ways := endpoint.Gateway("s3-gateway").VPC(j.vpc).RouteTables(j.tables...)
	s3 := ways.CloneAs("s3-gateway/s3").Service(endpoint.AWSService(j.account.Region, "s3")).
		Policy(only("s3:*", "arn:aws:s3:::"+j.bucket, "arn:aws:s3:::"+j.bucket+"/*"))
	dynamoDB := ways.CloneAs("s3-gateway/dynamodb").Service(endpoint.AWSService(j.account.Region, "dynamodb")).
		Policy(only("dynamodb:*", "arn:aws:dynamodb:*:*:table/"+j.table))
	j.Cleanup(s3.On(j.account), dynamoDB.On(j.account))
	if err := j.look(ctx, "Before:"); err != nil {
		return err
	}

	for _, ep := range []*endpoint.GatewayBuilder{s3, dynamoDB} {
		e, err := ep.WaitReady(ctx, j.account, j.Progress())
		if err != nil {
			return err
		}
		if err := j.show(ctx, e); err != nil {
			return err
		}
	}
	if err := j.look(ctx, "After:"); err != nil {
		return err
	}

	// A policy is compared by what it means, so that a run with another spelling changes nothing.
	s3.Policy(fmt.Sprintf(`{"Version": "2012-10-17", "Statement": {"Resource": ["arn:aws:s3:::%[1]s/*", "arn:aws:s3:::%[1]s"],
		"Effect": "Allow", "Action": ["s3:*"], "Principal": {"AWS": "*"}}}`, j.bucket))
	e, err := s3.Ensure(ctx, j.account)
	if err != nil {
		return err
	}
	j.Printf("The same policy in other words: %s.\n", e.Outcome)
	return nil
}

// only is an endpoint policy that lets everybody do something to these resources, and nothing to others. It narrows what the callers' own
// policies allow.
func only(action string, resources ...string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":%q,"Resource":["%s"]}]}`,
		action, strings.Join(resources, `","`))
}

// show prints an endpoint, the prefix lists that it leads to, and the routes that AWS has made for it.
func (j *job) show(ctx context.Context, e *endpoint.Endpoint) error {
	j.Printf("%s  %s  %s, %s\n", e.Name, e.ID, e.State, e.Outcome)
	lists, err := endpoint.PrefixLists(ctx, j.account, e)
	if err != nil {
		return err
	}
	for _, list := range lists {
		j.Printf("  %s is %s: %s\n", list.ID, list.Name, recipe.Join(list.CIDRs))
	}
	out, err := j.account.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{RouteTableIds: e.RouteTables})
	if err != nil {
		return err
	}
	for _, table := range out.RouteTables {
		for _, route := range table.Routes {
			if aws.ToString(route.GatewayId) == e.ID {
				j.Printf("  %s has %s → %s\n", *table.RouteTableId, aws.ToString(route.DestinationPrefixListId), e.ID)
			}
		}
	}
	return nil
}

// look tries to read from two buckets, as a program in the VPC would. Only the endpoint's policy is asked here; what the program itself may do,
// its role says.
func (j *job) look(ctx context.Context, when string) error {
	if j.app == nil {
		return nil
	}
	j.Printf("%s\n", when)
	for _, bucket := range []string{j.bucket, "somebody-elses"} {
		ctx := fake.WithRequest(ctx, fake.Request{
			Principal: "arn:aws:iam::111111111111:role/app", Action: "s3:GetObject", Resource: "arn:aws:s3:::" + bucket + "/1",
		})
		path, err := j.app.Trace(ctx, bucket+".s3."+j.account.Region+".amazonaws.com:443")
		if err != nil {
			return err
		}
		j.Printf("  s3:GetObject on %s: %s\n", bucket, outcome(path))
	}
	return nil
}

// outcome is why a request does not arrive, or by which endpoint it does.
func outcome(path fake.Path) string {
	for _, hop := range path.Hops {
		if hop.Kind == fake.HopEndpoint && path.Blocked == "" {
			return "arrives by " + hop.ID
		}
	}
	return path.Blocked
}

func (j *job) inMemory(cloud *fake.Cloud) {
	account := cloud.Account("111111111111")
	net := recipe.NewNetwork(account, 2)
	j.account, j.vpc, j.bucket, j.table, j.app = recipe.InMemory(account), net.ID, "orders", "orders", net.A.Host()
	j.tables = []string{net.RouteTable(net.A).ID, net.RouteTable(net.B).ID}
	j.Serve(cloud.S3(account.Region).Listen(443), "S3")
}
