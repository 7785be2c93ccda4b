package main

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// addVPC takes ACCOUNT=CIDR: a VPC with two subnets, in zones a and b.
func (w *world) addVPC(text string) error {
	id, cidr, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("want ACCOUNT=CIDR, such as %s=10.0.0.0/16", defaultAccount.ID)
	}
	subnets, err := halves(cidr)
	if err != nil {
		return err
	}
	a := w.account(id)
	a.VPCs = append(a.VPCs, vpc{CIDR: cidr, Subnets: subnets})
	return nil
}

// addNLB takes ACCOUNT=NAME: a Network Load Balancer in the VPC that was given last for the account.
func (w *world) addNLB(text string) error {
	id, name, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return fmt.Errorf("want ACCOUNT=NAME, such as %s=orders", defaultAccount.ID)
	}
	a := w.account(id)
	if len(a.VPCs) == 0 {
		return fmt.Errorf("account %s has no VPC yet: -vpc comes before", id)
	}
	v := &a.VPCs[len(a.VPCs)-1]
	v.NetworkLoadBalancers = append(v.NetworkLoadBalancers, name)
	return nil
}

func (w *world) account(id string) *account {
	for _, a := range w.Accounts {
		if a.ID == id {
			return a
		}
	}
	a := &account{ID: id, Region: defaultAccount.Region}
	w.Accounts = append(w.Accounts, a)
	return a
}

// halves gives the first two of the sixteen parts of a block, no part smaller than AWS allows.
func halves(cidr string) ([]subnet, error) {
	block, err := netip.ParsePrefix(cidr)
	if err != nil || !block.Addr().Is4() || block.Bits() > 27 {
		return nil, fmt.Errorf("%q is not an IPv4 block with room for two subnets, such as 10.0.0.0/16", cidr)
	}
	bits := min(block.Bits()+4, 28)
	base := block.Masked().Addr().As4()
	var subnets []subnet
	for i, zone := range []string{"a", "b"} {
		part := binary.BigEndian.Uint32(base[:]) + uint32(i)<<(32-bits)
		at := netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, part)))
		subnets = append(subnets, subnet{AZ: defaultAccount.Region + zone, CIDR: netip.PrefixFrom(at, bits).String()})
	}
	return subnets, nil
}
