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
	sent     []any // every write after the creation
	row      types.VpcEndpoint
	nics     []types.NetworkInterface
	routes   []types.Route // of the one route table, rtb-1
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
	e.modified, e.sent = in, append(e.sent, in)
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
	e.sent = append(e.sent, in)
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

func (e *echo) DescribeRouteTables(context.Context, *ec2.DescribeRouteTablesInput, ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error) {
	return &ec2.DescribeRouteTablesOutput{RouteTables: []types.RouteTable{{RouteTableId: aws.String("rtb-1"), Routes: slices.Clone(e.routes)}}}, nil
}

func (e *echo) CreateRoute(_ context.Context, in *ec2.CreateRouteInput, _ ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error) {
	e.sent = append(e.sent, in)
	e.routes = append(e.routes, types.Route{DestinationCidrBlock: in.DestinationCidrBlock, DestinationIpv6CidrBlock: in.DestinationIpv6CidrBlock, GatewayId: in.VpcEndpointId})
	return &ec2.CreateRouteOutput{}, nil
}

func (e *echo) ReplaceRoute(_ context.Context, in *ec2.ReplaceRouteInput, _ ...func(*ec2.Options)) (*ec2.ReplaceRouteOutput, error) {
	e.sent = append(e.sent, in)
	for i := range e.routes {
		if aws.ToString(e.routes[i].DestinationCidrBlock) == aws.ToString(in.DestinationCidrBlock) {
			e.routes[i].GatewayId = in.VpcEndpointId
		}
	}
	return &ec2.ReplaceRouteOutput{}, nil
}

func (e *echo) DeleteRoute(_ context.Context, in *ec2.DeleteRouteInput, _ ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error) {
	e.sent = append(e.sent, in)
	e.routes = slices.DeleteFunc(slices.Clone(e.routes), func(r types.Route) bool {
		return aws.ToString(r.DestinationCidrBlock)+aws.ToString(r.DestinationIpv6CidrBlock) == aws.ToString(in.DestinationCidrBlock)+aws.ToString(in.DestinationIpv6CidrBlock)
	})
	return &ec2.DeleteRouteOutput{}, nil
}
