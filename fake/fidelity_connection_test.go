package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

func (h *harness) accept(t testing.TB, service, endpoint string) {
	t.Helper()
	out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{
		ServiceId: &service, VpcEndpointIds: []string{endpoint}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
}

func (h *harness) reject(t testing.TB, service, endpoint string) {
	t.Helper()
	out, err := h.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{
		ServiceId: &service, VpcEndpointIds: []string{endpoint}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
}

// connections are the provider's, filtered.
func (h *harness) connections(t testing.TB, f []types.Filter) []types.VpcEndpointConnection {
	t.Helper()
	out, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{Filters: f})
	require.NoError(t, err)
	return out.VpcEndpointConnections
}

func acceptance(t testing.TB, h *harness) {
	svc := h.service(t, true)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	require.Equal(t, "pendingAcceptance", string(h.read(t, id).State))
	h.accept(t, *svc.ServiceId, id)
	require.Equal(t, "pending", string(h.read(t, id).State))
	h.reach(t, id, "available")
}

func rejection(t testing.TB, h *harness) {
	svc := h.service(t, true)
	waiting, live := *h.create(t, *svc.ServiceName).VpcEndpointId, *h.create(t, *svc.ServiceName).VpcEndpointId
	h.accept(t, *svc.ServiceId, live)
	for _, id := range []string{waiting, live} {
		h.reject(t, *svc.ServiceId, id)
		require.Equal(t, "rejected", string(h.read(t, id).State))
	}
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{waiting, live}})
	require.NoError(t, err)
	require.Empty(t, out.Unsuccessful)
}

func connectionFilters(t testing.TB, h *harness) {
	svc := h.service(t, true)
	first, second := *h.create(t, *svc.ServiceName).VpcEndpointId, *h.create(t, *svc.ServiceName).VpcEndpointId
	h.accept(t, *svc.ServiceId, second)
	for name, value := range map[string]string{"ip-address-type": "ipv4", "service-id": *svc.ServiceId, "vpc-endpoint-owner": h.consumerID, "vpc-endpoint-region": h.region} {
		require.Len(t, h.connections(t, filters(name, value)), 2, name)
		require.Empty(t, h.connections(t, filters(name, "other")), name)
	}
	got := h.connections(t, filters("vpc-endpoint-state", "pendingAcceptance"))
	require.Len(t, got, 1)
	require.Equal(t, first, *got[0].VpcEndpointId)
	require.Equal(t, h.consumerID, *got[0].VpcEndpointOwner)
	require.Equal(t, []string{h.nlb}, got[0].NetworkLoadBalancerArns)
	require.Regexp(t, `^vpce-con-[0-9a-f]{17}$`, *got[0].VpcEndpointConnectionId)
	got = h.connections(t, filters("vpc-endpoint-id", second))
	require.Len(t, got, 1)
	require.Equal(t, "available", string(got[0].VpcEndpointState))
	_, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{Filters: filters("vpc-id", h.vpc)})
	requireCode(t, err, "InvalidFilter", "vpc-id")
	out, err := h.consumer.DescribeVpcEndpointConnections(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, out.VpcEndpointConnections)
}

func acceptUnknown(t testing.TB, h *harness) {
	svc, absent := h.service(t, true), "vpce-0123456789abcdef0"
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	_, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{
		ServiceId: aws.String("vpce-svc-0123456789abcdef0"), VpcEndpointIds: []string{id}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", "")
	_, err = h.consumer.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{id}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", "")
	out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{absent, id}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, absent, "InvalidVpcEndpoint.NotFound")
	require.Equal(t, "available", string(h.read(t, id).State))
	other := h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}})
	rejected, err := h.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: other.ServiceId, VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	requireItem(t, rejected.Unsuccessful, id, "InvalidVpcEndpoint.NotFound")
	require.Equal(t, "available", string(h.read(t, id).State))
}

func twoAccounts(t testing.TB, h *harness) {
	svc := h.service(t, true)
	ep := h.create(t, *svc.ServiceName)
	require.NotEqual(t, h.providerID, h.consumerID)
	require.Equal(t, h.consumerID, *ep.OwnerId)
	require.Equal(t, "pendingAcceptance", string(ep.State))
	got := h.connections(t, nil)
	require.Len(t, got, 1)
	require.Equal(t, h.consumerID, *got[0].VpcEndpointOwner)
	require.Equal(t, "pendingAcceptance", string(got[0].VpcEndpointState))
	require.Equal(t, h.providerID, *h.detail(t, &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{*svc.ServiceName}}).Owner)
	own, err := h.provider.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, own.VpcEndpoints)
	own, err = h.provider.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-id", h.vpc)})
	require.NoError(t, err)
	require.Empty(t, own.VpcEndpoints)
	_, err = h.consumer.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{*svc.ServiceId}})
	requireCode(t, err, "InvalidVpcEndpointServiceId.NotFound", *svc.ServiceId)
}
