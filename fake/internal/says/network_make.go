package says

// What EC2 says about making and deleting networks: EC2's list of error codes for the codes, and aws-facts 3.3 unless noted.
var (
	VPCRange       = Text{Code: "InvalidVpc.Range", Format: "The CIDR '%s' is invalid.", Evidence: "ERR", Sure: D}
	SubnetRange    = Text{Code: "InvalidSubnet.Range", Format: "The CIDR '%s' is invalid.", Evidence: "ERR", Sure: D}
	SubnetConflict = Text{Code: "InvalidSubnet.Conflict", Format: "The CIDR '%s' conflicts with another subnet", Evidence: "ERR", Sure: D}
	ZoneUnknown    = Text{Code: "InvalidParameterValue", Format: "Value (%s) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: %s.", Evidence: "ERR", Sure: O}
	OneAttribute   = Text{Code: "InvalidParameterCombination", Format: "Only one attribute can be modified at a time", Evidence: "SDK ModifyVpcAttribute", Sure: I}
	NoDefaultVPC   = Text{Code: "VPCIdNotSpecified", Format: "No default VPC for this user", Evidence: "ERR", Sure: D}

	VPCInUse    = Text{Code: "DependencyViolation", Format: "The vpc '%s' has dependencies and cannot be deleted.", Evidence: "aws-facts 3.3; lianghong/delete_vpc#2", Sure: O}
	SubnetInUse = Text{Code: "DependencyViolation", Format: "The subnet '%s' has dependencies and cannot be deleted.", Evidence: "aws-facts 3.3; cloud-nuke#285", Sure: O}
	TableInUse  = Text{Code: "DependencyViolation", Format: "The routeTable '%s' has dependencies and cannot be deleted.", Evidence: "ERR", Sure: D}

	GroupReserved  = Text{Code: "InvalidGroup.Reserved", Format: "Cannot use reserved security group name: %s", Evidence: "ERR", Sure: D}
	GroupDuplicate = Text{Code: "InvalidGroup.Duplicate", Format: "The security group '%s' already exists for VPC '%s'", Evidence: "ERR", Sure: D}
	GroupName      = Text{Code: "InvalidParameterValue", Format: "Value (%s) for parameter %s is invalid. Character sets beyond ASCII are not supported.", Evidence: "SDK CreateSecurityGroup", Sure: I}
	RuleDuplicate  = Text{Code: "InvalidPermission.Duplicate", Format: "the specified rule \"peer: %s\" already exists", Evidence: "ERR", Sure: D}
	RuleMissing    = Text{Code: "InvalidPermission.NotFound", Format: "The specified rule does not exist in this security group.", Evidence: "ERR", Sure: D}
	RuleMalformed  = Text{Code: "InvalidPermission.Malformed", Format: "The rule is malformed: %s", Evidence: "ERR", Sure: D}

	TableLimit       = Text{Code: "RouteTableLimitExceeded", Format: "The maximum number of route tables has been reached.", Evidence: "ERR", Sure: D}
	AssociationTwice = Text{Code: "Resource.AlreadyAssociated", Format: "the specified association for route table %s conflicts with an existing association", Evidence: "ERR", Sure: D}
	AssociationMain  = Text{Code: "InvalidParameterValue", Format: "cannot disassociate the main route table association %s", Evidence: "SDK DisassociateRouteTable", Sure: I}
	AssociationGone  = Text{Code: "InvalidAssociationID.NotFound", Format: "The association ID '%s' does not exist", Evidence: "ERR", Sure: D}
	TableOtherVPC    = Text{Code: "InvalidParameterValue", Format: "route table %s and subnet %s belong to different networks", Evidence: "ERR", Sure: I}

	InterfaceInUse    = Text{Code: "InvalidParameterValue", Format: "Network interface '%s' is currently in use.", Evidence: "fidelity 41; cloud-nuke#431", Sure: O}
	InterfaceManaged  = Text{Code: "OperationNotPermitted", Format: "You are not allowed to manage 'ela-attach' attachments.", Evidence: "aws-facts 3.3; aws-modern-application-workshop#56", Sure: O}
	InterfaceNotYours = Text{Code: "OperationNotPermitted", Format: "You do not have permission to modify the requester-managed network interface '%s'", Evidence: "aws-facts 5", Sure: I}
	AttachmentGone    = Text{Code: "InvalidAttachmentID.NotFound", Format: "The interface attachment '%s' does not exist", Evidence: "ERR", Sure: D}
)
