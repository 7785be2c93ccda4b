package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestOtherCodes meets each refusal whose code nobody has recorded, under both settings: the texts and effects are the same.
func TestOtherCodes(t *testing.T) {
	t.Parallel()
	for _, other := range []bool{false, true} {
		code := func(usual, otherwise string) string {
			if other {
				return otherwise
			}
			return usual
		}
		switched(t, fake.Switches{OtherCodes: other, StrictAccept: true}, func(t testing.TB, h *harness) {
			quotas := h.onlyFake()
			quotas.Quotas = fake.Quotas{Services: 1, ServiceBalancers: 1, Principals: 2}
			_, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
				NetworkLoadBalancerArns: []string{h.nlb}, GatewayLoadBalancerArns: []string{h.gwlb}})
			requireCode(t, err, code("InvalidParameterCombination", "InvalidParameter"), "cannot be used together")
			svc := h.service(t, true)
			_, err = h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}})
			requireCode(t, err, code("VpcEndpointServiceLimitExceeded", "ResourceLimitExceeded"), "endpoint services has been reached")
			change := func(in ec2.ModifyVpcEndpointServiceConfigurationInput) error {
				in.ServiceId = svc.ServiceId
				_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &in)
				return err
			}
			err = change(ec2.ModifyVpcEndpointServiceConfigurationInput{AddNetworkLoadBalancerArns: []string{h.otherNLB}})
			requireCode(t, err, code("VpcEndpointServiceLimitExceeded", "ResourceLimitExceeded"), "load balancers")
			err = change(ec2.ModifyVpcEndpointServiceConfigurationInput{RemoveNetworkLoadBalancerArns: []string{h.nlb}})
			requireCode(t, err, code("InvalidParameter", "OperationNotPermitted"), "at least one load balancer")
			_, err = h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId,
				AddAllowedPrincipals: []string{"arn:aws:iam::444444444444:root", "arn:aws:iam::555555555555:root"}})
			requireCode(t, err, code("VpcEndpointServicePermissionLimitExceeded", "ResourceLimitExceeded"), "principals")

			require.NoError(t, change(ec2.ModifyVpcEndpointServiceConfigurationInput{PrivateDnsName: aws.String("orders.example.com")}))
			h.refuse(t, code("InvalidParameter", "OperationNotPermitted"), "not verified", *svc.ServiceName, withPrivateDNS(true))
			id := *h.create(t, *svc.ServiceName).VpcEndpointId
			h.accept(t, *svc.ServiceId, id)
			out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{id}})
			require.NoError(t, err)
			requireItem(t, out.Unsuccessful, id, code("InvalidState", "IncorrectState"))
		})
	}
}

// TestOtherPrefixes tags a connection and a permission by their IDs, whatever these begin with.
func TestOtherPrefixes(t *testing.T) {
	t.Parallel()
	for _, other := range []bool{false, true} {
		switched(t, fake.Switches{OtherPrefixes: other}, func(t testing.TB, h *harness) {
			svc := h.service(t, false)
			h.create(t, *svc.ServiceName)
			connections, err := h.provider.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{Filters: filters("service-id", *svc.ServiceId)})
			require.NoError(t, err)
			permissions, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId})
			require.NoError(t, err)
			ids := []string{*connections.VpcEndpointConnections[0].VpcEndpointConnectionId, *permissions.AllowedPrincipals[0].ServicePermissionId}
			if other {
				require.NotRegexp(t, `^vpce-con-`, ids[0])
				require.NotRegexp(t, `^vpce-svc-perm-`, ids[1])
			}
			_, err = h.provider.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: tagList("team", "orders")})
			require.NoError(t, err)
			tags, err := h.provider.DescribeTags(t.Context(), &ec2.DescribeTagsInput{Filters: filters("resource-id", ids...)})
			require.NoError(t, err)
			require.Len(t, tags.Tags, 2)
		})
	}
}

// TestUsedTablesStay deletes the route table of a gateway endpoint: the endpoint loses it, or keeps it until it is gone itself.
func TestUsedTablesStay(t *testing.T) {
	t.Parallel()
	switched(t, fake.Switches{UsedTablesStay: true}, func(t testing.TB, h *harness) {
		gateway := *h.create(t, h.awsService("s3"), onTables(h.table)).VpcEndpointId
		remove := func() error {
			_, err := h.consumer.DeleteRouteTable(t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: &h.table})
			return err
		}
		requireCode(t, remove(), "DependencyViolation", h.table)
		require.Equal(t, []string{h.table}, h.read(t, gateway).RouteTableIds)
		h.remove(t, gateway)
		require.NoError(t, remove())
	})
}
