package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// The kinds of endpoints that the fake models.
const (
	kindInterface = string(types.VpcEndpointTypeInterface)
	kindGateway   = string(types.VpcEndpointTypeGateway)
	kindBalancer  = string(types.VpcEndpointTypeGatewayLoadBalancer)
)

// rule is one check of a create or modify; it writes nothing but the draft.
type rule = func() error

// obey checks rules in order.
func obey(rules ...rule) error {
	for _, r := range rules {
		if err := r(); err != nil {
			return err
		}
	}
	return nil
}

// rules are those of the endpoint's kind.
func (d *draft) rules() []rule {
	switch d.rec.Type {
	case kindGateway:
		return []rule{d.family, d.records, d.tables, d.words, d.gateways, d.interfaces}
	case kindBalancer:
		return []rule{d.family, d.places, d.words, d.quota, d.interfaces}
	}
	return []rule{d.family, d.records, d.places, d.guards, d.words, d.name, d.quota, d.interfaces}
}

// kind settles the endpoint's type, which is Gateway where the request has none, and refuses what does not go with it.
func (d *draft) kind() error {
	kind := d.in.VpcEndpointType
	if kind == "" {
		kind = types.VpcEndpointTypeGateway
	}
	d.rec.Type = string(kind)
	switch {
	case !slices.Contains(kind.Values(), kind):
		return says.EndpointTypeInvalid.Error(kind)
	case kind == types.VpcEndpointTypeGateway && len(d.in.SubnetIds) > 0:
		return says.SubnetsOnGateway.Error()
	case kind != types.VpcEndpointTypeGateway && len(d.in.RouteTableIds) > 0:
		return says.TablesOnInterface.Error()
	case !slices.Contains(d.offer.kinds, string(kind)):
		return says.EndpointTypeMismatch.Error(kind, join(d.offer.kinds))
	case kind == types.VpcEndpointTypeGatewayLoadBalancer && len(d.in.SubnetIds) != 1:
		return says.OneSubnet.Error()
	case kind != types.VpcEndpointTypeInterface && d.offer.region != d.tx.Region:
		return says.RegionOnKind.Error()
	}
	return members{groups: d.in.SecurityGroupIds, configs: d.in.SubnetConfigurations, privateDNS: d.in.PrivateDnsEnabled,
		policy: aws.ToString(d.in.PolicyDocument), options: d.in.DnsOptions}.fit(d.rec.Type)
}

// members are the parts of a create or modify that only some kinds have.
type members struct {
	groups     []string
	configs    []types.SubnetConfiguration
	privateDNS *bool
	policy     string
	options    *types.DnsOptionsSpecification
}

// fit refuses members that do not go with a kind. Private DNS that is off goes with all.
func (m members) fit(kind string) error {
	if kind == kindInterface {
		return nil
	}
	switch {
	case len(m.groups) > 0:
		return says.GroupsOnKind.Error()
	case len(m.configs) > 0:
		return says.ConfigsOnKind.Error()
	case aws.ToBool(m.privateDNS):
		return says.DNSOnKind.Error()
	case m.options != nil && m.options.PrivateDnsOnlyForInboundResolverEndpoint != nil:
		return says.InboundOnKind.Error()
	case kind == kindBalancer && m.policy != "":
		return says.PolicyOnKind.Error()
	case kind == kindBalancer && m.options != nil && m.options.DnsRecordIpType != "":
		return says.DNSOptionsOnKind.Error()
	}
	return nil
}

// kept says why an endpoint cannot be deleted now: a route leads to it, or another endpoint needs it.
func kept(tx *world.Tx, e *world.Endpoint) error {
	if e.Type == kindBalancer && routed(tx, e) {
		return says.RoutedEndpoint.Error()
	}
	if e.Type != kindGateway {
		return nil
	}
	for other := range neighbours(tx, e) {
		if other.Type == kindInterface && other.PrivateDNS && other.InboundOnly && !gatewayFor(tx, other, e.ID) {
			return says.GatewayNeeded.Error(other.ID)
		}
	}
	return nil
}
