package says

// What is wrong with a name or a value: the words that BadName, BadRecord and others quote. They have no code of their own.
var (
	NameEmpty       = Text{Format: "DomainNameEmpty (Domain name is empty)", Sure: U, Evidence: "recollection"}
	LabelEmpty      = Text{Format: "DomainLabelEmpty (Domain label is empty)", Sure: O, Evidence: "hashicorp/terraform#18482"}
	LabelTooLong    = Text{Format: "DomainLabelTooLong (Domain label is too long)", Sure: O, Evidence: "external-dns of OpenShift, release notes of its operator"}
	NameTooLong     = Text{Format: "DomainNameTooLong (Domain name is too long)", Sure: I, Evidence: "follows the one for labels"}
	Unsupported     = Text{Format: "UnsupportedCharacter (Value contains unsupported characters)", Sure: O, Evidence: "plesk/ext-route53#13"}
	BadEscape       = Text{Format: "InvalidEscape (Escape code is not a three-digit octal number)", Sure: U, Evidence: "the rule is R53DG's, the text is ours"}
	EmptyValue      = Text{Format: "EmptyRDATA (Value is empty)", Sure: U, Evidence: "recollection"}
	NotQuoted       = Text{Format: "InvalidCharacterString (Value should be enclosed in quotation marks)", Sure: O, Evidence: "octodns/octodns#1196"}
	StringTooLong   = Text{Format: "CharacterStringTooLong (Value is too long)", Sure: O, Evidence: "boto/boto3#1462"}
	NotIPv4         = Text{Format: "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)", Sure: O, Evidence: "gomodules/dns#7"}
	NotIPv6         = Text{Format: "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)", Sure: I, Evidence: "follows the one for IPv4"}
	MXPriority      = Text{Format: "MXRRDATAPriorityRequired (MX record priority is required)", Sure: U, Evidence: "recollection"}
	FieldsMissing   = Text{Format: "%sRRDATANotEnoughFields (Value has %d fields instead of %d)", Sure: U, Evidence: "recollection"}
	ServiceFields   = Text{Format: "NotEnoughFields (Value needs a priority and a target)", Sure: U, Evidence: "the text is ours"}
	NotNumber       = Text{Format: "InvalidNumber (Value is not a number of %d bits)", Sure: U, Evidence: "the text is ours"}
	NotCAATag       = Text{Format: "CAARRDATATagInvalid (Tag may have letters and digits only)", Sure: U, Evidence: "RFC 8659; the text is ours"}
	NotHex          = Text{Format: "InvalidHex (Value is not hexadecimal)", Sure: U, Evidence: "the text is ours"}
	TypeNotModelled = Text{Format: "the fake does not model records of type %s", Sure: U, Evidence: "the fake has no such thing"}
	NameOfZone      = Text{Format: "a zone needs a name without a wildcard", Sure: U, Evidence: "the text is ours"}
	NameTopLevel    = Text{Format: "a zone cannot be a top-level domain", Sure: D, Evidence: "R53DG; the text is ours"}
)
