package vpc

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Network is a new VPC with what AWS makes along with it. Nothing of it is written yet.
type Network struct {
	VPC   *world.VPC
	Group *world.SecurityGroup
	Table *world.RouteTable
}

// NewNetwork makes the records of a VPC, its default security group and its main route table.
func NewNetwork(tx *world.Tx, cidr netip.Prefix, head func(id string) world.Meta) Network {
	v := &world.VPC{Meta: head(tx.NewID("vpc")), CIDR: cidr, DNSSupport: true}
	group := &world.SecurityGroup{Meta: head(tx.NewID("sg")), VPC: v.ID, Name: defaultName, Description: "default VPC security group"}
	group.Ingress = []world.Rule{{Protocol: everyProtocol, Group: group.ID}}
	table := &world.RouteTable{Meta: head(tx.NewID("rtb")), VPC: v.ID, Main: true, Routes: LocalRoutes(v)}
	v.DefaultGroup, v.MainTable = group.ID, table.ID
	return Network{v, group, table}
}

// LocalRoutes are the routes that a new table of a VPC has.
func LocalRoutes(v *world.VPC) []world.Route {
	return []world.Route{{Destination: v.CIDR.String(), Target: localTarget, Origin: string(types.RouteOriginCreateRouteTable)}}
}

// CreateVpc makes a VPC. Unlike in AWS's default one, enableDnsHostnames is off.
func CreateVpc(tx *world.Tx, in *ec2.CreateVpcInput) (*ec2.CreateVpcOutput, error) {
	cidr, err := blockOf(aws.ToString(in.CidrBlock), "cidrBlock", false)
	if err != nil {
		return nil, err
	}
	if cidr.Bits() < 16 || cidr.Bits() > 28 {
		return nil, says.VPCRange.Error(cidr)
	}
	tags, err := specTags(nil, in.TagSpecifications, types.ResourceTypeVpc)
	if err != nil {
		return nil, err
	}
	n := NewNetwork(tx, cidr, func(id string) world.Meta { return tx.Meta(id, nil) })
	n.VPC.Tags = tags
	if aws.ToBool(in.AmazonProvidedIpv6CidrBlock) {
		n.VPC.CIDR6 = freshBlock(tx)
	}
	tx.VPCs.Put(tx.Now, n.VPC)
	tx.Groups.Put(tx.Now, n.Group)
	tx.RouteTables.Put(tx.Now, n.Table)
	shown := showVPC(tx, n.VPC, tx.Now)
	shown.State = types.VpcStatePending
	return &ec2.CreateVpcOutput{Vpc: &shown}, nil
}

// freshBlock is an IPv6 block of AWS's that nobody has.
func freshBlock(tx *world.Tx) netip.Prefix {
	hex := tx.NewHex(6)
	return netip.MustParsePrefix("2600:1f" + hex[:2] + ":" + hex[2:6] + ":0::/56")
}

// blockOf reads a CIDR block of a family; host bits are dropped.
func blockOf(text, parameter string, v6 bool) (netip.Prefix, error) {
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is6() != v6 {
		return netip.Prefix{}, says.RouteBlock.Error(text, parameter)
	}
	return p.Masked(), nil
}

// ownVPC is a VPC of the caller's.
func ownVPC(tx *world.Tx, id string) (*world.VPC, error) {
	if err := says.VPCs.Check(id); err != nil {
		return nil, err
	}
	if v := world.Own(tx, tx.VPCs, id); v != nil {
		return v, nil
	}
	return nil, says.VPCs.Missing(id, tx.Switches.OtherSpellings)
}

// ModifyVpcAttribute turns enableDnsSupport or enableDnsHostnames on or off, one of them in a call.
func ModifyVpcAttribute(tx *world.Tx, in *ec2.ModifyVpcAttributeInput) (*ec2.ModifyVpcAttributeOutput, error) {
	have, err := ownVPC(tx, aws.ToString(in.VpcId))
	if err != nil {
		return nil, err
	}
	v := *have
	switch {
	case in.EnableDnsSupport != nil && in.EnableDnsHostnames != nil:
		return nil, says.OneAttribute.Error()
	case in.EnableDnsSupport != nil:
		v.DNSSupport = aws.ToBool(in.EnableDnsSupport.Value)
	case in.EnableDnsHostnames != nil:
		v.DNSHostnames = aws.ToBool(in.EnableDnsHostnames.Value)
	default:
		return nil, says.MissingParameter.Error("EnableDnsSupport or EnableDnsHostnames")
	}
	tx.VPCs.Put(tx.Now, &v)
	return &ec2.ModifyVpcAttributeOutput{}, nil
}

// CreateSubnet makes a subnet of IPv4, of both families, or (Ipv6Native) of IPv6 only.
func CreateSubnet(tx *world.Tx, in *ec2.CreateSubnetInput) (*ec2.CreateSubnetOutput, error) {
	v, err := ownVPC(tx, aws.ToString(in.VpcId))
	if err != nil {
		return nil, err
	}
	s := &world.Subnet{VPC: v.ID}
	if s.AZ, s.AZID, err = zoneFor(tx, aws.ToString(in.AvailabilityZone), aws.ToString(in.AvailabilityZoneId)); err != nil {
		return nil, err
	}
	if !aws.ToBool(in.Ipv6Native) {
		if s.CIDR, err = subnetBlock(tx, v, aws.ToString(in.CidrBlock), false); err != nil {
			return nil, err
		}
	}
	if in.Ipv6CidrBlock != nil || aws.ToBool(in.Ipv6Native) {
		if s.CIDR6, err = subnetBlock(tx, v, aws.ToString(in.Ipv6CidrBlock), true); err != nil {
			return nil, err
		}
	}
	tags, err := specTags(nil, in.TagSpecifications, types.ResourceTypeSubnet)
	if err != nil {
		return nil, err
	}
	s.Meta = tx.Meta(tx.NewID("subnet"), tags)
	tx.Subnets.Put(tx.Now, s)
	shown := showSubnet(tx, s, tx.Now)
	return &ec2.CreateSubnetOutput{Subnet: &shown}, nil
}

// zoneFor is the Availability Zone that a request names by name or ID; the first where it names none.
func zoneFor(tx *world.Tx, name, id string) (string, string, error) {
	names := world.AZNames(tx.Region)
	if id != "" {
		name = tx.AZName(tx.Account, tx.Region, id)
	} else if name == "" {
		name = names[0]
	}
	if !slices.Contains(names, name) {
		return "", "", says.ZoneUnknown.Error(name+id, join(names))
	}
	return name, tx.AZID(tx.Account, name), nil
}

// subnetBlock checks the block of a new subnet: in the VPC's, of a size that AWS takes, apart from the other subnets'.
func subnetBlock(tx *world.Tx, v *world.VPC, text string, v6 bool) (netip.Prefix, error) {
	parameter, outer, smallest, largest := "cidrBlock", v.CIDR, 28, 16
	if v6 {
		parameter, outer, smallest, largest = "ipv6CidrBlock", v.CIDR6, 64, 44
	}
	p, err := blockOf(text, parameter, v6)
	switch {
	case err != nil:
		return p, err
	case p.Bits() < largest || p.Bits() > smallest, !outer.IsValid() || !outer.Contains(p.Addr()) || p.Bits() < outer.Bits():
		return p, says.SubnetRange.Error(p)
	}
	for other := range world.Live(tx, tx.Subnets.By(world.ByVPC, v.ID, 0)) {
		if other.CIDR.IsValid() && other.CIDR.Overlaps(p) || other.CIDR6.IsValid() && other.CIDR6.Overlaps(p) {
			return p, says.SubnetConflict.Error(p)
		}
	}
	return p, nil
}
