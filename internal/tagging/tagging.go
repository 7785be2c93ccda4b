// Package tagging turns declared tags into EC2's and back.
package tagging

import (
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// nameKey is the tag that AWS's console shows as the name.
const nameKey = "Name"

// Of reads EC2's tags.
func Of(tags []types.Tag) privatelink.Tags {
	out := privatelink.Tags{}
	for _, t := range tags {
		out[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	return out
}

// AtBirth are the tags that a resource is created with: the declared ones, our mark, and a Name unless the caller has one (or the
// declared tags leave no room for it).
func AtBirth(name string, declared privatelink.Tags) privatelink.Tags {
	out := maps.Clone(declared)
	if out == nil {
		out = privatelink.Tags{}
	}
	out[privatelink.NameTag] = name
	if _, named := out[nameKey]; !named && len(out) < 50 {
		out[nameKey] = name
	}
	return out
}

// Missing are the declared tags, our mark among them, that a resource lacks or has with another value.
func Missing(name string, declared, have privatelink.Tags) privatelink.Tags {
	out := privatelink.Tags{}
	for k, v := range declared {
		if now, ok := have[k]; !ok || now != v {
			out[k] = v
		}
	}
	if have[privatelink.NameTag] != name {
		out[privatelink.NameTag] = name
	}
	return out
}

// EC2 gives the tags in a canonical order.
func EC2(tags privatelink.Tags) []types.Tag {
	var out []types.Tag
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

// Show writes tags as a person reads them.
func Show(tags privatelink.Tags) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, k+"="+tags[k])
	}
	return strings.Join(out, ", ")
}

// Pick gives the values that have has for the keys of want.
func Pick(have, want privatelink.Tags) privatelink.Tags {
	out := privatelink.Tags{}
	for k := range want {
		if v, ok := have[k]; ok {
			out[k] = v
		}
	}
	return out
}
