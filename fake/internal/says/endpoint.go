package says

// What EC2 says about VPC endpoints and what they stand on. Codes and texts are those of aws-facts 3.1 and 3.2 unless noted.
var (
	EndpointNotFoundItem = Text{Code: "InvalidVpcEndpoint.NotFound", Format: "The Vpc Endpoint Id '%s' does not exist", Evidence: "aws-facts 3.1", Sure: O}
	InvalidServiceName   = Text{Code: "InvalidServiceName", Format: "The Vpc Endpoint Service '%s' does not exist", Evidence: "aws-facts 3.1; fidelity 14", Sure: O}
	EndpointTypeInvalid  = Text{Code: "InvalidVpcEndpointType", Format: "The Vpc Endpoint Type '%s' is invalid", Evidence: "aws-facts 3.2", Sure: D}
	EndpointTypeMismatch = Text{Code: "InvalidParameter", Format: "Endpoint type (%s) does not match available service types ([%s]).", Evidence: "aws-facts 3.2; terraform#24478", Sure: O}
	SubnetsOnGateway     = Text{Code: "InvalidParameter", Format: "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.", Evidence: "fidelity 17", Sure: O}
	TablesOnInterface    = Text{Code: "InvalidParameter", Format: "Route table IDs are only supported for Gateway type VPC Endpoint.", Evidence: "aws-facts 1.1, 3.2", Sure: O}
	DuplicateZone        = Text{Code: "DuplicateSubnetsInSameZone", Format: "Found another VPC endpoint subnet in the availability zone of %s. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.", Evidence: "aws-facts 3.2; fidelity 18", Sure: O}
	ZoneNotOffered       = Text{Code: "InvalidParameter", Format: "The VPC endpoint service %s does not support the availability zone of the subnet: %s.", Evidence: "aws-facts 3.2; fidelity 19", Sure: O}
	InsufficientFree     = Text{Code: "InsufficientFreeAddressesInSubnet", Format: "The subnet '%s' does not have enough free addresses to satisfy the request.", Evidence: "aws-facts 3.2", Sure: D}
	EndpointLimit        = Text{Code: "VpcEndpointLimitExceeded", Format: "The maximum number of VPC endpoints has been reached: %d", Evidence: "aws-facts 3.2, 4", Sure: D}
	ServiceNotReady      = Text{Code: "Unavailable", Format: "The service is unavailable", Status: 503, Evidence: "aws-facts 3.2; aws-sdk-go-v2#2254", Sure: O}
	OperationInProgress  = Text{Code: "OperationInProgress", Format: "VpcEndpoint modify operation in progress", Evidence: "aws-facts 1.2, 3.2", Sure: O}
	EndpointState        = Text{Code: "IncorrectState", Format: "The Vpc Endpoint '%s' is in state %s", Evidence: "aws-facts 3.4", Sure: I}

	PolicyInvalid     = Text{Code: "InvalidPolicyDocument", Format: "The policy document is invalid", Evidence: "aws-facts 3.2", Sure: D}
	PolicyTooLong     = Text{Code: "InvalidPolicyDocument", Format: "The policy document exceeds the maximum of 20480 characters", Evidence: "aws-facts 4", Sure: I}
	PolicyUnsupported = Text{Code: "InvalidParameter", Format: "The VPC endpoint service %s does not support endpoint policies.", Evidence: "aws-facts 6.1", Sure: U}
	PolicyAndReset    = Text{Code: "InvalidParameterCombination", Format: "The parameters PolicyDocument and ResetPolicy cannot be used together", Evidence: "aws-facts 3.4", Sure: I}

	DNSAttributes  = Text{Code: "InvalidParameter", Format: "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for %s", Evidence: "aws-facts 3.2", Sure: O}
	DNSConflict    = Text{Code: "InvalidParameter", Format: "private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s in the VPC %s", Evidence: "aws-facts 3.2; fidelity 13", Sure: O}
	DNSNoName      = Text{Code: "InvalidParameter", Format: "Private DNS can't be enabled because the service %s does not provide a private DNS name.", Evidence: "aws-facts 3.2", Sure: O}
	DNSUnverified  = Text{Code: "InvalidParameter", Format: "Private DNS can't be enabled because the private DNS name of the service %s is not verified.", Evidence: "aws-facts 6.1, 10", Sure: U, Other: "OperationNotPermitted"}
	DNSUnaccepted  = Text{Code: "InvalidParameter", Format: "Private DNS can't be enabled because the connection to the service %s is not accepted.", Evidence: "aws-facts 3.2, 10", Sure: U, Other: "OperationNotPermitted"}
	DNSInboundOnly = Text{Code: "InvalidParameter", Format: "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC %s must have a Gateway endpoint for the service.", Evidence: "aws-facts 3.2", Sure: O}

	IPTypeInvalid   = Text{Code: "InvalidParameter", Format: "The IP address type '%s' is invalid", Evidence: "aws-facts 5", Sure: I}
	IPTypeService   = Text{Code: "InvalidParameter", Format: "The VPC endpoint service %s does not support the IP address type %s.", Evidence: "aws-facts 5", Sure: I}
	IPTypeSubnet    = Text{Code: "InvalidParameter", Format: "The subnet %s does not fit the IP address type %s.", Evidence: "aws-facts 5", Sure: I}
	DeltaPresent    = Text{Code: "InvalidParameter", Format: "%s is already associated with %s", Evidence: "aws-facts 10", Sure: U}
	DeltaAbsent     = Text{Code: "InvalidParameter", Format: "%s is not associated with %s", Evidence: "aws-facts 1.2, 10", Sure: O}
	NoGroupLeft     = Text{Code: "InvalidParameter", Format: "The Vpc Endpoint '%s' must keep at least one security group", Evidence: "aws-facts 6.1", Sure: I}
	SubnetElsewhere = Text{Code: "InvalidParameter", Format: "The subnet '%s' does not belong to the VPC '%s'", Evidence: "fidelity 21", Sure: I}
	GroupElsewhere  = Text{Code: "InvalidParameter", Format: "The security group '%s' does not belong to the VPC '%s'", Evidence: "fidelity 21", Sure: I}
)
