package dnszone

import (
	"net/netip"
	"slices"
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
	TypeMX    RecordType = "MX"
	TypeNS    RecordType = "NS"
	TypePTR   RecordType = "PTR"
	TypeSOA   RecordType = "SOA" // Route 53's own: read back, never declared
	TypeSRV   RecordType = "SRV"
	TypeTXT   RecordType = "TXT"
)

var declarable = []RecordType{TypeA, TypeAAAA, TypeAlias, TypeCAA, TypeCNAME, TypeMX, TypeNS, TypePTR, TypeSRV, TypeTXT}

// Record is one record set: all that a zone answers for a host and a type.
type Record struct {
	// Host is relative to the zone, such as "api"; "" or "@" is the zone's own name. With a trailing dot it is absolute, and must lie in the
	// zone. "*" as the leftmost label is a wildcard. In a Zone that was read, Host is absolute.
	Host string
	// Type is required.
	Type RecordType
	// TTL is how long an answer may be kept, in whole seconds, from one second to 2147483647 of them; required but for an alias, which has none.
	TTL time.Duration
	// Values are written as AWS writes them: an address for A and AAAA. Their order does not count.
	Values []string
	// Alias is what an alias points to, instead of TTL and Values; Type is then TypeAlias, or the one type that is meant.
	Alias privatelink.DNSName
	// SetIdentifier tells record sets of one host and type apart, in zones that were read; only sets with a routing policy have one.
	SetIdentifier string
}

// Alias is a record that answers with the addresses of target, such as Endpoint.DNS.Regional: A for the family IPv4, AAAA for IPv6, both for
// DualStack. It may stand at the zone's own name, costs nothing, and its lifetime is the target's. The health of the target is not evaluated. In
// Plan alone the target may still be empty.
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
