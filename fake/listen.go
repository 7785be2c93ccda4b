package fake

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Listen gives a Network Load Balancer a TCP listener on a port, with whoever accepts from it as the healthy target in every Availability
// Zone of the load balancer: http.Serve(lb.Listen(80), handler). Closing it takes the load balancer's listener away. A port that is
// listened on already, one outside 1–65535, or a Gateway Load Balancer panics.
func (lb *LoadBalancer) Listen(port int) net.Listener {
	checkPort(port)
	var addr netip.Addr
	lb.account.do(func(tx *world.Tx) { addr = lb.listener(tx) })
	c := lb.account.cloud
	l := c.listen(place{lb.ARN, port}, tcpAddr(addr, uint16(port)), func() { lb.unlisten(port) })
	lb.change(func(_ *world.Tx, r *world.LoadBalancer) {
		r.Listeners = append(slices.Clone(r.Listeners), world.Listener{Port: port, Protocol: "TCP"})
	})
	return l
}

// listener checks that the load balancer can have one and gives the address of its first node.
func (lb *LoadBalancer) listener(tx *world.Tx) netip.Addr {
	r := tx.LoadBalancers.At(lb.ARN, tx.Now)
	switch {
	case r == nil:
		panic("fake: load balancer " + lb.ARN + " no longer exists")
	case r.Type != world.NetworkBalancer:
		panic("fake: load balancer " + r.Name + ": only a Network Load Balancer listens")
	}
	return r.Nodes[0].IPv4
}

func (lb *LoadBalancer) unlisten(port int) {
	lb.account.do(func(tx *world.Tx) {
		have := tx.LoadBalancers.At(lb.ARN, tx.Now)
		if have == nil {
			return
		}
		r := *have
		r.Listeners = slices.DeleteFunc(slices.Clone(r.Listeners), func(l world.Listener) bool { return l.Port == port })
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
}

// listen opens a place; one that is taken panics. closed runs when the listener is closed.
func (c *Cloud) listen(p place, addr net.Addr, closed func()) *listener {
	l := &listener{addr: addr, waiting: make(chan *conn, backlog), done: make(chan struct{})}
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
			_ = c.Close()
		default:
			return
		}
	}
}

var errRefused = errors.New("the listener has closed")

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
