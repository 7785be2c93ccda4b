// Package nameserver answers questions on the DNS wire, over UDP and TCP on the loopback interface.
package nameserver

import (
	"fmt"
	"net"
	"sync"

	"github.com/miekg/dns"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
)

// Ask answers a question of one type as a resolver does.
type Ask func(name, typ string) flow.Reply

// Server is a resolver that listens, at one port for both protocols.
type Server struct {
	Addr    string
	ask     Ask
	servers [2]*dns.Server
	serving sync.WaitGroup
}

// ports is how many free ports are tried: one that UDP has may be another's over TCP.
const ports = 10

// Start begins to answer.
func Start(ask Ask) (*Server, error) {
	var err error
	for range ports {
		var packets net.PacketConn
		if packets, err = net.ListenPacket("udp", "127.0.0.1:0"); err != nil {
			continue
		}
		s := &Server{Addr: packets.LocalAddr().String(), ask: ask}
		var l net.Listener
		if l, err = net.Listen("tcp", s.Addr); err != nil {
			_ = packets.Close()
			continue
		}
		s.servers = [2]*dns.Server{{PacketConn: packets, Handler: s}, {Listener: l, Handler: s}}
		s.serve()
		return s, nil
	}
	return nil, err
}

func (s *Server) serve() {
	var started sync.WaitGroup
	for _, server := range s.servers {
		started.Add(1)
		server.NotifyStartedFunc = started.Done
		s.serving.Go(func() { _ = server.ActivateAndServe() })
	}
	started.Wait()
}

// Close ends it, and returns when all that it does has ended.
func (s *Server) Close() {
	for _, server := range s.servers {
		_ = server.Shutdown()
	}
	s.serving.Wait()
}

// ServeDNS answers one question. What the resolver leaves unanswered meets silence.
func (s *Server) ServeDNS(w dns.ResponseWriter, query *dns.Msg) {
	m := new(dns.Msg).SetReply(query)
	m.RecursionAvailable, m.Compress = true, true
	if !s.answer(m) {
		return
	}
	size := dns.MaxMsgSize
	opt := query.IsEdns0()
	if opt != nil {
		m.SetEdns0(opt.UDPSize(), false)
	}
	if _, packets := w.LocalAddr().(*net.UDPAddr); packets {
		size = dns.MinMsgSize
		if opt != nil {
			size = max(size, int(opt.UDPSize()))
		}
	}
	m.Truncate(size)
	_ = w.WriteMsg(m)
}

// answer fills an answer in, and says whether there is one.
func (s *Server) answer(m *dns.Msg) bool {
	q := m.Question[0]
	if q.Qclass != dns.ClassINET || q.Qtype >= dns.TypeTKEY && q.Qtype <= dns.TypeANY {
		m.Rcode = dns.RcodeNotImplemented
		return true
	}
	reply := s.ask(octal(q.Name), dns.Type(q.Qtype).String())
	if reply.Code == flow.NoAnswer {
		return false
	}
	m.Rcode = dns.StringToRcode[string(reply.Code)]
	var err error
	if m.Answer, err = records(reply.Records, q.Name); err == nil {
		m.Ns, err = records(reply.Authority, "")
	}
	if err != nil {
		m.Rcode, m.Answer, m.Ns = dns.RcodeServerFailure, nil, nil
	}
	return true
}

// records are Route 53's records as the wire has them. What answers for the name asked bears it as it was asked.
func records(in []flow.Record, asked string) ([]dns.RR, error) {
	var out []dns.RR
	for _, r := range in {
		rr, err := dns.NewRR(fmt.Sprintf("%s %d IN %s %s", decimal(r.Name), r.TTL, r.Type, decimal(r.Value)))
		if err != nil {
			return nil, err
		}
		if dns.CanonicalName(asked) == rr.Header().Name {
			rr.Header().Name = asked
		}
		out = append(out, rr)
	}
	return out, nil
}
