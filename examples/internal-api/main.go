// Command internal-api shares an API that runs behind a Network Load Balancer in one VPC with another VPC, in another account, by name and
// without the internet. It is the main job of PrivateLink, from one end to the other.
//
//	go run ./examples/internal-api                                the whole story on an AWS in memory
//	go run ./examples/internal-api -live -input job.json          on AWS: what would be done (reads only)
//	go run ./examples/internal-api -live -apply -input job.json   on AWS: do it; again: nothing changes
//	go run ./examples/internal-api -live -destroy -vpc vpc-…      on AWS: take it down again
//
// Use it when consumers need one service of yours and not your network: no peering, no routes, no overlap of addresses to care for.
//
// It makes three resources: an endpoint service in the provider's account; an interface endpoint, with one network interface for each subnet,
// in the consumer's; and a private hosted zone there. AWS bills the endpoint by the hour and subnet and by the gigabyte, and the zone by the
// month. The load balancer, the VPC, the subnets and the security groups have to be there.
//
// IAM (as policies in docs/iam.md): the provider needs ec2:CreateVpcEndpointServiceConfiguration, ModifyVpcEndpointServiceConfiguration,
// DeleteVpcEndpointServiceConfigurations, DescribeVpcEndpointServiceConfigurations, ModifyVpcEndpointServicePermissions,
// DescribeVpcEndpointServicePermissions, DescribeVpcEndpointConnections, AcceptVpcEndpointConnections, CreateTags. The consumer needs
// ec2:CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints, DescribeVpcEndpoints, DescribeNetworkInterfaces, CreateTags, DescribeVpcs and
// route53:CreateHostedZone, DeleteHostedZone, GetHostedZone, ListHostedZonesByName, ListHostedZonesByVPC, ListResourceRecordSets,
// ChangeResourceRecordSets, GetChange; for the plan's warnings also ec2:DescribeSubnets, DescribeVpcAttribute, DescribeVpcEndpointServices.
//
// Credentials and Region come from the SDK's default configuration: environment, shared files, AWS_ENDPOINT_URL.
package main

import (
	"context"
	"errors"
	"flag"
	"io"

	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
)

func main() { recipe.Main("internal-api", run) }

// run is the program: args without the program's name, all output to out.
func run(ctx context.Context, args []string, out io.Writer) error {
	in, err := parse(args, out)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case in.live:
		return live(ctx, in, out)
	}
	if err := in.flags.Err(); err != nil {
		return err
	}
	return story(ctx, in.verbose, out)
}
