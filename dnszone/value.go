package dnszone

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// field gives one field of a value in its canonical form, or says what is wrong with it.
type field func(string) (string, error)

// layout is what a value of a type consists of.
type layout struct {
	fields  []field
	example string
	more    bool // further fields may follow, which are Route 53's to judge
}

// layouts are those of the types whose values have several fields.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
var layouts = map[RecordType]layout{
	TypeMX:    {[]field{number(16), service}, "10 mail.example.com", false},
	TypeSRV:   {[]field{number(16), number(16), number(16), service}, "10 5 443 api.example.com", false},
	TypeCAA:   {[]field{number(8), tag, oneString}, `0 issue "ca.example.net"`, false},
	TypeNAPTR: {[]field{number(16), number(16), oneString, oneString, oneString, service}, `100 50 "u" "E2U+sip" "!^.*$!sip:a@example.com!" .`, false},
	TypeDS:    {[]field{number(16), number(8), number(8), hexadecimal}, "12345 13 2 49fd46e6c4b45c55", false},
	TypeSSHFP: {[]field{number(8), number(8), hexadecimal}, "1 1 123456789abcdef6", false},
	TypeTLSA:  {[]field{number(8), number(8), number(8), hexadecimal}, "3 1 1 123456789abcdef6", false},
	TypeSVCB:  {[]field{number(16), service}, "1 api.example.com", true},
	TypeHTTPS: {[]field{number(16), service}, `1 . alpn="h2"`, true},
}

// canonicalValue gives a value in the one form in which values that mean the same are equal.
func canonicalValue(typ RecordType, value string) (string, error) {
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	switch {
	case strings.Trim(value, " ") == "":
		return "", errors.New("it is empty")
	case strings.Trim(value, " ") != value:
		return "", errors.New("it begins or ends with a blank")
	case strings.ContainsFunc(value, control):
		return "", errors.New("a character is not printable")
	}
	switch typ {
	case TypeA, TypeAAAA:
		return canonicalAddress(typ, value)
	case TypeCNAME, TypeNS, TypePTR:
		return canonicalTarget(value)
	case TypeTXT, TypeSPF:
		parts, err := stringsOf(value)
		return quoted(parts), err
	}
	return layouts[typ].canonical(value)
}

func canonicalAddress(typ RecordType, value string) (string, error) {
	addr, err := netip.ParseAddr(value)
	switch {
	case typ == TypeA && (err != nil || !addr.Is4()):
		return "", errors.New("it is not an IPv4 address")
	case typ == TypeAAAA && (err != nil || !addr.Is6() || addr.Zone() != ""):
		return "", errors.New("it is not an IPv6 address")
	}
	return addr.String(), nil
}

// canonicalTarget reads a name that a value points to, which is absolute.
func canonicalTarget(name string) (string, error) {
	c, err := canonical(name)
	if err != nil {
		return "", fmt.Errorf("it is not a domain name: %w", err)
	}
	return c, nil
}

func (l layout) canonical(value string) (string, error) {
	parts := fieldsOf(value)
	if len(parts) < len(l.fields) || len(parts) > len(l.fields) && !l.more {
		return "", fmt.Errorf("it is not of the form of %s", l.example)
	}
	for i, f := range l.fields {
		c, err := f(parts[i])
		if err != nil {
			return "", fmt.Errorf("its field %q is wrong: %w; an example is %s", parts[i], err, l.example)
		}
		parts[i] = c
	}
	return strings.Join(parts, " "), nil
}

// fieldsOf splits a value at blanks outside quotation marks.
func fieldsOf(value string) (out []string) {
	for rest := strings.TrimLeft(value, " "); rest != ""; rest = strings.TrimLeft(rest, " ") {
		end := strings.IndexByte(rest, ' ')
		if rest[0] == '"' {
			if _, size, err := stringAt(rest); err == nil {
				end = size
			}
		}
		if end < 0 {
			end = len(rest)
		}
		out, rest = append(out, rest[:end]), rest[end:]
	}
	return out
}

func number(bits int) field {
	return func(s string) (string, error) {
		n, err := strconv.ParseUint(s, 10, bits)
		if err != nil {
			return "", fmt.Errorf("a number from 0 to %d is needed", 1<<bits-1)
		}
		return strconv.FormatUint(n, 10), nil
	}
}

// service reads the name of a service, which is a lone dot where there is none.
func service(s string) (string, error) {
	if s == "." {
		return s, nil
	}
	return canonicalTarget(s)
}

func tag(s string) (string, error) {
	s = strings.ToLower(s)
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return "", errors.New("letters and digits are allowed")
	}
	return s, nil
}

func oneString(s string) (string, error) {
	parts, err := stringsOf(s)
	if err == nil && len(parts) != 1 {
		err = errors.New("one string is needed")
	}
	return quoted(parts), err
}

func hexadecimal(s string) (string, error) {
	if b, err := hex.DecodeString(s); err != nil || len(b) == 0 {
		return "", errors.New("hexadecimal digits are needed, an even number of them")
	}
	return strings.ToLower(s), nil
}

// sortedValues gives values in a canonical form and order; those that have none stay as they are.
func sortedValues(typ RecordType, values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if c, err := canonicalValue(typ, v); err == nil {
			out[i] = c
		}
	}
	slices.Sort(out)
	return out
}
