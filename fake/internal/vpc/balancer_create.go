package vpc

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// BalancerName is the form of a load balancer's name.
var BalancerName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$`)

// CreateLoadBalancer makes a Network or Gateway Load Balancer. A name that is taken gives the load balancer that has it, where that is
// the same, or a refusal.
func CreateLoadBalancer(tx *world.Tx, in *elb.CreateLoadBalancerInput) (*elb.CreateLoadBalancerOutput, error) {
	name, kind := aws.ToString(in.Name), string(in.Type)
	switch {
	case kind != world.NetworkBalancer && kind != world.GatewayBalancer:
		return nil, says.LBType.Error(cmp.Or(kind, string(types.LoadBalancerTypeEnumApplication)))
	case !BalancerName.MatchString(name) || strings.HasPrefix(name, "internal-"):
		return nil, says.LBName.Error(name)
	}
	p, err := placement(tx, "", in.Subnets, in.SubnetMappings, in.IpAddressType)
	if err != nil {
		return nil, err
	}
	tags, err := balancerTags(nil, in.Tags)
	if err != nil {
		return nil, err
	}
	lb := NewBalancer(tx, kind, name, p.subnets[0].VPC)
	lb.Tags, lb.DualStack, lb.Internal = tags, p.dual, in.Scheme == types.LoadBalancerSchemeEnumInternal
	for have := range world.Live(tx, tx.LoadBalancers.By(world.ByPlace, tx.Place(), 0)) {
		if have.Name != name {
			continue
		}
		if !sameBalancer(have, lb, p.subnets) {
			return nil, says.Response(400, &types.DuplicateLoadBalancerNameException{Message: str(says.LBNameTaken.Message(name))})
		}
		return &elb.CreateLoadBalancerOutput{LoadBalancers: []types.LoadBalancer{showBalancer(tx, have)}}, nil
	}
	if d := tx.Timing.LoadBalancer; d > 0 {
		lb.Phases = world.Phases{{State: world.BalancerProvisioning, At: tx.Now}, {State: world.BalancerActive, At: tx.Now.Add(d)}}
	}
	if err := p.fill(tx, lb); err != nil {
		return nil, err
	}
	shown := showBalancer(tx, lb)
	shown.State.Code = types.LoadBalancerStateEnumProvisioning
	return &elb.CreateLoadBalancerOutput{LoadBalancers: []types.LoadBalancer{shown}}, nil
}

// sameBalancer says whether a load balancer is what a create asks for again.
func sameBalancer(have, want *world.LoadBalancer, subnets []*world.Subnet) bool {
	return have.Type == want.Type && have.Internal == want.Internal && have.DualStack == want.DualStack && slices.Equal(have.Tags, want.Tags) &&
		len(have.Nodes) == len(subnets) && !slices.ContainsFunc(subnets, func(s *world.Subnet) bool {
		return !slices.ContainsFunc(have.Nodes, func(n world.Node) bool { return n.Subnet == s.ID })
	})
}

// placed is the subnets that a request gives a load balancer, with the addresses that it wants there.
type placed struct {
	subnets []*world.Subnet
	fixed   []fixed
	dual    bool
}

// placement checks the subnets of a request: the caller's, of one VPC (its own, for a load balancer that exists), one in a zone.
func placement(tx *world.Tx, vpc string, ids []string, mappings []types.SubnetMapping, family types.IpAddressType) (placed, error) {
	p := placed{dual: family == types.IpAddressTypeDualstack}
	switch {
	case family != "" && family != types.IpAddressTypeIpv4 && !p.dual:
		return p, says.LBFamily.Error(family)
	case (len(ids) == 0) == (len(mappings) == 0):
		return p, says.LBSubnets.Error()
	}
	for _, id := range unique(ids) {
		mappings = append(mappings, types.SubnetMapping{SubnetId: &id})
	}
	for _, m := range mappings {
		s := world.Own(tx, tx.Subnets, aws.ToString(m.SubnetId))
		if s == nil {
			return p, says.Response(400, &types.SubnetNotFoundException{Message: str(says.LBSubnetUnknown.Message(aws.ToString(m.SubnetId)))})
		}
		if vpc == "" {
			vpc = s.VPC
		}
		f, text := p.fits(tx, vpc, s, m)
		if text != "" {
			return p, says.Response(400, &types.InvalidSubnetException{Message: &text})
		}
		if slices.ContainsFunc(p.subnets, func(other *world.Subnet) bool { return other.AZ == s.AZ }) {
			return p, says.Response(400, &types.InvalidConfigurationRequestException{Message: str(says.LBZoneTwice.Message())})
		}
		p.subnets, p.fixed = append(p.subnets, s), append(p.fixed, f)
	}
	return p, nil
}

// fits says what is wrong with one subnet, "" when nothing is, and which addresses are wanted there.
func (p *placed) fits(tx *world.Tx, vpc string, s *world.Subnet, m types.SubnetMapping) (f fixed, text string) {
	switch {
	case s.VPC != vpc:
		return f, says.LBOtherVPC.Message(s.ID, vpc)
	case p.dual && !s.CIDR6.IsValid() || !s.CIDR.IsValid():
		return f, says.LBNoFamily.Message(s.ID)
	}
	var err error
	if f.v4, err = within(aws.ToString(m.PrivateIPv4Address), s.CIDR, s, familyIPv4); err == nil {
		if f.v6, err = within(aws.ToString(m.IPv6Address), s.CIDR6, s, familyIPv6); err == nil {
			err = f.check(tx, s, nil)
		}
	}
	if err != nil {
		_, text = says.Item(err)
	}
	return f, text
}

// fill gives a load balancer its nodes and writes it.
func (p *placed) fill(tx *world.Tx, lb *world.LoadBalancer) error {
	var faces []*world.NetworkInterface
	for i, s := range p.subnets {
		ni := AddNode(tx, lb, s, p.fixed[i])
		if ni == nil {
			return says.Response(400, &types.InvalidSubnetException{Message: str(says.LBNoAddress.Message(s.ID))})
		}
		faces = append(faces, ni)
	}
	tx.LoadBalancers.Put(tx.Now, lb)
	for _, ni := range faces {
		tx.Interfaces.Put(tx.Now, ni)
	}
	return nil
}
