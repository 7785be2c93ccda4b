package says

// Route 53's errors about zones, associations, changes and tags.
var (
	HostedZoneAlreadyExists = Text{Code: "HostedZoneAlreadyExists", Status: 409, Sure: O,
		Format:   "A hosted zone has already been created with the specified caller reference.",
		Evidence: "aws-facts 3.5; text: openshift/installer#8453"}
	ConflictingDomainOnVPC = Text{Code: "ConflictingDomainExists", Status: 400, Sure: O,
		Format:   "The VPC %s in region %s has already been associated with the hosted zone %s with the same domain name.",
		Evidence: "aws-facts 3.5, TF#37783"}
	NoSuchHostedZone = Text{Code: "NoSuchHostedZone", Status: 404, Sure: O,
		Format: "No hosted zone found with ID: %s", Evidence: "aws-facts 3.5, LS"}
	HostedZoneNotEmpty = Text{Code: "HostedZoneNotEmpty", Status: 400, Sure: O,
		Format:   "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
		Evidence: "aws-facts 3.5; text: gruntwork-io/cloud-nuke#704"}
	HostedZoneSigned = Text{Code: "HostedZoneNotEmpty", Status: 400, Sure: D,
		Format: "The specified hosted zone has DNSSEC signing enabled and so cannot be deleted.", Evidence: "aws-facts 3.5; the text is ours"}
	NoPrivateSigning = Text{Code: "InvalidArgument", Status: 400, Sure: U,
		Format: "DNSSEC signing is not supported for the private hosted zone %s", Evidence: "R53DG:dns-configuring-dnssec; code and text are ours"}
	KeyStatus = Text{Code: "InvalidKeySigningKeyStatus", Status: 400, Sure: D,
		Format: "The key-signing key status %s is not valid", Evidence: "R53T; the text is ours"}
	KeyExists = Text{Code: "KeySigningKeyAlreadyExists", Status: 409, Sure: D,
		Format: "You have already created a key-signing key named %s", Evidence: "R53T; the text is ours"}
	NoActiveKey = Text{Code: "KeySigningKeyWithActiveStatusNotFound", Status: 400, Sure: D,
		Format: "The hosted zone %s has no key-signing key with the status ACTIVE", Evidence: "R53T; the text is ours"}
	InvalidVPCID = Text{Code: "InvalidVPCId", Status: 400, Sure: O,
		Format: "The VPC ID is invalid.", Evidence: "aws-facts 3.5, LS"}
	VPCAssociationNotFound = Text{Code: "VPCAssociationNotFound", Status: 404, Sure: D,
		Format:   "The VPC: %s is not associated with the hosted zone: %s",
		Evidence: "aws-facts 3.5; the text is ours"}
	LastVPCAssociation = Text{Code: "LastVPCAssociation", Status: 400, Sure: D,
		Format:   "Cannot remove last VPC association for the private zone: %s",
		Evidence: "aws-facts 3.5; the text is ours"}
	PublicZoneVPCAssociation = Text{Code: "PublicZoneVPCAssociation", Status: 400, Sure: O,
		Format:   "Attempting to associate public zone: %s with vpc: %s",
		Evidence: "aws-facts 3.5; text: crossplane-contrib/provider-upjet-aws#456"}
	NotAuthorized = Text{Code: "NotAuthorizedException", Status: 401, Sure: O,
		Format:   "The VPC: %s has not authorized to associate with your hosted zone.",
		Evidence: "aws-facts 3.5; text: hashicorp/terraform#12804"}
	VPCAssociationAuthorizationNotFound = Text{Code: "VPCAssociationAuthorizationNotFound", Status: 404, Sure: D,
		Format:   "The VPC: %s has no authorization to be associated with the hosted zone: %s",
		Evidence: "aws-facts 3.5; the text is ours"}
	NotYourVPC = Text{Code: "AccessDenied", Status: 403, Sure: U,
		Format: "The VPC %s is not owned by you.", Evidence: "TF:zone_association.go matches on the end of it"}
	NoSuchHealthCheck = Text{Code: "NoSuchHealthCheck", Status: 404, Sure: D,
		Format: "No health check found with ID: %s", Evidence: "R53T"}
	NoSuchChange = Text{Code: "NoSuchChange", Status: 404, Sure: I,
		Format: "Could not find resource with ID: %s", Evidence: "aws-facts 3.5; text: moto"}
	InvalidDomainName = Text{Code: "InvalidDomainName", Status: 400, Sure: D,
		Format: "%s is not a valid domain name: %s", Evidence: "aws-facts 3.5; the text is ours"}
	DelegationSetNotAvailable = Text{Code: "DelegationSetNotAvailable", Status: 400, Sure: D,
		Format:   "Route 53 has no name servers left for one more public hosted zone named %s",
		Evidence: "aws-facts 3.5; the text is ours"}
	ZoneBusy = Text{Code: "PriorRequestNotComplete", Status: 400, Sure: O,
		Format:   "The request was rejected because Route 53 was still processing a prior request.",
		Evidence: "aws-facts 3.5; text: pcorliss/ruby_route_53#34"}
	ZoneConcurrent = Text{Code: "ConcurrentModification", Status: 400, Sure: D,
		Format: "Another user submitted a request to modify the object at the same time. Retry the request.", Evidence: "aws-facts 3.5; the text is ours"}
	TooManySets = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "The hosted zone may hold %d record sets only", Evidence: "aws-facts 4; the text is ours"}
	InvalidZonePage = Text{Code: "InvalidPaginationToken", Status: 400, Sure: D,
		Format: "The specified pagination token is invalid: %s", Evidence: "aws-facts 3.5; the text is ours"}
	InvalidChangeBatch = Text{Code: "InvalidChangeBatch", Status: 400, Sure: D,
		Format: "[%s]", Evidence: "aws-facts 3.5"}
)

// What an InvalidChangeBatch lists.
var (
	SetExists = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "Tried to create resource record set %s but it already exists",
		Evidence: "fidelity 66, node-route53-updater#3"}
	SetNotFound = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "Tried to delete resource record set %s but it was not found",
		Evidence: "aws-facts 3.5; text: boto/boto#2887"}
	SetDiffers = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "Tried to delete resource record set %s but the values provided do not match the current values",
		Evidence: "aws-facts 3.5; text: hashicorp/terraform#18509"}
	SetOutsideZone = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "RRSet with DNS name %s is not permitted in zone %s", Evidence: "fidelity 68, asg-dns-handler#38"}
	SetConflicts = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "RRSet of type %s with DNS name %s is not permitted as it conflicts with other records" +
			" with the same DNS name in zone %s", Evidence: "fidelity 67, roadworker#89"}
	SetBesideCNAME = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of type CNAME" +
			" with the same DNS name already exists in zone %s", Evidence: "hashicorp/terraform#9732"}
	SetAtApex = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "RRSet of type %s with DNS name %s is not permitted at apex in zone %s", Evidence: "fidelity 67, terraform#9732"}
	SetTwice = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "The request contains an invalid set of changes for a resource record set '%s %s'",
		Evidence: "aws-facts 7; text: kubernetes-sigs/external-dns#4241"}
	SetMixed = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "RRSet with DNS name %s, type %s, SetIdentifier %s cannot be created as a non-%s set exists with the same name and type.",
		Evidence: "text of a weighted set: kubernetes-sigs/external-dns#4345"}
	SetSimple = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "RRSet with DNS name %s, type %s cannot be created as other RRSets exist with the same name and type.",
		Evidence: "text: chef-boneyard/route53#100"}
	SetTTL = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "RRSet with DNS name %s, type %s, SetIdentifier %s cannot be created as weighted sets must contain the same TTL.",
		Evidence: "aws/aws-sdk-go-v2#518"}
	SetPlace = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format:   "RRSet with DNS name %s, type %s, SetIdentifier %s cannot be created as %s belongs to the set %s of the same name and type.",
		Evidence: "the rule is R53T's, the text is ours"}
	WildcardNS = Text{Code: "InvalidChangeBatch", Status: 400, Sure: D,
		Format: "RRSet of type NS with DNS name %s is not permitted in zone %s: a wildcard cannot be delegated", Evidence: "aws-facts 7; the text is ours"}
	OneSOA = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "A HostedZone must contain exactly one SOA record.", Evidence: "recollection"}
	OneNS = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "A HostedZone must contain at least one NS record for the zone itself.", Evidence: "recollection"}
	BadName = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "FATAL problem: %s encountered with '%s'", Evidence: "harmony-ops#491"}
	BadRecord = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "Invalid Resource Record: 'FATAL problem: %s encountered with '%s''", Evidence: "boto/boto3#1462, there without the outer quotation marks"}
	DuplicateRecord = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "Duplicate Resource Record: '%s'", Evidence: "recollection"}
	OneValue = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "RRSet with DNS name %s, type %s may have one value only", Evidence: "the rule is DNS's, the text is ours"}
	TooManyValues = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "RRSet with DNS name %s, type %s may have %d values only", Evidence: "aws-facts 4; the text is ours"}
	AliasOutsideTarget = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "Tried to create an alias that targets %s, type %s in zone %s, but the alias target name does not lie" +
			" within the target zone", Evidence: "fidelity 70, harmony-ops#491"}
	AliasNotFound = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format:   "Tried to create an alias that targets %s, type %s in zone %s, but that target was not found",
		Evidence: "fidelity 70, aws-cli#4687"}
	AliasNotModelled = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "fake: an alias to %s, type %s in zone %s, is not modelled", Evidence: "the fake has no such thing"}
	TooManyRecords = Text{Code: "InvalidChangeBatch", Status: 400, Sure: O,
		Format: "Number of records limit of %d exceeded.", Evidence: "aws-facts 4; text: moto"}
	TooManyCharacters = Text{Code: "InvalidChangeBatch", Status: 400, Sure: U,
		Format: "Number of characters limit of %d exceeded.", Evidence: "aws-facts 4; the text follows the one for records"}
)
