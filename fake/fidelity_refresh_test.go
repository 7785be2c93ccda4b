package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/stretchr/testify/require"
)

// serviceRows are further facts about endpoint services.
var serviceRows = []row{
	{0, "6.5", "ModifyVpcEndpointServiceConfiguration", "zones that a load balancer gains are taken up by an otherwise empty call", "PL:configure-endpoint-service", "sure", nil, refreshZones},
	{0, "5", "ModifyVpcEndpointServiceConfiguration", "ipv6 needs every load balancer dual stack", "PL:create-endpoint-service", "sure", nil, serviceFamilies},
	{56, "3.3", "ModifyVpcEndpointServiceConfiguration", "connections keep a Gateway Load Balancer too", "ERR, PL", "sure, OtherCodes", nil, connectedGateway},
}

func (h *harness) reconfigure(t testing.TB, in *ec2.ModifyVpcEndpointServiceConfigurationInput) {
	t.Helper()
	out, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
	require.NoError(t, err)
	require.True(t, *out.Return)
}

// provided gives the provider a load balancer in the zone a of a VPC of its own, where IPv6 is, and a subnet in b.
func (h *harness) provided(t testing.TB, name string) (arn *string, a, b string) {
	t.Helper()
	a, b, _ = h.spare(t)
	return h.balancer(t, &elb.CreateLoadBalancerInput{Name: &name, Subnets: []string{a}}).LoadBalancerArn, a, b
}

func refreshZones(t testing.TB, h *harness) {
	arn, a, b := h.provided(t, "growing")
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*arn}, AcceptanceRequired: aws.Bool(false)})
	h.allow(t, *svc.ServiceId, "*")
	_, err := h.balancing.SetSubnets(t.Context(), &elb.SetSubnetsInput{LoadBalancerArn: arn, Subnets: []string{a, b}})
	require.NoError(t, err)
	require.Equal(t, []string{h.region + "a"}, h.readService(t, *svc.ServiceId).AvailabilityZones)
	h.refuse(t, "InvalidParameter", "does not support the availability zone of the subnet: "+h.b.id, *svc.ServiceName)
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId})
	got := h.readService(t, *svc.ServiceId)
	require.Equal(t, []string{h.region + "a", h.region + "b"}, got.AvailabilityZones)
	require.Equal(t, []string{"use1-az1", "use1-az2"}, got.AvailabilityZoneIds)
	h.create(t, *svc.ServiceName)
}

func serviceFamilies(t testing.TB, h *harness) {
	arn, _, _ := h.provided(t, "six")
	both := []string{"ipv4", "ipv6"}
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{*arn}, SupportedIpAddressTypes: both})
	requireCode(t, err, "InvalidParameter", *arn)
	_, err = h.balancing.SetIpAddressType(t.Context(), &elb.SetIpAddressTypeInput{LoadBalancerArn: arn, IpAddressType: "dualstack"})
	require.NoError(t, err)
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*arn}, SupportedIpAddressTypes: both})
	require.Equal(t, []types.ServiceConnectivityType{"ipv4", "ipv6"}, svc.SupportedIpAddressTypes)
	for _, in := range []*ec2.ModifyVpcEndpointServiceConfigurationInput{
		{AddNetworkLoadBalancerArns: []string{h.nlb}}, {RemoveSupportedIpAddressTypes: both}, {AddSupportedIpAddressTypes: []string{"ipv5"}},
	} {
		in.ServiceId = svc.ServiceId
		_, err = h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
		requireCode(t, err, "InvalidParameter", "")
	}
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, RemoveSupportedIpAddressTypes: []string{"ipv6"},
		AddNetworkLoadBalancerArns: []string{h.nlb}})
	got := h.readService(t, *svc.ServiceId)
	require.Equal(t, []types.ServiceConnectivityType{"ipv4"}, got.SupportedIpAddressTypes)
	require.ElementsMatch(t, []string{*arn, h.nlb}, got.NetworkLoadBalancerArns)
}

func connectedGateway(t testing.TB, h *harness) {
	svc := h.inspection(t, false)
	id := *h.create(t, *svc.ServiceName, h.inspected).VpcEndpointId
	change := func(in *ec2.ModifyVpcEndpointServiceConfigurationInput) error {
		in.ServiceId = svc.ServiceId
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
		return err
	}
	a, _, _ := h.spare(t)
	other := *h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("second"), Subnets: []string{a}, Type: "gateway"}).LoadBalancerArn
	swap := &ec2.ModifyVpcEndpointServiceConfigurationInput{AddGatewayLoadBalancerArns: []string{other}, RemoveGatewayLoadBalancerArns: []string{h.gwlb}}
	requireCode(t, change(swap), "ExistingVpcEndpointConnections", "")
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{AddNetworkLoadBalancerArns: []string{h.nlb}}), "InvalidParameter", "GatewayLoadBalancer")
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{PrivateDnsName: aws.String("api.example.com")}), "InvalidParameter", "GatewayLoadBalancer")
	h.reject(t, *svc.ServiceId, id)
	require.NoError(t, change(swap))
	require.Equal(t, []string{other}, h.readService(t, *svc.ServiceId).GatewayLoadBalancerArns)
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveGatewayLoadBalancerArns: []string{other}}), "InvalidParameter", "at least one")
}
