package fake_test

import (
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// dualStack is an endpoint with both families in front of a dual-stack load balancer, in one zone.
func dualStack(t testing.TB) (c *fake.Cloud, v *fake.VPC, s *fake.Subnet, name string) {
	t.Helper()
	c = &fake.Cloud{}
	p, q := c.Account(ownerID), c.Account(partnerID)
	pv := p.VPC("10.0.0.0/16").IPv6("2001:db8:a::/56")
	nlb := p.NLB("orders", pv.Subnet("a", "10.0.1.0/24").IPv6("2001:db8:a:1::/64")).DualStack()
	l := nlb.Listen(80)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	svc, err := p.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{nlb.ARN}, SupportedIpAddressTypes: []string{"ipv4", "ipv6"}, AcceptanceRequired: new(bool)})
	require.NoError(t, err)
	_, err = p.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	v = q.VPC("10.1.0.0/16").IPv6("2001:db8:b::/56")
	s = v.Subnet("a", "10.1.1.0/24").IPv6("2001:db8:b:1::/64")
	ep, err := q.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface,
		ServiceName: svc.ServiceConfiguration.ServiceName, SubnetIds: []string{s.ID}, IpAddressType: ec2types.IpAddressTypeDualstack})
	require.NoError(t, err)
	return c, v, s, *ep.VpcEndpoint.DnsEntries[0].DnsName
}

func TestBothFamiliesReachADualStackEndpoint(t *testing.T) {
	_, v, s, name := dualStack(t)
	addrs, err := v.LookupHost(t.Context(), name)
	require.NoError(t, err)
	require.Len(t, addrs, 2)
	require.True(t, addrs[0].Is4())
	require.True(t, netip.MustParsePrefix("2001:db8:b:1::/64").Contains(addrs[1]))
	for _, network := range []string{"tcp4", "tcp6"} {
		conn, err := s.DialContext(t.Context(), network, name+":80")
		require.NoError(t, err, "the default group admits its own members")
		require.NoError(t, conn.Close())
	}
}

// TestATargetSeesItsClientsFamily has a load balancer's node stand for a client by IPv6 too.
func TestATargetSeesItsClientsFamily(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	s := a.VPC("10.0.0.0/16").IPv6("2001:db8:a::/56").Subnet("a", "10.0.1.0/24").IPv6("2001:db8:a:1::/64")
	nlb := a.NLB("orders", s).DualStack()
	l := nlb.Listen(80)
	for _, network := range []string{"tcp4", "tcp6"} {
		dialled, err := s.Host().DialContext(t.Context(), network, balancerDNSName(t, a, nlb.ARN)+":80")
		require.NoError(t, err)
		accepted, err := l.Accept()
		require.NoError(t, err)
		node := dialled.RemoteAddr().(*net.TCPAddr)
		require.Equal(t, network == "tcp4", node.IP.To4() != nil)
		require.Equal(t, node.String(), accepted.LocalAddr().String())
		require.Equal(t, node.IP, accepted.RemoteAddr().(*net.TCPAddr).IP)
	}
	require.NoError(t, l.Close())
}

// TestEndpointInterfacesDenyInternetGateways holds that the internet reaches no endpoint by IPv6, not even where it reaches a host beside it, and
// that hosts inside do.
func TestEndpointInterfacesDenyInternetGateways(t *testing.T) {
	c, v, s, name := dualStack(t)
	gateway := v.InternetGateway()
	v.RouteTable(s).Route("::/0", gateway.ID)
	host := s.Host(v.SecurityGroup("web").AllowTCP(80, "::/0"))
	l := host.Listen(80)
	defer func() { require.NoError(t, l.Close()) }()
	out, err := c.Account(partnerID).DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{
		Filters: filters("interface-type", "vpc_endpoint")})
	require.NoError(t, err)
	ni := out.NetworkInterfaces[0]
	require.True(t, *ni.DenyAllIgwTraffic)
	path := requireStop(t, c.Internet(), "["+*ni.Ipv6Address+"]:80", fake.HopInterface, *ni.NetworkInterfaceId,
		"network interface "+*ni.NetworkInterfaceId+" denies all traffic of internet gateways")
	require.True(t, path.CrossesInternetGateway())
	require.True(t, requireArrival(t, c.Internet(), "["+l6(t, c.Account(partnerID), host.ID)+"]:80").CrossesInternetGateway())
	_, err = c.Internet().DialContext(t.Context(), "tcp6", name+":80")
	require.ErrorContains(t, err, "denies all traffic of internet gateways")
	require.False(t, requireArrival(t, v, "["+*ni.Ipv6Address+"]:80").CrossesInternetGateway())
}

// TestInternalLoadBalancersDenyInternetGateways holds the same for the nodes of an internal load balancer, as AWS's attribute
// ipv6.deny_all_igw_traffic has it by default (ELB), beside a host that the internet reaches.
func TestInternalLoadBalancersDenyInternetGateways(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16").IPv6("2600:1f18:a::/56")
	s := v.Subnet("a", "10.0.1.0/24").IPv6("2600:1f18:a:1::/64")
	v.RouteTable(s).Route("::/0", v.InternetGateway().ID)
	a.NLB("orders", s).DualStack().Listen(80)
	host := s.Host(v.SecurityGroup("web").AllowTCP(80, "::/0"))
	host.Listen(80)
	public, err := a.LoadBalancing().CreateLoadBalancer(t.Context(), &elb.CreateLoadBalancerInput{Name: aws.String("public"), Type: elbtypes.LoadBalancerTypeEnumNetwork,
		Scheme: elbtypes.LoadBalancerSchemeEnumInternetFacing, Subnets: []string{s.ID}, IpAddressType: elbtypes.IpAddressTypeDualstack})
	require.NoError(t, err)
	faces, err := a.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("interface-type", "network_load_balancer")})
	require.NoError(t, err)
	require.Len(t, faces.NetworkInterfaces, 2)
	for _, ni := range faces.NetworkInterfaces {
		internal := !strings.Contains(*ni.Description, "net/public/")
		require.Equal(t, internal, *ni.DenyAllIgwTraffic)
		at := "[" + *ni.Ipv6Address + "]:80"
		if internal {
			requireStop(t, c.Internet(), at, fake.HopInterface, *ni.NetworkInterfaceId, "denies all traffic of internet gateways")
			requireArrival(t, host, at)
			continue
		}
		requireStop(t, c.Internet(), at, fake.HopLoadBalancer, *public.LoadBalancers[0].LoadBalancerArn, "has no listener on port 80")
	}
	requireArrival(t, c.Internet(), "["+l6(t, a, host.ID)+"]:80")
}
