package vpc

import (
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// crossZone is the one attribute that the fake models.
const crossZone = "load_balancing.cross_zone.enabled"

// DescribeLoadBalancerAttributes lists the attribute that the fake models.
func DescribeLoadBalancerAttributes(tx *world.Tx, in *elb.DescribeLoadBalancerAttributesInput) (*elb.DescribeLoadBalancerAttributesOutput, error) {
	lb, err := ownBalancer(tx, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	return &elb.DescribeLoadBalancerAttributesOutput{Attributes: balancerAttributes(lb)}, nil
}

// ModifyLoadBalancerAttributes turns cross-zone load balancing on or off.
func ModifyLoadBalancerAttributes(tx *world.Tx, in *elb.ModifyLoadBalancerAttributesInput) (*elb.ModifyLoadBalancerAttributesOutput, error) {
	have, err := ownBalancer(tx, in.LoadBalancerArn)
	if err != nil {
		return nil, err
	}
	lb := *have
	for _, a := range in.Attributes {
		key, value := aws.ToString(a.Key), aws.ToString(a.Value)
		if key != crossZone {
			return nil, says.NotModelled.Error("ModifyLoadBalancerAttributes.Attributes " + key)
		}
		if value != "true" && value != "false" {
			return nil, says.Response(400, &types.InvalidConfigurationRequestException{Message: str(says.LBAttribute.Message(key, value))})
		}
		lb.CrossZone = value == "true"
	}
	tx.LoadBalancers.Put(tx.Now, &lb)
	return &elb.ModifyLoadBalancerAttributesOutput{Attributes: balancerAttributes(&lb)}, nil
}

func balancerAttributes(lb *world.LoadBalancer) []types.LoadBalancerAttribute {
	return []types.LoadBalancerAttribute{{Key: str(crossZone), Value: str(strconv.FormatBool(lb.CrossZone))}}
}
