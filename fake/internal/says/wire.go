package says

// What AWS's front doors say of requests that reach no operation. The texts of what the fake does not model name it.
var (
	MissingAction         = Text{Code: "MissingAction", Format: "The request is missing an action or a required parameter.", Evidence: "EC2 common errors", Sure: D}
	InvalidAction         = Text{Code: "InvalidAction", Format: "The action %[1]s is not valid for this web service. (fake: %[1]s is not modelled)", Evidence: "EC2 common errors; the text names the operation", Sure: D}
	UnknownOperation      = Text{Code: "UnknownOperationException", Format: "fake: %s is not modelled", Status: 404, Evidence: "the text is ours", Sure: I}
	UnknownService        = Text{Code: "InvalidAction", Format: "fake: the service %s is not modelled", Evidence: "the text is ours", Sure: I}
	NoSuchVersion         = Text{Code: "NoSuchVersion", Format: "The requested version (%s) is not supported; want %s", Evidence: "EC2 common errors (code)", Sure: I}
	UnknownParameter      = Text{Code: "UnknownParameter", Format: "The parameter %s is not recognized", Evidence: "EC2 common errors", Sure: D}
	InvalidParameterText  = Text{Code: "InvalidParameterValue", Format: "Invalid value '%[2]s' for parameter %[1]s: want %[3]s", Evidence: "EC2 common errors", Sure: D}
	MalformedQuery        = Text{Code: "MalformedQueryString", Format: "The query string contains a syntax error: %s", Evidence: "common errors of the Query APIs", Sure: D}
	QueryUnknown          = Text{Code: "ValidationError", Format: "The parameter %s is not recognized", Evidence: "common errors of the Query APIs (code)", Sure: D}
	QueryInvalid          = Text{Code: "ValidationError", Format: "Invalid value '%[2]s' for parameter %[1]s: want %[3]s", Evidence: "common errors of the Query APIs (code)", Sure: D}
	MalformedXML          = Text{Code: "InvalidInput", Format: "The XML you provided was not well-formed or did not validate against our published schema: %s", Evidence: "R53API; the text is S3's", Sure: I}
	XMLUnknown            = Text{Code: "InvalidInput", Format: "%s is not recognized", Evidence: "R53API (code)", Sure: I}
	XMLInvalid            = Text{Code: "InvalidInput", Format: "Invalid value '%[2]s' for %[1]s: want %[3]s", Evidence: "R53API (code)", Sure: I}
	RequestTooLarge       = Text{Code: "RequestEntityTooLarge", Format: "The request may have %d bytes at most", Status: 413, Evidence: "EC2 common errors (code)", Sure: I}
	RequestTimeout        = Text{Code: "RequestTimeout", Format: "The request body did not arrive in time.", Evidence: "aws-facts 3.4, RETRY (code)", Sure: I}
	RequestIncomplete     = Text{Code: "IncompleteBody", Format: "The request body ended early.", Evidence: "S3's code", Sure: I}
	MissingAuthentication = Text{Code: "MissingAuthenticationToken", Format: "Request is missing Authentication Token", Status: 403, Evidence: "common errors", Sure: D}
	IncompleteSignature   = Text{Code: "IncompleteSignature", Format: "The request signature does not conform to AWS standards: %s", Status: 400, Evidence: "common errors", Sure: D}
	InvalidAccessKey      = Text{Code: "InvalidClientTokenId", Format: "The security token included in the request is invalid.", Status: 403, Evidence: "common errors", Sure: D}
	AuthFailure           = Text{Code: "AuthFailure", Format: "AWS was not able to validate the provided access credentials", Status: 401, Evidence: "aws-facts 3.4", Sure: D}
	SignatureMismatch     = Text{Code: "SignatureDoesNotMatch", Format: "The request signature we calculated does not match the signature you provided.", Status: 403, Evidence: "common errors", Sure: D}
	RequestExpired        = Text{Code: "RequestExpired", Format: "Request has expired.", Status: 400, Evidence: "aws-facts 3.4", Sure: D}
	WrongRegion           = Text{Code: "SignatureDoesNotMatch", Format: "Credential should be scoped to a valid region, not '%s'.", Status: 403, Evidence: "SigV4 troubleshooting", Sure: I}
)
