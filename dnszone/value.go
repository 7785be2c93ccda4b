package dnszone

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// canonicalValue gives a value in the one form in which values that mean the same are equal.
func canonicalValue(typ RecordType, value string) (string, error) {
	fields := strings.Fields(value)
	switch typ {
	case TypeA, TypeAAAA:
		return canonicalAddress(typ, value)
	case TypeCNAME, TypeNS, TypePTR:
		return canonicalTarget(value)
	case TypeMX:
		return canonicalFields(fields, 1, "such as 10 mail.example.com")
	case TypeSRV:
		return canonicalFields(fields, 3, "such as 10 5 443 api.example.com")
	case TypeTXT, TypeSPF:
		parts, err := stringsOf(value)
		return quoted(parts), err
	case TypeCAA:
		return canonicalCAA(value)
	}
	if len(fields) == 0 {
		return "", errors.New("it is empty")
	}
	return value, nil
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

// canonicalFields reads a number of 16-bit numbers and a name, which is a lone dot where there is no service.
func canonicalFields(fields []string, numbers int, example string) (string, error) {
	if len(fields) != numbers+1 {
		return "", fmt.Errorf("it is not %d numbers and a name, %s", numbers, example)
	}
	fields = slices.Clone(fields)
	for i, f := range fields[:numbers] {
		n, err := strconv.ParseUint(f, 10, 16)
		if err != nil {
			return "", fmt.Errorf("%q is not a number from 0 to 65535", f)
		}
		fields[i] = strconv.FormatUint(n, 10)
	}
	if fields[numbers] != "." {
		name, err := canonicalTarget(fields[numbers])
		if err != nil {
			return "", err
		}
		fields[numbers] = name
	}
	return strings.Join(fields, " "), nil
}

// canonicalCAA reads flags, a tag and one string.
func canonicalCAA(value string) (string, error) {
	const example = `it is not flags, a tag and a text in quotation marks, such as 0 issue "ca.example.net"`
	flags, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	tag, text, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
	n, err := strconv.ParseUint(flags, 10, 8)
	parts, textErr := stringsOf(text)
	letters := strings.Trim(strings.ToLower(tag), "abcdefghijklmnopqrstuvwxyz0123456789") == ""
	if err != nil || textErr != nil || tag == "" || !letters || len(parts) != 1 {
		return "", errors.New(example)
	}
	return strconv.FormatUint(n, 10) + " " + strings.ToLower(tag) + " " + quoted(parts), nil
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
