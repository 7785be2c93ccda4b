package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

const everywhere = "0.0.0.0/0"

// route makes a route to an endpoint, which must succeed.
func (h *harness) route(t testing.TB, table, cidr, endpoint string) {
	t.Helper()
	out, err := h.consumer.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &table, DestinationCidrBlock: &cidr, VpcEndpointId: &endpoint})
	require.NoError(t, err)
	require.True(t, *out.Return)
}

// inspector makes a Gateway Load Balancer endpoint that is available.
func (h *harness) inspector(t testing.TB, service string) string {
	t.Helper()
	id := *h.create(t, service, h.inspected).VpcEndpointId
	h.reach(t, id, "available")
	return id
}

func balancerEndpoint(t testing.TB, h *harness) {
	svc := h.inspection(t, true)
	for _, subnets := range [][]string{nil, {h.a.id, h.b.id}} {
		h.refuse(t, "InvalidParameter", "exactly one subnet", *svc.ServiceName, h.inspected, withSubnets(subnets...))
	}
	ep := h.create(t, *svc.ServiceName, h.inspected)
	require.Equal(t, "pendingAcceptance", string(ep.State))
	require.Nil(t, ep.PolicyDocument)
	require.Nil(t, ep.DnsOptions)
	require.Empty(t, ep.DnsEntries)
	require.Empty(t, ep.Groups)
	require.False(t, *ep.PrivateDnsEnabled)
	require.Equal(t, []string{h.a.id}, ep.SubnetIds)
	ni := h.interfaces(t, *ep.VpcEndpointId)[h.a.id]
	require.Equal(t, "gateway_load_balancer_endpoint", string(ni.InterfaceType))
	require.Equal(t, []string{*ni.NetworkInterfaceId}, ep.NetworkInterfaceIds)
	require.Empty(t, ni.Groups)
	h.accept(t, *svc.ServiceId, *ep.VpcEndpointId)
	h.reach(t, *ep.VpcEndpointId, "available")
}

func balancerRoutes(t testing.TB, h *harness) {
	svc := *h.inspection(t, false).ServiceName
	first, second := h.inspector(t, svc), h.inspector(t, svc)
	h.route(t, h.table, everywhere, first)
	h.route(t, h.table, "100.68.0.18/18", first)
	_, err := h.consumer.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &h.table, DestinationIpv6CidrBlock: aws.String("2001:DB8::1/32"), VpcEndpointId: &first})
	require.NoError(t, err)
	s3, _ := h.lists(t, h.awsService("s3"))
	_, err = h.consumer.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &h.table, DestinationPrefixListId: &s3, VpcEndpointId: &first})
	require.NoError(t, err)
	routes := h.routes(t, h.table)
	require.Len(t, routes, 4)
	for _, destination := range []string{everywhere, "100.68.0.0/18", "2001:db8::/32", s3} {
		require.Equal(t, first, aws.ToString(routes[destination].GatewayId), destination)
	}
	require.Equal(t, types.Route{DestinationCidrBlock: aws.String(everywhere), GatewayId: &first, State: "active", Origin: "CreateRoute"}, routes[everywhere])
	_, err = h.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String("100.68.3.1/18"), VpcEndpointId: &second})
	require.NoError(t, err)
	require.Equal(t, second, *h.routes(t, h.table)["100.68.0.0/18"].GatewayId)
	_, err = h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String(everywhere)})
	require.NoError(t, err)
	require.NotContains(t, h.routes(t, h.table), everywhere)
	if h.cloud != nil { // AWS fails none to order
		h.cloud.Account(h.consumerID).FailEndpoint(second, "Gone", "gone")
		require.Equal(t, types.RouteStateBlackhole, h.routes(t, h.table)["100.68.0.0/18"].State)
	}
}

func badRoutes(t testing.TB, h *harness) {
	svc := *h.inspection(t, false).ServiceName
	pending := h.create(t, svc, h.inspected).VpcEndpointId
	create := func(in ec2.CreateRouteInput) error {
		if in.RouteTableId == nil {
			in.RouteTableId = &h.table
		}
		_, err := h.consumer.CreateRoute(t.Context(), &in)
		return err
	}
	text := "Route table contains unsupported route target: " + *pending + ". VPC Endpoints of this type cannot be used as route targets."
	requireCode(t, create(ec2.CreateRouteInput{DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: pending}), "RouteNotSupported", text)
	h.reach(t, *pending, "available")
	ready, iface := pending, h.create(t, h.awsService("sts")).VpcEndpointId
	h.reach(t, *iface, "available")
	require.NoError(t, create(ec2.CreateRouteInput{DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: ready}))
	for _, c := range []struct {
		code, text string
		in         ec2.CreateRouteInput
	}{
		{"RouteNotSupported", *iface, ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.9.0.0/16"), VpcEndpointId: iface}},
		{"RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.", ec2.CreateRouteInput{DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: ready}},
		{"RouteAlreadyExists", "10.1.0.0/16", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.1.0.0/16"), VpcEndpointId: ready}},
		{"InvalidParameterValue", "not a valid CIDR block", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.1.0.0"), VpcEndpointId: ready}},
		{"InvalidParameterValue", "not a valid CIDR block", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("2001:db8::/32"), VpcEndpointId: ready}},
		{"InvalidParameterValue", "different networks", ec2.CreateRouteInput{RouteTableId: &h.bareTable, DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: ready}},
		{"InvalidRouteTableID.NotFound", "", ec2.CreateRouteInput{RouteTableId: aws.String("rtb-0123456789abcdef0"), DestinationCidrBlock: aws.String(everywhere), VpcEndpointId: ready}},
		{"InvalidVpcEndpointId.NotFound", "", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.9.0.0/16"), VpcEndpointId: aws.String("vpce-0123456789abcdef0")}},
		{"InvalidPrefixListID.NotFound", "", ec2.CreateRouteInput{DestinationPrefixListId: aws.String("pl-00000000"), VpcEndpointId: ready}},
		{"MissingParameter", "destination", ec2.CreateRouteInput{VpcEndpointId: ready}},
		{"MissingParameter", "target", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.9.0.0/16")}},
		{"UnsupportedOperation", "NatGatewayId is not modelled", ec2.CreateRouteInput{DestinationCidrBlock: aws.String("10.9.0.0/16"), NatGatewayId: aws.String("nat-1")}},
	} {
		requireCode(t, create(c.in), c.code, c.text)
	}
	require.Len(t, h.routes(t, h.table), 1)
	_, err := h.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String("10.9.0.0/16"), VpcEndpointId: ready})
	requireCode(t, err, "InvalidRoute.NotFound", "10.9.0.0/16")
	_, err = h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String("10.9.0.0/16")})
	requireCode(t, err, "InvalidRoute.NotFound", "no route with destination-cidr-block 10.9.0.0/16 in route table "+h.table)
	_, err = h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String("10.1.0.0/16")})
	requireCode(t, err, "InvalidParameterValue", "cannot remove local route 10.1.0.0/16")
}

func routedDelete(t testing.TB, h *harness) {
	svc := *h.inspection(t, false).ServiceName
	used, free := h.inspector(t, svc), h.inspector(t, svc)
	h.route(t, h.table, everywhere, used)
	in := &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{used, free}}
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), in)
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, used, "InvalidParameter")
	require.Equal(t, "Endpoint must be removed from route table before deletion", *out.Unsuccessful[0].Error.Message)
	require.Equal(t, "available", string(h.read(t, used).State))
	_, err = h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String(everywhere)})
	require.NoError(t, err)
	h.remove(t, used)
}

func routeTableFilters(t testing.TB, h *harness) {
	id := h.inspector(t, *h.inspection(t, false).ServiceName)
	h.route(t, h.table, everywhere, id)
	h.tag(t, h.table, "Name", "edge")
	for name, c := range map[string]struct {
		value string
		n     int
	}{
		"route-table-id": {h.table, 1}, "route.gateway-id": {id, 1}, "route.destination-cidr-block": {everywhere, 1}, "route.origin": {"CreateRoute", 1},
		"route.state": {"blackhole", 0}, "tag:Name": {"edge", 1}, "tag-key": {"Name", 1}, "vpc-id": {h.vpc, 3}, "association.main": {"true", 3},
		"association.subnet-id": {h.dual[0].id, 1}, "association.route-table-id": {h.table, 0}, "owner-id": {h.strangerID, 0},
		"route.destination-ipv6-cidr-block": {h.block6, 2}, "route.destination-prefix-list-id": {"pl-63a5400a", 0},
	} {
		out, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{Filters: filters(name, c.value)})
		require.NoError(t, err, name)
		require.Len(t, out.RouteTables, c.n, name)
	}
	_, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{Filters: filters("colour", "red")})
	requireCode(t, err, "InvalidFilter", "colour")
	out, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{h.dualTable}})
	require.NoError(t, err)
	table := out.RouteTables[0]
	require.Equal(t, h.dual[0].id, *table.Associations[0].SubnetId)
	require.False(t, *table.Associations[0].Main)
	require.Equal(t, "local", *table.Routes[0].GatewayId)
	_, err = h.stranger.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{h.table}})
	requireCode(t, err, "InvalidRouteTableID.NotFound", h.table)
}
