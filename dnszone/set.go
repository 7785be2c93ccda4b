package dnszone

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// place is where a record set stands: its canonical name and its type.
type place struct {
	name string
	typ  RecordType
}

func (p place) String() string { return shown(p.name) + " " + string(p.typ) }

func (p place) compare(other place) int {
	if p.name != other.name {
		return strings.Compare(p.name, other.name)
	}
	return strings.Compare(string(p.typ), string(other.typ))
}

func placeOf(s *types.ResourceRecordSet) place {
	return place{canonicalOrSelf(aws.ToString(s.Name)), RecordType(s.Type)}
}

// set is a declared record set, with canonical names: what Route 53 will list.
type set struct {
	place
	isAlias bool
	target  privatelink.DNSName // canonical; its name is "" where it is known after apply
	ttl     int64
	values  []string
	either  bool // declared by target: an alias of the other address type at this name is ours too
}

func (s set) unknown() bool { return s.isAlias && s.target.Name == "" }

func (s set) wire() types.ResourceRecordSet {
	out := types.ResourceRecordSet{Name: aws.String(s.name), Type: types.RRType(s.typ)}
	if s.isAlias {
		out.AliasTarget = &types.AliasTarget{DNSName: aws.String(s.target.Name), HostedZoneId: aws.String(s.target.ZoneID)}
		return out
	}
	out.TTL = aws.Int64(s.ttl)
	for _, v := range s.values {
		out.ResourceRecords = append(out.ResourceRecords, types.ResourceRecord{Value: aws.String(v)})
	}
	return out
}

// holds tells whether a set that was read at this place is as declared.
func (s set) holds(have *types.ResourceRecordSet) bool {
	if routing(have) != "" {
		return false
	}
	if a := have.AliasTarget; s.isAlias || a != nil {
		return s.isAlias && a != nil && !a.EvaluateTargetHealth && aws.ToString(a.HostedZoneId) == s.target.ZoneID &&
			canonicalOrSelf(aws.ToString(a.DNSName)) == s.target.Name
	}
	return aws.ToInt64(have.TTL) == s.ttl && slices.Equal(sortedValues(s.typ, s.values), sortedValues(s.typ, valuesOf(have)))
}

// routing tells of what only sets with a policy have, "" for a simple one.
func routing(s *types.ResourceRecordSet) string {
	var out []string
	note := func(set bool, format string, args ...any) {
		if set {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	note(s.SetIdentifier != nil, "identifier %s", aws.ToString(s.SetIdentifier))
	note(s.Weight != nil, "weight %d", aws.ToInt64(s.Weight))
	note(s.Region != "", "Region %s", s.Region)
	note(s.Failover != "", "failover %s", s.Failover)
	note(s.MultiValueAnswer != nil, "multivalue %t", aws.ToBool(s.MultiValueAnswer))
	note(s.HealthCheckId != nil, "health check %s", aws.ToString(s.HealthCheckId))
	note(s.TrafficPolicyInstanceId != nil, "traffic policy instance %s", aws.ToString(s.TrafficPolicyInstanceId))
	note(s.GeoLocation != nil || s.GeoProximityLocation != nil || s.CidrRoutingConfig != nil, "by place")
	return strings.Join(out, ", ")
}

// show writes a record set as a person reads it, with all that tells it from another.
func show(s *types.ResourceRecordSet) string {
	var text string
	if a := s.AliasTarget; a != nil {
		text = "alias of " + shown(canonicalOrSelf(aws.ToString(a.DNSName))) + " in " + aws.ToString(a.HostedZoneId)
		if a.EvaluateTargetHealth {
			text += ", target health evaluated"
		}
	} else {
		ttl := time.Duration(aws.ToInt64(s.TTL)) * time.Second
		text = strings.Join(sortedValues(RecordType(s.Type), valuesOf(s)), ", ") + " for " + ttl.String()
	}
	if policy := routing(s); policy != "" {
		text += " (" + policy + ")"
	}
	return text
}

func recordOf(s *types.ResourceRecordSet) Record {
	at := placeOf(s)
	r := Record{Host: shown(at.name) + ".", Type: at.typ, TTL: time.Duration(aws.ToInt64(s.TTL)) * time.Second, Values: valuesOf(s),
		SetIdentifier: aws.ToString(s.SetIdentifier)}
	if a := s.AliasTarget; a != nil {
		r.Alias = privatelink.DNSName{Name: shown(canonicalOrSelf(aws.ToString(a.DNSName))), ZoneID: aws.ToString(a.HostedZoneId)}
		if at.typ == TypeAAAA {
			r.Alias.Family = privatelink.IPv6
		}
	}
	return r
}

// isOwn tells whether a set is one that Route 53 keeps for the zone itself.
func isOwn(zone string, s *types.ResourceRecordSet) bool {
	at := placeOf(s)
	return at.name == zone && (at.typ == TypeSOA || at.typ == TypeNS)
}

func valuesOf(s *types.ResourceRecordSet) []string {
	var out []string
	for _, r := range s.ResourceRecords {
		out = append(out, aws.ToString(r.Value))
	}
	return out
}

// sortedValues gives values in a canonical order; addresses also in their canonical form.
func sortedValues(typ RecordType, values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if a, err := netip.ParseAddr(v); err == nil && (typ == TypeA || typ == TypeAAAA) {
			out[i] = a.String()
		}
	}
	slices.Sort(out)
	return out
}
