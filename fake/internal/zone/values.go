package zone

import (
	"net/netip"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	maxText   = 255
	maxValues = 400
)

// values checks each value of a set against its type.
func (b *batch) values(r *world.RecordSet) {
	seen := map[string]bool{}
	for _, v := range r.Values {
		if seen[v] {
			b.refuse(says.DuplicateRecord, v)
		}
		seen[v] = true
		if what := wrong(r.Type, v); what != "" {
			b.refuse(says.BadRecord, what, v)
		}
	}
	switch {
	case len(r.Values) > maxValues:
		b.refuse(says.TooManyValues, r.Name, r.Type, maxValues)
	case len(r.Values) > 1 && (r.Type == "CNAME" || r.Type == "SOA"):
		b.refuse(says.OneValue, r.Name, r.Type)
	}
}

// wrong says what is wrong with a value; types that the fake does not resolve take any value that is not empty.
func wrong(typ, value string) string {
	addr, err := netip.ParseAddr(value)
	switch typ {
	case "A":
		if err != nil || !addr.Is4() {
			return "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"
		}
	case "AAAA":
		if err != nil || !addr.Is6() || addr.Zone() != "" {
			return "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"
		}
	case "CNAME", "NS", "PTR":
		if _, err := Canonical(value); err != nil {
			return err.Error()
		}
	case "TXT", "SPF":
		return wrongText(value)
	}
	if value == "" {
		return "EmptyRDATA (Value is empty)"
	}
	return ""
}

// wrongText wants one or more strings in quotation marks, each of at most 255 characters.
func wrongText(value string) string {
	rest := strings.TrimLeft(value, " \t")
	if rest == "" {
		return "InvalidCharacterString (Value should be enclosed in quotation marks)"
	}
	for rest != "" {
		if rest[0] != '"' {
			return "InvalidCharacterString (Value should be enclosed in quotation marks)"
		}
		n, end := textEnd(rest)
		switch {
		case end < 0:
			return "InvalidCharacterString (Value should be enclosed in quotation marks)"
		case n > maxText:
			return "CharacterStringTooLong (Value is too long)"
		}
		rest = strings.TrimLeft(rest[end:], " \t")
	}
	return ""
}

// textEnd gives the length of the quoted string at the start of s and where it ends, -1 when it does not.
func textEnd(s string) (length, end int) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return length, i + 1
		case '\\':
			if i+3 < len(s) && isOctal(s[i+1:i+4]) {
				i += 2
			}
			i++
		}
		length++
	}
	return length, -1
}

func isOctal(s string) bool {
	return strings.Trim(s, "01234567") == ""
}
