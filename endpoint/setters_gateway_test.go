package endpoint_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const allowGet = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}`

func gatewaySettings() []setting {
	b := func() *endpoint.GatewayBuilder {
		return endpoint.Gateway("x").VPC("vpc-1").Service(endpoint.AWSService("us-east-1", "s3"))
	}
	dynamodb, express := endpoint.AWSService("us-east-1", "dynamodb"), endpoint.AWSService("us-east-1", "s3express")
	return []setting{
		{setter: "VPC", without: b(), with: b().VPC("vpc-2"), created: func(in *ec2.CreateVpcEndpointInput) { in.VpcId = aws.String("vpc-2") },
			changed: b().VPC("vpc-3").Adopt("vpce-1"), frozen: "VPC", lacking: b().VPC("")},
		{setter: "Service", without: b(), with: b().Service(dynamodb), created: func(in *ec2.CreateVpcEndpointInput) { in.ServiceName = &dynamodb },
			changed: b().Service(express), frozen: "service", lacking: b().Service("")},
		{setter: "RouteTables", without: b(), with: b().RouteTables("rtb-2", "rtb-1"),
			created: func(in *ec2.CreateVpcEndpointInput) { in.RouteTableIds = []string{"rtb-1", "rtb-2"} }, changed: b().RouteTables("rtb-3", "rtb-2"),
			sent: change(ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{"rtb-3"}, RemoveRouteTableIds: []string{"rtb-1"}})},
		{setter: "Policy", without: b(), with: b().Policy(denyAll),
			created: func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(denyAll) }, changed: b().DefaultPolicy(),
			sent: change(ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)})},
		{setter: "DefaultPolicy", without: b(), with: b().DefaultPolicy(), created: nothing, changed: b().Policy(denyAll),
			sent: change(ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(denyAll)})},
		{setter: "IPAddressType", without: b(), with: b().IPAddressType(endpoint.IPv4),
			created: func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" }, changed: b().IPAddressType(endpoint.DualStack),
			sent: change(ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"})},
		{setter: "DNSRecordIPType", without: b(), with: b().DNSRecordIPType(endpoint.IPv4),
			created: func(in *ec2.CreateVpcEndpointInput) { in.DnsOptions = dns("ipv4") }, changed: b().DNSRecordIPType(endpoint.ServiceDefined),
			sent: change(ec2.ModifyVpcEndpointInput{DnsOptions: dns("service-defined")})},
		{setter: "Tag", without: b(), with: b().Tag("team", "blue"), created: born("blue"), changed: b().Tag("team", "green"), sent: retagged("green")},
		{setter: "Tags", without: b(), with: b().Tags(privatelink.Tags{"team": "blue"}), created: born("blue"),
			changed: b().Tags(privatelink.Tags{"team": "green"}), sent: retagged("green")},
	}
}
