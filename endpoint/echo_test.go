package endpoint_test

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// echo is an EC2 that has one endpoint and gives back what it was told, without any rule: it shows what is sent.
type echo struct {
	*fake.Account
	created  *ec2.CreateVpcEndpointInput
	modified *ec2.ModifyVpcEndpointInput
	row      types.VpcEndpoint
	nics     []types.NetworkInterface
}

func newEcho() *echo { return &echo{Account: (&fake.Cloud{}).Account("222222222222")} }

func (e *echo) CreateVpcEndpoint(_ context.Context, in *ec2.CreateVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	e.created = in
	e.row = types.VpcEndpoint{
		VpcEndpointId: aws.String("vpce-1"), VpcId: in.VpcId, ServiceName: in.ServiceName, VpcEndpointType: in.VpcEndpointType, State: "available",
		SubnetIds: in.SubnetIds, PrivateDnsEnabled: in.PrivateDnsEnabled, IpAddressType: in.IpAddressType, PolicyDocument: in.PolicyDocument,
		ServiceRegion: in.ServiceRegion, Tags: in.TagSpecifications[0].Tags, CreationTimestamp: aws.Time(time.Now()),
	}
	for _, id := range in.SecurityGroupIds {
		e.row.Groups = append(e.row.Groups, types.SecurityGroupIdentifier{GroupId: aws.String(id)})
	}
	e.options(in.DnsOptions)
	e.interfaces(in.SubnetConfigurations)
	return &ec2.CreateVpcEndpointOutput{VpcEndpoint: &e.row}, nil
}

func (e *echo) ModifyVpcEndpoint(_ context.Context, in *ec2.ModifyVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error) {
	e.modified = in
	e.options(in.DnsOptions)
	e.interfaces(in.SubnetConfigurations)
	if in.IpAddressType != "" {
		e.row.IpAddressType = in.IpAddressType
	}
	if in.PolicyDocument != nil {
		e.row.PolicyDocument = in.PolicyDocument
	}
	if in.PrivateDnsEnabled != nil {
		e.row.PrivateDnsEnabled = in.PrivateDnsEnabled
	}
	if aws.ToBool(in.ResetPolicy) {
		e.row.PolicyDocument = nil
	}
	return &ec2.ModifyVpcEndpointOutput{Return: aws.Bool(true)}, nil
}

func (e *echo) options(in *types.DnsOptionsSpecification) {
	if in == nil {
		return
	}
	if e.row.DnsOptions == nil {
		e.row.DnsOptions = &types.DnsOptions{}
	}
	if in.DnsRecordIpType != "" {
		e.row.DnsOptions.DnsRecordIpType = in.DnsRecordIpType
	}
	if in.PrivateDnsOnlyForInboundResolverEndpoint != nil {
		e.row.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint = in.PrivateDnsOnlyForInboundResolverEndpoint
	}
}

// interfaces replaces the network interfaces of the subnets that are named.
func (e *echo) interfaces(all []types.SubnetConfiguration) {
	for _, c := range all {
		id := aws.String("eni-" + aws.ToString(c.SubnetId))
		n := types.NetworkInterface{NetworkInterfaceId: id, SubnetId: c.SubnetId, PrivateIpAddress: c.Ipv4}
		if c.Ipv6 != nil {
			n.Ipv6Addresses = []types.NetworkInterfaceIpv6Address{{Ipv6Address: c.Ipv6}}
		}
		e.nics, e.row.NetworkInterfaceIds = append([]types.NetworkInterface{n}, e.nics...), append(e.row.NetworkInterfaceIds, *id)
	}
}

func (e *echo) DescribeVpcEndpoints(context.Context, *ec2.DescribeVpcEndpointsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	out := &ec2.DescribeVpcEndpointsOutput{}
	if e.row.VpcEndpointId != nil {
		out.VpcEndpoints = []types.VpcEndpoint{e.row}
	}
	return out, nil
}

func (e *echo) DescribeNetworkInterfaces(context.Context, *ec2.DescribeNetworkInterfacesInput, ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error) {
	return &ec2.DescribeNetworkInterfacesOutput{NetworkInterfaces: e.nics[:min(len(e.nics), 1)]}, nil
}
