package vpc

import (
	"iter"
	"slices"

	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// elbPage is ELBv2's largest page.
const elbPage = 400

// DescribeLoadBalancers lists the caller's load balancers.
func DescribeLoadBalancers(tx *world.Tx, in *elb.DescribeLoadBalancersInput) (*elb.DescribeLoadBalancersOutput, error) {
	size := aws.Int32(elbPage)
	if in.PageSize != nil {
		size = aws.Int32(min(elbPage, *in.PageSize))
	}
	cursor, err := page.Open(size, in.Marker, 1, func() string { return "DescribeLoadBalancers" + tx.Place() })
	if err != nil {
		return nil, err
	}
	rows, err := balancerRows(tx, in, cursor.After)
	if err != nil {
		return nil, err
	}
	out := &elb.DescribeLoadBalancersOutput{LoadBalancers: []types.LoadBalancer{}}
	var last uint64
	for row := range rows {
		lb := row.At(tx.Seen())
		if lb == nil {
			continue
		}
		if len(out.LoadBalancers) == cursor.Limit {
			out.NextMarker = cursor.Token(last)
			break
		}
		out.LoadBalancers = append(out.LoadBalancers, showBalancer(tx, lb))
		last = row.Seq
	}
	return out, nil
}

// balancerRows are the load balancers that a request names, or all. One that does not exist refuses the call.
func balancerRows(tx *world.Tx, in *elb.DescribeLoadBalancersInput, after uint64) (iter.Seq[*world.Row[world.LoadBalancer]], error) {
	all := tx.LoadBalancers.By(world.ByPlace, tx.Place(), after)
	if len(in.LoadBalancerArns)+len(in.Names) == 0 {
		return all, nil
	}
	var rows []*world.Row[world.LoadBalancer]
	for _, arn := range unique(in.LoadBalancerArns) {
		if !lbARN.MatchString(arn) {
			return nil, says.LBValidation.Error(arn)
		}
		if world.Own(tx, tx.LoadBalancers, arn) == nil {
			return nil, balancerMissing()
		}
		rows = append(rows, tx.LoadBalancers.Row(arn))
	}
	for _, name := range unique(in.Names) {
		i := len(rows)
		for row := range all {
			if lb := row.At(tx.Now); lb != nil && lb.Name == name {
				rows = append(rows, row)
			}
		}
		if len(rows) == i {
			return nil, balancerMissing()
		}
	}
	return slices.Values(rows), nil
}

func balancerMissing() error {
	return says.Response(400, &types.LoadBalancerNotFoundException{Message: str(says.LBARNUnknown.Message())})
}

func showBalancer(tx *world.Tx, lb *world.LoadBalancer) types.LoadBalancer {
	out := types.LoadBalancer{LoadBalancerArn: str(lb.ID), LoadBalancerName: str(lb.Name), Type: types.LoadBalancerTypeEnum(lb.Type),
		VpcId: str(lb.VPC), CreatedTime: stamp(tx.Shown(lb.Created)), IpAddressType: types.IpAddressTypeIpv4,
		State: &types.LoadBalancerState{Code: types.LoadBalancerStateEnumActive}}
	if lb.DualStack {
		out.IpAddressType = types.IpAddressTypeDualstack
	}
	if lb.DNSName != "" {
		out.DNSName, out.Scheme = str(lb.DNSName), types.LoadBalancerSchemeEnumInternal
		out.CanonicalHostedZoneId = str(world.NLBZone(lb.Region))
	}
	for _, n := range lb.Nodes {
		out.AvailabilityZones = append(out.AvailabilityZones, types.AvailabilityZone{ZoneName: str(n.AZ), SubnetId: str(n.Subnet)})
	}
	return out
}

// DeleteLoadBalancer deletes a load balancer on which no endpoint service stands, be it a dying one.
func DeleteLoadBalancer(tx *world.Tx, in *elb.DeleteLoadBalancerInput) (*elb.DeleteLoadBalancerOutput, error) {
	arn := aws.ToString(in.LoadBalancerArn)
	if !lbARN.MatchString(arn) {
		return nil, says.LBValidation.Error(arn)
	}
	lb := world.Own(tx, tx.LoadBalancers, arn)
	if lb == nil {
		return &elb.DeleteLoadBalancerOutput{}, nil
	}
	if tx.ServiceOf(lb) != nil {
		return nil, says.Response(400, &types.ResourceInUseException{Message: str(says.LBInUse.Message(arn))})
	}
	tx.LoadBalancers.Drop(arn, tx.Now)
	for _, n := range lb.Nodes {
		tx.Interfaces.Drop(n.Interface, tx.Now)
	}
	return &elb.DeleteLoadBalancerOutput{}, nil
}
