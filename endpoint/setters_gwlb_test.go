package endpoint_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func gwlbSettings() []setting {
	b := func() *endpoint.GatewayLoadBalancerBuilder {
		return endpoint.GatewayLoadBalancer("x").VPC("vpc-1").Service(provide).Subnet("subnet-1")
	}
	other := "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef1"
	made := func(destination string) *ec2.CreateRouteInput {
		return &ec2.CreateRouteInput{RouteTableId: aws.String("rtb-1"), DestinationCidrBlock: &destination, VpcEndpointId: aws.String("vpce-1")}
	}
	removed := func(destination string) *ec2.DeleteRouteInput {
		return &ec2.DeleteRouteInput{RouteTableId: aws.String("rtb-1"), DestinationCidrBlock: &destination}
	}
	return []setting{
		{setter: "VPC", without: b(), with: b().VPC("vpc-2"), created: func(in *ec2.CreateVpcEndpointInput) { in.VpcId = aws.String("vpc-2") },
			changed: b().VPC("vpc-3").Adopt("vpce-1"), frozen: "VPC", lacking: b().VPC("")},
		{setter: "Service", without: b(), with: b().Service(other), created: func(in *ec2.CreateVpcEndpointInput) { in.ServiceName = &other },
			changed: b(), frozen: "service", lacking: b().Service("")},
		{setter: "Subnet", without: b(), with: b().Subnet("subnet-2"), created: func(in *ec2.CreateVpcEndpointInput) { in.SubnetIds = []string{"subnet-2"} },
			changed: b().Subnet("subnet-3"), frozen: "subnet", lacking: b().Subnet("")},
		{setter: "IPAddressType", without: b(), with: b().IPAddressType(endpoint.IPv4),
			created: func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" }, changed: b().IPAddressType(endpoint.DualStack),
			sent: change(ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"})},
		{setter: "Route", without: b(), with: b().Route("rtb-1", "0.0.0.0/0"), created: nothing, after: []any{made("0.0.0.0/0")},
			changed: b().Route("rtb-1", "10.9.0.1/16"), sent: []any{made("10.9.0.0/16"), removed("0.0.0.0/0")}},
		{setter: "ReplaceRoutes", without: b(), with: b().ReplaceRoutes(true), created: nothing,
			changed: b().ReplaceRoutes(true).Route("rtb-1", "10.7.0.0/16"), sent: []any{made("10.7.0.0/16")}},
		{setter: "Tag", without: b(), with: b().Tag("team", "blue"), created: born("blue"), changed: b().Tag("team", "green"), sent: retagged("green")},
		{setter: "Tags", without: b(), with: b().Tags(privatelink.Tags{"team": "blue"}), created: born("blue"),
			changed: b().Tags(privatelink.Tags{"team": "green"}), sent: retagged("green")},
	}
}
