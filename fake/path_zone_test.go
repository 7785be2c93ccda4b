package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestAZoneThatALoadBalancerGains is no service's before its next modify (aws-facts 6.5): neither an endpoint of another Region's, whose
// connections go to any zone of the service, nor one that would stand in it.
func TestAZoneThatALoadBalancerGains(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{}
	s := &story{cloud: c, provider: c.Account(ownerID), consumer: c.Account(partnerID).In("eu-west-1")}
	pv := s.provider.VPC("10.0.0.0/16")
	s.nlb = s.provider.NLB("orders", pv.Subnet("a", "10.0.1.0/24"))
	svc, err := s.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{s.nlb.ARN}, AcceptanceRequired: new(bool), SupportedRegions: []string{"us-east-1", "eu-west-1"}})
	require.NoError(t, err)
	s.service = *svc.ServiceConfiguration.ServiceId
	_, err = s.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: &s.service, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	s.vpc = s.consumer.VPC("10.1.0.0/16")
	s.subnet = s.vpc.Subnet("b", "10.1.1.0/24")
	request := &ec2.CreateVpcEndpointInput{VpcId: &s.vpc.ID, VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: svc.ServiceConfiguration.ServiceName,
		ServiceRegion: aws.String("us-east-1"), SubnetIds: []string{s.subnet.ID}}
	ep, err := s.consumer.CreateVpcEndpoint(t.Context(), request)
	require.NoError(t, err)
	s.dns = ep.VpcEndpoint.DnsEntries[0]
	s.nlb.AddSubnets(pv.Subnet("b", "10.0.2.0/24")).ListenIn("b", 80)
	near := c.Account(partnerID).VPC("10.2.0.0/16")
	request.VpcId, request.ServiceRegion, request.SubnetIds = &near.ID, nil, []string{near.Subnet("b", "10.2.1.0/24").ID}
	_, err = c.Account(partnerID).CreateVpcEndpoint(t.Context(), request)
	requireCode(t, err, "InvalidParameter", "does not support the availability zone of the subnet")
	requireStop(t, s.subnet, s.regional(), fake.HopAvailabilityZone, "use1-az1", "load balancer orders has no healthy target for port 80 in use1-az1")

	_, err = s.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: &s.service})
	require.NoError(t, err)
	require.Equal(t, []string{"use1-az2"}, ids(requireArrival(t, s.subnet, s.regional()), fake.HopAvailabilityZone))
	ep, err = c.Account(partnerID).CreateVpcEndpoint(t.Context(), request)
	require.NoError(t, err)
	requireArrival(t, near, *ep.VpcEndpoint.DnsEntries[0].DnsName+":80")
}
