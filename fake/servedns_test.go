package fake_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// wired is a view of names that can be had on the wire.
type wired interface {
	resolver
	asker
	ServeDNS() *fake.DNSServer
}

// exchange asks a name server one question.
func exchange(t testing.TB, network, server, name string, typ uint16) *dns.Msg {
	t.Helper()
	client := dns.Client{Net: network, UDPSize: 4096, Timeout: time.Minute}
	query := new(dns.Msg).SetQuestion(dns.Fqdn(name), typ)
	query.SetEdns0(4096, false)
	m, _, err := client.Exchange(query, server)
	require.NoError(t, err, "%s %s %s", network, name, dns.Type(typ))
	require.Equal(t, query.Id, m.Id)
	require.False(t, m.Truncated)
	return m
}

func addressesOf(m *dns.Msg) []string {
	var out []string
	for _, rr := range m.Answer {
		switch r := rr.(type) {
		case *dns.A:
			out = append(out, r.A.String())
		case *dns.AAAA:
			out = append(out, r.AAAA.String())
		}
	}
	return out
}

// rcode is what the wire says for what Lookup says.
func rcode(err error) int {
	var failed *net.DNSError
	switch {
	case err == nil:
		return dns.RcodeSuccess
	case errors.As(err, &failed) && failed.IsNotFound:
		return dns.RcodeNameError
	}
	return dns.RcodeServerFailure
}

// TestTheWireAgreesWithLookupHost asks for over 100 names from five places, over both protocols.
func TestTheWireAgreesWithLookupHost(t *testing.T) {
	c, names, views := namedWorld(t)
	asked, rcodes := 0, map[int]int{}
	for place, view := range views {
		server := view.ServeDNS()
		defer server.Close()
		for _, name := range names {
			asked++
			var want, udp, tcp []string
			addrs, err := view.LookupHost(t.Context(), name)
			for _, a := range addrs {
				want = append(want, a.String())
			}
			for _, typ := range []uint16{dns.TypeA, dns.TypeAAAA} {
				_, single := view.Lookup(t.Context(), name, dns.Type(typ).String())
				u, s := exchange(t, "udp", server.Addr, name, typ), exchange(t, "tcp", server.Addr, name, typ)
				require.Equal(t, rcode(single), u.Rcode, "%s from %s: %v", name, place, single)
				require.Equal(t, u.Rcode, s.Rcode)
				rcodes[u.Rcode]++
				udp, tcp = append(udp, addressesOf(u)...), append(tcp, addressesOf(s)...)
			}
			require.ElementsMatch(t, want, udp, "%s from %s", name, place)
			require.ElementsMatch(t, want, tcp, "%s from %s", name, place)
			require.Equal(t, err != nil, len(udp) == 0, "%s from %s: %v", name, place, err)
		}
	}
	require.Greater(t, asked, 100)
	for _, code := range []int{dns.RcodeSuccess, dns.RcodeNameError, dns.RcodeServerFailure} {
		require.Greater(t, rcodes[code], 3, dns.RcodeToString[code])
	}
	require.NotNil(t, c)
}

// namedWorld has names of every sort, and the places from which they are seen.
func namedWorld(t testing.TB) (*fake.Cloud, []string, map[string]wired) {
	z := newZoned(t, fake.Switches{})
	a, v := z.consumer, z.vpc
	other, bare := a.VPC("10.8.0.0/16"), a.VPC("10.9.0.0/16").DNSHostnames(false)
	other.Subnet("a", "10.8.1.0/24")
	bare.Subnet("a", "10.9.1.0/24")
	awsEndpoint(t, a, v, "ec2", z.subnet)
	public, private := makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone
	makeZone(t, a, "deep.example.com", v)
	for i, zone := range []*r53.HostedZone{public, private} {
		changes := []r53.Change{create(aRecord("www.example.com", fmt.Sprintf("192.0.2.%d", 1+i), fmt.Sprintf("192.0.2.%d", 3+i))), create(recordSet("www.example.com", r53.RRTypeAaaa, fmt.Sprintf("2001:db8::%d", i))),
			create(aRecord("*.wild.example.com", "192.0.2.9")), create(recordSet("there.wild.example.com", r53.RRTypeTxt, `"x"`)), create(recordSet("c.example.com", r53.RRTypeCname, "www.example.com")),
			create(recordSet("nowhere.example.com", r53.RRTypeCname, "none.example.com")), create(recordSet("loop.example.com", r53.RRTypeCname, "pool.example.com")), create(recordSet("pool.example.com", r53.RRTypeCname, "loop.example.com")),
			create(aliasRecord("example.com", *zone.Id, "www.example.com")), create(recordSet("mail.example.com", r53.RRTypeMx, "10 www.example.com")), create(aRecord("a.b.c.example.com", "192.0.2.7")), create(aRecord("x.deep.example.com", "192.0.2.8")),
			create(recordSet("lame.example.com", r53.RRTypeNs, "ns.elsewhere.net")), create(aliasRecord("ep.example.com", *z.dns.HostedZoneId, z.regional)), create(aliasRecord("zonal.example.com", *z.dns.HostedZoneId, z.zonal["b"]))}
		require.NoError(t, change(t.Context(), a, zone, changes...))
	}
	names := []string{"WWW.example.com", "x.wild.example.com", "y.x.wild.example.com", "there.wild.example.com", "wild.example.com", "c.example.com", "nowhere.example.com", "loop.example.com",
		"example.com", "mail.example.com", "b.c.example.com", "a.b.c.example.com", "x.deep.example.com", "host.lame.example.com", "ep.example.com", "zonal.example.com", "none.example.com", "example.org",
		z.regional, z.zonal["a"], z.zonal["b"], "x." + z.regional, "ec2.us-east-1.amazonaws.com", "x.ec2.us-east-1.amazonaws.com", "s3.dualstack.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com", balancerDNSName(t, z.provider, z.nlb.ARN)}
	return z.cloud, names, map[string]wired{"a host": z.subnet.Host(), "another VPC": other, "a VPC without host names": bare, "an inbound resolver": v.InboundResolver(), "the internet": z.cloud.Internet()}
}

// TestEveryTypeOnTheWire writes each modelled type of record, with every value of theirs, and reads it back.
func TestEveryTypeOnTheWire(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	server := c.Internet().ServeDNS()
	defer server.Close()
	for kind, values := range typed {
		for i, v := range values.good {
			name := fmt.Sprintf("v%d.%s.example.com", i, strings.ToLower(string(kind)))
			require.NoError(t, change(t.Context(), a, z, create(recordSet(name, kind, v))))
			if kind == r53.RRTypeNs {
				require.Equal(t, dns.RcodeServerFailure, exchange(t, "udp", server.Addr, name, dns.TypeNS).Rcode, "leads on, to servers that are not there")
				continue
			}
			m := exchange(t, "udp", server.Addr, name, dns.StringToType[string(kind)])
			require.Len(t, m.Answer, 1, "%s %s", kind, v)
			require.Equal(t, name+".", m.Answer[0].Header().Name)
			require.EqualValues(t, 60, m.Answer[0].Header().Ttl)
			require.Equal(t, string(kind), dns.Type(m.Answer[0].Header().Rrtype).String())
		}
	}
	texts := func(name string) []string {
		m := exchange(t, "tcp", server.Addr, name, dns.TypeTXT)
		require.Len(t, m.Answer, 1)
		return m.Answer[0].(*dns.TXT).Txt
	}
	require.Equal(t, []string{"one", "two"}, texts("v1.txt.example.com"))
	require.Equal(t, []string{`a \"quote\" and \\ and \195\169`}, texts("v3.txt.example.com"))
	resolver := server.Resolver()
	mx, err := resolver.LookupMX(t.Context(), "v0.mx.example.com")
	require.NoError(t, err)
	require.Equal(t, []*net.MX{{Host: "mail.example.org.", Pref: 10}}, mx)
	cname, err := resolver.LookupCNAME(t.Context(), "v0.a.example.com")
	require.NoError(t, err)
	require.Equal(t, "v0.a.example.com.", cname)
	soa := exchange(t, "udp", server.Addr, "example.com", dns.TypeSOA)
	require.Len(t, soa.Answer, 1)
	require.EqualValues(t, 7200, soa.Answer[0].(*dns.SOA).Refresh)
}

func TestAnswersWithoutRecords(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(recordSet("text.example.com", r53.RRTypeTxt, `"x"`)), create(recordSet("*.example.com", r53.RRTypeTxt, `"y"`))))
	server := c.Internet().ServeDNS()
	defer server.Close()
	for name, want := range map[string]int{"text.example.com": dns.RcodeSuccess, "x.text.example.com": dns.RcodeNameError} {
		m := exchange(t, "udp", server.Addr, name, dns.TypeA)
		require.Equal(t, want, m.Rcode)
		require.Empty(t, m.Answer)
		require.Len(t, m.Ns, 1, "the SOA says for how long there is none")
		require.Equal(t, "example.com.", m.Ns[0].Header().Name)
		require.True(t, m.RecursionAvailable && m.Response)
	}
	require.Empty(t, exchange(t, "udp", server.Addr, "example.org", dns.TypeA).Ns)
	require.Equal(t, "TeXt.Example.com.", exchange(t, "udp", server.Addr, "TeXt.Example.com", dns.TypeTXT).Answer[0].Header().Name)
	for _, name := range []string{"*.example.com", `\(.example.com`, `a\032b.example.com`, `\200.example.com`} {
		require.Len(t, exchange(t, "udp", server.Addr, name, dns.TypeTXT).Answer, 1, name)
	}
	require.Equal(t, dns.RcodeNotImplemented, exchange(t, "udp", server.Addr, "text.example.com", dns.TypeANY).Rcode)
	chaos := new(dns.Msg).SetQuestion("example.com.", dns.TypeA)
	chaos.Question[0].Qclass = dns.ClassCHAOS
	m, err := dns.Exchange(chaos, server.Addr)
	require.NoError(t, err)
	require.Equal(t, dns.RcodeNotImplemented, m.Rcode)
}

func TestLongAnswersAreTruncatedOverUDP(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	var addrs []string
	for i := range 100 {
		addrs = append(addrs, fmt.Sprintf("192.0.2.%d", i))
	}
	require.NoError(t, change(t.Context(), a, z, create(aRecord("many.example.com", addrs...))))
	server := c.Internet().ServeDNS()
	defer server.Close()
	query := new(dns.Msg).SetQuestion("many.example.com.", dns.TypeA)
	m, err := dns.Exchange(query, server.Addr)
	require.NoError(t, err)
	require.True(t, m.Truncated)
	require.Less(t, len(m.Answer), 100)
	m.Compress = true
	require.LessOrEqual(t, m.Len(), dns.MinMsgSize)
	require.Len(t, exchange(t, "udp", server.Addr, "many.example.com", dns.TypeA).Answer, 100, "EDNS(0) has room")
	require.Len(t, exchange(t, "tcp", server.Addr, "many.example.com", dns.TypeA).Answer, 100)
	got, err := server.Resolver().LookupHost(t.Context(), "many.example.com")
	require.NoError(t, err)
	require.ElementsMatch(t, addrs, got, "the standard library's resolver asks again over TCP")
}

func TestAResolverThatIsOffIsSilentOnTheWireToo(t *testing.T) {
	var c fake.Cloud
	v := c.Account(ownerID).VPC("10.0.0.0/16").DNSSupport(false)
	server := v.Subnet("a", "10.0.1.0/24").ServeDNS()
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	client := dns.Client{}
	_, _, err := client.ExchangeContext(ctx, new(dns.Msg).SetQuestion("example.com.", dns.TypeA), server.Addr)
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	v.DNSSupport(true)
	require.Equal(t, dns.RcodeNameError, exchange(t, "udp", server.Addr, "example.com", dns.TypeA).Rcode)
}

// TestAResolverOnTheWireEndsCleanly closes one that still has a connection, and looks for what it leaves.
func TestAResolverOnTheWireEndsCleanly(t *testing.T) {
	var c fake.Cloud
	server := c.Internet().ServeDNS()
	conn, err := dns.Dial("tcp", server.Addr)
	require.NoError(t, err)
	require.NoError(t, conn.WriteMsg(new(dns.Msg).SetQuestion("example.com.", dns.TypeA)))
	_, err = conn.ReadMsg()
	require.NoError(t, err)
	require.Contains(t, stacks(), "miekg/dns")
	server.Close()
	require.NotContains(t, stacks(), "miekg/dns")
	_, err = conn.ReadMsg()
	require.Error(t, err)
	require.NoError(t, conn.Close())
	l, err := net.Listen("tcp", server.Addr)
	require.NoError(t, err, "its port is free")
	require.NoError(t, l.Close())
	server.Close()
}

// stacks are the goroutines that there are.
func stacks() string {
	b := make([]byte, 1<<22)
	return string(b[:runtime.Stack(b, true)])
}
