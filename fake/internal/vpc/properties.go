package vpc

import (
	"net/netip"
	"strconv"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// properties are a kind's filters with what a record has for each of them. Tags are beside them.
type properties[R any] map[string]func(*world.Tx, *R) []string

// names are the filters, those on tags among them.
func (p properties[R]) names() []string {
	out := []string{"tag:", "tag-key"}
	for name := range p {
		out = append(out, name)
	}
	return out
}

// match answers a filter.
func (p properties[R]) match(head func(*R) *world.Meta) func(*world.Tx, *R, time.Time, filter.Filter) bool {
	return func(tx *world.Tx, rec *R, _ time.Time, f filter.Filter) bool {
		if match, ok := matchTags(head(rec).Tags, f); ok {
			return match
		}
		return f.Match(p[f.Name](tx, rec)...)
	}
}

// text is a property of one value.
func text[R any](of func(*R) string) func(*world.Tx, *R) []string {
	return func(_ *world.Tx, rec *R) []string { return present(of(rec)) }
}

// present is a list of a value that is there.
func present(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// always is a property that all records share.
func always[R any](value string) func(*world.Tx, *R) []string {
	return func(*world.Tx, *R) []string { return []string{value} }
}

// never is a property that no record of the fake has.
func never[R any](*world.Tx, *R) []string { return nil }

func yes(b bool) []string { return []string{strconv.FormatBool(b)} }

func addrText(a netip.Addr) []string {
	if !a.IsValid() {
		return nil
	}
	return []string{a.String()}
}
