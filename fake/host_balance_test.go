package fake_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// zoned is a story with an HTTP server in each of two zones, which says where it is. An endpoint with an interface in each leads there.
type zoned struct {
	*story
	servers  map[string]net.Listener // by zone
	regional string
	zonal    map[string]string // by zone
	inDNS    map[string]string // address by zone
}

func newZoned(t testing.TB, settings fake.Switches) *zoned {
	t.Helper()
	c := &fake.Cloud{Switches: settings}
	f := &zoned{story: &story{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}, servers: map[string]net.Listener{}, zonal: map[string]string{}, inDNS: map[string]string{}}
	pv := f.provider.VPC("10.0.0.0/16")
	f.nlb = f.provider.NLB("orders", pv.Subnet("a", "10.0.1.0/24"), pv.Subnet("b", "10.0.2.0/24"))
	f.vpc = f.consumer.VPC("10.1.0.0/16")
	f.subnet = f.vpc.Subnet("a", "10.1.1.0/24")
	f.group = f.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
	f.serve(t, "a")
	f.serve(t, "b")
	f.connect(t, f.subnet, f.vpc.Subnet("b", "10.1.2.0/24"))
	out, err := f.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{f.endpoint}})
	require.NoError(t, err)
	entries := out.VpcEndpoints[0].DnsEntries
	f.regional = *entries[0].DnsName
	for i, zone := range []string{"a", "b"} {
		f.zonal[zone] = *entries[1+i].DnsName
		addrs, err := f.vpc.LookupHost(t.Context(), f.zonal[zone])
		require.NoError(t, err)
		require.Len(t, addrs, 1)
		f.inDNS[zone] = addrs[0].String()
	}
	return f
}

func (f *zoned) serve(t testing.TB, zone string) {
	l := f.nlb.ListenIn(zone, 80)
	f.servers[zone] = l
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, zone) }))
	}()
	t.Cleanup(func() { _ = l.Close() })
}

// ask gets a page n times by a name, each on a connection of its own, and counts who answers.
func (f *zoned) ask(t testing.TB, name string, n int) map[string]int {
	t.Helper()
	client, counts := http.Client{Transport: &http.Transport{DialContext: f.subnet.DialContext, DisableKeepAlives: true}}, map[string]int{}
	for range n {
		resp, err := client.Get("http://" + name + "/")
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		counts[string(body)]++
	}
	return counts
}

// refused wants a name to lead to somebody who does not listen.
func (f *zoned) refused(t testing.TB, name, why string) {
	t.Helper()
	require.Equal(t, why, requireAgreement(t, f.subnet, name+":80").Blocked)
	_, err := f.subnet.DialContext(t.Context(), "tcp", name+":80")
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	var timeout net.Error
	require.ErrorAs(t, err, &timeout)
	require.False(t, timeout.Timeout())
}

func TestARegionalNameGoesRoundTheZonesAndAZonalOneStays(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	require.Equal(t, map[string]int{"a": 10, "b": 10}, f.ask(t, f.regional, 20))
	for zone, name := range f.zonal {
		require.Equal(t, map[string]int{zone: 10}, f.ask(t, name, 10))
	}
	f.nlb.CrossZone(true)
	for _, name := range []string{f.zonal["a"], f.zonal["b"], f.regional} {
		counts := f.ask(t, name, 20)
		require.Equal(t, 20, counts["a"]+counts["b"])
		require.InDelta(t, 10, counts["a"], 2, "a node passes on to the targets of both zones")
	}
	path, err := f.subnet.Trace(t.Context(), f.zonal["a"]+":80")
	require.NoError(t, err)
	require.Contains(t, path.String(), "availability zone  use1-az1")
}

// TestTraceIsTheWayOfTheNextDial holds that to look ahead, however often, takes no turn of a load balancer's targets.
func TestTraceIsTheWayOfTheNextDial(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	f.nlb.CrossZone(true)
	zones, seen := map[string]string{"port 80 in use1-az1": "a", "port 80 in use1-az2": "b"}, map[string]bool{}
	for range 10 {
		var next string
		for range 3 {
			path := aimedAt(t, f.subnet, f.zonal["a"]+":80")
			require.Contains(t, []string{"", path}, next)
			next = path
		}
		require.Equal(t, map[string]int{zones[next]: 1}, f.ask(t, f.zonal["a"], 1))
		seen[next] = true
	}
	require.Len(t, seen, 2)
}

// aimedAt is what a path says of its target.
func aimedAt(t testing.TB, d dialler, address string) string {
	t.Helper()
	path, err := d.Trace(t.Context(), address)
	require.NoError(t, err)
	return detail(t, path, fake.HopTarget)
}

func TestAZoneWithoutAHealthyTarget(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	require.NoError(t, f.servers["a"].Close())
	requireAddrs(t, f.vpc, f.regional, f.inDNS["b"])
	require.Equal(t, map[string]int{"b": 10}, f.ask(t, f.regional, 10))
	requireAddrs(t, f.vpc, f.zonal["a"], f.inDNS["a"])
	f.refused(t, f.zonal["a"], "load balancer orders has no healthy target for port 80 in use1-az1")

	f.nlb.CrossZone(true)
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"], f.inDNS["b"])
	require.Equal(t, map[string]int{"b": 10}, f.ask(t, f.zonal["a"], 10))
	require.Equal(t, map[string]int{"b": 10}, f.ask(t, f.regional, 10))

	f.nlb.CrossZone(false)
	f.serve(t, "a")
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"], f.inDNS["b"])
	require.Equal(t, map[string]int{"a": 5, "b": 5}, f.ask(t, f.regional, 10))
}

func TestWithoutAnyHealthyTargetEveryZoneIsInDNS(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	other := f.nlb.ListenIn("a", 81)
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"])
	require.Equal(t, map[string]int{"b": 2}, f.ask(t, f.zonal["b"], 2), "what DNS leaves out still passes connections on")
	require.NoError(t, f.servers["a"].Close())
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"], f.inDNS["b"])
	require.NoError(t, other.Close())
	requireAddrs(t, f.vpc, f.regional, f.inDNS["b"])
	require.NoError(t, f.servers["b"].Close())
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"], f.inDNS["b"])
	require.Equal(t, "load balancer orders has no listener on port 80", requireAgreement(t, f.subnet, f.regional+":80").Blocked)
}

// TestUnhealthyZonesStay holds the switch of that name.
func TestUnhealthyZonesStay(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{UnhealthyZonesStay: true})
	require.NoError(t, f.servers["a"].Close())
	requireAddrs(t, f.vpc, f.regional, f.inDNS["a"], f.inDNS["b"])
	require.Equal(t, map[string]int{"b": 10}, f.ask(t, f.regional, 10), "a dial tries one address after the other")
}

func TestALoadBalancersOwnNameHasItsHealthyNodes(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	name := balancerDNSName(t, f.provider, f.nlb.ARN)
	requireAddrs(t, f.cloud.Internet(), name, "10.0.1.4", "10.0.2.4")
	require.NoError(t, f.servers["b"].Close())
	requireAddrs(t, f.cloud.Internet(), name, "10.0.1.4")
	f.nlb.CrossZone(true)
	requireAddrs(t, f.cloud.Internet(), name, "10.0.1.4", "10.0.2.4")
}

func TestListenInBesideListen(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	require.Panics(t, func() { f.nlb.ListenIn("a", 80) })
	require.PanicsWithValue(t, `fake: load balancer orders has no node in Availability Zone "c"`, func() { f.nlb.ListenIn("c", 80) })
	everywhere := f.nlb.Listen(80)
	require.NoError(t, f.servers["a"].Close())
	accepted := make(chan net.Conn)
	go func() {
		c, _ := everywhere.Accept()
		accepted <- c
	}()
	c, err := f.subnet.DialContext(t.Context(), "tcp", f.zonal["a"]+":80")
	require.NoError(t, err)
	require.Equal(t, "10.0.1.4:80", (<-accepted).LocalAddr().String())
	require.NoError(t, c.Close())
	require.Equal(t, map[string]int{"b": 2}, f.ask(t, f.zonal["b"], 2))
	require.NoError(t, everywhere.Close())
	require.Contains(t, requireAgreement(t, f.subnet, f.zonal["a"]+":80").Blocked, "has no healthy target")
}

func TestNamesGoRound(t *testing.T) {
	t.Parallel()
	f := newZoned(t, fake.Switches{})
	first := func(r resolver) string {
		addrs, err := r.LookupHost(t.Context(), f.regional)
		require.NoError(t, err)
		require.Len(t, addrs, 2)
		return addrs[0].String()
	}
	one, two := first(f.vpc), first(f.vpc)
	require.NotEqual(t, one, two)
	for range 3 {
		path, err := f.vpc.Trace(t.Context(), f.regional+":80")
		require.NoError(t, err)
		require.Equal(t, one, path.To.Addr().String(), "to look ahead moves nothing")
	}
	kept := f.cloud.Snapshot()
	require.Equal(t, []string{one, two, one}, []string{first(f.vpc), first(f.vpc), first(f.vpc)})
	f.cloud.Restore(kept)
	require.Equal(t, one, first(f.vpc))
}

func balancerDNSName(t testing.TB, a *fake.Account, arn string) string {
	t.Helper()
	out, err := a.LoadBalancing().DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
	require.NoError(t, err)
	return *out.LoadBalancers[0].DNSName
}
