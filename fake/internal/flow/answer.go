package flow

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// awsTTL is the lifetime, in seconds, of what AWS answers for names of its own.
const awsTTL = 60

// inZone answers from a zone's records: a CNAME leads on unless it is what was asked for.
func (l *lookup) inZone(z *world.Zone, name string) end {
	recs, exists := zone.Answering(l.tx, z, name)
	if !exists {
		l.authority(z)
		return end{code: NXDomain, why: fmt.Sprintf("no such host %s: zone %s (%s) has no record of that name", zone.Bare(name), z.ID, zone.Bare(z.Name))}
	}
	if c := l.pick(zone.OfType(recs, "CNAME")); len(c) > 0 && l.typ != "CNAME" {
		return l.follow(z, name, c[0])
	}
	before := len(l.records)
	e := l.sets(z, name, l.pick(zone.OfType(recs, l.typ)))
	if len(l.records) > before {
		return end{}
	}
	l.authority(z)
	if e.why != "" {
		return e
	}
	code := NoError
	if z.Private && l.tx.Switches.MissingTypeHidesName {
		code = NXDomain
	}
	why := fmt.Sprintf("no such host %s: zone %s (%s) has no %s record of that name", zone.Bare(name), z.ID, zone.Bare(z.Name), l.wanted)
	return end{code: code, why: why, other: true}
}

// authority notes the zone that has the last word.
func (l *lookup) authority(z *world.Zone) {
	recs, _ := zone.Answering(l.tx, z, z.Name)
	for _, r := range zone.OfType(recs, "SOA") {
		l.soa = []Record{{z.Name, r.Type, r.TTL, r.Values[0]}}
	}
}

// follow goes on with the name that a CNAME gives, or that it is an alias of.
func (l *lookup) follow(z *world.Zone, name string, r *world.RecordSet) end {
	target := r
	for range chain {
		if target.Alias == nil {
			break
		}
		recs, _ := zone.Answering(l.tx, z, target.Alias.Name)
		if recs = l.pick(zone.OfType(recs, "CNAME")); len(recs) == 0 {
			return gone(r.Alias.Name, name)
		}
		target = recs[0]
	}
	if target.Alias != nil {
		l.steps = chain
		return l.step(name)
	}
	to, err := zone.Canonical(target.Values[0])
	if err != nil {
		return end{code: NXDomain, why: fmt.Sprintf("no such host %s: %v", zone.Bare(name), err)}
	}
	l.records = append(l.records, Record{name, "CNAME", target.TTL, target.Values[0]})
	return l.name(to)
}

// sets answers with sets of the type asked for, under the name that they are asked by.
func (l *lookup) sets(z *world.Zone, name string, recs []*world.RecordSet) (bad end) {
	for _, r := range recs {
		if r.Alias != nil {
			if e := l.alias(z, name, r); e.why != "" {
				bad = e
			}
			continue
		}
		for _, v := range r.Values {
			l.records = append(l.records, Record{name, r.Type, r.TTL, v})
		}
	}
	return bad
}

// alias follows an alias to its target, of the type of the record only.
func (l *lookup) alias(z *world.Zone, name string, r *world.RecordSet) end {
	to := r.Alias.Name
	if too := l.step(r.Name); too.why != "" {
		return too
	}
	l.hop(HopName, zone.Bare(to), "alias of %s", zone.Bare(r.Name))
	if r.Alias.ZoneID == z.ID {
		recs, _ := zone.Answering(l.tx, z, to)
		if recs = l.pick(zone.OfType(recs, r.Type)); len(recs) == 0 {
			return gone(to, r.Name)
		}
		return l.sets(z, name, recs)
	}
	if lb := zone.BalancerNamed(l.tx, to); lb != nil {
		return l.found(name, inDNS(l.tx, lb))
	}
	if ep, az := zone.EndpointNamed(l.tx, to); ep != nil {
		return l.endpoint(name, ep, az, false)
	}
	return gone(to, r.Name)
}

// gone is the end of an alias whose target is no more.
func gone(target, name string) end {
	what := "record"
	switch {
	case strings.HasPrefix(target, "vpce-"):
		what = "endpoint"
	case strings.HasSuffix(target, ".amazonaws.com."):
		what = "load balancer"
	}
	return end{code: NoError, why: fmt.Sprintf("no such host %s: the %s of its alias target %s no longer exists", zone.Bare(name), what, zone.Bare(target))}
}

// endpoint answers with the addresses of an endpoint, in one of its zones or all (az -1), as its DNS record type lets them be seen.
func (l *lookup) endpoint(name string, ep *world.Endpoint, az int, private bool) end {
	if ep == nil {
		return end{code: NXDomain, why: "no such host: the endpoint no longer exists"}
	}
	var addrs []netip.Addr
	for _, ni := range faces(l.tx, ep, az) {
		six := ni.IPv6
		if private && ep.RecordIPType == serviceDefined {
			six = netip.Addr{}
		}
		addrs = append(addrs, shown(ep, ni.IPv4, six)...)
	}
	if len(addrs) == 0 {
		return end{code: NoError, why: fmt.Sprintf("no such host: endpoint %s has no address", ep.ID)}
	}
	return l.found(name, addrs)
}

const serviceDefined = "service-defined"

// shown are those of two addresses, either of which may be none, that an endpoint's DNS record type lets be seen.
func shown(ep *world.Endpoint, four, six netip.Addr) (addrs []netip.Addr) {
	if four.IsValid() && ep.RecordIPType != "ipv6" {
		addrs = append(addrs, four)
	}
	if six.IsValid() && ep.RecordIPType != "ipv4" {
		addrs = append(addrs, six)
	}
	return addrs
}

// ofAWS are the addresses of a public name of AWS's: in a VPC with a gateway endpoint to the service those of the endpoint's DNS record type,
// where that is not left to the service.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html (DNS record IP type)
func (l *lookup) ofAWS(h AWSHost) []netip.Addr {
	if l.vpc == nil || !l.vpc.DNSHostnames {
		return h.addresses()
	}
	for ep := range world.Live(l.tx, l.tx.Endpoints.By(world.ByVPC, l.vpc.ID, 0)) {
		if ep.Type == "Gateway" && ep.Service == h.serviceName() && ep.RecordIPType != serviceDefined && !ep.Dying(l.tx.Now) {
			both := hostOf(h.Service, h.Region, true)
			return shown(ep, both.IPv4, both.IPv6)
		}
	}
	return h.addresses()
}

// found answers with those of some addresses that were asked for.
func (l *lookup) found(name string, addrs []netip.Addr) end {
	before := len(l.records)
	for _, a := range addrs {
		if typ := map[bool]string{true: "A", false: "AAAA"}[a.Is4()]; typ == l.typ {
			l.records = append(l.records, Record{name, typ, awsTTL, a.String()})
		}
	}
	if len(l.records) == before {
		return end{code: NoError, why: fmt.Sprintf("no such host %s: it has no %s record", zone.Bare(name), l.wanted), other: true}
	}
	return end{}
}

// pick chooses among sets of one name and type as their routing policy does.
func (l *lookup) pick(recs []*world.RecordSet) []*world.RecordSet {
	region := ""
	if l.vpc != nil {
		region = l.vpc.Region
	}
	return zone.Choose(l.tx, region, recs)
}
