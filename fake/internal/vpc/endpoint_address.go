package vpc

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// fixed is the addresses that a request wants for an endpoint's interface in one subnet; the zero value wants none in particular.
type fixed struct{ v4, v6 netip.Addr }

// addresses reads subnet configurations: each is of another one of the endpoint's subnets, and names an address of each family that the
// endpoint has, or none.
func addresses(tx *world.Tx, configs []types.SubnetConfiguration, subnets []string, ipType string) (map[string]fixed, error) {
	if len(configs) == 0 {
		return nil, nil
	}
	out := make(map[string]fixed, len(configs))
	for _, c := range configs {
		id := aws.ToString(c.SubnetId)
		if err := says.Subnets.Check(id); err != nil {
			return nil, err
		}
		if _, twice := out[id]; twice {
			return nil, says.ConfigTwice.Error(id)
		}
		s := world.Own(tx, tx.Subnets, id)
		switch {
		case s == nil:
			return nil, says.Subnets.Missing(id, tx.Switches.OtherSpellings)
		case !slices.Contains(subnets, id):
			return nil, says.ConfigSubnet.Error(id)
		}
		f, err := wanted(c, s, ipType)
		if err != nil {
			return nil, err
		}
		out[id] = f
	}
	return out, nil
}

func wanted(c types.SubnetConfiguration, s *world.Subnet, ipType string) (f fixed, err error) {
	v4, v6 := aws.ToString(c.Ipv4), aws.ToString(c.Ipv6)
	switch {
	case v4 == "" && v6 == "":
		return f, nil
	case v4 != "" && ipType == "ipv6":
		return f, says.AddressFamily.Error(v4, ipType)
	case v6 != "" && ipType == "ipv4":
		return f, says.AddressFamily.Error(v6, ipType)
	case v4 == "" && ipType != "ipv6":
		return f, says.AddressMissing.Error(s.ID, familyIPv4)
	case v6 == "" && ipType != "ipv4":
		return f, says.AddressMissing.Error(s.ID, familyIPv6)
	}
	if f.v4, err = within(v4, s.CIDR, s, familyIPv4); err == nil {
		f.v6, err = within(v6, s.CIDR6, s, familyIPv6)
	}
	return f, err
}

// within reads an address of a subnet's block; no text is no address.
func within(text string, block netip.Prefix, s *world.Subnet, family string) (netip.Addr, error) {
	if text == "" {
		return netip.Addr{}, nil
	}
	a, err := netip.ParseAddr(text)
	switch {
	case err != nil || !block.IsValid() || !block.Contains(a):
		return netip.Addr{}, says.AddressInvalid.Error(text, family, s.ID)
	case world.Reserved(block, a):
		return netip.Addr{}, says.AddressKept.Error(a, s.ID)
	}
	return a, nil
}

// check refuses addresses that something has, other than the interface that makes way for them.
func (f fixed) check(tx *world.Tx, s *world.Subnet, old *world.NetworkInterface) error {
	for _, a := range []netip.Addr{f.v4, f.v6} {
		if !a.IsValid() {
			continue
		}
		if holder := tx.Holder(s, a); holder != nil && (old == nil || holder.ID != old.ID) {
			if tx.Switches.OtherSpellings {
				return says.AddressTakenOther.Error(a)
			}
			return says.AddressTaken.Error(a)
		}
	}
	return nil
}

// differs says whether an interface must be replaced to have the wanted addresses.
func (f fixed) differs(ni *world.NetworkInterface) bool {
	return f.v4.IsValid() && f.v4 != ni.IPv4 || f.v6.IsValid() && f.v6 != ni.IPv6
}
