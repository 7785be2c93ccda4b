// Package flow answers as hosts would see it: which addresses a name has, and whether and along which way a connection arrives.
package flow

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// HopKind is what a hop of a path is.
type HopKind string

// The kinds of hops, in the order in which a connection through an interface endpoint meets them.
const (
	HopSource           HopKind = "source"
	HopName             HopKind = "name"
	HopZone             HopKind = "zone"
	HopAddress          HopKind = "address"
	HopRouteTable       HopKind = "route table"
	HopInternetGateway  HopKind = "internet gateway"
	HopInterface        HopKind = "network interface"
	HopSecurityGroup    HopKind = "security group"
	HopEndpoint         HopKind = "endpoint"
	HopPolicy           HopKind = "policy"
	HopService          HopKind = "service"
	HopLoadBalancer     HopKind = "load balancer"
	HopAvailabilityZone HopKind = "availability zone"
	HopAppliance        HopKind = "appliance"
	HopTarget           HopKind = "target"
	HopAnswer           HopKind = "answer"
)

// Hop is one thing that a connection meets. ID is AWS's for it, or a name or address; Detail says what matters about it here.
type Hop struct {
	Kind       HopKind
	ID, Detail string
}

// String is the hop on one line.
func (h Hop) String() string {
	return strings.TrimRight(fmt.Sprintf("%-18s %s  %s", h.Kind, h.ID, h.Detail), " ")
}

// Path is the way of a connection, as far as it gets. The way back of its answers is in it only where that is what stops it.
type Path struct {
	Hops    []Hop
	Blocked string         // why it does not arrive; "" when it does
	Refused bool           // somebody answers with a refusal; what is blocked otherwise meets silence
	To      netip.AddrPort // the address that was tried; invalid where a name gave none
}

// CrossesInternetGateway says whether the connection leaves or enters a VPC through an internet gateway.
func (p Path) CrossesInternetGateway() bool {
	return slices.ContainsFunc(p.Hops, func(h Hop) bool { return h.Kind == HopInternetGateway })
}

// String is the path line by line, with the reason at the end where it is blocked.
func (p Path) String() string {
	var b strings.Builder
	for _, h := range p.Hops {
		b.WriteString(h.String() + "\n")
	}
	if p.Blocked != "" {
		b.WriteString("blocked: " + p.Blocked + "\n")
	}
	return b.String()
}
