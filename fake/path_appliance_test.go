package fake_test

import (
	"bytes"
	"net"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// inspection is a VPC of which two subnets reach one another through a Gateway Load Balancer endpoint in a third, and the appliance of another
// account behind it.
type inspection struct {
	cloud                          *fake.Cloud
	provider, consumer             *fake.Account
	gwlb                           *fake.LoadBalancer
	appliance                      *fake.Appliance
	vpc                            *fake.VPC
	tableA, tableB, tableI         *fake.RouteTable
	hostA, hostB                   *fake.Host
	service, serviceName, endpoint string
	address                        string // of what listens on host B
}

func newInspection(t testing.TB, inspect func(*fake.Packet) bool) *inspection {
	t.Helper()
	c := &fake.Cloud{}
	w := &inspection{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
	pv := w.provider.VPC("10.0.0.0/16")
	w.gwlb = w.provider.GWLB("firewall", pv.Subnet("a", "10.0.1.0/24"), pv.Subnet("b", "10.0.2.0/24"))
	w.appliance = w.gwlb.Appliance("a", inspect)
	svc, err := w.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{w.gwlb.ARN}, AcceptanceRequired: aws.Bool(false)})
	require.NoError(t, err)
	w.service, w.serviceName = *svc.ServiceConfiguration.ServiceId, *svc.ServiceConfiguration.ServiceName
	_, err = w.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: &w.service, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	w.vpc = w.consumer.VPC("10.1.0.0/16")
	a, b, i := w.vpc.Subnet("a", "10.1.1.0/24"), w.vpc.Subnet("a", "10.1.2.0/24"), w.vpc.Subnet("a", "10.1.9.0/24")
	w.endpoint = w.connect(t, i)
	w.tableA, w.tableB = w.vpc.RouteTable(a).Route("10.1.2.0/24", w.endpoint), w.vpc.RouteTable(b).Route("10.1.1.0/24", w.endpoint)
	w.tableI = w.vpc.RouteTable(i)
	w.hostA, w.hostB = a.Host(), b.Host()
	w.address = w.hostB.Listen(80).Addr().String()
	return w
}

// connect makes a Gateway Load Balancer endpoint in a subnet.
func (w *inspection) connect(t testing.TB, s *fake.Subnet) string {
	t.Helper()
	ep, err := w.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &w.vpc.ID, VpcEndpointType: "GatewayLoadBalancer",
		ServiceName: &w.serviceName, SubnetIds: []string{s.ID}})
	require.NoError(t, err)
	return *ep.VpcEndpoint.VpcEndpointId
}

// TestAnInspectionVPC is the story of issue 7: traffic between two subnets goes through an endpoint to an appliance that counts and drops,
// and once the routes are gone it does not.
func TestAnInspectionVPC(t *testing.T) {
	t.Parallel()
	drop := false
	var seen []fake.Packet
	w := newInspection(t, func(p *fake.Packet) bool {
		if !p.Trace {
			seen = append(seen, *p)
		}
		return !drop
	})
	path := requireArrival(t, w.hostA, w.address)
	require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopAddress, fake.HopRouteTable, fake.HopEndpoint, fake.HopService, fake.HopLoadBalancer,
		fake.HopAvailabilityZone, fake.HopAppliance, fake.HopRouteTable, fake.HopInterface, fake.HopSecurityGroup, fake.HopTarget}, kinds(path))
	require.Equal(t, []string{w.tableA.ID, w.tableI.ID}, ids(path, fake.HopRouteTable), "the endpoint's own subnet has the way on")
	require.Equal(t, []string{w.endpoint}, ids(path, fake.HopEndpoint))
	require.Equal(t, 2, w.appliance.Passed(), "the first packet of either side")
	require.Len(t, seen, 2)
	require.Equal(t, []bool{false, true}, []bool{seen[0].Answer, seen[1].Answer})
	require.Equal(t, []string{w.address, w.address}, []string{seen[0].Destination.String(), seen[1].Source.String()})
	require.Equal(t, seen[0].Source, seen[1].Destination)
	require.Equal(t, w.endpoint, seen[0].Endpoint)

	drop = true
	requireStop(t, w.hostA, w.address, fake.HopAppliance, "firewall", "the appliance of load balancer firewall in use1-az1 drops it")
	require.Equal(t, 1, w.appliance.Dropped())
	for table, to := range map[string]string{w.tableA.ID: "10.1.2.0/24", w.tableB.ID: "10.1.1.0/24"} {
		_, err := w.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &table, DestinationCidrBlock: &to})
		require.NoError(t, err)
	}
	path = requireArrival(t, w.hostA, w.address)
	require.NotContains(t, kinds(path), fake.HopAppliance)
	require.Equal(t, []int{2, 1}, []int{w.appliance.Passed(), w.appliance.Dropped()}, "it is not asked any more")
}

// TestAnApplianceChangesAndDropsWhatIsSent holds that an appliance sees both directions of a connection, may change them, and ends it by a
// drop.
func TestAnApplianceChangesAndDropsWhatIsSent(t *testing.T) {
	t.Parallel()
	w := newInspection(t, func(p *fake.Packet) bool {
		if !p.Answer {
			p.Payload = bytes.ReplaceAll(p.Payload, []byte("secret"), []byte("***"))
		}
		return !bytes.Contains(p.Payload, []byte("virus"))
	})
	l := w.hostB.Listen(81)
	client, err := w.hostA.DialContext(t.Context(), "tcp", l.Addr().String())
	require.NoError(t, err)
	server, err := l.Accept()
	require.NoError(t, err)
	n, err := client.Write([]byte("a secret"))
	require.NoError(t, err)
	require.Equal(t, len("a secret"), n)
	buf := make([]byte, 64)
	n, err = server.Read(buf)
	require.NoError(t, err)
	require.Equal(t, "a ***", string(buf[:n]))
	_, err = server.Write([]byte("no secret"))
	require.NoError(t, err)
	n, err = client.Read(buf)
	require.NoError(t, err)
	require.Equal(t, "no secret", string(buf[:n]))
	require.Equal(t, 4, w.appliance.Passed())

	_, err = server.Write([]byte("a virus"))
	require.ErrorContains(t, err, "drops it")
	for _, end := range []net.Conn{client, server} {
		_, err = end.Read(buf)
		require.ErrorIs(t, err, syscall.ECONNRESET)
	}
	_, err = client.Write([]byte("more"))
	require.ErrorIs(t, err, syscall.EPIPE)
	require.Equal(t, 1, w.appliance.Dropped())
	require.NoError(t, client.Close(), "both ends are still their owners' to close")
	require.NoError(t, server.Close())
}

// TestWhatAnApplianceDropsMeetsSilence has nobody listen: the refusal comes where the appliance lets the first packet by.
func TestWhatAnApplianceDropsMeetsSilence(t *testing.T) {
	t.Parallel()
	drop := false
	w := newInspection(t, func(*fake.Packet) bool { return !drop })
	shut := hostAddr(t, w.consumer, w.hostB.ID) + ":81"
	_, err := w.hostA.DialContext(t.Context(), "tcp", shut)
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	drop = true
	_, err = w.hostA.DialContext(t.Context(), "tcp", shut)
	require.ErrorIs(t, err, syscall.ETIMEDOUT)
	requireStop(t, w.hostA, shut, fake.HopAppliance, "firewall", "drops it")
}

// TestADialGoesOnToTheNextAddress has a name with two addresses, of which the appliance lets no packet through to one.
func TestADialGoesOnToTheNextAddress(t *testing.T) {
	t.Parallel()
	w := newInspection(t, func(*fake.Packet) bool { return false })
	w.vpc.DefaultSecurityGroup().AllowTCP(80, "10.1.0.0/16")
	near := hostAddr(t, w.consumer, w.hostA.ID)
	w.hostA.Listen(80)
	z := makeZone(t, w.consumer, "example.com", w.vpc).HostedZone
	require.NoError(t, change(t.Context(), w.consumer, z, create(aRecord("www.example.com", hostAddr(t, w.consumer, w.hostB.ID), near))))
	for range 2 {
		require.Equal(t, near, requireArrival(t, w.hostA, "www.example.com:80").To.Addr().String(), "whichever the name gives first")
	}
	require.Equal(t, 1, w.appliance.Dropped())
}

// TestADropEndsAWriteThatWaits has the other end wait for room while what comes against it is dropped.
func TestADropEndsAWriteThatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newInspection(t, func(p *fake.Packet) bool { return string(p.Payload) != "virus" })
		l := w.hostB.Listen(81)
		client, err := w.hostA.DialContext(t.Context(), "tcp", l.Addr().String())
		require.NoError(t, err)
		server, err := l.Accept()
		require.NoError(t, err)
		waits := make(chan error, 1)
		go func() {
			_, err := server.Write(make([]byte, 65<<10))
			waits <- err
		}()
		synctest.Wait()
		require.Empty(t, waits)
		_, err = client.Write([]byte("virus"))
		require.ErrorContains(t, err, "drops it")
		require.ErrorIs(t, <-waits, syscall.EPIPE)
	})
}

// TestAppliancesOfZones holds that a node hands traffic to the appliance of its own zone, with cross-zone load balancing to any, and that
// without one nothing goes on.
func TestAppliancesOfZones(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	b := w.vpc.Subnet("b", "10.1.8.0/24")
	far := w.connect(t, b)
	sb := w.vpc.Subnet("b", "10.1.3.0/24")
	w.vpc.RouteTable(sb).Route("10.1.2.0/24", far)
	hostC := sb.Host()
	requireStop(t, hostC, w.address, fake.HopAvailabilityZone, "use1-az2", "load balancer firewall has no healthy appliance in use1-az2")
	w.gwlb.CrossZone(true)
	path := requireArrival(t, hostC, w.address)
	require.Equal(t, []string{"use1-az1"}, ids(path, fake.HopAvailabilityZone))
	w.gwlb.CrossZone(false)
	second := w.gwlb.Appliance("b", nil)
	path = requireArrival(t, hostC, w.address)
	require.Equal(t, []string{"use1-az2"}, ids(path, fake.HopAvailabilityZone))
	require.Equal(t, []string{"use1-az1"}, ids(requireArrival(t, w.hostA, w.address), fake.HopAvailabilityZone))
	require.Positive(t, second.Passed())
	w.appliance.Close()
	requireStop(t, w.hostA, w.address, fake.HopAvailabilityZone, "use1-az1", "no healthy appliance in use1-az1")
	require.Panics(t, func() { w.gwlb.Appliance("b", nil) })
	require.Panics(t, func() { w.gwlb.Appliance("c", nil) })
	require.Panics(t, func() {
		w.provider.NLB("nlb", w.provider.VPC("10.7.0.0/16").Subnet("a", "10.7.1.0/24")).Appliance("a", nil)
	})
}

// TestWhatStopsAGatewayLoadBalancerEndpoint takes one thing after the other away.
func TestWhatStopsAGatewayLoadBalancerEndpoint(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		take func(testing.TB, *inspection)
		want func(*inspection) (kind fake.HopKind, id, reason string)
	}{
		{"the provider's acceptance", func(t testing.TB, w *inspection) {
			_, err := w.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &w.service, VpcEndpointIds: []string{w.endpoint}})
			require.NoError(t, err)
		}, func(w *inspection) (fake.HopKind, string, string) {
			return fake.HopRouteTable, w.tableA.ID, "is a black hole: the provider of " + w.serviceName + " has rejected endpoint " + w.endpoint
		}},
		{"the appliance", func(_ testing.TB, w *inspection) { w.appliance.Close() }, func(*inspection) (fake.HopKind, string, string) {
			return fake.HopAvailabilityZone, "use1-az1", "has no healthy appliance in use1-az1"
		}},
		{"the load balancer's activity", func(_ testing.TB, w *inspection) { w.gwlb.Provisioning(time.Hour) }, func(w *inspection) (fake.HopKind, string, string) {
			return fake.HopLoadBalancer, w.gwlb.ARN, "load balancer firewall is provisioning"
		}},
		{"the way out of the endpoint's subnet", func(_ testing.TB, w *inspection) { w.tableI.Route("10.1.2.0/24", w.endpoint) }, func(w *inspection) (fake.HopKind, string, string) {
			return fake.HopRouteTable, w.tableI.ID, "the routes lead in a circle through endpoint " + w.endpoint
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newInspection(t, nil)
			requireArrival(t, w.hostA, w.address)
			tt.take(t, w)
			kind, id, reason := tt.want(w)
			requireStop(t, w.hostA, w.address, kind, id, reason)
		})
	}
}

// TestNobodyReachesAGatewayLoadBalancerEndpointByAddress holds that such an endpoint takes traffic by routes only.
func TestNobodyReachesAGatewayLoadBalancerEndpointByAddress(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	out, err := w.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("interface-type", "gateway_load_balancer_endpoint")})
	require.NoError(t, err)
	ni := out.NetworkInterfaces[0]
	requireStop(t, w.hostA, *ni.PrivateIpAddress+":80", fake.HopInterface, *ni.NetworkInterfaceId, "endpoint "+w.endpoint+" takes traffic by routes only")
}

// TestAnApplianceMayUseTheCloud holds that no lock is held while an appliance decides.
func TestAnApplianceMayUseTheCloud(t *testing.T) {
	t.Parallel()
	var c *fake.Cloud
	w := newInspection(t, func(*fake.Packet) bool { return c.Dump() != "" })
	c = w.cloud
	requireArrival(t, w.hostA, w.address)
}

// TestAFamilyThatAnEndpointDoesNotHave holds that an endpoint carries the families of its IP address type, both ways.
func TestAFamilyThatAnEndpointDoesNotHave(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	w.vpc.IPv6("2600:1f18:1::/56")
	a, b := w.vpc.Subnet("a", "10.1.11.0/24").IPv6("2600:1f18:1:1::/64"), w.vpc.Subnet("a", "10.1.12.0/24").IPv6("2600:1f18:1:2::/64")
	tableA, tableB := w.vpc.RouteTable(a), w.vpc.RouteTable(b)
	host := b.Host()
	host.Listen(80)
	six := "[" + l6(t, w.consumer, host.ID) + "]:80"
	requireArrival(t, a, six)
	tableA.Route("2600:1f18:1:2::/64", w.endpoint)
	requireStop(t, a, six, fake.HopService, w.service, "endpoint "+w.endpoint+" is for ipv4 only, which 2600:1f18:1:2:")

	pv := w.provider.VPC("10.5.0.0/16").IPv6("2600:1f18:5::/56")
	gwlb := w.provider.GWLB("both", pv.Subnet("a", "10.5.1.0/24").IPv6("2600:1f18:5:1::/64")).DualStack()
	both := gwlb.Appliance("a", nil)
	svc, err := w.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{gwlb.ARN}, AcceptanceRequired: aws.Bool(false), SupportedIpAddressTypes: []string{"ipv4", "ipv6"}})
	require.NoError(t, err)
	_, err = w.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	i := w.vpc.Subnet("a", "10.1.13.0/24").IPv6("2600:1f18:1:3::/64")
	ep, err := w.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &w.vpc.ID, VpcEndpointType: "GatewayLoadBalancer",
		ServiceName: svc.ServiceConfiguration.ServiceName, SubnetIds: []string{i.ID}, IpAddressType: "dualstack"})
	require.NoError(t, err)
	_, err = w.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &tableA.ID, DestinationIpv6CidrBlock: aws.String("2600:1f18:1:2::/64"),
		VpcEndpointId: ep.VpcEndpoint.VpcEndpointId})
	require.NoError(t, err)
	tableB.Route("2600:1f18:1:1::/64", *ep.VpcEndpoint.VpcEndpointId)
	requireArrival(t, a, six)
	require.Equal(t, 2, both.Passed())
}

// TestManyConnectionsThroughAnAppliance lets many hosts dial at once; each connection is a packet each way, and one for what is sent.
func TestManyConnectionsThroughAnAppliance(t *testing.T) {
	t.Parallel()
	w := newInspection(t, nil)
	const many = 100
	failed := make(chan error, many)
	for range many {
		go func() {
			c, err := w.hostA.DialContext(t.Context(), "tcp", w.address)
			if err == nil {
				_, err = c.Write([]byte("hello"))
			}
			failed <- err
		}()
	}
	for range many {
		require.NoError(t, <-failed)
	}
	require.Equal(t, 3*many, w.appliance.Passed())
}
