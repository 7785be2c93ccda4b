package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// routes are a route table's, by destination, without the local ones.
func (h *harness) routes(t testing.TB, table string) map[string]types.Route {
	t.Helper()
	out, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
	require.NoError(t, err)
	require.Len(t, out.RouteTables, 1)
	routes := map[string]types.Route{}
	for _, r := range out.RouteTables[0].Routes {
		if *r.GatewayId != "local" {
			routes[aws.ToString(r.DestinationPrefixListId)+aws.ToString(r.DestinationCidrBlock)+aws.ToString(r.DestinationIpv6CidrBlock)] = r
		}
	}
	return routes
}

// lists are the IDs of the prefix lists of a service: the IPv4 one and the IPv6 one.
func (h *harness) lists(t testing.TB, service string) (v4, v6 string) {
	t.Helper()
	out, err := h.consumer.DescribeManagedPrefixLists(t.Context(), &ec2.DescribeManagedPrefixListsInput{Filters: filters("prefix-list-name", service)})
	require.NoError(t, err)
	for _, l := range out.PrefixLists {
		if *l.AddressFamily == "IPv6" {
			v6 = *l.PrefixListId
		} else {
			v4 = *l.PrefixListId
		}
	}
	require.NotEmpty(t, v4)
	require.NotEmpty(t, v6)
	return v4, v6
}

func gatewayShape(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("s3"), onTables(h.table, h.table2))
	require.Equal(t, "available", string(ep.State))
	require.False(t, *ep.PrivateDnsEnabled)
	require.ElementsMatch(t, []string{h.table, h.table2}, ep.RouteTableIds)
	for what, n := range map[string]int{"interfaces": len(ep.NetworkInterfaceIds), "names": len(ep.DnsEntries), "groups": len(ep.Groups), "subnets": len(ep.SubnetIds)} {
		require.Zero(t, n, what)
	}
	require.Equal(t, types.DnsRecordIpTypeServiceDefined, ep.DnsOptions.DnsRecordIpType)
	require.Nil(t, ep.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
	require.JSONEq(t, `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`, *ep.PolicyDocument)
	none := h.create(t, h.awsService("s3"), onTables())
	require.Empty(t, none.RouteTableIds)
	require.Equal(t, "available", string(h.read(t, *none.VpcEndpointId).State))
	balancer := h.create(t, *h.inspection(t, false).ServiceName, h.inspected)
	require.False(t, *balancer.PrivateDnsEnabled)
}

func gatewayRoutes(t testing.TB, h *harness) {
	s3, _ := h.lists(t, h.awsService("s3"))
	dynamo, _ := h.lists(t, h.awsService("dynamodb"))
	id := *h.create(t, h.awsService("s3"), onTables(h.table, h.table2)).VpcEndpointId
	other := *h.create(t, h.awsService("dynamodb"), onTables(h.table)).VpcEndpointId
	routes := h.routes(t, h.table)
	require.Len(t, routes, 2)
	require.Equal(t, other, *routes[dynamo].GatewayId)
	require.Equal(t, types.Route{DestinationPrefixListId: &s3, GatewayId: &id, State: "active", Origin: "CreateRoute"}, routes[s3])
	_, err := h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationPrefixListId: &s3})
	requireCode(t, err, "InvalidParameterValue", s3)
	inspector := h.inspector(t, *h.inspection(t, false).ServiceName)
	_, err = h.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &h.table, DestinationPrefixListId: &s3, VpcEndpointId: &inspector})
	requireCode(t, err, "InvalidParameterValue", s3)
	h.remove(t, id)
	require.Empty(t, h.routes(t, h.table2))
	require.Len(t, h.routes(t, h.table), 1)
}

func gatewayTables(t testing.TB, h *harness) {
	v4, v6 := h.lists(t, h.awsService("s3"))
	id := *h.create(t, h.awsService("s3"), onTables(h.table)).VpcEndpointId
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddRouteTableIds: []string{h.table2}, RemoveRouteTableIds: []string{h.table}})
	require.Empty(t, h.routes(t, h.table))
	require.Equal(t, id, *h.routes(t, h.table2)[v4].GatewayId)
	ep := h.read(t, id)
	require.Equal(t, []string{h.table2}, ep.RouteTableIds)
	require.Equal(t, "available", string(ep.State))
	for _, c := range []struct{ code, table string }{
		{"InvalidRouteTableID.NotFound", "rtb-0123456789abcdef0"}, {"InvalidRouteTableId.Malformed", "rtb-x"}, {"InvalidParameter", h.bareTable},
	} {
		h.refuseChange(t, id, c.code, c.table, &ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{c.table}})
		h.refuse(t, c.code, c.table, h.awsService("s3"), onTables(c.table))
	}
	dual := *h.create(t, h.awsService("s3"), onTables(h.dualTable), h.inDual(), withFamily("dualstack")).VpcEndpointId
	require.Len(t, h.routes(t, h.dualTable), 2)
	require.Equal(t, dual, *h.routes(t, h.dualTable)[v6].GatewayId)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &dual, IpAddressType: types.IpAddressTypeIpv4})
	require.Len(t, h.routes(t, h.dualTable), 1)
	require.Contains(t, h.routes(t, h.dualTable), v4)
	h.refuseChange(t, dual, "InvalidParameter", h.dual[0].id, &ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeIpv6})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &dual, IpAddressType: types.IpAddressTypeDualstack})
	require.Len(t, h.routes(t, h.dualTable), 2)
}

func gatewayTwice(t testing.TB, h *harness) {
	s3, _ := h.lists(t, h.awsService("s3"))
	h.create(t, h.awsService("s3"), onTables(h.table))
	text := "route table " + h.table + " already has a route with destination-prefix-list-id " + s3
	h.refuse(t, "RouteAlreadyExists", text, h.awsService("s3"), onTables(h.table2, h.table))
	require.Empty(t, h.routes(t, h.table2))
	second := *h.create(t, h.awsService("s3"), onTables(h.table2)).VpcEndpointId
	h.refuseChange(t, second, "RouteAlreadyExists", text, &ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{h.table}})
}

func prefixLists(t testing.TB, h *harness) {
	for _, part := range []string{"s3", "s3express", "dynamodb"} {
		out, err := h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{Filters: filters("prefix-list-name", h.awsService(part))})
		require.NoError(t, err)
		require.Len(t, out.PrefixLists, 2)
		v4, v6 := h.lists(t, h.awsService(part))
		require.NotEqual(t, v4, v6)
		for i, want := range []string{v4, v6} {
			l := out.PrefixLists[i]
			require.Equal(t, want, *l.PrefixListId)
			require.Regexp(t, `^pl-[0-9a-f]+$`, want)
			require.Equal(t, h.awsService(part), *l.PrefixListName)
			require.NotEmpty(t, l.Cidrs)
			require.Equal(t, i == 1, ipv6(l.Cidrs[0]))
		}
	}
	one, err := h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{PrefixListIds: []string{"pl-63a5400a"}})
	require.NoError(t, err)
	require.Equal(t, h.awsService("s3"), *one.PrefixLists[0].PrefixListName)
	_, err = h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{PrefixListIds: []string{"pl-00000000"}})
	requireCode(t, err, "InvalidPrefixListID.NotFound", "pl-00000000")
	_, err = h.consumer.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{Filters: filters("vpc-id", h.vpc)})
	requireCode(t, err, "InvalidFilter", "vpc-id")
	n := 0
	for p := ec2.NewDescribePrefixListsPaginator(h.consumer, &ec2.DescribePrefixListsInput{MaxResults: aws.Int32(4)}); p.HasMorePages(); {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		n += len(out.PrefixLists)
	}
	require.Equal(t, 6, n)
}

// localRoutes: each of a VPC's blocks has one, which stays whatever it leads to.
func localRoutes(t testing.TB, h *harness) {
	inspector := h.inspector(t, *h.inspection(t, false).ServiceName)
	local := func(table string) map[string]string {
		out, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
		require.NoError(t, err)
		all := map[string]string{}
		for _, r := range out.RouteTables[0].Routes {
			if r.Origin == types.RouteOriginCreateRouteTable {
				all[aws.ToString(r.DestinationCidrBlock)+aws.ToString(r.DestinationIpv6CidrBlock)] = *r.GatewayId
			}
		}
		return all
	}
	block, turned := "10.1.0.0/16", ec2.ReplaceRouteInput{RouteTableId: &h.table, DestinationCidrBlock: aws.String("10.1.0.0/16")}
	before := local(h.table)
	require.Equal(t, map[string]string{block: "local"}, before)
	remove := func() error {
		_, err := h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.table, DestinationCidrBlock: &block})
		return err
	}
	requireCode(t, remove(), "InvalidParameterValue", "cannot remove local route "+block+" in route table "+h.table)
	turned.VpcEndpointId = &inspector
	_, err := h.consumer.ReplaceRoute(t.Context(), &turned)
	require.NoError(t, err)
	require.Equal(t, map[string]string{block: inspector}, local(h.table))
	requireCode(t, remove(), "InvalidParameterValue", "cannot remove local route")
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{inspector}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, inspector, "InvalidParameter")
	turned.LocalTarget = aws.Bool(true)
	_, err = h.consumer.ReplaceRoute(t.Context(), &turned)
	requireCode(t, err, "MissingParameter", "exactly one")
	turned.VpcEndpointId = nil
	_, err = h.consumer.ReplaceRoute(t.Context(), &turned)
	require.NoError(t, err)
	require.Equal(t, before, local(h.table))
	h.route(t, h.table, everywhere, inspector)
	turned.DestinationCidrBlock = aws.String(everywhere)
	_, err = h.consumer.ReplaceRoute(t.Context(), &turned)
	requireCode(t, err, "InvalidParameterValue", "is not a local route")
	for six, to := range local(h.dualTable) {
		require.Equal(t, "local", to)
		if !ipv6(six) {
			continue
		}
		_, err = h.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &h.dualTable, DestinationIpv6CidrBlock: &six})
		requireCode(t, err, "InvalidParameterValue", "cannot remove local route "+six)
	}
}
