package dnszone

import "github.com/seed-326366ec/aws-privatelink/internal/iam"

// Role is what somebody does with this package.
type Role string

// The roles.
const (
	ZoneOwner    Role = "zone owner"    // declares zones (Private, Public, SplitHorizon), and lets other accounts associate their VPCs
	VPCOwner     Role = "VPC owner"     // has a VPC in a zone of another account: the client of SharedWith, Associate, Disassociate
	RecordWriter Role = "record writer" // declares records in a zone of somebody else: RecordsIn, the client of PublicZone
)

// IAMPolicy gives the least IAM policy, as a JSON document, with which this package can be used in these roles; in all of them where none is named. No
// call of this package needs more, and none of these actions is there in vain.
//
// Each statement says by its Sid what it is for; leave out what you do not use:
//
//   - Read, ReadZones and ReadChanges are enough for Find, Plan, Get and Lookup. AWS allows no narrower resource for Read.
//   - Create makes zones. AWS allows no narrower resource for it.
//   - Change changes and deletes zones, their VPCs and tags; Records changes records.
//   - Share authorises VPCs of other accounts; Associate is their side of it.
//   - SeeVPCs is what AWS asks for wherever a VPC is named.
//
// Route 53 knows no conditions on tags. Narrow it down further with the IDs of your zones in place of the asterisks, with the condition keys
// route53:VPCs and route53:ChangeResourceRecordSetsNormalizedRecordNames, RecordTypes and Actions.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html and
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
func IAMPolicy(roles ...Role) string {
	if len(roles) == 0 {
		roles = []Role{ZoneOwner, VPCOwner, RecordWriter}
	}
	var all []iam.Statement
	for _, role := range roles {
		all = append(all, statements(role)...)
	}
	return iam.Document(all...)
}

func statements(role Role) []iam.Statement {
	const prefix, zone = "route53:", "hostedzone"
	vpcs := iam.Allow("SeeVPCs", "ec2:", "DescribeVpcs")
	changes := iam.Allow("ReadChanges", prefix, "GetChange").OnZones("change")
	records := []iam.Statement{
		iam.Allow("ReadZones", prefix, "GetHostedZone", "ListResourceRecordSets").OnZones(zone), changes,
		iam.Allow("Records", prefix, "ChangeResourceRecordSets").OnZones(zone),
	}
	switch role {
	case RecordWriter:
		return records
	case VPCOwner:
		return []iam.Statement{
			iam.Allow("Read", prefix, "ListHostedZonesByVPC"), changes,
			iam.Allow("Associate", prefix, "AssociateVPCWithHostedZone", "DisassociateVPCFromHostedZone").OnZones(zone), vpcs,
		}
	}
	return append(records,
		iam.Allow("Read", prefix, "ListHostedZonesByName", "ListHostedZonesByVPC"),
		iam.Allow("ReadZones", prefix, "ListTagsForResource", "ListVPCAssociationAuthorizations").OnZones(zone),
		iam.Allow("Create", prefix, "CreateHostedZone"),
		iam.Allow("Change", prefix, "AssociateVPCWithHostedZone", "ChangeTagsForResource", "DeleteHostedZone",
			"DisassociateVPCFromHostedZone").OnZones(zone),
		iam.Allow("Share", prefix, "CreateVPCAssociationAuthorization", "DeleteVPCAssociationAuthorization").OnZones(zone), vpcs,
	)
}
