package flow

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// to goes from the source to an address: inside the VPC, to a gateway endpoint, or out by an internet gateway, as the routes have it.
func (w *walk) to(addr netip.Addr) string {
	if w.src.VPC == "" {
		return w.internet(addr)
	}
	if !w.from.IsValid() {
		return fmt.Sprintf("the source has no address from which it could reach %s", addr)
	}
	r, blocked := w.along(w.src.VPC, w.src.Subnet, addr)
	switch {
	case blocked != "":
		return blocked
	case vpc.Local(r):
		if ni := w.interfaceAt(w.src.VPC, addr); ni != nil {
			return w.toInterface(ni)
		}
		return fmt.Sprintf("no network interface of %s has the address %s", w.src.VPC, addr)
	case strings.HasPrefix(r.Target, "vpce-"):
		ep := w.tx.Endpoints.At(r.Target, w.tx.Now)
		if blocked := w.carrying(ep); blocked != "" {
			return blocked
		}
		return w.aws(ep.Service, ep)
	}
	return w.leave(r.Target, addr)
}

// along follows routes from a subnet towards an address. A Gateway Load Balancer endpoint hands on what its appliance lets through by the
// routes of its own subnet. The last route is the one that leads elsewhere.
func (w *walk) along(vpcID, subnet string, addr netip.Addr) (last world.Route, blocked string) {
	var passed []string
	for {
		t := vpc.TableOf(w.tx, vpcID, subnet)
		if t == nil {
			return last, "VPC " + vpcID + " no longer exists"
		}
		r, ok := vpc.RouteTo(w.tx, t, addr)
		if !ok {
			w.hop(HopRouteTable, t.ID, "of %s", subnet)
			return r, fmt.Sprintf("route table %s of %s has no route to %s", t.ID, subnet, addr)
		}
		w.hop(HopRouteTable, t.ID, "of %s: %s to %s", subnet, r.Destination, r.Target)
		if vpc.Blackhole(w.tx, t, r) {
			return r, fmt.Sprintf("route %s of route table %s is a black hole: %s", r.Destination, t.ID, w.hole(r.Target))
		}
		ep := w.tx.Endpoints.At(r.Target, w.tx.Now)
		if ep == nil || ep.Type != "GatewayLoadBalancer" {
			return r, ""
		}
		if slices.Contains(passed, ep.ID) {
			return r, fmt.Sprintf("the routes lead in a circle through endpoint %s", ep.ID)
		}
		passed = append(passed, ep.ID)
		if blocked := w.inspect(ep, addr); blocked != "" {
			return r, blocked
		}
		subnet = ep.Subnets[0]
	}
}

// hole says what became of the target of a black hole.
func (w *walk) hole(target string) string {
	if ep := w.tx.Endpoints.At(target, w.tx.Now); ep != nil {
		return w.state(ep)
	}
	return target + " is not there"
}

// interfaceAt is the network interface in a VPC that has an address.
func (w *walk) interfaceAt(vpcID string, addr netip.Addr) *world.NetworkInterface {
	for s := range world.Live(w.tx, w.tx.Subnets.By(world.ByVPC, vpcID, 0)) {
		if contains(s.CIDR, addr) || contains(s.CIDR6, addr) {
			return w.tx.Holder(s, addr)
		}
	}
	return nil
}

func contains(p netip.Prefix, a netip.Addr) bool { return p.IsValid() && p.Contains(a) }

// leave goes out by an internet gateway, which gives the source its public address.
func (w *walk) leave(gateway string, addr netip.Addr) string {
	w.hop(HopInternetGateway, gateway, "of %s", w.src.VPC)
	if addr.Is4() {
		if w.from = w.src.Public; !w.from.IsValid() {
			return fmt.Sprintf("the source has no public IPv4 address, without which internet gateway %s lets nothing out", gateway)
		}
	}
	return w.internet(addr)
}

// internet ends at a public listener, at a service of AWS, or in a VPC that has an internet gateway.
func (w *walk) internet(addr netip.Addr) string {
	w.outside = true
	if w.tx.Listening(addr.String(), w.port) {
		w.out.Place = addr.String()
		w.hop(HopTarget, addr.String(), "port %d", w.port)
		return ""
	}
	if service := awsAt(addr); service != "" {
		return w.aws(service, nil)
	}
	if addr.IsPrivate() {
		return fmt.Sprintf("%s is a private address: the internet has no way to it", addr)
	}
	ni := w.public(addr)
	if ni == nil {
		return fmt.Sprintf("nothing on the internet listens at %s port %d", addr, w.port)
	}
	gateway := w.tx.VPCs.At(ni.VPC, w.tx.Now).Gateway
	if gateway == "" {
		return fmt.Sprintf("%s, in which %s is, has no internet gateway", ni.VPC, addr)
	}
	w.hop(HopInternetGateway, gateway, "of %s", ni.VPC)
	if addr.Is4() {
		w.out.At = netip.AddrPortFrom(ni.Address(true), uint16(w.port))
	}
	return w.toInterface(ni)
}

// public is the network interface that the internet knows by an address: a host's public one, or any of IPv6.
func (w *walk) public(addr netip.Addr) *world.NetworkInterface {
	if addr.Is4() {
		return w.tx.Holder(world.Public, addr)
	}
	for v := range world.Live(w.tx, w.tx.VPCs.All(0)) {
		if contains(v.CIDR6, addr) {
			if ni := w.interfaceAt(v.ID, addr); ni != nil {
				return ni
			}
		}
	}
	return nil
}

// answer walks the way back from the network interface that was reached: answers take the routes of its own subnet. Security groups let
// them through.
func (w *walk) answer(ni *world.NetworkInterface) string {
	way := w.hops
	w.hops, w.answering = slices.Clip(way), true
	w.hop(HopAnswer, ni.ID, "to %s", w.from)
	r, blocked := w.along(ni.VPC, ni.Subnet, w.from)
	switch {
	case blocked == "" && vpc.Local(r) != w.outside:
		w.hops = way
		return ""
	case blocked == "":
		blocked = fmt.Sprintf("route %s leads to %s", r.Destination, r.Target)
	}
	return "no answer comes back: " + blocked
}
