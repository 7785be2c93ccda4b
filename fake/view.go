package fake

import (
	"context"
	"net"
	"net/netip"
	"strconv"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Names is a place from which names are looked up: in a VPC or on the internet.
type Names struct {
	cloud  *Cloud
	source func(*world.Tx) (src flow.Source, gone string) // where that is, or why it is nowhere
}

// Vantage is a place from which names are looked up and connections opened: a host's. Subnets and VPCs have that of a passing host in the VPC's
// default security group, with the (first) subnet's last usable address. The lookups are those of Names.
type Vantage struct{ Names }

func (c *Cloud) vantage(source func(*world.Tx) (flow.Source, string)) Vantage {
	return Vantage{Names{c, source}}
}

// LookupHost gives the addresses of a name as the VPC's resolver answers it, or on the internet the public DNS. A name that is not there is a
// *net.DNSError with IsNotFound.
func (v Names) LookupHost(ctx context.Context, name string) ([]netip.Addr, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if addr, err := netip.ParseAddr(name); err == nil {
		return []netip.Addr{addr}, nil
	}
	var answer flow.Answer
	if gone := v.look(func(tx *world.Tx, src flow.Source) { answer = src.Resolver().Lookup(tx, name) }); gone != "" {
		answer.Fail = gone
	}
	if answer.Fail != "" {
		return nil, dnsError(name, answer.Code, answer.Fail)
	}
	return answer.Addrs, nil
}

// look looks at the world from the place, or says why that is nowhere.
func (v Names) look(from func(*world.Tx, flow.Source)) (gone string) {
	v.cloud.do("", "", func(tx *world.Tx) {
		var src flow.Source
		if src, gone = v.source(tx); gone == "" {
			from(tx, src)
		}
	})
	return gone
}

func dnsError(name string, code flow.Code, why string) *net.DNSError {
	silent, broken := code == flow.NoAnswer, code == flow.ServFail
	return &net.DNSError{Err: why, Name: name, IsNotFound: !silent && !broken, IsTimeout: silent, IsTemporary: broken}
}

// find runs the one path function, for a connection from a port. That of a look ahead leaves chance and turns as they are.
func (v Vantage) find(to flow.Target, port uint16, ahead bool) flow.Result {
	var tried []flow.Result
	gone := v.look(func(tx *world.Tx, src flow.Source) {
		src.Port = port
		if ahead {
			tx.Peek(func() { tried = flow.Find(tx, src, to) })
			return
		}
		tried = flow.Find(tx, src, to)
	})
	if gone != "" {
		return flow.Result{Path: Path{Blocked: gone}}
	}
	return v.cloud.traffic.choose(tried, ahead)
}

// Trace gives the way that DialContext would take. It fails only for an address that is none, or an ended context.
func (v Vantage) Trace(ctx context.Context, address string) (Path, error) {
	to, err := target(ctx, "tcp", address)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Path{}, err
	}
	return v.find(to, v.cloud.traffic.takePort(true), true).Path, nil
}

// DialContext connects to whatever listens at an address, by name or number, over "tcp", "tcp4" or "tcp6". It is made for
// http.Transport. What stops it is in its error: a *net.DNSError, or an *Unreachable with the path. A connection that is open stays so, whatever
// becomes of its way.
func (v Vantage) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	fail := &net.OpError{Op: "dial", Net: network}
	to, err := target(ctx, network, address)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		fail.Err = err
		return nil, fail
	}
	port := v.cloud.traffic.takePort(false)
	r := v.find(to, port, false)
	if r.Path.To.IsValid() {
		fail.Addr = net.TCPAddrFromAddrPort(r.Path.To)
	}
	switch {
	case r.Answer.Fail != "":
		fail.Err = dnsError(to.Host, r.Answer.Code, r.Answer.Fail)
		return nil, fail
	case r.Path.Blocked != "":
		fail.Err = &Unreachable{r.Path}
		return nil, fail
	}
	c, err := v.connect(ctx, r, port)
	if err != nil {
		fail.Err = err
		return nil, fail
	}
	return c, nil
}

// connect makes the connection of a path that arrives.
func (v Vantage) connect(ctx context.Context, r flow.Result, port uint16) (net.Conn, error) {
	l := v.cloud.traffic.at(r.Place, int(r.Path.To.Port()))
	if l == nil {
		return nil, errRefused
	}
	client := ends{tcpAddr(r.Source, port), net.TCPAddrFromAddrPort(r.Path.To)}
	server := ends{net.TCPAddrFromAddrPort(r.At), tcpAddr(r.From, port)}
	dialled, accepted := connect(client, server)
	v.cloud.traffic.ways(r.Passages, dialled, accepted)
	accepted.request, _ = ctx.Value(requestKey{}).(*Request)
	if err := l.deliver(ctx, accepted); err != nil {
		return nil, err
	}
	return dialled, nil
}

// target understands a network and an address, and takes what is asked from the context.
func target(ctx context.Context, network, address string) (flow.Target, error) {
	family, ok := map[string]string{"tcp": "", "tcp4": "4", "tcp6": "6"}[network]
	if !ok {
		return flow.Target{}, net.UnknownNetworkError(network)
	}
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return flow.Target{}, err
	}
	port, err := strconv.Atoi(service)
	if err != nil {
		port, err = net.LookupPort(network, service)
	}
	if err == nil && (port < 1 || port > 65535) {
		err = &net.AddrError{Err: "invalid port", Addr: address}
	}
	if err == nil && host == "" {
		err = &net.AddrError{Err: "missing host", Addr: address}
	}
	asked, _ := ctx.Value(requestKey{}).(*Request)
	return flow.Target{Host: host, Port: port, Family: family, Request: asked}, err
}
