package flow

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// GenevePort is where an appliance takes what a Gateway Load Balancer hands it.
const GenevePort = 6081

// Passage is an appliance on the way of a connection or, with Answer, on the way back. It decides whether that goes on.
type Passage struct {
	Place, Endpoint string
	From, To        netip.AddrPort // of what it is shown
	Answer          bool
	Hops            []Hop  // the way to it
	Drop            string // why it blocks, if it does
}

// inspect goes through a Gateway Load Balancer endpoint: to an appliance behind its service and, if that lets it, back. Answers that a
// load balancer is to pass on must be of a connection of which it saw the beginning.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html (asymmetric flows)
func (w *walk) inspect(ep *world.Endpoint, to netip.Addr) string {
	if blocked := w.carrying(ep); blocked != "" {
		return blocked
	}
	svc := w.tx.Services.At(ep.ServiceID, w.tx.Now)
	if svc == nil {
		return fmt.Sprintf("service %s no longer exists", ep.ServiceID)
	}
	w.hop(HopService, svc.ID, "of account %s in %s", svc.Owner, svc.Region)
	ni := w.tx.Interfaces.At(ep.Interfaces[0], w.tx.Now)
	if !ni.Address(to.Is4()).IsValid() {
		return fmt.Sprintf("endpoint %s is for %s only, which %s is not of", ep.ID, ep.IPType, to)
	}
	lb, _, found := w.balancerFor(svc, ep, ni, GenevePort)
	if lb == nil {
		return fmt.Sprintf("no load balancer of %s has a node in %s", svc.ID, ni.AZID)
	}
	w.hop(HopLoadBalancer, lb.ID, "")
	switch state := lb.Phases.At(w.tx.Now); {
	case state != world.BalancerActive:
		return fmt.Sprintf("load balancer %s is %s", lb.Name, state)
	case len(found) == 0:
		w.hop(HopAvailabilityZone, ni.AZID, "")
		return fmt.Sprintf("load balancer %s has no healthy appliance in %s", lb.Name, ni.AZID)
	case w.answering && !slices.Contains(w.balancers, lb.ID):
		return fmt.Sprintf("load balancer %s has not seen the beginning of the connection", lb.Name)
	}
	t := found[spread(w.src.Port, len(found))]
	w.hop(HopAvailabilityZone, t.node.AZID, "node %s", t.node.Interface)
	w.hop(HopAppliance, lb.Name, "in %s", t.node.AZID)
	w.balancers = append(w.balancers, lb.ID)
	w.pass(Passage{Place: t.place, Endpoint: ep.ID, Drop: fmt.Sprintf("the appliance of load balancer %s in %s drops it", lb.Name, t.node.AZID)}, to)
	return ""
}

func (w *walk) pass(p Passage, to netip.Addr) {
	here, there := netip.AddrPortFrom(w.from, w.src.Port), netip.AddrPortFrom(to, uint16(w.port))
	if w.answering {
		here, there = netip.AddrPortFrom(w.reached.Address(to.Is4()), uint16(w.port)), netip.AddrPortFrom(to, w.src.Port)
	}
	p.From, p.To, p.Answer, p.Hops = here, there, w.answering, slices.Clip(w.hops)
	w.out.Passages = append(w.out.Passages, p)
}
