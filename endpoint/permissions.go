package endpoint

import (
	"github.com/seed-326366ec/aws-privatelink/internal/iam"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// IAMPolicy gives the least IAM policy, as a JSON document, with which this package can manage endpoints of these kinds; of all kinds where none
// is named. No call of this package needs more, and none of these actions is there in vain.
//
// Each statement says by its Sid what it is for; leave out what you do not use:
//
//   - Read is enough for Find, Plan, Get, List, WaitState and the other functions that only read. AWS allows no narrower resource for it.
//   - Create and CreateIn make endpoints, which have to bear the tag privatelink:name; TagNew allows tags in no other call.
//   - Change and ChangeIn modify, tag and delete endpoints that bear the tag, and no others.
//   - Adopt sets the tag on an endpoint of somebody else, which Change then covers: leave it out where nothing is adopted.
//   - PrivateDNS is what AWS asks for when an interface endpoint is made with private DNS, CrossRegion when it is one to another Region.
//   - Routes is for GatewayLoadBalancerBuilder.Route, and for Delete, which removes the routes to the endpoint.
//
// Narrow it down further with your account, Region, VPCs and subnets in place of the asterisks.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and
// https://docs.aws.amazon.com/vpc/latest/privatelink/security_iam_id-based-policy-examples.html
func IAMPolicy(kinds ...Kind) string {
	if len(kinds) == 0 {
		kinds = []Kind{KindInterface, KindGatewayLoadBalancer, KindGateway}
	}
	var all []iam.Statement
	for _, kind := range kinds {
		all = append(all, statements(kind)...)
	}
	return iam.Document(all...)
}

// reads are the reads that each kind makes besides those that all kinds make, places where its endpoints stand.
var (
	reads = map[Kind][]string{
		KindInterface:           {"DescribeNetworkInterfaces", "DescribeSubnets", "DescribeVpcAttribute"},
		KindGatewayLoadBalancer: {"DescribeNetworkInterfaces", "DescribeRouteTables", "DescribeSubnets"},
		KindGateway:             {"DescribePrefixLists", "DescribeVpcAttribute"},
	}
	places = map[Kind][]string{
		KindInterface:           {"subnet", "security-group"},
		KindGatewayLoadBalancer: {"subnet"},
		KindGateway:             {"route-table"},
	}
)

func statements(kind Kind) []iam.Statement {
	const prefix, resource = "ec2:", "vpc-endpoint"
	all := []iam.Statement{
		iam.Allow("Read", prefix, append([]string{"DescribeVpcEndpoints", "DescribeVpcEndpointServices"}, reads[kind]...)...),
		iam.Allow("Create", prefix, "CreateVpcEndpoint").On(resource).Tagging(privatelink.NameTag),
		iam.Allow("CreateIn", prefix, "CreateVpcEndpoint").On(append([]string{"vpc"}, places[kind]...)...),
		iam.Allow("TagNew", prefix, "CreateTags").On(resource).Creating("CreateVpcEndpoint"),
		iam.Allow("Change", prefix, "ModifyVpcEndpoint", "DeleteVpcEndpoints", "CreateTags").On(resource).Tagged(privatelink.NameTag),
		iam.Allow("Adopt", prefix, "CreateTags").On(resource).Tagging(privatelink.NameTag),
	}
	if kind != KindGatewayLoadBalancer { // whose subnet is for life
		all = append(all, iam.Allow("ChangeIn", prefix, "ModifyVpcEndpoint").On(places[kind]...))
	}
	switch kind {
	case KindInterface:
		all = append(all, iam.Allow("PrivateDNS", "route53:", "AssociateVPCWithHostedZone").OnZones("hostedzone"),
			iam.Allow("CrossRegion", "vpce:", "AllowMultiRegion").On(resource))
	case KindGatewayLoadBalancer:
		all = append(all, iam.Allow("Routes", prefix, "CreateRoute", "ReplaceRoute", "DeleteRoute").On("route-table"))
	}
	return all
}
