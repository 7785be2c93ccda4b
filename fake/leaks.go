package fake

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// NoLeaks makes a test fail at its end when something is left that was made through the API: endpoints, services, network interfaces,
// routes, zones, networks, load balancers. Call it first, so that it looks after all other clean-ups (for which t.Context has ended:
// give them another). What the handles seeded does not count, nor does what AWS still lists as deleted.
func NoLeaks(t testing.TB, c *Cloud) {
	t.Helper()
	t.Cleanup(func() {
		t.Helper()
		if left := c.left(); len(left) > 0 {
			t.Errorf("left behind in the fake cloud:\n  %s", strings.Join(left, "\n  "))
		}
	})
}

func (c *Cloud) left() []string {
	var out []string
	c.do("", "", func(tx *world.Tx) {
		for e := range world.Live(tx, tx.Endpoints.All(0)) {
			if e.Phases.At(tx.Now) != world.Deleted {
				out = append(out, leak("endpoint", &e.Meta, e.Phases.At(tx.Now)))
			}
		}
		for s := range world.Live(tx, tx.Services.All(0)) {
			out = append(out, leak("service", &s.Meta, s.Phases.At(tx.Now)))
		}
		for r := range world.Live(tx, tx.RouteTables.All(0)) {
			for _, route := range r.Routes {
				if route.Target != "local" && !route.Seeded {
					out = append(out, leak("route table", &r.Meta, "its route "+route.Destination+" to "+route.Target))
				}
			}
		}
		for n := range world.Live(tx, tx.Interfaces.All(0)) {
			if !n.Seeded {
				out = append(out, leak("network interface", &n.Meta, n.Description))
			}
		}
		out = append(out, networkLeaks(tx)...)
		out = append(out, tx.DNS.Left(tx)...)
	})
	slices.Sort(out)
	return out
}

func leak(kind string, m *world.Meta, what string) string {
	line := kind + " " + m.ID + " (" + what + ") of account " + m.Owner + " in " + m.Region
	if name, ok := m.Tags.Get("Name"); ok {
		line += ", named " + name
	}
	return line
}

// networkLeaks are the networks and load balancers that the API made. What AWS made with a VPC goes with it.
func networkLeaks(tx *world.Tx) []string {
	var out []string
	note := func(kind string, m *world.Meta, what string) {
		if !m.Seeded {
			out = append(out, leak(kind, m, what))
		}
	}
	for v := range world.Live(tx, tx.VPCs.All(0)) {
		note("VPC", &v.Meta, v.CIDR.String())
	}
	for s := range world.Live(tx, tx.Subnets.All(0)) {
		note("subnet", &s.Meta, s.AZ)
	}
	for g := range world.Live(tx, tx.Groups.All(0)) {
		if g.Name != "default" {
			note("security group", &g.Meta, g.Name)
		}
	}
	for t := range world.Live(tx, tx.RouteTables.All(0)) {
		if !t.Main {
			note("route table", &t.Meta, t.VPC)
		}
	}
	for lb := range world.Live(tx, tx.LoadBalancers.All(0)) {
		note("load balancer", &lb.Meta, lb.Type)
	}
	return out
}
