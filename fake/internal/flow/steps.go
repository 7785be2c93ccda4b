package flow

import (
	"fmt"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

func (w *walk) toInterface(ni *world.NetworkInterface) string {
	w.hop(HopInterface, ni.ID, "%s in %s (%s)", ni.Type, ni.Subnet, ni.AZID)
	if w.outside && ni.DenyAllIGW {
		return fmt.Sprintf("network interface %s denies all traffic of internet gateways", ni.ID)
	}
	if blocked := w.groups(ni); blocked != "" {
		return blocked
	}
	w.reached = ni
	switch ni.Type {
	case "vpc_endpoint":
		return w.endpoint(ni)
	case "gateway_load_balancer_endpoint":
		return fmt.Sprintf("endpoint %s takes traffic by routes only", ni.Endpoint)
	case "network_load_balancer":
		return w.ownBalancer(ni)
	}
	w.hop(HopTarget, ni.ID, "port %d", w.port)
	w.out.Place = ni.ID
	if w.refused = !w.tx.Listening(ni.ID, w.port); w.refused {
		return fmt.Sprintf("nothing listens on port %d of network interface %s", w.port, ni.ID)
	}
	return ""
}

// groups asks the security groups of the receiving side; everything may leave the sending one. An interface without groups, as a load
// balancer's may be, admits all.
func (w *walk) groups(ni *world.NetworkInterface) string {
	if len(ni.Groups) == 0 {
		return ""
	}
	for _, id := range ni.Groups {
		g := w.tx.Groups.At(id, w.tx.Now)
		if g == nil {
			continue
		}
		for _, r := range g.Ingress {
			if w.admits(r) {
				w.hop(HopSecurityGroup, id, "admits TCP port %d from %s", w.port, ruleSource(r))
				return ""
			}
		}
	}
	w.hop(HopSecurityGroup, ni.Groups[0], "")
	if len(ni.Groups) == 1 {
		return fmt.Sprintf("security group %s does not admit TCP port %d from %s", ni.Groups[0], w.port, w.from)
	}
	return fmt.Sprintf("none of the security groups %v admits TCP port %d from %s", ni.Groups, w.port, w.from)
}

func (w *walk) admits(r world.Rule) bool {
	if r.Protocol != "-1" && (r.Protocol != "tcp" || w.port < r.From || w.port > r.To) {
		return false
	}
	return contains(r.CIDR, w.from) || r.Group != "" && !w.outside && slices.Contains(w.src.Groups, r.Group)
}

func ruleSource(r world.Rule) string {
	if r.Group != "" {
		return r.Group
	}
	return r.CIDR.String()
}

func (w *walk) endpoint(ni *world.NetworkInterface) string {
	ep := w.tx.Endpoints.At(ni.Endpoint, w.tx.Now)
	if ep == nil {
		return fmt.Sprintf("endpoint %s no longer exists", ni.Endpoint)
	}
	if blocked := w.carrying(ep); blocked != "" {
		return blocked
	}
	return w.service(ep, ni)
}

// carrying notes an endpoint and says why it carries nothing, "" when it does.
func (w *walk) carrying(ep *world.Endpoint) string {
	w.hop(HopEndpoint, ep.ID, "%s %s", ep.Type, ep.Phases.At(w.tx.Now))
	return w.state(ep)
}

func (w *walk) state(ep *world.Endpoint) string {
	state := ep.Phases.At(w.tx.Now)
	modifying := state == world.Pending && ep.ModifyingUntil.After(w.tx.Now) && ep.Carries
	switch {
	case state == world.Rejected:
		return fmt.Sprintf("the provider of %s has rejected endpoint %s", ep.Service, ep.ID)
	case state == world.PendingAcceptance:
		return fmt.Sprintf("the provider of %s has not accepted endpoint %s", ep.Service, ep.ID)
	case state != world.Available && !modifying:
		return fmt.Sprintf("endpoint %s is %s", ep.ID, state)
	}
	return ""
}

func (w *walk) service(ep *world.Endpoint, ni *world.NetworkInterface) string {
	if ep.ServiceID == "" {
		return w.aws(ep.Service, ep)
	}
	svc := w.tx.Services.At(ep.ServiceID, w.tx.Now)
	if svc == nil {
		return fmt.Sprintf("service %s no longer exists", ep.ServiceID)
	}
	w.hop(HopService, svc.ID, "of account %s in %s", svc.Owner, svc.Region)
	lb, node, _ := w.balancerFor(svc, ep, ni, w.port)
	if lb == nil {
		return fmt.Sprintf("no load balancer of %s has a node in %s", svc.ID, ni.AZID)
	}
	return w.balancer(lb, node)
}
