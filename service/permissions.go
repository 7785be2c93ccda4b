package service

import (
	"github.com/seed-326366ec/aws-privatelink/internal/iam"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Role is what somebody does with this package.
type Role string

// The roles.
const (
	Provider Role = "provider" // declares services (BehindNLB, BehindGWLB), and whatever the other two do
	Acceptor Role = "acceptor" // answers connections: Connections, Accept, Reject, RejectAll, Decide
	Consumer Role = "consumer" // asks what is offered: Lookup
)

// IAMPolicy gives the least IAM policy, as a JSON document, with which this package can be used in these roles; in all of them where none is named. No
// call of this package needs more, and none of these actions is there in vain.
//
// Each statement says by its Sid what it is for; leave out what you do not use:
//
//   - Read is enough for Find, Plan, Get, List and the other functions that only read. AWS allows no narrower resource for it.
//   - ReadLoadBalancers is for the setter of that name.
//   - Create makes services, which have to bear the tag privatelink:name; TagNew allows tags in no other call.
//   - Change modifies, tags and deletes services that bear the tag, says who may connect, who pays and who is told, and verifies private DNS
//     names; Answer accepts and rejects connections. A service of somebody else lacks the tag: to answer for one, take the condition away.
//   - Adopt sets the tag on a service of somebody else, which Change then covers: leave it out where nothing is adopted.
//   - CrossRegion is what AWS asks for where Regions are declared.
//
// Narrow it down further with your account and Region in place of the asterisks. Who may be told is not for IAM to say: the topic's policy has
// to let vpce.amazonaws.com publish.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and
// https://docs.aws.amazon.com/vpc/latest/privatelink/security_iam_id-based-policy-examples.html
func IAMPolicy(roles ...Role) string {
	if len(roles) == 0 {
		roles = []Role{Provider}
	}
	var all []iam.Statement
	for _, role := range roles {
		all = append(all, statements(role)...)
	}
	return iam.Document(all...)
}

const (
	prefix   = "ec2:"
	resource = "vpc-endpoint-service"
)

func statements(role Role) []iam.Statement {
	switch role {
	case Consumer:
		return []iam.Statement{iam.Allow("Read", prefix, "DescribeVpcEndpointServices")}
	case Acceptor:
		return []iam.Statement{
			iam.Allow("Read", prefix, "DescribeVpcEndpointConnections"),
			iam.Allow("Answer", prefix, "AcceptVpcEndpointConnections", "RejectVpcEndpointConnections").On(resource).Tagged(privatelink.NameTag),
		}
	}
	all := append(statements(Acceptor), statements(Consumer)...)
	return append(all,
		iam.Allow("Read", prefix, "DescribeVpcEndpointServiceConfigurations", "DescribeVpcEndpointServicePermissions",
			"DescribeVpcEndpointConnectionNotifications"),
		iam.Allow("ReadLoadBalancers", "elasticloadbalancing:", "DescribeLoadBalancers", "DescribeListeners"),
		iam.Allow("Create", prefix, "CreateVpcEndpointServiceConfiguration").On(resource).Tagging(privatelink.NameTag),
		iam.Allow("TagNew", prefix, "CreateTags").On(resource).Creating("CreateVpcEndpointServiceConfiguration"),
		iam.Allow("Change", prefix, "CreateTags", "CreateVpcEndpointConnectionNotification", "DeleteVpcEndpointConnectionNotifications",
			"DeleteVpcEndpointServiceConfigurations", "ModifyVpcEndpointConnectionNotification", "ModifyVpcEndpointServiceConfiguration",
			"ModifyVpcEndpointServicePayerResponsibility", "ModifyVpcEndpointServicePermissions",
			"StartVpcEndpointServicePrivateDnsVerification").On(resource).Tagged(privatelink.NameTag),
		iam.Allow("Adopt", prefix, "CreateTags").On(resource).Tagging(privatelink.NameTag),
		iam.Allow("CrossRegion", "vpce:", "AllowMultiRegion").On(resource),
	)
}
