package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func releasing(c *fake.Cloud) {
	c.Timing.ServiceDelete, c.Timing.BalancerRelease = time.Minute, 2*time.Minute
}
func balancersProvision(c *fake.Cloud) {
	c.Timing.LoadBalancer, c.Switches.ActiveBalancers = 3*time.Minute, true
}

// balancerRows are facts about load balancers.
var balancerRows = []row{
	{0, "2.5", "DeleteLoadBalancer", "a load balancer stays in use for a while after its service is gone", "public code", "sure", releasing, heldBalancer},
	{0, "2.3", "CreateLoadBalancer", "provisioning, then active", "ELB", "ActiveBalancers", balancersProvision, provisioningBalancer},
	{0, "6.5", "SetSubnets", "a zone that a load balancer gains; one subnet in a zone", "ELB, aws-load-balancer-controller#1815", "sure", nil, setSubnets},
	{0, "3.3", "CreateLoadBalancer", "the same name again, the same load balancer or another one", "ELB", "sure", nil, sameBalancerName},
	{0, "3.3", "CreateLoadBalancer", "what a load balancer cannot stand on", "ELB", "sure", nil, badSubnets},
	{0, "5", "SetIpAddressType", "dual stack needs subnets with IPv6", "ELB", "sure", nil, dualBalancer},
	{0, "1.0", "DescribeLoadBalancers", "names, pages of at most 400, unknown ones", "ELB", "sure", nil, balancerPages},
	{0, "1.0", "DescribeListeners", "listeners and their pages", "ELB", "sure", nil, listenerPages},
	{0, "6.5", "ModifyLoadBalancerAttributes", "cross-zone load balancing, off at first", "ELB", "sure", nil, crossZoneAttribute},
	{0, "1.6", "DescribeTags", "tags of load balancers", "ELB", "sure", nil, taggedBalancer},
	{0, "6.5", "DeleteVpcEndpointServiceConfigurations", "deleting a service leaves the load balancer", "PL:delete-endpoint-service", "sure", nil, balancerStays},
}

// spare gives the provider three subnets of a VPC of its own, in the zones a, b and b, for load balancers made by the API. The first has IPv6.
func (h *harness) spare(t testing.TB) (a, b, c string) {
	t.Helper()
	vpc, block := h.providersVPC(t)
	six := strings.TrimSuffix(block, "/56") + "/64"
	return h.providersSubnet(t, vpc, "a", "10.8.1.0/24", &six), h.providersSubnet(t, vpc, "b", "10.8.2.0/24", nil), h.providersSubnet(t, vpc, "b", "10.8.3.0/24", nil)
}

// providersVPC makes a VPC of the provider's, with an IPv6 block of AWS's.
func (h *harness) providersVPC(t testing.TB) (id, block string) {
	t.Helper()
	out, err := h.provider.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.8.0.0/16"), AmazonProvidedIpv6CidrBlock: aws.Bool(true)})
	require.NoError(t, err)
	return *out.Vpc.VpcId, *out.Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
}

func (h *harness) providersSubnet(t testing.TB, vpc, az, cidr string, six *string) string {
	t.Helper()
	out, err := h.provider.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, AvailabilityZone: aws.String(h.region + az), CidrBlock: &cidr, Ipv6CidrBlock: six})
	require.NoError(t, err)
	return *out.Subnet.SubnetId
}

func (h *harness) balancer(t testing.TB, in *elb.CreateLoadBalancerInput) elbtypes.LoadBalancer {
	t.Helper()
	if in.Type == "" {
		in.Type = elbtypes.LoadBalancerTypeEnumNetwork
	}
	out, err := h.balancing.CreateLoadBalancer(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, out.LoadBalancers, 1)
	return out.LoadBalancers[0]
}

func (h *harness) readBalancer(t testing.TB, arn string) elbtypes.LoadBalancer {
	t.Helper()
	out, err := h.balancing.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
	require.NoError(t, err)
	require.Len(t, out.LoadBalancers, 1)
	return out.LoadBalancers[0]
}

func heldBalancer(t testing.TB, h *harness) {
	svc := h.service(t, false)
	h.withdraw(t, *svc.ServiceId)
	remove := func() error {
		_, err := h.balancing.DeleteLoadBalancer(t.Context(), &elb.DeleteLoadBalancerInput{LoadBalancerArn: &h.nlb})
		return err
	}
	text := "Load balancer '" + h.nlb + "' cannot be deleted because it is currently associated with another service"
	requireCode(t, remove(), "ResourceInUse", text)
	h.wait(time.Minute)
	_, err := h.provider.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", "")
	requireCode(t, remove(), "ResourceInUse", text)
	h.wait(2 * time.Minute)
	require.NoError(t, remove())
	require.NoError(t, remove())
}

func provisioningBalancer(t testing.TB, h *harness) {
	a, b, _ := h.spare(t)
	lb := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("fresh"), Subnets: []string{a, b}})
	require.Equal(t, elbtypes.LoadBalancerStateEnumProvisioning, lb.State.Code)
	require.Equal(t, elbtypes.LoadBalancerStateEnumProvisioning, h.readBalancer(t, *lb.LoadBalancerArn).State.Code)
	_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*lb.LoadBalancerArn}})
	requireCode(t, err, "InvalidParameter", "provisioning")
	h.wait(3 * time.Minute)
	require.Equal(t, elbtypes.LoadBalancerStateEnumActive, h.readBalancer(t, *lb.LoadBalancerArn).State.Code)
	h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*lb.LoadBalancerArn}})
}

func setSubnets(t testing.TB, h *harness) {
	a, b, c := h.spare(t)
	arn := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("growing"), Subnets: []string{a}}).LoadBalancerArn
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*arn}})
	out, err := h.balancing.SetSubnets(t.Context(), &elb.SetSubnetsInput{LoadBalancerArn: arn, Subnets: []string{a, b}})
	require.NoError(t, err)
	require.Len(t, out.AvailabilityZones, 2)
	require.Len(t, h.readBalancer(t, *arn).AvailabilityZones, 2)
	require.Equal(t, []string{h.region + "a"}, h.readService(t, *svc.ServiceId).AvailabilityZones)
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId})
	require.Equal(t, []string{h.region + "a", h.region + "b"}, h.readService(t, *svc.ServiceId).AvailabilityZones)
	_, err = h.balancing.SetSubnets(t.Context(), &elb.SetSubnetsInput{LoadBalancerArn: arn, Subnets: []string{b, c}})
	requireCode(t, err, "InvalidConfigurationRequest", "multiple subnets in the same Availability Zone")
	faces, err := h.provider.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("description", "ELB net/growing/*")})
	require.NoError(t, err)
	require.Len(t, faces.NetworkInterfaces, 2)
}

func sameBalancerName(t testing.TB, h *harness) {
	a, b, _ := h.spare(t)
	in := &elb.CreateLoadBalancerInput{Name: aws.String("twice"), Subnets: []string{a, b}, Scheme: elbtypes.LoadBalancerSchemeEnumInternal}
	first := h.balancer(t, in)
	require.Equal(t, elbtypes.LoadBalancerSchemeEnumInternal, first.Scheme)
	require.Equal(t, first.LoadBalancerArn, h.balancer(t, in).LoadBalancerArn)
	in.Subnets = []string{a}
	_, err := h.balancing.CreateLoadBalancer(t.Context(), in)
	requireCode(t, err, "DuplicateLoadBalancerName", "A load balancer with the same name 'twice' exists, but with different settings")
	var modelled *elbtypes.DuplicateLoadBalancerNameException
	require.ErrorAs(t, err, &modelled)
}

func badSubnets(t testing.TB, h *harness) {
	a, _, _ := h.spare(t)
	nlb := elbtypes.LoadBalancerTypeEnumNetwork
	for _, c := range []struct {
		code, text string
		in         elb.CreateLoadBalancerInput
	}{
		{"SubnetNotFound", "subnet-0123456789abcdef0", elb.CreateLoadBalancerInput{Type: nlb, Subnets: []string{"subnet-0123456789abcdef0"}}},
		{"SubnetNotFound", h.a.id, elb.CreateLoadBalancerInput{Type: nlb, Subnets: []string{h.a.id}}},
		{"ValidationError", "subnets", elb.CreateLoadBalancerInput{Type: nlb}},
		{"InvalidSubnet", "10.9.9.9", elb.CreateLoadBalancerInput{Type: nlb, SubnetMappings: []elbtypes.SubnetMapping{{SubnetId: &a, PrivateIPv4Address: aws.String("10.9.9.9")}}}},
		{"ValidationError", "ipv6", elb.CreateLoadBalancerInput{Type: nlb, Subnets: []string{a}, IpAddressType: "ipv6"}},
		{"ValidationError", "-x", elb.CreateLoadBalancerInput{Type: nlb, Subnets: []string{a}, Name: aws.String("-x")}},
		{"UnsupportedOperation", "application", elb.CreateLoadBalancerInput{Subnets: []string{a}}},
	} {
		if c.in.Name == nil {
			c.in.Name = aws.String("bad")
		}
		_, err := h.balancing.CreateLoadBalancer(t.Context(), &c.in)
		requireCode(t, err, c.code, c.text)
	}
	lb := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("good"), SubnetMappings: []elbtypes.SubnetMapping{{SubnetId: &a, PrivateIPv4Address: aws.String("10.8.1.77")}}})
	require.Equal(t, elbtypes.LoadBalancerSchemeEnumInternetFacing, lb.Scheme)
	faces, err := h.provider.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("private-ip-address", "10.8.1.77")})
	require.NoError(t, err)
	require.Len(t, faces.NetworkInterfaces, 1)
}

func dualBalancer(t testing.TB, h *harness) {
	a, b, _ := h.spare(t)
	one := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("one"), Subnets: []string{a}}).LoadBalancerArn
	two := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("two"), Subnets: []string{a, b}}).LoadBalancerArn
	set := func(arn *string, family elbtypes.IpAddressType) error {
		_, err := h.balancing.SetIpAddressType(t.Context(), &elb.SetIpAddressTypeInput{LoadBalancerArn: arn, IpAddressType: family})
		return err
	}
	requireCode(t, set(two, "dualstack"), "InvalidSubnet", b)
	require.NoError(t, set(one, "dualstack"))
	require.Equal(t, elbtypes.IpAddressTypeDualstack, h.readBalancer(t, *one).IpAddressType)
	requireCode(t, set(one, "ipv5"), "ValidationError", "ipv5")
	svc := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{*one}, SupportedIpAddressTypes: []string{"ipv6"}})
	require.NoError(t, set(one, "ipv4"))
	require.Len(t, h.readService(t, *svc.ServiceId).SupportedIpAddressTypes, 1)
}

func balancerPages(t testing.TB, h *harness) {
	seen := map[string]bool{}
	for p := elb.NewDescribeLoadBalancersPaginator(h.balancing, &elb.DescribeLoadBalancersInput{PageSize: aws.Int32(1)}); p.HasMorePages(); {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		for _, lb := range out.LoadBalancers {
			seen[*lb.LoadBalancerArn] = true
		}
	}
	require.Equal(t, map[string]bool{h.nlb: true, h.otherNLB: true, h.gwlb: true}, seen)
	read := func(in *elb.DescribeLoadBalancersInput) error {
		_, err := h.balancing.DescribeLoadBalancers(t.Context(), in)
		return err
	}
	require.NoError(t, read(&elb.DescribeLoadBalancersInput{Names: []string{"orders", "inspect"}}))
	requireCode(t, read(&elb.DescribeLoadBalancersInput{Names: []string{"nobody"}}), "LoadBalancerNotFound", "")
	requireCode(t, read(&elb.DescribeLoadBalancersInput{PageSize: aws.Int32(401)}), "ValidationError", "401")
	requireCode(t, read(&elb.DescribeLoadBalancersInput{PageSize: aws.Int32(0)}), "ValidationError", "")
	requireCode(t, read(&elb.DescribeLoadBalancersInput{Marker: aws.String("x")}), "ValidationError", "x")
	requireCode(t, read(&elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{"x"}}), "ValidationError", "x")
}

func listenerPages(t testing.TB, h *harness) {
	lb := h.onlyFake().Account(h.providerID).NLB("listening", h.onlyFake().Account(h.providerID).VPC("10.9.0.0/16").Subnet("a", "10.9.1.0/24"))
	for _, port := range []int{80, 443, 8080} {
		l := lb.Listen(port)
		defer l.Close()
	}
	in, ports := &elb.DescribeListenersInput{LoadBalancerArn: &lb.ARN, PageSize: aws.Int32(2)}, []int32{}
	for p := elb.NewDescribeListenersPaginator(h.balancing, in); p.HasMorePages(); {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		require.LessOrEqual(t, len(out.Listeners), 2)
		for _, l := range out.Listeners {
			ports = append(ports, *l.Port)
			require.Equal(t, elbtypes.ProtocolEnumTcp, l.Protocol)
			require.Equal(t, lb.ARN, *l.LoadBalancerArn)
			require.Contains(t, *l.ListenerArn, ":listener/net/listening/")
		}
	}
	require.Equal(t, []int32{80, 443, 8080}, ports)
	missing := strings.Replace(lb.ARN, "listening", "absent", 1)
	_, err := h.balancing.DescribeListeners(t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: &missing})
	requireCode(t, err, "LoadBalancerNotFound", "")
}

func crossZoneAttribute(t testing.TB, h *harness) {
	read := func() string {
		out, err := h.balancing.DescribeLoadBalancerAttributes(t.Context(), &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: &h.nlb})
		require.NoError(t, err)
		for _, a := range out.Attributes {
			if *a.Key == "load_balancing.cross_zone.enabled" {
				return *a.Value
			}
		}
		return ""
	}
	set := func(value string) error {
		_, err := h.balancing.ModifyLoadBalancerAttributes(t.Context(), &elb.ModifyLoadBalancerAttributesInput{LoadBalancerArn: &h.nlb,
			Attributes: []elbtypes.LoadBalancerAttribute{{Key: aws.String("load_balancing.cross_zone.enabled"), Value: &value}}})
		return err
	}
	require.Equal(t, "false", read())
	require.NoError(t, set("true"))
	require.Equal(t, "true", read())
	requireCode(t, set("perhaps"), "InvalidConfigurationRequest", "")
	require.Equal(t, "true", read())
	require.NoError(t, set("false"))
	require.Equal(t, "false", read())
}

func taggedBalancer(t testing.TB, h *harness) {
	a, _, _ := h.spare(t)
	tag := func(key, value string) elbtypes.Tag { return elbtypes.Tag{Key: &key, Value: &value} }
	arn := h.balancer(t, &elb.CreateLoadBalancerInput{Name: aws.String("tagged"), Subnets: []string{a}, Tags: []elbtypes.Tag{tag("team", "red")}}).LoadBalancerArn
	_, err := h.balancing.AddTags(t.Context(), &elb.AddTagsInput{ResourceArns: []string{*arn}, Tags: []elbtypes.Tag{tag("team", "blue"), tag("env", "dev")}})
	require.NoError(t, err)
	_, err = h.balancing.RemoveTags(t.Context(), &elb.RemoveTagsInput{ResourceArns: []string{*arn}, TagKeys: []string{"env", "absent"}})
	require.NoError(t, err)
	out, err := h.balancing.DescribeTags(t.Context(), &elb.DescribeTagsInput{ResourceArns: []string{*arn, h.nlb}})
	require.NoError(t, err)
	require.Equal(t, []elbtypes.Tag{tag("team", "blue")}, out.TagDescriptions[0].Tags)
	require.Empty(t, out.TagDescriptions[1].Tags)
	_, err = h.balancing.AddTags(t.Context(), &elb.AddTagsInput{ResourceArns: []string{h.nlb, h.nlb[:len(h.nlb)-1] + "z"}, Tags: []elbtypes.Tag{tag("a", "b")}})
	requireCode(t, err, "ValidationError", "")
}

func balancerStays(t testing.TB, h *harness) {
	h.withdraw(t, *h.service(t, false).ServiceId)
	require.Equal(t, elbtypes.LoadBalancerStateEnumActive, h.readBalancer(t, h.nlb).State.Code)
	h.service(t, false)
}
