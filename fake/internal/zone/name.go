package zone

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// What makes a name unusable; the operations turn these into Route 53's own errors.
var (
	errEmptyName    = errors.New(says.NameEmpty.Message())
	errEmptyLabel   = errors.New(says.LabelEmpty.Message())
	errLabelTooLong = errors.New(says.LabelTooLong.Message())
	errNameTooLong  = errors.New(says.NameTooLong.Message())
	errUnsupported  = errors.New(says.Unsupported.Message())
	errEscape       = errors.New(says.BadEscape.Message())
)

const (
	maxLabel = 63
	maxName  = 255
)

// Canonical is a name as Route 53 stores it and gives it back: lower case, with a trailing dot, everything but
// a-z 0-9 - _ as \ooo, whichever way it was sent.
func Canonical(name string) (string, error) {
	labels, err := parse(name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, label := range labels {
		escape(&b, label)
		b.WriteByte('.')
	}
	if len(labels) == 0 {
		return ".", nil
	}
	return b.String(), nil
}

// parse gives the labels of a name as plain bytes, lower case; none for the root.
func parse(name string) ([]string, error) {
	name = strings.TrimSuffix(name, ".")
	if name == "" {
		return nil, nil
	}
	var labels []string
	var label []byte
	length := 1
	end := func() error {
		length += len(label) + 1
		switch {
		case len(label) == 0:
			return errEmptyLabel
		case len(label) > maxLabel:
			return errLabelTooLong
		case length > maxName:
			return errNameTooLong
		}
		labels, label = append(labels, string(label)), label[:0]
		return nil
	}
	for i := 0; i < len(name); {
		if name[i] == '.' {
			if err := end(); err != nil {
				return nil, err
			}
			i++
			continue
		}
		c, size, err := char(name[i:])
		if err != nil {
			return nil, err
		}
		label, i = append(label, c), i+size
	}
	return labels, end()
}

// char reads one character of a label, which may be an escape code.
func char(s string) (c byte, size int, err error) {
	switch {
	case s[0] <= ' ' || s[0] >= 0x7f:
		return 0, 0, errUnsupported
	case s[0] != '\\':
		return lower(s[0]), 1, nil
	case len(s) < 4:
		return 0, 0, errEscape
	}
	n := 0
	for _, d := range []byte(s[1:4]) {
		if d < '0' || d > '7' {
			return 0, 0, errEscape
		}
		n = n*8 + int(d-'0')
	}
	if n > 0xff {
		return 0, 0, errEscape
	}
	return lower(byte(n)), 4, nil
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func escape(b *strings.Builder, label string) {
	for _, c := range []byte(label) {
		if plain(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(b, `\%03o`, c)
		}
	}
}

func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// SortKey orders names as Route 53 lists them: labels from the right, as they are stored, the dot after each of them counting as a character.
// The name must be canonical.
func SortKey(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for rest := strings.TrimSuffix(name, "."); rest != ""; {
		i := strings.LastIndexByte(rest, '.')
		b.WriteString(rest[i+1:])
		b.WriteByte('.')
		rest = rest[:max(i, 0)]
	}
	return b.String()
}

// wildcardOf gives the canonical wildcard name right below a canonical parent.
func wildcardOf(parent string) string { return `\052.` + parent }

// IsWildcard says whether a canonical name's whole leftmost label is an asterisk.
func IsWildcard(name string) bool { return strings.HasPrefix(name, `\052.`) }

// Within says whether a canonical name is the zone's own or lies below it.
func Within(name, zone string) bool {
	return name == zone || zone == "." || strings.HasSuffix(name, "."+zone)
}

// Parent drops the leftmost label of a canonical name; the root's parent is the root.
func Parent(name string) string {
	_, rest, ok := strings.Cut(name, ".")
	if !ok || rest == "" {
		return "."
	}
	return rest
}

// Bare is a canonical name as people write it: without the trailing dot, a leading asterisk as itself.
func Bare(name string) string {
	name = strings.TrimSuffix(name, ".")
	if IsWildcard(name + ".") {
		return "*" + strings.TrimPrefix(name, `\052`)
	}
	return name
}
