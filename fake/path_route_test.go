package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// requireArrival wants a connection to arrive, for Trace and for a dial.
func requireArrival(t testing.TB, d dialler, address string) fake.Path {
	t.Helper()
	path := requireAgreement(t, d, address)
	require.Empty(t, path.Blocked, path)
	require.Equal(t, fake.HopTarget, path.Hops[len(path.Hops)-1].Kind, path)
	return path
}

// requireStop wants a connection to stop at a hop, named by kind and ID, for a reason, for Trace and for a dial.
func requireStop(t testing.TB, d dialler, address string, kind fake.HopKind, id, reason string) fake.Path {
	t.Helper()
	path := requireAgreement(t, d, address)
	require.Contains(t, path.Blocked, reason, path)
	last := path.Hops[len(path.Hops)-1]
	require.Equal(t, kind, last.Kind, path)
	require.Equal(t, id, last.ID, path)
	return path
}

// ids are the IDs of a path's hops of a kind.
func ids(p fake.Path, kind fake.HopKind) (out []string) {
	for _, h := range p.Hops {
		if h.Kind == kind {
			out = append(out, h.ID)
		}
	}
	return out
}

// detail is what a path's first hop of a kind says.
func detail(t testing.TB, p fake.Path, kind fake.HopKind) string {
	t.Helper()
	for _, h := range p.Hops {
		if h.Kind == kind {
			return h.Detail
		}
	}
	require.Fail(t, "no such hop", p)
	return ""
}

// mainTable is the ID of a VPC's main route table.
func mainTable(t testing.TB, a *fake.Account, v *fake.VPC) string {
	t.Helper()
	out, err := a.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{Filters: filters("vpc-id", v.ID)})
	require.NoError(t, err)
	for _, table := range out.RouteTables {
		for _, as := range table.Associations {
			if aws.ToBool(as.Main) {
				return *table.RouteTableId
			}
		}
	}
	require.Fail(t, "no main route table")
	return ""
}

// TestHostsOfAVPCReachOneAnother is plain local traffic: the local route and the receiving side's groups let it through, and a listener must
// be there. The sending side's groups let everything out.
func TestHostsOfAVPCReachOneAnother(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16").IPv6("2600:1f18:1::/56")
	s, r := v.Subnet("a", "10.0.1.0/24").IPv6("2600:1f18:1:1::/64"), v.Subnet("b", "10.0.2.0/24").IPv6("2600:1f18:1:2::/64")
	web := v.SecurityGroup("web").AllowTCP(80, "10.0.1.0/24").AllowTCP(80, "2600:1f18:1:1::/64")
	near, far := s.Host(v.SecurityGroup("sends")), r.Host(web)
	l := far.Listen(80)
	at, at6 := hostAddr(t, a, far.ID), "["+l6(t, a, far.ID)+"]:80"
	path := requireArrival(t, near, at+":80")
	require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopAddress, fake.HopRouteTable, fake.HopInterface, fake.HopSecurityGroup, fake.HopTarget}, kinds(path))
	require.Equal(t, []string{mainTable(t, a, v)}, ids(path, fake.HopRouteTable))
	require.Equal(t, "of "+s.ID+": 10.0.0.0/16 to local", detail(t, path, fake.HopRouteTable))
	require.False(t, path.CrossesInternetGateway())
	require.Equal(t, at+":80", l.Addr().String())
	path = requireArrival(t, near, at6)
	require.Equal(t, "of "+s.ID+": 2600:1f18:1::/56 to local", detail(t, path, fake.HopRouteTable))

	requireStop(t, r.Host(), at+":80", fake.HopSecurityGroup, web.ID, "security group "+web.ID+" does not admit TCP port 80 from 10.0.2.")
	requireStop(t, near, at+":81", fake.HopSecurityGroup, web.ID, "does not admit TCP port 81")
	requireStop(t, near, "10.0.2.200:80", fake.HopRouteTable, mainTable(t, a, v), "no network interface of "+v.ID+" has the address 10.0.2.200")
	requireStop(t, near, "10.9.0.1:80", fake.HopRouteTable, mainTable(t, a, v), "has no route to 10.9.0.1")
	require.NoError(t, l.Close())
	requireStop(t, near, at+":80", fake.HopTarget, far.ID, "nothing listens on port 80 of network interface "+far.ID)
	other := a.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24").Host()
	require.Contains(t, requireAgreement(t, other, at+":80").Blocked, "no network interface of", "the same address in another VPC is another's")
}

func l6(t testing.TB, a *fake.Account, id string) string {
	t.Helper()
	out, err := a.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: []string{id}})
	require.NoError(t, err)
	return *out.NetworkInterfaces[0].Ipv6Address
}

// TestASubnetTakesItsOwnRouteTable holds that the main table serves a subnet until another one names it, and again when that is taken back.
func TestASubnetTakesItsOwnRouteTable(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	host := s.Host()
	host.Public()
	gateway, main := v.InternetGateway(), mainTable(t, a, v)
	c.Internet().Listen(publicAddress)
	requireStop(t, host, publicAddress, fake.HopRouteTable, main, "route table "+main+" of "+s.ID+" has no route to 203.0.113.10")

	own := v.RouteTable().Route("0.0.0.0/0", gateway.ID)
	out, err := a.AssociateRouteTable(t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &own.ID, SubnetId: &s.ID})
	require.NoError(t, err)
	require.Equal(t, []string{own.ID}, ids(requireArrival(t, host, publicAddress), fake.HopRouteTable))
	_, err = a.DisassociateRouteTable(t.Context(), &ec2.DisassociateRouteTableInput{AssociationId: out.AssociationId})
	require.NoError(t, err)
	requireStop(t, host, publicAddress, fake.HopRouteTable, main, "has no route to 203.0.113.10")

	_, err = a.CreateRoute(t.Context(), &ec2.CreateRouteInput{RouteTableId: &main, DestinationCidrBlock: aws.String("203.0.113.0/24"), GatewayId: &gateway.ID})
	require.NoError(t, err)
	require.Equal(t, []string{main}, ids(requireArrival(t, host, publicAddress), fake.HopRouteTable))
	_, err = a.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &main, DestinationCidrBlock: aws.String("203.0.113.0/24")})
	require.NoError(t, err)
	requireStop(t, host, publicAddress, fake.HopRouteTable, main, "has no route to 203.0.113.10")
}

// TestTheLongestPrefixIsTaken holds that a more specific route goes first, even where it is a black hole.
func TestTheLongestPrefixIsTaken(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	gateway := w.vpc.InternetGateway()
	w.tableA.Route("0.0.0.0/0", gateway.ID)
	w.hostA.Public()
	w.cloud.Internet().Listen(publicAddress)
	path := requireArrival(t, w.hostA, publicAddress)
	require.Contains(t, detail(t, path, fake.HopRouteTable), "0.0.0.0/0 to "+gateway.ID)
	w.tableA.Route("203.0.113.8/29", w.endpoint)
	_, err := w.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &w.service, VpcEndpointIds: []string{w.endpoint}})
	require.NoError(t, err)
	requireStop(t, w.hostA, publicAddress, fake.HopRouteTable, w.tableA.ID,
		"route 203.0.113.8/29 of route table "+w.tableA.ID+" is a black hole: the provider of "+w.serviceName+" has rejected endpoint "+w.endpoint)
	_, err = w.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &w.tableA.ID, DestinationCidrBlock: aws.String("203.0.113.8/29")})
	require.NoError(t, err)
	requireArrival(t, w.hostA, publicAddress)
}

// TestAnswersTakeRoutesToo holds that a connection needs a way back: the routes of the subnet where it arrives.
func TestAnswersTakeRoutesToo(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	address := hostAddr(t, w.consumer, w.hostB.ID) + ":80"
	_, err := w.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &w.tableA.ID, DestinationCidrBlock: aws.String("10.1.2.0/24")})
	require.NoError(t, err)
	path := requireStop(t, w.hostA, address, fake.HopLoadBalancer, w.gwlb.ARN, "no answer comes back: load balancer firewall has not seen the beginning of the connection")
	require.Contains(t, kinds(path), fake.HopAnswer)
	_, err = w.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &w.service, VpcEndpointIds: []string{w.endpoint}})
	require.NoError(t, err)
	requireStop(t, w.hostA, address, fake.HopRouteTable, w.tableB.ID, "no answer comes back: route 10.1.1.0/24 of route table "+w.tableB.ID+" is a black hole")
	_, err = w.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &w.tableB.ID, DestinationCidrBlock: aws.String("10.1.1.0/24")})
	require.NoError(t, err)
	require.NotContains(t, kinds(requireArrival(t, w.hostA, address)), fake.HopAnswer)
}

// TestAnswersThatLeadElsewhere holds that a way back must end where the connection came from.
func TestAnswersThatLeadElsewhere(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	v := c.Account(ownerID).VPC("10.0.0.0/16")
	s, r := v.Subnet("a", "10.0.1.0/24"), v.Subnet("a", "10.0.2.0/24")
	near, far := s.Host(), r.Host()
	address := far.Listen(80).Addr().String()
	requireArrival(t, near, address)
	gateway := v.InternetGateway().ID
	table := v.RouteTable(r).Route("10.0.1.0/24", gateway)
	requireStop(t, near, address, fake.HopRouteTable, table.ID, "no answer comes back: route 10.0.1.0/24 leads to "+gateway)
}
