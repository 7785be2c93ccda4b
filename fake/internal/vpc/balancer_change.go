package vpc

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// ownBalancer is a load balancer of the caller's.
func ownBalancer(tx *world.Tx, arn *string) (*world.LoadBalancer, error) {
	if !lbARN.MatchString(aws.ToString(arn)) {
		return nil, says.LBValidation.Error(aws.ToString(arn))
	}
	if lb := world.Own(tx, tx.LoadBalancers, *arn); lb != nil {
		return lb, nil
	}
	return nil, balancerMissing()
}

// SetSubnets gives a load balancer nodes in just the subnets of the request: what it gains no service on it takes up before its next
// modify, and what it loses it loses at once.
func SetSubnets(tx *world.Tx, in *elb.SetSubnetsInput) (*elb.SetSubnetsOutput, error) {
	have, err := ownBalancer(tx, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	family := in.IpAddressType
	if family == "" {
		family = types.IpAddressType(familyOf(have))
	}
	p, err := placement(tx, have.VPC, in.Subnets, in.SubnetMappings, family)
	if err != nil {
		return nil, err
	}
	lb, kept := *have, []world.Node{}
	lb.DualStack = p.dual
	for _, n := range have.Nodes {
		i := slices.IndexFunc(p.subnets, func(s *world.Subnet) bool { return s.ID == n.Subnet })
		if i < 0 {
			defer tx.Interfaces.Drop(n.Interface, tx.Now)
			continue
		}
		kept = append(kept, n)
		p.subnets, p.fixed = slices.Delete(p.subnets, i, i+1), slices.Delete(p.fixed, i, i+1)
	}
	lb.Nodes = kept
	if err := p.fill(tx, &lb); err != nil {
		return nil, err
	}
	return &elb.SetSubnetsOutput{AvailabilityZones: balancerZones(&lb), IpAddressType: types.IpAddressType(familyOf(&lb))}, nil
}

// SetIpAddressType makes a load balancer IPv4 or dual stack.
func SetIpAddressType(tx *world.Tx, in *elb.SetIpAddressTypeInput) (*elb.SetIpAddressTypeOutput, error) {
	have, err := ownBalancer(tx, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	lb := *have
	switch in.IpAddressType {
	case types.IpAddressTypeIpv4, types.IpAddressTypeDualstack:
		lb.DualStack = in.IpAddressType == types.IpAddressTypeDualstack
	default:
		return nil, says.LBFamily.Error(in.IpAddressType)
	}
	if subnet := Readdress(tx, &lb); subnet != "" {
		return nil, says.Response(400, &types.InvalidSubnetException{Message: str(says.LBNoFamily.Message(subnet))})
	}
	return &elb.SetIpAddressTypeOutput{IpAddressType: in.IpAddressType}, nil
}

// Readdress writes a load balancer whose address type has changed, with the addresses of that type, or names a subnet that lacks them.
func Readdress(tx *world.Tx, lb *world.LoadBalancer) (lacking string) {
	for _, n := range lb.Nodes {
		if s := tx.Subnets.At(n.Subnet, tx.Now); lb.DualStack && !s.CIDR6.IsValid() {
			return n.Subnet
		}
	}
	lb.Nodes = slices.Clone(lb.Nodes)
	for i := range lb.Nodes {
		n := &lb.Nodes[i]
		ni := *tx.Interfaces.At(n.Interface, tx.Now)
		if address(tx, &ni, tx.Subnets.At(n.Subnet, tx.Now), familyOf(lb)) != nil {
			return n.Subnet
		}
		ni.DenyAllIGW = denies(lb, &ni)
		n.IPv6 = ni.IPv6
		tx.Interfaces.Put(tx.Now, &ni)
	}
	tx.LoadBalancers.Put(tx.Now, lb)
	return ""
}

// DeleteLoadBalancer deletes a load balancer on which no endpoint service stands, be it a dying one or one just gone.
func DeleteLoadBalancer(tx *world.Tx, in *elb.DeleteLoadBalancerInput) (*elb.DeleteLoadBalancerOutput, error) {
	arn := aws.ToString(in.LoadBalancerArn)
	if !lbARN.MatchString(arn) {
		return nil, says.LBValidation.Error(arn)
	}
	lb := world.Own(tx, tx.LoadBalancers, arn)
	if lb == nil {
		return &elb.DeleteLoadBalancerOutput{}, nil
	}
	if tx.ServiceOf(lb) != nil || lb.HeldUntil.After(tx.Now) {
		return nil, says.Response(400, &types.ResourceInUseException{Message: str(says.LBInUse.Message(arn))})
	}
	tx.LoadBalancers.Drop(arn, tx.Now)
	for _, n := range lb.Nodes {
		tx.Interfaces.Drop(n.Interface, tx.Now)
	}
	return &elb.DeleteLoadBalancerOutput{}, nil
}

// release notes that a service lets go of load balancers: they count as in use for a while yet.
func release(tx *world.Tx, arns []string, from time.Time) {
	if tx.Timing.BalancerRelease <= 0 {
		return
	}
	for _, arn := range arns {
		if have := tx.LoadBalancers.At(arn, tx.Now); have != nil {
			lb := *have
			lb.HeldUntil = from.Add(tx.Timing.BalancerRelease)
			tx.LoadBalancers.Put(tx.Now, &lb)
		}
	}
}
