package vpc

import (
	"net/netip"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// str copies a string to the heap: an answer must not share memory with a record.
func str(s string) *string { return &s }

// some is str, nil for "".
func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// wire is a time as AWS sends it: UTC, in milliseconds.
func wire(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

func stamp(t time.Time) *time.Time {
	t = wire(t)
	return &t
}

func addr(a netip.Addr) *string {
	if !a.IsValid() {
		return nil
	}
	return str(a.String())
}

// texts is the memory of an answer's strings in one piece, as far as it was made large enough: one allocation instead of many.
type texts []string

func (t *texts) str(s string) *string {
	*t = append(*t, s)
	return &(*t)[len(*t)-1]
}

// list is a copy that is never nil: AWS sends an empty set.
func (t *texts) list(in []string) []string {
	if len(in) == 0 {
		return []string{}
	}
	n := len(*t)
	*t = append(*t, in...)
	return (*t)[n:len(*t):len(*t)]
}

// room is a list of n in the space that an answer has for it or, where that is too small, in space of its own.
func room[T any](space []T, n int) []T {
	if n > len(space) {
		return make([]T, n)
	}
	return space[:n:n]
}

func (t *texts) tagSet(space []types.Tag, tags world.Tags) []types.Tag {
	out := room(space, len(tags))
	for i, tag := range tags {
		out[i] = types.Tag{Key: t.str(tag.Key), Value: t.str(tag.Value)}
	}
	return out
}

func list(in []string) []string { return new(texts).list(in) }

func tagSet(tags world.Tags) []types.Tag {
	t := make(texts, 0, 2*len(tags))
	return t.tagSet([]types.Tag{}, tags)
}

// matchTags answers the filters tag:<key> and tag-key; ok is false for any other.
func matchTags(tags world.Tags, f filter.Filter) (match, ok bool) {
	if key, is := f.TagKey(); is {
		value, has := tags.Get(key)
		return has && f.Match(value), true
	}
	if f.Name != "tag-key" {
		return false, false
	}
	return slices.ContainsFunc(tags, func(t world.Tag) bool { return f.Match(t.Key) }), true
}

// unique is a list without repeats, in order, in memory of its own.
func unique(in []string) []string {
	out := make([]string, 0, len(in))
	for _, s := range in {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
