package says

// What ELBv2 says about load balancers: AWS's ELBv2 API reference unless noted. The SDK has types for most of these errors; the codes here
// are theirs.
var (
	LBInUse         = Text{Code: "ResourceInUse", Format: "Load balancer '%s' cannot be deleted because it is currently associated with another service", Evidence: "aws-facts 2.5; fidelity 53", Sure: O}
	LBARNUnknown    = Text{Code: "LoadBalancerNotFound", Format: "One or more load balancers not found", Evidence: "aws-facts ELB", Sure: D}
	LBSubnetUnknown = Text{Code: "SubnetNotFound", Format: "The subnet ID '%s' does not exist", Evidence: "ELBv2 CreateLoadBalancer", Sure: D}
	LBOtherVPC      = Text{Code: "InvalidSubnet", Format: "The subnet '%s' does not belong to the VPC '%s'", Evidence: "ELBv2 CreateLoadBalancer (code)", Sure: I}
	LBNoFamily      = Text{Code: "InvalidSubnet", Format: "The subnet '%s' does not have addresses of the IP address type of the load balancer", Evidence: "ELBv2 SetIpAddressType (code)", Sure: I}
	LBNoAddress     = Text{Code: "InvalidSubnet", Format: "Not enough IP space available in %s", Evidence: "ELBv2 CreateLoadBalancer (code)", Sure: I}
	LBZoneTwice     = Text{Code: "InvalidConfigurationRequest", Format: "A load balancer cannot be attached to multiple subnets in the same Availability Zone", Evidence: "kubernetes-sigs/aws-load-balancer-controller#1815", Sure: O}
	LBAttribute     = Text{Code: "InvalidConfigurationRequest", Format: "The value of load balancer attribute '%s' must be true or false, not '%s'", Evidence: "ELBv2 ModifyLoadBalancerAttributes (code)", Sure: I}
	LBNameTaken     = Text{Code: "DuplicateLoadBalancerName", Format: "A load balancer with the same name '%s' exists, but with different settings", Evidence: "ELBv2 CreateLoadBalancer", Sure: O}

	LBType       = Text{Code: "UnsupportedOperation", Format: "fake: load balancers of type %s are not modelled", Evidence: "design 5", Sure: I}
	LBValidation = Text{Code: "ValidationError", Format: "'%s' is not a valid load balancer ARN", Evidence: "aws-facts ELB", Sure: I}
	LBName       = Text{Code: "ValidationError", Format: "The load balancer name '%s' is invalid", Evidence: "ELBv2 CreateLoadBalancer", Sure: I}
	LBSubnets    = Text{Code: "ValidationError", Format: "You must specify either subnets or subnet mappings", Evidence: "ELBv2 CreateLoadBalancer", Sure: I}
	LBFamily     = Text{Code: "ValidationError", Format: "The IP address type '%s' is invalid", Evidence: "ELBv2 SetIpAddressType", Sure: I}
	LBPageSize   = Text{Code: "ValidationError", Format: "The page size %d is invalid: it must be between 1 and %d", Evidence: "ELBv2 DescribeLoadBalancers", Sure: D}
	LBMarker     = Text{Code: "ValidationError", Format: "The marker '%s' is invalid", Evidence: "ELBv2 DescribeLoadBalancers", Sure: I}
	LBTooMany    = Text{Code: "ValidationError", Format: "The maximum number of resource ARNs is %d", Evidence: "ELBv2 DescribeTags", Sure: D}
)
