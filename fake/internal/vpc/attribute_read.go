package vpc

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DescribeVpcAttribute reads one attribute of a VPC: enableDnsSupport or enableDnsHostnames.
func DescribeVpcAttribute(tx *world.Tx, in *ec2.DescribeVpcAttributeInput) (*ec2.DescribeVpcAttributeOutput, error) {
	id := aws.ToString(in.VpcId)
	if err := says.VPCs.Check(id); err != nil {
		return nil, err
	}
	v := tx.VPCs.At(id, tx.Seen())
	if v == nil || !tx.Mine(&v.Meta) {
		return nil, says.VPCs.Missing(id, tx.Switches.OtherSpellings)
	}
	out := &ec2.DescribeVpcAttributeOutput{VpcId: str(id)}
	switch in.Attribute {
	case types.VpcAttributeNameEnableDnsSupport:
		out.EnableDnsSupport = &types.AttributeBooleanValue{Value: aws.Bool(v.DNSSupport)}
	case types.VpcAttributeNameEnableDnsHostnames:
		out.EnableDnsHostnames = &types.AttributeBooleanValue{Value: aws.Bool(v.DNSHostnames)}
	default:
		return nil, says.NotModelled.Error("DescribeVpcAttribute.Attribute " + string(in.Attribute))
	}
	return out, nil
}
