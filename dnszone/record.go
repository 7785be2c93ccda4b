package dnszone

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// RecordType is the type of a record set, spelt as AWS spells it.
type RecordType string

// The types. TypeAlias is this library's: A, AAAA or both, by the family of the target.
const (
	TypeA     RecordType = "A"
	TypeAAAA  RecordType = "AAAA"
	TypeAlias RecordType = "ALIAS"
	TypeCAA   RecordType = "CAA"
	TypeCNAME RecordType = "CNAME"
	TypeDS    RecordType = "DS"
	TypeHTTPS RecordType = "HTTPS"
	TypeMX    RecordType = "MX"
	TypeNAPTR RecordType = "NAPTR"
	TypeNS    RecordType = "NS"
	TypePTR   RecordType = "PTR"
	TypeSOA   RecordType = "SOA" // Route 53's own: read back, never declared
	TypeSPF   RecordType = "SPF"
	TypeSRV   RecordType = "SRV"
	TypeSSHFP RecordType = "SSHFP"
	TypeSVCB  RecordType = "SVCB"
	TypeTLSA  RecordType = "TLSA"
	TypeTXT   RecordType = "TXT"
)

var declarable = []RecordType{TypeA, TypeAAAA, TypeAlias, TypeCAA, TypeCNAME, TypeDS, TypeHTTPS, TypeMX, TypeNAPTR, TypeNS, TypePTR, TypeSPF,
	TypeSRV, TypeSSHFP, TypeSVCB, TypeTLSA, TypeTXT}

// Record is one record set: all that a zone answers for a host and a type or, with a routing policy, one of several such answers.
type Record struct {
	// Host is relative to the zone, such as "api"; "" or "@" is the zone's own name. With a trailing dot it is absolute, and must lie in the
	// zone. "*" as the leftmost label is a wildcard, for every type but NS. In a Zone that was read, Host is absolute.
	Host string
	// Type is required.
	Type RecordType
	// TTL is how long an answer may be kept, in whole seconds, from one second to 2147483647 of them; required but for an alias, which has none.
	TTL time.Duration
	// Values are written as AWS writes them: an address for A and AAAA, a name for CNAME, NS and PTR, "10 mail.example.com" for MX,
	// "10 5 443 api.example.com" for SRV, `0 issue "ca.example.net"` for CAA, strings in quotation marks for TXT (see Text). Names in values are
	// absolute, with or without a trailing dot. They are compared by what they mean, and their order does not count.
	Values []string
	// Alias is what an alias points to, instead of TTL and Values; Type is then TypeAlias, or the one type that is meant.
	Alias privatelink.DNSName
	// EvaluateTargetHealth lets an alias answer only while its target is healthy. Default: false.
	EvaluateTargetHealth bool
	// SetIdentifier tells the record sets of one host and type apart, 1 to 128 characters; required with a routing policy, and only then.
	SetIdentifier string
	// Routing is the policy by which Route 53 chooses among the sets of one host and type, which all have the same one. Default: none, so that
	// there is one set only. Sets of the same policy with other identifiers are other records.
	Routing Routing
	// HealthCheckID is the health check without which Route 53 leaves this set out; only with a routing policy. Default: none.
	HealthCheckID string
}

// Alias is a record that answers with the addresses of target, such as Endpoint.DNS.Regional: A for the family IPv4, AAAA for IPv6, both for
// DualStack; an alias of the type that the family leaves out goes. It may stand at the zone's own name, costs nothing, and its lifetime is the
// target's. The health of the target is not evaluated. In Plan alone the target may still be empty.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-vpc-interface-endpoint.html
func Alias(host string, target privatelink.DNSName) Record {
	return Record{Host: host, Type: TypeAlias, Alias: target}
}

// A is a record of one or more IPv4 addresses.
func A(host string, ttl time.Duration, addrs ...netip.Addr) Record {
	return Record{Host: host, Type: TypeA, TTL: ttl, Values: texts(addrs)}
}

// AAAA is a record of one or more IPv6 addresses.
func AAAA(host string, ttl time.Duration, addrs ...netip.Addr) Record {
	return Record{Host: host, Type: TypeAAAA, TTL: ttl, Values: texts(addrs)}
}

// CNAME is a record that makes a host another name of target, which is absolute, with or without a trailing dot. It stands beside no other
// record of its host, and not at the zone's own name: an alias may.
func CNAME(host string, ttl time.Duration, target string) Record {
	return Record{Host: host, Type: TypeCNAME, TTL: ttl, Values: []string{target}}
}

// TXT is a record of one or more texts, each of any bytes: they are quoted, and those of more than 255 bytes are written as several strings
// of one value, which is how Route 53 takes them; Record.Texts gives them back.
func TXT(host string, ttl time.Duration, texts ...string) Record {
	r := Record{Host: host, Type: TypeTXT, TTL: ttl}
	for _, t := range texts {
		r.Values = append(r.Values, Text(t))
	}
	return r
}

// Texts are the texts of a TXT or SPF record, without quotation marks and escapes, the strings of each value joined; nil for other records. A
// value that is not written as Route 53 writes it is left out.
func (r Record) Texts() []string {
	if r.Type != TypeTXT && r.Type != TypeSPF {
		return nil
	}
	var out []string
	for _, v := range r.Values {
		if parts, err := stringsOf(v); err == nil {
			out = append(out, strings.Join(parts, ""))
		}
	}
	return out
}

func texts(addrs []netip.Addr) []string {
	var out []string
	for _, a := range addrs {
		out = append(out, a.String())
	}
	return out
}

// recordKey is what a declared record is told apart by.
type recordKey struct {
	host string
	typ  RecordType
	id   string
}

// records are the declared records. Each has its turn, so that the last of two that mean the same counts.
type records struct {
	declared map[recordKey]turned
	turns    int
}

type turned struct {
	Record
	turn int
}

func (r *records) put(record Record) {
	if r.declared == nil {
		r.declared = map[recordKey]turned{}
	}
	record.Values = slices.Clone(record.Values)
	r.turns++
	r.declared[recordKey{record.Host, record.Type, record.SetIdentifier}] = turned{record, r.turns}
}

// list gives them in the order in which they were declared.
func (r *records) list() []Record {
	all := make([]turned, 0, len(r.declared))
	for _, t := range r.declared {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b turned) int { return a.turn - b.turn })
	out := make([]Record, len(all))
	for i, t := range all {
		out[i] = t.Record
	}
	return out
}
