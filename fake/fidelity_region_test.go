package fake_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// exported makes a service that the consumer may use from another Region too.
func (h *harness) exported(t testing.TB) types.ServiceConfiguration {
	t.Helper()
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, AcceptanceRequired: aws.Bool(true),
		SupportedRegions: []string{h.region, h.abroad}})
	h.allow(t, *svc.ServiceId, "*")
	return svc
}

// away is a request of the consumer's from the other Region.
func (h *harness) away(service, region string) *ec2.CreateVpcEndpointInput {
	return &ec2.CreateVpcEndpointInput{VpcId: &h.abroadVPC, VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: &service,
		ServiceRegion: &region, SubnetIds: []string{h.abroadSubnet}}
}

func otherRegion(t testing.TB, h *harness) {
	svc := h.exported(t)
	out, err := h.remote.CreateVpcEndpoint(t.Context(), h.away(*svc.ServiceName, h.region))
	require.NoError(t, err)
	ep := out.VpcEndpoint
	require.Equal(t, h.region, *ep.ServiceRegion)
	require.Contains(t, *ep.DnsEntries[0].DnsName, "."+*svc.ServiceId+"."+h.region+".vpce.amazonaws.com")
	con := h.connections(t, filters("vpc-endpoint-region", h.abroad))
	require.Len(t, con, 1)
	h.accept(t, *svc.ServiceId, *ep.VpcEndpointId)
	for name, in := range map[string]*ec2.CreateVpcEndpointInput{
		"without the Region": h.away(*svc.ServiceName, h.abroad),
		"not exported":       h.away(*h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}}).ServiceName, h.region),
		"of AWS":             h.away(h.awsService("sts"), h.region),
	} {
		_, err := h.remote.CreateVpcEndpoint(t.Context(), in)
		requireCode(t, err, "InvalidServiceName", *in.ServiceName)
		require.NotEmpty(t, name)
	}
	found, err := h.remote.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceRegions: []string{h.region}})
	require.NoError(t, err)
	require.Equal(t, []string{*svc.ServiceName}, found.ServiceNames)
	require.Equal(t, h.region, *found.ServiceDetails[0].ServiceRegion)
	require.Empty(t, found.ServiceDetails[0].AvailabilityZones)
	require.Empty(t, found.ServiceDetails[0].AvailabilityZoneIds)
	named := &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}, ServiceRegions: []string{h.region}}
	same, err := h.remote.DescribeVpcEndpointServices(t.Context(), named)
	require.NoError(t, err)
	require.Equal(t, found.ServiceDetails, same.ServiceDetails)
	named.ServiceRegions = nil
	_, err = h.remote.DescribeVpcEndpointServices(t.Context(), named)
	requireCode(t, err, "InvalidServiceName", *svc.ServiceName)
	local, err := h.remote.DescribeVpcEndpointServices(t.Context(), nil)
	require.NoError(t, err)
	require.NotContains(t, local.ServiceNames, *svc.ServiceName)
}

func closedZone(t testing.TB, h *harness) {
	far := h.onlyFake().Account(h.providerID).In(h.abroad)
	v := far.VPC("10.6.0.0/16")
	lb := far.NLB("far", v.Subnet("a", "10.6.1.0/24"))
	out, err := far.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{lb.ARN}, SupportedRegions: []string{h.region}})
	require.NoError(t, err)
	_, err = far.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	from := func(in *ec2.CreateVpcEndpointInput) { in.ServiceRegion = &h.abroad }
	h.refuse(t, "InvalidParameter", "Only the following availability zones are supported for remote access: use1-az1, use1-az2, use1-az4",
		*out.ServiceConfiguration.ServiceName, from, withSubnets(h.c.id))
	ep := h.create(t, *out.ServiceConfiguration.ServiceName, from)
	require.Equal(t, h.abroad, *ep.ServiceRegion)
	require.Equal(t, "pendingAcceptance", string(ep.State))
}

func serviceRegions(t testing.TB, h *harness) {
	svc := h.exported(t)
	regions := func() map[string]string { return h.regions(t, *svc.ServiceId) }
	change := func(in ec2.ModifyVpcEndpointServiceConfigurationInput) error {
		in.ServiceId = svc.ServiceId
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &in)
		return err
	}
	require.Equal(t, map[string]string{h.region: "Available", h.abroad: "Available"}, regions())
	require.True(t, *h.readService(t, *svc.ServiceId).RemoteAccessEnabled)
	kept, err := h.remote.CreateVpcEndpoint(t.Context(), h.away(*svc.ServiceName, h.region))
	require.NoError(t, err)
	require.NoError(t, change(ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveSupportedRegions: []string{h.abroad}, AddSupportedRegions: []string{"us-west-2"}}))
	require.Equal(t, map[string]string{h.region: "Available", h.abroad: "Deleted", "us-west-2": "Available"}, regions())
	_, err = h.remote.CreateVpcEndpoint(t.Context(), h.away(*svc.ServiceName, h.region))
	requireCode(t, err, "InvalidServiceName", "")
	h.accept(t, *svc.ServiceId, *kept.VpcEndpoint.VpcEndpointId)
	requireCode(t, change(ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveSupportedRegions: []string{h.region}}), "InvalidParameter", h.region)
	requireCode(t, change(ec2.ModifyVpcEndpointServiceConfigurationInput{AddSupportedRegions: []string{"mars-1"}}), "InvalidParameter", "mars-1")
	require.NoError(t, change(ec2.ModifyVpcEndpointServiceConfigurationInput{AddSupportedRegions: []string{h.abroad}}))
	require.Equal(t, "Available", regions()[h.abroad])
	_, err = h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{h.gwlb}, SupportedRegions: []string{h.abroad}})
	requireCode(t, err, "InvalidParameter", "GatewayLoadBalancer")
	if h.otherwise(func(c *fake.Cloud) { c.Timing.ServiceDelete, c.Switches.ClosedRegions = time.Minute, true }) {
		h.closedRegions(t, svc)
	}
}

// regions are the states of a service's Regions.
func (h *harness) regions(t testing.TB, service string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, r := range h.readService(t, service).SupportedRegions {
		out[*r.Region] = *r.ServiceState
	}
	return out
}

// closedRegions are what the service's Regions become where their end takes time.
func (h *harness) closedRegions(t testing.TB, svc types.ServiceConfiguration) {
	t.Helper()
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, RemoveSupportedRegions: []string{h.abroad, "us-west-2"}})
	require.Equal(t, map[string]string{h.region: "Available", h.abroad: "Deleting", "us-west-2": "Deleting"}, h.regions(t, *svc.ServiceId))
	_, err := h.remote.CreateVpcEndpoint(t.Context(), h.away(*svc.ServiceName, h.region))
	requireCode(t, err, "InvalidServiceName", *svc.ServiceName)
	h.wait(time.Minute)
	require.Equal(t, map[string]string{h.region: "Available", h.abroad: "Closed", "us-west-2": "Closed"}, h.regions(t, *svc.ServiceId))
	require.False(t, *h.readService(t, *svc.ServiceId).RemoteAccessEnabled)
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, AddSupportedRegions: []string{h.abroad}})
	require.Equal(t, "Available", h.regions(t, *svc.ServiceId)[h.abroad])
}
