// Package zone is Route 53's operations on the world: hosted zones, their records, associations and tags.
package zone

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	zonePrefix   = "/hostedzone/"
	changePrefix = "/change/"
	location     = "https://route53.amazonaws.com/2013-04-01/hostedzone/"
	maxReference = 128
	maxComment   = 256
)

// CreateHostedZone makes a public zone, or a private one when a VPC is given, with its NS and SOA records.
func CreateHostedZone(tx *world.Tx, in *route53.CreateHostedZoneInput) (*route53.CreateHostedZoneOutput, error) {
	name, err := zoneName(in)
	if err != nil {
		return nil, err
	}
	checks := []func() error{
		func() error { return freshReference(tx, in) },
		func() error { return freeName(tx, in.VPC, name) },
		func() error { return roomForZone(tx) },
	}
	if tx.Switches.RulesFirst {
		checks[0], checks[1] = checks[1], checks[0]
	}
	for _, check := range checks {
		if err := check(); err != nil {
			return nil, err
		}
	}
	z, ok := newZone(tx, in, name)
	if !ok {
		return nil, refuse(says.DelegationSetNotAvailable, name)
	}
	change := tx.NewChange("")
	tx.DNS.Zones.Put(tx.Now, z)
	tx.DNS.References[world.ReferenceKey(tx.Account, z.Reference)] = true
	writeRecords(tx, z, nil, firstRecords(z))
	if z.Private {
		associate(tx, z, in.VPC)
	} else {
		tx.Serve(z, "")
	}
	out := &route53.CreateHostedZoneOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First()), HostedZone: hostedZone(z, 2),
		DelegationSet: delegation(z), Location: aws.String(location + z.ID)}
	if z.Private {
		out.VPC = copyVPC(in.VPC)
	}
	return out, nil
}

func newZone(tx *world.Tx, in *route53.CreateHostedZoneInput, name string) (z *world.Zone, ok bool) {
	z = &world.Zone{Meta: tx.Meta(tx.NewUpper("Z0", 18), nil), Name: name, Reference: aws.ToString(in.CallerReference), Private: in.VPC != nil}
	z.Region = ""
	if c := in.HostedZoneConfig; c != nil {
		z.Comment = aws.ToString(c.Comment)
	}
	return z, serve(tx, z)
}

// GetHostedZone reads one zone of the caller's, with the VPCs of a private one.
func GetHostedZone(tx *world.Tx, in *route53.GetHostedZoneInput) (*route53.GetHostedZoneOutput, error) {
	z, err := visible(tx, in.Id)
	if err != nil {
		return nil, err
	}
	out := &route53.GetHostedZoneOutput{HostedZone: shownZone(tx, z), DelegationSet: delegation(z)}
	for row := range tx.DNS.Associations.By(world.ByZone, z.ID, 0) {
		if a := row.At(tx.Seen()); a != nil {
			out.VPCs = append(out.VPCs, shownVPC(a))
		}
	}
	return out, nil
}

// UpdateHostedZoneComment sets the comment of a zone of the caller's; none given takes it away.
func UpdateHostedZoneComment(tx *world.Tx, in *route53.UpdateHostedZoneCommentInput) (*route53.UpdateHostedZoneCommentOutput, error) {
	z, err := own(tx, in.Id)
	if err != nil {
		return nil, err
	}
	if err := describes("comment", in.Comment); err != nil {
		return nil, err
	}
	if err := free(tx, z, says.ZoneBusy); err != nil {
		return nil, err
	}
	c := *z
	c.Comment = aws.ToString(in.Comment)
	tx.DNS.Zones.Put(tx.Now, &c)
	occupy(tx, &c)
	return &route53.UpdateHostedZoneCommentOutput{HostedZone: hostedZone(&c, len(tx.DNS.Records.At(c.ID, tx.Now).Sets))}, nil
}

// describes checks a comment of any kind.
func describes(member string, comment *string) error {
	if len(aws.ToString(comment)) > maxComment {
		return refuse(says.TooLong, *comment, member, maxComment)
	}
	return nil
}

// DeleteHostedZone deletes a zone that holds nothing but its NS and SOA records, with its associations and authorisations.
func DeleteHostedZone(tx *world.Tx, in *route53.DeleteHostedZoneInput) (*route53.DeleteHostedZoneOutput, error) {
	z, err := own(tx, in.Id)
	if err != nil {
		return nil, err
	}
	if err := free(tx, z, says.ZoneBusy); err != nil {
		return nil, err
	}
	if z.Signed {
		return nil, refuse(says.HostedZoneSigned)
	}
	for _, r := range tx.DNS.Records.At(z.ID, tx.Now).Sets {
		if r.Name != z.Name || r.Type != "NS" && r.Type != "SOA" {
			return nil, refuse(says.HostedZoneNotEmpty)
		}
	}
	for a := range world.Live(tx, tx.DNS.Associations.By(world.ByZone, z.ID, 0)) {
		tx.DNS.Associations.Drop(a.ID, tx.Now)
		tx.Unserve(z, a.VPC)
	}
	if !z.Private {
		tx.Unserve(z, "")
	}
	for a := range world.Live(tx, tx.DNS.Authorizations.By(world.ByZone, z.ID, 0)) {
		tx.DNS.Authorizations.Drop(a.ID, tx.Now)
	}
	tx.DNS.Records.Drop(z.ID, tx.Now.Add(tx.ZoneChange()))
	tx.DNS.Zones.Drop(z.ID, tx.Now)
	change := tx.NewChange("")
	return &route53.DeleteHostedZoneOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First())}, nil
}

// visible is a zone of the caller's as a read sees it.
func visible(tx *world.Tx, id *string) (*world.Zone, error) {
	if id == nil {
		return nil, missing("hostedZoneId")
	}
	z := tx.DNS.Zones.At(StripID(*id), tx.Seen())
	if z == nil || z.Owner != tx.Account {
		return nil, noSuchZone(StripID(*id))
	}
	return z, nil
}

// own is a zone of the caller's, in truth and now.
func own(tx *world.Tx, id *string) (*world.Zone, error) {
	if id == nil {
		return nil, missing("hostedZoneId")
	}
	z := tx.DNS.Zones.At(StripID(aws.ToString(id)), tx.Now)
	if z == nil || z.Owner != tx.Account {
		return nil, noSuchZone(StripID(aws.ToString(id)))
	}
	return z, nil
}

// topLevel are names that are nobody's to have, private or not.
var topLevel = map[string]bool{"com.": true, "net.": true, "org.": true, "edu.": true, "gov.": true, "mil.": true, "int.": true,
	"arpa.": true, "io.": true, "dev.": true, "app.": true, "de.": true, "uk.": true, "eu.": true, "us.": true}

// zoneName checks what needs nothing but the request.
func zoneName(in *route53.CreateHostedZoneInput) (string, error) {
	sent := aws.ToString(in.Name)
	if in.Name == nil {
		return "", missing("name")
	}
	name, err := Canonical(sent)
	if err != nil {
		return "", refuse(says.InvalidDomainName, sent, err)
	}
	single := strings.Count(name, ".") == 1
	switch c := in.HostedZoneConfig; {
	case name == "." || IsWildcard(name):
		return "", refuse(says.InvalidDomainName, sent, says.NameOfZone.Message())
	case topLevel[name] || single && in.VPC == nil:
		return "", refuse(says.InvalidDomainName, sent, says.NameTopLevel.Message())
	case c != nil && c.PrivateZone && in.VPC == nil:
		return "", refuse(says.PrivateZoneVPC)
	case in.VPC != nil && (aws.ToString(in.VPC.VPCId) == "" || in.VPC.VPCRegion == ""):
		return "", refuse(says.VPCWhole)
	}
	if n := len(aws.ToString(in.CallerReference)); n < 1 || n > maxReference {
		return "", refuse(says.WrongLength, aws.ToString(in.CallerReference), "callerReference", 1, maxReference)
	}
	if in.HostedZoneConfig != nil {
		return name, describes("hostedZoneConfig.comment", in.HostedZoneConfig.Comment)
	}
	return name, nil
}

func freshReference(tx *world.Tx, in *route53.CreateHostedZoneInput) error {
	key := world.ReferenceKey(tx.Account, aws.ToString(in.CallerReference))
	used := tx.Switches.ReferenceKept && tx.DNS.References[key]
	for range world.Live(tx, tx.DNS.Zones.By(world.ZonesByReference, key, 0)) {
		used = true
	}
	if used {
		return refuse(says.HostedZoneAlreadyExists)
	}
	return nil
}

// freeName wants the caller's VPC to have no zone of a name yet.
func freeName(tx *world.Tx, v *types.VPC, name string) error {
	if v == nil {
		return nil
	}
	vpc := vpcOf(tx, v)
	if vpc == nil || vpc.Owner != tx.Account {
		return refuse(says.InvalidVPCID)
	}
	return noConflict(tx, vpc, name)
}
