package flow

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// balancerFor is the load balancer of a service that takes a connection, and its node: of those with a node in the right zone one that
// answers on the port, or the first when none does.
func (w *walk) balancerFor(svc *world.Service, inZone func(world.Node) bool) (found *world.LoadBalancer, node world.Node) {
	for _, arn := range svc.LoadBalancers {
		lb := w.tx.LoadBalancers.At(arn, w.tx.Now)
		if lb == nil {
			continue
		}
		i := slices.IndexFunc(lb.Nodes, inZone)
		if i < 0 {
			continue
		}
		answers := lb.Phases.At(w.tx.Now) == world.BalancerActive && w.tx.Listening(lb.ID, w.port) &&
			slices.ContainsFunc(lb.Listeners, func(l world.Listener) bool { return l.Port == w.port })
		if answers {
			return lb, lb.Nodes[i]
		}
		if found == nil {
			found, node = lb, lb.Nodes[i]
		}
	}
	return found, node
}

// ownBalancer is a load balancer that is addressed itself, inside its VPC.
func (w *walk) ownBalancer(ni *world.NetworkInterface) string {
	for lb := range world.Live(w.tx, w.tx.LoadBalancers.By(world.ByPlace, ni.Place(), 0)) {
		for _, n := range lb.Nodes {
			if n.Interface == ni.ID {
				return w.balancer(lb, n, ni.IPv4 == w.out.At.Addr())
			}
		}
	}
	return fmt.Sprintf("the load balancer of network interface %s no longer exists", ni.ID)
}

// balancer ends at what listens behind one node. What listens sees the node's address as the client's.
func (w *walk) balancer(lb *world.LoadBalancer, n world.Node, v4 bool) string {
	w.hop(HopLoadBalancer, lb.ID, "port %d", w.port)
	if state := lb.Phases.At(w.tx.Now); state != world.BalancerActive {
		return fmt.Sprintf("load balancer %s is %s", lb.Name, state)
	}
	if !slices.ContainsFunc(lb.Listeners, func(l world.Listener) bool { return l.Port == w.port }) {
		return fmt.Sprintf("load balancer %s has no listener on port %d", lb.Name, w.port)
	}
	w.hop(HopAvailabilityZone, n.AZID, "node %s", n.Interface)
	if !w.tx.Listening(lb.ID, w.port) {
		return fmt.Sprintf("load balancer %s has no healthy target for port %d in %s", lb.Name, w.port, n.AZID)
	}
	w.hop(HopTarget, lb.Name, "port %d", w.port)
	w.out.Place = lb.ID
	addr := n.IPv4
	if !v4 && n.IPv6.IsValid() {
		addr = n.IPv6
	}
	w.out.From, w.out.At = addr, netip.AddrPortFrom(addr, uint16(w.port))
	return ""
}
