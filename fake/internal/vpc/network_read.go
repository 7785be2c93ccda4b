package vpc

import (
	"net/netip"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var vpcs = reader[world.VPC, types.Vpc]{
	op: "DescribeVpcs", kind: says.VPCs, least: fewest,
	table: func(w *world.World) *world.Table[world.VPC] { return w.VPCs },
	head:  func(v *world.VPC) *world.Meta { return &v.Meta },
	names: []string{"vpc-id", "cidr", "owner-id", "tag:", "tag-key"}, id: "vpc-id",
	match: func(_ *world.Tx, v *world.VPC, _ time.Time, f filter.Filter) bool {
		if match, ok := matchTags(v.Tags, f); ok {
			return match
		}
		return f.Match(map[string]string{"vpc-id": v.ID, "cidr": v.CIDR.String(), "owner-id": v.Owner}[f.Name])
	},
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
		CidrBlockAssociationSet: []types.VpcCidrBlockAssociation{{CidrBlock: str(v.CIDR.String()),
			CidrBlockState: &types.VpcCidrBlockState{State: types.VpcCidrBlockStateCodeAssociated}}}}
	if v.CIDR6.IsValid() {
		out.Ipv6CidrBlockAssociationSet = []types.VpcIpv6CidrBlockAssociation{{Ipv6CidrBlock: str(v.CIDR6.String()),
			Ipv6CidrBlockState: &types.VpcCidrBlockState{State: types.VpcCidrBlockStateCodeAssociated}}}
	}
	return out
}

var subnets = reader[world.Subnet, types.Subnet]{
	op: "DescribeSubnets", kind: says.Subnets, least: fewest,
	table: func(w *world.World) *world.Table[world.Subnet] { return w.Subnets },
	head:  func(s *world.Subnet) *world.Meta { return &s.Meta },
	names: []string{"subnet-id", "vpc-id", "availability-zone", "availability-zone-id", "cidr-block", "owner-id", "tag:", "tag-key"},
	id:    "subnet-id", group: "vpc-id",
	match: func(_ *world.Tx, s *world.Subnet, _ time.Time, f filter.Filter) bool {
		if match, ok := matchTags(s.Tags, f); ok {
			return match
		}
		return f.Match(map[string]string{"subnet-id": s.ID, "vpc-id": s.VPC, "availability-zone": s.AZ, "availability-zone-id": s.AZID,
			"cidr-block": prefixText(s.CIDR), "owner-id": s.Owner}[f.Name])
	},
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
		SubnetArn:               str("arn:" + world.Partition(s.Region) + ":ec2:" + s.Region + ":" + s.Owner + ":subnet/" + s.ID),
		AvailableIpAddressCount: aws.Int32(int32(tx.Free(s))), DefaultForAz: aws.Bool(false)}
	if s.CIDR6.IsValid() {
		out.Ipv6CidrBlockAssociationSet = []types.SubnetIpv6CidrBlockAssociation{{Ipv6CidrBlock: str(s.CIDR6.String()),
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
