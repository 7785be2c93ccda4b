// Package filter is the Filters parameter of EC2's Describe operations: names, values with wildcards, and the limit of 200 values a call.
package filter

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

const (
	maxValues = 200
	maxLength = 255
	tagPrefix = "tag:"
)

// Filter is one filter of a request. A row matches when it has one of the values; a row must match all filters.
type Filter struct {
	Name   string
	values []string
}

// Parse checks a request's filters against the names that the operation documents; "tag:" among them stands for tag:<key>. With other it
// refuses an unknown name by AWS's second code.
func Parse(in []types.Filter, other bool, names ...string) ([]Filter, error) {
	if len(in) == 0 {
		return nil, nil
	}
	out, values := make([]Filter, 0, len(in)), 0
	for _, f := range in {
		name := aws.ToString(f.Name)
		if !known(name, names) {
			return nil, unknown(other, name)
		}
		if len(f.Values) == 0 {
			return nil, says.MissingParameter.Error("Filter.Value")
		}
		if i := slices.IndexFunc(f.Values, func(v string) bool { return utf8.RuneCountInString(v) > maxLength }); i >= 0 {
			return nil, says.InvalidFilter.Error(name)
		}
		if values += len(f.Values); values > maxValues {
			return nil, says.FilterLimitExceeded.Error()
		}
		out = append(out, Filter{Name: name, values: f.Values})
	}
	return out, nil
}

func known(name string, names []string) bool {
	if strings.HasPrefix(name, tagPrefix) {
		return len(name) > len(tagPrefix) && slices.Contains(names, tagPrefix)
	}
	return slices.Contains(names, name)
}

func unknown(other bool, name string) error {
	if other {
		return says.InvalidFilterOther.Error(name)
	}
	return says.InvalidFilter.Error(name)
}

// TagKey is the key of a tag:<key> filter.
func (f Filter) TagKey() (string, bool) { return strings.CutPrefix(f.Name, tagPrefix) }

// Match says whether one of a row's values is among the filter's.
func (f Filter) Match(have ...string) bool {
	for _, h := range have {
		for _, pattern := range f.values {
			if Matches(pattern, h) {
				return true
			}
		}
	}
	return false
}

// Has says whether a value of the filter has one of some parts.
func (f Filter) Has(parts ...string) bool {
	return slices.ContainsFunc(f.values, func(v string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(v, part) })
	})
}

// Exact gives the filter's values where none is a pattern: an index can then answer it.
func (f Filter) Exact() ([]string, bool) {
	for _, v := range f.values {
		if strings.ContainsAny(v, `*?\`) {
			return nil, false
		}
	}
	return f.values, true
}

// Text is filters in a form that tells different ones apart.
func Text(filters []Filter) string {
	var b strings.Builder
	for _, f := range filters {
		b.WriteString(f.Name)
		for _, v := range f.values {
			b.WriteByte(0)
			b.WriteString(v)
		}
		b.WriteByte(1)
	}
	return b.String()
}
