package fake_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func recordSet(name string, kind r53.RRType, values ...string) r53.ResourceRecordSet {
	r := r53.ResourceRecordSet{Name: aws.String(name), Type: kind, TTL: aws.Int64(60)}
	for _, v := range values {
		r.ResourceRecords = append(r.ResourceRecords, r53.ResourceRecord{Value: aws.String(v)})
	}
	return r
}

func aRecord(name string, values ...string) r53.ResourceRecordSet {
	return recordSet(name, r53.RRTypeA, values...)
}

func aliasRecord(name, zone, target string) r53.ResourceRecordSet {
	return r53.ResourceRecordSet{Name: aws.String(name), Type: r53.RRTypeA,
		AliasTarget: &r53.AliasTarget{HostedZoneId: aws.String(zone), DNSName: aws.String(target)}}
}

func create(r r53.ResourceRecordSet) r53.Change {
	return r53.Change{Action: r53.ChangeActionCreate, ResourceRecordSet: &r}
}

func remove(r r53.ResourceRecordSet) r53.Change {
	return r53.Change{Action: r53.ChangeActionDelete, ResourceRecordSet: &r}
}

func upsert(r r53.ResourceRecordSet) r53.Change {
	return r53.Change{Action: r53.ChangeActionUpsert, ResourceRecordSet: &r}
}

func change(ctx context.Context, a *fake.Account, z *r53.HostedZone, changes ...r53.Change) error {
	_, err := a.ChangeResourceRecordSets(ctx, &route53.ChangeResourceRecordSetsInput{HostedZoneId: z.Id, ChangeBatch: &r53.ChangeBatch{Changes: changes}})
	return err
}

// records reads a zone's sets as "name type".
func records(t testing.TB, a *fake.Account, z *r53.HostedZone) []string {
	t.Helper()
	out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id})
	if err != nil {
		requireRefusal(t, err, "NoSuchHostedZone", http.StatusNotFound, "")
		return nil
	}
	var names []string
	for _, r := range out.ResourceRecordSets {
		names = append(names, *r.Name+" "+string(r.Type))
	}
	return names
}

// publicZone is a fresh account with example.com.
func publicZone(t testing.TB) (*fake.Account, *r53.HostedZone) {
	t.Helper()
	a := new(fake.Cloud).Account(ownerID)
	return a, makeZone(t, a, "example.com", nil).HostedZone
}

func TestRecordsAreListedAsRoute53Does(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z,
		create(aRecord("WWW.example.com", "192.0.2.1")), create(aRecord("*.api.example.com.", "192.0.2.2", "192.0.2.3")),
		create(recordSet("api.example.com", r53.RRTypeTxt, `"one" "two"`)), create(recordSet("api.example.com", r53.RRTypeAaaa, "2001:db8::1")),
		create(aRecord("a@b.example.com", "192.0.2.4"))))
	require.Equal(t, []string{"example.com. NS", "example.com. SOA", `a\100b.example.com. A`, "api.example.com. AAAA", "api.example.com. TXT",
		`\052.api.example.com. A`, "www.example.com. A"}, records(t, a, z))
}

func TestRecordPages(t *testing.T) {
	a, z := publicZone(t)
	var changes []r53.Change
	for i := range 700 {
		changes = append(changes, create(aRecord(fmt.Sprintf("h%03d.example.com", i), "192.0.2.1")))
	}
	require.NoError(t, change(t.Context(), a, z, changes...))
	in := &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id}
	var sizes []int
	seen := map[string]bool{}
	for {
		out, err := a.ListResourceRecordSets(t.Context(), in)
		require.NoError(t, err)
		sizes = append(sizes, len(out.ResourceRecordSets))
		for _, r := range out.ResourceRecordSets {
			seen[*r.Name+string(r.Type)] = true
		}
		if !out.IsTruncated {
			break
		}
		in.StartRecordName, in.StartRecordType, in.StartRecordIdentifier = out.NextRecordName, out.NextRecordType, out.NextRecordIdentifier
	}
	require.Equal(t, []int{300, 300, 102}, sizes)
	require.Len(t, seen, 702)
	_, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, StartRecordType: r53.RRTypeA})
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "")
}

func TestChangeBatchIsAllOrNothing(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "192.0.2.1"))))
	err := change(t.Context(), a, z, create(aRecord("new.example.com", "192.0.2.2")), create(aRecord("api.example.com", "192.0.2.3")),
		remove(aRecord("none.example.com", "192.0.2.4")))
	requireRefusal(t, err, "InvalidChangeBatch", http.StatusBadRequest,
		"[Tried to create resource record set [name='api.example.com.', type='A'] but it already exists, "+
			"Tried to delete resource record set [name='none.example.com.', type='A'] but it was not found]")
	var batch *r53.InvalidChangeBatch
	require.ErrorAs(t, err, &batch)
	require.Len(t, batch.Messages, 2)
	require.Equal(t, []string{"example.com. NS", "example.com. SOA", "api.example.com. A"}, records(t, a, z))
}

func TestDeleteRepeatsTheSetExactly(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "192.0.2.1", "192.0.2.2"))))
	other := aRecord("api.example.com", "192.0.2.1", "192.0.2.2")
	other.TTL = aws.Int64(61)
	for _, r := range []r53.ResourceRecordSet{other, aRecord("api.example.com", "192.0.2.1")} {
		requireRefusal(t, change(t.Context(), a, z, remove(r)), "InvalidChangeBatch", http.StatusBadRequest, "do not match the current values")
	}
	require.NoError(t, change(t.Context(), a, z, remove(aRecord("API.example.com.", "192.0.2.2", "192.0.2.1"))))
	require.Len(t, records(t, a, z), 2)
}

func TestReplaceInOneBatch(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "192.0.2.1"))))
	require.NoError(t, change(t.Context(), a, z, remove(aRecord("api.example.com", "192.0.2.1")), create(recordSet("api.example.com", r53.RRTypeCname, "x.example.com"))))
	require.Contains(t, records(t, a, z), "api.example.com. CNAME")
	require.NoError(t, change(t.Context(), a, z, upsert(recordSet("api.example.com", r53.RRTypeCname, "y.example.com"))))
	err := change(t.Context(), a, z, upsert(aRecord("w.example.com", "192.0.2.1")), upsert(aRecord("w.example.com", "192.0.2.2")))
	requireRefusal(t, err, "InvalidChangeBatch", http.StatusBadRequest, "invalid set of changes for a resource record set 'A w.example.com.'")
}

func TestChangesThatAreRefused(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "192.0.2.1")), create(recordSet("c.example.com", r53.RRTypeCname, "api.example.com"))))
	weighted := aRecord("api.example.com", "192.0.2.1")
	weighted.Weight, weighted.SetIdentifier = aws.Int64(1), aws.String("blue")
	noID, noPolicy := weighted, weighted
	noID.SetIdentifier, noPolicy.Weight = nil, nil
	both, neither := aliasRecord("x.example.com", *z.Id, "api.example.com"), aRecord("x.example.com")
	both.TTL = aws.Int64(1)
	neither.TTL = nil
	zone := strings.TrimPrefix(*z.Id, "/hostedzone/")
	for _, tt := range []struct {
		name, code, text string
		change           r53.Change
	}{
		{"outside the zone", "InvalidChangeBatch", "[RRSet with DNS name api.example.org. is not permitted in zone example.com.]", create(aRecord("api.example.org", "192.0.2.1"))},
		{"CNAME at the apex", "InvalidChangeBatch", "RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.", create(recordSet("example.com", r53.RRTypeCname, "x.org"))},
		{"CNAME beside", "InvalidChangeBatch", "RRSet of type CNAME with DNS name api.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.", create(recordSet("api.example.com", r53.RRTypeCname, "x.org"))},
		{"beside a CNAME", "InvalidChangeBatch", "a conflicting RRSet of type CNAME", create(aRecord("c.example.com", "192.0.2.1"))},
		{"no IPv4 address", "InvalidChangeBatch", "ARRDATAIllegalIPv4Address", create(aRecord("x.example.com", "::1"))},
		{"no IPv6 address", "InvalidChangeBatch", "AAAARRDATAIllegalIPv6Address", create(recordSet("x.example.com", r53.RRTypeAaaa, "192.0.2.1"))},
		{"value twice", "InvalidChangeBatch", "Duplicate Resource Record: '192.0.2.1'", create(aRecord("x.example.com", "192.0.2.1", "192.0.2.1"))},
		{"text without quotes", "InvalidChangeBatch", "InvalidCharacterString", create(recordSet("x.example.com", r53.RRTypeTxt, "text"))},
		{"text too long", "InvalidChangeBatch", "CharacterStringTooLong", create(recordSet("x.example.com", r53.RRTypeTxt, `"`+strings.Repeat("x", 256)+`"`))},
		{"two CNAMEs", "InvalidChangeBatch", "one value only", create(recordSet("x.example.com", r53.RRTypeCname, "a.org", "b.org"))},
		{"bad name", "InvalidChangeBatch", "DomainLabelEmpty", create(aRecord("x..example.com", "192.0.2.1"))},
		{"delete SOA", "InvalidChangeBatch", "exactly one SOA record", removeFirst(t, a, z, r53.RRTypeSoa)},
		{"delete NS", "InvalidChangeBatch", "at least one NS record", removeFirst(t, a, z, r53.RRTypeNs)},
		{"weighted beside simple", "InvalidChangeBatch", "cannot be created as a non-weighted set exists with the same name and type.", create(weighted)},
		{"alias to nothing", "InvalidChangeBatch", "Tried to create an alias that targets none.example.com., type A in zone " + zone + ", but that target was not found", create(aliasRecord("x.example.com", zone, "none.example.com"))},
		{"alias outside its zone", "InvalidChangeBatch", "but the alias target name does not lie within the target zone, Tried to create an alias that targets example.org., type A in zone " + zone + ", but that target was not found]", create(aliasRecord("x.example.com", zone, "example.org"))},
		{"alias into another zone", "InvalidChangeBatch", "Tried to create an alias that targets api.example.com., type A in zone Z1", create(aliasRecord("x.example.com", "Z1", "api.example.com"))},
		{"alias to no endpoint", "InvalidChangeBatch", "but that target was not found", create(aliasRecord("x.example.com", "Z7HUB22UULQXV", "vpce-00000000000000000-abcdefgh.vpce-svc-0.us-east-1.vpce.amazonaws.com"))},
		{"alias and TTL", "InvalidInput", "found more than one in Change with [Action=CREATE, Name=x.example.com, Type=A, SetIdentifier=null]", create(both)},
		{"neither", "InvalidInput", "found none in Change with", create(neither)},
		{"policy without identifier", "InvalidInput", "Missing field 'SetIdentifier'", create(noID)},
		{"identifier without policy", "InvalidInput", "Expected exactly one of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found none", create(noPolicy)},
		{"unknown action", "InvalidInput", "enum value set", r53.Change{Action: "create", ResourceRecordSet: &both}},
		{"unknown type", "InvalidInput", "enum value set", create(recordSet("x.example.com", "B", "1"))},
		{"no set", "InvalidInput", "null", r53.Change{Action: r53.ChangeActionCreate}},
		{"routing that is not modelled", "UnsupportedOperation", "ChangeResourceRecordSets.ChangeBatch.Changes.ResourceRecordSet.TrafficPolicyInstanceId", create(r53.ResourceRecordSet{TrafficPolicyInstanceId: aws.String("x")})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := records(t, a, z)
			requireRefusal(t, change(t.Context(), a, z, tt.change), tt.code, http.StatusBadRequest, tt.text)
			require.Equal(t, before, records(t, a, z))
		})
	}
}

func TestNamesAndZonesThatAreNone(t *testing.T) {
	a, z := publicZone(t)
	for text, r := range map[string]r53.ResourceRecordSet{
		"[FATAL problem: DomainNameEmpty (Domain name is empty) encountered with '']":      aRecord("", "192.0.2.1"),
		"FATAL problem: DomainNameEmpty (Domain name is empty) encountered with ''":        aliasRecord("x.example.com", *z.Id, ""),
		"FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..b']": aliasRecord("x.example.com", *z.Id, "a..b"),
	} {
		requireRefusal(t, change(t.Context(), a, z, create(r)), "InvalidChangeBatch", http.StatusBadRequest, text)
	}
	requireRefusal(t, change(t.Context(), a, z), "InvalidInput", http.StatusBadRequest, "")
	requireRefusal(t, change(t.Context(), a, &r53.HostedZone{Id: aws.String("Z0")}, create(aRecord("a.b", "192.0.2.1"))), "NoSuchHostedZone", http.StatusNotFound, "Z0")
}

// removeFirst deletes one of the records that the zone was born with.
func removeFirst(t testing.TB, a *fake.Account, z *r53.HostedZone, kind r53.RRType) r53.Change {
	out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, StartRecordName: z.Name, StartRecordType: kind, MaxItems: aws.Int32(1)})
	require.NoError(t, err)
	return remove(out.ResourceRecordSets[0])
}

func TestBatchLimits(t *testing.T) {
	a, z := publicZone(t)
	batch := func(n int, f func(r53.ResourceRecordSet) r53.Change) []r53.Change {
		var changes []r53.Change
		for i := range n {
			changes = append(changes, f(aRecord(fmt.Sprintf("h%d.example.com", i), "192.0.2.1")))
		}
		return changes
	}
	requireRefusal(t, change(t.Context(), a, z, batch(1001, create)...), "InvalidChangeBatch", http.StatusBadRequest, "Number of records limit of 1000 exceeded.")
	requireRefusal(t, change(t.Context(), a, z, batch(501, upsert)...), "InvalidChangeBatch", http.StatusBadRequest, "Number of records limit of 1000 exceeded.")
	require.NoError(t, change(t.Context(), a, z, batch(1000, create)...))
	require.NoError(t, change(t.Context(), a, z, batch(500, upsert)...))
	var texts []string
	for i := range 130 {
		texts = append(texts, fmt.Sprintf(`"%03d%s"`, i, strings.Repeat("x", 245)))
	}
	requireRefusal(t, change(t.Context(), a, z, create(recordSet("t.example.com", r53.RRTypeTxt, texts...))), "InvalidChangeBatch", http.StatusBadRequest, "Number of characters limit of 32000 exceeded.")
}

func TestAliasInsideTheZone(t *testing.T) {
	a, z := publicZone(t)
	require.NoError(t, change(t.Context(), a, z, create(aRecord("api.example.com", "192.0.2.1")), create(aliasRecord("example.com", *z.Id, "API.example.com"))))
	out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, MaxItems: aws.Int32(1)})
	require.NoError(t, err)
	r := out.ResourceRecordSets[0]
	require.Nil(t, r.TTL)
	require.Equal(t, r53.AliasTarget{HostedZoneId: aws.String(strings.TrimPrefix(*z.Id, "/hostedzone/")), DNSName: aws.String("api.example.com.")}, *r.AliasTarget)
	require.NoError(t, change(t.Context(), a, z, remove(r)))
}
