package fake

const (
	paging = "MaxResults NextToken"
	listed = "Filters " + paging

	destinations = "DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId"
)

// ec2Face lists the modelled members of each EC2 operation.
var ec2Face = &face{
	service: "EC2",
	structs: map[string]string{"Filter": "Name Values", "Tag": "Key Value", "TagSpecification": "ResourceType Tags",
		"DnsOptionsSpecification": "DnsRecordIpType PrivateDnsOnlyForInboundResolverEndpoint", "SubnetConfiguration": "Ipv4 Ipv6 SubnetId",
		"AttributeBooleanValue": "Value", "AttributeValue": "Value", "IpPermission": "FromPort IpProtocol IpRanges Ipv6Ranges ToPort UserIdGroupPairs",
		"IpRange": "CidrIp", "Ipv6Range": "CidrIpv6", "UserIdGroupPair": "GroupId UserId"},
	ops: map[string]spec{
		"CreateVpcEndpoint": {"VpcId", "ClientToken DnsOptions IpAddressType PolicyDocument PrivateDnsEnabled RouteTableIds SecurityGroupIds ServiceName " +
			"ServiceRegion SubnetConfigurations SubnetIds TagSpecifications VpcEndpointType"},
		"ModifyVpcEndpoint": {"VpcEndpointId", "AddRouteTableIds AddSecurityGroupIds AddSubnetIds DnsOptions IpAddressType " +
			"PolicyDocument PrivateDnsEnabled RemoveRouteTableIds RemoveSecurityGroupIds RemoveSubnetIds ResetPolicy SubnetConfigurations"},
		"DeleteVpcEndpoints":   {required: "VpcEndpointIds"},
		"DescribeVpcEndpoints": {modelled: "VpcEndpointIds " + listed},

		"CreateVpcEndpointServiceConfiguration": {modelled: "AcceptanceRequired ClientToken GatewayLoadBalancerArns NetworkLoadBalancerArns " +
			"PrivateDnsName SupportedIpAddressTypes SupportedRegions TagSpecifications"},
		"ModifyVpcEndpointServiceConfiguration": {"ServiceId", "AcceptanceRequired AddGatewayLoadBalancerArns AddNetworkLoadBalancerArns " +
			"AddSupportedIpAddressTypes AddSupportedRegions PrivateDnsName RemoveGatewayLoadBalancerArns RemoveNetworkLoadBalancerArns RemovePrivateDnsName " +
			"RemoveSupportedIpAddressTypes RemoveSupportedRegions"},
		"DeleteVpcEndpointServiceConfigurations":        {required: "ServiceIds"},
		"DescribeVpcEndpointServiceConfigurations":      {modelled: "ServiceIds " + listed},
		"DescribeVpcEndpointServices":                   {modelled: "ServiceNames ServiceRegions " + listed},
		"ModifyVpcEndpointServicePermissions":           {"ServiceId", "AddAllowedPrincipals RemoveAllowedPrincipals"},
		"DescribeVpcEndpointServicePermissions":         {"ServiceId", listed},
		"StartVpcEndpointServicePrivateDnsVerification": {required: "ServiceId"},
		"ModifyVpcEndpointServicePayerResponsibility":   {required: "PayerResponsibility ServiceId"},

		"AcceptVpcEndpointConnections":   {required: "ServiceId VpcEndpointIds"},
		"RejectVpcEndpointConnections":   {required: "ServiceId VpcEndpointIds"},
		"DescribeVpcEndpointConnections": {modelled: listed},

		"CreateVpcEndpointConnectionNotification":    {"ConnectionEvents ConnectionNotificationArn", "ClientToken ServiceId VpcEndpointId"},
		"ModifyVpcEndpointConnectionNotification":    {"ConnectionNotificationId", "ConnectionEvents ConnectionNotificationArn"},
		"DeleteVpcEndpointConnectionNotifications":   {required: "ConnectionNotificationIds"},
		"DescribeVpcEndpointConnectionNotifications": {modelled: "ConnectionNotificationId " + listed},

		"DescribeNetworkInterfaces": {modelled: "NetworkInterfaceIds " + listed},
		"DescribeSubnets":           {modelled: "SubnetIds " + listed},
		"DescribeVpcs":              {modelled: "VpcIds " + listed},
		"DescribeSecurityGroups":    {modelled: "GroupIds " + listed},
		"DeleteSecurityGroup":       {required: "GroupId"},

		"DescribeVpcAttribute": {required: "VpcId Attribute"},

		"DescribeRouteTables": {modelled: "RouteTableIds " + listed},
		"CreateRoute":         {"RouteTableId", destinations + " GatewayId VpcEndpointId"},
		"ReplaceRoute":        {"RouteTableId", destinations + " GatewayId VpcEndpointId LocalTarget"},
		"DeleteRoute":         {"RouteTableId", destinations},

		"DescribePrefixLists":        {modelled: "PrefixListIds " + listed},
		"DescribeManagedPrefixLists": {modelled: "PrefixListIds " + listed},

		"CreateVpc":                       {modelled: "AmazonProvidedIpv6CidrBlock CidrBlock TagSpecifications"},
		"DeleteVpc":                       {required: "VpcId"},
		"ModifyVpcAttribute":              {"VpcId", "EnableDnsHostnames EnableDnsSupport"},
		"CreateSubnet":                    {"VpcId", "AvailabilityZone AvailabilityZoneId CidrBlock Ipv6CidrBlock Ipv6Native TagSpecifications"},
		"DeleteSubnet":                    {required: "SubnetId"},
		"CreateSecurityGroup":             {"Description GroupName", "TagSpecifications VpcId"},
		"AuthorizeSecurityGroupIngress":   {"GroupId", "CidrIp FromPort IpPermissions IpProtocol ToPort"},
		"RevokeSecurityGroupIngress":      {"GroupId", "CidrIp FromPort IpPermissions IpProtocol ToPort"},
		"CreateRouteTable":                {"VpcId", "ClientToken TagSpecifications"},
		"DeleteRouteTable":                {required: "RouteTableId"},
		"AssociateRouteTable":             {required: "RouteTableId SubnetId"},
		"DisassociateRouteTable":          {required: "AssociationId"},
		"DeleteNetworkInterface":          {required: "NetworkInterfaceId"},
		"DetachNetworkInterface":          {"AttachmentId", "Force"},
		"ModifyNetworkInterfaceAttribute": {"NetworkInterfaceId", "Description Groups SourceDestCheck"},

		"DescribeTags": {modelled: listed},
		"CreateTags":   {required: "Resources Tags"},
		"DeleteTags":   {"Resources", "Tags"},
	},
}
