package endpoint

import (
	"context"
	"net/netip"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// NetworkInterface is one network interface of an endpoint: one for each subnet, managed by AWS. Its addresses stay the same for the
// endpoint's life.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
type NetworkInterface struct {
	ID, Endpoint, VPC, Subnet, AZ string
	IPv4, IPv6                    netip.Addr // the zero Addr where it has none
	SecurityGroups                []string
	DenyAllIGWTraffic             bool // never reachable through an internet gateway; so wherever there is an IPv6 address
	RequesterManaged              bool
}

// NetworkInterfaces reads the network interfaces of any number of endpoints, in one call and its pages (no call where there are none). It takes the IDs from the snapshots, so read these anew after a change of subnets.
func NetworkInterfaces(ctx context.Context, api API, eps ...*Endpoint) ([]NetworkInterface, error) {
	const op = "read the network interfaces of"
	var p declare.Problems
	p.API(api)
	owner := map[string]string{}
	var ids []string
	for _, e := range eps {
		if e == nil {
			p.Add("an endpoint is nil: give those that a verb, Get or List returned")
			continue
		}
		for _, id := range e.NetworkInterfaceIDs {
			owner[id] = e.ID
			ids = append(ids, id)
		}
	}
	if err := p.Error(op, noun, ""); err != nil {
		return nil, err
	}
	found, err := readerOf(api).interfaces(ctx, ids)
	if err != nil {
		return nil, &privatelink.Error{Op: op, Sentinel: awserr.Of(err).Sentinel, Err: err}
	}
	var out []NetworkInterface
	for i := range found {
		out = append(out, networkInterface(&found[i], owner))
	}
	return out, nil
}

func networkInterface(n *types.NetworkInterface, owner map[string]string) NetworkInterface {
	out := NetworkInterface{
		ID: aws.ToString(n.NetworkInterfaceId), VPC: aws.ToString(n.VpcId), Subnet: aws.ToString(n.SubnetId), AZ: aws.ToString(n.AvailabilityZone),
		IPv4:              parseAddr(n.PrivateIpAddress),
		DenyAllIGWTraffic: aws.ToBool(n.DenyAllIgwTraffic), RequesterManaged: aws.ToBool(n.RequesterManaged),
	}
	out.Endpoint = owner[out.ID]
	for _, six := range n.Ipv6Addresses {
		out.IPv6 = parseAddr(six.Ipv6Address)
	}
	for _, g := range n.Groups {
		out.SecurityGroups = append(out.SecurityGroups, aws.ToString(g.GroupId))
	}
	return out
}

func parseAddr(s *string) netip.Addr {
	a, _ := netip.ParseAddr(aws.ToString(s))
	return a
}
