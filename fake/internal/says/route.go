package says

// What EC2 says about route tables, routes and prefix lists: aws-facts 1.5 and 3.1 unless noted.
var (
	RouteTables = Kind{"rtb", "routeTable ID", "Route Table", "InvalidRouteTableID.NotFound", "InvalidRouteTableId.NotFound", "InvalidRouteTableId.Malformed", "aws-facts 3.1"}
	PrefixLists = Kind{"pl", "prefix list ID", "Prefix List", "InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound", "InvalidPrefixListId.Malformed", "aws-facts 3.1"}

	RouteExists      = Text{Code: "RouteAlreadyExists", Format: "The route identified by %s already exists.", Evidence: "aws-facts 1.5; TF#23866", Sure: O}
	RouteNotFound    = Text{Code: "InvalidRoute.NotFound", Format: "no route with destination-%s %s in route table %s", Evidence: "aws-facts 1.5", Sure: I}
	RouteTarget      = Text{Code: "RouteNotSupported", Format: "Route table contains unsupported route target: %s. VPC Endpoints of this type cannot be used as route targets.", Evidence: "aws-facts 1.5", Sure: O}
	RouteElsewhere   = Text{Code: "InvalidParameterValue", Format: "route table %s and endpoint %s belong to different networks", Evidence: "aws-facts 1.5", Sure: I}
	GatewayNotFound  = Text{Code: "InvalidGatewayID.NotFound", Format: "The gateway ID '%s' does not exist", Evidence: "ERR; terraform#4987", Sure: O}
	RouteNotAttached = Text{Code: "InvalidParameterValue", Format: "route table %s and network gateway %s belong to different networks", Evidence: "serverless-vpc-plugin#147", Sure: O}
	RouteLocal       = Text{Code: "InvalidParameterValue", Format: "cannot remove local route %s in route table %s", Evidence: "VPCUG:replace-local-route-target; TF:vpc_route.go", Sure: O}
	RouteNotLocal    = Text{Code: "InvalidParameterValue", Format: "route %s in route table %s is not a local route", Evidence: "SDK:ReplaceRoute LocalTarget", Sure: I}
	RouteOfEndpoint  = Text{Code: "InvalidParameterValue", Format: "cannot remove VPC endpoint route %s in route table %s", Evidence: "aws-facts 1.5", Sure: I}
	RouteLimit       = Text{Code: "RouteLimitExceeded", Format: "The maximum number of routes has been reached.", Evidence: "aws-facts 4", Sure: I}
	RouteNoTarget    = Text{Code: "MissingParameter", Format: "The request must contain exactly one of the route targets", Evidence: "aws-facts 3.4", Sure: I}
	RouteDestination = Text{Code: "MissingParameter", Format: "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId", Evidence: "aws-facts 3.4", Sure: I}
	RouteBlock       = Text{Code: "InvalidParameterValue", Format: "Value (%s) for parameter %s is invalid. This is not a valid CIDR block.", Evidence: "aws-facts 3.4", Sure: I}

	// A second gateway endpoint of a service on one route table; AWS is known to have both codes.
	GatewayRouteExists      = Text{Code: "RouteAlreadyExists", Format: "route table %s already has a route with destination-prefix-list-id %s", Evidence: "aws-facts 3.2; fidelity 32", Sure: O}
	GatewayRouteExistsOther = Text{Code: "InvalidParameter", Format: "route table %s already has a route with destination-prefix-list-id %s", Evidence: "aws-facts 3.2, 9.37", Sure: O}
)
