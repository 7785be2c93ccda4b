package vpc

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var groups = reader[world.SecurityGroup, types.SecurityGroup]{
	op: "DescribeSecurityGroups", kind: says.Groups, least: fewest,
	table: func(w *world.World) *world.Table[world.SecurityGroup] { return w.Groups },
	head:  func(g *world.SecurityGroup) *world.Meta { return &g.Meta },
	names: groupProperties.names(), id: "group-id", group: "vpc-id",
	match:  groupProperties.match(func(g *world.SecurityGroup) *world.Meta { return &g.Meta }),
	render: showGroup,
}

// DescribeSecurityGroups lists the caller's security groups.
func DescribeSecurityGroups(tx *world.Tx, in *ec2.DescribeSecurityGroupsInput) (*ec2.DescribeSecurityGroupsOutput, error) {
	rows, next, err := groups.read(tx, query{in.GroupIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeSecurityGroupsOutput{SecurityGroups: rows, NextToken: next}, err
}

func showGroup(_ *world.Tx, g *world.SecurityGroup, _ time.Time) types.SecurityGroup {
	out := types.SecurityGroup{GroupId: str(g.ID), GroupName: str(g.Name), Description: str(g.Description), VpcId: str(g.VPC), OwnerId: str(g.Owner),
		SecurityGroupArn: str(groupARN(g)),
		Tags:             tagSet(g.Tags), IpPermissions: []types.IpPermission{},
		IpPermissionsEgress: []types.IpPermission{{IpProtocol: str("-1"), IpRanges: []types.IpRange{{CidrIp: str("0.0.0.0/0")}}}}}
	for _, rule := range g.Ingress {
		out.IpPermissions = append(out.IpPermissions, showRule(g, rule))
	}
	return out
}

func showRule(g *world.SecurityGroup, r world.Rule) types.IpPermission {
	out := types.IpPermission{IpProtocol: str(r.Protocol)}
	if r.Protocol != "-1" {
		out.FromPort, out.ToPort = aws.Int32(int32(r.From)), aws.Int32(int32(r.To))
	}
	switch {
	case r.Group != "":
		out.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: str(r.Group), UserId: str(g.Owner)}}
	case r.CIDR.Addr().Is4():
		out.IpRanges = []types.IpRange{{CidrIp: str(r.CIDR.String())}}
	default:
		out.Ipv6Ranges = []types.Ipv6Range{{CidrIpv6: str(r.CIDR.String())}}
	}
	return out
}
