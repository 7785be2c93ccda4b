package fake_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// typed has, for each type but SOA, values that Route 53 takes and values that it refuses with a word.
var typed = map[r53.RRType]struct {
	good []string
	bad  map[string]string
}{
	"A":     {[]string{"192.0.2.1"}, map[string]string{"::1": "IllegalIPv4", "192.0.2.1 ": "IllegalIPv4", "": "EmptyRDATA"}},
	"AAAA":  {[]string{"2001:DB8::1", "::ffff:192.0.2.1"}, map[string]string{"192.0.2.1": "IllegalIPv6", "fe80::1%eth0": "IllegalIPv6"}},
	"CNAME": {[]string{"x.example.org"}, map[string]string{"x..org": "DomainLabelEmpty", "x y": "UnsupportedCharacter"}},
	"MX":    {[]string{"10 mail.example.org", "0 mail.example.org."}, map[string]string{"mail.example.org": "MXRRDATAPriorityRequired", "70000 mail": "InvalidNumber", "1 2 mail": "NotEnoughFields"}},
	"SRV":   {[]string{"1 10 5269 xmpp.example.com."}, map[string]string{"1 10 xmpp.example.com": "NotEnoughFields", "1 10 -1 x": "InvalidNumber"}},
	"CAA":   {[]string{`0 issue "ca.example.com"`, `128 iodef "mailto:a@b.example"`}, map[string]string{"0 issue ca.example.com": "quotation marks", `300 issue "x"`: "InvalidNumber", `0 is-sue "x"`: "Tag"}},
	"NAPTR": {[]string{`100 50 "u" "E2U+sip" "!^(\\+441632960083)$!sip:\\1@example.com!" .`}, map[string]string{`100 50 u "x" "y" .`: "quotation marks"}},
	"NS":    {[]string{"ns-1.example.com"}, map[string]string{"": "EmptyRDATA"}},
	"PTR":   {[]string{"host.example.com"}, map[string]string{"a..b": "DomainLabelEmpty"}},
	"TXT": {[]string{`"one"`, `"one" "two"`, `""`, `"a \"quote\" and \\ and \303\251"`, `"` + strings.Repeat("x", 255) + `"`, `"` + strings.Repeat(`\303`, 255) + `"`},
		map[string]string{"bare": "quotation marks", `"open`: "quotation marks", `"a" b`: "quotation marks", `"é"`: "UnsupportedCharacter", "\"\t\"": "UnsupportedCharacter",
			` "x"`: "quotation marks", `"` + strings.Repeat("x", 256) + `"`: "CharacterStringTooLong"}},
	"SPF":   {[]string{`"v=spf1 -all"`}, map[string]string{"v=spf1": "quotation marks"}},
	"DS":    {[]string{"123 13 2 C4E1"}, map[string]string{"123 13 2 xyz": "InvalidHex"}},
	"SSHFP": {[]string{"1 1 0123456789abcdef"}, map[string]string{"1 1": "NotEnoughFields"}},
	"TLSA":  {[]string{"3 1 1 abcd"}, map[string]string{"3 1 1 abc": "InvalidHex"}},
	"SVCB":  {[]string{"1 . alpn=h2", "0 x.example.com"}, map[string]string{"1": "NotEnoughFields"}},
	"HTTPS": {[]string{"1 . alpn=h2,h3"}, map[string]string{"x .": "InvalidNumber"}},
}

func TestEveryRecordTypeTakesItsValues(t *testing.T) {
	a, z := publicZone(t)
	for _, kind := range r53.RRType("").Values() {
		if kind == r53.RRTypeSoa {
			continue
		}
		require.Contains(t, typed, kind)
		for i, v := range typed[kind].good {
			host := fmt.Sprintf("good%d.%s.example.com", i, strings.ToLower(string(kind)))
			require.NoError(t, change(t.Context(), a, z, create(recordSet(host, kind, v))), "%s %q", kind, v)
			require.Equal(t, v, *readSet(t, a, z, host, kind).ResourceRecords[0].Value, "values come back as they were sent")
			require.NoError(t, change(t.Context(), a, z, remove(recordSet(host, kind, v))))
		}
		for v, text := range typed[kind].bad {
			requireRefusal(t, change(t.Context(), a, z, create(recordSet("bad.example.com", kind, v))), "InvalidChangeBatch", http.StatusBadRequest, text)
		}
	}
	require.Len(t, records(t, a, z), 2)
}

// readSet is one set of a zone.
func readSet(t testing.TB, a *fake.Account, z *r53.HostedZone, name string, kind r53.RRType) r53.ResourceRecordSet {
	t.Helper()
	out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, StartRecordName: &name, StartRecordType: kind, MaxItems: aws.Int32(1)})
	require.NoError(t, err)
	require.Len(t, out.ResourceRecordSets, 1)
	return out.ResourceRecordSets[0]
}

// policied is an A record with a routing policy.
func policied(id, address string, policy func(*r53.ResourceRecordSet)) r53.ResourceRecordSet {
	r := aRecord("x.example.com", address)
	r.SetIdentifier = &id
	policy(&r)
	return r
}

func byWeight(w int64) func(*r53.ResourceRecordSet) {
	return func(r *r53.ResourceRecordSet) { r.Weight = &w }
}

func byRegion(region r53.ResourceRecordSetRegion) func(*r53.ResourceRecordSet) {
	return func(r *r53.ResourceRecordSet) { r.Region = region }
}

func byFailover(role r53.ResourceRecordSetFailover) func(*r53.ResourceRecordSet) {
	return func(r *r53.ResourceRecordSet) { r.Failover = role }
}

func byCountry(code string) func(*r53.ResourceRecordSet) {
	return func(r *r53.ResourceRecordSet) { r.GeoLocation = &r53.GeoLocation{CountryCode: &code} }
}

func byContinent(code string) func(*r53.ResourceRecordSet) {
	return func(r *r53.ResourceRecordSet) { r.GeoLocation = &r53.GeoLocation{ContinentCode: &code} }
}

func multivalued(r *r53.ResourceRecordSet) { r.MultiValueAnswer = aws.Bool(true) }

// policySets are sets of each routing policy.
var policySets = map[string][]r53.ResourceRecordSet{
	"weighted":    {policied("1", "192.0.2.1", byWeight(0)), policied("2", "192.0.2.2", byWeight(255))},
	"latency":     {policied("1", "192.0.2.1", byRegion("us-east-1")), policied("2", "192.0.2.2", byRegion("eu-west-1"))},
	"failover":    {policied("1", "192.0.2.1", byFailover("PRIMARY")), policied("2", "192.0.2.2", byFailover("SECONDARY"))},
	"geolocation": {policied("1", "192.0.2.1", byCountry("*")), policied("2", "192.0.2.2", byCountry("US")), policied("3", "192.0.2.3", byContinent("EU"))},
	"multivalue":  {policied("1", "192.0.2.1", multivalued), policied("2", "192.0.2.2", multivalued)},
}

func TestSetsOfEachRoutingPolicyComeBackAsSent(t *testing.T) {
	for name, sets := range policySets {
		a, z := publicZone(t)
		var creates, removes []r53.Change
		for _, r := range sets {
			creates, removes = append(creates, create(r)), append(removes, remove(r))
		}
		require.NoError(t, change(t.Context(), a, z, creates...), name)
		out, err := a.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: z.Id, StartRecordName: aws.String("x.example.com")})
		require.NoError(t, err)
		require.Len(t, out.ResourceRecordSets, len(sets))
		for i, r := range sets {
			r.Name = aws.String("x.example.com.")
			require.Equal(t, r, out.ResourceRecordSets[i], name)
		}
		if len(sets) > 2 {
			other := sets[2]
			other.GeoLocation = sets[1].GeoLocation
			requireRefusal(t, change(t.Context(), a, z, remove(other)), "InvalidChangeBatch", http.StatusBadRequest, "do not match the current values")
		}
		require.NoError(t, change(t.Context(), a, z, removes...), name)
	}
}

func TestRoutingPoliciesDoNotMix(t *testing.T) {
	for name, sets := range policySets {
		a, z := publicZone(t)
		require.NoError(t, change(t.Context(), a, z, create(sets[0])))
		requireRefusal(t, change(t.Context(), a, z, create(aRecord("x.example.com", "192.0.2.9"))), "InvalidChangeBatch", http.StatusBadRequest,
			"RRSet with DNS name x.example.com., type A cannot be created as other RRSets exist with the same name and type.")
		for other, foreign := range policySets {
			if other != name {
				r := foreign[0]
				r.SetIdentifier = aws.String("other")
				requireRefusal(t, change(t.Context(), a, z, create(r)), "InvalidChangeBatch", http.StatusBadRequest, "SetIdentifier other cannot be created as a non-"+other)
			}
		}
		require.NoError(t, change(t.Context(), a, z, remove(sets[0]), create(aRecord("x.example.com", "192.0.2.9"))))
	}
}

func TestRulesOfRoutingPolicies(t *testing.T) {
	a, z := publicZone(t)
	two := policied("1", "192.0.2.1", byWeight(1))
	two.Failover = "PRIMARY"
	alias := policied("1", "192.0.2.1", multivalued)
	alias.TTL, alias.ResourceRecords, alias.AliasTarget = nil, nil, aliasRecord("", *z.Id, "y.example.com").AliasTarget
	ns := recordSet("x.example.com", r53.RRTypeNs, "ns.example.org")
	ns.SetIdentifier, ns.Weight = aws.String("1"), aws.Int64(1)
	long := policied(strings.Repeat("x", 129), "192.0.2.1", byWeight(1))
	for text, r := range map[string]r53.ResourceRecordSet{
		"found more than one": two, "neither an alias nor a CNAME": alias, "has no routing policy": ns, "between 1 and 128": long,
		"failover":                          policied("1", "192.0.2.1", byFailover("primary")),
		"region":                            policied("1", "192.0.2.1", byRegion("nowhere-1")),
		"between 0 and 255":                 policied("1", "192.0.2.1", byWeight(256)),
		"Member must be a continent":        policied("1", "192.0.2.1", byContinent("XX")),
		"a ContinentCode or a CountryCode":  policied("1", "192.0.2.1", func(r *r53.ResourceRecordSet) { r.GeoLocation = &r53.GeoLocation{} }),
		"a country of ISO 3166-1 or *":      policied("1", "192.0.2.1", byCountry("USA")),
		"needs the CountryCode US or UA":    policied("1", "192.0.2.1", func(r *r53.ResourceRecordSet) { byCountry("DE")(r); r.GeoLocation.SubdivisionCode = aws.String("BY") }),
		"length less than or equal to 4000": recordSet("x.example.com", r53.RRTypeTxt, strings.Repeat(`"x" `, 1001)),
		"length less than or equal to 1024": aRecord(strings.Repeat("x", 1025), "192.0.2.1"),
	} {
		requireRefusal(t, change(t.Context(), a, z, create(r)), "InvalidInput", http.StatusBadRequest, text)
	}
	require.NoError(t, change(t.Context(), a, z, create(policied("1", "192.0.2.1", byWeight(1)))))
	slow := policied("2", "192.0.2.2", byWeight(1))
	slow.TTL = aws.Int64(61)
	requireRefusal(t, change(t.Context(), a, z, create(slow)), "InvalidChangeBatch", http.StatusBadRequest, "cannot be created as weighted sets must contain the same TTL.")
	for _, name := range []string{"latency", "failover", "geolocation"} {
		a, z := publicZone(t)
		twin := policySets[name][0]
		twin.SetIdentifier = aws.String("twin")
		requireRefusal(t, change(t.Context(), a, z, create(policySets[name][0]), create(twin)), "InvalidChangeBatch", http.StatusBadRequest, "belongs to the set 1")
	}
}

func TestRoutingPoliciesAnswer(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	east, west, dublin := a.VPC("10.0.0.0/16"), a.In("us-west-2").VPC("10.1.0.0/16"), a.In("eu-west-1").VPC("10.2.0.0/16")
	tokyo := a.In("ap-northeast-1").VPC("10.3.0.0/16")
	for i, v := range []*fake.VPC{east, west, dublin, tokyo} {
		v.Subnet("a", fmt.Sprintf("10.%d.1.0/24", i))
	}
	answers := func(name string) map[resolver]string {
		z := makeZone(t, a, "example.com", nil).HostedZone
		var creates, removes []r53.Change
		for _, r := range policySets[name] {
			creates, removes = append(creates, create(r)), append(removes, remove(r))
		}
		require.NoError(t, change(t.Context(), a, z, creates...))
		out := map[resolver]string{}
		for _, r := range []resolver{east, west, dublin, tokyo, c.Internet()} {
			got, err := r.LookupHost(t.Context(), "x.example.com")
			require.NoError(t, err)
			out[r] = got[0].String()[len("192.0.2."):]
			if name == "multivalue" {
				require.Len(t, got, 2)
			}
		}
		require.NoError(t, change(t.Context(), a, z, removes...))
		_, err := a.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: z.Id})
		require.NoError(t, err)
		return out
	}
	seen := func(name string) string {
		got := answers(name)
		return got[east] + got[west] + got[dublin] + got[tokyo]
	}
	require.Equal(t, "2222", seen("weighted"))
	require.Equal(t, "1121", seen("latency"))
	require.Equal(t, "1111", seen("failover"))
	require.Equal(t, "2231", seen("geolocation"))
	require.Equal(t, "1111", seen("multivalue"))
}

func TestWeightsDraw(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(policied("1", "192.0.2.1", byWeight(1))), create(policied("2", "192.0.2.2", byWeight(3)))))
	count := map[string]int{}
	draw := func() {
		clear(count)
		for range 1000 {
			got, err := c.Internet().LookupHost(t.Context(), "x.example.com")
			require.NoError(t, err)
			count[got[0].String()]++
		}
	}
	draw()
	require.InDelta(t, 750, count["192.0.2.2"], 60)
	require.NoError(t, change(t.Context(), a, z, upsert(policied("1", "192.0.2.1", byWeight(0))), upsert(policied("2", "192.0.2.2", byWeight(0)))))
	draw()
	require.InDelta(t, 500, count["192.0.2.2"], 70)
}

func TestAliasToALoadBalancer(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v := a.VPC("10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	a.NLB("orders", s)
	out, err := a.LoadBalancing().DescribeLoadBalancers(t.Context(), &elasticloadbalancingv2.DescribeLoadBalancersInput{})
	require.NoError(t, err)
	lb := out.LoadBalancers[0]
	z := makeZone(t, a, "x.internal", v).HostedZone
	require.NoError(t, change(t.Context(), a, z, create(aliasRecord("lb.x.internal", *lb.CanonicalHostedZoneId, *lb.DNSName))))
	got, err := s.LookupHost(t.Context(), "lb.x.internal")
	require.NoError(t, err)
	direct, err := s.LookupHost(t.Context(), *lb.DNSName)
	require.NoError(t, err)
	require.Equal(t, direct, got)
	for text, r := range map[string]r53.ResourceRecordSet{
		"that target was not found":                aliasRecord("y.x.internal", *lb.CanonicalHostedZoneId, "none-0.elb.us-east-1.amazonaws.com"),
		"does not lie within the target zone":      aliasRecord("y.x.internal", "Z7HUB22UULQXV", *lb.DNSName),
		"fake: an alias to app.us-east-1.elb.amaz": aliasRecord("y.x.internal", "Z35SXDOTRQ7X7K", "app.us-east-1.elb.amazonaws.com"),
		"fake: an alias to d1.cloudfront.net":      aliasRecord("y.x.internal", "Z2FDTNDATAQYW2", "d1.cloudfront.net"),
		"alias that targets y.x.internal., type A": aliasRecord("y.x.internal", *z.Id, "y.x.internal"),
	} {
		requireRefusal(t, change(t.Context(), a, z, create(r)), "InvalidChangeBatch", http.StatusBadRequest, text)
	}
}

func TestValuesOfASet(t *testing.T) {
	a, z := publicZone(t)
	var values []string
	for i := range 401 {
		values = append(values, fmt.Sprintf("10.0.%d.%d", i/256, i%256))
	}
	require.NoError(t, change(t.Context(), a, z, create(aRecord("x.example.com", values[:400]...))))
	requireRefusal(t, change(t.Context(), a, z, create(aRecord("y.example.com", values...))), "InvalidChangeBatch", http.StatusBadRequest, "may have 400 values only")
	set := aRecord("x.example.com", values[:400]...)
	requireRefusal(t, change(t.Context(), a, z, remove(set), remove(set)), "InvalidChangeBatch", http.StatusBadRequest, "invalid set of changes for a resource record set 'A x.example.com.'")
	slices.Reverse(set.ResourceRecords)
	require.NoError(t, change(t.Context(), a, z, remove(set)))
	requireRefusal(t, change(t.Context(), a, z, create(recordSet("*.example.com", r53.RRTypeNs, "ns.example.org"))), "InvalidChangeBatch", http.StatusBadRequest, "a wildcard cannot be delegated")
}
