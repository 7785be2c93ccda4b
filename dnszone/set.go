package dnszone

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// place is where a record set stands: its canonical name, its type and, where there are several, its set identifier.
type place struct {
	name string
	typ  RecordType
	id   string
}

func (p place) String() string {
	if p.id != "" {
		return fmt.Sprintf("%s %s %q", shown(p.name), p.typ, p.id)
	}
	return shown(p.name) + " " + string(p.typ)
}

func (p place) compare(other place) int {
	return cmp.Or(strings.Compare(p.name, other.name), strings.Compare(string(p.typ), string(other.typ)), strings.Compare(p.id, other.id))
}

func placeOf(s *types.ResourceRecordSet) place {
	return place{canonicalOrSelf(aws.ToString(s.Name)), RecordType(s.Type), aws.ToString(s.SetIdentifier)}
}

// set is a declared record set, with canonical names: what Route 53 will list.
type set struct {
	place
	isAlias     bool
	target      privatelink.DNSName // canonical; its name is "" where it is known after apply
	evaluated   bool                // the target's health
	ttl         int64
	values      []string
	routing     Routing
	healthCheck string
	either      bool // declared by target: an alias of the other address type at this name is ours too
}

func (s set) unknown() bool { return s.isAlias && s.target.Name == "" }

func (s set) wire() types.ResourceRecordSet {
	out := types.ResourceRecordSet{Name: aws.String(s.name), Type: types.RRType(s.typ)}
	if s.id != "" {
		out.SetIdentifier = aws.String(s.id)
	}
	if s.healthCheck != "" {
		out.HealthCheckId = aws.String(s.healthCheck)
	}
	s.routing.onto(&out)
	if s.isAlias {
		out.AliasTarget = &types.AliasTarget{DNSName: aws.String(s.target.Name), HostedZoneId: aws.String(s.target.ZoneID), EvaluateTargetHealth: s.evaluated}
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
	if routingOf(have) != s.routing || aws.ToString(have.HealthCheckId) != s.healthCheck || aws.ToString(have.SetIdentifier) != s.id {
		return false
	}
	if a := have.AliasTarget; s.isAlias || a != nil {
		return s.isAlias && a != nil && a.EvaluateTargetHealth == s.evaluated && aws.ToString(a.HostedZoneId) == s.target.ZoneID &&
			canonicalOrSelf(aws.ToString(a.DNSName)) == s.target.Name
	}
	return aws.ToInt64(have.TTL) == s.ttl && slices.Equal(sortedValues(s.typ, s.values), sortedValues(s.typ, valuesOf(have)))
}

// claims tells whether a set that was read goes with this declared one, whatever it holds: the set itself, those that cannot stand beside it
// under its name and type, and the aliases of an earlier target.
func (s set) claims(have *types.ResourceRecordSet) bool {
	at := placeOf(have)
	switch {
	case at.name != s.name:
		return false
	case at.typ == s.typ:
		return at.id == s.id || routingOf(have).Policy != s.routing.Policy || s.routing.Policy == ""
	}
	return s.either && have.AliasTarget != nil && (at.typ == TypeA || at.typ == TypeAAAA)
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
	if policy := routingOf(s).String(); policy != "" {
		text += ", " + policy
	}
	if s.HealthCheckId != nil {
		text += ", health check " + *s.HealthCheckId
	}
	return text
}

func recordOf(s *types.ResourceRecordSet) Record {
	at := placeOf(s)
	r := Record{Host: shown(at.name) + ".", Type: at.typ, TTL: time.Duration(aws.ToInt64(s.TTL)) * time.Second, Values: valuesOf(s),
		SetIdentifier: at.id, Routing: routingOf(s), HealthCheckID: aws.ToString(s.HealthCheckId)}
	if a := s.AliasTarget; a != nil {
		r.Alias = privatelink.DNSName{Name: shown(canonicalOrSelf(aws.ToString(a.DNSName))), ZoneID: aws.ToString(a.HostedZoneId)}
		r.EvaluateTargetHealth = a.EvaluateTargetHealth
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
