package endpoint_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func inbound(only bool) *types.DnsOptionsSpecification {
	return &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: &only}
}

func interfaceSettings() []setting {
	b := func() *endpoint.InterfaceBuilder {
		return endpoint.Interface("x").VPC("vpc-1").Service(provide).Subnets("subnet-1")
	}
	bare := func() *endpoint.InterfaceBuilder { return endpoint.Interface("x").VPC("vpc-1").Service(provide) }
	other := "com.amazonaws.us-east-1.sts"
	return []setting{
		{setter: "VPC", without: b(), with: b().VPC("vpc-2"), created: func(in *ec2.CreateVpcEndpointInput) { in.VpcId = aws.String("vpc-2") },
			changed: b().VPC("vpc-3").Adopt("vpce-1"), frozen: "VPC", lacking: b().VPC("")},
		{setter: "Service", without: b(), with: b().Service(other), created: func(in *ec2.CreateVpcEndpointInput) { in.ServiceName = &other },
			changed: b().Service("com.amazonaws.us-east-1.ec2"), frozen: "service", lacking: b().Service("")},
		{setter: "ServiceRegion", without: b(), with: b().ServiceRegion("eu-west-1"),
			created: func(in *ec2.CreateVpcEndpointInput) { in.ServiceRegion = aws.String("eu-west-1") },
			changed: b().ServiceRegion("eu-central-1"), frozen: "service Region"},
		{setter: "Subnets", without: bare(), with: bare().Subnets("subnet-2", "subnet-1"),
			created: func(in *ec2.CreateVpcEndpointInput) { in.SubnetIds = []string{"subnet-1", "subnet-2"} }, changed: bare().Subnets("subnet-3", "subnet-1"),
			sent: change(ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{"subnet-3"}, RemoveSubnetIds: []string{"subnet-2"}})},
		{setter: "Address", without: b(), with: b().Address("subnet-1", four, six),
			created: func(in *ec2.CreateVpcEndpointInput) {
				in.SubnetConfigurations = fixed(types.SubnetConfiguration{Ipv4: aws.String("10.1.1.9"), Ipv6: aws.String("2600:1f18::9")})
			}, changed: b().Address("subnet-1", five),
			sent: change(ec2.ModifyVpcEndpointInput{SubnetConfigurations: fixed(types.SubnetConfiguration{Ipv4: aws.String("10.1.1.10")})})},
		{setter: "SecurityGroups", without: b(), with: b().SecurityGroups("sg-2", "sg-1"),
			created: func(in *ec2.CreateVpcEndpointInput) { in.SecurityGroupIds = []string{"sg-1", "sg-2"} }, changed: b().SecurityGroups("sg-1", "sg-3"),
			sent: change(ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{"sg-3"}, RemoveSecurityGroupIds: []string{"sg-2"}})},
		{setter: "PrivateDNS", without: b().Service(other), with: b().Service(other).PrivateDNS(false),
			created: func(in *ec2.CreateVpcEndpointInput) { in.PrivateDnsEnabled = aws.Bool(false) }, changed: b().Service(other).PrivateDNS(true),
			sent: change(ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(true)})},
		{setter: "PrivateDNSOnlyForInboundResolver", without: b(), with: b().PrivateDNSOnlyForInboundResolver(true),
			created: func(in *ec2.CreateVpcEndpointInput) { in.DnsOptions = inbound(true) }, changed: b().PrivateDNSOnlyForInboundResolver(false),
			sent: change(ec2.ModifyVpcEndpointInput{DnsOptions: inbound(false)})},
		{setter: "DNSRecordIPType", without: b(), with: b().DNSRecordIPType(endpoint.IPv4),
			created: func(in *ec2.CreateVpcEndpointInput) { in.DnsOptions = dns("ipv4") }, changed: b().DNSRecordIPType(endpoint.ServiceDefined),
			sent: change(ec2.ModifyVpcEndpointInput{DnsOptions: dns("service-defined")})},
		{setter: "IPAddressType", without: b(), with: b().IPAddressType(endpoint.IPv4),
			created: func(in *ec2.CreateVpcEndpointInput) { in.IpAddressType = "ipv4" }, changed: b().IPAddressType(endpoint.DualStack),
			sent: change(ec2.ModifyVpcEndpointInput{IpAddressType: "dualstack"})},
		{setter: "Policy", without: b(), with: b().Policy(denyAll),
			created: func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(denyAll) }, changed: b().Policy(allowGet),
			sent: change(ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(allowGet)})},
		{setter: "DefaultPolicy", without: b(), with: b().DefaultPolicy(), created: nothing, changed: b().Policy(denyAll),
			sent: change(ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(denyAll)})},
		{setter: "Tag", without: b(), with: b().Tag("team", "blue"), created: born("blue"), changed: b().Tag("team", "green"), sent: retagged("green")},
		{setter: "Tags", without: b(), with: b().Tags(privatelink.Tags{"team": "blue"}), created: born("blue"),
			changed: b().Tags(privatelink.Tags{"team": "green"}), sent: retagged("green")},
	}
}
