package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestImpossibleSeedsPanic(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	sa, sw := v.Subnet("a", "10.0.1.0/24"), w.Subnet("a", "10.1.1.0/24")
	v.SecurityGroup("web")
	a.NLB("taken", sa)
	for name, f := range map[string]func(){
		"account":          func() { c.Account("1") },
		"region":           func() { a.In("us-east-9") },
		"no CIDR":          func() { a.VPC("10.0.0.0") },
		"VPC too large":    func() { a.VPC("10.0.0.0/8") },
		"unknown zone":     func() { v.Subnet("z", "10.0.9.0/24") },
		"foreign zone":     func() { v.Subnet("us-east-2a", "10.0.9.0/24") },
		"outside":          func() { v.Subnet("a", "10.9.0.0/24") },
		"overlap":          func() { v.Subnet("b", "10.0.1.128/25") },
		"too small":        func() { v.Subnet("b", "10.0.9.0/29") },
		"no IPv6 block":    func() { v.Subnet("a", "fd00::/64") },
		"group twice":      func() { v.SecurityGroup("web") },
		"group default":    func() { v.SecurityGroup("default") },
		"port":             func() { v.DefaultSecurityGroup().AllowTCP(0, "0.0.0.0/0") },
		"table elsewhere":  func() { v.RouteTable(sw) },
		"NLB name":         func() { a.NLB("no spaces", sa) },
		"NLB name taken":   func() { a.NLB("taken", sa) },
		"NLB bare":         func() { a.NLB("bare") },
		"NLB in two VPCs":  func() { a.NLB("two", sa, sw) },
		"NLB twice a zone": func() { a.NLB("twice", sa, v.Subnet("a", "10.0.8.0/24")) },
		"hosts' addresses": func() { c.Internet().Listen("3.80.0.1:80") },
		"private address":  func() { c.Internet().Listen("10.0.0.1:80") },
		"NLB single stack": func() { a.NLB("single", sa).DualStack() },
	} {
		require.Panics(t, f, name)
	}
}

func TestHostBitsOfBlocksDoNotCount(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v := a.VPC("10.0.7.9/16")
	v.Subnet("a", "10.0.1.9/24")
	v.DefaultSecurityGroup().AllowTCP(443, "10.0.1.9/24")
	for _, block := range []string{"10.0.0.0/16", "10.0.1.0/24"} {
		require.Contains(t, c.Dump(), " "+block)
	}
	groups, err := a.DescribeSecurityGroups(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "10.0.1.0/24", *groups.SecurityGroups[0].IpPermissions[1].IpRanges[0].CidrIp)
}

func TestDualStackAndIPv6Only(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v := a.VPC("10.0.0.0/16").IPv6("fd00:1::/56")
	dual, six := v.Subnet("a", "10.0.1.0/24").IPv6("fd00:1::/64"), v.Subnet("a", "fd00:1:0:1::/64")
	nlb := a.NLB("orders", dual).DualStack()
	svc, err := a.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{nlb.ARN}, SupportedIpAddressTypes: []string{"ipv4", "ipv6"}, AcceptanceRequired: aws.Bool(false)})
	require.NoError(t, err)
	for _, c := range []struct {
		kind       types.IpAddressType
		subnet     *fake.Subnet
		ipv4, ipv6 bool
	}{{types.IpAddressTypeIpv4, dual, true, false}, {types.IpAddressTypeDualstack, dual, true, true}, {types.IpAddressTypeIpv6, six, false, true}} {
		out, err := a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: svc.ServiceConfiguration.ServiceName,
			VpcEndpointType: types.VpcEndpointTypeInterface, SubnetIds: []string{c.subnet.ID}, IpAddressType: c.kind})
		require.NoError(t, err)
		require.Equal(t, types.DnsRecordIpType(c.kind), out.VpcEndpoint.DnsOptions.DnsRecordIpType)
		faces, err := a.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: out.VpcEndpoint.NetworkInterfaceIds})
		require.NoError(t, err)
		ni := faces.NetworkInterfaces[0]
		require.Equal(t, c.ipv4, ni.PrivateIpAddress != nil)
		require.Equal(t, c.ipv6, ni.Ipv6Address != nil)
		require.Equal(t, c.ipv6, *ni.DenyAllIgwTraffic)
	}
	_, err = a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: svc.ServiceConfiguration.ServiceName,
		VpcEndpointType: types.VpcEndpointTypeInterface, SubnetIds: []string{six.ID}})
	requireCode(t, err, "InvalidParameter", six.ID)
}

func TestPrivateDNSNeedsBothAttributes(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v := a.VPC("10.0.0.0/16")
	in := &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: aws.String("com.amazonaws.us-east-1.sts"), VpcEndpointType: types.VpcEndpointTypeInterface}
	for _, f := range []func(*fake.VPC, bool) *fake.VPC{(*fake.VPC).DNSSupport, (*fake.VPC).DNSHostnames} {
		f(v, false)
		_, err := a.CreateVpcEndpoint(t.Context(), in)
		requireCode(t, err, "InvalidParameter", "requires both")
		f(v, true)
	}
	_, err := a.CreateVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
}

func TestSubnetRunsOut(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	a := h.cloud.Account("444444444444")
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/28")
	in := &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: aws.String(h.awsService("sts")), VpcEndpointType: types.VpcEndpointTypeInterface,
		SubnetIds: []string{s.ID}, PrivateDnsEnabled: aws.Bool(false)}
	var last string
	for range 11 {
		out, err := a.CreateVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
		last = *out.VpcEndpoint.VpcEndpointId
	}
	_, err := a.CreateVpcEndpoint(t.Context(), in)
	requireCode(t, err, "InsufficientFreeAddressesInSubnet", s.ID)
	subnets, err := a.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{SubnetIds: []string{s.ID}})
	require.NoError(t, err)
	require.Zero(t, *subnets.Subnets[0].AvailableIpAddressCount)
	_, err = a.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{last}})
	require.NoError(t, err)
	_, err = a.CreateVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
}

func TestEndpointQuota(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	for range 50 {
		h.create(t, h.awsService("sts"), withPrivateDNS(false), withSubnets())
	}
	h.refuse(t, "VpcEndpointLimitExceeded", "50", h.awsService("sts"), withPrivateDNS(false), withSubnets())
}

func TestShuffledZones(t *testing.T) {
	t.Parallel()
	ids := func(shuffle bool, account string) (out []string) {
		c := fake.Cloud{ShuffleAZs: shuffle}
		a := c.Account(account)
		v := a.VPC("10.0.0.0/16")
		for i, az := range []string{"a", "b", "c", "d", "e", "f"} {
			v.Subnet(az, "10.0."+string(rune('0'+i))+".0/24")
		}
		got, err := a.DescribeSubnets(t.Context(), nil)
		require.NoError(t, err)
		for _, s := range got.Subnets {
			out = append(out, *s.AvailabilityZoneId)
		}
		return out
	}
	plain := []string{"use1-az1", "use1-az2", "use1-az3", "use1-az4", "use1-az5", "use1-az6"}
	require.Equal(t, plain, ids(false, "111111111111"))
	first, second := ids(true, "111111111111"), ids(true, "222222222222")
	require.ElementsMatch(t, plain, first)
	require.NotEqual(t, first, second)
}

func TestNewZonesOfABalancerNeedAModify(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account("111111111111")
	v := a.VPC("10.0.0.0/16")
	nlb := a.NLB("orders", v.Subnet("a", "10.0.1.0/24"))
	svc, err := a.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{nlb.ARN}})
	require.NoError(t, err)
	zones := func() []string {
		out, err := a.DescribeVpcEndpointServiceConfigurations(t.Context(), nil)
		require.NoError(t, err)
		return out.ServiceConfigurations[0].AvailabilityZones
	}
	nlb.AddSubnets(v.Subnet("b", "10.0.2.0/24"))
	require.Equal(t, []string{"us-east-1a"}, zones())
	_, err = a.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceConfiguration.ServiceId})
	require.NoError(t, err)
	require.Equal(t, []string{"us-east-1a", "us-east-1b"}, zones())
}

func TestRegionsAreApart(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	east := c.Account("111111111111")
	west := east.In("us-west-2")
	v := east.VPC("10.0.0.0/16")
	require.Same(t, west, east.In("us-west-2"))
	_, err := west.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{v.ID}})
	requireCode(t, err, "InvalidVpcID.NotFound", v.ID)
	out, err := east.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{v.ID}})
	require.NoError(t, err)
	require.Equal(t, "10.0.0.0/16", *out.Vpcs[0].CidrBlock)
	svc, err := east.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{east.NLB("orders", v.Subnet("a", "10.0.1.0/24")).ARN}})
	require.NoError(t, err)
	w := west.VPC("10.0.0.0/16")
	_, err = west.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &w.ID, VpcEndpointType: types.VpcEndpointTypeInterface,
		ServiceName: svc.ServiceConfiguration.ServiceName})
	requireCode(t, err, "InvalidServiceName", "")
}
