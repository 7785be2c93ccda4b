package endpoint_test

import (
	"context"
	"slices"
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
	tagged   *ec2.CreateTagsInput
	row      types.VpcEndpoint
	nics     []types.NetworkInterface
}

func newEcho() *echo { return &echo{Account: (&fake.Cloud{}).Account("222222222222")} }

func (e *echo) CreateVpcEndpoint(_ context.Context, in *ec2.CreateVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	e.created = in
	e.row = types.VpcEndpoint{
		VpcEndpointId: aws.String("vpce-1"), VpcId: in.VpcId, ServiceName: in.ServiceName, VpcEndpointType: in.VpcEndpointType, State: "available",
		SubnetIds: in.SubnetIds, PrivateDnsEnabled: in.PrivateDnsEnabled, IpAddressType: in.IpAddressType, PolicyDocument: in.PolicyDocument,
		ServiceRegion: in.ServiceRegion, RouteTableIds: in.RouteTableIds, Tags: in.TagSpecifications[0].Tags, CreationTimestamp: aws.Time(time.Now()),
	}
	e.groups(in.SecurityGroupIds, nil)
	e.options(in.DnsOptions)
	e.interfaces(in.SubnetConfigurations)
	return &ec2.CreateVpcEndpointOutput{VpcEndpoint: &e.row}, nil
}

func (e *echo) ModifyVpcEndpoint(_ context.Context, in *ec2.ModifyVpcEndpointInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error) {
	e.modified = in
	e.groups(in.AddSecurityGroupIds, in.RemoveSecurityGroupIds)
	e.row.SubnetIds = swap(e.row.SubnetIds, in.AddSubnetIds, in.RemoveSubnetIds)
	e.row.RouteTableIds = swap(e.row.RouteTableIds, in.AddRouteTableIds, in.RemoveRouteTableIds)
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

func swap(list, add, remove []string) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(id string) bool { return slices.Contains(remove, id) })
	return append(list, add...)
}

func (e *echo) groups(add, remove []string) {
	var ids []string
	for _, g := range e.row.Groups {
		ids = append(ids, aws.ToString(g.GroupId))
	}
	e.row.Groups = nil
	for _, id := range swap(ids, add, remove) {
		e.row.Groups = append(e.row.Groups, types.SecurityGroupIdentifier{GroupId: aws.String(id)})
	}
}

func (e *echo) CreateTags(_ context.Context, in *ec2.CreateTagsInput, _ ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error) {
	e.tagged = in
	for _, tag := range in.Tags {
		e.row.Tags = slices.DeleteFunc(slices.Clone(e.row.Tags), func(t types.Tag) bool { return *t.Key == *tag.Key })
		e.row.Tags = append(e.row.Tags, tag)
	}
	return &ec2.CreateTagsOutput{}, nil
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
