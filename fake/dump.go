package fake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Dump describes all that is live, a line for each thing under its account and Region, in a fixed order. What is deleted is not in it, nor
// are tokens, calls and policy texts: a world in which everything was taken down again reads as it did before.
func (c *Cloud) Dump() string {
	d := dump{lines: map[string][]string{}}
	var zones []string
	c.do("", "", func(tx *world.Tx) {
		d.network(tx)
		d.privateLink(tx)
		zones = tx.DNS.Lines(tx)
	})
	var b strings.Builder
	for _, place := range sortedKeys(d.lines) {
		fmt.Fprintln(&b, place)
		slices.Sort(d.lines[place])
		for _, line := range d.lines[place] {
			fmt.Fprintln(&b, "  "+line)
		}
	}
	for _, line := range zones {
		fmt.Fprintln(&b, line)
	}
	return b.String()
}

type dump struct{ lines map[string][]string }

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// add writes a line about a thing; words that are empty, or end in "=" for lack of a value, are left out.
func (d *dump) add(kind string, m *world.Meta, words ...string) {
	line := kind + " " + m.ID
	for _, w := range words {
		if w != "" && !strings.HasSuffix(w, "=") {
			line += " " + w
		}
	}
	for _, t := range m.Tags {
		line += fmt.Sprintf(" %s=%q", t.Key, t.Value)
	}
	d.lines[m.Place()] = append(d.lines[m.Place()], line)
}

func (d *dump) network(tx *world.Tx) {
	for v := range world.Live(tx, tx.VPCs.All(0)) {
		d.add("vpc", &v.Meta, v.CIDR.String(), block(v.CIDR6.IsValid(), v.CIDR6), off("dns-support", v.DNSSupport), off("dns-hostnames", v.DNSHostnames), "gateway="+v.Gateway)
	}
	for s := range world.Live(tx, tx.Subnets.All(0)) {
		d.add("subnet", &s.Meta, s.VPC, s.AZ, block(s.CIDR.IsValid(), s.CIDR), block(s.CIDR6.IsValid(), s.CIDR6))
	}
	for g := range world.Live(tx, tx.Groups.All(0)) {
		d.add("security group", &g.Meta, g.VPC, fmt.Sprintf("%q", g.Name), fmt.Sprintf("rules=%d", len(g.Ingress)))
	}
	for r := range world.Live(tx, tx.RouteTables.All(0)) {
		words := []string{r.VPC, "subnets=" + strings.Join(r.Subnets, ",")}
		for _, route := range r.Routes {
			words = append(words, route.Destination+"→"+route.Target)
		}
		d.add("route table", &r.Meta, words...)
	}
	for n := range world.Live(tx, tx.Interfaces.All(0)) {
		d.add("network interface", &n.Meta, n.Type, n.Subnet, block(n.IPv4.IsValid(), n.IPv4), block(n.IPv6.IsValid(), n.IPv6),
			"public="+block(n.Public.IsValid(), n.Public), "groups="+strings.Join(n.Groups, ","), "endpoint="+n.Endpoint)
	}
	for lb := range world.Live(tx, tx.LoadBalancers.All(0)) {
		zones := make([]string, len(lb.Nodes))
		for i, n := range lb.Nodes {
			zones[i] = n.AZ
		}
		d.add("load balancer", &lb.Meta, lb.Type, lb.VPC, strings.Join(zones, ","))
	}
}

func (d *dump) privateLink(tx *world.Tx) {
	for e := range world.Live(tx, tx.Endpoints.All(0)) {
		state := e.Phases.At(tx.Now)
		if state == world.Deleted {
			continue
		}
		d.add("endpoint", &e.Meta, e.Type, state, e.VPC, e.Service, "subnets="+strings.Join(e.Subnets, ","), "groups="+strings.Join(e.Groups, ","),
			"tables="+strings.Join(e.Tables, ","), on(e.IPType, e.IPType != "ipv4"), on("private-dns", e.PrivateDNS), on("custom-policy", e.Policy != ""))
	}
	for s := range world.Live(tx, tx.Services.All(0)) {
		d.add("service", &s.Meta, s.Type, s.Phases.At(tx.Now), on("acceptance", s.Acceptance), strings.Join(s.LoadBalancers, ","), s.PrivateName)
	}
	for n := range world.Live(tx, tx.Notifications.All(0)) {
		d.add("notification", &n.Meta, n.Subject(), n.Topic, strings.Join(n.Events, ","))
	}
	for p := range world.Live(tx, tx.Permissions.All(0)) {
		d.add("permission", &p.Meta, p.Service, p.Principal)
	}
	for con := range world.Live(tx, tx.Connections.All(0)) {
		if tx.Endpoints.At(con.Endpoint, tx.Now) != nil {
			d.add("connection", &con.Meta, con.Service, con.Endpoint)
		}
	}
}

func block(valid bool, v fmt.Stringer) string {
	if !valid {
		return ""
	}
	return v.String()
}

func on(word string, is bool) string {
	if !is {
		return ""
	}
	return word
}

func off(word string, is bool) string { return on(word+"=off", !is) }
