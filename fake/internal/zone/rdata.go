package zone

import (
	"encoding/hex"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// field says what is wrong with one field of a value, "" when nothing is.
type field func(string) string

// layouts are the fields of the types whose values have several, in order.
var layouts = map[string][]field{
	"MX":    {number(16), host},
	"SRV":   {number(16), number(16), number(16), host},
	"CAA":   {number(8), caaTag, quoted},
	"NAPTR": {number(16), number(16), quoted, quoted, quoted, host},
	"DS":    {number(16), number(8), number(8), hexes},
	"SSHFP": {number(8), number(8), hexes},
	"TLSA":  {number(8), number(8), number(8), hexes},
	"SOA":   {host, host, number(32), number(32), number(32), number(32), number(32)},
	"CNAME": {host}, "NS": {host}, "PTR": {host}, "A": {ipv4}, "AAAA": {ipv6},
}

// firstField is what Route 53 calls a first field that is missing, where that is known.
var firstField = map[string]says.Text{"MX": says.MXPriority}

// wrong says what is wrong with a value of a type.
func wrong(typ, value string) string {
	layout, ok := layouts[typ]
	switch {
	case strings.TrimSpace(value) == "":
		return says.EmptyValue.Message()
	case typ == "TXT" || typ == "SPF":
		return wrongText(value)
	case typ == "SVCB" || typ == "HTTPS":
		return service(value)
	case !ok:
		return says.TypeNotModelled.Message(typ)
	}
	if len(layout) == 1 {
		return layout[0](value)
	}
	parts := fields(value)
	if len(parts) != len(layout) {
		if what, known := firstField[typ]; known && len(parts) == len(layout)-1 {
			return what.Message()
		}
		return says.FieldsMissing.Message(typ, len(parts), len(layout))
	}
	for i, check := range layout {
		if what := check(parts[i]); what != "" {
			return what
		}
	}
	return ""
}

// service checks what SVCB and HTTPS have: a priority, a target, and parameters, which are taken as they are.
func service(value string) string {
	parts := fields(value)
	if len(parts) < 2 {
		return says.ServiceFields.Message()
	}
	if what := number(16)(parts[0]); what != "" {
		return what
	}
	return host(parts[1])
}

// fields splits a value at blanks outside quotation marks.
func fields(value string) []string {
	var out []string
	for rest := strings.TrimLeft(value, " "); rest != ""; rest = strings.TrimLeft(rest, " ") {
		end := strings.IndexByte(rest, ' ')
		if rest[0] == '"' {
			_, end = textEnd(rest)
		}
		if end < 0 {
			end = len(rest)
		}
		out, rest = append(out, rest[:end]), rest[end:]
	}
	return out
}

func number(bits int) field {
	return func(s string) string {
		if _, err := strconv.ParseUint(s, 10, bits); err != nil {
			return says.NotNumber.Message(bits)
		}
		return ""
	}
}

func host(s string) string {
	if _, err := Canonical(s); err != nil {
		return err.Error()
	}
	return ""
}

func ipv4(s string) string {
	if a, err := netip.ParseAddr(s); err != nil || !a.Is4() {
		return says.NotIPv4.Message()
	}
	return ""
}

func ipv6(s string) string {
	if a, err := netip.ParseAddr(s); err != nil || !a.Is6() || a.Zone() != "" {
		return says.NotIPv6.Message()
	}
	return ""
}

var tagForm = regexp.MustCompile(`^[A-Za-z0-9]+$`)

func caaTag(s string) string {
	if !tagForm.MatchString(s) {
		return says.NotCAATag.Message()
	}
	return ""
}

func hexes(s string) string {
	if b, err := hex.DecodeString(s); err != nil || len(b) == 0 {
		return says.NotHex.Message()
	}
	return ""
}

func quoted(s string) string {
	if what := wrongText(s); what != "" {
		return what
	}
	if _, end := textEnd(s); end != len(s) {
		return says.NotQuoted.Message()
	}
	return ""
}
