package vpc

import (
	"fmt"
	"iter"
	"slices"
	"strings"

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
	cursor, err := elbCursor(in.PageSize, in.Marker, "DescribeLoadBalancers"+tx.Place())
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

// elbCursor is where a page of ELBv2 begins and how long it is.
func elbCursor(size *int32, marker *string, key string) (page.Cursor, error) {
	if size == nil {
		size = aws.Int32(elbPage)
	}
	if *size < 1 || *size > elbPage {
		return page.Cursor{}, says.LBPageSize.Error(*size, elbPage)
	}
	cursor, err := page.Open(size, marker, 1, func() string { return key })
	if err != nil {
		return cursor, says.LBMarker.Error(*marker)
	}
	return cursor, nil
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
		VpcId: str(lb.VPC), CreatedTime: stamp(tx.Shown(lb.Created)), IpAddressType: types.IpAddressType(familyOf(lb)),
		State:             &types.LoadBalancerState{Code: types.LoadBalancerStateEnum(lb.Phases.At(tx.Now))},
		AvailabilityZones: balancerZones(lb)}
	if lb.DNSName != "" {
		out.DNSName, out.Scheme = str(lb.DNSName), types.LoadBalancerSchemeEnumInternetFacing
		if lb.Internal {
			out.Scheme = types.LoadBalancerSchemeEnumInternal
		}
		out.CanonicalHostedZoneId = str(world.NLBZone(lb.Region))
	}
	return out
}

func balancerZones(lb *world.LoadBalancer) []types.AvailabilityZone {
	out := []types.AvailabilityZone{}
	for _, n := range lb.Nodes {
		out = append(out, types.AvailabilityZone{ZoneName: str(n.AZ), SubnetId: str(n.Subnet)})
	}
	return out
}

// DescribeListeners lists the listeners of a load balancer: the ports on which something accepts.
func DescribeListeners(tx *world.Tx, in *elb.DescribeListenersInput) (*elb.DescribeListenersOutput, error) {
	lb, err := ownBalancer(tx, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	cursor, err := elbCursor(in.PageSize, in.Marker, "DescribeListeners"+lb.ID)
	if err != nil {
		return nil, err
	}
	out := &elb.DescribeListenersOutput{Listeners: []types.Listener{}}
	for i, l := range lb.Listeners[min(int(cursor.After), len(lb.Listeners)):] {
		if i == cursor.Limit {
			out.NextMarker = cursor.Token(cursor.After + uint64(i))
			break
		}
		arn := strings.Replace(lb.ID, ":loadbalancer/", ":listener/", 1) + "/" + fmt.Sprintf("%016x", l.Port)
		out.Listeners = append(out.Listeners, types.Listener{ListenerArn: &arn, LoadBalancerArn: str(lb.ID), Port: aws.Int32(int32(l.Port)),
			Protocol: types.ProtocolEnum(l.Protocol)})
	}
	return out, nil
}
