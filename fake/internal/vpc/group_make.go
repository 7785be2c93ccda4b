package vpc

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	defaultName   = "default"
	everyProtocol = "-1"
	maxGroupName  = 255
)

// CreateSecurityGroup makes a group that admits nothing yet and lets everything out.
func CreateSecurityGroup(tx *world.Tx, in *ec2.CreateSecurityGroupInput) (*ec2.CreateSecurityGroupOutput, error) {
	name, vpc := aws.ToString(in.GroupName), aws.ToString(in.VpcId)
	if vpc == "" {
		return nil, says.NoDefaultVPC.Error()
	}
	if _, err := ownVPC(tx, vpc); err != nil {
		return nil, err
	}
	switch {
	case name == defaultName:
		return nil, says.GroupReserved.Error(name)
	case strings.HasPrefix(name, "sg-") || len(name) > maxGroupName:
		return nil, says.GroupName.Error(name, "GroupName")
	}
	for other := range world.Live(tx, tx.Groups.By(world.ByVPC, vpc, 0)) {
		if other.Name == name {
			return nil, says.GroupDuplicate.Error(name, vpc)
		}
	}
	tags, err := specTags(nil, in.TagSpecifications, types.ResourceTypeSecurityGroup)
	if err != nil {
		return nil, err
	}
	g := &world.SecurityGroup{Meta: tx.Meta(tx.NewID("sg"), tags), VPC: vpc, Name: name, Description: aws.ToString(in.Description)}
	tx.Groups.Put(tx.Now, g)
	return &ec2.CreateSecurityGroupOutput{GroupId: str(g.ID), SecurityGroupArn: str(groupARN(g)), Tags: tagSet(g.Tags)}, nil
}

// AuthorizeSecurityGroupIngress adds ingress rules, all or none.
func AuthorizeSecurityGroupIngress(tx *world.Tx, in *ec2.AuthorizeSecurityGroupIngressInput) (*ec2.AuthorizeSecurityGroupIngressOutput, error) {
	g, rules, err := ingress(tx, aws.ToString(in.GroupId), in.IpPermissions,
		types.IpPermission{IpProtocol: in.IpProtocol, FromPort: in.FromPort, ToPort: in.ToPort}, aws.ToString(in.CidrIp))
	if err != nil {
		return nil, err
	}
	g.Ingress = slices.Clone(g.Ingress)
	for _, r := range rules {
		if ruleIndex(g, r) >= 0 {
			return nil, says.RuleDuplicate.Error(ruleText(r))
		}
		g.Ingress = append(g.Ingress, r)
	}
	tx.Groups.Put(tx.Now, g)
	return &ec2.AuthorizeSecurityGroupIngressOutput{Return: aws.Bool(true)}, nil
}

// RevokeSecurityGroupIngress removes ingress rules, all or none.
func RevokeSecurityGroupIngress(tx *world.Tx, in *ec2.RevokeSecurityGroupIngressInput) (*ec2.RevokeSecurityGroupIngressOutput, error) {
	g, rules, err := ingress(tx, aws.ToString(in.GroupId), in.IpPermissions,
		types.IpPermission{IpProtocol: in.IpProtocol, FromPort: in.FromPort, ToPort: in.ToPort}, aws.ToString(in.CidrIp))
	if err != nil {
		return nil, err
	}
	g.Ingress = slices.Clone(g.Ingress)
	for _, r := range rules {
		i := ruleIndex(g, r)
		if i < 0 {
			return nil, says.RuleMissing.Error()
		}
		g.Ingress = slices.Delete(g.Ingress, i, i+1)
	}
	tx.Groups.Put(tx.Now, g)
	return &ec2.RevokeSecurityGroupIngressOutput{Return: aws.Bool(true)}, nil
}

// ingress is a copy of the group of a request, and the rules that the request names in full or in short.
func ingress(tx *world.Tx, id string, permissions []types.IpPermission, short types.IpPermission, cidr string) (*world.SecurityGroup, []world.Rule, error) {
	if err := says.Groups.Check(id); err != nil {
		return nil, nil, err
	}
	have := world.Own(tx, tx.Groups, id)
	if have == nil {
		return nil, nil, says.Groups.Missing(id, tx.Switches.OtherSpellings)
	}
	if cidr != "" {
		short.IpRanges = []types.IpRange{{CidrIp: &cidr}}
	}
	switch inShort := cidr != "" || short.IpProtocol != nil || short.FromPort != nil || short.ToPort != nil; {
	case inShort && len(permissions) > 0:
		return nil, nil, says.InvalidCombination.Error("ipProtocol", "ipPermissions")
	case inShort:
		permissions = []types.IpPermission{short}
	}
	var out []world.Rule
	for _, p := range permissions {
		rules, err := rulesOf(tx, have.VPC, p)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, rules...)
	}
	if len(out) == 0 {
		return nil, nil, says.MissingParameter.Error("IpPermissions")
	}
	g := *have
	return &g, out, nil
}

// rulesOf is a permission as rules: one for each of its sources.
func rulesOf(tx *world.Tx, vpc string, p types.IpPermission) ([]world.Rule, error) {
	base, err := ports(p)
	if err != nil {
		return nil, err
	}
	var out []world.Rule
	add := func(text string, v6 bool) error {
		r, err := base, error(nil)
		r.CIDR, err = blockOf(text, "cidrIp", v6)
		out = append(out, r)
		return err
	}
	for _, r := range p.IpRanges {
		if err := add(aws.ToString(r.CidrIp), false); err != nil {
			return nil, err
		}
	}
	for _, r := range p.Ipv6Ranges {
		if err := add(aws.ToString(r.CidrIpv6), true); err != nil {
			return nil, err
		}
	}
	for _, pair := range p.UserIdGroupPairs {
		if owner := aws.ToString(pair.UserId); owner != "" && owner != tx.Account { // without peering nobody reaches another account's groups
			return nil, says.Groups.Missing(aws.ToString(pair.GroupId), tx.Switches.OtherSpellings)
		}
		ids, err := groupsFor(tx, vpc, []string{aws.ToString(pair.GroupId)})
		if err != nil {
			return nil, err
		}
		r := base
		r.Group = ids[0]
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, says.MissingParameter.Error("IpPermissions.IpRanges")
	}
	return out, nil
}

// ports checks the protocol and the ports of a permission.
func ports(p types.IpPermission) (world.Rule, error) {
	r := world.Rule{Protocol: strings.ToLower(aws.ToString(p.IpProtocol)), From: int(aws.ToInt32(p.FromPort)), To: int(aws.ToInt32(p.ToPort))}
	switch r.Protocol {
	case everyProtocol:
		return world.Rule{Protocol: everyProtocol}, nil
	case "6":
		r.Protocol = "tcp"
	case "17":
		r.Protocol = "udp"
	}
	switch {
	case !slices.Contains([]string{"tcp", "udp", "icmp", "icmpv6"}, r.Protocol):
		return r, says.RuleMalformed.Error("protocol " + r.Protocol)
	case p.FromPort == nil || p.ToPort == nil || r.From > r.To || r.From < -1 || r.To > 65535:
		return r, says.RuleMalformed.Error(fmt.Sprintf("ports %d to %d", r.From, r.To))
	}
	return r, nil
}

func ruleIndex(g *world.SecurityGroup, r world.Rule) int {
	return slices.IndexFunc(g.Ingress, func(have world.Rule) bool { return have == r })
}

func ruleText(r world.Rule) string {
	peer := r.Group
	if r.CIDR != (netip.Prefix{}) {
		peer = r.CIDR.String()
	}
	return fmt.Sprintf("%s, %s, from port: %d, to port: %d, ALLOW", peer, strings.ToUpper(r.Protocol), r.From, r.To)
}
