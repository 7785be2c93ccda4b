package fake_test

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// resolver is anything that looks names up.
type resolver interface {
	LookupHost(ctx context.Context, name string) ([]netip.Addr, error)
}

// requireAddrs wants a name to have some addresses, in whatever order: which is first goes round.
func requireAddrs(t testing.TB, r resolver, name string, want ...string) {
	t.Helper()
	got, err := r.LookupHost(t.Context(), name)
	require.NoError(t, err)
	var text []string
	for _, a := range got {
		text = append(text, a.String())
	}
	require.ElementsMatch(t, want, text)
}

func requireNoHost(t testing.TB, r resolver, name, why string) {
	t.Helper()
	_, err := r.LookupHost(t.Context(), name)
	var dns *net.DNSError
	require.ErrorAs(t, err, &dns)
	require.True(t, dns.IsNotFound, dns.Error())
	require.Contains(t, dns.Err, why)
}

func TestPrivateZonesAreSeenWhereTheyServe(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	inside, outside := v.Subnet("a", "10.0.1.0/24"), w.Subnet("a", "10.1.1.0/24")
	z := makeZone(t, a, "orders.internal", v).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.orders.internal", "10.0.1.10", "10.0.1.11")),
		create(recordSet("api.orders.internal", r53.RRTypeAaaa, "2001:db8::1"))))
	for _, r := range []resolver{inside, v, inside.Host()} {
		requireAddrs(t, r, "API.orders.internal.", "10.0.1.10", "10.0.1.11", "2001:db8::1")
	}
	requireNoHost(t, outside, "api.orders.internal", "no private zone of "+w.ID+" and no public zone has it")
	requireNoHost(t, c.Internet(), "api.orders.internal", "no public zone has it")

	require.NoError(t, associateVPC(t, a, z, vpcRef(w)))
	requireAddrs(t, outside, "api.orders.internal", "10.0.1.10", "10.0.1.11", "2001:db8::1")
	require.NoError(t, disassociateVPC(t, a, z, vpcRef(v)))
	requireNoHost(t, inside, "api.orders.internal", "no private zone of "+v.ID)
}

func TestMostSpecificZoneHasTheLastWord(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	public := makeZone(t, a, "example.com", nil).HostedZone
	require.NoError(t, change(t.Context(), a, public, create(aRecord("www.example.com", "192.0.2.1")), create(aRecord("x.api.example.com", "192.0.2.2"))))
	requireAddrs(t, s, "www.example.com", "192.0.2.1")

	parent := makeZone(t, a, "example.com", v).HostedZone
	require.NoError(t, change(t.Context(), a, parent, create(aRecord("x.api.example.com", "10.0.0.1"))))
	requireAddrs(t, s, "x.api.example.com", "10.0.0.1")
	requireNoHost(t, s, "www.example.com", "has no record of that name")
	requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")

	makeZone(t, a, "api.example.com", v)
	requireNoHost(t, s, "x.api.example.com", "(api.example.com) has no record of that name")
	requireAddrs(t, c.Internet(), "x.api.example.com", "192.0.2.2")
}

func TestRecordsLeadToAddresses(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	z := makeZone(t, a, "x.internal", v).HostedZone
	public := makeZone(t, a, "example.com", nil).HostedZone
	require.NoError(t, change(t.Context(), a, public, create(aRecord("www.example.com", "192.0.2.1"))))
	weighted := func(id string, weight int64, value string) r53.Change {
		r := aRecord("weighted.x.internal", value)
		r.SetIdentifier, r.Weight = aws.String(id), aws.Int64(weight)
		return create(r)
	}
	require.NoError(t, change(t.Context(), a, z,
		create(aRecord("a.x.internal", "10.0.0.1")), create(recordSet("a.x.internal", r53.RRTypeAaaa, "2001:db8::1")),
		create(aliasRecord("alias.x.internal", *z.Id, "a.x.internal")),
		create(aliasRecord("x.internal", *z.Id, "alias.x.internal")),
		create(recordSet("c.x.internal", r53.RRTypeCname, "alias.x.internal")),
		create(recordSet("out.x.internal", r53.RRTypeCname, "www.example.com")),
		create(r53.ResourceRecordSet{Name: aws.String("ca.x.internal"), Type: r53.RRTypeCname,
			AliasTarget: &r53.AliasTarget{HostedZoneId: z.Id, DNSName: aws.String("c.x.internal")}}),
		create(recordSet("gone.x.internal", r53.RRTypeCname, "none.x.internal")),
		create(recordSet("loop.x.internal", r53.RRTypeCname, "pool.x.internal")), create(recordSet("pool.x.internal", r53.RRTypeCname, "loop.x.internal")),
		create(recordSet("text.x.internal", r53.RRTypeTxt, `"here"`)),
		create(aRecord("*.x.internal", "10.0.0.9")), create(recordSet("deep.b.x.internal", r53.RRTypeTxt, `"x"`)),
		weighted("blue", 0, "10.0.0.2"), weighted("green", 9, "10.0.0.3")))
	requireAddrs(t, s, "a.x.internal", "10.0.0.1", "2001:db8::1")
	requireAddrs(t, s, "alias.x.internal", "10.0.0.1")
	requireAddrs(t, s, "x.internal", "10.0.0.1")
	requireAddrs(t, s, "c.x.internal", "10.0.0.1")
	requireAddrs(t, s, "ca.x.internal", "10.0.0.1")
	requireAddrs(t, s, "out.x.internal", "192.0.2.1")
	requireAddrs(t, s, "weighted.x.internal", "10.0.0.3")
	requireAddrs(t, s, "any.x.internal", "10.0.0.9")
	requireAddrs(t, s, "deeper.any.x.internal", "10.0.0.9")
	_, err := s.LookupHost(t.Context(), "loop.x.internal")
	var dns *net.DNSError
	require.ErrorAs(t, err, &dns)
	require.True(t, dns.IsTemporary && !dns.IsNotFound && !dns.IsTimeout)
	require.Contains(t, dns.Err, "lead to one another")
	requireNoHost(t, s, "text.x.internal", "has no A or AAAA record")
	requireNoHost(t, s, "b.x.internal", "has no A or AAAA record of that name")
	requireNoHost(t, s, "other.b.x.internal", "has no record of that name")
	requireAddrs(t, s, "gone.x.internal", "10.0.0.9")
	requireNoHost(t, s, "a..b", "DomainLabelEmpty")
	requireAddrs(t, s, "10.9.9.9", "10.9.9.9")
}

func TestVPCAttributesDecideWhoAnswers(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	public, private := makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone
	require.NoError(t, change(t.Context(), a, public, create(aRecord("www.example.com", "192.0.2.1"))))
	require.NoError(t, change(t.Context(), a, private, create(aRecord("www.example.com", "10.0.0.1"))))
	requireAddrs(t, s, "www.example.com", "10.0.0.1")
	v.DNSHostnames(false)
	requireAddrs(t, s, "www.example.com", "192.0.2.1")
	v.DNSHostnames(true).DNSSupport(false)
	_, err := s.LookupHost(t.Context(), "www.example.com")
	var dns *net.DNSError
	require.ErrorAs(t, err, &dns)
	require.True(t, dns.IsTimeout)
	require.False(t, dns.IsNotFound)
	require.Contains(t, dns.Err, "enableDnsSupport is off")
}

func TestNameServersAnswerWhenTheChangeIsInSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{ZoneChange: time.Minute}}
		a := c.Account(ownerID)
		v := a.VPC("10.0.0.0/16")
		s := v.Subnet("a", "10.0.1.0/24")
		z := makeZone(t, a, "x.internal", v).HostedZone
		require.NoError(t, change(t.Context(), a, z, create(aRecord("api.x.internal", "10.0.0.1"))))
		requireNoHost(t, s, "api.x.internal", "")
		require.Len(t, records(t, a, z), 3)
		time.Sleep(time.Minute)
		requireAddrs(t, s, "api.x.internal", "10.0.0.1")
		for _, address := range []string{"10.0.0.2", "10.0.0.3"} {
			require.NoError(t, change(t.Context(), a, z, upsert(aRecord("api.x.internal", address))))
			time.Sleep(20 * time.Second)
			requireAddrs(t, s, "api.x.internal", "10.0.0.1")
		}
		time.Sleep(20 * time.Second)
		requireAddrs(t, s, "api.x.internal", "10.0.0.2")
		time.Sleep(20 * time.Second)
		requireAddrs(t, s, "api.x.internal", "10.0.0.3")
		w := a.VPC("10.1.0.0/16")
		w.Subnet("a", "10.1.1.0/24")
		require.NoError(t, associateVPC(t, a, z, vpcRef(w)))
		requireNoHost(t, w, "api.x.internal", "no private zone")
		time.Sleep(time.Minute)
		requireAddrs(t, w, "api.x.internal", "10.0.0.3")
	})
}
