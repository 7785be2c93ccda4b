package vpc

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var interfaces = reader[world.NetworkInterface, types.NetworkInterface]{
	op: "DescribeNetworkInterfaces", kind: says.Enis, least: fewest,
	table: func(w *world.World) *world.Table[world.NetworkInterface] { return w.Interfaces },
	head:  func(n *world.NetworkInterface) *world.Meta { return &n.Meta },
	names: interfaceProperties.names(), beyond: []string{"operator.managed", "operator.principal"},
	id: "network-interface-id", group: "vpc-id", render: showInterface,
	match: interfaceProperties.match(func(n *world.NetworkInterface) *world.Meta { return &n.Meta }),
}

// DescribeNetworkInterfaces lists the network interfaces in the caller's subnets, those of AWS's services included.
func DescribeNetworkInterfaces(tx *world.Tx, in *ec2.DescribeNetworkInterfacesInput) (*ec2.DescribeNetworkInterfacesOutput, error) {
	if len(in.NetworkInterfaceIds) > 0 && in.MaxResults != nil {
		return nil, says.InvalidCombination.Error("maxResults", "networkInterfaceIds")
	}
	rows, next, err := interfaces.read(tx, query{in.NetworkInterfaceIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeNetworkInterfacesOutput{NetworkInterfaces: rows, NextToken: next}, err
}

// inUse is the status of a network interface that something stands on; the fake has no others.
const inUse = "in-use"

// publicOwner is the owner of public addresses that are no Elastic IP addresses.
const publicOwner = "amazon"

func showInterface(tx *world.Tx, n *world.NetworkInterface, _ time.Time) types.NetworkInterface {
	out := types.NetworkInterface{
		NetworkInterfaceId: str(n.ID), VpcId: str(n.VPC), SubnetId: str(n.Subnet), AvailabilityZone: str(n.AZ), AvailabilityZoneId: str(n.AZID),
		InterfaceType: types.NetworkInterfaceType(n.Type), Description: str(n.About()), OwnerId: str(n.Owner), Status: inUse,
		RequesterManaged: aws.Bool(n.Requester != ""), RequesterId: some(n.Requester), DenyAllIgwTraffic: aws.Bool(n.DenyAllIGW),
		PrivateIpAddress: addr(n.IPv4), Ipv6Address: addr(n.IPv6), Ipv6Native: aws.Bool(!n.IPv4.IsValid()), MacAddress: str(n.MAC.String()),
		Attachment: showAttachment(tx, n), SourceDestCheck: aws.Bool(true), TagSet: tagSet(n.Tags), Groups: []types.GroupIdentifier{},
		PrivateIpAddresses: []types.NetworkInterfacePrivateIpAddress{}, Ipv6Addresses: []types.NetworkInterfaceIpv6Address{},
	}
	if n.Public.IsValid() {
		out.Association = &types.NetworkInterfaceAssociation{PublicIp: addr(n.Public), IpOwnerId: str(publicOwner)}
	}
	if n.IPv4.IsValid() {
		out.PrivateIpAddresses = append(out.PrivateIpAddresses,
			types.NetworkInterfacePrivateIpAddress{Primary: aws.Bool(true), PrivateIpAddress: addr(n.IPv4), Association: out.Association})
	}
	if n.IPv6.IsValid() {
		out.Ipv6Addresses = append(out.Ipv6Addresses, types.NetworkInterfaceIpv6Address{Ipv6Address: addr(n.IPv6)})
	}
	for _, g := range new(texts).groupSet(nil, tx, n.Groups) {
		out.Groups = append(out.Groups, types.GroupIdentifier{GroupId: g.GroupId, GroupName: g.GroupName})
	}
	return out
}
