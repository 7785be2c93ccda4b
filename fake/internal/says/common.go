package says

// The refusals that any EC2 operation can give.
var (
	DryRunOperation    = Text{Code: "DryRunOperation", Format: "Request would have succeeded, but DryRun flag is set.", Status: 412, Evidence: "aws-facts 3.4", Sure: D}
	MissingParameter   = Text{Code: "MissingParameter", Format: "The request must contain the parameter %s", Evidence: "aws-facts 3.4", Sure: D}
	NotModelled        = Text{Code: "UnsupportedOperation", Format: "fake: %s is not modelled", Evidence: "design 5", Sure: I}
	InternalError      = Text{Code: "InternalError", Format: "An internal error has occurred", Status: 500, Evidence: "aws-facts 3.4", Sure: D}
	InvalidCombination = Text{Code: "InvalidParameterCombination", Format: "The parameter %s cannot be used with the parameter %s", Evidence: "aws-facts 3.4", Sure: D}

	InvalidFilter       = Text{Code: "InvalidFilter", Format: "The filter '%s' is invalid", Evidence: "aws-facts 3.4", Sure: D}
	InvalidFilterOther  = Text{Code: "InvalidParameterValue", Format: "The filter '%s' is invalid", Evidence: "aws-facts 3.4", Sure: U}
	FilterLimitExceeded = Text{Code: "FilterLimitExceeded", Format: "The maximum number of filter values specified on a single call is 200", Evidence: "aws-facts 3.4; exactly-once 9", Sure: D}
	InvalidMaxResults   = Text{Code: "InvalidMaxResults", Format: "Value ( %d ) for parameter maxResults is invalid. Expecting a value of at least %d.", Evidence: "aws-facts 3.4", Sure: D}
	InvalidNextToken    = Text{Code: "InvalidNextToken", Format: "The token '%s' is invalid", Evidence: "aws-facts 3.4", Sure: D}

	IdempotentParameterMismatch = Text{Code: "IdempotentParameterMismatch", Format: "Client token already used before.", Evidence: "aws-facts 3.4, 8", Sure: D}
	InvalidClientToken          = Text{Code: "InvalidClientToken", Format: "The client token is invalid: it must be at most 64 ASCII characters", Evidence: "aws-facts 3.4, 4", Sure: D}

	TagLimitExceeded   = Text{Code: "TagLimitExceeded", Format: "The maximum number of tags for a resource has been reached: 50", Evidence: "aws-facts 1.6", Sure: D}
	ReservedTagKey     = Text{Code: "InvalidTagKey.Malformed", Format: "Tag keys starting with 'aws:' are reserved for internal use", Evidence: "aws-facts 1.6", Sure: D}
	MalformedTagKey    = Text{Code: "InvalidTagKey.Malformed", Format: "The tag key must have between 1 and 127 characters", Evidence: "aws-facts 1.6", Sure: D}
	MalformedTagValue  = Text{Code: "InvalidParameterValue", Format: "Tag value exceeds the maximum length of 256 characters", Evidence: "SDKT Tag (length); aws-facts 3.4", Sure: I}
	DuplicateTagKey    = Text{Code: "InvalidParameterValue", Format: "Duplicate tag key '%s' specified.", Evidence: "aws-facts 3.4", Sure: I}
	UntaggableResource = Text{Code: "InvalidID", Format: "The ID '%s' is not valid", Evidence: "aws-facts 3.4", Sure: D}
	WrongTagResource   = Text{Code: "InvalidParameterValue", Format: "'%s' is not a valid taggable resource type for this operation.", Evidence: "aws-facts 3.4", Sure: I}
	TooManyResources   = Text{Code: "InvalidParameterValue", Format: "The maximum number of resources is 1000", Evidence: "aws-facts 1.0", Sure: I}
)
