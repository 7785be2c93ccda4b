package zone

import (
	"errors"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// stored is a set of a request as the store keeps it. A name of it that is none is an error in Route 53's words.
func stored(in *types.ResourceRecordSet) (*world.RecordSet, error) {
	name, err := named(in.Name)
	if err != nil {
		return nil, err
	}
	r := &world.RecordSet{Name: name, Type: string(in.Type), TTL: aws.ToInt64(in.TTL),
		SetID: aws.ToString(in.SetIdentifier), Region: string(in.Region), Failover: string(in.Failover), HealthCheck: value(in.HealthCheckId)}
	r.Key = setKey(r.Name, r.Type, r.SetID)
	for _, v := range in.ResourceRecords {
		r.Values = append(r.Values, aws.ToString(v.Value))
	}
	r.Weight, r.MultiValue = clone(in.Weight), clone(in.MultiValueAnswer)
	if g := in.GeoLocation; g != nil {
		r.Geo = &world.Geo{Continent: value(g.ContinentCode), Country: value(g.CountryCode), Subdivision: value(g.SubdivisionCode)}
	}
	if t := in.AliasTarget; t != nil {
		target, err := named(t.DNSName)
		if err != nil {
			return nil, err
		}
		r.Alias = &world.Alias{ZoneID: StripID(aws.ToString(t.HostedZoneId)), Name: target, EvaluateHealth: t.EvaluateTargetHealth}
	}
	return r, nil
}

func named(name *string) (string, error) {
	canonical, err := Canonical(value(name))
	if value(name) == "" {
		err = errEmptyName
	}
	if err != nil {
		return "", errors.New(says.BadName.Message(err, value(name)))
	}
	return canonical, nil
}

// shown is a stored set as Route 53 gives it back.
func shown(r *world.RecordSet) types.ResourceRecordSet {
	out := types.ResourceRecordSet{Name: aws.String(r.Name), Type: types.RRType(r.Type),
		Region: types.ResourceRecordSetRegion(r.Region), Failover: types.ResourceRecordSetFailover(r.Failover),
		Weight: clone(r.Weight), MultiValueAnswer: clone(r.MultiValue), HealthCheckId: some(r.HealthCheck)}
	if g := r.Geo; g != nil {
		out.GeoLocation = &types.GeoLocation{ContinentCode: some(g.Continent), CountryCode: some(g.Country), SubdivisionCode: some(g.Subdivision)}
	}
	if r.SetID != "" {
		out.SetIdentifier = aws.String(r.SetID)
	}
	if a := r.Alias; a != nil {
		out.AliasTarget = &types.AliasTarget{HostedZoneId: aws.String(a.ZoneID), DNSName: aws.String(a.Name),
			EvaluateTargetHealth: a.EvaluateHealth}
		return out
	}
	out.TTL = aws.Int64(r.TTL)
	for _, v := range r.Values {
		out.ResourceRecords = append(out.ResourceRecords, types.ResourceRecord{Value: aws.String(v)})
	}
	return out
}

// same says whether a DELETE names exactly what is there; the order of the values does not count.
func same(a, b *world.RecordSet) bool {
	if a.Key != b.Key || a.TTL != b.TTL || a.Region != b.Region || a.Failover != b.Failover || a.HealthCheck != b.HealthCheck ||
		!equal(a.Weight, b.Weight) || !equal(a.MultiValue, b.MultiValue) || !equal(a.Alias, b.Alias) || !equal(a.Geo, b.Geo) {
		return false
	}
	return slices.Equal(slices.Sorted(slices.Values(a.Values)), slices.Sorted(slices.Values(b.Values)))
}

// label is a set as Route 53's messages name it.
func label(r *world.RecordSet) string {
	parts := []string{"name='" + r.Name + "'", "type='" + r.Type + "'"}
	if r.SetID != "" {
		parts = append(parts, "set-identifier='"+r.SetID+"'")
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// StripID takes away the prefix that Route 53 puts before zone and change IDs.
func StripID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// some is a string, or nothing where it is empty.
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

func equal[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}
