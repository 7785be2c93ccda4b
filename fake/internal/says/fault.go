package says

// What AWS answers when something is wrong with AWS, or with the caller's rights and limits. Faults give these.
var (
	EC2Throttled     = Text{Code: "RequestLimitExceeded", Format: "Request limit exceeded.", Status: 503, Evidence: "aws-facts 3.4; THR", Sure: D}
	Throttled        = Text{Code: "Throttling", Format: "Rate exceeded", Evidence: "aws-facts 3.5; R53DG:DNSLimitations", Sure: D}
	ServerFailed     = Text{Code: "InternalFailure", Format: "The request processing has failed because of an unknown error.", Status: 500, Evidence: "aws-facts 3.4", Sure: D}
	Unauthorized     = Text{Code: "UnauthorizedOperation", Format: "You are not authorized to perform this operation.", Status: 403, Evidence: "aws-facts 3.4", Sure: D}
	AccessDenied     = Text{Code: "AccessDenied", Format: "User is not authorized to perform: %s", Status: 403, Evidence: "aws-facts 3.5", Sure: O}
	TooManyZones     = Text{Code: "TooManyHostedZones", Format: "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER", Evidence: "aws-facts 3.5", Sure: D}
	TooManyZoneVPCs  = Text{Code: "LimitsExceeded", Format: "Limits Exceeded: MAX_VPCS_PER_HOSTED_ZONE", Evidence: "aws-facts 3.5", Sure: D}
	TooManyZoneRules = Text{Code: "TooManyVPCAssociationAuthorizations", Format: "Limits Exceeded: MAX_AUTHORIZATIONS_PER_HOSTED_ZONE", Evidence: "aws-facts 3.5", Sure: D}
)
