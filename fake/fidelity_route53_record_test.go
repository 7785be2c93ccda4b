package fake_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// moreRecordRows are facts about records beyond fidelity.md.
var moreRecordRows = []row{
	{section: "3.5", op: "ChangeResourceRecordSets", behaviour: "an InvalidChangeBatch lists all that is wrong", evidence: "R53API:ChangeResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			err := z.change(remove(aRecord("a.orders.internal", "10.1.1.9")), create(aRecord("a.other.internal", "10.1.1.9")), remove(aRecord("b.orders.internal", "10.1.1.9")))
			var batch *r53.InvalidChangeBatch
			require.ErrorAs(z.t, err, &batch)
			require.Contains(z.t, batch.ErrorMessage(), "is not permitted in zone orders.internal.")
			err = z.change(remove(aRecord("a.orders.internal", "10.1.1.9")), remove(aRecord("b.orders.internal", "10.1.1.9")))
			require.ErrorAs(z.t, err, &batch)
			require.Contains(z.t, batch.ErrorMessage(), "[name='a.orders.internal.', type='A'] but it was not found, Tried to delete resource record set [name='b.orders.internal.', type='A'] but it was not found")
		})},
	{section: "4", op: "ChangeResourceRecordSets", behaviour: "32,000 characters a batch, UPSERT counting twice", evidence: "R53DG:DNSLimitations", how: "sure",
		test: withZone(func(z zones) {
			values := func(n int) r53.ResourceRecordSet { return texts(n, 248) } // 250 characters each
			z.must(create(values(128)))
			z.must(remove(values(128)))
			z.refuse("InvalidChangeBatch", "32000", create(values(129)))
			z.refuse("InvalidChangeBatch", "32000", upsert(values(65)))
			z.must(upsert(values(64)))
		})},
	{section: "4", op: "ChangeResourceRecordSets", behaviour: "400 values a record", evidence: "R53DG:DNSLimitations", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "400", create(texts(401, 10)))
			z.must(create(texts(400, 10)))
		})},
	{section: "4", op: "ChangeResourceRecordSets", behaviour: "so many record sets a zone", evidence: "R53DG:DNSLimitations", how: "sure",
		cloud: func(c *fake.Cloud) { c.Quotas.ZoneRecords = 4 },
		test: withZone(func(z zones) {
			z.must(create(aRecord("a.orders.internal", "10.1.1.9")), create(aRecord("b.orders.internal", "10.1.1.9")))
			z.refuse("InvalidChangeBatch", "", create(aRecord("c.orders.internal", "10.1.1.9")))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a set is not deleted twice in a batch", evidence: "R53:ChangeResourceRecordSets, external-dns#4241", how: "sure",
		test: withZone(func(z zones) {
			set := aRecord("a.orders.internal", "10.1.1.9")
			z.must(create(set))
			z.refuse("InvalidChangeBatch", "The request contains an invalid set of changes for a resource record set 'A a.orders.internal.'", remove(set), remove(set))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "DELETE and CREATE in one batch replace a set", evidence: "R53:ChangeResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(aRecord("a.orders.internal", "10.1.1.8")))
			z.must(remove(aRecord("a.orders.internal", "10.1.1.8")), create(aRecord("a.orders.internal", "10.1.1.9")))
			require.Equal(z.t, []string{"10.1.1.9"}, z.values("a.orders.internal", r53.RRTypeA))
			z.refuse("InvalidChangeBatch", "but the values provided do not match the current values",
				remove(aRecord("a.orders.internal", "10.1.1.8")), create(aRecord("a.orders.internal", "10.1.1.7")))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "UPSERT creates or replaces", evidence: "R53:ChangeResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			for _, address := range []string{"10.1.1.8", "10.1.1.9"} {
				z.must(upsert(aRecord("a.orders.internal", address)))
				require.Equal(z.t, []string{address}, z.values("a.orders.internal", r53.RRTypeA))
			}
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "name, type and SetIdentifier tell sets apart", evidence: "R53:ChangeResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(weightedSet("blue", 1)), create(weightedSet("green", 1)))
			z.refuse("InvalidChangeBatch", "set-identifier='blue'] but it already exists", create(weightedSet("blue", 2)))
			z.must(upsert(weightedSet("blue", 2)), remove(weightedSet("green", 1)))
			require.Equal(z.t, "w.orders.internal. A", z.list()[2])
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a routing policy needs a SetIdentifier, and the other way about", evidence: "R53API:ResourceRecordSet", how: "sure",
		test: withZone(func(z zones) {
			none, plain := weightedSet("blue", 1), weightedSet("blue", 1)
			none.SetIdentifier, plain.Weight = nil, nil
			z.refuse("InvalidInput", "Missing field 'SetIdentifier'", create(none))
			z.refuse("InvalidInput", "", create(plain))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "simple and weighted sets of one name do not mix", evidence: "chef-boneyard/route53#100, external-dns#4345", how: "sure",
		test: withZone(func(z zones) {
			z.must(create(weightedSet("blue", 1)))
			z.refuse("InvalidChangeBatch", "RRSet with DNS name w.orders.internal., type A cannot be created as other RRSets exist with the same name and type.",
				create(aRecord("w.orders.internal", "10.1.1.9")))
			z.must(remove(weightedSet("blue", 1)), create(regionSet("east", z.h.region)))
			z.refuse("InvalidChangeBatch", "cannot be created as a non-weighted set exists with the same name and type", create(weightedSet("blue", 1)))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "weighted sets have one TTL", evidence: "aws-sdk-go-v2#518", how: "sure",
		test: withZone(func(z zones) {
			slow := weightedSet("green", 1)
			slow.TTL = aws.Int64(61)
			z.refuse("InvalidChangeBatch", "cannot be created as weighted sets must contain the same TTL.", create(weightedSet("blue", 1)), create(slow))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "private zones have the routing policies", evidence: "R53DG:hosted-zone-private-considerations", how: "sure",
		test: withZone(func(z zones) {
			for name, sets := range policySets {
				var changes []r53.Change
				for _, r := range sets {
					r.Name = aws.String(name + ".orders.internal")
					changes = append(changes, create(r))
				}
				z.must(changes...)
			}
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a TXT value is strings of at most 255 characters in quotation marks", evidence: "boto3#1462", how: "sure",
		test: withZone(func(z zones) {
			txt := func(value string) r53.Change { return create(recordSet("t.orders.internal", r53.RRTypeTxt, value)) }
			z.refuse("InvalidChangeBatch", "CharacterStringTooLong (Value is too long)", txt(`"`+strings.Repeat("x", 256)+`"`))
			z.refuse("InvalidChangeBatch", "InvalidCharacterString", txt("bare"))
			z.must(txt(`"` + strings.Repeat("x", 255) + `" "and \"more\" \303\251"`))
			require.Equal(z.t, []string{`"` + strings.Repeat("x", 255) + `" "and \"more\" \303\251"`}, z.values("t.orders.internal", r53.RRTypeTxt))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "an A record has IPv4 addresses, AAAA IPv6", evidence: "R53DG:ResourceRecordTypes", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "ARRDATAIllegalIPv4Address", create(aRecord("a.orders.internal", "2001:db8::1")))
			z.refuse("InvalidChangeBatch", "IPv6", create(recordSet("a.orders.internal", r53.RRTypeAaaa, "10.1.1.9")))
		})},
	{section: "3.5", op: "ChangeResourceRecordSets", behaviour: "an alias to an empty name", evidence: "harmony-ops#491", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "FATAL problem: DomainNameEmpty (Domain name is empty) encountered with ''", create(aliasRecord("a.orders.internal", z.id(), "")))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "an MX value begins with a priority", evidence: "ansible#23435", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "MXRRDATAPriorityRequired", create(recordSet("m.orders.internal", r53.RRTypeMx, "mail.orders.internal")))
			z.must(create(recordSet("m.orders.internal", r53.RRTypeMx, "10 mail.orders.internal")))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a wildcard is a name's whole first label, and no NS", evidence: "R53DG:DomainNameFormat", how: "sure",
		test: withZone(func(z zones) {
			z.refuse("InvalidChangeBatch", "", create(recordSet("*.orders.internal", r53.RRTypeNs, "ns.orders.internal")))
			z.must(create(aRecord("*.orders.internal", "10.1.1.9")))
			for _, name := range []string{"a.*.orders.internal", "*b.orders.internal"} { // an asterisk like any character
				z.must(create(recordSet(name, r53.RRTypeNs, "ns.orders.internal")))
			}
			require.ElementsMatch(z.t, []string{`\052.orders.internal. A`, `a.\052.orders.internal. NS`, `\052b.orders.internal. NS`}, z.list()[2:])
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a zone keeps its SOA and an NS", evidence: "R53DG:SOA-NSrecords", how: "sure",
		test: withZone(func(z zones) {
			out, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id})
			require.NoError(z.t, err)
			for _, r := range out.ResourceRecordSets {
				z.refuse("InvalidChangeBatch", "A HostedZone must contain", remove(r))
			}
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "an alias stands at the apex and comes back without a TTL", evidence: "R53DG:resource-record-sets-choosing-alias-non-alias", how: "sure",
		test: withZone(func(z zones) {
			name, zone := z.endpointName()
			alias := aliasRecord("orders.internal", zone, name)
			alias.AliasTarget.EvaluateTargetHealth = true
			z.must(create(alias))
			out, err := z.ListResourceRecordSets(z.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.zone.Id, MaxItems: aws.Int32(1)})
			require.NoError(z.t, err)
			r := out.ResourceRecordSets[0]
			require.Nil(z.t, r.TTL)
			require.Equal(z.t, r53.AliasTarget{HostedZoneId: &zone, DNSName: aws.String(name + "."), EvaluateTargetHealth: true}, *r.AliasTarget)
			other := alias
			other.AliasTarget = aliasRecord("", zone, name).AliasTarget
			z.refuse("InvalidChangeBatch", "but the values provided do not match the current values", remove(other))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "AAAA aliases as well as A, no other type to an endpoint", evidence: "R53DG:routing-to-vpc-interface-endpoint", how: "sure",
		test: withZone(func(z zones) {
			name, zone := z.endpointName()
			six, txt := aliasRecord("api.orders.internal", zone, name), aliasRecord("api.orders.internal", zone, name)
			six.Type, txt.Type = r53.RRTypeAaaa, r53.RRTypeTxt
			z.must(create(aliasRecord("api.orders.internal", zone, name)), create(six))
			z.refuse("InvalidChangeBatch", "but that target was not found", create(txt))
		})},
	{section: "7", op: "ChangeResourceRecordSets", behaviour: "a record's name has labels of 63 bytes, 255 in all, and 1024 characters at most", evidence: "R53DG:DomainNameFormat", how: "sure",
		test: withZone(func(z zones) {
			label := strings.Repeat("x", 63)
			z.refuse("InvalidChangeBatch", "DomainLabelTooLong", create(aRecord(label+"x.orders.internal", "10.1.1.9")))
			z.refuse("InvalidChangeBatch", "DomainNameTooLong", create(aRecord(strings.Repeat(label+".", 4)+"orders.internal", "10.1.1.9")))
			z.refuse("InvalidInput", "1024", create(aRecord(strings.Repeat("x", 1020)+".orders.internal", "10.1.1.9")))
			z.must(create(aRecord(label+".orders.internal", "10.1.1.9")))
		})},
	{section: "7", op: "ListResourceRecordSets", behaviour: "sets come in the order of their labels from the right", evidence: "R53:ListResourceRecordSets", how: "sure",
		test: withZone(func(z zones) {
			for _, name := range []string{"b", "a.b", "z.a", "a"} {
				z.must(create(aRecord(name+".orders.internal", "10.1.1.9")))
			}
			require.Equal(z.t, []string{"a.orders.internal. A", "z.a.orders.internal. A", "b.orders.internal. A", "a.b.orders.internal. A"}, z.list()[2:])
		})},
	{section: "7", op: "ListResourceRecordSets", behaviour: "lists show a change that is PENDING", evidence: "R53:ListResourceRecordSets", how: "sure",
		cloud: func(c *fake.Cloud) { c.Timing.ZoneChange = 40 * time.Second },
		test: withZone(func(z zones) {
			out, err := z.ChangeResourceRecordSets(z.t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: z.zone.Id,
				ChangeBatch: &r53.ChangeBatch{Comment: aws.String("why"), Changes: []r53.Change{create(aRecord("a.orders.internal", "10.1.1.9"))}}})
			require.NoError(z.t, err)
			require.Equal(z.t, r53.ChangeStatusPending, out.ChangeInfo.Status)
			require.Equal(z.t, "why", *out.ChangeInfo.Comment)
			require.Contains(z.t, z.list(), "a.orders.internal. A")
		})},
	{section: "3.5", op: "ChangeResourceRecordSets", behaviour: "a zone takes one request at a time", evidence: "R53API, ruby_route_53#34", how: "sure",
		cloud: func(c *fake.Cloud) { c.Timing.ZoneBusy = time.Second },
		test: withZone(func(z zones) {
			require.NoError(z.t, z.change(create(aRecord("a.orders.internal", "10.1.1.9"))))
			requireCode(z.t, z.change(create(aRecord("b.orders.internal", "10.1.1.9"))), "PriorRequestNotComplete",
				"The request was rejected because Route 53 was still processing a prior request.")
			_, err := z.DeleteHostedZone(z.t.Context(), &route53.DeleteHostedZoneInput{Id: z.zone.Id})
			requireCode(z.t, err, "PriorRequestNotComplete", "")
			requireCode(z.t, z.associate(z, z.h.bareVPC), "PriorRequestNotComplete", "")
			z.h.wait(time.Second)
			require.NoError(z.t, z.change(create(aRecord("b.orders.internal", "10.1.1.9"))))
		})},
}

// texts is a TXT set of so many values, each with so many characters between its quotation marks.
func texts(n, length int) r53.ResourceRecordSet {
	var values []string
	for i := range n {
		values = append(values, fmt.Sprintf(`"%0*d"`, length, i))
	}
	return recordSet("t.orders.internal", r53.RRTypeTxt, values...)
}

func weightedSet(id string, weight int64) r53.ResourceRecordSet {
	r := aRecord("w.orders.internal", "10.1.1.9")
	r.SetIdentifier, r.Weight = &id, &weight
	return r
}

func regionSet(id, region string) r53.ResourceRecordSet {
	r := aRecord("w.orders.internal", "10.1.1.9")
	r.SetIdentifier, r.Region = &id, r53.ResourceRecordSetRegion(region)
	return r
}
