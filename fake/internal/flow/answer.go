package flow

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// inZone answers from a zone's records: a CNAME leads on, A and AAAA end here.
func (l *lookup) inZone(z *world.Zone, name string) ([]netip.Addr, string) {
	recs := zone.Answering(l.tx, z, name)
	if len(recs) == 0 {
		return nil, fmt.Sprintf("no such host %s: zone %s (%s) has no record of that name", zone.Bare(name), z.ID, zone.Bare(z.Name))
	}
	if c := l.pick(ofType(recs, "CNAME")); len(c) > 0 {
		return l.follow(c[0])
	}
	var addrs []netip.Addr
	fail := fmt.Sprintf("no such host %s: zone %s (%s) has no A or AAAA record of that name", zone.Bare(name), z.ID, zone.Bare(z.Name))
	for _, family := range []string{"A", "AAAA"} {
		found, why := l.records(z, l.pick(ofType(recs, family)))
		addrs = append(addrs, found...)
		if why != "" {
			fail = why
		}
	}
	if len(addrs) > 0 {
		fail = ""
	}
	return addrs, fail
}

// follow goes on with the name that a CNAME gives, or that it is an alias of.
func (l *lookup) follow(r *world.RecordSet) ([]netip.Addr, string) {
	if r.Alias != nil {
		return l.name(r.Alias.Name)
	}
	target, err := zone.Canonical(r.Values[0])
	if err != nil {
		return nil, fmt.Sprintf("no such host %s: %v", zone.Bare(r.Name), err)
	}
	return l.name(target)
}

// records gives the addresses of sets of one type.
func (l *lookup) records(z *world.Zone, recs []*world.RecordSet) (addrs []netip.Addr, fail string) {
	for _, r := range recs {
		if r.Alias != nil {
			found, why := l.alias(z, r)
			addrs = append(addrs, found...)
			if why != "" {
				fail = why
			}
			continue
		}
		for _, v := range r.Values {
			if a, err := netip.ParseAddr(v); err == nil {
				addrs = append(addrs, a)
			}
		}
	}
	return addrs, fail
}

// alias follows an alias to its target, of the family of the record only.
func (l *lookup) alias(z *world.Zone, r *world.RecordSet) ([]netip.Addr, string) {
	if l.steps++; l.steps > chain {
		return nil, fmt.Sprintf("no such host %s: more than %d names lead to one another", zone.Bare(r.Name), chain)
	}
	l.hop(HopName, zone.Bare(r.Alias.Name), "alias of %s", zone.Bare(r.Name))
	if r.Alias.ZoneID == z.ID {
		return l.records(z, l.pick(ofType(zone.Answering(l.tx, z, r.Alias.Name), r.Type)))
	}
	var addrs []netip.Addr
	var fail string
	if lb := zone.BalancerNamed(l.tx, r.Alias.Name); lb != nil {
		addrs = nodes(lb)
	} else if ep, az := zone.EndpointNamed(l.tx, r.Alias.Name); ep != nil {
		addrs, fail = l.endpoint(ep, az, false)
	} else {
		what := "endpoint"
		if !strings.HasPrefix(r.Alias.Name, "vpce-") {
			what = "load balancer"
		}
		return nil, fmt.Sprintf("no such host %s: the %s of its alias target %s no longer exists", zone.Bare(r.Name), what, zone.Bare(r.Alias.Name))
	}
	return slices.DeleteFunc(addrs, func(a netip.Addr) bool { return a.Is4() != (r.Type == "A") }), fail
}

// endpoint gives the addresses of an endpoint, in one of its zones or all (az -1), as its DNS record type lets them be seen.
func (l *lookup) endpoint(ep *world.Endpoint, az int, private bool) ([]netip.Addr, string) {
	if ep == nil {
		return nil, "no such host: the endpoint no longer exists"
	}
	var v4, v6 []netip.Addr
	for i, id := range ep.Interfaces {
		ni := l.tx.Interfaces.At(id, l.tx.Now)
		if ni == nil || az >= 0 && az != i {
			continue
		}
		if ni.IPv4.IsValid() && ep.RecordIPType != "ipv6" {
			v4 = append(v4, ni.IPv4)
		}
		if ni.IPv6.IsValid() && ep.RecordIPType != "ipv4" && !(private && ep.RecordIPType == "service-defined") {
			v6 = append(v6, ni.IPv6)
		}
	}
	if len(v4)+len(v6) == 0 {
		return nil, fmt.Sprintf("no such host: endpoint %s has no address", ep.ID)
	}
	return append(v4, v6...), ""
}

func ofType(recs []*world.RecordSet, typ string) []*world.RecordSet {
	return slices.DeleteFunc(slices.Clone(recs), func(r *world.RecordSet) bool { return r.Type != typ })
}

// pick chooses among sets of one name and type as their routing policy does.
func (l *lookup) pick(recs []*world.RecordSet) []*world.RecordSet {
	region := ""
	if l.vpc != nil {
		region = l.vpc.Region
	}
	return zone.Choose(l.tx, region, recs)
}

func nodes(lb *world.LoadBalancer) []netip.Addr {
	var v4, v6 []netip.Addr
	for _, n := range lb.Nodes {
		if n.IPv4.IsValid() {
			v4 = append(v4, n.IPv4)
		}
		if n.IPv6.IsValid() {
			v6 = append(v6, n.IPv6)
		}
	}
	return append(v4, v6...)
}
