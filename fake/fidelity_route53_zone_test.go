package fake_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// moreZoneRows are facts about zones beyond fidelity.md.
var moreZoneRows = []row{
	{section: "7", op: "CreateHostedZone", behaviour: "public zones of one name, each with its own name servers", evidence: "R53API:CreateHostedZone", how: "sure",
		test: withZone(func(z zones) {
			one, two := z.public("example.com", "one"), z.public("example.com", "two")
			require.NotEqual(z.t, one.HostedZone.Id, two.HostedZone.Id)
			require.Len(z.t, one.DelegationSet.NameServers, 4)
			for _, s := range one.DelegationSet.NameServers {
				require.NotContains(z.t, two.DelegationSet.NameServers, s)
			}
			got, err := z.GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: one.HostedZone.Id})
			require.NoError(z.t, err)
			require.Equal(z.t, one.DelegationSet.NameServers, got.DelegationSet.NameServers)
		})},
	{section: "3.5", op: "CreateHostedZone", behaviour: "too many public zones of one name", evidence: "R53API:CreateHostedZone; AWS tells no number", how: "sure",
		cloud: func(c *fake.Cloud) { c.Quotas.HostedZones = 1000 },
		test: withZone(func(z zones) {
			var err error
			for i := 0; err == nil && i < 600; i++ {
				_, err = z.CreateHostedZone(z.t.Context(), z.request("example.com", fmt.Sprint("twin ", i), ""))
			}
			requireCode(z.t, err, "DelegationSetNotAvailable", "")
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "the answer's IDs have prefixes, and the zone a location", evidence: "LS", how: "sure",
		test: withZone(func(z zones) {
			out := z.make("x.internal", z.h.vpc)
			require.Regexp(z.t, "^/hostedzone/Z[A-Z0-9]+$", *out.HostedZone.Id)
			require.Regexp(z.t, "^/change/C[A-Z0-9]+$", *out.ChangeInfo.Id)
			require.True(z.t, strings.HasSuffix(*out.Location, strings.TrimPrefix(*out.HostedZone.Id, "/")))
			require.Equal(z.t, r53.ChangeStatusPending, out.ChangeInfo.Status)
		})},
	{section: "7", op: "GetHostedZone", behaviour: "an ID counts with and without its prefix", evidence: "R53 internal/customizations", how: "sure",
		test: withZone(func(z zones) {
			for _, id := range []string{*z.zone.Id, z.id()} {
				got, err := z.GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: &id})
				require.NoError(z.t, err)
				require.Equal(z.t, *z.zone.Id, *got.HostedZone.Id)
			}
		})},
	{section: "7", op: "ListHostedZones", behaviour: "a zone tells its CallerReference", evidence: "R53T", how: "sure",
		test: withZone(func(z zones) {
			out, err := z.ListHostedZones(z.t.Context(), &route53.ListHostedZonesInput{HostedZoneType: r53.HostedZoneTypePrivateHostedZone})
			require.NoError(z.t, err)
			require.Equal(z.t, []string{z.h.own("orders.internal on " + z.h.vpc)}, references(out.HostedZones, z.id()))
		})},
	{section: "4", op: "CreateHostedZone", behaviour: "a CallerReference has 1 to 128 characters", evidence: "R53API:CreateHostedZone", how: "sure",
		test: withZone(func(z zones) {
			z.refuseZone("InvalidInput", "", z.request("x.internal", strings.Repeat("x", 129), z.h.vpc))
			empty := z.request("x.internal", "", z.h.vpc)
			empty.CallerReference = aws.String("")
			z.refuseZone("InvalidInput", "", empty)
			_, err := z.CreateHostedZone(z.t.Context(), z.request("x.internal", strings.Repeat("x", 128-len(z.h.run)), z.h.vpc))
			require.NoError(z.t, err)
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "a private zone is not made without a VPC", evidence: "R53API:CreateHostedZone", how: "sure",
		test: withZone(func(z zones) {
			in := z.request("x.internal", "x", "")
			in.HostedZoneConfig = &r53.HostedZoneConfig{PrivateZone: true}
			z.refuseZone("InvalidInput", "", in)
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "nobody has a top-level domain", evidence: "R53API:CreateHostedZone", how: "sure",
		test: withZone(func(z zones) {
			z.refuseZone("InvalidDomainName", "", z.request("com", "x", ""))
			z.refuseZone("InvalidDomainName", "", z.request("com", "x", z.h.vpc))
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "labels of 63 bytes, names of 255, no empty label", evidence: "R53DG:DomainNameFormat", how: "sure",
		test: withZone(func(z zones) {
			label := strings.Repeat("x", 63)
			for _, name := range []string{label + "x.internal", strings.Repeat(label+".", 4) + "internal", "a..internal"} {
				z.refuseZone("InvalidDomainName", "", z.request(name, "x", z.h.vpc))
			}
			z.make(label+".internal", z.h.vpc)
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "a zone's name is no wildcard", evidence: "R53DG:DomainNameFormat", how: "sure",
		test: withZone(func(z zones) { z.refuseZone("InvalidDomainName", "", z.request("*.internal", "x", z.h.vpc)) })},
	{section: "7", op: "CreateHostedZone", behaviour: "every private zone has the four reserved name servers", evidence: "R53DG:hosted-zones-private", how: "sure",
		test: withZone(func(z zones) {
			require.ElementsMatch(z.t, []string{"ns-0.awsdns-00.com.", "ns-512.awsdns-00.net.", "ns-1024.awsdns-00.org.", "ns-1536.awsdns-00.co.uk."},
				z.values("orders.internal", r53.RRTypeNs))
		})},
	{section: "7", op: "CreateHostedZone", behaviour: "the SOA of a new zone", evidence: "R53DG:SOA-NSrecords", how: "sure",
		test: withZone(func(z zones) {
			require.Regexp(z.t, `^ns-\S+\. \S+\. 1 7200 900 1209600 86400$`, z.values("orders.internal", r53.RRTypeSoa)[0])
		})},
	{section: "3.5", op: "GetHostedZone", behaviour: "an unknown zone, or another account's, is NoSuchHostedZone", evidence: "LS", how: "sure", test: withZone(unknownZones)},
	{section: "3.5", op: "DeleteHostedZone", behaviour: "a zone that is signed is not deleted", evidence: "R53:DeleteHostedZone", how: "sure", test: withZone(signedZone)},
	{section: "7", op: "DeleteHostedZone", behaviour: "a zone's associations and authorisations need not go first", evidence: "inferred", how: "sure",
		test: withZone(func(z zones) {
			require.NoError(z.t, z.associate(z, z.h.bareVPC))
			_, err := z.CreateVPCAssociationAuthorization(z.t.Context(), &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: z.zone.Id, VPC: z.vpc(z.h.strangersVPC)})
			require.NoError(z.t, err)
			_, err = z.DeleteHostedZone(z.t.Context(), &route53.DeleteHostedZoneInput{Id: z.zone.Id})
			require.NoError(z.t, err)
			z.make("orders.internal", z.h.bareVPC)
		})},
	{section: "4", op: "CreateHostedZone", behaviour: "an account has so many zones", evidence: "R53DG:DNSLimitations", how: "sure",
		cloud: func(c *fake.Cloud) { c.Quotas.HostedZones = 3 },
		test: withZone(func(z zones) {
			z.public("a.example", "a")
			z.public("b.example", "b")
			z.refuseZone("TooManyHostedZones", "", z.request("c.example", "c", ""))
		})},
	{section: "4", op: "ListHostedZones", behaviour: "a page of zones has at most 100, by name as well", evidence: "R53:ListHostedZones", how: "sure",
		test: withZone(func(z zones) {
			for i := range 100 {
				z.public("example.com", fmt.Sprint("twin ", i))
			}
			out, err := z.ListHostedZones(z.t.Context(), &route53.ListHostedZonesInput{MaxItems: aws.Int32(1000)})
			require.NoError(z.t, err)
			require.Len(z.t, out.HostedZones, 100)
			require.True(z.t, out.IsTruncated)
			byName, err := z.ListHostedZonesByName(z.t.Context(), &route53.ListHostedZonesByNameInput{MaxItems: aws.Int32(1000)})
			require.NoError(z.t, err)
			require.Len(z.t, byName.HostedZones, 100)
			require.True(z.t, byName.IsTruncated)
		})},
	{section: "7", op: "ListHostedZonesByName", behaviour: "zones of one name come in the order of their IDs, the caller's alone", evidence: "R53:ListHostedZonesByName", how: "sure",
		test: withZone(func(z zones) {
			for i := range 4 {
				z.public("example.com", fmt.Sprint("twin ", i))
			}
			_, err := z.h.stranger.(route53Client).CreateHostedZone(z.t.Context(), z.request("example.com", "x", ""))
			require.NoError(z.t, err)
			out, err := z.ListHostedZonesByName(z.t.Context(), &route53.ListHostedZonesByNameInput{DNSName: aws.String("example.com")})
			require.NoError(z.t, err)
			require.Len(z.t, out.HostedZones, 5)
			last := ""
			for _, found := range out.HostedZones[:4] {
				require.Equal(z.t, "example.com.", *found.Name)
				require.Less(z.t, last, *found.Id)
				last = *found.Id
			}
		})},
	{section: "7", op: "GetHostedZone", behaviour: "an account sees the same zones in every Region", evidence: "inferred: Route 53 is global", how: "sure",
		test: withZone(func(z zones) {
			got, err := z.h.remote.(route53Client).GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: z.zone.Id})
			require.NoError(z.t, err)
			require.Equal(z.t, "orders.internal.", *got.HostedZone.Name)
		})},
	{section: "7", op: "ChangeTagsForResource", behaviour: "a zone has tags, ten set in a call", evidence: "R53API:ChangeTagsForResource", how: "sure", test: withZone(tagsOfZone)},
	{section: "7", op: "ChangeTagsForResource", behaviour: "tags have letters, numbers, spaces and _ . : / = + - @ only", evidence: "octodns/octodns-route53#136", how: "sure", test: withZone(charactersOfTags)},
	{section: "4", op: "ListHostedZones", behaviour: "five requests a second of an account, all operations together", evidence: "R53DG:DNSLimitations", how: "sure",
		cloud: func(c *fake.Cloud) { c.Inject(fake.AWSLimits()...) },
		test: withZone(func(z zones) {
			var err error
			for i := 0; err == nil && i < 20; i++ {
				if _, err = z.ListHostedZones(z.t.Context(), &route53.ListHostedZonesInput{}); err == nil {
					_, err = z.GetHostedZone(z.t.Context(), &route53.GetHostedZoneInput{Id: z.zone.Id})
				}
			}
			requireCode(z.t, err, "Throttling", "Rate exceeded")
			z.h.wait(2 * time.Second)
			_, err = z.ListHostedZones(z.t.Context(), &route53.ListHostedZonesInput{})
			require.NoError(z.t, err)
		})},
}

// public makes a public zone.
func (z zones) public(name, reference string) *route53.CreateHostedZoneOutput {
	z.t.Helper()
	out, err := z.CreateHostedZone(z.t.Context(), z.request(name, reference, ""))
	require.NoError(z.t, err)
	return out
}

// references are the CallerReferences of the zone with an ID.
func references(zones []r53.HostedZone, id string) []string {
	var out []string
	for _, z := range zones {
		if strings.HasSuffix(*z.Id, "/"+id) {
			out = append(out, *z.CallerReference)
		}
	}
	return out
}

// values are those of one set of the zone.
func (z zones) values(name string, kind r53.RRType) []string {
	z.t.Helper()
	out, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id, StartRecordName: &name, StartRecordType: kind, MaxItems: aws.Int32(1)})
	require.NoError(z.t, err)
	var values []string
	for _, r := range out.ResourceRecordSets[0].ResourceRecords {
		values = append(values, *r.Value)
	}
	return values
}

func unknownZones(z zones) {
	ctx, unknown := z.t.Context(), aws.String("Z00000000000000000000")
	for id, client := range map[*string]route53Client{unknown: z, z.zone.Id: z.h.stranger.(route53Client)} {
		_, err := client.GetHostedZone(ctx, &route53.GetHostedZoneInput{Id: id})
		requireRefusal(z.t, err, "NoSuchHostedZone", 404, "No hosted zone found with ID: Z")
		_, err = client.DeleteHostedZone(ctx, &route53.DeleteHostedZoneInput{Id: id})
		requireCode(z.t, err, "NoSuchHostedZone", "No hosted zone found with ID: Z")
		_, err = client.ListResourceRecordSets(ctx, &route53.ListResourceRecordSetsInput{HostedZoneId: id})
		requireCode(z.t, err, "NoSuchHostedZone", "No hosted zone found with ID: Z")
		_, err = client.ChangeResourceRecordSets(ctx, &route53.ChangeResourceRecordSetsInput{HostedZoneId: id,
			ChangeBatch: &r53.ChangeBatch{Changes: []r53.Change{create(aRecord("a.orders.internal", "10.1.1.9"))}}})
		requireCode(z.t, err, "NoSuchHostedZone", "No hosted zone found with ID: Z")
	}
}

func signedZone(z zones) {
	ctx, made := z.t.Context(), z.public("example.com", "signed").HostedZone
	client := z.route53Client.(interface {
		CreateKeySigningKey(context.Context, *route53.CreateKeySigningKeyInput, ...func(*route53.Options)) (*route53.CreateKeySigningKeyOutput, error)
		EnableHostedZoneDNSSEC(context.Context, *route53.EnableHostedZoneDNSSECInput, ...func(*route53.Options)) (*route53.EnableHostedZoneDNSSECOutput, error)
		DisableHostedZoneDNSSEC(context.Context, *route53.DisableHostedZoneDNSSECInput, ...func(*route53.Options)) (*route53.DisableHostedZoneDNSSECOutput, error)
	})
	_, err := client.EnableHostedZoneDNSSEC(ctx, &route53.EnableHostedZoneDNSSECInput{HostedZoneId: made.Id})
	requireCode(z.t, err, "KeySigningKeyWithActiveStatusNotFound", "")
	_, err = client.CreateKeySigningKey(ctx, &route53.CreateKeySigningKeyInput{HostedZoneId: made.Id, Name: aws.String("key"), Status: aws.String("ACTIVE"),
		CallerReference: aws.String(z.h.own("key")), KeyManagementServiceArn: aws.String("arn:aws:kms:us-east-1:" + z.h.consumerID + ":key/00000000-0000-0000-0000-000000000000")})
	require.NoError(z.t, err)
	_, err = client.EnableHostedZoneDNSSEC(ctx, &route53.EnableHostedZoneDNSSECInput{HostedZoneId: made.Id})
	require.NoError(z.t, err)
	_, err = z.DeleteHostedZone(ctx, &route53.DeleteHostedZoneInput{Id: made.Id})
	requireCode(z.t, err, "HostedZoneNotEmpty", "")
	_, err = client.DisableHostedZoneDNSSEC(ctx, &route53.DisableHostedZoneDNSSECInput{HostedZoneId: made.Id})
	require.NoError(z.t, err)
	_, err = z.DeleteHostedZone(ctx, &route53.DeleteHostedZoneInput{Id: made.Id})
	require.NoError(z.t, err)
}

func charactersOfTags(z zones) {
	set := func(key, value string) error {
		_, err := z.ChangeTagsForResource(z.t.Context(), &route53.ChangeTagsForResourceInput{ResourceId: aws.String(z.id()),
			ResourceType: r53.TagResourceTypeHostedzone, AddTags: []r53.Tag{{Key: aws.String(key), Value: aws.String(value)}}})
		return err
	}
	require.NoError(z.t, set("Straße\u00a01", "a_b.c:d/e=f+g-h@i 2"))
	for key, value := range map[string]string{"a,b": "c", "a": "*.example.com", "b": `0\05725`} {
		requireCode(z.t, set(key, value), "InvalidInput", "Tags can only contain letters, numbers, spaces, and the following special characters: _ . : / = + - @")
	}
}

func tagsOfZone(z zones) {
	ctx, id := z.t.Context(), aws.String(z.id())
	set := func(n int) error {
		in := &route53.ChangeTagsForResourceInput{ResourceId: id, ResourceType: r53.TagResourceTypeHostedzone}
		for i := range n {
			in.AddTags = append(in.AddTags, r53.Tag{Key: aws.String(fmt.Sprint("k", i)), Value: aws.String(fmt.Sprint(n))})
		}
		_, err := z.ChangeTagsForResource(ctx, in)
		return err
	}
	require.NoError(z.t, set(10))
	requireCode(z.t, set(11), "InvalidInput", "")
	_, err := z.ChangeTagsForResource(ctx, &route53.ChangeTagsForResourceInput{ResourceId: id, ResourceType: r53.TagResourceTypeHostedzone, RemoveTagKeys: []string{"k0", "none"}})
	require.NoError(z.t, err)
	out, err := z.ListTagsForResource(ctx, &route53.ListTagsForResourceInput{ResourceId: id, ResourceType: r53.TagResourceTypeHostedzone})
	require.NoError(z.t, err)
	require.Len(z.t, out.ResourceTagSet.Tags, 9)
}
