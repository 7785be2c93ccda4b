package fake_test

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// asker is anything that asks for records of any type.
type asker interface {
	Lookup(ctx context.Context, name, recordType string) ([]fake.DNSRecord, error)
}

func requireRecords(t testing.TB, r asker, name, kind string, want ...string) {
	t.Helper()
	got, err := r.Lookup(t.Context(), name, kind)
	require.NoError(t, err)
	var text []string
	for _, rec := range got {
		text = append(text, rec.Name+" "+rec.Type+" "+rec.Value)
	}
	require.Equal(t, want, text)
}

func TestLookupOfEveryType(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	for _, z := range []*r53.HostedZone{makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone} {
		for kind, values := range typed {
			require.NoError(t, change(t.Context(), a, z, create(recordSet(string(kind)+".example.com", kind, values.good[0]))))
		}
	}
	for _, r := range []asker{s, v, s.Host(), c.Internet()} {
		for kind, values := range typed {
			name := string(kind) + ".example.com"
			if kind == r53.RRTypeNs {
				continue // leads on, to servers that are not there
			}
			got, err := r.Lookup(t.Context(), name, string(kind))
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Equal(t, values.good[0], got[0].Value)
			require.EqualValues(t, 60, got[0].TTL)
		}
		got, err := r.Lookup(t.Context(), "example.com", "NS")
		require.NoError(t, err)
		require.Len(t, got, 4)
		requireRecords(t, r, "a.example.com", "TXT")
		requireRecords(t, r, "cname.example.com", "CNAME", "cname.example.com. CNAME x.example.org")
		_, err = r.Lookup(t.Context(), "none.example.com", "TXT")
		var dns *net.DNSError
		require.ErrorAs(t, err, &dns)
		require.True(t, dns.IsNotFound)
	}
}

func TestLookupFollowsCNAMEsAndAliases(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	inner, outer := makeZone(t, a, "x.internal", v).HostedZone, makeZone(t, a, "example.com", nil).HostedZone
	txt := aliasRecord("t.x.internal", *inner.Id, "text.x.internal")
	txt.Type = r53.RRTypeTxt
	require.NoError(t, change(t.Context(), a, inner, create(recordSet("c.x.internal", r53.RRTypeCname, "www.example.com.")),
		create(recordSet("text.x.internal", r53.RRTypeTxt, `"hello"`)), create(txt), create(aRecord("a.x.internal", "10.0.0.1")),
		create(aliasRecord("x.internal", *inner.Id, "b.x.internal")), create(aliasRecord("b.x.internal", *inner.Id, "a.x.internal"))))
	require.NoError(t, change(t.Context(), a, outer, create(recordSet("www.example.com", r53.RRTypeCname, "x.internal")),
		create(recordSet("plain.example.com", r53.RRTypeCname, "c.x.internal"))))
	requireRecords(t, s, "c.x.internal", "A", "c.x.internal. CNAME www.example.com.", "www.example.com. CNAME x.internal", "x.internal. A 10.0.0.1")
	requireRecords(t, s, "t.x.internal", "TXT", `t.x.internal. TXT "hello"`)
	requireRecords(t, s, "c.x.internal", "AAAA", "c.x.internal. CNAME www.example.com.", "www.example.com. CNAME x.internal")
	requireNoHost(t, c.Internet(), "www.example.com", "no such host x.internal: no public zone has it")

	require.NoError(t, change(t.Context(), a, inner, remove(aRecord("a.x.internal", "10.0.0.1"))))
	requireNoHost(t, s, "x.internal", "the record of its alias target a.x.internal no longer exists")
}

func TestAliasesThatGoInCirclesEnd(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	cname := func(name, to string) r53.ResourceRecordSet {
		r := aliasRecord(name, *z.Id, to)
		r.Type = r53.RRTypeCname
		return r
	}
	require.NoError(t, change(t.Context(), a, z,
		create(aliasRecord("a.example.com", *z.Id, "b.example.com")), create(aliasRecord("b.example.com", *z.Id, "a.example.com")),
		create(cname("c.example.com", "d.example.com")), create(cname("d.example.com", "c.example.com"))))
	for _, name := range []string{"a.example.com", "c.example.com"} {
		_, err := c.Internet().LookupHost(t.Context(), name)
		require.ErrorContains(t, err, "more than 16 names lead to one another")
		_, err = c.Internet().Lookup(t.Context(), name, "A")
		require.ErrorContains(t, err, "more than 16 names lead to one another")
	}
}

// TestANameOfAnotherType holds rule 4 of aws-facts 7.1, which AWS's guide and DNS tell differently.
func TestANameOfAnotherType(t *testing.T) {
	for _, hides := range []bool{false, true} {
		c := fake.Cloud{Switches: fake.Switches{MissingTypeHidesName: hides}}
		a := c.Account(ownerID)
		v := a.VPC("10.0.0.0/16")
		s := v.Subnet("a", "10.0.1.0/24")
		for _, z := range []*r53.HostedZone{makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone} {
			require.NoError(t, change(t.Context(), a, z, create(recordSet("x.example.com", r53.RRTypeTxt, `"x"`)), create(aRecord("y.example.com", "192.0.2.1")),
				create(aRecord("*.example.com", "192.0.2.9"))))
		}
		requireRecords(t, c.Internet(), "x.example.com", "A")
		_, err := s.Lookup(t.Context(), "x.example.com", "A")
		var dns *net.DNSError
		require.Equal(t, hides, err != nil)
		if hides {
			require.ErrorAs(t, err, &dns)
			require.True(t, dns.IsNotFound)
		}
		requireNoHost(t, s, "x.example.com", "has no A or AAAA record of that name")
		requireAddrs(t, s, "y.example.com", "192.0.2.1")
		requireAddrs(t, s, "other.example.com", "192.0.2.9")
	}
}

// TestDisassociationAndDeletionReachNameServersInTime holds that a VPC keeps the old answers until the change is INSYNC.
func TestDisassociationAndDeletionReachNameServersInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fake.Cloud{Timing: fake.Timing{ZoneChange: time.Minute}}
		a := c.Account(ownerID)
		v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
		inside, other := v.Subnet("a", "10.0.1.0/24"), w.Subnet("a", "10.1.1.0/24")
		public, private := makeZone(t, a, "example.com", nil).HostedZone, makeZone(t, a, "example.com", v).HostedZone
		require.NoError(t, associateVPC(t, a, private, vpcRef(w)))
		require.NoError(t, change(t.Context(), a, public, create(aRecord("www.example.com", "192.0.2.1"))))
		require.NoError(t, change(t.Context(), a, private, create(aRecord("www.example.com", "10.0.0.1"))))
		time.Sleep(time.Minute)
		requireAddrs(t, inside, "www.example.com", "10.0.0.1")
		requireAddrs(t, c.Internet(), "www.example.com", "192.0.2.1")

		out, err := a.DisassociateVPCFromHostedZone(t.Context(), &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: private.Id, VPC: vpcRef(v)})
		require.NoError(t, err)
		require.Equal(t, []string{w.ID}, zoneVPCs(t, a, private), "the API knows at once")
		requireAddrs(t, inside, "www.example.com", "10.0.0.1")
		time.Sleep(time.Minute)
		got, err := a.GetChange(t.Context(), &route53.GetChangeInput{Id: out.ChangeInfo.Id})
		require.NoError(t, err)
		require.Equal(t, r53.ChangeStatusInsync, got.ChangeInfo.Status)
		requireAddrs(t, inside, "www.example.com", "192.0.2.1")
		requireAddrs(t, other, "www.example.com", "10.0.0.1")

		require.NoError(t, change(t.Context(), a, private, remove(aRecord("www.example.com", "10.0.0.1"))))
		_, err = a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: private.Id})
		require.NoError(t, err)
		requireAddrs(t, other, "www.example.com", "10.0.0.1")
		time.Sleep(time.Minute)
		requireAddrs(t, other, "www.example.com", "192.0.2.1")
	})
}

func TestPublicNamesOfAWS(t *testing.T) {
	var c fake.Cloud
	s := c.Account(ownerID).VPC("10.0.0.0/16").Subnet("a", "10.0.1.0/24")
	s3, dynamo := netip.MustParsePrefix("52.216.0.0/15"), netip.MustParsePrefix("52.94.0.0/22")
	for name, block := range map[string]netip.Prefix{"s3.us-east-1.amazonaws.com": s3, "bucket.s3.eu-west-1.amazonaws.com": s3, "s3.amazonaws.com": s3,
		"my.bucket.s3.amazonaws.com": s3, "dynamodb.us-east-1.amazonaws.com": dynamo, "s3.cn-north-1.amazonaws.com.cn": s3,
		"ec2.us-east-1.amazonaws.com": netip.MustParsePrefix("54.239.0.0/16"), "111111111111.dkr.ecr.us-east-1.amazonaws.com": netip.MustParsePrefix("54.239.0.0/16")} {
		addrs := requirePublic(t, c.Internet(), name)
		require.Len(t, addrs, 1, name)
		require.True(t, block.Contains(addrs[0]), "%s %s", name, addrs[0])
		require.Equal(t, addrs, requirePublic(t, s, name))
	}
	require.Len(t, requirePublic(t, c.Internet(), "bucket.s3.dualstack.us-east-1.amazonaws.com"), 2)
	require.NotEqual(t, requirePublic(t, c.Internet(), "s3.us-east-1.amazonaws.com"), requirePublic(t, c.Internet(), "s3.eu-west-1.amazonaws.com"))
	for _, name := range []string{"amazonaws.com", "us-east-1.amazonaws.com", "nothing.us-east-1.amazonaws.com", "x.ec2.us-east-1.amazonaws.com",
		"s3.cn-north-1.amazonaws.com", "s3.us-east-1.amazonaws.com.cn", "s3.nowhere-1.amazonaws.com", "dkr.ecr.us-east-1.amazonaws.com", "com.cn"} {
		requireNoHost(t, c.Internet(), name, "no public zone has it")
	}
	v := c.Account(ownerID).VPC("10.1.0.0/16")
	v.Subnet("a", "10.1.1.0/24")
	makeZone(t, c.Account(ownerID), "amazonaws.com", v)
	requireNoHost(t, v, "s3.us-east-1.amazonaws.com", "has no record of that name")
}

func TestWildcardsOfRecords(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(aRecord("*.example.com", "192.0.2.1")), create(aRecord("a*.example.com", "192.0.2.2")),
		create(recordSet("there.example.com", r53.RRTypeTxt, `"x"`)), create(aRecord("*.deep.example.com", "192.0.2.3")),
		create(recordSet("*.mail.example.com", r53.RRTypeMx, "10 mail.example.com"))))
	for name, want := range map[string]string{"x.example.com": "192.0.2.1", "x.y.example.com": "192.0.2.1", "abc.example.com": "192.0.2.1", "a*.example.com": "192.0.2.2",
		"x.deep.example.com": "192.0.2.3", `\052.example.com`: "192.0.2.1", "*.example.com": "192.0.2.1"} {
		requireAddrs(t, c.Internet(), name, want)
	}
	for _, name := range []string{"there.example.com", "deep.example.com", "x.there.example.com", "x.mail.example.com"} {
		requireNoHost(t, c.Internet(), name, "")
	}
	requireRecords(t, c.Internet(), "x.y.mail.example.com", "MX", "x.y.mail.example.com. MX 10 mail.example.com")
}

// TestVPCsOfOneZoneKeepItsAnswers moves a zone from one VPC to another by way of both.
func TestVPCsOfOneZoneKeepItsAnswers(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	var vpcs []*fake.VPC
	for i := range 3 {
		v := a.VPC(fmt.Sprintf("10.%d.0.0/16", i))
		v.Subnet("a", fmt.Sprintf("10.%d.1.0/24", i))
		vpcs = append(vpcs, v)
	}
	z := makeZone(t, a, "x.internal", vpcs[0]).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.x.internal", "10.0.0.1"))))
	for i := range 2 {
		require.NoError(t, associateVPC(t, a, z, vpcRef(vpcs[i+1])))
		require.NoError(t, disassociateVPC(t, a, z, vpcRef(vpcs[i])))
		for j, v := range vpcs {
			_, err := v.LookupHost(t.Context(), "api.x.internal")
			require.Equal(t, j == i+1, err == nil)
		}
	}
	requireRefusal(t, disassociateVPC(t, a, z, vpcRef(vpcs[2])), "LastVPCAssociation", 400, "")
	_, err := a.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{Id: aws.String("/hostedzone/" + (*z.Id)[len("/hostedzone/"):])})
	require.NoError(t, err)
}
