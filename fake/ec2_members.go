package fake

const (
	paging = "MaxResults NextToken"
	listed = "Filters " + paging
)

// ec2Face lists the modelled members of each EC2 operation.
var ec2Face = &face{
	service: "EC2",
	structs: map[string]string{"Filter": "Name Values", "Tag": "Key Value", "TagSpecification": "ResourceType Tags"},
	ops: map[string]spec{
		"CreateVpcEndpoint": {"VpcId", "ClientToken IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds ServiceName " +
			"ServiceRegion SubnetIds TagSpecifications VpcEndpointType"},
		"ModifyVpcEndpoint": {"VpcEndpointId", "AddRouteTableIds AddSecurityGroupIds AddSubnetIds PolicyDocument PrivateDnsEnabled " +
			"RemoveRouteTableIds RemoveSecurityGroupIds RemoveSubnetIds ResetPolicy"},
		"DeleteVpcEndpoints":   {required: "VpcEndpointIds"},
		"DescribeVpcEndpoints": {modelled: "VpcEndpointIds " + listed},

		"CreateVpcEndpointServiceConfiguration": {modelled: "AcceptanceRequired ClientToken GatewayLoadBalancerArns NetworkLoadBalancerArns " +
			"PrivateDnsName SupportedIpAddressTypes TagSpecifications"},
		"ModifyVpcEndpointServiceConfiguration": {"ServiceId", "AcceptanceRequired AddGatewayLoadBalancerArns AddNetworkLoadBalancerArns " +
			"AddSupportedIpAddressTypes PrivateDnsName RemoveGatewayLoadBalancerArns RemoveNetworkLoadBalancerArns RemovePrivateDnsName " +
			"RemoveSupportedIpAddressTypes"},
		"DeleteVpcEndpointServiceConfigurations":   {required: "ServiceIds"},
		"DescribeVpcEndpointServiceConfigurations": {modelled: "ServiceIds " + listed},
		"DescribeVpcEndpointServices":              {modelled: "ServiceNames ServiceRegions " + listed},
		"ModifyVpcEndpointServicePermissions":      {"ServiceId", "AddAllowedPrincipals RemoveAllowedPrincipals"},
		"DescribeVpcEndpointServicePermissions":    {"ServiceId", listed},

		"AcceptVpcEndpointConnections":   {required: "ServiceId VpcEndpointIds"},
		"RejectVpcEndpointConnections":   {required: "ServiceId VpcEndpointIds"},
		"DescribeVpcEndpointConnections": {modelled: listed},

		"DescribeNetworkInterfaces": {modelled: "NetworkInterfaceIds " + listed},
		"DescribeSubnets":           {modelled: "SubnetIds " + listed},
		"DescribeVpcs":              {modelled: "VpcIds " + listed},
		"DescribeSecurityGroups":    {modelled: "GroupIds " + listed},

		"CreateTags": {required: "Resources Tags"},
		"DeleteTags": {"Resources", "Tags"},
	},
}
