package flow

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// Answer is what a resolver says of the addresses of a name.
type Answer struct {
	Addrs []netip.Addr
	Hops  []Hop
	Fail  string // why there is no address
	Code  Code   // how the resolver says so
}

// chain is how many names may lead to one another.
const chain = 16

// lookup is one question to a resolver.
type lookup struct {
	tx      *world.Tx
	vpc     *world.VPC // nil: the internet
	inbound bool
	typ     string
	wanted  string // typ, or the types of which it is one, for texts
	hops    []Hop
	records []Record
	soa     []Record // of the zone that has none
	steps   int
}

// Lookup asks for the addresses of a name, of both families.
func (r Resolver) Lookup(tx *world.Tx, name string) Answer {
	const wanted = "A or AAAA"
	four, six := r.ask(tx, name, "A", wanted), r.ask(tx, name, "AAAA", wanted)
	first := four
	if len(six.addresses()) > 0 && four.Fail != "" || four.other && !six.other {
		first = six
	}
	a := Answer{Addrs: append(four.addresses(), six.addresses()...), Hops: first.Hops}
	if len(a.Addrs) == 0 {
		a.Fail, a.Code = first.Fail, first.Code
	}
	return a
}

func (r Resolver) ask(tx *world.Tx, name, typ, wanted string) Reply {
	l := &lookup{tx: tx, typ: typ, wanted: wanted, inbound: r.Inbound}
	if r.VPC != "" {
		if l.vpc = tx.VPCs.At(r.VPC, tx.Now); l.vpc == nil {
			return Reply{Code: NoAnswer, Fail: "VPC " + r.VPC + " no longer exists"}
		}
	}
	canonical, err := zone.Canonical(name)
	if err != nil {
		return Reply{Code: NXDomain, Fail: fmt.Sprintf("no such host %s: %v", name, err)}
	}
	e := l.name(canonical)
	if e == (end{}) {
		e.code = NoError
	}
	l.turn(r.VPC + " " + canonical + typ)
	return Reply{Code: e.code, Records: l.records, Authority: l.soa, Hops: l.hops, Fail: e.why, other: e.other}
}

func (l *lookup) hop(kind HopKind, id, format string, args ...any) {
	l.hops = append(l.hops, Hop{Kind: kind, ID: id, Detail: fmt.Sprintf(format, args...)})
}

// turn lets the addresses of an answer go round, so that each comes first in its turn.
func (l *lookup) turn(name string) {
	n := len(l.records)
	for n > 0 && l.records[n-1].Type == l.typ && (l.typ == "A" || l.typ == "AAAA") {
		n--
	}
	if last := l.records[n:]; len(last) > 1 {
		first := l.tx.Turn(name, len(last))
		l.records = slices.Concat(l.records[:n], last[first:], last[:first])
	}
}

// step counts the names that lead to one another, of which there may not be too many.
func (l *lookup) step(name string) (too end) {
	if l.steps++; l.steps > chain {
		return end{code: ServFail, why: fmt.Sprintf("no such host %s: more than %d names lead to one another", zone.Bare(name), chain)}
	}
	return end{}
}

// name resolves a name from the beginning. A private zone that matches has the last word, whether it knows the name or not.
func (l *lookup) name(name string) end {
	if too := l.step(name); too.why != "" {
		return too
	}
	l.hop(HopName, zone.Bare(name), "")
	if l.vpc == nil {
		return l.public(name)
	}
	if !l.vpc.DNSSupport {
		return end{code: NoAnswer, why: fmt.Sprintf("the resolver of %s does not answer: enableDnsSupport is off", l.vpc.ID)}
	}
	if !l.vpc.DNSHostnames {
		return l.public(name)
	}
	if s := l.serving(name); s != nil {
		return l.private(s, name)
	}
	return l.public(name)
}

// served is a private zone in a VPC: an account's, or a hidden one with the names of an endpoint.
type served struct {
	name   string
	zone   *world.Zone
	hidden []world.PrivateName
}

// serving finds the most specific private zone that the name lies in.
func (l *lookup) serving(name string) *served {
	hidden := zone.Hidden(l.tx, l.vpc.ID, l.inbound)
	for at := name; at != "."; at = zone.Parent(at) {
		s := &served{name: at, zone: zone.Serving(l.tx, l.vpc.ID, at)}
		for _, p := range hidden {
			if zone.HiddenZone(p) == at {
				s.hidden = append(s.hidden, p)
			}
		}
		if s.zone != nil || len(s.hidden) > 0 {
			return s
		}
	}
	return nil
}

// private answers from a private zone. The private name of a customer's service is a CNAME of the endpoint's own name.
func (l *lookup) private(s *served, name string) end {
	for _, p := range s.hidden {
		if p.Name == name || covers(p) && name != s.name {
			l.hop(HopZone, p.ZoneID, "%s hidden, for endpoint %s", zone.Bare(s.name), p.Endpoint)
			ep := l.tx.Endpoints.At(p.Endpoint, l.tx.Now)
			if ep != nil && ep.ServiceID != "" && ep.Regional() != "" {
				l.records = append(l.records, Record{name, "CNAME", awsTTL, ep.Regional() + "."})
				name = ep.Regional() + "."
			}
			return l.endpoint(name, ep, -1, true)
		}
	}
	if s.zone == nil {
		l.hop(HopZone, s.hidden[0].ZoneID, "%s hidden, for endpoint %s", zone.Bare(s.name), s.hidden[0].Endpoint)
		return end{code: NXDomain, why: fmt.Sprintf("no such host %s: AWS's zone for the private names of %s has no such name", zone.Bare(name), s.hidden[0].Endpoint)}
	}
	l.hop(HopZone, s.zone.ID, "%s private", zone.Bare(s.name))
	return l.inZone(s.zone, name)
}

// public resolves as the public DNS does: endpoints' own names, load balancers' names, AWS's services, public zones.
func (l *lookup) public(name string) end {
	if ep, az := l.endpointNamed(name); ep != nil {
		return l.endpoint(name, ep, az, false)
	}
	if lb := zone.BalancerNamed(l.tx, name); lb != nil {
		return l.found(name, inDNS(l.tx, lb))
	}
	if s, ok := AWSNamed(name); ok {
		return l.found(name, l.ofAWS(s))
	}
	z, lame := zone.Public(l.tx, name)
	switch {
	case lame != "":
		return end{code: ServFail, why: fmt.Sprintf("nobody answers for %s: it is delegated to %s, which have no such zone here", zone.Bare(name), lame)}
	case z != nil:
		l.hop(HopZone, z.ID, "%s public", zone.Bare(z.Name))
		return l.inZone(z, name)
	case l.vpc != nil:
		return end{code: NXDomain, why: fmt.Sprintf("no such host %s: no private zone of %s and no public zone has it", zone.Bare(name), l.vpc.ID)}
	}
	return end{code: NXDomain, why: fmt.Sprintf("no such host %s: no public zone has it", zone.Bare(name))}
}
