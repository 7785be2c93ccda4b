package fake_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// networkRows are facts about the network around endpoints, made and deleted through EC2.
var networkRows = []row{
	{40, "3.3", "DeleteSubnet", "a subnet or group in use stays until the network interfaces are gone", "cloud-nuke#285, #293", "sure, OtherSpellings", dying, usedPlace},
	{42, "3.3", "DeleteVpc", "a VPC with dependencies stays", "delete_vpc#2", "sure", nil, usedVPC},
	{0, "1.0", "CreateVpc", "a network made and taken down through EC2 carries endpoints", "ERR", "sure", nil, wholeNetwork},
	{0, "6.1", "CreateVpc", "enableDnsHostnames starts off", "VPCUG:vpc-dns", "sure", nil, hostnamesOff},
	{0, "3.3", "CreateSubnet", "blocks and zones that a network cannot have", "ERR", "sure", nil, badBlocks},
	{0, "5", "CreateSubnet", "IPv6 beside and instead of IPv4", "VPCUG", "sure", nil, subnetFamilies},
	{0, "3.3", "DeleteRouteTable", "the main table and one that a subnet uses stay", "ERR", "sure, OtherSpellings, UsedTablesStay", nil, usedTable},
	{0, "1.5", "AssociateRouteTable", "a subnet has one table at a time", "SDK", "sure", nil, associatedTable},
	{0, "8", "CreateRouteTable", "a token makes one table", "SDK", "SpentToken", nil, tableToken},
	{0, "3.3", "CreateSecurityGroup", "names that are reserved or taken; the default group stays", "ERR", "sure", nil, groupNames},
	{0, "3.3", "AuthorizeSecurityGroupIngress", "rules: twice, absent, malformed; a group that a rule names stays", "ERR", "sure, OtherSpellings", nil, groupRules},
	{22, "3.1", "DeleteVpc", "networks that do not exist or are another account's", "ERR", "sure, OtherSpellings", nil, unknownNetwork},
}

func usedPlace(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName, func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{h.group} }).VpcEndpointId
	h.reach(t, id, "available")
	subnet := func() error {
		_, err := h.consumer.DeleteSubnet(t.Context(), &ec2.DeleteSubnetInput{SubnetId: &h.a.id})
		return err
	}
	group := func() error {
		_, err := h.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &h.group})
		return err
	}
	requireCode(t, subnet(), "DependencyViolation", "The subnet '"+h.a.id+"' has dependencies and cannot be deleted.")
	requireCode(t, group(), "DependencyViolation", "resource "+h.group+" has a dependent object")
	h.remove(t, id)
	require.Equal(t, "deleting", string(h.read(t, id).State))
	requireCode(t, subnet(), "DependencyViolation", h.a.id)
	requireCode(t, group(), "DependencyViolation", h.group)
	h.wait(time.Minute)
	require.Equal(t, "deleted", string(h.read(t, id).State))
	require.NoError(t, subnet())
	require.NoError(t, group())
	requireCode(t, subnet(), "InvalidSubnetID.NotFound", h.a.id)
}

func usedVPC(t testing.TB, h *harness) {
	vpc := *h.network(t, "10.70.0.0/16").VpcId
	remove := func() error {
		_, err := h.consumer.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: &vpc})
		return err
	}
	inUse := func() {
		requireCode(t, remove(), "DependencyViolation", "The vpc '"+vpc+"' has dependencies and cannot be deleted.")
	}
	gateway := *h.create(t, h.awsService("s3"), onTables(), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &vpc }).VpcEndpointId
	inUse()
	h.remove(t, gateway)
	group, err := h.consumer.CreateSecurityGroup(t.Context(), &ec2.CreateSecurityGroupInput{VpcId: &vpc, GroupName: aws.String("g"), Description: aws.String("g")})
	require.NoError(t, err)
	inUse()
	_, err = h.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: group.GroupId})
	require.NoError(t, err)
	require.NoError(t, remove())
	requireCode(t, remove(), "InvalidVpcID.NotFound", vpc)
	groups, err := h.consumer.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{Filters: filters("vpc-id", vpc)})
	require.NoError(t, err)
	require.Empty(t, groups.SecurityGroups)
}

// network makes a VPC of the consumer's through EC2.
func (h *harness) network(t testing.TB, cidr string) types.Vpc {
	t.Helper()
	out, err := h.consumer.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr})
	require.NoError(t, err)
	return *out.Vpc
}

func (h *harness) subnetIn(t testing.TB, vpc, cidr, az string) types.Subnet {
	t.Helper()
	out, err := h.consumer.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: &cidr, AvailabilityZone: aws.String(h.region + az)})
	require.NoError(t, err)
	return *out.Subnet
}

func wholeNetwork(t testing.TB, h *harness) {
	ctx, vpc := t.Context(), *h.network(t, "10.70.0.0/16").VpcId
	sub := h.subnetIn(t, vpc, "10.70.1.0/24", "a")
	require.Equal(t, int32(251), *sub.AvailableIpAddressCount)
	group, err := h.consumer.CreateSecurityGroup(ctx, &ec2.CreateSecurityGroupInput{VpcId: &vpc, GroupName: aws.String("web"), Description: aws.String("web")})
	require.NoError(t, err)
	_, err = h.consumer.AuthorizeSecurityGroupIngress(ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: group.GroupId, IpProtocol: aws.String("tcp"),
		FromPort: aws.Int32(443), ToPort: aws.Int32(443), CidrIp: aws.String("10.70.0.0/16")})
	require.NoError(t, err)
	table, err := h.consumer.CreateRouteTable(ctx, &ec2.CreateRouteTableInput{VpcId: &vpc})
	require.NoError(t, err)
	_, err = h.consumer.AssociateRouteTable(ctx, &ec2.AssociateRouteTableInput{RouteTableId: table.RouteTable.RouteTableId, SubnetId: sub.SubnetId})
	require.NoError(t, err)
	ep := h.create(t, *h.service(t, false).ServiceName, func(in *ec2.CreateVpcEndpointInput) {
		in.VpcId, in.SubnetIds, in.SecurityGroupIds = &vpc, []string{*sub.SubnetId}, []string{*group.GroupId}
	})
	require.Len(t, h.interfaces(t, *ep.VpcEndpointId), 1)
	gateway := *h.create(t, h.awsService("s3"), onTables(*table.RouteTable.RouteTableId), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &vpc }).VpcEndpointId
	h.remove(t, *ep.VpcEndpointId)
	h.remove(t, gateway)
	_, err = h.consumer.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: sub.SubnetId})
	require.NoError(t, err)
	_, err = h.consumer.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: table.RouteTable.RouteTableId})
	require.NoError(t, err)
	_, err = h.consumer.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: group.GroupId})
	require.NoError(t, err)
	_, err = h.consumer.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &vpc})
	require.NoError(t, err)
}

func hostnamesOff(t testing.TB, h *harness) {
	vpc := *h.network(t, "10.70.0.0/16").VpcId
	read := func(attribute types.VpcAttributeName) *ec2.DescribeVpcAttributeOutput {
		out, err := h.consumer.DescribeVpcAttribute(t.Context(), &ec2.DescribeVpcAttributeInput{VpcId: &vpc, Attribute: attribute})
		require.NoError(t, err)
		return out
	}
	set := func(in *ec2.ModifyVpcAttributeInput) error {
		in.VpcId = &vpc
		_, err := h.consumer.ModifyVpcAttribute(t.Context(), in)
		return err
	}
	require.True(t, *read(types.VpcAttributeNameEnableDnsSupport).EnableDnsSupport.Value)
	require.False(t, *read(types.VpcAttributeNameEnableDnsHostnames).EnableDnsHostnames.Value)
	h.refuse(t, "InvalidParameter", "enableDnsHostnames", h.awsService("sts"), withSubnets(), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &vpc })
	on := &types.AttributeBooleanValue{Value: aws.Bool(true)}
	requireCode(t, set(&ec2.ModifyVpcAttributeInput{EnableDnsHostnames: on, EnableDnsSupport: on}), "InvalidParameterCombination", "")
	requireCode(t, set(&ec2.ModifyVpcAttributeInput{}), "MissingParameter", "")
	require.NoError(t, set(&ec2.ModifyVpcAttributeInput{EnableDnsHostnames: on}))
	require.True(t, *read(types.VpcAttributeNameEnableDnsHostnames).EnableDnsHostnames.Value)
	h.create(t, h.awsService("sts"), withSubnets(), func(in *ec2.CreateVpcEndpointInput) { in.VpcId = &vpc })
	require.NoError(t, set(&ec2.ModifyVpcAttributeInput{EnableDnsSupport: &types.AttributeBooleanValue{Value: aws.Bool(false)}}))
	require.False(t, *read(types.VpcAttributeNameEnableDnsSupport).EnableDnsSupport.Value)
}

func badBlocks(t testing.TB, h *harness) {
	for cidr, code := range map[string]string{"10.0.0.0/8": "InvalidVpc.Range", "10.0.0.0/29": "InvalidVpc.Range", "10.0.0.0": "InvalidParameterValue", "2001:db8::/56": "InvalidParameterValue"} {
		_, err := h.consumer.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr})
		requireCode(t, err, code, cidr)
	}
	vpc := *h.network(t, "10.70.0.0/16").VpcId
	h.subnetIn(t, vpc, "10.70.1.0/24", "a")
	for _, c := range []struct{ cidr, az, code, text string }{
		{"10.70.1.128/25", "b", "InvalidSubnet.Conflict", "The CIDR '10.70.1.128/25' conflicts with another subnet"},
		{"10.71.0.0/24", "b", "InvalidSubnet.Range", "The CIDR '10.71.0.0/24' is invalid."},
		{"10.70.2.0/29", "b", "InvalidSubnet.Range", ""}, {"10.0.0.0/8", "b", "InvalidSubnet.Range", ""},
		{"10.70.2.0", "b", "InvalidParameterValue", "not a valid CIDR block"},
		{"10.70.2.0/24", "z", "InvalidParameterValue", "following availability zones: " + h.region + "a"},
	} {
		_, err := h.consumer.CreateSubnet(t.Context(), &ec2.CreateSubnetInput{VpcId: &vpc, CidrBlock: &c.cidr, AvailabilityZone: aws.String(h.region + c.az)})
		requireCode(t, err, c.code, c.text)
	}
}

func subnetFamilies(t testing.TB, h *harness) {
	out, err := h.consumer.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.70.0.0/16"), AmazonProvidedIpv6CidrBlock: aws.Bool(true)})
	require.NoError(t, err)
	block := *out.Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
	require.Regexp(t, `^2600:1f[0-9a-f:]+::/56$`, block)
	make := func(in *ec2.CreateSubnetInput) (types.Subnet, error) {
		in.VpcId, in.AvailabilityZoneId = out.Vpc.VpcId, aws.String("use1-az3")
		got, err := h.consumer.CreateSubnet(t.Context(), in)
		if err != nil {
			return types.Subnet{}, err
		}
		return *got.Subnet, nil
	}
	both, err := make(&ec2.CreateSubnetInput{CidrBlock: aws.String("10.70.1.0/24"), Ipv6CidrBlock: aws.String(block[:len(block)-len("/56")] + "/64")})
	require.NoError(t, err)
	require.Equal(t, h.region+"c", *both.AvailabilityZone)
	require.False(t, *both.Ipv6Native)
	_, err = make(&ec2.CreateSubnetInput{CidrBlock: aws.String("10.70.2.0/24"), Ipv6CidrBlock: aws.String("2001:db8::/64")})
	requireCode(t, err, "InvalidSubnet.Range", "2001:db8::/64")
	_, err = make(&ec2.CreateSubnetInput{Ipv6Native: aws.Bool(true)})
	requireCode(t, err, "InvalidParameterValue", "ipv6CidrBlock")
	second := netip.MustParsePrefix(block).Addr().As16()
	second[7]++
	alone, err := make(&ec2.CreateSubnetInput{Ipv6Native: aws.Bool(true), Ipv6CidrBlock: aws.String(netip.PrefixFrom(netip.AddrFrom16(second), 64).String())})
	require.NoError(t, err)
	require.True(t, *alone.Ipv6Native)
	require.Nil(t, alone.CidrBlock)
	require.Len(t, alone.Ipv6CidrBlockAssociationSet, 1)
}

func usedTable(t testing.TB, h *harness) {
	remove := func(id string) error {
		_, err := h.consumer.DeleteRouteTable(t.Context(), &ec2.DeleteRouteTableInput{RouteTableId: &id})
		return err
	}
	tables, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{Filters: append(filters("association.main", "true"), filters("vpc-id", h.vpc)...)})
	require.NoError(t, err)
	main := *tables.RouteTables[0].RouteTableId
	for _, id := range []string{main, h.dualTable} {
		requireCode(t, remove(id), "DependencyViolation", "The routeTable '"+id+"' has dependencies and cannot be deleted.")
	}
	gateway := *h.create(t, h.awsService("s3"), onTables(h.table, h.table2)).VpcEndpointId
	require.NoError(t, remove(h.table))
	require.Equal(t, []string{h.table2}, h.read(t, gateway).RouteTableIds)
	requireCode(t, remove(h.table), "InvalidRouteTableID.NotFound", h.table)
}

func associatedTable(t testing.TB, h *harness) {
	associate := func(table, subnet string) (*ec2.AssociateRouteTableOutput, error) {
		return h.consumer.AssociateRouteTable(t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &table, SubnetId: &subnet})
	}
	disassociate := func(id string) error {
		_, err := h.consumer.DisassociateRouteTable(t.Context(), &ec2.DisassociateRouteTableInput{AssociationId: &id})
		return err
	}
	first, err := associate(h.table, h.a.id)
	require.NoError(t, err)
	require.Regexp(t, `^rtbassoc-[0-9a-f]{17}$`, *first.AssociationId)
	again, err := associate(h.table, h.a.id)
	require.NoError(t, err)
	require.Equal(t, first.AssociationId, again.AssociationId)
	_, err = associate(h.table2, h.a.id)
	requireCode(t, err, "Resource.AlreadyAssociated", h.table2)
	_, err = associate(h.table, h.bare.id)
	requireCode(t, err, "InvalidParameter", h.bare.id)
	require.NoError(t, disassociate(*first.AssociationId))
	requireCode(t, disassociate(*first.AssociationId), "InvalidAssociationID.NotFound", *first.AssociationId)
	_, err = associate(h.table2, h.a.id)
	require.NoError(t, err)
	tables, err := h.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{Filters: append(filters("association.main", "true"), filters("vpc-id", h.vpc)...)})
	require.NoError(t, err)
	requireCode(t, disassociate(*tables.RouteTables[0].Associations[0].RouteTableAssociationId), "InvalidParameterValue", "main")
}

func tableToken(t testing.TB, h *harness) {
	make := func(vpc string) (*ec2.CreateRouteTableOutput, error) {
		return h.consumer.CreateRouteTable(t.Context(), &ec2.CreateRouteTableInput{VpcId: &vpc, ClientToken: aws.String(h.own("rt-1"))})
	}
	first, err := make(h.vpc)
	require.NoError(t, err)
	again, err := make(h.vpc)
	require.NoError(t, err)
	require.Equal(t, first.RouteTable.RouteTableId, again.RouteTable.RouteTableId)
	require.Equal(t, h.own("rt-1"), *again.ClientToken)
	_, err = make(h.bareVPC)
	requireCode(t, err, "IdempotentParameterMismatch", "")
}

func groupNames(t testing.TB, h *harness) {
	make := func(vpc *string, name string) error {
		_, err := h.consumer.CreateSecurityGroup(t.Context(), &ec2.CreateSecurityGroupInput{VpcId: vpc, GroupName: &name, Description: aws.String("d")})
		return err
	}
	requireCode(t, make(&h.vpc, "default"), "InvalidGroup.Reserved", "default")
	requireCode(t, make(&h.vpc, "web"), "InvalidGroup.Duplicate", "The security group 'web' already exists for VPC '"+h.vpc+"'")
	requireCode(t, make(&h.vpc, "sg-web"), "InvalidParameterValue", "sg-web")
	requireCode(t, make(nil, "x"), "VPCIdNotSpecified", "No default VPC")
	requireCode(t, make(&h.strangersVPC, "x"), "InvalidVpcID.NotFound", h.strangersVPC)
	require.NoError(t, make(&h.bareVPC, "web"))
	_, err := h.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: &h.defaultGroup})
	requireCode(t, err, "CannotDelete", h.defaultGroup)
}

func groupRules(t testing.TB, h *harness) {
	https := types.IpPermission{IpProtocol: aws.String("TCP"), FromPort: aws.Int32(443), ToPort: aws.Int32(443),
		IpRanges: []types.IpRange{{CidrIp: aws.String("10.0.0.0/8")}}, Ipv6Ranges: []types.Ipv6Range{{CidrIpv6: aws.String("2001:db8::/32")}},
		UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: &h.defaultGroup}}}
	add := func(p ...types.IpPermission) error {
		_, err := h.consumer.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &h.group, IpPermissions: p})
		return err
	}
	remove := func(p ...types.IpPermission) error {
		_, err := h.consumer.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{GroupId: &h.group, IpPermissions: p})
		return err
	}
	require.NoError(t, add(https))
	requireCode(t, add(https), "InvalidPermission.Duplicate", "already exists")
	out, err := h.consumer.DescribeSecurityGroups(t.Context(), &ec2.DescribeSecurityGroupsInput{Filters: filters("ip-permission.group-id", h.defaultGroup)})
	require.NoError(t, err)
	require.Len(t, out.SecurityGroups, 2)
	bad := https
	bad.IpProtocol = aws.String("https")
	requireCode(t, add(bad), "InvalidPermission.Malformed", "https")
	bad = https
	bad.FromPort = aws.Int32(444)
	requireCode(t, add(bad), "InvalidPermission.Malformed", "444")
	bad = https
	bad.IpRanges = []types.IpRange{{CidrIp: aws.String("10.0.0.0")}}
	requireCode(t, add(bad), "InvalidParameterValue", "not a valid CIDR block")
	requireCode(t, add(), "MissingParameter", "")
	requireCode(t, add(types.IpPermission{IpProtocol: aws.String("-1")}), "MissingParameter", "")
	bad = https
	bad.UserIdGroupPairs = []types.UserIdGroupPair{{GroupId: &h.defaultGroup, UserId: &h.strangerID}}
	requireCode(t, add(bad), "InvalidGroup.NotFound", h.defaultGroup)
	_, err = h.consumer.AuthorizeSecurityGroupIngress(t.Context(), &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &h.group,
		IpPermissions: []types.IpPermission{https}, IpProtocol: aws.String("tcp"), FromPort: aws.Int32(80), ToPort: aws.Int32(80)})
	requireCode(t, err, "InvalidParameterCombination", "ipPermissions")
	other, err := h.consumer.CreateSecurityGroup(t.Context(), &ec2.CreateSecurityGroupInput{VpcId: &h.vpc, GroupName: aws.String("named"), Description: aws.String("d")})
	require.NoError(t, err)
	naming := types.IpPermission{IpProtocol: aws.String("-1"), UserIdGroupPairs: []types.UserIdGroupPair{{GroupId: other.GroupId}}}
	require.NoError(t, add(naming))
	_, err = h.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: other.GroupId})
	requireCode(t, err, "DependencyViolation", "resource "+*other.GroupId+" has a dependent object")
	require.NoError(t, remove(https, naming))
	requireCode(t, remove(https), "InvalidPermission.NotFound", "does not exist")
	_, err = h.consumer.DeleteSecurityGroup(t.Context(), &ec2.DeleteSecurityGroupInput{GroupId: other.GroupId})
	require.NoError(t, err)
}

func unknownNetwork(t testing.TB, h *harness) {
	ctx := t.Context()
	_, err := h.stranger.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &h.vpc})
	requireCode(t, err, "InvalidVpcID.NotFound", "The vpc ID '"+h.vpc+"' does not exist")
	_, err = h.stranger.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &h.a.id})
	requireCode(t, err, "InvalidSubnetID.NotFound", h.a.id)
	_, err = h.stranger.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &h.group})
	requireCode(t, err, "InvalidGroup.NotFound", h.group)
	_, err = h.stranger.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &h.table})
	requireCode(t, err, "InvalidRouteTableID.NotFound", h.table)
	_, err = h.stranger.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: aws.String("vpc-x")})
	requireCode(t, err, "InvalidVpcID.Malformed", "vpc-x")
	_, err = h.stranger.CreateSubnet(ctx, &ec2.CreateSubnetInput{VpcId: &h.vpc, CidrBlock: aws.String("10.1.9.0/24")})
	requireCode(t, err, "InvalidVpcID.NotFound", h.vpc)
}
