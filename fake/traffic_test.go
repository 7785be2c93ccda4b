package fake_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// dialler is anything that connects and says along which way.
type dialler interface {
	resolver
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
	Trace(ctx context.Context, address string) (fake.Path, error)
}

// story is an API behind a load balancer of one account that another account's VPC reaches by name.
type story struct {
	cloud              *fake.Cloud
	provider, consumer *fake.Account
	nlb                *fake.LoadBalancer
	listener           net.Listener
	vpc                *fake.VPC
	subnet             *fake.Subnet
	group              *fake.SecurityGroup
	service, endpoint  string
	dns                ec2types.DnsEntry
	zone               *r53.HostedZone
	record             r53.ResourceRecordSet
}

const apiName = "api.orders.internal"

// tell builds the story with EC2 and Route 53 calls by hand.
func tell(t testing.TB) *story {
	t.Helper()
	c := &fake.Cloud{}
	s := &story{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
	pv := s.provider.VPC("10.0.0.0/16")
	s.nlb = s.provider.NLB("orders", pv.Subnet("a", "10.0.1.0/24"), pv.Subnet("b", "10.0.2.0/24"))
	s.listener = s.nlb.Listen(80)
	l := s.listener
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, "orders for %s", r.Host)
		}))
	}()
	s.vpc = s.consumer.VPC("10.1.0.0/16")
	s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
	s.group = s.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
	s.connect(t, s.subnet, s.vpc.Subnet("b", "10.1.2.0/24"))
	s.name(t)
	return s
}

func (s *story) connect(t testing.TB, subnets ...*fake.Subnet) {
	ctx := t.Context()
	svc, err := s.provider.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{s.nlb.ARN}, AcceptanceRequired: aws.Bool(true)})
	require.NoError(t, err)
	s.service = *svc.ServiceConfiguration.ServiceId
	_, err = s.provider.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &s.service,
		AddAllowedPrincipals: []string{"arn:aws:iam::" + partnerID + ":root"}})
	require.NoError(t, err)
	in := &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: ec2types.VpcEndpointTypeInterface,
		ServiceName: svc.ServiceConfiguration.ServiceName, SecurityGroupIds: []string{s.group.ID}}
	for _, sub := range subnets {
		in.SubnetIds = append(in.SubnetIds, sub.ID)
	}
	ep, err := s.consumer.CreateVpcEndpoint(ctx, in)
	require.NoError(t, err)
	s.endpoint = *ep.VpcEndpoint.VpcEndpointId
	_, err = s.provider.AcceptVpcEndpointConnections(ctx, &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: []string{s.endpoint}})
	require.NoError(t, err)
	out, err := s.consumer.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{s.endpoint}})
	require.NoError(t, err)
	s.dns = out.VpcEndpoints[0].DnsEntries[0]
}

func (s *story) name(t testing.TB) {
	s.zone = makeZone(t, s.consumer, "orders.internal", s.vpc).HostedZone
	s.record = aliasRecord(apiName, *s.dns.HostedZoneId, *s.dns.DnsName)
	require.NoError(t, change(t.Context(), s.consumer, s.zone, create(s.record)))
}

// fetch gets the API's root page as seen from somewhere.
func fetch(t testing.TB, d dialler) (string, error) {
	client := http.Client{Transport: &http.Transport{DialContext: d.DialContext, DisableKeepAlives: true}}
	resp, err := client.Get("http://" + apiName + "/")
	if err != nil {
		return "", err
	}
	defer func() { require.NoError(t, resp.Body.Close()) }()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return string(body), nil
}

// kinds are the kinds of a path's hops.
func kinds(p fake.Path) []fake.HopKind {
	var out []fake.HopKind
	for _, h := range p.Hops {
		out = append(out, h.Kind)
	}
	return out
}

func TestTheStoryArrives(t *testing.T) {
	s := tell(t)
	for _, from := range []dialler{s.subnet, s.vpc, s.subnet.Host()} {
		body, err := fetch(t, from)
		require.NoError(t, err)
		require.Equal(t, "orders for "+apiName, body)
		path, err := from.Trace(t.Context(), apiName+":80")
		require.NoError(t, err)
		require.Empty(t, path.Blocked)
		require.False(t, path.CrossesInternetGateway())
		require.Equal(t, []fake.HopKind{fake.HopSource, fake.HopName, fake.HopZone, fake.HopName, fake.HopAddress, fake.HopRouteTable, fake.HopInterface, fake.HopSecurityGroup,
			fake.HopEndpoint, fake.HopService, fake.HopLoadBalancer, fake.HopAvailabilityZone, fake.HopTarget}, kinds(path))
		require.Contains(t, path.String(), "endpoint           "+s.endpoint+"  Interface available\n")
	}
}

func TestTheInternetSeesNamesAndReachesNothing(t *testing.T) {
	s := tell(t)
	i := s.cloud.Internet()
	requireNoHost(t, i, apiName, "no public zone has it")
	_, err := fetch(t, i)
	var dns *net.DNSError
	require.ErrorAs(t, err, &dns)
	require.True(t, dns.IsNotFound)
	addrs, err := i.LookupHost(t.Context(), *s.dns.DnsName)
	require.NoError(t, err)
	require.Len(t, addrs, 2)
	for _, a := range addrs {
		require.True(t, a.IsPrivate())
	}
	_, err = i.DialContext(t.Context(), "tcp", *s.dns.DnsName+":80")
	var blocked *fake.Unreachable
	require.ErrorAs(t, err, &blocked)
	require.Contains(t, blocked.Path.Blocked, "is a private address: the internet has no way to it")
}

func TestEachThingTakenAwayStopsTheStory(t *testing.T) {
	for _, tt := range []struct {
		name string
		take func(testing.TB, *story)
		want func(*story) string
		last fake.HopKind
	}{
		{"the zone's association", func(t testing.TB, s *story) {
			require.NoError(t, associateVPC(t, s.consumer, s.zone, vpcRef(s.consumer.VPC("10.2.0.0/16"))))
			require.NoError(t, disassociateVPC(t, s.consumer, s.zone, vpcRef(s.vpc)))
		}, func(s *story) string {
			return "no such host api.orders.internal: no private zone of " + s.vpc.ID + " and no public zone has it"
		}, fake.HopName},
		{"the record", func(t testing.TB, s *story) {
			require.NoError(t, change(t.Context(), s.consumer, s.zone, remove(s.record)))
		}, func(s *story) string {
			return fmt.Sprintf("no such host api.orders.internal: zone %s (orders.internal) has no record of that name", (*s.zone.Id)[len("/hostedzone/"):])
		}, fake.HopZone},
		{"the group's port", func(t testing.TB, s *story) {
			other := s.vpc.SecurityGroup("other").AllowTCP(443, "10.1.0.0/16")
			_, err := s.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &s.endpoint,
				AddSecurityGroupIds: []string{other.ID}, RemoveSecurityGroupIds: []string{s.group.ID}})
			require.NoError(t, err)
			s.group = other
		}, func(s *story) string {
			return "security group " + s.group.ID + " does not admit TCP port 80 from 10.1.1.254"
		}, fake.HopSecurityGroup},
		{"acceptance", func(t testing.TB, s *story) {
			_, err := s.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: []string{s.endpoint}})
			require.NoError(t, err)
		}, func(s *story) string {
			return "the provider of com.amazonaws.vpce.us-east-1." + s.service + " has rejected endpoint " + s.endpoint
		}, fake.HopEndpoint},
		{"the endpoint", func(t testing.TB, s *story) {
			_, err := s.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{s.endpoint}})
			require.NoError(t, err)
		}, func(s *story) string {
			return "no such host api.orders.internal: the endpoint of its alias target " + *s.dns.DnsName + " no longer exists"
		}, fake.HopName},
		{"the listener", func(t testing.TB, s *story) {
			require.NoError(t, s.listener.Close())
		}, func(*story) string { return "load balancer orders has no listener on port 80" }, fake.HopLoadBalancer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tell(t)
			tt.take(t, s)
			path, err := s.subnet.Trace(t.Context(), apiName+":80")
			require.NoError(t, err)
			require.Equal(t, tt.want(s), path.Blocked)
			require.Equal(t, tt.last, path.Hops[len(path.Hops)-1].Kind)
			require.Contains(t, path.String(), "blocked: "+path.Blocked)
			_, err = fetch(t, s.subnet)
			require.ErrorContains(t, err, path.Blocked)
		})
	}
}

func TestAliasToAnEndpoint(t *testing.T) {
	s := tell(t)
	err := change(t.Context(), s.consumer, s.zone, create(aliasRecord("x.orders.internal", "ZC8PG0KIFKBRI", *s.dns.DnsName)))
	requireRefusal(t, err, "InvalidChangeBatch", http.StatusBadRequest, "does not lie within the target zone")
	text := recordSet("x.orders.internal", r53.RRTypeTxt)
	text.TTL, text.AliasTarget = nil, s.record.AliasTarget
	requireRefusal(t, change(t.Context(), s.consumer, s.zone, create(text)), "InvalidChangeBatch", http.StatusBadRequest, "that target was not found")
	out, err := s.consumer.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: s.zone.Id, StartRecordName: aws.String(apiName)})
	require.NoError(t, err)
	require.Equal(t, *s.dns.DnsName+".", *out.ResourceRecordSets[0].AliasTarget.DNSName)
	require.NoError(t, change(t.Context(), s.consumer, s.zone, remove(out.ResourceRecordSets[0])))
}
