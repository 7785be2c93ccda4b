package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// interfaceRows are facts about network interfaces, and about the filters of the network around them.
var interfaceRows = []row{
	{41, "3.3", "DeleteNetworkInterface", "the interface of an endpoint is in use", "cloud-nuke#431", "sure", nil, usedInterface},
	{0, "3.3", "DetachNetworkInterface", "what AWS attached cannot be detached", "aws-modern-application-workshop#56", "sure", nil, managedAttachment},
	{0, "5", "ModifyNetworkInterfaceAttribute", "a requester-managed interface may be tagged, nothing else", "requester-managed-eni", "sure", nil, managedInterface},
	{0, "1.4", "DescribeNetworkInterfaces", "filters of network interfaces", "SDK", "sure, OtherSpellings", nil, interfaceFilters},
	{0, "1.0", "DescribeNetworkInterfaces", "MaxResults and IDs exclude each other", "SDK", "sure", nil, interfacePages},
	{0, "1.4", "DescribeSubnets", "filters of subnets, VPCs and groups", "SDK", "sure", nil, networkFilters},
}

func usedInterface(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	id := ep.NetworkInterfaceIds[0]
	_, err := h.consumer.DeleteNetworkInterface(t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: &id})
	requireCode(t, err, "InvalidParameterValue", "Network interface '"+id+"' is currently in use.")
	require.Len(t, h.interfaces(t, *ep.VpcEndpointId), 2)
	_, err = h.consumer.DeleteNetworkInterface(t.Context(), &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: aws.String("eni-0123456789abcdef0")})
	requireCode(t, err, "InvalidNetworkInterfaceID.NotFound", "eni-0123456789abcdef0")
}

func managedAttachment(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	for _, ni := range h.interfaces(t, *ep.VpcEndpointId) {
		require.Regexp(t, `^ela-attach-[0-9a-f]{17}$`, *ni.Attachment.AttachmentId)
		require.Equal(t, "amazon-aws", *ni.Attachment.InstanceOwnerId)
		_, err := h.consumer.DetachNetworkInterface(t.Context(), &ec2.DetachNetworkInterfaceInput{AttachmentId: ni.Attachment.AttachmentId, Force: aws.Bool(true)})
		requireCode(t, err, "OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.")
	}
	_, err := h.consumer.DetachNetworkInterface(t.Context(), &ec2.DetachNetworkInterfaceInput{AttachmentId: aws.String("eni-attach-0123456789abcdef0")})
	requireCode(t, err, "InvalidAttachmentID.NotFound", "eni-attach-0123456789abcdef0")
}

func managedInterface(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	id := ep.NetworkInterfaceIds[0]
	_, err := h.consumer.ModifyNetworkInterfaceAttribute(t.Context(), &ec2.ModifyNetworkInterfaceAttributeInput{NetworkInterfaceId: &id, Groups: []string{h.group}})
	requireCode(t, err, "OperationNotPermitted", id)
	h.tag(t, id, "team", "red")
	out, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters("tag:team", "red")})
	require.NoError(t, err)
	require.Equal(t, id, *out.NetworkInterfaces[0].NetworkInterfaceId)
}

func interfaceFilters(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("sts"), h.inDual(h.dual[0]), withFamily("dualstack"), withPrivateDNS(false))
	h.create(t, h.awsService("sts"), withPrivateDNS(false), withSubnets(h.b.id))
	read := func(name, value string) []types.NetworkInterface {
		out, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters(name, value)})
		require.NoError(t, err, name)
		return out.NetworkInterfaces
	}
	ni := h.interfaces(t, *ep.VpcEndpointId)[h.dual[0].id]
	for name, value := range map[string]string{
		"network-interface-id": *ni.NetworkInterfaceId, "availability-zone": *ni.AvailabilityZone, "availability-zone-id": "use1-az1", "subnet-id": h.dual[0].id,
		"vpc-id": h.dualVPC, "description": "VPC Endpoint Interface " + *ep.VpcEndpointId, "group-id": *ni.Groups[0].GroupId, "mac-address": *ni.MacAddress,
		"private-ip-address": *ni.PrivateIpAddress, "addresses.private-ip-address": *ni.PrivateIpAddress, "ipv6-addresses.ipv6-address": *ni.Ipv6Address,
		"attachment.attachment-id": *ni.Attachment.AttachmentId,
	} {
		got := read(name, value)
		require.Len(t, got, 1, name)
		require.Equal(t, ni.NetworkInterfaceId, got[0].NetworkInterfaceId, name)
	}
	for name, value := range map[string]string{"interface-type": "vpc_endpoint", "owner-id": h.consumerID, "requester-id": *ni.RequesterId, "requester-managed": "true",
		"status": "in-use", "source-dest-check": "true", "addresses.primary": "true", "attachment.status": "attached", "attachment.instance-owner-id": "amazon-aws",
		"attachment.device-index": "1", "attachment.delete-on-termination": "false", "attachment.attach-time": "*"} {
		require.Len(t, read(name, value), 2, name)
		require.Empty(t, read(name, "other"), name)
	}
	for _, name := range []string{"association.public-ip", "association.allocation-id", "attachment.instance-id", "private-dns-name"} {
		require.Empty(t, read(name, "*"), name)
	}
	for name, code := range map[string]string{"operator.managed": "UnsupportedOperation", "colour": "InvalidFilter"} {
		_, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{Filters: filters(name, "true")})
		requireCode(t, err, code, name)
	}
}

func interfacePages(t testing.TB, h *harness) {
	ids := h.create(t, *h.service(t, false).ServiceName).NetworkInterfaceIds
	_, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: ids, MaxResults: aws.Int32(5)})
	requireCode(t, err, "InvalidParameterCombination", "")
	_, err = h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{MaxResults: aws.Int32(4)})
	requireCode(t, err, "InvalidMaxResults", "4")
	out, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{NetworkInterfaceIds: ids})
	require.NoError(t, err)
	require.Len(t, out.NetworkInterfaces, 2)
}

func networkFilters(t testing.TB, h *harness) {
	for name, c := range map[string]struct {
		value string
		n     int
	}{
		"subnet-id": {h.a.id, 1}, "vpc-id": {h.dualVPC, 3}, "availability-zone": {h.region + "a", 4}, "availability-zone-id": {"use1-az2", 2}, "cidr-block": {h.a.cidr, 1},
		"cidrBlock": {h.a.cidr, 1}, "available-ip-address-count": {"251", 7}, "default-for-az": {"false", 8}, "ipv6-native": {"true", 1}, "state": {"available", 8},
		"ipv6-cidr-block-association.ipv6-cidr-block": {h.six.cidr, 1}, "ipv6-cidr-block-association.state": {"associated", 3}, "owner-id": {h.consumerID, 8},
		"subnet-arn": {"arn:aws:ec2:" + h.region + ":" + h.consumerID + ":subnet/" + h.a.id, 1},
	} {
		out, err := h.consumer.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{Filters: filters(name, c.value)})
		require.NoError(t, err, name)
		require.Len(t, out.Subnets, c.n, name)
	}
	for name, c := range map[string]struct {
		value string
		n     int
	}{
		"vpc-id": {h.vpc, 1}, "cidr": {"10.1.0.0/16", 1}, "cidr-block-association.cidr-block": {"10.1.0.0/16", 1}, "cidr-block-association.state": {"associated", 3},
		"ipv6-cidr-block-association.ipv6-cidr-block": {h.block6, 1}, "ipv6-cidr-block-association.state": {"associated", 1}, "is-default": {"true", 0},
		"owner-id": {h.consumerID, 3}, "state": {"available", 3},
	} {
		out, err := h.consumer.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{Filters: filters(name, c.value)})
		require.NoError(t, err, name)
		require.Len(t, out.Vpcs, c.n, name)
	}
	for name, c := range map[string]struct {
		value string
		n     int
	}{
		"group-id": {h.group, 1}, "group-name": {"default", 3}, "description": {"web", 1}, "vpc-id": {h.vpc, 2}, "owner-id": {h.consumerID, 4},
		"ip-permission.protocol": {"-1", 3}, "ip-permission.group-name": {"default", 3}, "ip-permission.user-id": {h.consumerID, 3}, "ip-permission.cidr": {"*", 0},
		"egress.ip-permission.cidr": {"0.0.0.0/0", 4}, "egress.ip-permission.group-id": {"*", 0},
	} {
		out, err := h.consumer.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{Filters: filters(name, c.value)})
		require.NoError(t, err, name)
		require.Len(t, out.SecurityGroups, c.n, name)
	}
	_, err := h.consumer.DescribeVpcs(t.Context(), &ec2.DescribeVpcsInput{Filters: filters("dhcp-options-id", "x")})
	requireCode(t, err, "UnsupportedOperation", "dhcp-options-id")
}
