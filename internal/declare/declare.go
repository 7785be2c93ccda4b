// Package declare checks what all declarations have in common, and collects every problem before the first AWS call.
package declare

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Problems collects what is wrong with a declaration.
type Problems []string

// Add notes a problem.
func (p *Problems) Add(format string, args ...any) { *p = append(*p, fmt.Sprintf(format, args...)) }

// Error gives the problems as one error that matches ErrInvalid, nil when there are none.
func (p Problems) Error(op, kind, id string) error {
	if len(p) == 0 {
		return nil
	}
	return &privatelink.Error{Op: op, Kind: kind, ID: id, Sentinel: privatelink.ErrInvalid, Err: &privatelink.InvalidError{Problems: p}}
}

var name = regexp.MustCompile(`^[A-Za-z0-9._:/=+@-]{1,128}$`)

// Name checks the name that is a declaration's identity: AWS's tag filters know wildcards, so it has none.
func (p *Problems) Name(s string) {
	switch {
	case s == "":
		p.Add("the name is empty: it is the identity of the declaration")
	case !name.MatchString(s):
		p.Add("the name %q is not 1 to 128 of the characters A-Z a-z 0-9 . _ : / = + @ -", s)
	}
}

// API checks that there is a client at all: no nil, and no nil pointer in an interface.
func (p *Problems) API(api any) {
	if v := reflect.ValueOf(api); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		p.Add("the AWS client is nil: give an SDK client, or an account of the fake")
	}
}

var ids = map[string]*regexp.Regexp{}

func init() {
	for _, prefix := range []string{"vpc", "subnet", "sg", "rtb", "vpce", "vpce-svc"} {
		ids[prefix] = regexp.MustCompile(`^` + prefix + `-[0-9a-zA-Z]+$`)
	}
}

// ID checks the form of one AWS ID, such as "vpc-…" for the prefix "vpc".
func (p *Problems) ID(field, prefix, id string) {
	if id == "" {
		p.Add("%s is empty: give its ID, %s-…", field, prefix)
	} else if !ids[prefix].MatchString(id) {
		p.Add("%s %q is not an ID of the form %s-…", field, id, prefix)
	}
}

// IDs checks the form of a set of IDs and that none is named twice.
func (p *Problems) IDs(field, prefix string, all []string) {
	for i, id := range all {
		p.ID(field, prefix, id)
		if id != "" && slices.Contains(all[:i], id) {
			p.Add("%s %q is named twice: name it once", field, id)
		}
	}
}

// maxTags is AWS's limit for one resource; ours and the default Name tag count.
const maxTags = 50

// Tags checks declared tags against AWS's rules. reserved is how many further tags we set ourselves.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html
func (p *Problems) Tags(tags privatelink.Tags, reserved int) {
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		switch {
		case key == "":
			p.Add("a tag key is empty: a tag needs one")
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			p.Add("tag key %q begins with aws:, which AWS keeps for itself", key)
		case key == privatelink.NameTag:
			p.Add("tag key %q is the mark of this library and cannot be set", key)
		case len([]rune(key)) > 128:
			p.Add("tag key %q… is longer than 128 characters", key[:32])
		case !Sendable(key) || !Sendable(tags[key]):
			p.Add("tag %q: %q has a character that no request to AWS can carry", key, tags[key])
		}
		if len([]rune(tags[key])) > 256 {
			p.Add("the value of tag %q is longer than 256 characters", key)
		}
	}
	if n := len(tags) + reserved; n > maxTags {
		p.Add("%d tags are more than the %d that AWS allows (%d of them are this library's own)", n, maxTags, reserved)
	}
}

// Sendable says whether a text arrives at AWS and comes back as it is: requests and answers are XML, which has no control characters.
// Source: https://www.w3.org/TR/xml/#charsets
func Sendable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}
