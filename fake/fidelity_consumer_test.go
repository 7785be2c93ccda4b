package fake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// consumerRows are facts about what consumers see of services.
var consumerRows = []row{
	{0, "6.5", "ModifyVpcEndpointServicePermissions", "* and no acceptance: a public service", "PL:configure-endpoint-service", "sure", nil, publicService},
	{0, "9.18", "ModifyVpcEndpointServicePermissions", "a new permission spreads: the service is hidden until then", "inferred", "sure", spreading, hiddenAtFirst},
	{0, "6.5", "DescribeVpcEndpointServices", "what a consumer sees of a service", "API:DescribeVpcEndpointServices", "sure", nil, offerDetail},
	{0, "1.4", "DescribeVpcEndpointServices", "the filters of services", "SDK", "sure, OtherSpellings", nil, offerFilters},
	{0, "5", "DescribeVpcEndpointServices", "zones by the consumer's own names", "PL:create-endpoint-service", "sure", shuffled, consumersZones},
	{0, "2.3", "DeleteVpcEndpointServiceConfigurations", "Deleting, then not found; hidden from consumers at once", "TF:wait.go", "sure", slowlyWithdrawn, withdrawn},
	{0, "2.3", "DescribeVpcEndpointServiceConfigurations", "a failed service is hidden from consumers, and can be deleted", "TF:find.go", "sure", nil, failedService},
	{0, "6.1", "CreateVpcEndpoint", "customers' services: a policy is refused, or has no effect", "PL:vpc-endpoints-access", "IgnorePolicies", nil, noPolicy},
}

func publicService(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, AcceptanceRequired: aws.Bool(false)})
	in := &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}}
	_, err := h.stranger.DescribeVpcEndpointServices(t.Context(), in)
	requireCode(t, err, "InvalidServiceName", "The Vpc Endpoint Service '"+*svc.ServiceName+"' does not exist")
	h.allow(t, *svc.ServiceId, "*")
	out, err := h.stranger.DescribeVpcEndpointServices(t.Context(), in)
	require.NoError(t, err)
	require.False(t, *out.ServiceDetails[0].AcceptanceRequired)
	made, err := h.stranger.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &h.strangersVPC, ServiceName: svc.ServiceName, VpcEndpointType: types.VpcEndpointTypeInterface})
	require.NoError(t, err)
	require.Equal(t, "pending", string(made.VpcEndpoint.State))
}

func hiddenAtFirst(t testing.TB, h *harness) {
	svc := h.service(t, false)
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
	require.Len(t, h.principals(t, *svc.ServiceId, nil), 1)
	h.wait(30 * time.Second)
	h.create(t, *svc.ServiceName)
}

// detail is the only service of a name that the consumer sees.
func (h *harness) detail(t testing.TB, in *ec2.DescribeVpcEndpointServicesInput) types.ServiceDetail {
	t.Helper()
	out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, out.ServiceDetails, 1)
	return out.ServiceDetails[0]
}

func offerDetail(t testing.TB, h *harness) {
	svc, gwlb := h.service(t, true), h.inspection(t, false)
	got := h.detail(t, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}})
	require.Equal(t, types.ServiceDetail{ServiceId: svc.ServiceId, ServiceName: svc.ServiceName, Owner: &h.providerID, ServiceRegion: &h.region,
		ServiceType: []types.ServiceTypeDetail{{ServiceType: types.ServiceTypeInterface}}, AcceptanceRequired: aws.Bool(true), ManagesVpcEndpoints: aws.Bool(false),
		VpcEndpointPolicySupported: aws.Bool(false), BaseEndpointDnsNames: []string{*svc.ServiceId + "." + h.region + ".vpce.amazonaws.com"},
		AvailabilityZones: []string{h.region + "a", h.region + "b"}, AvailabilityZoneIds: []string{"use1-az1", "use1-az2"},
		SupportedIpAddressTypes: []types.ServiceConnectivityType{"ipv4"}, Tags: []types.Tag{}}, got)
	got = h.detail(t, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*gwlb.ServiceName}})
	require.Equal(t, types.ServiceTypeGatewayLoadBalancer, got.ServiceType[0].ServiceType)
	require.Empty(t, got.BaseEndpointDnsNames)
	got = h.detail(t, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{h.awsService("sts")}})
	require.Equal(t, "amazon", *got.Owner)
	require.True(t, *got.VpcEndpointPolicySupported)
	require.Equal(t, "sts."+h.region+".amazonaws.com", *got.PrivateDnsName)
	require.Equal(t, "verified", string(got.PrivateDnsNameVerificationState))
}

func offerFilters(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb},
		TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpointService, Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("red")}}}}})
	read := func(f []types.Filter) []string {
		out, err := h.provider.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{Filters: f})
		require.NoError(t, err)
		return out.ServiceNames
	}
	all := len(read(nil))
	for name, value := range map[string]string{"owner": h.providerID, "service-name": *svc.ServiceName, "tag:team": "red", "tag-key": "team"} {
		require.Equal(t, []string{*svc.ServiceName}, read(filters(name, value)), name)
		require.Empty(t, read(filters(name, "other")), name)
	}
	require.Len(t, read(filters("service-region", h.region)), all)
	require.Len(t, read(filters("supported-ip-address-types", "ipv6")), all-1)
	require.Contains(t, read(filters("service-type", "Gateway")), h.awsService("s3express"))
	require.NotContains(t, read(filters("service-type", "Interface")), h.awsService("s3express"))
	_, err := h.provider.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{Filters: filters("service-id", "x")})
	requireCode(t, err, "InvalidFilter", "service-id")
}

// zonesOf are the IDs of an account's zones a and b.
func (h *harness) zonesOf(t testing.TB, c ec2Client) map[string]string {
	t.Helper()
	out, err := c.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{Filters: filters("availability-zone", h.region+"a", h.region+"b")})
	require.NoError(t, err)
	ids := map[string]string{}
	for _, s := range out.Subnets {
		ids[*s.AvailabilityZone] = *s.AvailabilityZoneId
	}
	return ids
}

func consumersZones(t testing.TB, h *harness) {
	svc := h.service(t, false)
	ours := h.detail(t, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}})
	require.Equal(t, svc.AvailabilityZoneIds, ours.AvailabilityZoneIds)
	require.Equal(t, []string{h.region + "a", h.region + "b"}, svc.AvailabilityZones)
	require.NotEqual(t, h.zonesOf(t, h.provider), h.zonesOf(t, h.consumer))
	out, err := h.consumer.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{Filters: filters("vpc-id", h.vpc)})
	require.NoError(t, err)
	for _, s := range out.Subnets {
		offered := slices.Contains(ours.AvailabilityZones, *s.AvailabilityZone)
		require.Equal(t, offered, slices.Contains(ours.AvailabilityZoneIds, *s.AvailabilityZoneId))
		_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(*svc.ServiceName, withSubnets(*s.SubnetId)))
		require.Equal(t, offered, err == nil)
	}
}

func withdrawn(t testing.TB, h *harness) {
	svc := h.service(t, false)
	h.withdraw(t, *svc.ServiceId)
	require.Equal(t, types.ServiceStateDeleting, h.readService(t, *svc.ServiceId).ServiceState)
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
	h.withdraw(t, *svc.ServiceId)
	h.wait(time.Minute)
	_, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", *svc.ServiceId)
}

func failedService(t testing.TB, h *harness) {
	svc := h.service(t, false)
	h.onlyFake().Account(h.providerID).FailService(*svc.ServiceId)
	require.Equal(t, types.ServiceStateFailed, h.readService(t, *svc.ServiceId).ServiceState)
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
	h.withdraw(t, *svc.ServiceId)
	_, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", *svc.ServiceId)
}

func noPolicy(t testing.TB, h *harness) {
	svc, policy := *h.service(t, false).ServiceName, func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(somePolicy) }
	h.refuse(t, "InvalidParameter", "does not support endpoint policies", svc, policy)
	if h.otherwise(func(c *fake.Cloud) { c.Switches.IgnorePolicies = true }) {
		require.JSONEq(t, `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`, *h.create(t, svc, policy).PolicyDocument)
	}
}
