package fake_test

import (
	"net"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// publicly is a VPC with an internet gateway, a public subnet and a host in it that serves port 80 to all the world.
type publicly struct {
	cloud   *fake.Cloud
	account *fake.Account
	vpc     *fake.VPC
	gateway *fake.InternetGateway
	subnet  *fake.Subnet
	table   *fake.RouteTable
	group   *fake.SecurityGroup
	host    *fake.Host
	serves  net.Listener
	at      [2]string // its addresses on the internet with the port, by IPv4 and IPv6
}

func newPublicly(t testing.TB) *publicly {
	t.Helper()
	w := &publicly{cloud: &fake.Cloud{}}
	w.account = w.cloud.Account(ownerID)
	w.vpc = w.account.VPC("10.0.0.0/16").IPv6("2600:1f18:1::/56")
	w.gateway = w.vpc.InternetGateway()
	w.subnet = w.vpc.Subnet("a", "10.0.1.0/24").IPv6("2600:1f18:1:1::/64")
	w.table = w.vpc.RouteTable(w.subnet).Route("0.0.0.0/0", w.gateway.ID).Route("::/0", w.gateway.ID)
	w.group = w.vpc.SecurityGroup("web").AllowTCP(80, "0.0.0.0/0").AllowTCP(80, "::/0")
	w.host = w.subnet.Host(w.group)
	w.serves = w.host.Listen(80)
	w.at = [2]string{w.host.Public().String() + ":80", "[" + l6(t, w.account, w.host.ID) + "]:80"}
	return w
}

// TestTheInternetReachesPublicHosts goes in by an internet gateway, and takes each thing away that it needs.
func TestTheInternetReachesPublicHosts(t *testing.T) {
	t.Parallel()
	w := newPublicly(t)
	i := w.cloud.Internet()
	for _, at := range w.at {
		path := requireArrival(t, i, at)
		require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopAddress, fake.HopInternetGateway, fake.HopInterface, fake.HopSecurityGroup, fake.HopTarget}, kinds(path))
		require.Equal(t, []string{w.gateway.ID}, ids(path, fake.HopInternetGateway))
		require.True(t, path.CrossesInternetGateway())
	}
	accepted, err := w.serves.Accept()
	require.NoError(t, err)
	require.Equal(t, hostAddr(t, w.account, w.host.ID)+":80", accepted.LocalAddr().String(), "the gateway knows the private address")
	require.Equal(t, "198.51.100.7", accepted.RemoteAddr().(*net.TCPAddr).IP.String())
	private := w.subnet.Host(w.group)
	private.Listen(80)
	requireStop(t, i, hostAddr(t, w.account, private.ID)+":80", fake.HopAddress, hostAddr(t, w.account, private.ID), "is a private address: the internet has no way to it")
	closed := w.subnet.Host(w.vpc.SecurityGroup("closed"))
	requireStop(t, i, closed.Public().String()+":80", fake.HopSecurityGroup, ids(requireAgreement(t, i, closed.Public().String()+":80"), fake.HopSecurityGroup)[0],
		"does not admit TCP port 80 from 198.51.100.7")
	for destination, at := range map[string]string{"0.0.0.0/0": w.at[0], "::/0": w.at[1]} {
		in := &ec2.DeleteRouteInput{RouteTableId: &w.table.ID, DestinationCidrBlock: &destination}
		if destination == "::/0" {
			in.DestinationCidrBlock, in.DestinationIpv6CidrBlock = nil, &destination
		}
		_, err := w.account.DeleteRoute(t.Context(), in)
		require.NoError(t, err)
		path := requireStop(t, i, at, fake.HopRouteTable, w.table.ID, "no answer comes back: route table "+w.table.ID+" of "+w.subnet.ID+" has no route to ")
		require.Contains(t, kinds(path), fake.HopAnswer)
		w.table.Route(destination, w.gateway.ID)
		requireArrival(t, i, at)
	}
	w.gateway.Detach()
	for _, at := range w.at {
		path := requireAgreement(t, i, at)
		require.Contains(t, path.Blocked, "has no internet gateway")
		require.False(t, path.CrossesInternetGateway())
	}
	require.NotEqual(t, w.gateway.ID, w.vpc.InternetGateway().ID)
}

// TestHostsReachTheInternet goes out by an internet gateway, and takes each thing away that it needs.
func TestHostsReachTheInternet(t *testing.T) {
	t.Parallel()
	w := newPublicly(t)
	l := w.cloud.Internet().Listen(publicAddress)
	const six = "[2001:db8:f00::1]:443"
	w.cloud.Internet().Listen(six)
	path := requireArrival(t, w.host, publicAddress)
	require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopAddress, fake.HopRouteTable, fake.HopInternetGateway, fake.HopTarget}, kinds(path))
	require.True(t, path.CrossesInternetGateway())
	requireArrival(t, w.host, six)
	conn, err := w.host.DialContext(t.Context(), "tcp", publicAddress)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	for range 2 {
		accepted, err := l.Accept()
		require.NoError(t, err)
		require.Equal(t, w.host.Public().String(), accepted.RemoteAddr().(*net.TCPAddr).IP.String(), "the internet knows the host by its public address")
	}
	require.Equal(t, hostAddr(t, w.account, w.host.ID), conn.LocalAddr().(*net.TCPAddr).IP.String())

	bare := w.subnet.Host()
	requireStop(t, bare, publicAddress, fake.HopInternetGateway, w.gateway.ID, "the source has no public IPv4 address")
	requireArrival(t, bare, six)
	requireStop(t, w.host, "203.0.113.99:443", fake.HopInternetGateway, w.gateway.ID, "nothing on the internet listens at 203.0.113.99 port 443")
	inner := w.vpc.Subnet("b", "10.0.2.0/24")
	nat := inner.Host()
	nat.Public()
	requireStop(t, nat, publicAddress, fake.HopRouteTable, mainTable(t, w.account, w.vpc), "has no route to 203.0.113.10")
	w.gateway.Detach()
	requireStop(t, w.host, publicAddress, fake.HopRouteTable, w.table.ID,
		"route 0.0.0.0/0 of route table "+w.table.ID+" is a black hole: "+w.gateway.ID+" is not there")
	require.NotEqual(t, w.gateway.ID, w.vpc.InternetGateway().ID)
	requireStop(t, w.host, publicAddress, fake.HopRouteTable, w.table.ID, "is a black hole: "+w.gateway.ID+" is not there")
}

// TestHostsOfTwoVPCsMeetOnTheInternet crosses two gateways, with no other way between two VPCs.
func TestHostsOfTwoVPCsMeetOnTheInternet(t *testing.T) {
	t.Parallel()
	w := newPublicly(t)
	other := w.cloud.Account(partnerID).VPC("10.0.0.0/16")
	s := other.Subnet("a", "10.0.1.0/24")
	gateway := other.InternetGateway()
	other.RouteTable(s).Route("0.0.0.0/0", gateway.ID)
	host := s.Host()
	public := host.Public()
	path := requireArrival(t, host, w.at[0])
	require.Equal(t, []string{gateway.ID, w.gateway.ID}, ids(path, fake.HopInternetGateway))
	require.Contains(t, path.String(), "admits TCP port 80 from 0.0.0.0/0")
	w.group = w.vpc.SecurityGroup("only").AllowTCP(80, public.String()+"/32")
	only := w.subnet.Host(w.group)
	only.Listen(80)
	requireArrival(t, host, only.Public().String()+":80")
	requireStop(t, w.cloud.Internet(), only.Public().String()+":80", fake.HopSecurityGroup, w.group.ID, "does not admit TCP port 80 from 198.51.100.7")
	member := w.subnet.Host()
	neighbour := w.subnet.Host()
	neighbour.Listen(80)
	member.Public()
	requireArrival(t, member, hostAddr(t, w.account, neighbour.ID)+":80")
	path = requireAgreement(t, member, neighbour.Public().String()+":80")
	require.Contains(t, path.Blocked, "does not admit TCP port 80", "by its public address a host is no member of a group")
}

// TestRoutesToInternetGateways holds what CreateRoute and ReplaceRoute take and refuse (ERR; serverless-vpc-plugin#147; terraform#4987).
func TestRoutesToInternetGateways(t *testing.T) {
	t.Parallel()
	w := newPublicly(t)
	other := w.account.VPC("10.9.0.0/16").InternetGateway()
	create := func(gateway string) error {
		_, err := w.account.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &w.table.ID, DestinationCidrBlock: aws.String("192.0.2.0/24"), GatewayId: &gateway})
		return err
	}
	requireCode(t, create("igw-0123456789abcdef0"), "InvalidGatewayID.NotFound", "The gateway ID 'igw-0123456789abcdef0' does not exist")
	requireCode(t, create("eni-0123456789abcdef0"), "InvalidGatewayID.NotFound", "does not exist")
	requireCode(t, create(other.ID), "InvalidParameterValue", "route table "+w.table.ID+" and network gateway "+other.ID+" belong to different networks")
	require.NoError(t, create(w.gateway.ID))
	requireCode(t, create(w.gateway.ID), "RouteAlreadyExists", "")
	_, err := w.account.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &w.table.ID, DestinationCidrBlock: aws.String("192.0.2.0/24"), GatewayId: &w.gateway.ID})
	require.NoError(t, err)
	_, err = w.account.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &w.table.ID, DestinationCidrBlock: aws.String("192.0.2.0/24"),
		GatewayId: &w.gateway.ID, LocalTarget: aws.Bool(true)})
	requireCode(t, err, "MissingParameter", "exactly one")
	routes := func() map[string]string {
		out, err := w.account.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{w.table.ID}})
		require.NoError(t, err)
		states := map[string]string{}
		for _, r := range out.RouteTables[0].Routes {
			if *r.GatewayId == w.gateway.ID {
				states[aws.ToString(r.DestinationCidrBlock)+aws.ToString(r.DestinationIpv6CidrBlock)] = string(r.State)
			}
		}
		return states
	}
	require.Equal(t, map[string]string{"0.0.0.0/0": "active", "::/0": "active", "192.0.2.0/24": "active"}, routes())
	_, err = w.account.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &other.ID})
	require.Error(t, err)
	w.gateway.Detach()
	require.Equal(t, map[string]string{"0.0.0.0/0": "blackhole", "::/0": "blackhole", "192.0.2.0/24": "blackhole"}, routes())
	requireCode(t, create(w.gateway.ID), "InvalidGatewayID.NotFound", "")
	seen := &recorder{TB: t}
	fake.NoLeaks(seen, w.cloud)
	seen.cleanups[0]()
	require.Contains(t, seen.failures[0], "its route 192.0.2.0/24")
	require.NotContains(t, seen.failures[0], "its route 0.0.0.0/0", "what the handles made does not count")
}

// TestPublicAddressesAreSeenAndKept reads them back, by filter, in a dump and in a restored cloud.
func TestPublicAddressesAreSeenAndKept(t *testing.T) {
	t.Parallel()
	w := newPublicly(t)
	public := w.host.Public().String()
	out, err := w.account.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("association.public-ip", public)})
	require.NoError(t, err)
	require.Len(t, out.NetworkInterfaces, 1)
	require.Equal(t, w.host.ID, *out.NetworkInterfaces[0].NetworkInterfaceId)
	require.Equal(t, public, *out.NetworkInterfaces[0].Association.PublicIp)
	require.Contains(t, w.cloud.Dump(), "public="+public)
	require.Contains(t, w.cloud.Dump(), "gateway="+w.gateway.ID)
	snapshot := w.cloud.Snapshot()
	w.gateway.Detach()
	require.NotContains(t, w.cloud.Dump(), "gateway=")
	w.cloud.Restore(snapshot)
	requireArrival(t, w.cloud.Internet(), w.at[0])
	require.NotEqual(t, public, w.subnet.Host().Public().String())
}
