package vpc

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// places checks the address type and the subnets of a new endpoint. None is legal: it then has neither interfaces nor names.
func (d *draft) places() (err error) {
	ipType := d.in.IpAddressType
	if ipType == "" {
		ipType = types.IpAddressTypeIpv4
	}
	switch {
	case ipType != types.IpAddressTypeIpv4 && ipType != types.IpAddressTypeIpv6 && ipType != types.IpAddressTypeDualstack:
		return says.IPTypeInvalid.Error(ipType)
	case !d.offer.supports(string(ipType)):
		return says.IPTypeService.Error(d.offer.name, ipType)
	}
	d.rec.IPType, d.rec.RecordIPType = string(ipType), string(ipType)
	d.subnets, err = subnetsFor(d.tx, d.rec.VPC, d.in.SubnetIds)
	if err != nil {
		return err
	}
	return fits(d.offer, d.rec.IPType, nil, d.subnets)
}

// subnetsFor finds subnets of the caller in a VPC.
func subnetsFor(tx *world.Tx, vpc string, ids []string) ([]*world.Subnet, error) {
	out := make([]*world.Subnet, 0, len(ids))
	for _, id := range ids {
		if err := says.Subnets.Check(id); err != nil {
			return nil, err
		}
		s := world.Own(tx, tx.Subnets, id)
		switch {
		case s == nil:
			return nil, says.Subnets.Missing(id, tx.Switches.OtherSpellings)
		case s.VPC != vpc:
			return nil, says.SubnetElsewhere.Error(id, vpc)
		}
		out = append(out, s)
	}
	return out, nil
}

// fits checks new subnets against the service, the address type, one another and the zones that the endpoint is in.
func fits(o *offer, ipType string, zones []string, subnets []*world.Subnet) error {
	zones = slices.Clone(zones)
	for _, s := range subnets {
		switch {
		case slices.Contains(zones, s.AZ):
			return says.DuplicateZone.Error(s.ID)
		case !o.offers(s.AZID):
			return says.ZoneNotOffered.Error(o.name, s.ID)
		case !carries(s, ipType):
			return says.IPTypeSubnet.Error(s.ID, ipType)
		}
		zones = append(zones, s.AZ)
	}
	return nil
}

func carries(s *world.Subnet, ipType string) bool {
	switch types.IpAddressType(ipType) {
	case types.IpAddressTypeIpv6:
		return !s.CIDR.IsValid()
	case types.IpAddressTypeDualstack:
		return s.CIDR.IsValid() && s.CIDR6.IsValid()
	}
	return s.CIDR.IsValid()
}

// guards checks the security groups of a new endpoint; without any it gets the VPC's default group.
func (d *draft) guards() (err error) {
	d.rec.Groups, err = groupsFor(d.tx, d.rec.VPC, d.in.SecurityGroupIds)
	if err == nil && len(d.rec.Groups) == 0 {
		d.rec.Groups = []string{d.vpc.DefaultGroup}
	}
	return err
}

func groupsFor(tx *world.Tx, vpc string, ids []string) ([]string, error) {
	for _, id := range ids {
		if err := says.Groups.Check(id); err != nil {
			return nil, err
		}
		g := world.Own(tx, tx.Groups, id)
		switch {
		case g == nil:
			return nil, says.Groups.Missing(id, tx.Switches.OtherSpellings)
		case g.VPC != vpc:
			return nil, says.GroupElsewhere.Error(id, vpc)
		}
	}
	return unique(ids), nil
}

// newInterface makes the network interface of an endpoint in a subnet, with addresses of the endpoint's type.
func newInterface(tx *world.Tx, e *world.Endpoint, s *world.Subnet) (*world.NetworkInterface, error) {
	ni := &world.NetworkInterface{Meta: tx.Meta(tx.NewID("eni"), nil), VPC: e.VPC, Subnet: s.ID, AZ: s.AZ, AZID: s.AZID,
		Type: "vpc_endpoint", Description: "VPC Endpoint Interface " + e.ID, Requester: requester, Endpoint: e.ID, Groups: e.Groups, MAC: tx.NewMAC()}
	full := says.InsufficientFree.Error
	var ok bool
	if e.IPType != string(types.IpAddressTypeIpv6) {
		if ni.IPv4, ok = tx.TakeIPv4(s, ni.ID); !ok {
			return nil, full(s.ID)
		}
	}
	if e.IPType != string(types.IpAddressTypeIpv4) {
		if ni.IPv6, ok = tx.TakeIPv6(s, ni.ID); !ok {
			return nil, full(s.ID)
		}
		ni.DenyAllIGW = true
	}
	return ni, nil
}

// requester is the account by which AWS manages the network interfaces of endpoints; the number is made up.
const requester = "727180483921"

func attach(e *world.Endpoint, s *world.Subnet, ni *world.NetworkInterface) {
	e.Subnets, e.AZs, e.Interfaces = append(e.Subnets, s.ID), append(e.AZs, s.AZ), append(e.Interfaces, ni.ID)
}

func join(names []string) string { return strings.Join(names, ", ") }
