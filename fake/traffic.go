package fake

import (
	"net"
	"net/netip"
	"sync"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// traffic is the data plane's part of a cloud: who listens where.
type traffic struct {
	mu        sync.Mutex
	listeners map[place]*listener
	port      uint16
}

// place is where something listens: a load balancer's ARN, a network interface's ID or a public address, and a port.
type place struct {
	at   string
	port int
}

const (
	firstPort = 32768 // of those that a dialler takes
	lastPort  = 60999
)

func (t *traffic) listening(at string, port int) bool { return t.at(at, port) != nil }

func (t *traffic) appliance(at string) *Appliance {
	if l := t.at(at, flow.GenevePort); l != nil {
		return l.appliance
	}
	return nil
}

func (t *traffic) at(at string, port int) *listener {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.listeners[place{at, port}]
}

// open takes a place, and says whether it was free.
func (t *traffic) open(p place, l *listener) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.listeners[p] != nil {
		return false
	}
	if t.listeners == nil {
		t.listeners = map[place]*listener{}
	}
	t.listeners[p] = l
	return true
}

func (t *traffic) shut(p place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.listeners, p)
}

// takePort is the next port for the dialling side, which a look ahead leaves to the next.
func (t *traffic) takePort(ahead bool) uint16 {
	t.mu.Lock()
	defer t.mu.Unlock()
	port := max(t.port, firstPort)
	if !ahead {
		t.port = port + 1
		if port == lastPort {
			t.port = firstPort
		}
	}
	return port
}

func tcpAddr(a netip.Addr, port uint16) net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(a, port))
}
