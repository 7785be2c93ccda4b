package vpc

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"strconv"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	associatedState = "associated"
	availableState  = "available"
)

var vpcProperties = properties[world.VPC]{
	"vpc-id":                                      text(func(v *world.VPC) string { return v.ID }),
	"cidr":                                        text(func(v *world.VPC) string { return v.CIDR.String() }),
	"cidr-block-association.cidr-block":           text(func(v *world.VPC) string { return v.CIDR.String() }),
	"cidr-block-association.association-id":       text(func(v *world.VPC) string { return associated("vpc", v.ID) }),
	"cidr-block-association.state":                always[world.VPC](associatedState),
	"ipv6-cidr-block-association.ipv6-cidr-block": text(func(v *world.VPC) string { return prefixText(v.CIDR6) }),
	"ipv6-cidr-block-association.association-id":  text(func(v *world.VPC) string { return ifBlock(v.CIDR6, associated("vpc", v.ID+"6")) }),
	"ipv6-cidr-block-association.state":           text(func(v *world.VPC) string { return ifBlock(v.CIDR6, associatedState) }),
	"is-default":                                  always[world.VPC]("false"),
	"owner-id":                                    text(func(v *world.VPC) string { return v.Owner }),
	"state":                                       always[world.VPC](availableState),
}

// Some of the filters on subnets have other spellings too.
var subnetProperties = properties[world.Subnet]{
	"subnet-id":                  text(func(s *world.Subnet) string { return s.ID }),
	"subnet-arn":                 text(subnetARN),
	"vpc-id":                     text(func(s *world.Subnet) string { return s.VPC }),
	"availability-zone":          text(func(s *world.Subnet) string { return s.AZ }),
	"availabilityZone":           text(func(s *world.Subnet) string { return s.AZ }),
	"availability-zone-id":       text(func(s *world.Subnet) string { return s.AZID }),
	"availabilityZoneId":         text(func(s *world.Subnet) string { return s.AZID }),
	"available-ip-address-count": func(tx *world.Tx, s *world.Subnet) []string { return []string{strconv.Itoa(tx.Free(s))} },
	"cidr":                       text(func(s *world.Subnet) string { return prefixText(s.CIDR) }),
	"cidrBlock":                  text(func(s *world.Subnet) string { return prefixText(s.CIDR) }),
	"cidr-block":                 text(func(s *world.Subnet) string { return prefixText(s.CIDR) }),
	"default-for-az":             always[world.Subnet]("false"),
	"defaultForAz":               always[world.Subnet]("false"),
	"ipv6-cidr-block-association.ipv6-cidr-block": text(func(s *world.Subnet) string { return prefixText(s.CIDR6) }),
	"ipv6-cidr-block-association.association-id":  text(func(s *world.Subnet) string { return ifBlock(s.CIDR6, associated("subnet", s.ID)) }),
	"ipv6-cidr-block-association.state":           text(func(s *world.Subnet) string { return ifBlock(s.CIDR6, associatedState) }),
	"ipv6-native":                                 func(_ *world.Tx, s *world.Subnet) []string { return yes(!s.CIDR.IsValid()) },
	"owner-id":                                    text(func(s *world.Subnet) string { return s.Owner }),
	"state":                                       always[world.Subnet](availableState),
}

var groupProperties = properties[world.SecurityGroup]{
	"group-id":    text(func(g *world.SecurityGroup) string { return g.ID }),
	"group-name":  text(func(g *world.SecurityGroup) string { return g.Name }),
	"description": text(func(g *world.SecurityGroup) string { return g.Description }),
	"vpc-id":      text(func(g *world.SecurityGroup) string { return g.VPC }),
	"owner-id":    text(func(g *world.SecurityGroup) string { return g.Owner }),

	"ip-permission.cidr":      each(func(_ *world.Tx, r world.Rule) string { return blockIf(r.CIDR, false) }),
	"ip-permission.ipv6-cidr": each(func(_ *world.Tx, r world.Rule) string { return blockIf(r.CIDR, true) }),
	"ip-permission.from-port": each(func(_ *world.Tx, r world.Rule) string { return portText(r, r.From) }),
	"ip-permission.to-port":   each(func(_ *world.Tx, r world.Rule) string { return portText(r, r.To) }),
	"ip-permission.protocol":  each(func(_ *world.Tx, r world.Rule) string { return r.Protocol }),
	"ip-permission.group-id":  each(func(_ *world.Tx, r world.Rule) string { return r.Group }),
	"ip-permission.group-name": each(func(tx *world.Tx, r world.Rule) string {
		if g := tx.Groups.At(r.Group, tx.Now); g != nil {
			return g.Name
		}
		return ""
	}),
	"ip-permission.user-id": each(func(tx *world.Tx, r world.Rule) string {
		if g := tx.Groups.At(r.Group, tx.Now); g != nil {
			return g.Owner
		}
		return ""
	}),
	"ip-permission.prefix-list-id": never[world.SecurityGroup],

	"egress.ip-permission.cidr":           always[world.SecurityGroup]("0.0.0.0/0"),
	"egress.ip-permission.protocol":       always[world.SecurityGroup](everyProtocol),
	"egress.ip-permission.from-port":      never[world.SecurityGroup],
	"egress.ip-permission.to-port":        never[world.SecurityGroup],
	"egress.ip-permission.group-id":       never[world.SecurityGroup],
	"egress.ip-permission.group-name":     never[world.SecurityGroup],
	"egress.ip-permission.ipv6-cidr":      never[world.SecurityGroup],
	"egress.ip-permission.prefix-list-id": never[world.SecurityGroup],
	"egress.ip-permission.user-id":        never[world.SecurityGroup],
}

// each is a property that every ingress rule of a group has a value of.
func each(of func(*world.Tx, world.Rule) string) func(*world.Tx, *world.SecurityGroup) []string {
	return func(tx *world.Tx, g *world.SecurityGroup) []string {
		var out []string
		for _, r := range g.Ingress {
			out = append(out, present(of(tx, r))...)
		}
		return out
	}
}

func portText(r world.Rule, port int) string {
	if r.Protocol == everyProtocol {
		return ""
	}
	return strconv.Itoa(port)
}

func blockIf(p netip.Prefix, v6 bool) string {
	if !p.IsValid() || p.Addr().Is6() != v6 {
		return ""
	}
	return p.String()
}

func ifBlock(p netip.Prefix, value string) string {
	if !p.IsValid() {
		return ""
	}
	return value
}

// associated is the ID of the association of a block with a VPC or subnet.
func associated(kind, id string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return fmt.Sprintf("%s-cidr-assoc-0%016x", kind, h.Sum64())
}

func subnetARN(s *world.Subnet) string { return arn(&s.Meta, "subnet") }

func groupARN(g *world.SecurityGroup) string { return arn(&g.Meta, "security-group") }

func arn(m *world.Meta, kind string) string {
	return "arn:" + world.Partition(m.Region) + ":ec2:" + m.Region + ":" + m.Owner + ":" + kind + "/" + m.ID
}
