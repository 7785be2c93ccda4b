package says

// What EC2 says about members of a request that do not go with the endpoint's kind, and about the rules of one kind: aws-facts 1.1 and
// section 6 unless noted.
var (
	GroupsOnKind      = Text{Code: "InvalidParameter", Format: "Security group IDs are only supported for Interface type VPC Endpoint.", Evidence: "aws-facts 1.1", Sure: I}
	DNSOnKind         = Text{Code: "InvalidParameter", Format: "Private DNS is only supported for Interface type VPC Endpoint.", Evidence: "aws-facts 1.1", Sure: I}
	PolicyOnKind      = Text{Code: "InvalidParameter", Format: "Endpoint policy is only supported for Interface and Gateway type VPC Endpoints.", Evidence: "aws-facts 1.1", Sure: I}
	DNSOptionsOnKind  = Text{Code: "InvalidParameter", Format: "DnsOptions are only supported for Interface and Gateway type VPC Endpoints.", Evidence: "aws-facts 1.1", Sure: I}
	InboundOnKind     = Text{Code: "InvalidParameter", Format: "DnsOptions PrivateDnsOnlyForInboundResolverEndpoint is applicable only to Interface VPC Endpoints.", Evidence: "aws-facts 1.1; terraform-provider-aws#45846", Sure: O}
	ConfigsOnKind     = Text{Code: "InvalidParameter", Format: "Subnet configurations are only supported for Interface type VPC Endpoint.", Evidence: "aws-facts 1.1", Sure: I}
	RegionOnKind      = Text{Code: "InvalidParameter", Format: "Service region is only supported for Interface type VPC Endpoint.", Evidence: "aws-facts 1.1, 6.3", Sure: I}
	OneSubnet         = Text{Code: "InvalidParameter", Format: "GatewayLoadBalancer type VPC Endpoints must have exactly one subnet.", Evidence: "aws-facts 6.2; fidelity 20", Sure: I}
	SubnetFixed       = Text{Code: "InvalidParameter", Format: "The subnet of a GatewayLoadBalancer type VPC Endpoint cannot be changed.", Evidence: "aws-facts 1.2", Sure: I}
	TableElsewhere    = Text{Code: "InvalidParameter", Format: "The route table '%s' does not belong to the VPC '%s'", Evidence: "fidelity 22", Sure: I}
	RoutedEndpoint    = Text{Code: "InvalidParameter", Format: "Endpoint must be removed from route table before deletion", Evidence: "aws-facts 3.3", Sure: O}
	GatewayNeeded     = Text{Code: "InvalidParameter", Format: "Gateway endpoint cannot be deleted while Interface endpoint %s for the service has PrivateDnsOnlyForInboundResolverEndpoint set to true.", Evidence: "fidelity 43; cloudposse/terraform-aws-vpc#153", Sure: O}
	InboundWithoutDNS = Text{Code: "InvalidParameter", Format: "PrivateDnsOnlyForInboundResolverEndpoint can only be set to true when private DNS is enabled.", Evidence: "terraform-provider-aws#31117", Sure: I}
	InboundService    = Text{Code: "InvalidParameter", Format: "PrivateDnsOnlyForInboundResolverEndpoint is not supported for the service %s.", Evidence: "aws-facts 1.1", Sure: I}

	RecordTypeInvalid = Text{Code: "InvalidParameter", Format: "The DNS record IP type '%s' is invalid", Evidence: "aws-facts 5", Sure: I}
	RecordTypeMatch   = Text{Code: "InvalidParameter", Format: "The DNS record IP type %s is not compatible with the IP address type %s.", Evidence: "aws-facts 5", Sure: I}
	RecordTypeService = Text{Code: "InvalidParameter", Format: "The VPC endpoint service %s does not support the DNS record IP type %s.", Evidence: "aws-facts 5", Sure: I}
	RecordTypeDNS     = Text{Code: "InvalidParameter", Format: "The DNS record IP type %s requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for %s", Evidence: "aws-facts 5", Sure: I}

	ConfigSubnet      = Text{Code: "InvalidParameter", Format: "The subnet '%s' of a subnet configuration is not among the subnets of the endpoint.", Evidence: "aws-facts 1.1", Sure: I}
	ConfigTwice       = Text{Code: "InvalidParameter", Format: "The subnet '%s' has more than one subnet configuration.", Evidence: "aws-facts 1.1", Sure: I}
	AddressMissing    = Text{Code: "InvalidParameter", Format: "The subnet configuration of '%s' must have an %s address.", Evidence: "SDK SubnetConfiguration", Sure: I}
	AddressFamily     = Text{Code: "InvalidParameter", Format: "The address %s does not fit the IP address type %s.", Evidence: "aws-facts 5", Sure: I}
	AddressInvalid    = Text{Code: "InvalidParameter", Format: "The address '%s' is not a valid %s address of the subnet '%s'.", Evidence: "aws-facts 3.2", Sure: I}
	AddressKept       = Text{Code: "InvalidParameter", Format: "The address %s is reserved in the subnet '%s'.", Evidence: "aws-facts 3.2", Sure: U}
	AddressTaken      = Text{Code: "InvalidIPAddress.InUse", Format: "The address %s is in use.", Evidence: "aws-facts 3.2", Sure: D}
	AddressTakenOther = Text{Code: "InvalidParameter", Format: "The address %s is in use.", Evidence: "aws-facts 3.2", Sure: U}

	RemoteZones   = Text{Code: "InvalidParameter", Format: "Only the following availability zones are supported for remote access: %s", Evidence: "aws-facts 3.2; cztack#865", Sure: O}
	RegionUnknown = Text{Code: "InvalidParameter", Format: "The Region '%s' is invalid", Evidence: "aws-facts 1.3", Sure: I}
	RegionHost    = Text{Code: "InvalidParameter", Format: "The host Region %s cannot be removed from the supported Regions of '%s'", Evidence: "aws-facts 6.5", Sure: I}
	RegionsOnGWLB = Text{Code: "InvalidParameter", Format: "Supported Regions are not supported for services of type GatewayLoadBalancer", Evidence: "aws-facts 6.1", Sure: I}
)
