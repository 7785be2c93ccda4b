package says

// Notifications are what CreateVpcEndpointConnectionNotification makes; both refusals of an ID have one code.
var Notifications = Kind{"vpce-nfn", "connection notification", "Connection Notification", "InvalidConnectionNotification", "",
	"InvalidConnectionNotification", "aws-facts 3.1; TF:errors.go"}

// What EC2 says about connection notifications. Only the code of an unknown ID is known; the others follow the rest of PrivateLink.
var (
	NotificationSubject  = Text{Code: "InvalidParameterCombination", Format: "The request must contain exactly one of ServiceId and VpcEndpointId", Evidence: "aws-facts 1.3", Sure: I}
	NotificationTopic    = Text{Code: "InvalidParameter", Format: "'%s' is not the ARN of an SNS topic in the Region %s", Evidence: "aws-facts 1.3", Sure: I}
	NotificationEvent    = Text{Code: "InvalidParameter", Format: "'%s' is not a valid connection event. Valid values are Accept, Connect, Delete, Reject", Evidence: "SDK CreateVpcEndpointConnectionNotification", Sure: I}
	NotificationEndpoint = Text{Code: "InvalidParameter", Format: "Connection notifications are only supported for Interface type VPC Endpoint.", Evidence: "aws-facts 1.3", Sure: I}
)
