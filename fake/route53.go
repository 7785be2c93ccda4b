package fake

// Route53 is an account's face for Route 53. Zones are global: the account sees the same ones in every Region.
type Route53 struct{ site site }

// route53Face lists the modelled members of each Route 53 operation. What is required the operations say themselves, with Route 53's own
// InvalidInput.
var route53Face = &face{
	service: "Route 53",
	ops: map[string]spec{
		"CreateHostedZone":                  {modelled: "CallerReference Name HostedZoneConfig VPC"},
		"GetHostedZone":                     {modelled: "Id"},
		"DeleteHostedZone":                  {modelled: "Id"},
		"UpdateHostedZoneComment":           {modelled: "Id Comment"},
		"CreateKeySigningKey":               {modelled: "CallerReference HostedZoneId KeyManagementServiceArn Name Status"},
		"EnableHostedZoneDNSSEC":            {modelled: "HostedZoneId"},
		"DisableHostedZoneDNSSEC":           {modelled: "HostedZoneId"},
		"GetHostedZoneCount":                {},
		"ListHostedZones":                   {modelled: "HostedZoneType Marker MaxItems"},
		"ListHostedZonesByName":             {modelled: "DNSName HostedZoneId MaxItems"},
		"ListHostedZonesByVPC":              {modelled: "VPCId VPCRegion MaxItems NextToken"},
		"ListResourceRecordSets":            {modelled: "HostedZoneId MaxItems StartRecordIdentifier StartRecordName StartRecordType"},
		"ChangeResourceRecordSets":          {modelled: "ChangeBatch HostedZoneId"},
		"GetChange":                         {modelled: "Id"},
		"AssociateVPCWithHostedZone":        {modelled: "HostedZoneId VPC Comment"},
		"DisassociateVPCFromHostedZone":     {modelled: "HostedZoneId VPC Comment"},
		"CreateVPCAssociationAuthorization": {modelled: "HostedZoneId VPC"},
		"DeleteVPCAssociationAuthorization": {modelled: "HostedZoneId VPC"},
		"ListVPCAssociationAuthorizations":  {modelled: "HostedZoneId MaxResults NextToken"},
		"ChangeTagsForResource":             {modelled: "ResourceId ResourceType AddTags RemoveTagKeys"},
		"ListTagsForResource":               {modelled: "ResourceId ResourceType"},
		"ListTagsForResources":              {modelled: "ResourceIds ResourceType"},
	},
	structs: map[string]string{
		"VPC":               "VPCId VPCRegion",
		"HostedZoneConfig":  "Comment PrivateZone",
		"ChangeBatch":       "Changes Comment",
		"Change":            "Action ResourceRecordSet",
		"ResourceRecordSet": "Name Type AliasTarget Failover GeoLocation HealthCheckId MultiValueAnswer Region ResourceRecords SetIdentifier TTL Weight",
		"AliasTarget":       "DNSName EvaluateTargetHealth HostedZoneId",
		"GeoLocation":       "ContinentCode CountryCode SubdivisionCode",
		"ResourceRecord":    "Value",
		"Tag":               "Key Value",
	},
}
