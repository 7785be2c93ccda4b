package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestAGatewayLoadBalancerEndpointHasNoGroups holds that the groups which count are those of where traffic ends, and that an appliance sees who
// sent it (aws-facts 6.2).
func TestAGatewayLoadBalancerEndpointHasNoGroups(t *testing.T) {
	t.Parallel()
	var from string
	w := newInspection(t, func(p *fake.Packet) bool {
		if !p.Answer {
			from = p.Source.Addr().String()
		}
		return true
	})
	path := requireArrival(t, w.hostA, w.address)
	require.Equal(t, []string{w.vpc.DefaultSecurityGroup().ID}, ids(path, fake.HopSecurityGroup))
	require.Equal(t, hostAddr(t, w.consumer, w.hostA.ID), from)
	group := w.vpc.DefaultSecurityGroup().ID
	_, err := w.consumer.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &group, IpPermissions: []types.IpPermission{
		{IpProtocol: aws.String("-1"), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &group}}}}})
	require.NoError(t, err)
	stop := requireStop(t, w.hostA, w.address, fake.HopSecurityGroup, group, "security group "+group+" does not admit TCP port 80 from "+from)
	require.Equal(t, kinds(path)[:len(kinds(path))-1], kinds(stop), "it gets as far, through the appliance")
}

// TestGatewayEndpointsOfOneService are one for each of several tables, or one for all; the one for directory buckets is another service's
// (aws-facts 5 and 6.3).
func TestGatewayEndpointsOfOneService(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	w.cloud.S3("us-east-1").Listen(443)
	second := w.vpc.Subnet("b", "10.1.4.0/24")
	table := w.vpc.RouteTable(second)
	requireStop(t, second, s3Address, fake.HopRouteTable, table.ID, "has no route to ")
	_, err := w.account.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &w.gateway, AddRouteTableIds: []string{table.ID}})
	require.NoError(t, err)
	for _, from := range []dialler{second, w.inGateway} {
		require.Equal(t, []string{w.gateway}, ids(requireArrival(t, from, s3Address), fake.HopEndpoint))
	}
	create := func(part string) (string, error) {
		out, err := w.account.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &w.vpc.ID, ServiceName: aws.String("com.amazonaws.us-east-1." + part), RouteTableIds: []string{table.ID}})
		if err != nil {
			return "", err
		}
		return *out.VpcEndpoint.VpcEndpointId, nil
	}
	_, err = create("s3")
	requireCode(t, err, "RouteAlreadyExists", "")
	_, err = w.account.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &w.gateway, RemoveRouteTableIds: []string{table.ID}})
	require.NoError(t, err)
	own, err := create("s3")
	require.NoError(t, err)
	require.Equal(t, []string{own}, ids(requireArrival(t, second, s3Address), fake.HopEndpoint))
	require.Equal(t, []string{w.gateway}, ids(requireArrival(t, w.inGateway, s3Address), fake.HopEndpoint))

	const express = "s3express-control.us-east-1.amazonaws.com:443"
	w.cloud.AWSService("us-east-1", "s3express").Listen(443)
	requireStop(t, second, express, fake.HopRouteTable, table.ID, "has no route to ")
	directory, err := create("s3express")
	require.NoError(t, err)
	require.Equal(t, []string{directory}, ids(requireArrival(t, second, express), fake.HopEndpoint))
}
