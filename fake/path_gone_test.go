package fake_test

import (
	"net"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestALoadBalancerThatLosesAZone holds that an endpoint's network interface there carries nothing any more, and that the regional name leaves
// it out.
func TestALoadBalancerThatLosesAZone(t *testing.T) {
	t.Parallel()
	z := newZoned(t, fake.Switches{})
	require.Equal(t, map[string]int{"a": 2}, z.ask(t, z.zonal["a"], 2))
	subnets, err := z.provider.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{Filters: filters("availability-zone", "us-east-1b")})
	require.NoError(t, err)
	_, err = z.provider.LoadBalancing().SetSubnets(t.Context(), &elb.SetSubnetsInput{LoadBalancerArn: &z.nlb.ARN, Subnets: []string{*subnets.Subnets[0].SubnetId}})
	require.NoError(t, err)
	requireStop(t, z.subnet, z.zonal["a"]+":80", fake.HopService, z.service, "no load balancer of "+z.service+" has a node in use1-az1")
	requireAddrs(t, z.vpc, z.regional, z.inDNS["b"])
	require.Equal(t, map[string]int{"b": 4}, z.ask(t, z.regional, 4))
}

// TestNoneOfSeveralGroupsAdmits names them all, and needs one of them.
func TestNoneOfSeveralGroupsAdmits(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	v := c.Account(ownerID).VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	one, two := v.SecurityGroup("one").AllowTCP(443, "0.0.0.0/0"), v.SecurityGroup("two")
	host := s.Host(one, two)
	at := host.Listen(80).Addr().String()
	requireStop(t, s, at, fake.HopSecurityGroup, one.ID, "none of the security groups ["+one.ID+" "+two.ID+"] admits TCP port 80 from 10.0.1.254")
	two.AllowTCP(80, "10.0.1.254/32")
	require.Equal(t, []string{two.ID}, ids(requireArrival(t, s, at), fake.HopSecurityGroup))
}

// TestNothingIsSeenFromWhatIsGone has handles outlast what they stand for.
func TestNothingIsSeenFromWhatIsGone(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	inbound := v.InboundResolver()
	sees := func(d dialler, why string) {
		t.Helper()
		require.Equal(t, why, requireAgreement(t, d, "10.0.1.4:80").Blocked)
		_, err := d.LookupHost(t.Context(), stsName)
		var failed *net.DNSError
		require.ErrorAs(t, err, &failed)
		require.Equal(t, why, failed.Err)
		require.False(t, failed.IsNotFound, "nobody answered")
	}
	requirePublic(t, inbound, stsName)
	_, err := a.DeleteSubnet(t.Context(), &ec2.DeleteSubnetInput{SubnetId: &s.ID})
	require.NoError(t, err)
	sees(s, "subnet "+s.ID+" no longer exists")
	sees(v, "VPC "+v.ID+" has no subnet")
	_, err = a.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &v.ID})
	require.NoError(t, err)
	sees(v, "VPC "+v.ID+" no longer exists")
	_, err = inbound.LookupHost(t.Context(), stsName)
	require.ErrorContains(t, err, "VPC "+v.ID+" no longer exists")
	_, err = s.Lookup(t.Context(), stsName, "A")
	require.ErrorContains(t, err, "subnet "+s.ID+" no longer exists")
}
