package flow

import (
	"fmt"
	"iter"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// target is a healthy target of a load balancer: something that accepts in the zone of one of its nodes.
type target struct {
	node  world.Node
	place string
}

// targets are the healthy targets to which a node passes connections on: those of its zone, or with cross-zone load balancing of all zones.
func targets(tx *world.Tx, lb *world.LoadBalancer, azID string, port int) []target {
	var out []target
	for _, n := range lb.Nodes {
		if n.AZID != azID && !lb.CrossZone {
			continue
		}
		for _, place := range []string{lb.TargetIn(n.AZID), lb.ID} {
			if tx.Listening(place, port) {
				out = append(out, target{n, place})
				break
			}
		}
	}
	return out
}

// healthy says whether a load balancer's node is in DNS: each listener has a healthy target to which the node passes on.
func healthy(tx *world.Tx, lb *world.LoadBalancer, azID string) bool {
	return !slices.ContainsFunc(lb.Listeners, func(l world.Listener) bool { return len(targets(tx, lb, azID, l.Port)) == 0 })
}

// inDNS are the addresses that a load balancer's name has: those of healthy nodes, or of all where none is.
func inDNS(tx *world.Tx, lb *world.LoadBalancer) []netip.Addr {
	nodes := slices.DeleteFunc(slices.Clone(lb.Nodes), func(n world.Node) bool { return !healthy(tx, lb, n.AZID) })
	if len(nodes) == 0 {
		nodes = lb.Nodes
	}
	var addrs []netip.Addr
	for _, n := range nodes {
		addrs = append(addrs, n.IPv4, n.IPv6)
	}
	return slices.DeleteFunc(addrs, func(a netip.Addr) bool { return !a.IsValid() })
}

// faces are the network interfaces that an endpoint's name gives. A zonal one gives that of its zone (az); the regional one (az -1) the healthy
// ones, or all where none is. One is healthy where a load balancer of the service has a healthy node for it.
func faces(tx *world.Tx, ep *world.Endpoint, az int) []*world.NetworkInterface {
	var all, fit []*world.NetworkInterface
	svc := tx.Services.At(ep.ServiceID, tx.Now)
	for i, id := range ep.Interfaces {
		ni := tx.Interfaces.At(id, tx.Now)
		if ni == nil || az >= 0 && az != i {
			continue
		}
		all = append(all, ni)
		fits := svc == nil || tx.Switches.UnhealthyZonesStay
		for lb, n := range behind(tx, svc, ep, ni) {
			fits = fits || healthy(tx, lb, n.AZID)
		}
		if fits {
			fit = append(fit, ni)
		}
	}
	if len(fit) == 0 {
		return all
	}
	return fit
}

// behind are the nodes of a service's load balancers that serve an endpoint's network interface: those in its zone, or all of a service in
// another Region, between whose zones PrivateLink fails over. What a load balancer has gained since the service's last modify is not its yet.
func behind(tx *world.Tx, svc *world.Service, ep *world.Endpoint, ni *world.NetworkInterface) iter.Seq2[*world.LoadBalancer, world.Node] {
	return func(yield func(*world.LoadBalancer, world.Node) bool) {
		if svc == nil {
			return
		}
		for _, arn := range svc.LoadBalancers {
			lb := tx.LoadBalancers.At(arn, tx.Now)
			for i := 0; lb != nil && i < len(lb.Nodes); i++ {
				n := lb.Nodes[i]
				serves := n.AZID == ni.AZID || ep.ServiceRegion != ep.Region
				if serves && slices.Contains(svc.AZIDs, n.AZID) && !yield(lb, n) {
					return
				}
			}
		}
	}
}

// balancerFor is the load balancer of a service that takes what comes to an endpoint, its node, and the healthy targets or appliances that this
// may choose among: the first that has any on the port, or the first when none does.
func (w *walk) balancerFor(svc *world.Service, ep *world.Endpoint, ni *world.NetworkInterface, port int) (found *world.LoadBalancer, node world.Node, _ []target) {
	for lb, n := range behind(w.tx, svc, ep, ni) {
		if ts := targets(w.tx, lb, n.AZID, port); len(ts) > 0 && lb.Phases.At(w.tx.Now) == world.BalancerActive {
			return lb, n, ts
		}
		if found == nil {
			found, node = lb, n
		}
	}
	return found, node, nil
}

func (w *walk) listens(lb *world.LoadBalancer) bool {
	return slices.ContainsFunc(lb.Listeners, func(l world.Listener) bool { return l.Port == w.port })
}

// ownBalancer is a load balancer that is addressed itself, inside its VPC.
func (w *walk) ownBalancer(ni *world.NetworkInterface) string {
	for lb := range world.Live(w.tx, w.tx.LoadBalancers.By(world.ByPlace, ni.Place(), 0)) {
		for _, n := range lb.Nodes {
			if n.Interface == ni.ID {
				return w.balancer(lb, n)
			}
		}
	}
	return fmt.Sprintf("the load balancer of network interface %s no longer exists", ni.ID)
}

// balancer ends at a target behind one node. What listens there sees the node's address as the client's. Where no target is healthy the node
// would try one that is not, which refuses.
func (w *walk) balancer(lb *world.LoadBalancer, n world.Node) string {
	w.hop(HopLoadBalancer, lb.ID, "port %d", w.port)
	if state := lb.Phases.At(w.tx.Now); state != world.BalancerActive {
		return fmt.Sprintf("load balancer %s is %s", lb.Name, state)
	}
	if !w.listens(lb) {
		return fmt.Sprintf("load balancer %s has no listener on port %d", lb.Name, w.port)
	}
	w.hop(HopAvailabilityZone, n.AZID, "node %s", n.Interface)
	ts := targets(w.tx, lb, n.AZID, w.port)
	if len(ts) == 0 {
		w.refused = true
		return fmt.Sprintf("load balancer %s has no healthy target for port %d in %s", lb.Name, w.port, n.AZID)
	}
	t := ts[spread(w.src.Port, len(ts))]
	w.hop(HopTarget, lb.Name, "port %d in %s", w.port, t.node.AZID)
	w.out.Place = t.place
	from, at := n.IPv4, t.node.IPv4
	if !w.out.At.Addr().Is4() && n.IPv6.IsValid() {
		from, at = n.IPv6, t.node.IPv6
	}
	w.out.From, w.out.At = from, netip.AddrPortFrom(at, uint16(w.port))
	return ""
}

// spread is the flow hash of a load balancer: it maps the ports that a client takes, one after the other, evenly to n targets.
func spread(port uint16, n int) int {
	const golden = 0x9e3779b9 // 2^32 divided by the golden ratio
	return int(uint64(uint32(port)*golden) * uint64(n) >> 32)
}
