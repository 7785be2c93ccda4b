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

func serviceFilters(t testing.TB, h *harness) {
	first := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb},
		TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpointService, Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("orders")}}}}})
	h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}})
	for name, value := range map[string]string{"service-name": *first.ServiceName, "service-id": *first.ServiceId, "tag:Name": "ord*", "tag-key": "Name"} {
		out, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filters(name, value)})
		require.NoError(t, err, name)
		require.Len(t, out.ServiceConfigurations, 1, name)
		require.Equal(t, first.ServiceId, out.ServiceConfigurations[0].ServiceId, name)
	}
	for name, value := range map[string]string{"service-state": "Available", "supported-ip-address-types": "ipv4"} {
		out, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filters(name, value)})
		require.NoError(t, err, name)
		require.Len(t, out.ServiceConfigurations, 2, name)
	}
	_, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{MaxResults: aws.Int32(4)})
	requireCode(t, err, "InvalidMaxResults", "")
	_, err = h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{Filters: filters("lb-arn", h.nlb)})
	requireCode(t, err, "InvalidFilter", "lb-arn")
	h.servicePages(t)
}

// servicePages makes services until there are six, and reads them in pages.
func (h *harness) servicePages(t testing.TB) {
	t.Helper()
	h.inspection(t, false)
	a, _, _ := h.spare(t)
	for _, name := range []string{"third", "fourth", "fifth"} {
		lb := h.balancer(t, &elb.CreateLoadBalancerInput{Name: &name, Subnets: []string{a}})
		h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*lb.LoadBalancerArn}})
	}
	seen, lengths := map[string]bool{}, []int{}
	for p := ec2.NewDescribeVpcEndpointServiceConfigurationsPaginator(h.provider, &ec2.DescribeVpcEndpointServiceConfigurationsInput{MaxResults: aws.Int32(5)}); p.HasMorePages(); {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		lengths = append(lengths, len(out.ServiceConfigurations))
		for _, s := range out.ServiceConfigurations {
			seen[*s.ServiceId] = true
		}
	}
	require.Equal(t, []int{5, 1}, lengths)
	require.Len(t, seen, 6)
}

func modifyService(t testing.TB, h *harness) {
	svc := h.service(t, true)
	change := func(in *ec2.ModifyVpcEndpointServiceConfigurationInput) error {
		in.ServiceId = svc.ServiceId
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
		return err
	}
	require.NoError(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{AcceptanceRequired: aws.Bool(false), AddNetworkLoadBalancerArns: []string{h.otherNLB}}))
	got := h.readService(t, *svc.ServiceId)
	require.False(t, *got.AcceptanceRequired)
	require.ElementsMatch(t, []string{h.nlb, h.otherNLB}, got.NetworkLoadBalancerArns)
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{AddGatewayLoadBalancerArns: []string{h.gwlb}}), "InvalidParameter", "Interface")
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveNetworkLoadBalancerArns: []string{h.nlb, h.otherNLB}}), "InvalidParameter", "at least one")
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{AddSupportedIpAddressTypes: []string{"ipv6"}}), "InvalidParameter", "ipv6")
	h.create(t, *svc.ServiceName)
	requireCode(t, change(&ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveNetworkLoadBalancerArns: []string{h.nlb}}), "ExistingVpcEndpointConnections", "")
	_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: aws.String("vpce-svc-0123456789abcdef0")})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", "")
}

func offers(t testing.TB, h *harness) {
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}, TagSpecifications: []types.TagSpecification{{
		ResourceType: types.ResourceTypeVpcEndpointService, Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("orders")}}}}})
	h.allow(t, *svc.ServiceId, "arn:aws:iam::"+h.consumerID+":root")
	names := func(c ec2Client, in *ec2.DescribeVpcEndpointServicesInput) []string {
		out, err := c.DescribeVpcEndpointServices(t.Context(), in)
		require.NoError(t, err)
		require.Len(t, out.ServiceDetails, len(out.ServiceNames))
		return out.ServiceNames
	}
	for _, c := range []ec2Client{h.provider, h.consumer} {
		all := names(c, nil)
		require.Contains(t, all, *svc.ServiceName)
		require.Contains(t, all, h.awsService("s3"))
		require.IsNonDecreasing(t, all)
	}
	require.NotContains(t, names(h.stranger, nil), *svc.ServiceName)
	require.Equal(t, []string{*svc.ServiceName}, names(h.consumer, &ec2.DescribeVpcEndpointServicesInput{Filters: filters("owner", h.providerID)}))
	out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}})
	require.NoError(t, err)
	require.True(t, *out.ServiceDetails[0].AcceptanceRequired)
	require.Equal(t, h.providerID, *out.ServiceDetails[0].Owner)
	require.Empty(t, out.ServiceDetails[0].Tags)
	require.Equal(t, []string{*svc.ServiceName}, names(h.provider, &ec2.DescribeVpcEndpointServicesInput{Filters: filters("tag:Name", "orders")}))
	require.Empty(t, names(h.consumer, &ec2.DescribeVpcEndpointServicesInput{Filters: filters("tag:Name", "orders")}))
	require.Equal(t, []string{h.region + "a", h.region + "b"}, out.ServiceDetails[0].AvailabilityZones)
	_, err = h.stranger.DescribeVpcEndpointServices(t.Context(), &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}})
	requireCode(t, err, "InvalidServiceName", *svc.ServiceName)
	var paged []string
	for in := (&ec2.DescribeVpcEndpointServicesInput{MaxResults: aws.Int32(2)}); ; {
		out, err := h.consumer.DescribeVpcEndpointServices(t.Context(), in)
		require.NoError(t, err)
		require.LessOrEqual(t, len(out.ServiceNames), 2)
		paged = append(paged, out.ServiceNames...)
		if in.NextToken = out.NextToken; in.NextToken == nil {
			break
		}
	}
	require.Equal(t, names(h.consumer, nil), paged)
}

func balancerShape(t testing.TB, h *harness) {
	out, err := h.balancing.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{h.nlb, h.gwlb}})
	require.NoError(t, err)
	require.Regexp(t, `:loadbalancer/net/[^/]+/[0-9a-f]{16}$`, *out.LoadBalancers[0].LoadBalancerArn)
	require.Regexp(t, `:loadbalancer/gwy/[^/]+/[0-9a-f]{16}$`, *out.LoadBalancers[1].LoadBalancerArn)
	for i, c := range []struct {
		kind, path string
		zones      []string
	}{
		{"network_load_balancer", "net", []string{h.region + "a", h.region + "b"}},
		{"gateway_load_balancer", "gwy", []string{h.region + "a"}},
	} {
		lb := out.LoadBalancers[i]
		require.Equal(t, elbtypes.LoadBalancerStateEnumActive, lb.State.Code)
		faces, err := h.provider.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{
			Filters: append(filters("interface-type", c.kind), filters("description", "ELB "+c.path+"/"+*lb.LoadBalancerName+"/*")...)})
		require.NoError(t, err)
		at, in := map[string]string{}, []string{}
		for _, ni := range faces.NetworkInterfaces {
			at[*ni.SubnetId] = *ni.AvailabilityZone
			in = append(in, *ni.AvailabilityZone)
		}
		require.ElementsMatch(t, c.zones, in)
		require.Len(t, lb.AvailabilityZones, len(c.zones))
		for _, z := range lb.AvailabilityZones {
			require.Equal(t, *z.ZoneName, at[*z.SubnetId])
		}
	}
}
