package fake_test

import (
	"fmt"
	"net"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// offered is a story without endpoint: a service, behind a load balancer that listens on port 80, and a VPC of another account.
type offered struct {
	*story
	name  *string      // of the service
	below *fake.Subnet // the load balancer's
}

func newOffered(t testing.TB, in *ec2.CreateVpcEndpointServiceConfigurationInput) *offered {
	t.Helper()
	c := &fake.Cloud{}
	s := &offered{story: &story{cloud: c, provider: c.Account(ownerID)}}
	s.below = s.provider.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24")
	s.nlb = s.provider.NLB("orders", s.below)
	s.listener = s.nlb.Listen(80)
	in.NetworkLoadBalancerArns = []string{s.nlb.ARN}
	svc, err := s.provider.CreateVpcEndpointServiceConfiguration(t.Context(), in)
	require.NoError(t, err)
	s.service, s.name = *svc.ServiceConfiguration.ServiceId, svc.ServiceConfiguration.ServiceName
	s.as(partnerID)
	return s
}

// as makes an account the consumer, with a VPC of its own.
func (s *offered) as(account string) {
	s.consumer = s.cloud.Account(account)
	s.vpc = s.consumer.VPC("10.1.0.0/16")
	s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
}

func (s *offered) allow(t testing.TB, principals ...string) {
	t.Helper()
	_, err := s.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &s.service, AddAllowedPrincipals: principals})
	require.NoError(t, err)
}

// try asks for an endpoint in the story's subnet, in the VPC's default group.
func (s *offered) try(t testing.TB) error {
	t.Helper()
	ep, err := s.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: types.VpcEndpointTypeInterface,
		ServiceName: s.name, SubnetIds: []string{s.subnet.ID}})
	if err == nil {
		s.endpoint, s.dns = *ep.VpcEndpoint.VpcEndpointId, ep.VpcEndpoint.DnsEntries[0]
	}
	return err
}

func (s *offered) accept(t testing.TB) {
	t.Helper()
	_, err := s.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: []string{s.endpoint}})
	require.NoError(t, err)
}

func (s *offered) reject(t testing.TB) {
	t.Helper()
	_, err := s.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: []string{s.endpoint}})
	require.NoError(t, err)
}

// TestByDefaultNobodyConnects holds that a service is not there for an account that no permission names; and that for everybody, without
// acceptance, is for everybody (aws-facts 6.5).
func TestByDefaultNobodyConnects(t *testing.T) {
	t.Parallel()
	for _, principal := range []string{"*", "arn:aws:iam::" + partnerID + ":root"} {
		s := newOffered(t, &ec2.CreateVpcEndpointServiceConfigurationInput{AcceptanceRequired: new(bool)})
		requireCode(t, s.try(t), "InvalidServiceName", "")
		s.allow(t, principal)
		require.NoError(t, s.try(t))
		requireArrival(t, s.subnet, s.regional())
		s.as("333333333333")
		if principal != "*" {
			requireCode(t, s.try(t), "InvalidServiceName", "")
			continue
		}
		require.NoError(t, s.try(t))
		requireArrival(t, s.subnet, s.regional())
	}
}

// TestEndpointsToOneServiceStandAlone holds that a VPC may have several endpoints to one service, each with its own connection (aws-facts 6.1).
func TestEndpointsToOneServiceStandAlone(t *testing.T) {
	t.Parallel()
	s := newOffered(t, &ec2.CreateVpcEndpointServiceConfigurationInput{AcceptanceRequired: aws.Bool(true)})
	s.allow(t, "*")
	require.NoError(t, s.try(t))
	s.accept(t)
	first := s.regional()
	require.NoError(t, s.try(t))
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has not accepted endpoint "+s.endpoint)
	s.accept(t)
	requireArrival(t, s.subnet, s.regional())
	s.reject(t)
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has rejected endpoint "+s.endpoint)
	requireArrival(t, s.subnet, first)
}

// TestAnEndpointWithoutGroupsHasTheDefaultGroup holds that it admits the group's members (aws-facts 6.1).
func TestAnEndpointWithoutGroupsHasTheDefaultGroup(t *testing.T) {
	t.Parallel()
	s := newOffered(t, &ec2.CreateVpcEndpointServiceConfigurationInput{AcceptanceRequired: new(bool)})
	s.allow(t, "*")
	require.NoError(t, s.try(t))
	requireArrival(t, s.subnet.Host(), s.regional())
	requireStop(t, s.subnet.Host(s.vpc.SecurityGroup("web")), s.regional(), fake.HopSecurityGroup, s.vpc.DefaultSecurityGroup().ID,
		"security group "+s.vpc.DefaultSecurityGroup().ID+" does not admit TCP port 80 from ")
}

// TestNobodyPingsAnEndpoint holds that endpoints carry TCP alone (aws-facts 6.1).
func TestNobodyPingsAnEndpoint(t *testing.T) {
	t.Parallel()
	s := tell(t)
	for _, network := range []string{"ip4:icmp", "ip:icmp", "udp", "udp4", "unix"} {
		_, err := s.subnet.DialContext(t.Context(), network, s.regional())
		require.ErrorIs(t, err, net.UnknownNetworkError(network))
	}
	requireArrival(t, s.subnet, s.regional())
}

// TestALoadBalancerOutlastsItsService holds that the provider's own hosts reach a load balancer whose service is gone (aws-facts 6.5).
func TestALoadBalancerOutlastsItsService(t *testing.T) {
	t.Parallel()
	s := newOffered(t, &ec2.CreateVpcEndpointServiceConfigurationInput{AcceptanceRequired: new(bool)})
	s.allow(t, "*")
	require.NoError(t, s.try(t))
	requireArrival(t, s.subnet, s.regional())
	s.reject(t)
	out, err := s.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{s.service}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has rejected endpoint "+s.endpoint)
	requireArrival(t, s.below, s.listener.Addr().String())
}

// zoneIDs are the IDs of an account's Availability Zones, by the letters of their names.
func zoneIDs(t testing.TB, a *fake.Account) map[string]string {
	t.Helper()
	out, err := a.DescribeSubnets(t.Context(), nil)
	require.NoError(t, err)
	ids := map[string]string{}
	for _, s := range out.Subnets {
		ids[(*s.AvailabilityZone)[len(*s.AvailabilityZone)-1:]] = *s.AvailabilityZoneId
	}
	return ids
}

// TestZonesMeetByTheirIDs has two accounts that name one zone differently: an endpoint leads to the node in its own (aws-facts 5).
func TestZonesMeetByTheirIDs(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{ShuffleAZs: true}
	s := &story{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
	pv, at := s.provider.VPC("10.0.0.0/16"), map[string]net.Listener{}
	var nodes []*fake.Subnet
	letters := []string{"a", "b", "c", "d", "e", "f"}
	for i, letter := range letters {
		nodes = append(nodes, pv.Subnet(letter, fmt.Sprintf("10.0.%d.0/24", i)))
	}
	s.nlb = s.provider.NLB("orders", nodes...)
	theirs := zoneIDs(t, s.provider)
	for _, letter := range letters {
		at[theirs[letter]] = s.nlb.ListenIn(letter, 80)
	}
	s.vpc = s.consumer.VPC("10.1.0.0/16")
	s.group = s.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
	s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
	s.connect(t, s.subnet)
	own := zoneIDs(t, s.consumer)["a"]
	require.NotEqual(t, theirs["a"], own, "the zone of that name is another one")
	require.Equal(t, []string{own}, ids(requireArrival(t, s.subnet, s.regional()), fake.HopAvailabilityZone))
	require.NoError(t, at[theirs["a"]].Close())
	requireArrival(t, s.subnet, s.regional())
	require.NoError(t, at[own].Close())
	requireStop(t, s.subnet, s.regional(), fake.HopAvailabilityZone, own, "load balancer orders has no healthy target for port 80 in "+own)
}
