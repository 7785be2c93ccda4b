package fake_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func provisioning(c *fake.Cloud) { c.Timing.Provision = time.Minute }

// kindRows are the rows of the endpoint kinds, of routes and of what endpoints may ask for besides.
var kindRows = []row{
	{0, "2.1", "DescribeVpcEndpoints", "a failed endpoint tells its last error", "PL:concepts", "sure", nil, lastError},
	{0, "1.2", "ModifyVpcEndpoint", "fixed addresses; naming another replaces the interface", "SDKT", "sure", nil, fixedAddresses},
	{0, "3.2", "CreateVpcEndpoint", "addresses that are taken, reserved, foreign or of the wrong family", "ERR, PL:create-interface-endpoint", "OtherSpellings", nil, badAddresses},
	{0, "6.1", "CreateVpcEndpoint", "a service of another Region, which tells no zones", "PL:privatelink-share-your-services, TF#44186", "sure", nil, otherRegion},
	{11, "6.3", "CreateVpcEndpoint", "gateway: available at once, no interfaces, names, groups, private DNS", "API:CreateVpcEndpoint, TF", "sure", minute, gatewayShape},
	{0, "6.1", "DescribeVpcAttribute", "the two DNS attributes", "SDK", "sure", nil, dnsAttributes},
	{0, "1.1", "CreateVpcEndpoint", "members of another kind", "SDK, TF#45846", "sure", nil, foreignMembers},
	{0, "3.2", "CreateVpcEndpoint", "zones closed to services of other Regions", "cztack#865", "sure", nil, closedZone},
	{20, "6.2", "CreateVpcEndpoint", "Gateway Load Balancer: one subnet, an interface of its own type, no names", "API:CreateVpcEndpoint", "sure", nil, balancerEndpoint},
	{28, "5", "ModifyVpcEndpoint", "address type, and the DNS records that follow it", "PL:privatelink-access-aws-services, TF", "sure", nil, addressTypes},
	{0, "1.1", "CreateVpcEndpoint", "DNS record types of each address type", "PL:privatelink-access-aws-services", "sure", nil, interfaceRecords},
	{0, "6.3", "CreateVpcEndpoint", "DNS record types of gateway endpoints", "PL:gateway-endpoints", "sure", nil, gatewayRecords},
	{29, "1.2", "ModifyVpcEndpoint", "what a kind does not have cannot be changed", "SDK, PL:gateway-load-balancer-endpoints", "sure", nil, foreignChanges},
	{30, "6.3", "CreateVpcEndpoint", "gateway: routes come with it and go with it", "SDK, PL:gateway-endpoints", "sure, OtherSpellings", nil, gatewayRoutes},
	{0, "1.5", "CreateRoute", "route to a Gateway Load Balancer endpoint: create, replace, delete, read back", "SDK, crossplane#1036", "sure, OtherSpellings", nil, balancerRoutes},
	{0, "1.5", "CreateRoute", "targets and destinations that are refused", "TF#23866, moto", "sure, OtherSpellings", provisioning, badRoutes},
	{0, "1.5", "ReplaceRoute", "the local route can be turned and given back, not deleted", "VPCUG:replace-local-route-target, TF", "sure, RoutedDeleteFails", nil, localRoutes},
	{0, "1.4", "DescribeRouteTables", "filters and associations", "SDK", "sure, OtherSpellings", nil, routeTableFilters},
	{0, "3.3", "DeleteVpcEndpoints", "a routed endpoint stays", "public code", "RoutedDeleteFails", nil, routedDelete},
	{31, "1.2", "ModifyVpcEndpoint", "routes follow the route tables and the address type", "PL:gateway-endpoints", "sure, OtherSpellings", nil, gatewayTables},
	{32, "3.2", "CreateVpcEndpoint", "second gateway endpoint of a service on a route table", "public code", "OtherSpellings", nil, gatewayTwice},
	{33, "5", "DescribePrefixLists", "IPv4 and IPv6 lists named after the service", "TF, VPCUG:working-with-aws-managed-prefix-lists", "OtherSpellings", nil, prefixLists},
	{43, "6.1", "CreateVpcEndpoint", "S3: inbound-only by default, which needs the gateway endpoint", "TF#33689", "sure", nil, inboundPrivateDNS},
	{43, "3.3", "DeleteVpcEndpoints", "a gateway endpoint that another one needs stays", "cloudposse/terraform-aws-vpc#153", "sure", nil, neededGateway},
	{15, "1.1", "CreateVpcEndpoint", "the kinds that a service has", "SDK", "sure", nil, endpointKinds},
	{0, "1.1", "DescribeVpcEndpointServices", "a service of two kinds is two rows of one name", "terraform-aws-vpc#579, TF#13383", "sure", nil, twoKinds},
	{0, "2.3", "ModifyVpcEndpointServiceConfiguration", "supported Regions; a removed one stays listed, as Deleting, then Deleted or Closed", "SDKT, TF", "sure, ClosedRegions", nil, serviceRegions},
}

func withKind(kind types.VpcEndpointType) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) { in.VpcEndpointType = kind }
}

func withRecords(records types.DnsRecordIpType) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) {
		in.DnsOptions = &types.DnsOptionsSpecification{DnsRecordIpType: records}
	}
}

func withInbound(only bool) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) {
		in.DnsOptions = &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: &only}
	}
}

func withFamily(family types.IpAddressType) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = family }
}

// inDual moves a request to the VPC with IPv6.
func (h *harness) inDual(subnets ...subnet) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) {
		in.VpcId, in.SubnetIds = &h.dualVPC, nil
		for _, s := range subnets {
			in.SubnetIds = append(in.SubnetIds, s.id)
		}
	}
}

// onTables makes a request one of a gateway endpoint.
func onTables(tables ...string) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) {
		in.VpcEndpointType, in.SubnetIds, in.RouteTableIds = types.VpcEndpointTypeGateway, nil, tables
	}
}

// inspection makes a service of a Gateway Load Balancer that the consumer may use.
func (h *harness) inspection(t testing.TB, acceptance bool) types.ServiceConfiguration {
	t.Helper()
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{GatewayLoadBalancerArns: []string{h.gwlb}, AcceptanceRequired: &acceptance})
	h.allow(t, *svc.ServiceId, "*")
	return svc
}

// inspected makes a request one of a Gateway Load Balancer endpoint.
func (h *harness) inspected(in *ec2.CreateVpcEndpointInput) {
	in.VpcEndpointType, in.SubnetIds = types.VpcEndpointTypeGatewayLoadBalancer, []string{h.a.id}
}

// refuseChange modifies an endpoint, which must fail and change nothing.
func (h *harness) refuseChange(t testing.TB, id, code, text string, in *ec2.ModifyVpcEndpointInput) {
	t.Helper()
	before := h.read(t, id)
	in.VpcEndpointId = &id
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), in)
	requireCode(t, err, code, text)
	require.Equal(t, before, h.read(t, id))
}

func lastError(t testing.TB, h *harness) {
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	require.Nil(t, h.read(t, id).LastError)
	h.onlyFake().Account(h.consumerID).FailEndpoint(id, "InsufficientCapacity", "There is no capacity in the zone")
	ep := h.read(t, id)
	require.Equal(t, "failed", string(ep.State))
	require.Equal(t, "InsufficientCapacity", *ep.LastError.Code)
	require.Equal(t, "There is no capacity in the zone", *ep.LastError.Message)
	h.refuseChange(t, id, "IncorrectState", "failed", &ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)})
	h.remove(t, id)
}

func dnsAttributes(t testing.TB, h *harness) {
	read := func(vpc string, attribute types.VpcAttributeName) *ec2.DescribeVpcAttributeOutput {
		out, err := h.consumer.DescribeVpcAttribute(t.Context(), &ec2.DescribeVpcAttributeInput{VpcId: &vpc, Attribute: attribute})
		require.NoError(t, err)
		require.Equal(t, vpc, *out.VpcId)
		return out
	}
	require.True(t, *read(h.vpc, types.VpcAttributeNameEnableDnsHostnames).EnableDnsHostnames.Value)
	require.False(t, *read(h.bareVPC, types.VpcAttributeNameEnableDnsHostnames).EnableDnsHostnames.Value)
	support := read(h.bareVPC, types.VpcAttributeNameEnableDnsSupport)
	require.True(t, *support.EnableDnsSupport.Value)
	require.Nil(t, support.EnableDnsHostnames)
	for code, in := range map[string]*ec2.DescribeVpcAttributeInput{
		"InvalidVpcID.NotFound": {VpcId: &h.strangersVPC, Attribute: types.VpcAttributeNameEnableDnsSupport},
		"MissingParameter":      {VpcId: &h.vpc},
		"UnsupportedOperation":  {VpcId: &h.vpc, Attribute: types.VpcAttributeNameEnableNetworkAddressUsageMetrics},
	} {
		_, err := h.consumer.DescribeVpcAttribute(t.Context(), in)
		requireCode(t, err, code, "")
	}
}

func endpointKinds(t testing.TB, h *harness) {
	sts := h.awsService("sts")
	for _, kind := range types.VpcEndpointType("").Values() {
		if kind != types.VpcEndpointTypeInterface {
			h.refuse(t, "InvalidParameter", "Endpoint type ("+string(kind)+") does not match available service types ([Interface]).", sts, withKind(kind), withSubnets())
		}
	}
	h.refuse(t, "InvalidParameter", "([Gateway])", h.awsService("s3express"))
	h.refuse(t, "InvalidParameter", "([GatewayLoadBalancer])", *h.inspection(t, false).ServiceName)
	for _, part := range []string{"s3", "s3express", "dynamodb"} {
		require.Equal(t, types.VpcEndpointTypeGateway, h.create(t, h.awsService(part), onTables(h.table), withKind("")).VpcEndpointType)
	}
}

func twoKinds(t testing.TB, h *harness) {
	s3 := h.awsService("s3")
	out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{s3}})
	require.NoError(t, err)
	require.Equal(t, []string{s3, s3}, out.ServiceNames)
	rows := map[types.ServiceType]types.ServiceDetail{}
	for _, d := range out.ServiceDetails {
		require.Len(t, d.ServiceType, 1)
		rows[d.ServiceType[0].ServiceType] = d
	}
	require.Len(t, rows, 2)
	require.Nil(t, rows[types.ServiceTypeGateway].PrivateDnsName)
	require.Equal(t, []string{"s3." + h.region + ".amazonaws.com"}, rows[types.ServiceTypeGateway].BaseEndpointDnsNames)
	require.Equal(t, "s3."+h.region+".amazonaws.com", *rows[types.ServiceTypeInterface].PrivateDnsName)
	for _, kind := range []string{"Gateway", "Interface"} {
		one, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{s3}, Filters: filters("service-type", kind)})
		require.NoError(t, err)
		require.Equal(t, []string{s3}, one.ServiceNames)
	}
}

func foreignMembers(t testing.TB, h *harness) {
	s3, svc := h.awsService("s3"), *h.inspection(t, false).ServiceName
	type change = func(*ec2.CreateVpcEndpointInput)
	groups := func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{h.group} }
	policy := func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(`{"Statement":[]}`) }
	configs := func(in *ec2.CreateVpcEndpointInput) {
		in.SubnetConfigurations = []types.SubnetConfiguration{{SubnetId: &h.a.id}}
	}
	for text, c := range map[string]struct {
		change         change
		gateway, gwlbe bool // refused for
	}{
		"Security group IDs are only supported for Interface type VPC Endpoint.":                             {groups, true, true},
		"Subnet configurations are only supported":                                                           {configs, true, true},
		"Private DNS is only supported for Interface type":                                                   {withPrivateDNS(true), true, true},
		"DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC Endpoints.": {withInbound(false), true, true},
		"Endpoint policy is only supported for":                                                              {policy, false, true},
		"DnsOptions are only supported for":                                                                  {withRecords("ipv4"), false, true},
	} {
		if c.gateway {
			h.refuse(t, "InvalidParameter", text, s3, onTables(), c.change)
		}
		if c.gwlbe {
			h.refuse(t, "InvalidParameter", text, svc, h.inspected, c.change)
		}
	}
	h.refuse(t, "InvalidParameter", "PrivateDnsOnlyForInboundResolverEndpoint is not supported", h.awsService("sts"), withInbound(true))
	h.create(t, s3, onTables(), withPrivateDNS(false))
	h.create(t, svc, h.inspected, withPrivateDNS(false))
}

func foreignChanges(t testing.TB, h *harness) {
	gateway := *h.create(t, h.awsService("s3"), onTables(h.table)).VpcEndpointId
	gwlbe := *h.create(t, *h.inspection(t, false).ServiceName, h.inspected).VpcEndpointId
	iface := *h.create(t, h.awsService("sts")).VpcEndpointId
	for _, c := range []struct {
		id, text string
		in       ec2.ModifyVpcEndpointInput
	}{
		{gateway, "Subnet IDs are only supported", ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.a.id}}},
		{gateway, "Security group IDs", ec2.ModifyVpcEndpointInput{RemoveSecurityGroupIds: []string{h.group}}},
		{gateway, "Private DNS is only", ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)}},
		{gwlbe, "cannot be changed", ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.b.id}, RemoveSubnetIds: []string{h.a.id}}},
		{gwlbe, "Endpoint policy", ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)}},
		{gwlbe, "Route table IDs", ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{h.table}}},
		{iface, "Route table IDs", ec2.ModifyVpcEndpointInput{RemoveRouteTableIds: []string{h.table}}},
	} {
		h.refuseChange(t, c.id, "InvalidParameter", c.text, &c.in)
	}
}
