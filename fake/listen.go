package fake

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"sync"
	"syscall"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Listen gives a Network Load Balancer a TCP listener on a port, with whoever accepts from it as the healthy target in every Availability
// Zone of the load balancer: http.Serve(lb.Listen(80), handler). Closing it makes that target unhealthy; where it was the last one on the port
// the load balancer's listener goes too. A port that is listened on already, one outside 1–65535, or a Gateway Load Balancer panics.
func (lb *LoadBalancer) Listen(port int) net.Listener { return lb.listen("", port) }

// ListenIn is Listen for the target in one Availability Zone of the load balancer alone, "us-east-1a" or just "a": each node passes connections
// on to the targets of its own zone, or with CrossZone to those of all. Beside Listen it takes over its zone. A zone without a node panics.
func (lb *LoadBalancer) ListenIn(az string, port int) net.Listener { return lb.listen(az, port) }

func (lb *LoadBalancer) listen(az string, port int) net.Listener {
	checkPort(port)
	var at place
	var addr netip.Addr
	lb.account.do(func(tx *world.Tx) { at, addr = lb.target(tx, world.NetworkBalancer, az, port) })
	l := lb.account.cloud.listen(at, tcpAddr(addr, uint16(port)), func() { lb.listeners(port, false) })
	lb.listeners(port, true)
	return l
}

// target checks that the load balancer is of a kind and can have a target in a zone, or in all, and gives its place and the address of the node
// before it.
func (lb *LoadBalancer) target(tx *world.Tx, kind, az string, port int) (place, netip.Addr) {
	r := tx.LoadBalancers.At(lb.ARN, tx.Now)
	switch {
	case r == nil:
		panic("fake: load balancer " + lb.ARN + " no longer exists")
	case r.Type != kind:
		panic("fake: load balancer " + r.Name + ": only a Network Load Balancer listens, only a Gateway Load Balancer has appliances")
	case az == "":
		return place{lb.ARN, port}, r.Nodes[0].IPv4
	}
	for _, n := range r.Nodes {
		if n.AZ == lb.account.zoneName(az) {
			return place{r.TargetIn(n.AZID), port}, n.IPv4
		}
	}
	panic(fmt.Sprintf("fake: load balancer %s has no node in Availability Zone %q", r.Name, az))
}

// listeners gives the load balancer a listener on a port, or takes it away when no target is left there.
func (lb *LoadBalancer) listeners(port int, come bool) {
	lb.account.do(func(tx *world.Tx) {
		have := tx.LoadBalancers.At(lb.ARN, tx.Now)
		if have == nil {
			return
		}
		r, on := *have, func(l world.Listener) bool { return l.Port == port }
		left := tx.Listening(r.ID, port) || slices.ContainsFunc(r.Nodes, func(n world.Node) bool { return tx.Listening(r.TargetIn(n.AZID), port) })
		switch there := slices.ContainsFunc(r.Listeners, on); {
		case come && !there:
			r.Listeners = append(slices.Clone(r.Listeners), world.Listener{Port: port, Protocol: "TCP"})
		case !come && !left:
			r.Listeners = slices.DeleteFunc(slices.Clone(r.Listeners), on)
		}
		tx.LoadBalancers.Put(tx.Now, &r)
	})
}

func checkPort(port int) {
	if port < 1 || port > 65535 {
		panic(fmt.Sprintf("fake: port %d: want 1 to 65535", port))
	}
}

// backlog is how many connections may wait to be accepted before a dial waits too.
const backlog = 1024

// listener accepts connections at one place.
type listener struct {
	addr    net.Addr
	waiting chan *conn
	done    chan struct{}
	once    sync.Once
	close   func()

	appliance *Appliance // which takes packets, not connections; nil for others
}

// listen opens a place; one that is taken panics. closed runs when the listener is closed.
func (c *Cloud) listen(p place, addr net.Addr, closed func()) *listener {
	return c.open(&listener{addr: addr, waiting: make(chan *conn, backlog)}, p, closed)
}

func (c *Cloud) open(l *listener, p place, closed func()) *listener {
	l.done = make(chan struct{})
	l.close = func() {
		c.traffic.shut(p)
		closed()
	}
	if !c.traffic.open(p, l) {
		panic(fmt.Sprintf("fake: something listens on %s port %d already", p.at, p.port))
	}
	return l
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case <-l.done:
		return nil, l.fail("accept")
	default:
	}
	select {
	case c := <-l.waiting:
		return c, nil
	case <-l.done:
		return nil, l.fail("accept")
	}
}

// Close ends the listener and resets connections that nobody accepted.
func (l *listener) Close() error {
	err := l.fail("close")
	l.once.Do(func() {
		l.close()
		close(l.done)
		l.drop()
		err = nil
	})
	return err
}

// Addr is the address of the load balancer's first node, or the public address.
func (l *listener) Addr() net.Addr { return l.addr }

func (l *listener) fail(op string) error {
	return &net.OpError{Op: op, Net: "tcp", Addr: l.addr, Err: net.ErrClosed}
}

func (l *listener) drop() {
	for {
		select {
		case c := <-l.waiting:
			_ = c.end(true)
		default:
			return
		}
	}
}

// errRefused is what TCP says to who comes when the listener has just closed.
var errRefused = os.NewSyscallError("connect", syscall.ECONNREFUSED)

// deliver hands a connection over.
func (l *listener) deliver(ctx context.Context, c *conn) error {
	select {
	case <-l.done:
		return errRefused
	default:
	}
	select {
	case l.waiting <- c:
	case <-l.done:
		return errRefused
	case <-ctx.Done():
		return ctx.Err()
	}
	if isClosed(l.done) {
		l.drop()
	}
	return nil
}
