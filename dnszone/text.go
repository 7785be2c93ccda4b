package dnszone

import (
	"errors"
	"fmt"
	"strings"
)

// maxString is how long one string of a TXT value may be, in bytes.
const maxString = 255

// Text writes a text as a value of a TXT record: in quotation marks, cut into strings of at most 255 bytes, with quotation marks and
// backslashes escaped, and every byte that is not printable ASCII as \ooo.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
func Text(text string) string {
	var parts []string
	for len(text) > maxString {
		parts, text = append(parts, text[:maxString]), text[maxString:]
	}
	return quoted(append(parts, text))
}

// quoted writes the strings of one value in the one way in which equal ones are equal.
func quoted(parts []string) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteByte('"')
		for _, c := range []byte(part) {
			switch {
			case c == '"' || c == '\\':
				b.WriteByte('\\')
				b.WriteByte(c)
			case c < ' ' || c > '~':
				fmt.Fprintf(&b, `\%03o`, c)
			default:
				b.WriteByte(c)
			}
		}
		b.WriteByte('"')
	}
	return b.String()
}

var errUnquoted = errors.New(`its strings are not in quotation marks: the function Text writes them`)

// stringsOf reads the strings of a value.
func stringsOf(value string) (parts []string, err error) {
	rest := value
	for rest != "" {
		if rest[0] != '"' {
			return nil, errUnquoted
		}
		part, size, err := stringAt(rest)
		if err != nil {
			return nil, err
		}
		parts, rest = append(parts, part), strings.TrimLeft(rest[size:], " ")
	}
	if len(parts) == 0 {
		return nil, errUnquoted
	}
	return parts, nil
}

// stringAt reads the quoted string at the start of s.
func stringAt(s string) (part string, size int, err error) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '"' && b.Len() > maxString:
			return "", 0, fmt.Errorf("one of its strings is longer than %d bytes", maxString)
		case c == '"':
			return b.String(), i + 1, nil
		case c >= 0x7f || c < ' ':
			return "", 0, errors.New(`a character is not printable ASCII: the function Text escapes it`)
		case c == '\\':
			escaped, n, err := escapeAt(s[i:])
			if err != nil {
				return "", 0, err
			}
			b.WriteByte(escaped)
			i += n - 1
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, errUnquoted
}

// escapeAt reads a backslash and what it escapes: a byte by three octal digits, or the character that follows.
func escapeAt(s string) (c byte, size int, err error) {
	if len(s) < 2 {
		return 0, 0, errUnquoted
	}
	if n, ok := octal(s[1:]); ok {
		if n > 0xff {
			return 0, 0, fmt.Errorf(`the escape %s is not a byte`, s[:4])
		}
		return byte(n), 4, nil
	}
	return s[1], 2, nil
}

// octal reads three octal digits.
func octal(s string) (n int, ok bool) {
	if len(s) < 3 {
		return 0, false
	}
	for _, d := range []byte(s[:3]) {
		if d < '0' || d > '7' {
			return 0, false
		}
		n = n*8 + int(d-'0')
	}
	return n, true
}
