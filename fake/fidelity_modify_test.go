package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"
)

func (h *harness) modify(t testing.TB, in *ec2.ModifyVpcEndpointInput) {
	t.Helper()
	out, err := h.consumer.ModifyVpcEndpoint(t.Context(), in)
	require.NoError(t, err)
	require.True(t, *out.Return)
}

func interfacesFollow(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	id, was := ep.VpcEndpointId, h.interfaces(t, *ep.VpcEndpointId)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, RemoveSubnetIds: []string{h.a.id}})
	require.NotContains(t, h.interfaces(t, *id), h.a.id)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSubnetIds: []string{h.a2.id},
		AddSecurityGroupIds: []string{h.group}, RemoveSecurityGroupIds: []string{h.defaultGroup}})
	now := h.interfaces(t, *id)
	require.Len(t, now, 2)
	require.Contains(t, now, h.a2.id)
	require.Equal(t, was[h.b.id].PrivateIpAddress, now[h.b.id].PrivateIpAddress)
	require.Equal(t, h.group, *now[h.b.id].Groups[0].GroupId)
	ep = h.read(t, *id)
	require.Equal(t, "available", string(ep.State))
	require.ElementsMatch(t, []string{h.b.id, h.a2.id}, ep.SubnetIds)
	require.ElementsMatch(t, []string{*now[h.b.id].NetworkInterfaceId, *now[h.a2.id].NetworkInterfaceId}, ep.NetworkInterfaceIds)
}

func modifyDNSAndPolicy(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("sts"), withPrivateDNS(false))
	id, full, narrow := ep.VpcEndpointId, *ep.PolicyDocument, `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}`
	require.Len(t, ep.DnsEntries, 3)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, PrivateDnsEnabled: aws.Bool(true), PolicyDocument: &narrow})
	ep = h.read(t, *id)
	require.True(t, *ep.PrivateDnsEnabled)
	require.Len(t, ep.DnsEntries, 4)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, AddSecurityGroupIds: []string{h.group}})
	ep = h.read(t, *id)
	require.True(t, *ep.PrivateDnsEnabled)
	require.JSONEq(t, narrow, *ep.PolicyDocument)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: id, PrivateDnsEnabled: aws.Bool(false), ResetPolicy: aws.Bool(true)})
	ep = h.read(t, *id)
	require.False(t, *ep.PrivateDnsEnabled)
	require.JSONEq(t, full, *ep.PolicyDocument)
}

func privateDNSWithoutName(t testing.TB, h *harness) {
	svc := *h.service(t, true).ServiceName
	text := "Private DNS can't be enabled because the service " + svc + " does not provide a private DNS name."
	h.refuse(t, "InvalidParameter", text, svc, withPrivateDNS(true))
	ep := h.create(t, svc)
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, PrivateDnsEnabled: aws.Bool(true)})
	requireCode(t, err, "InvalidParameter", text)
}

func modifyRefusals(t testing.TB, h *harness) {
	id := h.create(t, *h.service(t, false).ServiceName, withSubnets(h.b.id)).VpcEndpointId
	for _, c := range []struct {
		code, text string
		in         ec2.ModifyVpcEndpointInput
	}{
		{"InvalidSubnetID.NotFound", "subnet-0123456789abcdef0", ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{"subnet-0123456789abcdef0"}}},
		{"DuplicateSubnetsInSameZone", h.a2.id, ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.a.id, h.a2.id}}},
		{"InvalidParameter", h.c.id, ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.c.id}}},
		{"InvalidParameter", h.bare.id, ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.bare.id}}},
		{"InvalidParameter", "Route table IDs are only supported for Gateway type VPC Endpoint.", ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{"rtb-0123456789abcdef0"}}},
		{"InvalidParameter", h.group, ec2.ModifyVpcEndpointInput{RemoveSecurityGroupIds: []string{h.group}}},
		{"InvalidGroup.NotFound", "", ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{"sg-0123456789abcdef0"}}},
		{"InvalidPolicyDocument", "", ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String("[]")}},
	} {
		c.in.VpcEndpointId = id
		before := h.read(t, *id)
		_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &c.in)
		requireCode(t, err, c.code, c.text)
		require.Equal(t, before, h.read(t, *id))
	}
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String("vpce-0123456789abcdef0")})
	requireCode(t, err, "InvalidVpcEndpointId.NotFound", "")
}
