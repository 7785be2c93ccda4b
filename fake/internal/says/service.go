package says

// What EC2 says about endpoint services, permissions and connections: aws-facts 3.1 and 3.3 unless noted.
var (
	ServiceNotFoundItem = Text{Code: "InvalidVpcEndpointService.NotFound", Format: "The VpcEndpointService Id '%s' does not exist", Evidence: "aws-facts 3.1", Sure: O}
	LiveConnections     = Text{Code: "ExistingVpcEndpointConnections", Format: "Service has existing active VPC Endpoint connections!", Evidence: "aws-facts 3.3; fidelity 52", Sure: O}
	ServiceState        = Text{Code: "IncorrectState", Format: "The VpcEndpointService '%s' is in state %s", Evidence: "aws-facts 3.4", Sure: I}

	NLBMalformed   = Text{Code: "InvalidNetworkLoadBalancerArn.Malformed", Format: "The network load balancer ARN '%s' is malformed", Evidence: "aws-facts 3.1", Sure: D}
	NLBNotFound    = Text{Code: "InvalidNetworkLoadBalancerArn.NotFound", Format: "The network load balancer ARN '%s' does not exist", Evidence: "aws-facts 3.1", Sure: D}
	GWLBMalformed  = Text{Code: "InvalidParameter", Format: "The gateway load balancer ARN '%s' is malformed", Evidence: "aws-facts 3.4", Sure: U}
	GWLBNotFound   = Text{Code: "InvalidParameter", Format: "The gateway load balancer ARN '%s' does not exist", Evidence: "aws-facts 3.4", Sure: U}
	LBMixed        = Text{Code: "InvalidParameterCombination", Format: "Network load balancers and gateway load balancers cannot be used together", Evidence: "aws-facts 6.5, 10", Sure: U, Other: "InvalidParameter"}
	LBNone         = Text{Code: "MissingParameter", Format: "The request must contain a network load balancer ARN or a gateway load balancer ARN", Evidence: "fidelity 47", Sure: I}
	LBTaken        = Text{Code: "InvalidParameter", Format: "LBs are already associated with another VPC Endpoint Service Configuration", Evidence: "aws-facts 3.3", Sure: O}
	LBLast         = Text{Code: "InvalidParameter", Format: "The VpcEndpointService '%s' must keep at least one load balancer", Evidence: "aws-facts 3.3", Sure: U, Other: "OperationNotPermitted"}
	LBKind         = Text{Code: "InvalidParameter", Format: "The VpcEndpointService '%s' is of type %s", Evidence: "aws-facts 6.5", Sure: I}
	LBSingleStack  = Text{Code: "InvalidParameter", Format: "The load balancer %s does not support the IP address type ipv6", Evidence: "aws-facts 5", Sure: I}
	IPTypesNone    = Text{Code: "InvalidParameter", Format: "The VpcEndpointService must support at least one IP address type", Evidence: "aws-facts 5", Sure: I}
	PrivateNameBad = Text{Code: "InvalidParameter", Format: "The private DNS name '%s' is invalid", Evidence: "aws-facts 6.5", Sure: I}
	PrivateOnGWLB  = Text{Code: "InvalidParameter", Format: "Private DNS names are not supported for services of type GatewayLoadBalancer", Evidence: "aws-facts 6.5", Sure: I}
	LBInactive     = Text{Code: "InvalidParameter", Format: "The load balancer %s is in state %s", Evidence: "aws-facts 2.3 (HS waits for active)", Sure: U}
	NoPrivateName  = Text{Code: "InvalidParameter", Format: "The VpcEndpointService '%s' does not have a private DNS name", Evidence: "aws-facts 1.3", Sure: I}
	PayerUnknown   = Text{Code: "InvalidParameter", Format: "The payer responsibility '%s' is invalid", Evidence: "aws-facts 1.3, 9.30", Sure: I}

	PrincipalUnsupported = Text{Code: "UnknownPrincipalType.Unsupported", Format: "The principal type of '%s' is not supported", Evidence: "aws-facts 3.3", Sure: D}
	PrincipalInvalid     = Text{Code: "InvalidTargetArn.Unknown", Format: "The principal '%s' is invalid", Evidence: "aws-facts 3.3", Sure: I}
	PrincipalFilter      = Text{Code: "InvalidFilter", Format: "The filter '%s' contains unsupported characters", Evidence: "aws-facts 1.4; TF:find.go", Sure: O}
	ServiceLimit         = Text{Code: "VpcEndpointServiceLimitExceeded", Format: "The maximum number of VPC endpoint services has been reached: %d", Evidence: "aws-facts 4, 10", Sure: U, Other: "ResourceLimitExceeded"}
	ServiceBalancerLimit = Text{Code: "VpcEndpointServiceLimitExceeded", Format: "The maximum number of load balancers of a VPC endpoint service has been reached: %d", Evidence: "aws-facts 4, 10", Sure: U, Other: "ResourceLimitExceeded"}
	PrincipalLimit       = Text{Code: "VpcEndpointServicePermissionLimitExceeded", Format: "The maximum number of principals of a VPC endpoint service has been reached: %d", Evidence: "aws-facts 4, 10", Sure: U, Other: "ResourceLimitExceeded"}
	ConnectionState      = Text{Code: "InvalidState", Format: "The connection of Vpc Endpoint '%s' is in state %s", Evidence: "aws-facts 3.4, 10", Sure: U, Other: "IncorrectState"}
)
