package fake_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// regional is the endpoint's own name, with the port that the story serves.
func (s *story) regional() string { return *s.dns.DnsName + ":80" }

// modify changes the story's endpoint.
func (s *story) modify(t testing.TB, in *ec2.ModifyVpcEndpointInput) {
	t.Helper()
	in.VpcEndpointId = &s.endpoint
	_, err := s.consumer.ModifyVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
}

// TestWhatAnEndpointThatIsAvailableOutlasts holds that what concerns new connections leaves those that are there alone (aws-facts 6.5), and that
// the provider's word counts at any time.
func TestWhatAnEndpointThatIsAvailableOutlasts(t *testing.T) {
	t.Parallel()
	s := tell(t)
	requireArrival(t, s.subnet, s.regional())
	_, err := s.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &s.service,
		RemoveAllowedPrincipals: []string{"arn:aws:iam::" + partnerID + ":root"}})
	require.NoError(t, err)
	for _, required := range []bool{false, true} {
		_, err = s.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &s.service,
			AcceptanceRequired: &required})
		require.NoError(t, err)
		requireArrival(t, s.subnet, s.regional())
	}
	ids := []string{s.endpoint}
	for range 2 {
		_, err = s.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
		require.NoError(t, err)
		requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has rejected endpoint "+s.endpoint)
		_, err = s.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
		require.NoError(t, err)
		requireArrival(t, s.subnet, s.regional())
	}
	s.consumer.FailEndpoint(s.endpoint, "InternalError", "no room")
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "endpoint "+s.endpoint+" is failed")
}

// TestAnEndpointThatNobodyAcceptsExpires holds that one that expired carries nothing, and that one accepted in time does.
func TestAnEndpointThatNobodyAcceptsExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{Expire: time.Hour}}
		s := &story{cloud: &c, provider: c.Account(ownerID), consumer: c.Account(partnerID)}
		s.nlb = s.provider.NLB("orders", s.provider.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24"))
		s.nlb.Listen(80)
		s.vpc = s.consumer.VPC("10.1.0.0/16")
		s.subnet = s.vpc.Subnet("a", "10.1.1.0/24")
		s.group = s.vpc.SecurityGroup("orders").AllowTCP(80, "10.1.0.0/16")
		s.connect(t, s.subnet)
		late, err := s.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: "Interface",
			ServiceName: aws.String("com.amazonaws.vpce.us-east-1." + s.service), SubnetIds: []string{s.subnet.ID}, SecurityGroupIds: []string{s.group.ID}})
		require.NoError(t, err)
		id, name := *late.VpcEndpoint.VpcEndpointId, *late.VpcEndpoint.DnsEntries[0].DnsName+":80"
		requireStop(t, s.subnet, name, fake.HopEndpoint, id, "has not accepted endpoint "+id)
		time.Sleep(time.Hour)
		requireStop(t, s.subnet, name, fake.HopEndpoint, id, "endpoint "+id+" is expired")
		requireArrival(t, s.subnet, s.regional())
	})
}

// TestTheGroupsOfAnEndpoint holds that the groups on its network interfaces admit by source, and by membership of the sender's.
func TestTheGroupsOfAnEndpoint(t *testing.T) {
	t.Parallel()
	s := tell(t)
	clients, own := s.vpc.SecurityGroup("clients"), s.vpc.SecurityGroup("own")
	s.modify(t, &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{own.ID}, RemoveSecurityGroupIds: []string{s.group.ID}})
	client := s.subnet.Host(clients)
	requireStop(t, client, s.regional(), fake.HopSecurityGroup, own.ID, "security group "+own.ID+" does not admit TCP port 80 from ")
	rule := []types.IpPermission{{IpProtocol: aws.String("tcp"), FromPort: aws.Int32(80), ToPort: aws.Int32(80),
		UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &clients.ID}}}}
	_, err := s.consumer.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &own.ID, IpPermissions: rule})
	require.NoError(t, err)
	requireArrival(t, client, s.regional())
	requireStop(t, s.subnet.Host(), s.regional(), fake.HopSecurityGroup, own.ID, "does not admit TCP port 80")
	_, err = s.consumer.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &own.ID, IpPermissions: rule})
	require.NoError(t, err)
	requireStop(t, client, s.regional(), fake.HopSecurityGroup, own.ID, "does not admit TCP port 80")
	s.modify(t, &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{s.group.ID}})
	requireArrival(t, client, s.regional())
	s.modify(t, &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{s.vpc.DefaultSecurityGroup().ID}, RemoveSecurityGroupIds: []string{own.ID, s.group.ID}})
	requireArrival(t, s.subnet.Host(), s.regional())
	requireStop(t, client, s.regional(), fake.HopSecurityGroup, s.vpc.DefaultSecurityGroup().ID, "does not admit TCP port 80")
}

// TestACustomersServiceHasNoPolicy holds that what is asked of a service of a customer's meets no endpoint policy (aws-facts 6.1), and gets through.
func TestACustomersServiceHasNoPolicy(t *testing.T) {
	t.Parallel()
	s := tell(t)
	l := s.nlb.Listen(81)
	s.group.AllowTCP(81, "0.0.0.0/0")
	path := requireArrival(t, asking{s.subnet, readObject}, *s.dns.DnsName+":81")
	require.NotContains(t, kinds(path), fake.HopPolicy)
	accepted, err := l.Accept()
	require.NoError(t, err)
	got, ok := fake.RequestOf(accepted)
	require.True(t, ok)
	require.Equal(t, readObject, got)
}

// TestAnEndpointOfIPv6Only is reached by IPv6 from inside, and by nothing of IPv4.
func TestAnEndpointOfIPv6Only(t *testing.T) {
	t.Parallel()
	c, v, s, _ := dualStack(t)
	a := c.Account(partnerID)
	out, err := a.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	six := v.Subnet("a", "2001:db8:b:6::/64")
	ep, err := a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, VpcEndpointType: "Interface",
		ServiceName: out.VpcEndpoints[0].ServiceName, SubnetIds: []string{six.ID}, IpAddressType: "ipv6"})
	require.NoError(t, err)
	name := *ep.VpcEndpoint.DnsEntries[0].DnsName + ":80"
	for _, from := range []dialler{six, s} {
		require.True(t, requireArrival(t, from, name).To.Addr().Is6())
	}
	four := v.Subnet("a", "10.1.4.0/24")
	require.Equal(t, "the source has no address from which it could reach "+requireArrival(t, s, name).To.Addr().String(), requireAgreement(t, four, name).Blocked)
	_, err = s.DialContext(t.Context(), "tcp4", name)
	require.ErrorContains(t, err, "has no IPv4 address")
}

// TestAServiceOfAnotherRegion is reached from the Region that it supports, also once the Region is taken from it (aws-facts 6.5), and not when the
// provider rejects.
func TestAServiceOfAnotherRegion(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{}
	s := &story{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID).In("eu-west-1")}
	s.nlb = s.provider.NLB("orders", s.provider.VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24"))
	l := s.nlb.Listen(80)
	svc, err := s.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{s.nlb.ARN}, AcceptanceRequired: aws.Bool(true), SupportedRegions: []string{"us-east-1", "eu-west-1"}})
	require.NoError(t, err)
	s.service = *svc.ServiceConfiguration.ServiceId
	_, err = s.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &s.service, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	s.vpc = s.consumer.VPC("10.1.0.0/16")
	s.subnet = s.vpc.Subnet("b", "10.1.1.0/24")
	ep, err := s.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: "Interface",
		ServiceName: svc.ServiceConfiguration.ServiceName, ServiceRegion: aws.String("us-east-1"), SubnetIds: []string{s.subnet.ID}})
	require.NoError(t, err)
	s.endpoint, s.dns = *ep.VpcEndpoint.VpcEndpointId, ep.VpcEndpoint.DnsEntries[0]
	ids := []string{s.endpoint}
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has not accepted endpoint "+s.endpoint)
	_, err = s.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	require.NoError(t, err)
	path := requireArrival(t, s.subnet, s.regional())
	require.Contains(t, detail(t, path, fake.HopService), "in us-east-1")
	require.False(t, path.CrossesInternetGateway())
	_, err = s.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &s.service,
		RemoveSupportedRegions: []string{"eu-west-1"}})
	require.NoError(t, err)
	requireArrival(t, s.subnet, s.regional())
	_, err = s.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	require.NoError(t, err)
	requireStop(t, s.subnet, s.regional(), fake.HopEndpoint, s.endpoint, "has rejected endpoint "+s.endpoint)
	require.NoError(t, l.Close())
}

// addresses are the addresses of an endpoint's network interfaces, by subnet.
func (s *story) addresses(t testing.TB) map[string]string {
	t.Helper()
	out, err := s.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("description", "VPC Endpoint Interface "+s.endpoint)})
	require.NoError(t, err)
	found := map[string]string{}
	for _, ni := range out.NetworkInterfaces {
		found[*ni.SubnetId] = *ni.NetworkInterfaceId + " " + *ni.PrivateIpAddress
	}
	return found
}

// TestAddressesStayForLife holds that an endpoint keeps its addresses (aws-facts 5, ENIs) over all that is done to it, save where a modify names
// another address.
func TestAddressesStayForLife(t *testing.T) {
	t.Parallel()
	s := tell(t)
	before := s.addresses(t)
	require.Len(t, before, 2)
	same := func(what string) {
		t.Helper()
		for subnet, address := range before {
			require.Equal(t, address, s.addresses(t)[subnet], what)
		}
		requireArrival(t, s.subnet, s.regional())
	}
	ids := []string{s.endpoint}
	s.modify(t, &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{s.vpc.DefaultSecurityGroup().ID}})
	same("a group more")
	s.modify(t, &ec2.ModifyVpcEndpointInput{RemoveSecurityGroupIds: []string{s.vpc.DefaultSecurityGroup().ID}})
	same("a group less")
	s.modify(t, &ec2.ModifyVpcEndpointInput{DnsOptions: &types.DnsOptionsSpecification{DnsRecordIpType: "ipv4"}})
	same("another type of DNS records")
	_, err := s.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	require.NoError(t, err)
	_, err = s.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &s.service, VpcEndpointIds: ids})
	require.NoError(t, err)
	same("rejected and accepted again")
	_, err = s.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: []types.Tag{{Key: aws.String("k"), Value: aws.String("v")}}})
	require.NoError(t, err)
	same("a tag")
	snapshot := s.cloud.Snapshot()
	s.modify(t, &ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{s.subnet.ID}})
	require.Len(t, s.addresses(t), 1)
	s.cloud.Restore(snapshot)
	same("restored")

	s.modify(t, &ec2.ModifyVpcEndpointInput{SubnetConfigurations: []types.SubnetConfiguration{{SubnetId: &s.subnet.ID, Ipv4: aws.String("10.1.1.77")}}})
	require.Contains(t, s.addresses(t)[s.subnet.ID], " 10.1.1.77")
	require.NotContains(t, s.addresses(t)[s.subnet.ID], before[s.subnet.ID], "another address is another network interface")
	requireArrival(t, s.subnet, "10.1.1.77:80")
}

// TestAnAddressStaysWhenItsFamilyDoes holds that an endpoint that takes up IPv6, or gives it up, keeps its IPv4 address.
func TestAnAddressStaysWhenItsFamilyDoes(t *testing.T) {
	t.Parallel()
	c, v, _, name := dualStack(t)
	a := c.Account(partnerID)
	eps, err := a.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	at := hostAddr(t, a, eps.VpcEndpoints[0].NetworkInterfaceIds[0])
	for _, family := range []types.IpAddressType{"ipv4", "dualstack", "ipv4"} {
		_, err := a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: eps.VpcEndpoints[0].VpcEndpointId, IpAddressType: family})
		require.NoError(t, err)
		require.Equal(t, at, requireArrival(t, v, name+":80").To.Addr().String(), family)
	}
}
