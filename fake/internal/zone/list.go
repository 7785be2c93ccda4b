package zone

import (
	"cmp"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const zonesPage = 100

// ListHostedZones pages through the caller's zones in the order of their IDs, 100 at a time unless told otherwise.
func ListHostedZones(tx *world.Tx, in *route53.ListHostedZonesInput) (*route53.ListHostedZonesOutput, error) {
	if t := in.HostedZoneType; t != "" && t != types.HostedZoneTypePrivateHostedZone {
		return nil, refuse(says.NotInEnum, t, "hostedZoneType")
	}
	zones := seen(tx, func(z *world.Zone) bool {
		return z.ID >= StripID(aws.ToString(in.Marker)) && (in.HostedZoneType == "" || z.Private)
	})
	slices.SortFunc(zones, func(a, b *world.Zone) int { return cmp.Compare(a.ID, b.ID) })
	n := limit(in.MaxItems, zonesPage)
	page, more := cut(zones, n)
	out := &route53.ListHostedZonesOutput{Marker: clone(in.Marker), MaxItems: aws.Int32(int32(n)), IsTruncated: more, HostedZones: shownZones(tx, page)}
	if more {
		out.NextMarker = aws.String(zones[n].ID)
	}
	return out, nil
}

// GetHostedZoneCount counts the caller's zones.
func GetHostedZoneCount(tx *world.Tx, _ *route53.GetHostedZoneCountInput) (*route53.GetHostedZoneCountOutput, error) {
	all := seen(tx, func(*world.Zone) bool { return true })
	return &route53.GetHostedZoneCountOutput{HostedZoneCount: aws.Int64(int64(len(all)))}, nil
}

// ListHostedZonesByName pages through the caller's zones by name, labels from the right, then ID. A name given is where to start.
func ListHostedZonesByName(tx *world.Tx, in *route53.ListHostedZonesByNameInput) (*route53.ListHostedZonesByNameOutput, error) {
	if in.HostedZoneId != nil && in.DNSName == nil {
		return nil, refuse(says.ZoneNeedsName)
	}
	name, err := Canonical(aws.ToString(in.DNSName))
	if err != nil {
		return nil, refuse(says.InvalidDomainName, aws.ToString(in.DNSName), err)
	}
	start := SortKey(name) + "\x00" + StripID(aws.ToString(in.HostedZoneId))
	key := func(z *world.Zone) string { return SortKey(z.Name) + "\x00" + z.ID }
	zones := seen(tx, func(z *world.Zone) bool { return in.DNSName == nil || key(z) >= start })
	slices.SortFunc(zones, func(a, b *world.Zone) int { return cmp.Compare(key(a), key(b)) })
	n := limit(in.MaxItems, zonesPage)
	page, more := cut(zones, n)
	out := &route53.ListHostedZonesByNameOutput{DNSName: clone(in.DNSName), HostedZoneId: clone(in.HostedZoneId),
		MaxItems: aws.Int32(int32(n)), IsTruncated: more, HostedZones: shownZones(tx, page)}
	if more {
		out.NextDNSName, out.NextHostedZoneId = aws.String(zones[n].Name), aws.String(zones[n].ID)
	}
	return out, nil
}

// ListHostedZonesByVPC pages through all zones that serve a VPC of the caller's: its own, other accounts' and AWS's hidden ones.
func ListHostedZonesByVPC(tx *world.Tx, in *route53.ListHostedZonesByVPCInput) (*route53.ListHostedZonesByVPCOutput, error) {
	if aws.ToString(in.VPCId) == "" || in.VPCRegion == "" {
		return nil, missing("vPCId or vPCRegion")
	}
	vpc := vpcOf(tx, &types.VPC{VPCId: in.VPCId, VPCRegion: in.VPCRegion})
	if vpc == nil || vpc.Owner != tx.Account {
		return nil, refuse(says.NotYourVPC, aws.ToString(in.VPCId))
	}
	after, err := fromToken(in.NextToken)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(serving(tx, vpc.ID), func(s types.HostedZoneSummary) bool { return summaryKey(s) <= after })
	slices.SortFunc(all, func(a, b types.HostedZoneSummary) int { return cmp.Compare(summaryKey(a), summaryKey(b)) })
	n := limit(in.MaxItems, zonesPage)
	page, more := cut(all, n)
	out := &route53.ListHostedZonesByVPCOutput{HostedZoneSummaries: page, MaxItems: aws.Int32(int32(n))}
	if more {
		out.NextToken = token(summaryKey(page[len(page)-1]))
	}
	return out, nil
}

func summaryKey(s types.HostedZoneSummary) string { return *s.HostedZoneId + "/" + *s.Name }

// serving sums up the zones of a VPC as a read sees them.
func serving(tx *world.Tx, vpc string) []types.HostedZoneSummary {
	out := []types.HostedZoneSummary{}
	for row := range tx.DNS.Associations.By(world.ByZoneVPC, vpc, 0) {
		at := tx.Seen()
		if a := row.At(at); a != nil {
			if z := tx.DNS.Zones.At(a.Zone, at); z != nil {
				out = append(out, types.HostedZoneSummary{HostedZoneId: aws.String(z.ID), Name: aws.String(z.Name),
					Owner: &types.HostedZoneOwner{OwningAccount: aws.String(z.Owner)}})
			}
		}
	}
	for _, p := range Hidden(tx, vpc, false) {
		out = append(out, types.HostedZoneSummary{HostedZoneId: aws.String(p.ZoneID), Name: aws.String(HiddenZone(p)),
			Owner: &types.HostedZoneOwner{OwningService: aws.String("vpce.amazonaws.com")}})
	}
	return out
}

// seen are the caller's zones that a read sees and keep wants.
func seen(tx *world.Tx, keep func(*world.Zone) bool) []*world.Zone {
	var out []*world.Zone
	for row := range tx.DNS.Zones.By(world.ZonesByOwner, tx.Account, 0) {
		if z := row.At(tx.Seen()); z != nil && keep(z) {
			out = append(out, z)
		}
	}
	return out
}

func shownZones(tx *world.Tx, zones []*world.Zone) []types.HostedZone {
	out := []types.HostedZone{}
	for _, z := range zones {
		out = append(out, *shownZone(tx, z))
	}
	return out
}
