package fake_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestSeededZonesWereAlwaysThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Lag: time.Minute, Delay: time.Minute}
		a, b := c.Account(ownerID), c.Account(partnerID)
		v, w := a.VPC("10.0.0.0/16"), b.VPC("10.1.0.0/16")
		v.Subnet("a", "10.0.1.0/24")
		w.Subnet("a", "10.1.1.0/24")
		public := a.PublicZone("Example.com").Record("www", "A", time.Minute, "192.0.2.1").Record("", "TXT", time.Minute, `"hello"`)
		private := a.PrivateZone("example.com.", v, w).Record("www", "A", time.Minute, "10.0.0.1").Record("www", "A", time.Minute, "10.0.0.2")
		requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")
		for _, r := range []resolver{v, w} {
			requireAddrs(t, r, "www.example.com", "10.0.0.2")
		}
		requireRecords(t, c.Internet(), "example.com", "TXT", `example.com. TXT "hello"`)
		got, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &private.ID})
		require.NoError(t, err)
		require.EqualValues(t, 3, *got.HostedZone.ResourceRecordSetCount)
		require.Len(t, got.VPCs, 2)
		got, err = a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &public.ID})
		require.NoError(t, err)
		require.Equal(t, public.NameServers, got.DelegationSet.NameServers)
		_, err = b.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: &public.ID})
		requireRefusal(t, err, "NoSuchHostedZone", 404, "")
	})
}

func TestNoLeaksCountsWhatIsPutIntoSeededZones(t *testing.T) {
	var c fake.Cloud
	a, b := c.Account(ownerID), c.Account(partnerID)
	v := a.VPC("10.0.0.0/16")
	h := a.PrivateZone("x.internal", v).Record("theirs", "A", time.Minute, "10.0.0.1")
	z := &r53.HostedZone{Id: &h.ID}
	left := func() []string {
		return record(t, func(t testing.TB) { fake.NoLeaks(t, &c) }).failures
	}
	require.Empty(t, left())
	w, foreign := a.VPC("10.1.0.0/16"), b.VPC("10.2.0.0/16")
	require.NoError(t, change(t.Context(), a, z, create(aRecord("ours.x.internal", "10.0.0.2"))))
	require.NoError(t, associateVPC(t, a, z, vpcRef(w)))
	require.NoError(t, authorizeVPC(t, a, z, vpcRef(foreign)))
	text := left()[0]
	for _, what := range []string{"record set ours.x.internal. A in hosted zone " + h.ID, "association of " + w.ID, "authorisation of " + foreign.ID} {
		require.Contains(t, text, what)
	}
	require.NotContains(t, text, "theirs")
	require.NotContains(t, text, v.ID)
	h.Record("more", "A", time.Minute, "10.0.0.3")
	require.NoError(t, change(t.Context(), a, z, remove(aRecord("ours.x.internal", "10.0.0.2"))))
	require.NoError(t, disassociateVPC(t, a, z, vpcRef(w)))
	_, err := a.DeleteVPCAssociationAuthorization(t.Context(), &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: z.Id, VPC: vpcRef(foreign)})
	require.NoError(t, err)
	require.Empty(t, left())
}

func TestSeedingWhatRoute53RefusesPanics(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	z := a.PrivateZone("x.internal", v)
	for name, seed := range map[string]func(){
		"no VPC":              func() { a.PrivateZone("y.internal") },
		"taken on the VPC":    func() { a.PrivateZone("X.internal", v) },
		"top-level domain":    func() { a.PublicZone("com") },
		"no name":             func() { a.PublicZone("a..b") },
		"address":             func() { z.Record("a", "A", time.Minute, "none") },
		"no value":            func() { z.Record("a", "A", time.Minute) },
		"type":                func() { z.Record("a", "B", time.Minute, "x") },
		"CNAME beside others": func() { z.Record("", "CNAME", time.Minute, "x.org") },
	} {
		require.Panics(t, seed, name)
	}
	require.Len(t, records(t, a, &r53.HostedZone{Id: &z.ID}), 2)
}
