package fake

import (
	"context"
	"fmt"
	"net"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/nameserver"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DNSServer is a resolver on the wire, for tools that want an address to ask: over UDP and TCP on the loopback interface it answers what
// Lookup does, in one host's view. It truncates over UDP, and where the VPC's resolver does not answer neither does it. Its sockets are real:
// in a bubble of testing/synctest they keep time from passing. Close it after use.
type DNSServer struct {
	Addr   string // IP address and port
	server *nameserver.Server
}

// Close ends the resolver and what it was doing.
func (s *DNSServer) Close() { s.server.Close() }

// Resolver is the standard library's resolver, asking this one.
func (s *DNSServer) Resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, s.Addr)
	}}
}

// ServeDNS starts a resolver on the wire that answers as Lookup does. It panics where it can not listen on the loopback interface.
func (v Names) ServeDNS() *DNSServer {
	s, err := nameserver.Start(v.ask)
	if err != nil {
		panic(fmt.Sprintf("fake: no name server: %v", err))
	}
	return &DNSServer{s.Addr, s}
}

// ask puts a question to the resolver of the view.
func (v Names) ask(name, typ string) (reply flow.Reply) {
	if gone := v.look(func(tx *world.Tx, src flow.Source) { reply = src.Resolver().Ask(tx, name, typ) }); gone != "" {
		reply.Fail = gone
	}
	return reply
}
