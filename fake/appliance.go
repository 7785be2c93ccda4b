package fake

import (
	"bytes"
	"errors"
	"net/netip"
	"sync/atomic"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Packet is what an appliance is shown of a connection: at first one without payload from either side whose way leads through it, which lets
// the connection come about, then what that side sends.
type Packet struct {
	Source, Destination netip.AddrPort
	Endpoint            string // the Gateway Load Balancer endpoint that it came by
	Answer              bool   // from the side that was dialled
	Payload             []byte // the function may change it, in place or to another
	Trace               bool   // Trace asks what would be: there is no packet
}

// Appliance stands behind a Gateway Load Balancer in one Availability Zone and lets packets through, changes or drops them.
type Appliance struct {
	listener        *listener
	inspect         func(*Packet) bool
	passed, dropped atomic.Int64
}

// Appliance puts an appliance behind a Gateway Load Balancer in one of its Availability Zones, "us-east-1a" or just "a"; each node hands traffic
// to that of its own zone, or with CrossZone to those of all. The function says whether a packet goes on; it runs at many connections at
// once. Without one everything does. A first packet that is dropped stops the connection, a later one resets it at both ends. A Network Load Balancer, a
// zone without a node or one that has an appliance already panics.
func (lb *LoadBalancer) Appliance(az string, inspect func(*Packet) bool) *Appliance {
	a := &Appliance{inspect: inspect}
	var at place
	var addr netip.Addr
	lb.account.do(func(tx *world.Tx) { at, addr = lb.target(tx, world.GatewayBalancer, az, flow.GenevePort) })
	a.listener = lb.account.cloud.open(&listener{addr: tcpAddr(addr, flow.GenevePort), appliance: a}, at, func() {})
	return a
}

// Passed is how many packets the appliance has let through, first ones counted, traces not.
func (a *Appliance) Passed() int { return int(a.passed.Load()) }

// Dropped is how many packets the appliance has dropped.
func (a *Appliance) Dropped() int { return int(a.dropped.Load()) }

// Close takes the appliance away: it is no healthy target any more. Connections through it go on.
func (a *Appliance) Close() { _ = a.listener.Close() }

// lets shows the appliance a packet and says whether it goes on.
func (a *Appliance) lets(p *Packet) bool {
	ok := a.inspect == nil || a.inspect(p)
	switch {
	case p.Trace:
	case ok:
		a.passed.Add(1)
	default:
		a.dropped.Add(1)
	}
	return ok
}

// choose is the first of some attempts that arrives, if the appliances on its way let it, or else the first. It runs outside of the world's
// lock, so that appliances may use the cloud.
func (t *traffic) choose(tried []flow.Result, trace bool) flow.Result {
	for i := range tried {
		r := &tried[i]
		for _, p := range r.Passages {
			if a := t.appliance(p.Place); a != nil && !a.lets(packet(p, nil, trace)) {
				r.Path.Hops, r.Path.Blocked, r.Path.Refused = p.Hops, p.Drop, false
				break
			}
		}
		if r.Path.Blocked == "" {
			return *r
		}
	}
	return tried[0]
}

func packet(p flow.Passage, payload []byte, trace bool) *Packet {
	return &Packet{Source: p.From, Destination: p.To, Endpoint: p.Endpoint, Answer: p.Answer, Payload: payload, Trace: trace}
}

// way is what one direction of a connection goes through.
type way struct {
	passages   []flow.Passage
	appliances []*Appliance
	from       *conn
}

// ways are those of both directions, nil where nothing stands on them.
func (t *traffic) ways(passages []flow.Passage, dialled, accepted *conn) {
	for _, p := range passages {
		from := dialled
		if p.Answer {
			from = accepted
		}
		if a := t.appliance(p.Place); a != nil {
			if from.way == nil {
				from.way = &way{from: from}
			}
			from.way.passages, from.way.appliances = append(from.way.passages, p), append(from.way.appliances, a)
		}
	}
}

// write sends what the appliances on the way make of b. A drop resets the connection at both ends.
func (w *way) write(b []byte, d *deadline, done <-chan struct{}) (int, error) {
	payload := bytes.Clone(b)
	for i, a := range w.appliances {
		p := packet(w.passages[i], payload, false)
		if !a.lets(p) {
			w.from.in.finish(true)
			w.from.out.finish(true)
			return 0, errors.New(w.passages[i].Drop)
		}
		payload = p.Payload
	}
	if n, err := w.from.out.write(payload, d, done); err != nil {
		return min(n, len(b)), err
	}
	return len(b), nil
}
