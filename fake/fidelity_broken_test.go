package fake_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// broken wraps an AWS so that one behaviour of one operation is gone: bend changes its answers.
type broken struct {
	section, behaviour string // of the row
	op                 string
	bend               func(*fake.Call)
}

// brokenRows are behaviours of all sections, each taken away in the way in which other fakes lack it.
var brokenRows = []broken{
	{"8", "same token and parameters: one endpoint", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { again(&out.VpcEndpoint.VpcEndpointId) })},
	{"3.4", "same token, other parameters", "CreateVpcEndpoint", instead("IdempotentParameterMismatch", madeEndpoint())},
	{"2.2", "pending, then available", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.State = "available" })},
	{"2.1", "states are spelled in lower camel case", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.State = types.StatePendingAcceptance })},
	{"2.1", "states are spelled in lower camel case", "DescribeVpcEndpoints", eachEndpoint(func(e *types.VpcEndpoint) { e.State = types.StateAvailable })},
	{"5", "one requester-managed interface per subnet", "DescribeNetworkInterfaces", answer(func(out *ec2.DescribeNetworkInterfacesOutput) {
		for i := range out.NetworkInterfaces {
			out.NetworkInterfaces[i].RequesterManaged = aws.Bool(false)
		}
	})},
	{"5", "DNS names: regional, zonal, private", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.DnsEntries = out.VpcEndpoint.DnsEntries[:1] })},
	{"6.1", "default security group", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.Groups = nil })},
	{"6.1", "full-access policy is returned", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.PolicyDocument = nil })},
	{"3.2", "private DNS needs both VPC attributes", "CreateVpcEndpoint", instead("InvalidParameter", madeEndpoint())},
	{"3.2", "second endpoint with the same private name", "CreateVpcEndpoint", otherText("a conflict")},
	{"3.1", "unknown service", "CreateVpcEndpoint", otherCode("InvalidServiceName", "InvalidVpcEndpointServiceId.NotFound")},
	{"3.2", "two subnets in one zone", "CreateVpcEndpoint", instead("DuplicateSubnetsInSameZone", madeEndpoint())},
	{"3.2", "zone not offered by the service", "CreateVpcEndpoint", instead("InvalidParameter", madeEndpoint())},
	{"3.4", "dry run", "CreateVpcEndpoint", instead("DryRunOperation", madeEndpoint())},
	{"1.0", "pages of at most 1000", "DescribeVpcEndpoints", answer(func(out *ec2.DescribeVpcEndpointsOutput) { out.NextToken = nil })},
	{"1.1", "no type: a gateway endpoint", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) {
		out.VpcEndpoint.VpcEndpointType = types.VpcEndpointTypeInterface
	})},
	{"1.2", "one change at a time", "ModifyVpcEndpoint", instead("OperationInProgress", &ec2.ModifyVpcEndpointOutput{Return: aws.Bool(true)})},
	{"1.3", "no private name: an empty configuration element", "DescribeVpcEndpointServiceConfigurations", answer(func(out *ec2.DescribeVpcEndpointServiceConfigurationsOutput) {
		for i := range out.ServiceConfigurations {
			out.ServiceConfigurations[i].PrivateDnsNameConfiguration = nil
		}
	})},
	{"1.4", "a filter that nothing matches gives an empty list", "DescribeVpcEndpoints", func(c *fake.Call) {
		if out, ok := c.Output.(*ec2.DescribeVpcEndpointsOutput); ok && len(out.VpcEndpoints) == 0 {
			c.Err, c.Output = coded("InvalidVpcEndpointId.NotFound", "nothing"), nil
		}
	}},
	{"1.4", "filters and pages", "DescribeVpcEndpointServiceConfigurations", answer(func(out *ec2.DescribeVpcEndpointServiceConfigurationsOutput) { out.NextToken = nil })},
	{"1.5", "route to a Gateway Load Balancer endpoint: create, replace, delete, read back", "DescribeRouteTables", answer(func(out *ec2.DescribeRouteTablesOutput) {
		for _, table := range out.RouteTables {
			for i := range table.Routes {
				table.Routes[i].GatewayId = nil
			}
		}
	})},
	{"1.5", "targets and destinations that are refused", "CreateRoute", instead("RouteNotSupported", &ec2.CreateRouteOutput{Return: aws.Bool(true)})},
	{"1.6", "tags overwrite by key; at most 50", "CreateTags", instead("TagLimitExceeded", &ec2.CreateTagsOutput{})},
	{"2.2", "what nobody accepts expires", "DescribeVpcEndpoints", eachEndpoint(func(e *types.VpcEndpoint) { e.State = "pendingAcceptance" })},
	{"2.3", "private name is pending verification until its TXT record is found", "CreateVpcEndpointServiceConfiguration", answer(func(out *ec2.CreateVpcEndpointServiceConfigurationOutput) {
		out.ServiceConfiguration.PrivateDnsNameConfiguration.State = types.DnsNameStateVerified
	})},
	{"2.3", "a fresh service: 503 Unavailable, though it is Available", "CreateVpcEndpoint", instead("Unavailable", madeEndpoint())},
	{"2.5", "the row of a deleted endpoint lingers as deleted", "DescribeVpcEndpointConnections", answer(func(out *ec2.DescribeVpcEndpointConnectionsOutput) { out.VpcEndpointConnections = nil })},
	{"3.1", "unknown ID is an item", "DeleteVpcEndpoints", func(c *fake.Call) {
		if out, ok := c.Output.(*ec2.DeleteVpcEndpointsOutput); ok && len(out.Unsuccessful) > 0 {
			c.Err, c.Output = coded("InvalidVpcEndpointId.NotFound", "it does not exist"), nil
		}
	}},
	{"3.3", "live connections", "DeleteVpcEndpointServiceConfigurations", answer(func(out *ec2.DeleteVpcEndpointServiceConfigurationsOutput) { out.Unsuccessful = nil })},
	{"3.3", "load balancer of a service", "DeleteLoadBalancer", instead("ResourceInUse", &elb.DeleteLoadBalancerOutput{})},
	{"4", "50 interface and Gateway Load Balancer endpoints in a VPC, together, unless raised", "CreateVpcEndpoint", instead("VpcEndpointLimitExceeded", madeEndpoint())},
	{"6.2", "Gateway Load Balancer: one subnet, an interface of its own type, no names", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) {
		out.VpcEndpoint.DnsEntries = []types.DnsEntry{{DnsName: aws.String("x")}}
	})},
	{"6.3", "gateway: available at once, no interfaces, names, groups, private DNS", "CreateVpcEndpoint", answer(func(out *ec2.CreateVpcEndpointOutput) { out.VpcEndpoint.State = "pending" })},
	{"6.5", "service type of Gateway Load Balancers", "CreateVpcEndpointServiceConfiguration", answer(func(out *ec2.CreateVpcEndpointServiceConfigurationOutput) {
		out.ServiceConfiguration.ServiceType = []types.ServiceTypeDetail{{ServiceType: types.ServiceTypeInterface}}
	})},
	{"6.5", "permissions", "DescribeVpcEndpointServicePermissions", answer(func(out *ec2.DescribeVpcEndpointServicePermissionsOutput) { out.AllowedPrincipals = nil })},
	{"5", "ARNs, an interface per zone", "DescribeNetworkInterfaces", answer(func(out *ec2.DescribeNetworkInterfacesOutput) {
		for i := range out.NetworkInterfaces {
			out.NetworkInterfaces[i].AvailabilityZone = out.NetworkInterfaces[0].AvailabilityZone
		}
	})},
	{"6.5", "provider and consumer are two accounts", "DescribeVpcEndpointConnections", answer(func(out *ec2.DescribeVpcEndpointConnectionsOutput) {
		for i := range out.VpcEndpointConnections {
			out.VpcEndpointConnections[i].VpcEndpointState = "available"
		}
	})},
	{"3.5", "a used CallerReference is an error, even when all is equal", "CreateHostedZone", instead("HostedZoneAlreadyExists", madeZone())},
	{"3.5", "one zone of a name on a VPC", "CreateHostedZone", instead("ConflictingDomainExists", madeZone())},
	{"7", "names come back in lower case, with a dot and escaped", "ListResourceRecordSets", answer(func(out *route53.ListResourceRecordSetsOutput) {
		for i := range out.ResourceRecordSets {
			out.ResourceRecordSets[i].Name = aws.String("*.orders.internal.")
		}
	})},
	{"3.5", "CREATE of a set that exists", "ChangeResourceRecordSets", instead("InvalidChangeBatch", &route53.ChangeResourceRecordSetsOutput{})},
	{"7", "PENDING, later INSYNC", "GetChange", answer(func(out *route53.GetChangeOutput) { out.ChangeInfo.Status = r53.ChangeStatusInsync })},
	{"3.5", "a zone with records is not deleted", "DeleteHostedZone", instead("HostedZoneNotEmpty", &route53.DeleteHostedZoneOutput{})},
	{"7", "another account's VPC needs an authorisation", "AssociateVPCWithHostedZone", instead("NotAuthorizedException", &route53.AssociateVPCWithHostedZoneOutput{})},
	{"7", "DNSName is where to start, in reversed-label order", "ListHostedZonesByName", answer(func(out *route53.ListHostedZonesByNameOutput) { out.HostedZones = nil })},
	{"9.18", "a new permission spreads: the service is hidden until then", "CreateVpcEndpoint", instead("InvalidServiceName", madeEndpoint())},
	{"10", "accepting what is rejected or available: taken, or an item", "AcceptVpcEndpointConnections", answer(func(out *ec2.AcceptVpcEndpointConnectionsOutput) { out.Unsuccessful = nil })},
}

// answer changes an operation's answers.
func answer[Out any](change func(*Out)) func(*fake.Call) {
	return func(c *fake.Call) {
		if out, ok := c.Output.(*Out); ok && out != nil {
			change(out)
		}
	}
}

func eachEndpoint(change func(*types.VpcEndpoint)) func(*fake.Call) {
	return answer(func(out *ec2.DescribeVpcEndpointsOutput) {
		for i := range out.VpcEndpoints {
			change(&out.VpcEndpoints[i])
		}
	})
}

// instead succeeds where AWS refuses with a code.
func instead(code string, out any) func(*fake.Call) {
	return func(c *fake.Call) {
		if is(c.Err, code) {
			c.Err, c.Output = nil, out
		}
	}
}

// otherCode refuses with another code than AWS.
func otherCode(code, other string) func(*fake.Call) {
	return func(c *fake.Call) {
		if is(c.Err, code) {
			c.Err = coded(other, "no")
		}
	}
}

// otherText refuses with AWS's code and another text.
func otherText(text string) func(*fake.Call) {
	return func(c *fake.Call) {
		var api smithy.APIError
		if c.Err != nil && errors.As(c.Err, &api) {
			c.Err = coded(api.ErrorCode(), text)
		}
	}
}

func is(err error, code string) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == code
}

func coded(code, text string) error { return &smithy.GenericAPIError{Code: code, Message: text} }

// again gives an identifier that differs from one to the next.
func again(id **string) { *id = aws.String(**id + "x") }

func madeEndpoint() *ec2.CreateVpcEndpointOutput {
	return &ec2.CreateVpcEndpointOutput{VpcEndpoint: &types.VpcEndpoint{VpcEndpointId: aws.String("vpce-0123456789abcdef0"), State: "pending"}}
}

func madeZone() *route53.CreateHostedZoneOutput {
	return &route53.CreateHostedZoneOutput{HostedZone: &r53.HostedZone{Id: aws.String("/hostedzone/Z1")}}
}

// TestBrokenBehavioursAreNoticed takes one behaviour away at a time: its row fails, and passes as long as it is there.
func TestBrokenBehavioursAreNoticed(t *testing.T) {
	t.Parallel()
	sections := map[string]bool{}
	for _, b := range brokenRows {
		sections[b.section] = true
		t.Run(b.behaviour, func(t *testing.T) {
			t.Parallel()
			r := b.row(t)
			require.Equal(t, "PASS", r.bent(t, "", nil).verdict())
			require.Equal(t, "FAIL", r.bent(t, b.op, b.bend).verdict())
		})
	}
	require.GreaterOrEqual(t, len(brokenRows), 30)
	for _, r := range allRows() {
		require.True(t, sections[r.section], "no row of section %s is broken", r.section)
	}
}

func (b broken) row(t *testing.T) row {
	t.Helper()
	for _, r := range allRows() {
		if r.section == b.section && r.behaviour == b.behaviour {
			return r
		}
	}
	require.FailNow(t, "there is no such row", "%s (%s)", b.behaviour, b.section)
	return row{}
}

// bent runs a row on an AWS whose answers of one operation are changed.
func (r row) bent(t *testing.T, op string, bend func(*fake.Call)) (got *recorder) {
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(r.cloud)
		h.cloud.After = func(_ context.Context, c *fake.Call) error {
			if c.Op == op {
				bend(c)
			}
			return c.Err
		}
		got = record(t, func(t testing.TB) { r.test(t, h) })
	})
	return got
}
