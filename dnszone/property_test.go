package dnszone_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// author writes random declarations, and notes which setters it has called.
type author struct {
	*rand.Rand
	called map[string]bool
}

// set calls a setter by its name.
func (a *author) set(b anyZone, setter string, args ...any) {
	a.called[setter] = true
	var in []reflect.Value
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	reflect.ValueOf(b).MethodByName(setter).Call(in)
}

func (a *author) sometimes() bool { return a.IntN(2) == 0 }

func pick[T any](a *author, from ...T) T { return from[a.IntN(len(from))] }

// some is a random part of a list, in random order.
func some[T any](a *author, from ...T) []T {
	from = slices.Clone(from)
	a.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	return from[:a.IntN(len(from)+1)]
}

func (a *author) ttl() time.Duration { return pick(a, minute, 5*minute) }

// records declares some records. Hosts beginning with c have CNAMEs only, as those do not stand beside what an earlier declaration left.
func (a *author) records(b anyZone, target privatelink.DNSName) {
	for _, host := range some(a, "", "api", "*", "API.x", "db") {
		args := []any{host, a.ttl()}
		for _, addr := range some(a, four, five, nine) {
			args = append(args, addr)
		}
		if len(args) > 2 {
			a.set(b, "A", args...)
		}
	}
	for _, host := range some(a, "api", "six") {
		a.set(b, "AAAA", host, a.ttl(), pick(a, six, six.Next()))
	}
	for _, host := range some(a, "c1", "c2", "*.c") {
		a.set(b, "CNAME", host, a.ttl(), pick(a, "A.example.com", "b.example.com."))
	}
	for _, host := range some(a, "", "t", "_acme") {
		a.set(b, "TXT", host, a.ttl(), pick(a, "v=spf1 -all", `"quoted" \`, strings.Repeat("ü", 200)))
	}
	for _, host := range some(a, "e1", "e2") {
		target.Family = pick(a, privatelink.IPv4, privatelink.IPv6, privatelink.DualStack)
		a.set(b, "Alias", host, target)
	}
	a.more(b)
}

// more declares records of other types, and several sets of one name.
func (a *author) more(b anyZone) {
	for _, r := range some(a,
		dnszone.Record{Type: dnszone.TypeMX, Values: []string{pick(a, "10 mail.example.com", "20 Mail.example.com.")}},
		dnszone.Record{Host: "srv", Type: dnszone.TypeSRV, Values: []string{"1 2 443 a.example.com", "2 2 443 b.example.com"}},
		dnszone.Record{Type: dnszone.TypeCAA, Values: []string{`0 issue "ca.example.net"`}},
		dnszone.Record{Host: "sub", Type: dnszone.TypeNS, Values: []string{pick(a, "ns1.example.com", "ns2.example.com")}}) {
		r.TTL = a.ttl()
		a.set(b, "Record", r)
	}
	policies := pick(a, []dnszone.Routing{{}}, []dnszone.Routing{dnszone.Weighted(1), dnszone.Weighted(2), dnszone.Weighted(0)},
		[]dnszone.Routing{dnszone.Primary(), dnszone.Secondary()}, []dnszone.Routing{dnszone.Latency("us-east-1"), dnszone.Latency("eu-west-1")},
		[]dnszone.Routing{dnszone.Geolocation("", "*", ""), dnszone.Geolocation("EU", "", ""), dnszone.Geolocation("", "US", "NY")})
	for i, routing := range policies {
		r := routedA(fmt.Sprint("set", i), pick(a, "10.0.1.1", "10.0.1.2"), routing)
		if routing.Policy == "" {
			r.SetIdentifier = ""
		}
		r.Host = "r"
		a.set(b, "Record", r)
	}
}

func (a *author) tags(b anyZone) {
	if a.sometimes() {
		all := privatelink.Tags{}
		for _, key := range some(a, "team", "stage") {
			all[key] = pick(a, "one", "two")
		}
		a.set(b, "Tags", all)
	}
	if a.sometimes() {
		a.set(b, "Tag", pick(a, "team", "owner"), pick(a, "one", "two", ""))
	}
	if a.IntN(4) == 0 {
		a.set(b, "Exclusive", a.sometimes())
	}
}

// pair is two declarations of one zone.
type pair struct{ first, second anyZone }

func TestPrivatePropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &dnszone.PrivateBuilder{}, func(t *testing.T, a *author, p *partners, target privatelink.DNSName) pair {
		foreign(t, p.api, domain, "")
		foreign(t, p.api, domain, p.api.VPC("10.8.0.0/16").ID)
		declare := func(vpcs ...string) anyZone {
			b := dnszone.Private(domain)
			for _, v := range vpcs {
				a.set(b, "VPC", region, v)
			}
			if a.sometimes() {
				a.set(b, "SharedWith", "eu-west-1", p.c, p.them)
			}
			a.records(b, target)
			a.tags(b)
			return b
		}
		from := pick(a, []string{p.a}, []string{p.a, p.b})
		return pair{declare(from...), declare(pick(a, []string{p.a}, []string{p.b, p.a}, from[len(from)-1:])...)}
	})
}

func TestPublicPropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &dnszone.PublicBuilder{}, func(t *testing.T, a *author, p *partners, target privatelink.DNSName) pair {
		foreign(t, p.api, domain, "")
		foreign(t, p.api, domain, p.b)
		declare := func() anyZone {
			b := dnszone.Public(domain)
			a.records(b, target)
			a.tags(b)
			return b
		}
		return pair{declare(), declare()}
	})
}

func propertyHolds(t *testing.T, builder anyZone, open func(*testing.T, *author, *partners, privatelink.DNSName) pair) {
	pairs := 240
	if testing.Short() {
		pairs = 40
	}
	called := map[string]bool{}
	clouds := []fake.Cloud{{}, {Delay: 10 * time.Second}, {Lag: 4 * time.Second, Timing: fake.Realistic(), Switches: fake.Harsh()},
		{Delay: 20 * time.Second, Lag: 3 * time.Second, Switches: fake.Switches{Date: true, RandomLag: true, ReferenceKept: true}}}
	for seed := range pairs {
		synctest.Test(t, func(t *testing.T) {
			c := &clouds[seed%len(clouds)]
			p := newPartners()
			p.cloud.Delay, p.cloud.Lag, p.cloud.Timing, p.cloud.Switches, p.cloud.Seed = c.Delay, c.Lag, c.Timing, c.Switches, uint64(seed)
			a := &author{rand.New(rand.NewPCG(uint64(seed), 5)), called}
			fromFirstToSecond(t, a, p, open(t, a, p, aTarget(t, p)), fmt.Sprintf("seed %d", seed))
		})
	}
	require.ElementsMatch(t, settersOf(builder), slices.Collect(maps.Keys(called)))
}

// aTarget is an endpoint that aliases may point at.
func aTarget(t *testing.T, p *partners) privatelink.DNSName {
	vpc := p.api.VPC("10.7.0.0/16")
	e, err := endpoint.Interface("target").VPC(vpc.ID).Service(endpoint.AWSService(region, "ecr.api")).PrivateDNS(false).
		Subnets(vpc.Subnet("us-east-1a", "10.7.1.0/24").ID).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	return e.DNS.Regional
}

// fromFirstToSecond brings a zone to the first declaration, lets somebody else put records into it, and brings it to the second.
func fromFirstToSecond(t *testing.T, a *author, p *partners, declared pair, seed string) {
	settled := func() { time.Sleep(2*(p.cloud.Delay+p.cloud.Lag) + time.Minute) }
	require.NoError(t, declared.first.Validate(), seed)
	require.NoError(t, declared.second.Validate(), seed)
	settled()
	z, err := declared.first.WaitReady(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.True(t, z.Ready, seed)
	for _, host := range some(a, "api", "theirs", "other", "*", "r9") {
		settled()
		upsert(t, p.world, z.ID, host, pick(a, "10.9.9.9", "10.0.0.4"))
	}
	settled()
	before := p.sets(t, z.ID)
	plan, err := declared.second.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.Equal(t, z.ID, plan.ID, seed)
	sent := p.sent(t, func() { z, err = declared.second.WaitReady(t.Context(), p.api) })
	require.NoError(t, err, "%s: %v", seed, plan)
	require.True(t, z.Ready, seed)
	require.ElementsMatch(t, announced(plan, p.c), made(sent), "%s: %v", seed, plan)
	settled()
	after, err := declared.second.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.True(t, after.Empty(), "%s: %v", seed, after)
	untouched(t, plan, before, p.sets(t, z.ID), seed)
	asIfNew(t, p, declared.second, z.ID, seed)
	require.Empty(t, p.authorized(t, z.ID), seed)
	a.set(declared.second, "Exclusive", true)
	require.NoError(t, declared.second.WaitGone(t.Context(), p.api), seed)
	settled()
}

// asIfNew: what is declared stands in the zone as in one that was made of the declaration alone.
func asIfNew(t *testing.T, p *partners, b anyZone, zone, seed string) {
	const elsewhere = "fresh.internal"
	fresh := reflect.ValueOf(b).MethodByName("CloneAs").Call([]reflect.Value{reflect.ValueOf(elsewhere)})[0].Interface().(anyZone)
	z, err := fresh.WaitReady(t.Context(), p.api)
	require.NoError(t, err, seed)
	time.Sleep(2*(p.cloud.Delay+p.cloud.Lag) + time.Minute)
	have := p.sets(t, zone)
	for place, want := range p.sets(t, z.ID) {
		if want.Type != types.RRTypeSoa && (want.Type != types.RRTypeNs || strings.HasPrefix(place, "record sub.")) {
			got, there := have[strings.Replace(place, elsewhere, domain, 1)]
			require.True(t, there, "%s: %s", seed, place)
			want.Name = got.Name
			require.Equal(t, plainly(want), plainly(got), "%s: %s", seed, place)
		}
	}
	require.NoError(t, fresh.WaitGone(t.Context(), p.api), seed)
}

// plainly writes the values of a set in one way.
func plainly(s types.ResourceRecordSet) types.ResourceRecordSet {
	var values []string
	for _, r := range s.ResourceRecords {
		v := aws.ToString(r.Value)
		if s.Type != types.RRTypeTxt {
			v = strings.TrimSuffix(strings.ToLower(v), ".")
		}
		values = append(values, v)
	}
	slices.Sort(values)
	s.ResourceRecords = nil
	for _, v := range values {
		s.ResourceRecords = append(s.ResourceRecords, types.ResourceRecord{Value: aws.String(v)})
	}
	return s
}

// sets are a zone's record sets by their place, as a plan names it.
func (p *partners) sets(t *testing.T, zone string) map[string]types.ResourceRecordSet {
	out, err := p.api.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: aws.String(zone)})
	require.NoError(t, err)
	all := map[string]types.ResourceRecordSet{}
	for _, s := range out.ResourceRecordSets {
		all[placeIn(&s)] = s
	}
	return all
}

// placeIn is a set's place as a plan's field names it.
func placeIn(s *types.ResourceRecordSet) string {
	name := strings.TrimSuffix(strings.Replace(aws.ToString(s.Name), `\052`, "*", 1), ".")
	if s.SetIdentifier != nil {
		return fmt.Sprintf("record %s %s %q", name, s.Type, *s.SetIdentifier)
	}
	return fmt.Sprintf("record %s %s", name, s.Type)
}

// untouched: what no plan announced is as it was.
func untouched(t *testing.T, plan privatelink.Plan, before, after map[string]types.ResourceRecordSet, seed string) {
	for _, c := range plan.Changes {
		delete(before, c.Field)
		if _, there := after[c.Field]; strings.HasPrefix(c.Field, "record ") {
			require.Equal(t, c.To != "", there, "%s: %s", seed, c.Field)
		}
		delete(after, c.Field)
	}
	require.Equal(t, before, after, seed)
}

// announced are the writes that a plan of a zone lists, one line each; shared is the VPC of another account.
func announced(plan privatelink.Plan, shared string) (out []string) {
	for _, c := range plan.Changes {
		switch {
		case strings.HasPrefix(c.Field, "record "):
			if c.From != "" {
				out = append(out, "DELETE "+c.Field)
			}
			if c.To != "" {
				out = append(out, "CREATE "+c.Field)
			}
		case c.Field == "tags":
			out = append(out, "tags "+c.To)
		case c.Field == "VPCs":
			from, to := strings.Split(c.From, ", "), strings.Split(c.To, ", ")
			for _, v := range to {
				if !slices.Contains(from, v) {
					out = append(out, "associate "+v)
					if strings.HasSuffix(v, shared) {
						out = append(out, "authorize "+v, "deauthorize "+v)
					}
				}
			}
			for _, v := range from {
				if !slices.Contains(to, v) {
					out = append(out, "disassociate "+v)
				}
			}
		default:
			out = append(out, c.Field)
		}
	}
	return out
}

// made are the writes that took effect, in the same words. Where a zone was busy when it was to be associated, it is authorised again.
func made(sent []any) (out []string) {
	vpc := func(v *types.VPC) string { return string(v.VPCRegion) + "/" + aws.ToString(v.VPCId) }
	for _, in := range sent {
		switch in := in.(type) {
		case *route53.ChangeResourceRecordSetsInput:
			for _, c := range in.ChangeBatch.Changes {
				out = append(out, string(c.Action)+" "+placeIn(c.ResourceRecordSet))
			}
		case *route53.ChangeTagsForResourceInput:
			var tags []string
			for _, tag := range in.AddTags {
				tags = append(tags, *tag.Key+"="+*tag.Value)
			}
			out = append(out, "tags "+strings.Join(tags, ", "))
		case *route53.AssociateVPCWithHostedZoneInput:
			out = append(out, "associate "+vpc(in.VPC))
		case *route53.DisassociateVPCFromHostedZoneInput:
			out = append(out, "disassociate "+vpc(in.VPC))
		case *route53.CreateVPCAssociationAuthorizationInput:
			out = appendOnce(out, "authorize "+vpc(in.VPC))
		case *route53.DeleteVPCAssociationAuthorizationInput:
			out = appendOnce(out, "deauthorize "+vpc(in.VPC))
		default:
			out = append(out, fmt.Sprintf("%T", in))
		}
	}
	return out
}

func appendOnce(all []string, s string) []string {
	if slices.Contains(all, s) {
		return all
	}
	return append(all, s)
}

// settersOf are the exported methods of a builder that are neither verbs nor copies. Adopt changes no field: it has tests of its own.
func settersOf(builder anyZone) (setters []string) {
	others := map[string]bool{"Clone": true, "CloneAs": true, "On": true, "Adopt": true}
	verbs := reflect.TypeFor[anyZone]()
	for i := range verbs.NumMethod() {
		others[verbs.Method(i).Name] = true
	}
	all := reflect.TypeOf(builder)
	for i := range all.NumMethod() {
		if name := all.Method(i).Name; !others[name] {
			setters = append(setters, name)
		}
	}
	return setters
}
