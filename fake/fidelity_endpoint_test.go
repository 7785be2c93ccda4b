package fake_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

func withToken(token string) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) { in.ClientToken = &token }
}

func withPrivateDNS(on bool) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) { in.PrivateDnsEnabled = &on }
}

func withSubnets(ids ...string) func(*ec2.CreateVpcEndpointInput) {
	return func(in *ec2.CreateVpcEndpointInput) { in.SubnetIds = ids }
}

func (h *harness) awsService(name string) string { return "com.amazonaws." + h.region + "." + name }

func sameToken(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	first, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(svc, withToken(h.own("t-1"))))
	require.NoError(t, err)
	again, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(svc, withToken(h.own("t-1"))))
	require.NoError(t, err)
	require.Equal(t, first.VpcEndpoint.VpcEndpointId, again.VpcEndpoint.VpcEndpointId)
	require.Equal(t, h.own("t-1"), aws.ToString(again.ClientToken))
	require.Len(t, h.interfaces(t, *first.VpcEndpoint.VpcEndpointId), 2)
}

func otherParameters(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	h.create(t, svc, withToken(h.own("t-1")))
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken(h.own("t-1")), withSubnets(h.a.id))
}

func pendingAvailable(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	require.Equal(t, "pending", string(ep.State))
	require.Equal(t, "pending", string(h.read(t, *ep.VpcEndpointId).State))
	h.reach(t, *ep.VpcEndpointId, "available")
}

func spelling(t testing.TB, h *harness) {
	svc := h.service(t, true)
	ep := h.create(t, *svc.ServiceName)
	require.Equal(t, "pendingAcceptance", string(ep.State))
	require.NotEqual(t, types.StatePendingAcceptance, ep.State)
	id := *ep.VpcEndpointId
	require.Equal(t, "pendingAcceptance", string(h.read(t, id).State))
	h.accept(t, *svc.ServiceId, id)
	require.NotEqual(t, types.StateAvailable, h.reach(t, id, "available").State)
	h.reject(t, *svc.ServiceId, id)
	require.NotEqual(t, types.StateRejected, h.reach(t, id, "rejected").State)
}

func readAfterCreate(t testing.TB, h *harness) {
	svc := h.service(t, false)
	h.wait(10 * time.Second)
	ep := h.create(t, *svc.ServiceName)
	_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{*ep.VpcEndpointId}})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", *ep.VpcEndpointId)
	h.wait(6 * time.Second)
	h.reach(t, *ep.VpcEndpointId, "available")
}

func oneInterfacePerSubnet(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName, func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{h.group} })
	faces := h.interfaces(t, *ep.VpcEndpointId)
	require.Len(t, faces, 2)
	for _, s := range []subnet{h.a, h.b} {
		ni := faces[s.id]
		require.True(t, *ni.RequesterManaged)
		require.Equal(t, "vpc_endpoint", string(ni.InterfaceType))
		require.Equal(t, s.az, *ni.AvailabilityZone)
		require.Equal(t, h.group, *ni.Groups[0].GroupId)
		require.Contains(t, ep.NetworkInterfaceIds, *ni.NetworkInterfaceId)
		addr, cidr := netip.MustParseAddr(*ni.PrivateIpAddress), netip.MustParsePrefix(s.cidr)
		require.True(t, cidr.Contains(addr))
		require.GreaterOrEqual(t, addr.As4()[3], byte(4))
		require.NotEqual(t, byte(255), addr.As4()[3])
	}
}

func dnsNames(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("sts"), withPrivateDNS(true))
	require.Len(t, ep.DnsEntries, 4)
	for i, entry := range ep.DnsEntries[:3] {
		require.True(t, strings.HasPrefix(*entry.DnsName, *ep.VpcEndpointId+"-"), *entry.DnsName)
		require.True(t, strings.HasSuffix(*entry.DnsName, ".sts."+h.region+".vpce.amazonaws.com"), *entry.DnsName)
		require.Equal(t, i > 0, strings.Contains(strings.SplitN(*entry.DnsName, ".", 2)[0], h.region))
		require.Equal(t, "Z7HUB22UULQXV", *entry.HostedZoneId)
	}
	require.Equal(t, "sts."+h.region+".amazonaws.com", *ep.DnsEntries[3].DnsName)
	require.NotEqual(t, "Z7HUB22UULQXV", *ep.DnsEntries[3].HostedZoneId)
}

func defaultGroup(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	require.Len(t, ep.Groups, 1)
	require.Equal(t, h.defaultGroup, *ep.Groups[0].GroupId)
	require.Equal(t, "default", *ep.Groups[0].GroupName)
}

func defaultPolicy(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("sts"), withPrivateDNS(false))
	require.JSONEq(t, `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`, *ep.PolicyDocument)
}

func answerHas(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	require.Equal(t, types.IpAddressTypeIpv4, ep.IpAddressType)
	require.Equal(t, types.DnsRecordIpTypeIpv4, ep.DnsOptions.DnsRecordIpType)
	require.Equal(t, h.region, *ep.ServiceRegion)
	require.False(t, *ep.RequesterManaged)
	require.Equal(t, h.consumerID, *ep.OwnerId)
	require.NotNil(t, ep.CreationTimestamp)
	require.Regexp(t, `^vpce-[0-9a-f]{17}$`, *ep.VpcEndpointId)
}

func describeUnknown(t testing.TB, h *harness) {
	id := "vpce-0123456789abcdef0"
	_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", id)
	ep := h.create(t, *h.service(t, false).ServiceName)
	_, err = h.stranger.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{*ep.VpcEndpointId}})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", *ep.VpcEndpointId)
}

func deleteUnknown(t testing.TB, h *harness) {
	ep, absent := h.create(t, *h.service(t, false).ServiceName), "vpce-0123456789abcdef0"
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{absent, *ep.VpcEndpointId}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, absent, "InvalidVpcEndpoint.NotFound")
	left, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-state", "available")})
	require.NoError(t, err)
	require.Empty(t, left.VpcEndpoints)
}

func deletingThenGone(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	id := *ep.VpcEndpointId
	h.reach(t, id, "available")
	_, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	require.Equal(t, "deleting", string(h.read(t, id).State))
	require.Len(t, h.interfaces(t, id), 2)
	again, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	require.Empty(t, again.Unsuccessful)
	h.reach(t, id, "deleted")
	require.Empty(t, h.interfaces(t, id))
	h.wait(time.Minute)
	_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", id)
}

func endpointPages(t testing.TB, h *harness) {
	svc, want := *h.service(t, false).ServiceName, map[string]bool{}
	for range 7 {
		want[*h.create(t, svc, withSubnets()).VpcEndpointId] = true
	}
	pages, got := 0, map[string]bool{}
	for p := ec2.NewDescribeVpcEndpointsPaginator(h.consumer, &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(3)}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		for _, ep := range out.VpcEndpoints {
			got[*ep.VpcEndpointId] = true
		}
	}
	require.Equal(t, 3, pages)
	require.Equal(t, want, got)
	_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{NextToken: aws.String("nonsense")})
	requireCode(t, err, "InvalidNextToken", "nonsense")
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(100000)})
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 7)
	if h.cloud == nil { // AWS lets nobody have as many as a page holds without asking
		return
	}
	h.many(t, svc, 1001-7)
	out, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(100000)})
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 1000)
	out, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{MaxResults: aws.Int32(100000), NextToken: out.NextToken})
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 1)
	require.Nil(t, out.NextToken)
}

// many makes so many endpoints on the fake, more than AWS lets a VPC have.
func (h *harness) many(t testing.TB, service string, n int) {
	t.Helper()
	h.cloud.Quotas.Endpoints = 2 * n
	for range n {
		h.create(t, service, withSubnets())
	}
}

func endpointFilters(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	ep := h.create(t, svc, func(in *ec2.CreateVpcEndpointInput) {
		in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("orders")}}}}
	})
	h.create(t, h.awsService("sts"), func(in *ec2.CreateVpcEndpointInput) {
		in.VpcId, in.SubnetIds, in.PrivateDnsEnabled = &h.bareVPC, []string{h.bare.id}, aws.Bool(false)
	})
	for name, value := range map[string]string{"service-name": svc, "tag:Name": "orders", "tag-key": "Name", "vpc-id": h.vpc, "vpc-endpoint-id": *ep.VpcEndpointId} {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters(name, value)})
		require.NoError(t, err, name)
		require.Len(t, out.VpcEndpoints, 1, name)
		require.Equal(t, ep.VpcEndpointId, out.VpcEndpoints[0].VpcEndpointId)
	}
	for name, value := range map[string]string{"ip-address-type": "ipv4", "service-region": h.region, "vpc-endpoint-state": "available", "vpc-endpoint-type": "Interface"} {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters(name, value)})
		require.NoError(t, err, name)
		require.Len(t, out.VpcEndpoints, 2, name)
		out, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters(name, "other")})
		require.NoError(t, err, name)
		require.Empty(t, out.VpcEndpoints, name)
	}
	_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("colour", "red")})
	requireCode(t, err, "InvalidFilter", "colour")
	_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-id", make([]string, 201)...)})
	requireCode(t, err, "FilterLimitExceeded", "200")
}
