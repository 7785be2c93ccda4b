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
	Public            netip.Addr // the IPv4 address that the internet knows it by; invalid where it has none
	Port              uint16     // of the connection, by which a load balancer chooses among targets
	Inbound           bool       // it asks by way of an inbound Resolver endpoint
}

// Resolver is the one that the source asks.
func (s Source) Resolver() Resolver { return Resolver{VPC: s.VPC, Inbound: s.Inbound} }

// Target is what a connection is for. Family narrows a name's addresses to "4" or "6"; "" takes both.
type Target struct {
	Host    string
	Port    int
	Family  string
	Request *Request // what is asked of a service of AWS; nil where nobody asks yet
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

	Passages []Passage // the appliances that have the last word, in order
}

// Find walks the way of a connection to one address after the other, until one arrives whatever appliances say. There is one result at least.
func Find(tx *world.Tx, src Source, to Target) []Result {
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
		return []Result{none}
	}
	none.Path.Blocked = fmt.Sprintf("%s has no IPv%s address", to.Host, to.Family)
	var tried []Result
	for _, addr := range answer.Addrs {
		if to.admits(addr) {
			w := &walk{tx: tx, src: src, port: to.Port, request: to.Request, hops: slices.Clone(start)}
			r := w.walk(addr.Unmap())
			r.Answer = answer
			if tried = append(tried, r); r.Path.Blocked == "" && len(r.Passages) == 0 {
				return tried
			}
		}
	}
	if len(tried) == 0 {
		return []Result{none}
	}
	return tried
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
	request *Request
	hops    []Hop
	refused bool
	out     Result

	from      netip.Addr              // the address by which the connection is known where the walk is
	outside   bool                    // it comes from the internet
	reached   *world.NetworkInterface // where it arrived, in a VPC
	answering bool                    // this is the way back
	balancers []string                // the Gateway Load Balancers that saw its first packet
}

func (w *walk) walk(addr netip.Addr) Result {
	w.out.Source = w.source(addr)
	w.from, w.out.At = w.out.Source, netip.AddrPortFrom(addr, uint16(w.port))
	to := w.out.At
	w.hop(HopAddress, addr.String(), "port %d", w.port)
	blocked := w.to(addr)
	if blocked == "" && w.reached != nil {
		blocked = w.answer(w.reached)
	}
	if !w.out.From.IsValid() {
		w.out.From = w.from
	}
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
