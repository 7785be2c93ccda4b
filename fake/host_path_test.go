package fake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// requireAgreement wants a dial to succeed exactly when Trace has no stop, for the same reason.
func requireAgreement(t testing.TB, d dialler, address string) fake.Path {
	t.Helper()
	path, err := d.Trace(t.Context(), address)
	require.NoError(t, err)
	c, err := d.DialContext(t.Context(), "tcp", address)
	if path.Blocked == "" {
		require.NoError(t, err)
		require.NoError(t, c.Close())
		return path
	}
	require.Error(t, err)
	var op *net.OpError
	require.ErrorAs(t, err, &op)
	require.ErrorContains(t, err, path.Blocked)
	return path
}

func TestTrafficInsideAVPC(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	near, far := v.Subnet("a", "10.0.1.0/24"), v.Subnet("b", "10.0.2.0/24")
	nlb := a.NLB("orders", near)
	l := nlb.Listen(5432)
	path := requireAgreement(t, far, l.Addr().String())
	require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopAddress, fake.HopRouteTable, fake.HopInterface, fake.HopLoadBalancer, fake.HopAvailabilityZone, fake.HopTarget}, kinds(path))
	require.Equal(t, l.Addr().String(), path.To.String())

	path = requireAgreement(t, far, netip.AddrPortFrom(path.To.Addr(), 5433).String())
	require.Equal(t, "load balancer orders has no listener on port 5433", path.Blocked)
	path = requireAgreement(t, far, "10.0.9.9:80")
	require.Equal(t, "no network interface of "+v.ID+" has the address 10.0.9.9", path.Blocked)
	path = requireAgreement(t, far, "203.0.113.1:80")
	require.Contains(t, path.Blocked, "of "+far.ID+" has no route to 203.0.113.1")
	path = requireAgreement(t, far, "[2001:db8::1]:80")
	require.Equal(t, "the source has no address from which it could reach 2001:db8::1", path.Blocked)

	group := v.SecurityGroup("web")
	host := far.Host(group)
	other := near.Host()
	addr := hostAddr(t, a, host.ID)
	path = requireAgreement(t, other, addr+":80")
	require.Contains(t, path.Blocked, "security group "+group.ID+" does not admit TCP port 80")
	group.AllowTCP(80, "10.0.1.0/24")
	path = requireAgreement(t, other, addr+":80")
	require.Equal(t, "nothing listens on port 80 of network interface "+host.ID, path.Blocked)
	path = requireAgreement(t, other, hostAddr(t, a, near.Host().ID)+":80")
	require.Contains(t, path.Blocked, "nothing listens", "the default group admits its own members")
}

func hostAddr(t testing.TB, a *fake.Account, id string) string {
	t.Helper()
	out, err := a.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: []string{id}})
	require.NoError(t, err)
	return *out.NetworkInterfaces[0].PrivateIpAddress
}

func TestTraceAndDialRefuseBadAddresses(t *testing.T) {
	var c fake.Cloud
	s := c.Account(ownerID).VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24")
	for _, address := range []string{"", "api", "api:port", "api:0", "api:70000", ":80", "a:b:c"} {
		_, err := s.Trace(t.Context(), address)
		require.Error(t, err, address)
		_, err = s.DialContext(t.Context(), "tcp", address)
		require.Error(t, err, address)
	}
	_, err := s.DialContext(t.Context(), "udp", "10.0.1.5:80")
	var network net.UnknownNetworkError
	require.True(t, errors.As(err, &network))
	_, err = s.DialContext(t.Context(), "tcp6", "10.0.1.5:80")
	require.ErrorContains(t, err, "has no IPv6 address")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = s.Trace(ended, "10.0.1.5:80")
	require.ErrorIs(t, err, context.Canceled)
	_, err = s.DialContext(ended, "tcp", "10.0.1.5:80")
	require.ErrorIs(t, err, context.Canceled)
	path, err := s.Trace(t.Context(), "10.0.1.5:http")
	require.NoError(t, err)
	require.EqualValues(t, 80, path.To.Port())
}

func TestAddressesOfBothEnds(t *testing.T) {
	s := tell(t)
	l := s.nlb.Listen(81)
	s.group.AllowTCP(81, "0.0.0.0/0")
	host := s.subnet.Host()
	c, err := host.DialContext(t.Context(), "tcp", apiName+":81")
	require.NoError(t, err)
	accepted, err := l.Accept()
	require.NoError(t, err)
	require.Equal(t, hostAddr(t, s.consumer, host.ID), c.LocalAddr().(*net.TCPAddr).IP.String())
	require.Equal(t, 81, c.RemoteAddr().(*net.TCPAddr).Port)
	require.Equal(t, l.Addr().String(), accepted.LocalAddr().String())
	require.Equal(t, l.Addr().(*net.TCPAddr).IP.String(), accepted.RemoteAddr().(*net.TCPAddr).IP.String(), "a target sees the load balancer's node")
	_, err = c.Write([]byte("hello"))
	require.NoError(t, err)
	require.NoError(t, c.Close())
	got, err := io.ReadAll(accepted)
	require.NoError(t, err)
	require.Equal(t, "hello", string(got))
}

func TestAZonalNameLeadsToTheNodeOfItsZone(t *testing.T) {
	s := tell(t)
	l := s.nlb.Listen(81)
	s.group.AllowTCP(81, "0.0.0.0/0")
	out, err := s.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{s.endpoint}})
	require.NoError(t, err)
	for i, node := range []string{"10.0.1.4:81", "10.0.2.4:81"} {
		_, err := s.subnet.DialContext(t.Context(), "tcp", *out.VpcEndpoints[0].DnsEntries[1+i].DnsName+":81")
		require.NoError(t, err)
		accepted, err := l.Accept()
		require.NoError(t, err)
		require.Equal(t, node, accepted.LocalAddr().String())
	}
}

// TestAChangeDoesNotStopTraffic changes an endpoint twice: while it comes, which lets nothing through early, and once it is there.
func TestAChangeDoesNotStopTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{Provision: time.Minute, Modify: 90 * time.Second}}
		s := &story{cloud: &c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
		s.nlb = s.provider.NLB("orders", s.provider.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24"))
		l := s.nlb.Listen(80)
		s.vpc = s.consumer.VPC("10.1.0.0/16")
		s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
		s.group = s.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
		s.connect(t, s.subnet)
		for _, blocked := range []string{"endpoint " + s.endpoint + " is pending", ""} {
			_, err := s.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &s.endpoint,
				AddSecurityGroupIds: []string{s.vpc.DefaultSecurityGroup().ID}})
			require.NoError(t, err)
			require.Equal(t, blocked, requireAgreement(t, s.subnet, *s.dns.DnsName+":80").Blocked)
			time.Sleep(2 * time.Minute)
		}
		require.NoError(t, l.Close())
	})
}

func TestAnEndpointCarriesTrafficOnceItIsAvailable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c fake.Cloud
		s := &story{cloud: &c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
		s.nlb = s.provider.NLB("orders", s.provider.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24"))
		l := s.nlb.Listen(80)
		s.vpc = s.consumer.VPC("10.1.0.0/16")
		s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
		s.group = s.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
		c.Delay = time.Minute
		s.connect(t, s.subnet)
		address := *s.dns.DnsName + ":80"
		require.Equal(t, "endpoint "+s.endpoint+" is pending", requireAgreement(t, s.subnet, address).Blocked)
		time.Sleep(time.Minute)
		require.Empty(t, requireAgreement(t, s.subnet, address).Blocked)
		_, err := s.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{s.endpoint}})
		require.NoError(t, err)
		require.Equal(t, "endpoint "+s.endpoint+" is deleting", requireAgreement(t, s.subnet, address).Blocked)
		require.NoError(t, l.Close())
	})
}

func TestAnEndpointThatNobodyAccepted(t *testing.T) {
	s := tell(t)
	ep, err := s.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: "Interface",
		ServiceName: aws.String("com.amazonaws.vpce.us-east-1." + s.service), SubnetIds: []string{s.subnet.ID}})
	require.NoError(t, err)
	path := requireAgreement(t, s.subnet, *ep.VpcEndpoint.DnsEntries[0].DnsName+":80")
	require.Contains(t, path.Blocked, "has not accepted endpoint "+*ep.VpcEndpoint.VpcEndpointId)
}

func TestADialSucceedsExactlyWhenTraceHasNoStop(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	s := tell(t)
	hosts := []dialler{s.subnet, s.vpc, s.subnet.Host(), s.subnet.Host(s.group), s.cloud.Internet(), s.consumer.VPC("10.3.0.0/16").Subnet("a", "10.3.0.0/24")}
	names := []string{apiName, *s.dns.DnsName, "none.orders.internal", "10.1.1.4", "10.1.1.5", "10.0.1.4", "192.0.2.1", "orders.example.com"}
	arrived := 0
	for range 300 {
		s.disturb(t, rng)
		address := fmt.Sprintf("%s:%d", names[rng.IntN(len(names))], 80+rng.IntN(2))
		if requireAgreement(t, hosts[rng.IntN(len(hosts))], address).Blocked == "" {
			arrived++
		}
	}
	require.Positive(t, arrived)
}

// disturb changes one thing that traffic depends on; a refusal does not matter.
func (s *story) disturb(t testing.TB, rng *rand.Rand) {
	ctx := t.Context()
	ids := []string{s.endpoint}
	switch rng.IntN(10) {
	case 0:
		_, _ = s.provider.RejectVpcEndpointConnections(ctx, &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	case 1, 2, 3:
		_, _ = s.provider.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	case 4:
		_ = change(ctx, s.consumer, s.zone, remove(s.record))
	case 5, 6:
		_ = change(ctx, s.consumer, s.zone, create(s.record))
	case 7:
		s.group.AllowTCP(81, "10.1.1.0/24")
	case 8:
		s.vpc.DNSSupport(rng.IntN(2) == 0)
	case 9:
		if s.listener.Close() != nil {
			s.listener = s.nlb.Listen(80)
		}
	}
}
