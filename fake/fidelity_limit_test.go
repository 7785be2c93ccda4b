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
	c.Quotas = fake.Quotas{Endpoints: 3, Gateways: 2, Services: 1, ServiceBalancers: 1, Principals: 2, RouteTables: 4, Routes: 2}
}

// limitRows are facts about quotas, tags, tokens, filters and pages.
var limitRows = []row{
	{0, "4", "CreateVpcEndpoint", "50 interface and Gateway Load Balancer endpoints in a VPC, together", "PL:vpc-limits-endpoints", "sure", nil, fiftyEndpoints},
	{0, "4", "CreateVpcEndpoint", "20 gateway endpoints in a Region", "PL:vpc-limits-endpoints", "sure", nil, twentyGateways},
	{0, "4", "CreateVpcEndpoint", "quotas that are set otherwise", "PL:vpc-limits-endpoints", "sure", lowered, otherQuotas},
	{0, "4", "CreateRoute", "50 routes in a table", "VPCUG:amazon-vpc-limits", "sure", nil, fiftyRoutes},
	{0, "10", "CreateVpcEndpointServiceConfiguration", "quotas of services, their load balancers and principals", "not documented", "sure", lowered, serviceQuotas},
	{0, "4", "CreateVpcEndpoint", "a policy of 20,480 characters", "PL:vpc-limits-endpoints", "sure", nil, longPolicy},
	{0, "4", "CreateVpcEndpoint", "a token of at most 64 ASCII characters, whose case counts", "IDEMP", "sure", nil, tokenForm},
	{0, "8", "CreateVpcEndpoint", "a token is an account's, a Region's and an operation's", "IDEMP", "sure", nil, tokenScope},
	{0, "10", "CreateVpcEndpoint", "the token of a deleted endpoint makes a new one", "not documented", "TokenMemory", nil, tokenAfterDelete},
	{0, "10", "CreateVpcEndpoint", "the token of a deleted endpoint answers with the dead one", "not documented", "TokenMemory, SpentToken", func(c *fake.Cloud) { c.Switches.TokenMemory = fake.NeverForget }, deadAnswer},
	{0, "3.4", "DescribeVpcEndpoints", "200 filter values in a call, all filters together", "ERR, gossm#47", "sure, OtherSpellings", nil, filterValues},
	{0, "1.4", "DescribeVpcEndpoints", "a filter that nothing matches gives an empty list", "HS", "sure", nil, unmatched},
	{0, "1.4", "DescribeVpcEndpoints", "values with wildcards, and escaped ones", "EC2 user guide", "sure", nil, wildcards},
	{0, "1.4", "DescribeVpcEndpoints", "the case of states counts", "SDKE", "sure", nil, stateCase},
	{0, "3.4", "DescribeVpcEndpoints", "a NextToken is its request's alone", "ERR", "sure", nil, foreignToken},
	{0, "1.0", "DescribeVpcEndpointConnections", "connections in pages of 5 to 1000", "SDK", "sure", nil, connectionPages},
	{0, "1.0", "DescribeVpcEndpointServices", "pages by NextToken alone", "SDK", "sure", nil, offerPages},
	{0, "1.6", "CreateTags", "tags overwrite by key; at most 50", "SDK:CreateTags", "sure", nil, tagLimit},
	{0, "1.6", "DeleteTags", "by key, by key and value, all", "SDK:DeleteTags", "sure", nil, deleteTags},
	{0, "1.6", "CreateTags", "reserved keys, unknown resources, more than 1000", "ERR", "sure", nil, badTagging},
	{0, "1.6", "CreateVpcEndpoint", "tags for another kind of resource", "SDKT", "sure", nil, wrongTagResource},
	{0, "1.6", "DescribeTags", "the tags of all resources, filtered and in pages", "SDK", "sure", nil, describedTags},
	{0, "3.4", "DeleteVpcEndpoints", "a dry run of anything changes nothing", "ERR", "sure", nil, dryRuns},
	{0, "3.1", "CreateVpcEndpoint", "the rarer spellings of codes", "TF:errors.go", "OtherSpellings", func(c *fake.Cloud) { c.Switches.OtherSpellings = true }, otherSpellings},
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
}

func otherQuotas(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for range 3 {
		require.NoError(t, h.bareEndpoint(t, svc))
	}
	requireCode(t, h.bareEndpoint(t, svc), "VpcEndpointLimitExceeded", "3")
	h.create(t, h.awsService("s3"), onTables())
	h.create(t, h.awsService("s3"), onTables())
	h.refuse(t, "VpcEndpointLimitExceeded", "2", h.awsService("s3"), onTables())
	_, err := h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &h.vpc})
	require.NoError(t, err)
	_, err = h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &h.vpc})
	requireCode(t, err, "RouteTableLimitExceeded", "")
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
	lower, upper := h.create(t, svc, withToken(strings.Repeat("x", 64))), h.create(t, svc, withToken(strings.Repeat("X", 64)))
	require.NotEqual(t, lower.VpcEndpointId, upper.VpcEndpointId)
}

func tokenScope(t testing.TB, h *harness) {
	svc := h.exported(t)
	here := *h.create(t, *svc.ServiceName, withToken("same"), withSubnets()).VpcEndpointId
	away := h.away(*svc.ServiceName, h.region)
	away.ClientToken = aws.String("same")
	far, err := h.remote.CreateVpcEndpoint(t.Context(), away)
	require.NoError(t, err)
	require.NotEqual(t, here, *far.VpcEndpoint.VpcEndpointId)
	other, err := h.stranger.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &h.strangersVPC, ServiceName: svc.ServiceName,
		VpcEndpointType: types.VpcEndpointTypeInterface, ClientToken: aws.String("same")})
	require.NoError(t, err)
	require.NotEqual(t, here, *other.VpcEndpoint.VpcEndpointId)
	table, err := h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &h.vpc, ClientToken: aws.String("same")})
	require.NoError(t, err)
	require.NotEmpty(t, *table.RouteTable.RouteTableId)
}

func tokenAfterDelete(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	first := *h.create(t, svc, withToken("t")).VpcEndpointId
	h.remove(t, first)
	second := h.create(t, svc, withToken("t"))
	require.NotEqual(t, first, *second.VpcEndpointId)
	require.Equal(t, "pending", string(second.State))
}

func deadAnswer(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	first := *h.create(t, svc, withToken("t")).VpcEndpointId
	h.remove(t, first)
	again := h.create(t, svc, withToken("t"))
	require.Equal(t, first, *again.VpcEndpointId)
	require.Equal(t, "deleted", string(again.State))
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken("t"), withSubnets(h.a.id))
}

func filterValues(t testing.TB, h *harness) {
	values := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = "v" + strconv.Itoa(i)
		}
		return out
	}
	read := func(f ...types.Filter) error {
		_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: f})
		return err
	}
	require.NoError(t, read(append(filters("vpc-id", values(100)...), filters("tag:Name", values(100)...)...)...))
	requireCode(t, read(append(filters("vpc-id", values(100)...), filters("tag:Name", values(101)...)...)...), "FilterLimitExceeded", "200")
	requireCode(t, read(filters("vpc-id", strings.Repeat("x", 256))...), "InvalidFilter", "vpc-id")
	requireCode(t, read(filters("vpc-id")...), "MissingParameter", "Filter.Value")
	requireCode(t, read(types.Filter{Values: []string{"x"}}), "InvalidFilter", "")
}

func unmatched(t testing.TB, h *harness) {
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-id", "vpce-0123456789abcdef0")})
	require.NoError(t, err)
	require.Empty(t, out.VpcEndpoints)
	services, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filters("service-name", "nobody")})
	require.NoError(t, err)
	require.Empty(t, services.ServiceConfigurations)
	offered, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{Filters: filters("service-name", "nobody")})
	require.NoError(t, err)
	require.Empty(t, offered.ServiceDetails)
}

func wildcards(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for _, name := range []string{"orders", "orders-2", "or*ers", "or?ers"} {
		h.tag(t, *h.create(t, svc, withSubnets()).VpcEndpointId, "Name", name)
	}
	count := func(pattern string) int {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", pattern)})
		require.NoError(t, err)
		return len(out.VpcEndpoints)
	}
	for pattern, n := range map[string]int{"orders": 1, "orders*": 2, "or?ers": 3, `or\*ers`: 1, `or\?ers`: 1, "*": 4, "Orders": 0, "": 0} {
		require.Equal(t, n, count(pattern), pattern)
	}
}

func stateCase(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.reach(t, id, "available")
	for value, n := range map[string]int{"available": 1, "Available": 0} {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-state", value)})
		require.NoError(t, err)
		require.Len(t, out.VpcEndpoints, n, value)
	}
}

func foreignToken(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	for range 3 {
		h.create(t, svc, withSubnets())
	}
	first, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(1)})
	require.NoError(t, err)
	_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken, Filters: filters("vpc-id", h.vpc)})
	requireCode(t, err, "InvalidNextToken", *first.NextToken)
	_, err = h.stranger.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken})
	requireCode(t, err, "InvalidNextToken", "")
	rest, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: first.NextToken})
	require.NoError(t, err)
	require.Len(t, rest.VpcEndpoints, 2)
}

func connectionPages(t testing.TB, h *harness) {
	svc := *h.service(t, true).ServiceName
	for range 11 {
		h.create(t, svc, withSubnets())
	}
	seen, pages := map[string]bool{}, 0
	for p := ec2.NewDescribeVpcEndpointConnectionsPaginator(h.provider, &ec2.DescribeVpcEndpointConnectionsInput{MaxResults: aws.Int32(5)}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		for _, c := range out.VpcEndpointConnections {
			seen[*c.VpcEndpointId] = true
		}
	}
	require.Len(t, seen, 11)
	require.Equal(t, 3, pages)
	_, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{MaxResults: aws.Int32(4)})
	requireCode(t, err, "InvalidMaxResults", "4")
}

func offerPages(t testing.TB, h *harness) {
	all, err := h.consumer.DescribeVpcEndpointServices(t.Context(), nil)
	require.NoError(t, err)
	var names []string
	in := &ec2.DescribeVpcEndpointServicesInput{MaxResults: aws.Int32(3)}
	for {
		out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), in)
		require.NoError(t, err)
		require.Len(t, out.ServiceNames, len(out.ServiceDetails))
		names = append(names, out.ServiceNames...)
		if in.NextToken = out.NextToken; in.NextToken == nil {
			break
		}
	}
	require.Equal(t, all.ServiceNames, names)
	_, err = h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{NextToken: aws.String("x")})
	requireCode(t, err, "InvalidNextToken", "x")
}

func tagLimit(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	var fifty []types.Tag
	for i := range 50 {
		fifty = append(fifty, tagList("k"+strconv.Itoa(i), "v")...)
	}
	set := func(tags ...types.Tag) error {
		_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{id}, Tags: tags})
		return err
	}
	require.NoError(t, set(fifty...))
	require.NoError(t, set(tagList("k7", "other")...))
	require.Contains(t, h.read(t, id).Tags, tagList("k7", "other")[0])
	requireCode(t, set(tagList("k1", "other", "one more", "v")...), "TagLimitExceeded", "50")
	require.Len(t, h.read(t, id).Tags, 50)
	require.Contains(t, h.read(t, id).Tags, tagList("k1", "v")[0])
}

func deleteTags(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	for _, key := range []string{"a", "b", "c"} {
		h.tag(t, id, key, "1")
	}
	h.tag(t, id, "empty", "")
	remove := func(tags ...types.Tag) int {
		_, err := h.consumer.DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{id}, Tags: tags})
		require.NoError(t, err)
		return len(h.read(t, id).Tags)
	}
	require.Equal(t, 4, remove(tagList("a", "")...), "an empty value removes only an empty one")
	require.Equal(t, 4, remove(tagList("a", "2")...), "another value removes nothing")
	require.Equal(t, 3, remove(tagList("a", "1")...))
	require.Equal(t, 2, remove(tagList("empty", "")...))
	require.Equal(t, 1, remove(types.Tag{Key: aws.String("b")}), "no value removes any")
	require.Equal(t, 0, remove(), "no tags removes all")
}

func badTagging(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	set := func(tags []types.Tag, ids ...string) error {
		_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: tags})
		return err
	}
	requireCode(t, set(tagList("aws:x", "1"), id), "InvalidTagKey.Malformed", "aws:")
	requireCode(t, set(tagList("AWS:x", "1"), id), "InvalidTagKey.Malformed", "aws:")
	requireCode(t, set(tagList("", "1"), id), "InvalidTagKey.Malformed", "")
	requireCode(t, set(tagList("a", strings.Repeat("v", 256)), id), "InvalidParameterValue", "255")
	requireCode(t, set(tagList("a", "1"), id, "vpce-0123456789abcdef0"), "InvalidID", "vpce-0123456789abcdef0")
	requireCode(t, set(tagList("a", "1"), "thing-1"), "InvalidID", "thing-1")
	requireCode(t, set(tagList("a", "1"), make([]string, 1001)...), "InvalidParameterValue", "1000")
	requireCode(t, set(nil, id), "MissingParameter", "Tags")
	require.Empty(t, h.read(t, id).Tags)
}

func wrongTagResource(t testing.TB, h *harness) {
	spec := func(kind types.ResourceType, tags ...types.Tag) func(*ec2.CreateVpcEndpointInput) {
		return func(in *ec2.CreateVpcEndpointInput) {
			in.PrivateDnsEnabled, in.TagSpecifications = aws.Bool(false), []types.TagSpecification{{ResourceType: kind, Tags: tags}}
		}
	}
	h.refuse(t, "InvalidParameterValue", "'vpc' is not a valid taggable resource type for this operation.", h.awsService("sts"), spec("vpc", tagList("a", "1")...))
	h.refuse(t, "InvalidParameterValue", "Duplicate tag key 'a'", h.awsService("sts"), spec("vpc-endpoint", tagList("a", "1", "a", "2")...))
	require.Equal(t, tagList("a", "1"), h.create(t, h.awsService("sts"), spec("vpc-endpoint", tagList("a", "1")...)).Tags)
}

func describedTags(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	for i := range 6 {
		h.tag(t, id, "k"+strconv.Itoa(i), "v")
	}
	h.tag(t, h.vpc, "Name", "main")
	read := func(in *ec2.DescribeTagsInput) *ec2.DescribeTagsOutput {
		out, err := h.consumer.DescribeTags(t.Context(), in)
		require.NoError(t, err)
		return out
	}
	for name, c := range map[string]struct {
		value string
		n     int
	}{"key": {"k3", 1}, "resource-id": {id, 6}, "resource-type": {"vpc", 1}, "tag:Name": {"main", 1}, "value": {"v", 6}} {
		require.Len(t, read(&ec2.DescribeTagsInput{Filters: filters(name, c.value)}).Tags, c.n, name)
	}
	first := read(&ec2.DescribeTagsInput{MaxResults: aws.Int32(5)})
	require.Len(t, first.Tags, 5)
	require.Len(t, read(&ec2.DescribeTagsInput{NextToken: first.NextToken}).Tags, 2)
	out, err := h.stranger.DescribeTags(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, out.Tags)
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
