package vpc

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// family settles the address type, which is IPv4 where the request has none.
func (d *draft) family() (err error) {
	d.rec.IPType, err = ipType(d.offer, d.in.IpAddressType, string(types.IpAddressTypeIpv4))
	return err
}

// ipType is the address type that a request asks for, or the given one; the service must support it.
func ipType(o *offer, asked types.IpAddressType, otherwise string) (string, error) {
	switch {
	case asked == "":
		asked = types.IpAddressType(otherwise)
	case asked != types.IpAddressTypeIpv4 && asked != types.IpAddressTypeIpv6 && asked != types.IpAddressTypeDualstack:
		return "", says.IPTypeInvalid.Error(asked)
	}
	if !o.supports(string(asked)) {
		return "", says.IPTypeService.Error(o.name, asked)
	}
	return string(asked), nil
}

// places checks the subnets of a new endpoint. For an interface endpoint none is legal: it then has neither interfaces nor names.
func (d *draft) places() (err error) {
	d.subnets, err = subnetsFor(d.tx, d.rec.VPC, d.in.SubnetIds)
	if err != nil {
		return err
	}
	if err := fits(d.tx, d.offer, d.rec.IPType, nil, d.subnets); err != nil {
		return err
	}
	d.fixed, err = addresses(d.tx, d.in.SubnetConfigurations, d.in.SubnetIds, d.rec.IPType)
	if err != nil {
		return err
	}
	for _, s := range d.subnets {
		if err := d.fixed[s.ID].check(d.tx, s, nil); err != nil {
			return err
		}
	}
	return nil
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
func fits(tx *world.Tx, o *offer, ipType string, zones []string, subnets []*world.Subnet) error {
	zones = slices.Clone(zones)
	for _, s := range subnets {
		switch {
		case slices.Contains(zones, s.AZ):
			return says.DuplicateZone.Error(s.ID)
		case o.region != tx.Region && slices.Contains(closedZones, s.AZID):
			return says.RemoteZones.Error(join(openZones(tx)))
		case !o.offers(tx, s.AZID):
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
	if len(d.in.SecurityGroupIds) == 0 {
		d.rec.Groups = append(d.rec.Groups, d.vpc.DefaultGroup)
		return nil
	}
	d.rec.Groups, err = groupsFor(d.tx, d.rec.VPC, d.in.SecurityGroupIds)
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

// newInterface makes the network interface of an endpoint in a subnet, with addresses of the endpoint's type: those wanted, or free ones.
func newInterface(tx *world.Tx, e *world.Endpoint, s *world.Subnet, want fixed) (*world.NetworkInterface, error) {
	ni := &world.NetworkInterface{Meta: tx.Meta(tx.NewID("eni"), nil), VPC: e.VPC, Subnet: s.ID, AZ: s.AZ, AZID: s.AZID,
		Type: "vpc_endpoint", Requester: requester, Endpoint: e.ID, Groups: e.Groups, MAC: tx.NewMAC()}
	if e.Type == kindBalancer {
		ni.Type = "gateway_load_balancer_endpoint"
	}
	ni.IPv4, ni.IPv6 = want.v4, want.v6
	return ni, address(tx, ni, s, e.IPType)
}

// address gives a network interface the addresses of a type: it keeps what it has of them, takes what it lacks, and loses the rest.
func address(tx *world.Tx, ni *world.NetworkInterface, s *world.Subnet, ipType string) error {
	var ok bool
	switch {
	case ipType == string(types.IpAddressTypeIpv6):
		ni.IPv4 = netip.Addr{}
	case ni.IPv4.IsValid():
		tx.Hold(s, ni.IPv4, ni.ID)
	default:
		if ni.IPv4, ok = tx.TakeIPv4(s, ni.ID); !ok {
			return says.InsufficientFree.Error(s.ID)
		}
	}
	switch {
	case ipType == string(types.IpAddressTypeIpv4):
		ni.IPv6 = netip.Addr{}
	case ni.IPv6.IsValid():
		tx.Hold(s, ni.IPv6, ni.ID)
	default:
		if ni.IPv6, ok = tx.TakeIPv6(s, ni.ID); !ok {
			return says.InsufficientFree.Error(s.ID)
		}
	}
	ni.DenyAllIGW = ni.IPv6.IsValid()
	return nil
}

// requester is the account by which AWS manages the network interfaces of endpoints; the number is made up.
const requester = "727180483921"

func attach(e *world.Endpoint, s *world.Subnet, ni *world.NetworkInterface) {
	e.Subnets, e.AZs, e.Interfaces = append(e.Subnets, s.ID), append(e.AZs, s.AZ), append(e.Interfaces, ni.ID)
}

func join(names []string) string { return strings.Join(names, ", ") }
