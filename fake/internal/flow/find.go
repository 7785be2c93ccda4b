package flow

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Source is where a connection begins. One without a VPC begins on the internet.
type Source struct {
	VPC, Subnet, AZID string
	Interface         string // "" where the host has none of its own
	Groups            []string
	IPv4, IPv6        netip.Addr
	Port              uint16 // of the connection, by which a load balancer chooses among targets
	Inbound           bool   // it asks by way of an inbound Resolver endpoint
}

// Resolver is the one that the source asks.
func (s Source) Resolver() Resolver { return Resolver{VPC: s.VPC, Inbound: s.Inbound} }

// Target is what a connection is for. Family narrows a name's addresses to "4" or "6"; "" takes both.
type Target struct {
	Host   string
	Port   int
	Family string
}

// Result is the one path of a connection and what to do with it.
type Result struct {
	Path   Path
	Answer Answer     // of the name; zero for an address
	Place  string     // where it arrives, as world.World.Listening knows it
	Source netip.Addr // of the dialling side
	// From and At are the addresses that the accepting side sees: a load balancer's node stands for the client.
	From netip.Addr
	At   netip.AddrPort
}

// Find walks the way of a connection. Of several addresses the first that arrives counts, else the first.
func Find(tx *world.Tx, src Source, to Target) Result {
	start := []Hop{src.hop()}
	var answer Answer
	if addr, err := netip.ParseAddr(to.Host); err == nil {
		answer.Addrs = []netip.Addr{addr}
	} else {
		answer = src.Resolver().Lookup(tx, to.Host)
	}
	start = append(start, answer.Hops...)
	none := Result{Answer: answer, Path: Path{Hops: start, Blocked: answer.Fail}}
	if answer.Fail != "" {
		return none
	}
	none.Path.Blocked = fmt.Sprintf("%s has no IPv%s address", to.Host, to.Family)
	var tried []Result
	for _, addr := range answer.Addrs {
		if to.admits(addr) {
			w := &walk{tx: tx, src: src, port: to.Port, hops: slices.Clone(start)}
			r := w.walk(addr.Unmap())
			if r.Answer = answer; r.Path.Blocked == "" {
				return r
			}
			tried = append(tried, r)
		}
	}
	return append(tried, none)[0]
}

func (t Target) admits(a netip.Addr) bool {
	return t.Family == "" || a.Unmap().Is4() == (t.Family == "4")
}

func (s Source) hop() Hop {
	if s.VPC == "" {
		return Hop{Kind: HopSource, ID: "internet"}
	}
	detail := fmt.Sprintf("in %s of %s (%s)", s.Subnet, s.VPC, s.AZID)
	if s.Interface != "" {
		return Hop{Kind: HopSource, ID: s.Interface, Detail: detail}
	}
	if s.IPv4.IsValid() {
		return Hop{Kind: HopSource, ID: s.IPv4.String(), Detail: detail}
	}
	return Hop{Kind: HopSource, ID: s.IPv6.String(), Detail: detail}
}

// walk is one attempt at one address. Its steps return why they stop, "" to go on.
type walk struct {
	tx      *world.Tx
	src     Source
	port    int
	hops    []Hop
	refused bool
	out     Result
}

func (w *walk) walk(addr netip.Addr) Result {
	w.out.Source = w.source(addr)
	w.out.From, w.out.At = w.out.Source, netip.AddrPortFrom(addr, uint16(w.port))
	to := w.out.At
	w.hop(HopAddress, addr.String(), "port %d", w.port)
	blocked := w.to(addr)
	w.out.Path = Path{Hops: w.hops, Blocked: blocked, Refused: w.refused, To: to}
	return w.out
}

func (w *walk) hop(kind HopKind, id, format string, args ...any) {
	w.hops = append(w.hops, Hop{Kind: kind, ID: id, Detail: fmt.Sprintf(format, args...)})
}

// source is the address from which the source reaches another one.
func (w *walk) source(addr netip.Addr) netip.Addr {
	if addr.Is4() {
		return w.src.IPv4
	}
	return w.src.IPv6
}

func (w *walk) to(addr netip.Addr) string {
	if w.src.VPC == "" {
		return w.fromInternet(addr)
	}
	vpc := w.tx.VPCs.At(w.src.VPC, w.tx.Now)
	switch {
	case vpc == nil:
		return "VPC " + w.src.VPC + " no longer exists"
	case !contains(vpc.CIDR, addr) && !contains(vpc.CIDR6, addr):
		return fmt.Sprintf("subnet %s has no route to %s", w.src.Subnet, addr)
	case !w.source(addr).IsValid():
		return fmt.Sprintf("the source has no address from which it could reach %s", addr)
	}
	ni := w.interfaceAt(addr)
	if ni == nil {
		return fmt.Sprintf("no network interface of %s has the address %s", vpc.ID, addr)
	}
	return w.toInterface(ni)
}

func contains(p netip.Prefix, a netip.Addr) bool { return p.IsValid() && p.Contains(a) }

func (w *walk) interfaceAt(addr netip.Addr) *world.NetworkInterface {
	for ni := range world.Live(w.tx, w.tx.Interfaces.By(world.ByVPC, w.src.VPC, 0)) {
		if ni.IPv4 == addr || ni.IPv6 == addr {
			return ni
		}
	}
	return nil
}

// fromInternet ends at a public listener. Private addresses are nowhere, and what AWS holds denies gateways.
func (w *walk) fromInternet(addr netip.Addr) string {
	if w.tx.Listening(addr.String(), w.port) {
		w.out.Place = addr.String()
		w.hop(HopTarget, addr.String(), "port %d", w.port)
		return ""
	}
	if addr.IsPrivate() && addr.Is4() {
		return fmt.Sprintf("%s is a private address: the internet has no way to it", addr)
	}
	for ni := range world.Live(w.tx, w.tx.Interfaces.All(0)) {
		if ni.IPv6 != addr {
			continue
		}
		w.hop(HopInternetGateway, ni.VPC, "")
		w.hop(HopInterface, ni.ID, "%s in %s", ni.Type, ni.Subnet)
		if ni.DenyAllIGW {
			return fmt.Sprintf("network interface %s denies all traffic of internet gateways", ni.ID)
		}
		return fmt.Sprintf("%s has no internet gateway", ni.VPC)
	}
	return fmt.Sprintf("nothing on the internet listens at %s port %d", addr, w.port)
}
