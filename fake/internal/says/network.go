package says

// Kind is how EC2 refuses the ID of one kind of resource: when it does not exist and when it is no such ID at all. Other is the second
// spelling of the code that AWS is known to have, "" where it has one only.
type Kind struct {
	Prefix, Noun, Title        string // Noun and Title begin the texts of NotFound and Malformed
	NotFound, Other, Malformed string
	Evidence                   string
}

// The kinds of resource that requests name.
var (
	VPCs      = Kind{"vpc", "vpc ID", "Vpc", "InvalidVpcID.NotFound", "", "InvalidVpcID.Malformed", "aws-facts 3.1"}
	Subnets   = Kind{"subnet", "subnet ID", "Subnet", "InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound", "InvalidSubnetId.Malformed", "aws-facts 3.1; fidelity 23"}
	Groups    = Kind{"sg", "security group", "Security Group", "InvalidGroup.NotFound", "InvalidSecurityGroupID.NotFound", "InvalidGroupId.Malformed", "aws-facts 3.1"}
	Enis      = Kind{"eni", "networkInterface ID", "Network Interface", "InvalidNetworkInterfaceID.NotFound", "", "InvalidNetworkInterfaceId.Malformed", "aws-facts 3.1"}
	Endpoints = Kind{"vpce", "Vpc Endpoint Id", "Vpc Endpoint", "InvalidVpcEndpointId.NotFound", "", "InvalidVpcEndpointId.Malformed", "aws-facts 3.1"}
	Services  = Kind{"vpce-svc", "VpcEndpointService Id", "Vpc Endpoint Service", "InvalidVpcEndpointServiceId.NotFound", "", "InvalidVpcEndpointServiceIdId.Malformed", "aws-facts 3.1"}
)

// Missing is the refusal of an ID that does not exist, or not for the caller.
func (k Kind) Missing(id string, other bool) error {
	code := k.NotFound
	if other && k.Other != "" {
		code = k.Other
	}
	return Text{Code: code, Format: "The %s '%s' does not exist", Evidence: k.Evidence, Sure: O}.Error(k.Noun, id)
}

// Wrong is the refusal of what is no ID of the kind.
func (k Kind) Wrong(id string) error {
	return Text{Code: k.Malformed, Evidence: k.Evidence, Sure: O,
		Format: "Invalid %s Id: '%s' (expecting '%s-...; the Id may only contain lowercase alphanumeric characters and a single dash')",
	}.Error(k.Title, id, k.Prefix)
}

// Check refuses an ID that is not well formed: the prefix and 8 or 17 lower-case hex digits.
func (k Kind) Check(id string) error {
	n := len(id) - len(k.Prefix) - 1
	if n != 8 && n != 17 || id[:len(k.Prefix)] != k.Prefix || id[len(k.Prefix)] != '-' {
		return k.Wrong(id)
	}
	for _, c := range []byte(id[len(k.Prefix)+1:]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return k.Wrong(id)
		}
	}
	return nil
}

// What DeleteSecurityGroup refuses.
var (
	GroupInUse = Text{Code: "DependencyViolation", Format: "resource %s has a dependent object", Evidence: "aws-facts 3.3; fidelity 40", Sure: O}

	GroupIsDefault = Text{Code: "CannotDelete", Format: "the specified group: \"%s\" name: \"default\" cannot be deleted by a user",
		Evidence: "errors-overview (code); the text is recollection", Sure: U}
)
