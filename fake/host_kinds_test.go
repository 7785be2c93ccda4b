package fake_test

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestHostSeesTheRecordsOfAnEndpoint looks an endpoint's own and private names up under each DNS record type.
func TestHostSeesTheRecordsOfAnEndpoint(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("222222222222")
	v := a.VPC("10.4.0.0/16").IPv6("2600:1f18:4::/56")
	s := v.Subnet("a", "10.4.1.0/24").IPv6("2600:1f18:4:1::/64")
	out, err := a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, SubnetIds: []string{s.ID}, IpAddressType: "dualstack",
		VpcEndpointType: "Interface", ServiceName: aws.String("com.amazonaws.us-east-1.sts")})
	require.NoError(t, err)
	own, private := *out.VpcEndpoint.DnsEntries[0].DnsName, "sts.us-east-1.amazonaws.com"
	families := func(name string) (v4, v6 int) {
		addrs, err := s.Host().LookupHost(t.Context(), name)
		require.NoError(t, err)
		for _, addr := range addrs {
			if addr.Is4() {
				v4++
			} else {
				v6++
			}
		}
		return v4, v6
	}
	for records, want := range map[types.DnsRecordIpType][4]int{
		"dualstack": {1, 1, 1, 1}, "ipv4": {1, 0, 1, 0}, "ipv6": {0, 1, 0, 1}, "service-defined": {1, 1, 1, 0},
	} {
		_, err := a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: out.VpcEndpoint.VpcEndpointId,
			DnsOptions: &types.DnsOptionsSpecification{DnsRecordIpType: records}})
		require.NoError(t, err)
		var got [4]int
		got[0], got[1] = families(own)
		got[2], got[3] = families(private)
		require.Equal(t, want, got, records)
	}
}

// TestHostDoesNotSeeInboundOnlyNames holds that private DNS for inbound Resolver endpoints leaves the VPC's own resolver alone.
func TestHostDoesNotSeeInboundOnlyNames(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("222222222222")
	v := a.VPC("10.4.0.0/16")
	s := v.Subnet("a", "10.4.1.0/24")
	create := func(in *ec2.CreateVpcEndpointInput) *string {
		in.VpcId, in.ServiceName = &v.ID, aws.String("com.amazonaws.us-east-1.s3")
		out, err := a.CreateVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
		return out.VpcEndpoint.VpcEndpointId
	}
	create(&ec2.CreateVpcEndpointInput{})
	id := create(&ec2.CreateVpcEndpointInput{VpcEndpointType: "Interface", SubnetIds: []string{s.ID}})
	require.Equal(t, requirePublic(t, c.Internet(), "s3.us-east-1.amazonaws.com"), requirePublic(t, s.Host(), "s3.us-east-1.amazonaws.com"))
	_, err := a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: id,
		DnsOptions: &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}})
	require.NoError(t, err)
	addrs, err := s.Host().LookupHost(t.Context(), "s3.us-east-1.amazonaws.com")
	require.NoError(t, err)
	require.True(t, netip.MustParsePrefix("10.4.1.0/24").Contains(addrs[0]))
}

// TestNoLeaksNamesRoutes holds that a route which somebody made counts as left behind.
func TestNoLeaksNamesRoutes(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("222222222222")
	v := a.VPC("10.4.0.0/16")
	table := v.RouteTable()
	out, err := a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, RouteTableIds: []string{table.ID},
		ServiceName: aws.String("com.amazonaws.us-east-1.s3")})
	require.NoError(t, err)
	require.Contains(t, c.Dump(), "tables="+table.ID)
	require.Contains(t, c.Dump(), "pl-63a5400a→"+*out.VpcEndpoint.VpcEndpointId)
	seen := &recorder{TB: t}
	fake.NoLeaks(seen, &c)
	seen.cleanups[0]()
	require.Contains(t, seen.failures[0], "route table "+table.ID+" (its route pl-63a5400a to "+*out.VpcEndpoint.VpcEndpointId+")")
}
