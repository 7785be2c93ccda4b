package fake_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func lowered(c *fake.Cloud) {
	c.Quotas = fake.Quotas{Services: 1, ServiceBalancers: 1, Principals: 2}
}

// limitRows are facts about quotas, tags, tokens, filters and pages.
var limitRows = []row{
	{0, "4", "CreateVpcEndpoint", "50 interface and Gateway Load Balancer endpoints in a VPC, together, unless raised", "PL:vpc-limits-endpoints", "sure", nil, fiftyEndpoints},
	{0, "4", "CreateVpcEndpoint", "20 gateway endpoints in a Region, unless raised", "PL:vpc-limits-endpoints", "sure", nil, twentyGateways},
	{0, "4", "CreateRouteTable", "200 route tables in a VPC", "VPCUG:amazon-vpc-limits", "sure", nil, manyTables},
	{0, "4", "CreateRoute", "50 routes in a table", "VPCUG:amazon-vpc-limits", "sure", nil, fiftyRoutes},
	{0, "10", "CreateVpcEndpointServiceConfiguration", "quotas of services, their load balancers and principals", "not documented", "sure, OtherCodes", lowered, serviceQuotas},
	{0, "4", "CreateVpcEndpoint", "a policy of 20,480 characters", "PL:vpc-limits-endpoints", "sure", nil, longPolicy},
	{0, "4", "CreateVpcEndpoint", "a token of at most 64 ASCII characters, whose case counts", "IDEMP", "sure", nil, tokenForm},
	{0, "8", "CreateVpcEndpoint", "a token is an account's, a Region's and an operation's", "IDEMP", "sure", nil, tokenScope},
	{0, "10", "CreateVpcEndpoint", "the token of a deleted endpoint: a new one, or the dead one", "not documented", "TokenMemory, SpentToken", nil, tokenAfterDelete},
	{24, "3.4", "DeleteVpcEndpoints", "a dry run of anything changes nothing", "ERR", "sure", nil, dryRuns},
	{23, "3.1", "CreateVpcEndpoint", "the rarer spellings of codes", "TF:errors.go", "OtherSpellings", func(c *fake.Cloud) { c.Switches.OtherSpellings = true }, otherSpellings},
}

// bareEndpoint makes an endpoint without subnets, which may be refused.
func (h *harness) bareEndpoint(t testing.TB, service string) error {
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(service, withSubnets()))
	return err
}

func fiftyEndpoints(t testing.TB, h *harness) {
	nlb, gwlb := *h.service(t, false).ServiceName, *h.inspection(t, false).ServiceName
	for range 49 {
		require.NoError(t, h.bareEndpoint(t, nlb))
	}
	last := *h.create(t, gwlb, h.inspected).VpcEndpointId
	requireCode(t, h.bareEndpoint(t, nlb), "VpcEndpointLimitExceeded", "50")
	h.refuse(t, "VpcEndpointLimitExceeded", "50", gwlb, h.inspected)
	h.create(t, h.awsService("s3"), onTables())
	h.create(t, nlb, h.inDual(h.dual[0]))
	h.remove(t, last)
	require.NoError(t, h.bareEndpoint(t, nlb))
	if h.otherwise(func(c *fake.Cloud) { c.Quotas.Endpoints = 51 }) {
		require.NoError(t, h.bareEndpoint(t, nlb))
		requireCode(t, h.bareEndpoint(t, nlb), "VpcEndpointLimitExceeded", "51")
	}
}

func twentyGateways(t testing.TB, h *harness) {
	s3 := h.awsService("s3")
	first := *h.create(t, s3, onTables()).VpcEndpointId
	for range 19 {
		h.create(t, s3, onTables())
	}
	h.refuse(t, "VpcEndpointLimitExceeded", "20", s3, onTables())
	h.refuse(t, "VpcEndpointLimitExceeded", "20", s3, onTables(), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &h.bareVPC })
	h.create(t, h.awsService("sts"))
	h.remove(t, first)
	h.create(t, s3, onTables())
	if h.otherwise(func(c *fake.Cloud) { c.Quotas.Gateways = 21 }) {
		h.create(t, s3, onTables())
		h.refuse(t, "VpcEndpointLimitExceeded", "21", s3, onTables())
	}
}

func manyTables(t testing.TB, h *harness) {
	vpc := h.network(t, "10.70.0.0/16").VpcId
	make := func() error {
		_, err := h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: vpc})
		return err
	}
	for range 199 { // the main one counts
		require.NoError(t, make())
	}
	requireCode(t, make(), "RouteTableLimitExceeded", "")
	if h.otherwise(func(c *fake.Cloud) { c.Quotas.RouteTables = 201 }) {
		require.NoError(t, make())
		requireCode(t, make(), "RouteTableLimitExceeded", "")
	}
}

func fiftyRoutes(t testing.TB, h *harness) {
	id := h.inspector(t, *h.inspection(t, false).ServiceName)
	for i := range 49 { // the local route is one
		h.route(t, h.table, "172.16."+strconv.Itoa(i)+".0/24", id)
	}
	_, err := h.consumer.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: &id})
	requireCode(t, err, "RouteLimitExceeded", "")
	_, err = h.consumer.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &h.table, DestinationIpv6CidrBlock: aws.String("::/0"), VpcEndpointId: &id})
	require.NoError(t, err)
}

func serviceQuotas(t testing.TB, h *harness) {
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb, h.otherNLB}})
	requireCode(t, err, "VpcEndpointServiceLimitExceeded", "load balancers")
	svc := h.service(t, false)
	_, err = h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}})
	requireCode(t, err, "VpcEndpointServiceLimitExceeded", "1")
	h.allow(t, *svc.ServiceId, "*")
	_, err = h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::333333333333:root"}})
	requireCode(t, err, "VpcEndpointServicePermissionLimitExceeded", "2")
	require.Len(t, h.principals(t, *svc.ServiceId, nil), 2)
}

func longPolicy(t testing.TB, h *harness) {
	frame := `{"Statement":[]}`
	policy := func(n int) func(*ec2.CreateVpcEndpointInput) {
		text := frame[:len(frame)-2] + strings.Repeat(" ", n-len(frame)) + frame[len(frame)-2:]
		return func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = &text }
	}
	h.refuse(t, "InvalidPolicyDocument", "20480", h.awsService("sts"), policy(20481))
	h.create(t, h.awsService("sts"), policy(20480))
}

func tokenForm(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for _, token := range []string{strings.Repeat("x", 65), "bell\a", "naïve"} {
		h.refuse(t, "InvalidClientToken", "64", svc, withToken(token))
	}
	longest := func(letter string) string { return h.own(strings.Repeat(letter, 64-len(h.run))) }
	lower, upper := h.create(t, svc, withToken(longest("x"))), h.create(t, svc, withToken(longest("X")))
	require.NotEqual(t, lower.VpcEndpointId, upper.VpcEndpointId)
}

func tokenScope(t testing.TB, h *harness) {
	svc := h.exported(t)
	here := *h.create(t, *svc.ServiceName, withToken(h.own("same")), withSubnets()).VpcEndpointId
	away := h.away(*svc.ServiceName, h.region)
	away.ClientToken = aws.String(h.own("same"))
	far, err := h.remote.CreateVpcEndpoint(t.Context(), away)
	require.NoError(t, err)
	require.NotEqual(t, here, *far.VpcEndpoint.VpcEndpointId)
	other, err := h.stranger.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &h.strangersVPC, ServiceName: svc.ServiceName,
		VpcEndpointType: types.VpcEndpointTypeInterface, ClientToken: aws.String(h.own("same"))})
	require.NoError(t, err)
	require.NotEqual(t, here, *other.VpcEndpoint.VpcEndpointId)
	table, err := h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &h.vpc, ClientToken: aws.String(h.own("same"))})
	require.NoError(t, err)
	require.NotEmpty(t, *table.RouteTable.RouteTableId)
}

func tokenAfterDelete(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	first := *h.create(t, svc, withToken(h.own("t"))).VpcEndpointId
	h.remove(t, first)
	second := h.create(t, svc, withToken(h.own("t")))
	require.NotEqual(t, first, *second.VpcEndpointId)
	require.Equal(t, "pending", string(second.State))
	if !h.otherwise(func(c *fake.Cloud) { c.Switches.TokenMemory = fake.NeverForget }) {
		return
	}
	first = *h.create(t, svc, withToken(h.own("u"))).VpcEndpointId
	h.remove(t, first)
	again := h.create(t, svc, withToken(h.own("u")))
	require.Equal(t, first, *again.VpcEndpointId)
	require.Equal(t, "deleted", string(again.State))
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken(h.own("u")), withSubnets(h.a.id))
}

func dryRuns(t testing.TB, h *harness) {
	svc, dry, ctx := h.service(t, true), aws.Bool(true), t.Context()
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	for op, call := range map[string]func() error{
		"DeleteVpcEndpoints": func() error {
			_, err := h.consumer.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}, DryRun: dry})
			return err
		},
		"ModifyVpcEndpoint": func() error {
			_, err := h.consumer.ModifyVpcEndpoint(ctx, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a.id}, DryRun: dry})
			return err
		},
		"AcceptVpcEndpointConnections": func() error {
			_, err := h.provider.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{id}, DryRun: dry})
			return err
		},
		"DeleteVpcEndpointServiceConfigurations": func() error {
			_, err := h.provider.DeleteVpcEndpointServiceConfigurations(ctx, &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}, DryRun: dry})
			return err
		},
		"CreateTags": func() error {
			_, err := h.consumer.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{id}, Tags: tagList("a", "1"), DryRun: dry})
			return err
		},
		"DescribeVpcEndpoints": func() error {
			_, err := h.consumer.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{DryRun: dry})
			return err
		},
	} {
		requireCode(t, call(), "DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
		ep := h.read(t, id)
		require.Equal(t, "pendingAcceptance", string(ep.State), op)
		require.Len(t, ep.SubnetIds, 2, op)
		require.Empty(t, ep.Tags, op)
	}
	require.Equal(t, types.ServiceStateAvailable, h.readService(t, *svc.ServiceId).ServiceState)
}

func otherSpellings(t testing.TB, h *harness) {
	sts := h.awsService("sts")
	h.refuse(t, "InvalidSubnetId.NotFound", "subnet-0123456789abcdef0", sts, withSubnets("subnet-0123456789abcdef0"))
	h.refuse(t, "InvalidSecurityGroupID.NotFound", "sg-0123456789abcdef0", sts, func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{"sg-0123456789abcdef0"} })
	h.refuse(t, "InvalidRouteTableId.NotFound", "rtb-0123456789abcdef0", h.awsService("s3"), onTables("rtb-0123456789abcdef0"))
	_, err := h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{PrefixListIds: []string{"pl-00000000"}})
	requireCode(t, err, "InvalidPrefixListId.NotFound", "pl-00000000")
	_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("colour", "red")})
	requireCode(t, err, "InvalidParameterValue", "colour")
}
