package flow

import (
	"net/netip"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Code is how a resolver answers on the whole, as DNS names it.
type Code string

// The codes. NoError without a record of the type asked for is a name that has other types only. NoAnswer is silence.
const (
	NoError  Code = "NOERROR"
	NXDomain Code = "NXDOMAIN"
	ServFail Code = "SERVFAIL"
	NoAnswer Code = ""
)

// Record is one record of an answer. Name is canonical; Value is written as Route 53 writes it.
type Record struct {
	Name, Type string
	TTL        int64
	Value      string
}

// Reply is what a resolver answers to a question: the records, those of CNAMEs on the way first.
type Reply struct {
	Code    Code
	Records []Record
	// Authority has the SOA of the zone that says that there is no record.
	Authority []Record
	Hops      []Hop
	Fail      string // why there is no record of the type asked for; "" where there is one

	other bool // the name has other types, which is no news where these are asked for as well
}

// end is how the way of a question ends. The zero value is a good end.
type end struct {
	code  Code
	why   string
	other bool
}

// Resolver is who is asked: a VPC's resolver, or on the internet where VPC is "". Inbound is by way of an inbound Resolver endpoint of the VPC.
type Resolver struct {
	VPC     string
	Inbound bool
}

// Ask asks a question of one type.
func (r Resolver) Ask(tx *world.Tx, name, typ string) Reply { return r.ask(tx, name, typ, typ) }

// addresses are what the records of an answer give.
func (r Reply) addresses() []netip.Addr {
	var addrs []netip.Addr
	for _, rec := range r.Records {
		if a, err := netip.ParseAddr(rec.Value); err == nil && (rec.Type == "A" || rec.Type == "AAAA") {
			addrs = append(addrs, a)
		}
	}
	return addrs
}
