package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// rules are those of the endpoint's kind. What takes addresses comes last, when nothing else can refuse.
func (c *change) rules() []rule {
	switch c.was.Type {
	case kindGateway:
		return []rule{c.policy, c.family, c.records, c.tables}
	case kindBalancer:
		return []rule{c.family, c.readdress}
	}
	return []rule{c.policy, c.groups, c.leave, c.family, c.records, c.enter, c.name, c.readdress, c.renew}
}

// shape refuses what does not go with the endpoint's kind.
func (c *change) shape() error {
	in, kind := c.in, c.was.Type
	subnets := len(in.AddSubnetIds)+len(in.RemoveSubnetIds) > 0
	switch {
	case kind != kindGateway && len(in.AddRouteTableIds)+len(in.RemoveRouteTableIds) > 0:
		return says.TablesOnInterface.Error()
	case kind == kindGateway && subnets:
		return says.SubnetsOnGateway.Error()
	case kind == kindBalancer && subnets:
		return says.SubnetFixed.Error()
	case kind == kindBalancer && aws.ToBool(in.ResetPolicy):
		return says.PolicyOnKind.Error()
	}
	return members{groups: slices.Concat(in.AddSecurityGroupIds, in.RemoveSecurityGroupIds), configs: in.SubnetConfigurations,
		privateDNS: in.PrivateDnsEnabled, policy: aws.ToString(in.PolicyDocument), options: in.DnsOptions}.fit(kind)
}

// family changes the address type: the service and the subnets that stay must have it.
func (c *change) family() (err error) {
	if c.in.IpAddressType == "" || c.in.IpAddressType == types.IpAddressType(c.was.IPType) {
		return nil
	}
	if c.rec.IPType, err = ipType(c.offer, c.in.IpAddressType, c.was.IPType); err != nil {
		return err
	}
	for _, id := range c.rec.Subnets {
		if s := c.tx.Subnets.At(id, c.tx.Now); s != nil && !carries(s, c.rec.IPType) {
			return says.IPTypeSubnet.Error(id, c.rec.IPType)
		}
	}
	return nil
}

// records changes the DNS record type, which follows the address type where the request names none.
func (c *change) records() error {
	asked := options(c.in.DnsOptions).DnsRecordIpType
	if asked == "" && c.rec.IPType == c.was.IPType {
		return nil
	}
	return record(c.tx, &c.rec, c.offer, asked)
}

// tables changes the route tables of a gateway endpoint.
func (c *change) tables() (err error) {
	for _, id := range c.in.RemoveRouteTableIds {
		if err := says.RouteTables.Check(id); err != nil {
			return err
		}
	}
	if c.rec.Tables, err = deltas(c.tx, c.was.Tables, c.in.AddRouteTableIds, c.in.RemoveRouteTableIds, c.was.ID); err != nil {
		return err
	}
	if slices.Equal(c.rec.Tables, c.was.Tables) && c.rec.IPType == c.was.IPType {
		return nil
	}
	return tablesFor(c.tx, &c.rec, c.in.AddRouteTableIds)
}

// readdress gives the interfaces that stay the addresses of the new type.
func (c *change) readdress() error {
	if c.rec.IPType == c.was.IPType {
		return nil
	}
	for i, id := range c.rec.Interfaces {
		if !slices.Contains(c.was.Interfaces, id) {
			continue
		}
		ni, s := *c.tx.Interfaces.At(id, c.tx.Now), c.tx.Subnets.At(c.rec.Subnets[i], c.tx.Now)
		if err := address(c.tx, &ni, s, c.rec.IPType); err != nil {
			return err
		}
		c.changed = append(c.changed, &ni)
	}
	return nil
}

// renew replaces the interfaces for which the request names other addresses than they have: the new one has an ID of its own.
func (c *change) renew() error {
	c.rec.Interfaces = slices.Clone(c.rec.Interfaces)
	for i, id := range c.rec.Interfaces {
		want, s := c.fixed[c.rec.Subnets[i]], c.tx.Subnets.At(c.rec.Subnets[i], c.tx.Now)
		old := c.tx.Interfaces.At(id, c.tx.Now)
		if old == nil || !want.differs(old) {
			continue
		}
		ni, err := newInterface(c.tx, &c.rec, s, want)
		if err != nil {
			return err
		}
		c.changed = slices.DeleteFunc(c.changed, func(other *world.NetworkInterface) bool { return other.ID == id })
		c.rec.Interfaces[i], c.replaced, c.added = ni.ID, append(c.replaced, id), append(c.added, ni)
	}
	return nil
}

// fix settles the addresses that the request names, for interfaces that stay and for those to come.
func (c *change) fix(fresh []*world.Subnet) (err error) {
	names := slices.Clone(c.rec.Subnets)
	for _, s := range fresh {
		names = append(names, s.ID)
	}
	if c.fixed, err = addresses(c.tx, c.in.SubnetConfigurations, names, c.rec.IPType); err != nil {
		return err
	}
	for _, config := range c.in.SubnetConfigurations {
		id := *config.SubnetId
		var old *world.NetworkInterface
		if i := slices.Index(c.rec.Subnets, id); i >= 0 {
			old = c.tx.Interfaces.At(c.rec.Interfaces[i], c.tx.Now)
		}
		if err := c.fixed[id].check(c.tx, c.tx.Subnets.At(id, c.tx.Now), old); err != nil {
			return err
		}
	}
	return nil
}
