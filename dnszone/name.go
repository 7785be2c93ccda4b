package dnszone

import (
	"errors"
	"fmt"
	"strings"
)

// AWS's limits for names. Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
const (
	maxLabel = 63
	maxName  = 255 // a byte of length for each label and for the root included
)

// canonical gives a name as Route 53 lists it: lower case, with a trailing dot, and every character but a-z 0-9 - _ as \ooo, so that a
// leading asterisk reads \052. It may be given in any of these ways.
func canonical(name string) (string, error) {
	name = strings.TrimSuffix(name, ".")
	if name == "" {
		return "", errors.New("the name is empty")
	}
	var b strings.Builder
	b.Grow(len(name) + 1)
	label, length := 0, 1
	for rest := name + "."; rest != ""; {
		if rest[0] == '.' {
			switch length += label + 1; {
			case label == 0:
				return "", errors.New("a label is empty")
			case label > maxLabel:
				return "", fmt.Errorf("a label is longer than %d characters", maxLabel)
			}
			b.WriteByte('.')
			label, rest = 0, rest[1:]
			continue
		}
		c, size, err := character(rest)
		if err != nil {
			return "", err
		}
		writeCharacter(&b, c)
		label, rest = label+1, rest[size:]
	}
	if length > maxName {
		return "", fmt.Errorf("the name is longer than %d characters", maxName)
	}
	return b.String(), nil
}

// character reads one character of a label, which may be written as an escape of three octal digits.
func character(s string) (c byte, size int, err error) {
	switch {
	case s[0] >= 0x7f:
		return 0, 0, errors.New("a character is not ASCII: write international names in Punycode")
	case s[0] <= ' ':
		return 0, 0, fmt.Errorf("the character %q is not allowed", s[0])
	case s[0] != '\\':
		return lower(s[0]), 1, nil
	}
	n, ok := octal(s[1:])
	switch {
	case !ok:
		return 0, 0, errors.New(`a \ is not followed by three octal digits`)
	case n > 0xff:
		return 0, 0, fmt.Errorf(`the escape %s is not a character`, s[:4])
	}
	return lower(byte(n)), 4, nil
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func writeCharacter(b *strings.Builder, c byte) {
	if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' {
		b.WriteByte(c)
	} else {
		fmt.Fprintf(b, `\%03o`, c)
	}
}

// canonicalOrSelf is for names that AWS gave.
func canonicalOrSelf(name string) string {
	if c, err := canonical(name); err == nil {
		return c
	}
	return name
}

const wildcard = `\052.`

// shown is a canonical name as people write it: without the trailing dot, and a wildcard as an asterisk.
func shown(name string) string {
	if rest, ok := strings.CutPrefix(name, wildcard); ok {
		name = "*." + rest
	}
	return strings.TrimSuffix(name, ".")
}

// within tells whether a canonical name is the zone's own or lies below it.
func within(name, zone string) bool { return name == zone || strings.HasSuffix(name, "."+zone) }

// absolute gives the canonical name that a host means in a zone.
func absolute(host, zone string) (string, error) {
	if host == "" || host == "@" {
		return zone, nil
	}
	outside := strings.HasSuffix(host, ".")
	if !outside {
		host += "." + zone
	}
	if strings.Contains(strings.TrimPrefix(host, "*."), "*") {
		return "", errors.New("an asterisk is allowed as the whole leftmost label only")
	}
	name, err := canonical(host)
	switch {
	case err != nil:
		return "", err
	case outside && !within(name, zone):
		return "", fmt.Errorf("with a trailing dot it is absolute, and does not lie in %s", shown(zone))
	}
	return name, nil
}

// topLevel are the top-level domains that could be taken for a private one; AWS knows the rest.
var topLevel = map[string]bool{"com": true, "net": true, "org": true, "edu": true, "gov": true, "mil": true, "int": true, "arpa": true,
	"info": true, "biz": true, "app": true, "dev": true, "cloud": true}

// domainProblem says what is wrong with the name of a zone, "" when nothing is.
func domainProblem(domain string) string {
	name, err := canonical(domain)
	label := strings.TrimSuffix(name, ".")
	switch {
	case domain == "":
		return "the domain is empty: name one, such as orders.internal"
	case err != nil:
		return fmt.Sprintf("the domain %q is not a domain name: %v", domain, err)
	case strings.Contains(name, `\052`):
		return fmt.Sprintf("the domain %q has a wildcard: only the hosts of records may", domain)
	case topLevel[label] || len(label) == 2:
		return fmt.Sprintf("the domain %q is a top-level domain: AWS takes no zone for one", domain)
	}
	return ""
}
