package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/stretchr/testify/require"
)

func (h *harness) offer(t testing.TB, in *ec2.CreateVpcEndpointServiceConfigurationInput) types.ServiceConfiguration {
	t.Helper()
	out, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), in)
	require.NoError(t, err)
	return *out.ServiceConfiguration
}

func (h *harness) readService(t testing.TB, id string) types.ServiceConfiguration {
	t.Helper()
	out, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
	require.NoError(t, err)
	require.Len(t, out.ServiceConfigurations, 1)
	return out.ServiceConfigurations[0]
}

func serviceToken(t testing.TB, h *harness) {
	in := &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, ClientToken: aws.String(h.own("s-1"))}
	first := h.offer(t, in)
	require.Equal(t, first.ServiceId, h.offer(t, in).ServiceId)
	in.AcceptanceRequired = aws.Bool(false)
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), in)
	requireCode(t, err, "IdempotentParameterMismatch", "")
}

func badBalancers(t testing.TB, h *harness) {
	h.service(t, false)
	missing := h.nlb[:len(h.nlb)-16] + "0123456789abcdef"
	for _, c := range []struct {
		code, text string
		nlbs, gwlb []string
	}{
		{"InvalidNetworkLoadBalancerArn.NotFound", missing, []string{missing}, nil},
		{"InvalidNetworkLoadBalancerArn.Malformed", "nonsense", []string{"nonsense"}, nil},
		{"InvalidNetworkLoadBalancerArn.Malformed", h.gwlb, []string{h.gwlb}, nil},
		{"InvalidParameterCombination", "", []string{h.otherNLB}, []string{h.gwlb}},
		{"InvalidParameter", "LBs are already associated with another VPC Endpoint Service Configuration", []string{h.nlb}, nil},
	} {
		_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
			NetworkLoadBalancerArns: c.nlbs, GatewayLoadBalancerArns: c.gwlb})
		requireCode(t, err, c.code, c.text)
	}
}

func noBalancer(t testing.TB, h *harness) {
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), nil)
	requireCode(t, err, "MissingParameter", "load balancer")
}

func gatewayService(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{GatewayLoadBalancerArns: []string{h.gwlb}})
	require.Equal(t, types.ServiceTypeGatewayLoadBalancer, svc.ServiceType[0].ServiceType)
	require.Empty(t, svc.BaseEndpointDnsNames)
	require.Equal(t, []string{h.gwlb}, svc.GatewayLoadBalancerArns)
	require.Empty(t, svc.NetworkLoadBalancerArns)
}

func serviceNames(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}})
	id := *svc.ServiceId
	require.Regexp(t, `^vpce-svc-[0-9a-f]{17}$`, id)
	require.Equal(t, "com.amazonaws.vpce."+h.region+"."+id, *svc.ServiceName)
	require.Equal(t, []string{id + "." + h.region + ".vpce.amazonaws.com"}, svc.BaseEndpointDnsNames)
	require.Equal(t, types.ServiceStateAvailable, svc.ServiceState)
	require.True(t, *svc.AcceptanceRequired)
	require.Equal(t, []string{h.region + "a", h.region + "b"}, svc.AvailabilityZones)
	require.Equal(t, []types.ServiceConnectivityType{types.ServiceConnectivityTypeIpv4}, svc.SupportedIpAddressTypes)
	require.NotNil(t, svc.PrivateDnsNameConfiguration)
	require.Nil(t, svc.PrivateDnsNameConfiguration.Name)
}

func privateName(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb},
		AcceptanceRequired: aws.Bool(false), PrivateDnsName: aws.String("api.example.com")})
	c := svc.PrivateDnsNameConfiguration
	require.Equal(t, "pendingVerification", string(c.State))
	require.Equal(t, "TXT", *c.Type)
	require.Regexp(t, `^_[a-z0-9]{20}$`, *c.Name)
	require.Regexp(t, `^vpce:[A-Za-z0-9]{20}$`, *c.Value)
	h.allow(t, *svc.ServiceId, "*")
	h.refuse(t, "InvalidParameter", "not verified", *svc.ServiceName, withPrivateDNS(true))
	h.domain(t, "example.com").must(proving("CREATE", *c.Name+".api.example.com", *c.Value))
	require.Equal(t, c, h.readService(t, *svc.ServiceId).PrivateDnsNameConfiguration)
	h.startVerification(t, *svc.ServiceId)
	require.Equal(t, "verified", h.verification(t, *svc.ServiceId))
	require.True(t, *h.create(t, *svc.ServiceName, withPrivateDNS(true)).PrivateDnsEnabled)
	_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, RemovePrivateDnsName: aws.Bool(true)})
	require.NoError(t, err)
	require.Nil(t, h.readService(t, *svc.ServiceId).PrivateDnsName)
}

func permissions(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}})
	root := "arn:aws:iam::" + h.consumerID + ":root"
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
	modify := func(add, remove []string) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
		return h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
			ServiceId: svc.ServiceId, AddAllowedPrincipals: add, RemoveAllowedPrincipals: remove})
	}
	out, err := modify([]string{root, root, "arn:aws:iam::333333333333:role/r"}, nil)
	require.NoError(t, err)
	require.Len(t, out.AddedPrincipals, 2)
	require.Equal(t, types.PrincipalTypeAccount, out.AddedPrincipals[0].PrincipalType)
	out, err = modify([]string{root}, nil)
	require.NoError(t, err)
	require.Empty(t, out.AddedPrincipals)
	for principal, code := range map[string]string{"nobody": "InvalidTargetArn.Unknown", "arn:aws:iam::222222222222:role/a/b": "InvalidTargetArn.Unknown",
		"arn:aws:iam::222222222222:group/g": "UnknownPrincipalType.Unsupported"} {
		_, err = modify([]string{principal}, nil)
		requireCode(t, err, code, principal)
	}
	list, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceId, Filters: filters("principal-type", "Role")})
	require.NoError(t, err)
	require.Len(t, list.AllowedPrincipals, 1)
	require.Equal(t, "arn:aws:iam::333333333333:role/r", *list.AllowedPrincipals[0].Principal)
	ep := h.create(t, *svc.ServiceName)
	_, err = modify(nil, []string{root})
	require.NoError(t, err)
	require.Equal(t, "pendingAcceptance", string(h.read(t, *ep.VpcEndpointId).State))
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
}

func liveConnections(t testing.TB, h *harness) {
	svc := h.service(t, true)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	remove := func() []types.UnsuccessfulItem {
		out, err := h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
		require.NoError(t, err)
		return out.Unsuccessful
	}
	requireItem(t, remove(), *svc.ServiceId, "ExistingVpcEndpointConnections")
	h.accept(t, *svc.ServiceId, id)
	items := remove()
	requireItem(t, items, *svc.ServiceId, "ExistingVpcEndpointConnections")
	require.Equal(t, "Service has existing active VPC Endpoint connections!", *items[0].Error.Message)
	h.reject(t, *svc.ServiceId, id)
	require.Empty(t, remove())
	require.Equal(t, "rejected", string(h.read(t, id).State))
}

func balancerInUse(t testing.TB, h *harness) {
	h.service(t, false)
	_, err := h.balancing.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &h.nlb})
	requireCode(t, err, "ResourceInUse", "cannot be deleted because it is currently associated with another service")
	var modelled *elbtypes.ResourceInUseException
	require.ErrorAs(t, err, &modelled)
	_, err = h.balancing.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &h.otherNLB})
	require.NoError(t, err)
	_, err = h.balancing.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{h.otherNLB}})
	requireCode(t, err, "LoadBalancerNotFound", "")
}

func unknownServiceID(t testing.TB, h *harness) {
	id := "vpce-svc-0123456789abcdef0"
	_, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", id)
	_, err = h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: &id})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", id)
	out, err := h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, id, "InvalidVpcEndpointService.NotFound")
	require.Equal(t, "The VpcEndpointService Id '"+id+"' does not exist", *out.Unsuccessful[0].Error.Message)
}
