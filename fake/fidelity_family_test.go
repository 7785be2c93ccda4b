package fake_test

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

func ipv6(cidr string) bool { return netip.MustParsePrefix(cidr).Addr().Is6() }

func addressTypes(t testing.TB, h *harness) {
	sts := h.awsService("sts")
	id := *h.create(t, sts, h.inDual(h.dual[0], h.dual[1])).VpcEndpointId
	was := h.interfaces(t, id)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, IpAddressType: types.IpAddressTypeDualstack})
	ep := h.read(t, id)
	require.Equal(t, types.IpAddressTypeDualstack, ep.IpAddressType)
	require.Equal(t, types.DnsRecordIpTypeDualstack, ep.DnsOptions.DnsRecordIpType)
	for subnet, ni := range h.interfaces(t, id) {
		require.Equal(t, was[subnet].NetworkInterfaceId, ni.NetworkInterfaceId)
		require.Equal(t, was[subnet].PrivateIpAddress, ni.PrivateIpAddress)
		require.NotNil(t, ni.Ipv6Address)
		require.True(t, *ni.DenyAllIgwTraffic)
	}
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, DnsOptions: &types.DnsOptionsSpecification{DnsRecordIpType: types.DnsRecordIpTypeServiceDefined}})
	require.Equal(t, types.DnsRecordIpTypeServiceDefined, h.read(t, id).DnsOptions.DnsRecordIpType)
	h.refuseChange(t, id, "InvalidParameter", h.dual[0].id, &ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeIpv6})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, IpAddressType: types.IpAddressTypeIpv4})
	ep = h.read(t, id)
	require.Equal(t, types.DnsRecordIpTypeIpv4, ep.DnsOptions.DnsRecordIpType)
	require.Nil(t, h.interfaces(t, id)[h.dual[0].id].Ipv6Address)
	single := *h.create(t, *h.service(t, false).ServiceName, h.inDual(h.dual[0])).VpcEndpointId
	h.refuseChange(t, single, "InvalidParameter", "does not support the IP address type dualstack", &ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeDualstack})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, IpAddressType: types.IpAddressTypeIpv6,
		RemoveSubnetIds: []string{h.dual[0].id, h.dual[1].id}, AddSubnetIds: []string{h.six.id}})
	require.Nil(t, h.interfaces(t, id)[h.six.id].PrivateIpAddress)
}

func interfaceRecords(t testing.TB, h *harness) {
	for family, c := range map[types.IpAddressType]struct {
		in      []subnet
		first   types.DnsRecordIpType
		allowed []types.DnsRecordIpType
	}{
		"ipv4":      {h.dual[:], "ipv4", []types.DnsRecordIpType{"ipv4"}},
		"ipv6":      {[]subnet{h.six}, "ipv6", []types.DnsRecordIpType{"ipv6"}},
		"dualstack": {h.dual[:], "dualstack", []types.DnsRecordIpType{"dualstack", "ipv4", "ipv6", "service-defined"}},
	} {
		ep := h.create(t, h.awsService("sts"), h.inDual(c.in...), withFamily(family), withPrivateDNS(false))
		require.Equal(t, c.first, ep.DnsOptions.DnsRecordIpType, family)
		for _, records := range types.DnsRecordIpType("").Values() {
			change := []func(*ec2.CreateVpcEndpointInput){h.inDual(c.in...), withFamily(family), withPrivateDNS(false), withRecords(records)}
			if !contains(c.allowed, records) {
				h.refuse(t, "InvalidParameter", "not compatible", h.awsService("sts"), change...)
				continue
			}
			require.Equal(t, records, h.create(t, h.awsService("sts"), change...).DnsOptions.DnsRecordIpType)
		}
	}
	h.refuse(t, "InvalidParameter", "both", h.awsService("sts"), withRecords("both"), withPrivateDNS(false))
}

func contains(all []types.DnsRecordIpType, one types.DnsRecordIpType) bool {
	for _, r := range all {
		if r == one {
			return true
		}
	}
	return false
}

func gatewayRecords(t testing.TB, h *harness) {
	s3 := h.awsService("s3")
	require.Equal(t, types.DnsRecordIpTypeIpv4, h.create(t, s3, onTables(), withRecords("ipv4")).DnsOptions.DnsRecordIpType)
	h.refuse(t, "InvalidParameter", "not compatible", s3, onTables(), withRecords("dualstack"))
	h.create(t, s3, onTables(), withRecords("dualstack"), withFamily("dualstack"))
	h.refuse(t, "InvalidParameter", "does not support the DNS record IP type", h.awsService("dynamodb"), onTables(), withRecords("ipv4"))
	bare := func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &h.bareVPC }
	h.refuse(t, "InvalidParameter", "enableDnsHostnames", s3, onTables(), bare, withRecords("ipv4"))
	id := *h.create(t, s3, onTables(h.bareTable), bare).VpcEndpointId
	h.refuseChange(t, id, "InvalidParameter", "enableDnsHostnames", &ec2.ModifyVpcEndpointInput{DnsOptions: &types.DnsOptionsSpecification{DnsRecordIpType: "ipv4"}})
}

func inboundPrivateDNS(t testing.TB, h *harness) {
	s3 := h.awsService("s3")
	text := "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC " + h.vpc + " must have a Gateway endpoint for the service."
	h.refuse(t, "InvalidParameter", text, s3)
	h.refuse(t, "InvalidParameter", text, s3, withInbound(true))
	h.refuse(t, "InvalidParameter", "private DNS is enabled", s3, withInbound(true), withPrivateDNS(false))
	off := h.create(t, s3, withInbound(false))
	require.False(t, *off.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
	require.True(t, *off.PrivateDnsEnabled)
	h.refuseChange(t, *off.VpcEndpointId, "InvalidParameter", text,
		&ec2.ModifyVpcEndpointInput{DnsOptions: &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(true)}})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: off.VpcEndpointId, PrivateDnsEnabled: aws.Bool(false)})
	h.refuseChange(t, *off.VpcEndpointId, "InvalidParameter", text, &ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)})
	v6 := h.create(t, s3, onTables(), withFamily("ipv6"), withRecords("ipv6"))
	h.refuse(t, "InvalidParameter", text, s3)
	h.remove(t, *v6.VpcEndpointId)
	h.create(t, s3, onTables(), withRecords("ipv4"))
	on := h.create(t, s3)
	require.True(t, *on.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: on.VpcEndpointId, DnsOptions: &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}})
	require.False(t, *h.read(t, *on.VpcEndpointId).DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint)
}

func neededGateway(t testing.TB, h *harness) {
	s3 := h.awsService("s3")
	gateway := *h.create(t, s3, onTables(h.table)).VpcEndpointId
	iface := *h.create(t, s3).VpcEndpointId
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{gateway}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, gateway, "InvalidParameter")
	require.Equal(t, "Gateway endpoint cannot be deleted while Interface endpoint "+iface+" for the service has PrivateDnsOnlyForInboundResolverEndpoint set to true.",
		*out.Unsuccessful[0].Error.Message)
	require.Len(t, h.routes(t, h.table), 1)
	second := *h.create(t, s3, onTables(h.table2)).VpcEndpointId
	h.remove(t, gateway)
	h.remove(t, iface)
	h.remove(t, second)
}

func fixedAddresses(t testing.TB, h *harness) {
	at := func(s subnet, v4, v6 string) types.SubnetConfiguration {
		c := types.SubnetConfiguration{SubnetId: &s.id, Ipv4: &v4}
		if v6 != "" {
			c.Ipv6 = &v6
		}
		return c
	}
	a, b := h.dual[0], h.dual[1]
	id := *h.create(t, h.awsService("sts"), h.inDual(a, b), withFamily("dualstack"), func(in *ec2.CreateVpcEndpointInput) {
		in.SubnetConfigurations = []types.SubnetConfiguration{at(a, "10.4.1.77", h.v6(1, "77"))}
	}).VpcEndpointId
	was := h.interfaces(t, id)
	require.Equal(t, "10.4.1.77", *was[a.id].PrivateIpAddress)
	require.Equal(t, h.v6(1, "77"), *was[a.id].Ipv6Address)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, SubnetConfigurations: []types.SubnetConfiguration{at(a, "10.4.1.77", h.v6(1, "77"))}})
	require.Equal(t, was, h.interfaces(t, id))
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, SubnetConfigurations: []types.SubnetConfiguration{at(a, "10.4.1.77", h.v6(1, "78"))}})
	now := h.interfaces(t, id)
	require.Equal(t, "10.4.1.77", *now[a.id].PrivateIpAddress)
	require.Equal(t, h.v6(1, "78"), *now[a.id].Ipv6Address)
	require.NotEqual(t, was[a.id].NetworkInterfaceId, now[a.id].NetworkInterfaceId)
	require.Equal(t, was[b.id], now[b.id])
	require.ElementsMatch(t, []string{*now[a.id].NetworkInterfaceId, *now[b.id].NetworkInterfaceId}, h.read(t, id).NetworkInterfaceIds)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{b.id}})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{b.id}, SubnetConfigurations: []types.SubnetConfiguration{at(b, "10.4.2.9", h.v6(2, "9"))}})
	require.Equal(t, "10.4.2.9", *h.interfaces(t, id)[b.id].PrivateIpAddress)
}

func badAddresses(t testing.TB, h *harness) {
	taken := func(id, s string) string { return *h.interfaces(t, id)[s].PrivateIpAddress }
	other := *h.create(t, h.awsService("sts"), withPrivateDNS(false)).VpcEndpointId
	id := *h.create(t, h.awsService("ssm")).VpcEndpointId
	for _, c := range []struct {
		code, text string
		configs    []types.SubnetConfiguration
	}{
		{"InvalidIPAddress.InUse", "", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: aws.String(taken(other, h.a.id))}}},
		{"InvalidParameter", "reserved", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: aws.String("10.1.1.3")}}},
		{"InvalidParameter", "reserved", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: aws.String("10.1.1.255")}}},
		{"InvalidParameter", "10.1.2.9", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: aws.String("10.1.2.9")}}},
		{"InvalidParameter", "nonsense", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv4: aws.String("nonsense")}}},
		{"InvalidParameter", "does not fit the IP address type ipv4", []types.SubnetConfiguration{{SubnetId: &h.a.id, Ipv6: aws.String(h.v6(1, "9"))}}},
		{"InvalidParameter", "not among the subnets", []types.SubnetConfiguration{{SubnetId: &h.c.id, Ipv4: aws.String("10.1.3.9")}}},
		{"InvalidParameter", "more than one", []types.SubnetConfiguration{{SubnetId: &h.a.id}, {SubnetId: &h.a.id}}},
		{"InvalidSubnetID.NotFound", "", []types.SubnetConfiguration{{SubnetId: aws.String("subnet-0123456789abcdef0")}}},
	} {
		h.refuse(t, c.code, c.text, h.awsService("logs"), func(in *ec2.CreateVpcEndpointInput) { in.SubnetConfigurations = c.configs })
		h.refuseChange(t, id, c.code, c.text, &ec2.ModifyVpcEndpointInput{SubnetConfigurations: c.configs})
	}
	h.refuse(t, "InvalidParameter", "must have an IPv6 address", h.awsService("logs"), h.inDual(h.dual[0]), withFamily("dualstack"), func(in *ec2.CreateVpcEndpointInput) {
		in.SubnetConfigurations = []types.SubnetConfiguration{{SubnetId: &h.dual[0].id, Ipv4: aws.String("10.4.1.9")}}
	})
}
