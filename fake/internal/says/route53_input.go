package says

// What an InvalidInput says of a change.
var (
	NotOneTarget = Text{Code: "InvalidInput", Status: 400, Sure: O,
		Format: "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or" +
			" TrafficPolicyInstanceId], but found %s in Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]",
		Evidence: "fidelity 69, grails-aws-sdk#95"}
	NotOnePolicy = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found %s" +
			" in Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]",
		Evidence: "recollection"}
	MissingMember = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format:   "1 validation error detected: Value null at '%s' failed to satisfy constraint: Member must not be null",
		Evidence: "recollection"}
	MissingInChange = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format:   "Invalid request: Missing field '%s' in Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]",
		Evidence: "recollection"}
	TooManyTagged = Text{Code: "InvalidInput", Status: 400, Sure: O,
		Format: "Invalid XML ; cvc-complex-type.2.4.f: 'ResourceId' can occur a maximum of '10' times in the current sequence." +
			" This limit was exceeded. No child element is expected at this point.", Evidence: "cloud-custodian#2356"}
	NotInEnum = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint:" +
			" Member must satisfy enum value set", Evidence: "recollection"}
)

// What an InvalidInput says of a member's value.
var (
	TooLong = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must have length less than or equal to %d", Evidence: "recollection"}
	WrongLength = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must have length between %d and %d", Evidence: "recollection"}
	WrongNumber = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must be between %d and %d", Evidence: "recollection"}
	NotContinent = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format:   "1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must be a continent",
		Evidence: "the form is recollection, the end ours"}
	NotCountry = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format:   "1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must be a country of ISO 3166-1 or *",
		Evidence: "the form is recollection, the end ours"}
)

// What an InvalidInput says of members that do not go together.
var (
	PrivateZoneVPC = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a private hosted zone needs a VPC", Evidence: "R53API:CreateHostedZone; the text is ours"}
	VPCWhole = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: VPCId and VPCRegion are required", Evidence: "R53API:VPC; the text is ours"}
	AuthorizePublic = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: only a private hosted zone can be associated with a VPC", Evidence: "R53API:CreateVPCAssociationAuthorization; the text is ours"}
	ZoneNeedsName = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: HostedZoneId needs a DNSName", Evidence: "R53API:ListHostedZonesByName; the text is ours"}
	StartNeedsName = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a start record type needs a start record name", Evidence: "R53API:ListResourceRecordSets; the text is ours"}
	StartNeedsType = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a start record identifier needs a start record type", Evidence: "R53API:ListResourceRecordSets; the text is ours"}
	BadStart = Text{Code: "InvalidInput", Status: 400, Sure: O,
		Format: "FATAL problem: %s encountered with '%s'", Evidence: "sorah/acmesmith#65, which does not say of which operation"}
	PolicyOfType = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a set of type %s has no routing policy", Evidence: "R53API:ResourceRecordSet; the text is ours"}
	MultivalueTarget = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a multivalue answer is neither an alias nor a CNAME", Evidence: "R53API:ResourceRecordSet; the text is ours"}
	OnePlace = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a geolocation is a ContinentCode or a CountryCode", Evidence: "R53API:GeoLocation; the text is ours"}
	PartOfCountry = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a SubdivisionCode needs the CountryCode US or UA", Evidence: "R53API:GeoLocation; the text is ours"}
)

// What an InvalidInput says of tags.
var (
	TagsOfZone = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a hosted zone has at most %d tags", Evidence: "aws-facts 4; the text is ours"}
	NoTagChange = Text{Code: "InvalidInput", Status: 400, Sure: I,
		Format: "Invalid request: no tags to add or remove", Evidence: "crossplane-contrib/provider-aws#1846; the text is ours"}
	TagLength = Text{Code: "InvalidInput", Status: 400, Sure: D,
		Format: "Invalid request: a tag key has 1 to %d characters, a value at most %d", Evidence: "R53API:Tag; the text is ours"}
	TagReserved = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "Invalid request: tag keys that begin with aws: are reserved", Evidence: "the text is ours"}
	TagTwice = Text{Code: "InvalidInput", Status: 400, Sure: U,
		Format: "Invalid request: duplicate tag key %s", Evidence: "the text is ours"}
	TagCharacters = Text{Code: "InvalidInput", Status: 400, Sure: O,
		Format:   "Invalid parameter : Tags can only contain letters, numbers, spaces, and the following special characters: _ . : / = + - @",
		Evidence: "octodns/octodns-route53#136, there of a health check's tag"}
)
