package vpc

import (
	"net/netip"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var vpcs = reader[world.VPC, types.Vpc]{
	op: "DescribeVpcs", kind: says.VPCs, least: fewest,
	table: func(w *world.World) *world.Table[world.VPC] { return w.VPCs },
	head:  func(v *world.VPC) *world.Meta { return &v.Meta },
	names: vpcProperties.names(), beyond: []string{"dhcp-options-id", "ipv6-cidr-block-association.ipv6-pool"}, id: "vpc-id",
	match:  vpcProperties.match(func(v *world.VPC) *world.Meta { return &v.Meta }),
	render: showVPC,
}

// DescribeVpcs lists the caller's VPCs.
func DescribeVpcs(tx *world.Tx, in *ec2.DescribeVpcsInput) (*ec2.DescribeVpcsOutput, error) {
	rows, next, err := vpcs.read(tx, query{in.VpcIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeVpcsOutput{Vpcs: rows, NextToken: next}, err
}

func showVPC(_ *world.Tx, v *world.VPC, _ time.Time) types.Vpc {
	out := types.Vpc{VpcId: str(v.ID), OwnerId: str(v.Owner), CidrBlock: str(v.CIDR.String()), State: types.VpcStateAvailable,
		IsDefault: aws.Bool(false), InstanceTenancy: types.TenancyDefault, Tags: tagSet(v.Tags),
		CidrBlockAssociationSet: []types.VpcCidrBlockAssociation{{AssociationId: str(associated("vpc", v.ID)), CidrBlock: str(v.CIDR.String()),
			CidrBlockState: &types.VpcCidrBlockState{State: types.VpcCidrBlockStateCodeAssociated}}}}
	if v.CIDR6.IsValid() {
		out.Ipv6CidrBlockAssociationSet = []types.VpcIpv6CidrBlockAssociation{{AssociationId: str(associated("vpc", v.ID+"6")), Ipv6CidrBlock: str(v.CIDR6.String()),
			Ipv6CidrBlockState: &types.VpcCidrBlockState{State: types.VpcCidrBlockStateCodeAssociated}}}
	}
	return out
}

var subnets = reader[world.Subnet, types.Subnet]{
	op: "DescribeSubnets", kind: says.Subnets, least: fewest,
	table: func(w *world.World) *world.Table[world.Subnet] { return w.Subnets },
	head:  func(s *world.Subnet) *world.Meta { return &s.Meta },
	names: subnetProperties.names(), beyond: strings.Fields("customer-owned-ipv4-pool enable-dns64 enable-lni-at-device-index map-customer-owned-ip-on-launch " +
		"map-public-ip-on-launch outpost-arn private-dns-name-options-on-launch.hostname-type " +
		"private-dns-name-options-on-launch.enable-resource-name-dns-a-record private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record"),
	id: "subnet-id", group: "vpc-id", match: subnetProperties.match(func(s *world.Subnet) *world.Meta { return &s.Meta }),
	render: showSubnet,
}

// DescribeSubnets lists the caller's subnets.
func DescribeSubnets(tx *world.Tx, in *ec2.DescribeSubnetsInput) (*ec2.DescribeSubnetsOutput, error) {
	rows, next, err := subnets.read(tx, query{in.SubnetIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeSubnetsOutput{Subnets: rows, NextToken: next}, err
}

func showSubnet(tx *world.Tx, s *world.Subnet, _ time.Time) types.Subnet {
	out := types.Subnet{SubnetId: str(s.ID), VpcId: str(s.VPC), OwnerId: str(s.Owner), AvailabilityZone: str(s.AZ), AvailabilityZoneId: str(s.AZID),
		CidrBlock: some(prefixText(s.CIDR)), State: types.SubnetStateAvailable, Tags: tagSet(s.Tags), Ipv6Native: aws.Bool(!s.CIDR.IsValid()),
		SubnetArn:               str(subnetARN(s)),
		AvailableIpAddressCount: aws.Int32(int32(tx.Free(s))), DefaultForAz: aws.Bool(false)}
	if s.CIDR6.IsValid() {
		out.Ipv6CidrBlockAssociationSet = []types.SubnetIpv6CidrBlockAssociation{{AssociationId: str(associated("subnet", s.ID)), Ipv6CidrBlock: str(s.CIDR6.String()),
			Ipv6CidrBlockState: &types.SubnetCidrBlockState{State: types.SubnetCidrBlockStateCodeAssociated}}}
	}
	return out
}

func prefixText(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}
