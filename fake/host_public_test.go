package fake_test

import (
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// twin makes one more public zone of a name, with one address for www.
func twin(t testing.TB, a *fake.Account, name, reference, address string) (z *r53.HostedZone, nameServers []string) {
	t.Helper()
	out, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: &name, CallerReference: &reference})
	require.NoError(t, err)
	require.NoError(t, change(t.Context(), a, out.HostedZone, create(aRecord("www."+name, address))))
	return out.HostedZone, out.DelegationSet.NameServers
}

func TestPublicZonesOfOneNameHaveTheirOwnNameServers(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	seen := map[string]bool{}
	for i := range 100 {
		z, servers := twin(t, a, "example.com", string(rune('a'+i)), "192.0.2.1")
		require.Len(t, servers, 4)
		for _, s := range servers {
			require.False(t, seen[s], s)
			seen[s] = true
		}
		got, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: z.Id})
		require.NoError(t, err)
		require.Equal(t, servers, got.DelegationSet.NameServers)
		sets, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, MaxItems: aws.Int32(1)})
		require.NoError(t, err)
		require.Equal(t, r53.RRTypeNs, sets.ResourceRecordSets[0].Type)
		for i, v := range sets.ResourceRecordSets[0].ResourceRecords {
			require.Equal(t, servers[i]+".", *v.Value)
		}
	}
}

func TestTheOldestPublicZoneOfANameAnswersUnlessTheRegistrarNamesAnother(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	first, _ := twin(t, a, "example.com", "one", "192.0.2.1")
	_, second := twin(t, c.Account(partnerID), "example.com", "two", "192.0.2.2")
	v := a.VPC("10.0.0.0/16")
	v.Subnet("a", "10.0.1.0/24")
	asked := func(address string) {
		t.Helper()
		requireAddrs(t, c.Internet(), "www.example.com", address)
		requireAddrs(t, v, "www.example.com", address)
	}
	asked("192.0.2.1")
	c.Internet().Delegate("Example.com", second...)
	asked("192.0.2.2")
	c.Internet().Delegate("example.com", "ns1.elsewhere.net")
	_, err := c.Internet().LookupHost(t.Context(), "www.example.com")
	var dns *net.DNSError
	require.ErrorAs(t, err, &dns)
	require.False(t, dns.IsNotFound)
	require.Contains(t, dns.Err, "delegated to ns1.elsewhere.net")
	c.Internet().Delegate("example.com")
	asked("192.0.2.1")

	require.NoError(t, change(t.Context(), a, first, remove(aRecord("www.example.com", "192.0.2.1"))))
	_, err = a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: first.Id})
	require.NoError(t, err)
	asked("192.0.2.2")
	require.Panics(t, func() { c.Internet().Delegate("a..b") })
}

func TestAPublicZoneBelowAnotherAnswersWhenItIsDelegatedTo(t *testing.T) {
	var c fake.Cloud
	a, b := c.Account(ownerID), c.Account(partnerID)
	parent, _ := twin(t, a, "example.com", "parent", "192.0.2.1")
	_, servers := twin(t, b, "api.example.com", "child", "192.0.2.2")
	requireNoHost(t, c.Internet(), "www.api.example.com", "(example.com) has no record of that name")
	ns := recordSet("api.example.com", r53.RRTypeNs, servers...)
	require.NoError(t, change(t.Context(), a, parent, create(ns)))
	requireAddrs(t, c.Internet(), "www.api.example.com", "192.0.2.2")
	requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")
	require.NoError(t, change(t.Context(), a, parent, upsert(recordSet("api.example.com", r53.RRTypeNs, "ns.elsewhere.net"))))
	_, err := c.Internet().LookupHost(t.Context(), "www.api.example.com")
	require.ErrorContains(t, err, "delegated to ns.elsewhere.net")
}

func TestAPublicZoneAnswersFromInSyncToInSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{ZoneChange: time.Minute}}
		a := c.Account(ownerID)
		z, _ := twin(t, a, "example.com", "one", "192.0.2.1")
		requireNoHost(t, c.Internet(), "www.example.com", "no public zone has it")
		time.Sleep(time.Minute)
		requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")
		require.NoError(t, change(t.Context(), a, z, remove(aRecord("www.example.com", "192.0.2.1"))))
		requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")
		_, err := a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
		require.NoError(t, err)
		requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")
		time.Sleep(time.Minute)
		requireNoHost(t, c.Internet(), "www.example.com", "no public zone has it")
	})
}
