package dnszone_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// sides is a random split horizon, and what it comes to.
type sides struct {
	*dnszone.SplitHorizonBuilder
	inside, outside map[string]string // the addresses of names
	exclusive       *bool
}

// split calls a setter by its name.
func (a *author) split(b *dnszone.SplitHorizonBuilder, setter string, args ...any) {
	a.called[setter] = true
	var in []reflect.Value
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	reflect.ValueOf(b).MethodByName(setter).Call(in)
}

// side declares the records of one side, and notes the addresses of its names.
func (a *author) side(s sides, setter string, hosts []string, notes ...map[string]string) {
	var args []any
	for _, host := range some(a, hosts...) {
		addr := pick(a, four, five, nine)
		args = append(args, dnszone.A(host, a.ttl(), addr))
		for _, n := range notes {
			n[strings.TrimPrefix(host+"."+public, ".")] = addr.String()
		}
		if a.sometimes() {
			args = append(args, dnszone.TXT(host, a.ttl(), pick(a, "one", "two")))
		}
	}
	if a.sometimes() {
		args = append(args, dnszone.CNAME("c-"+strings.ToLower(setter), a.ttl(), "elsewhere.example.org"))
	}
	a.split(s.SplitHorizonBuilder, setter, args...)
}

// From one split horizon to another: the writes are those that the plan listed, the names have the declared answers on both sides, what others
// put into the zones stays, and in the end nothing of ours is left.
func TestSplitHorizonPropertyWritesAreWhatPlanListed(t *testing.T) {
	called := inWorlds(t, func(t *testing.T, a *author, p *partners, seed string) {
		vpcs := []*fake.VPC{p.api.VPC("10.3.0.0/16"), p.api.VPC("10.3.0.0/16")}
		first, second := vpcs[0], vpcs[1]
		host := first.Subnet("us-east-1a", "10.3.1.0/24").Host()
		guest := ""
		if a.sometimes() {
			out, err := p.them.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String(public), CallerReference: aws.String("theirs")})
			require.NoError(t, err)
			guest = *out.HostedZone.Id
			p.settled()
			byHand(t, &world{cloud: p.cloud, api: p.them}, guest, "CREATE", "theirs.", "A", "192.0.2.1")
		}
		p.settled()
		before := p.cloud.Dump()
		declare := func() sides {
			s := sides{dnszone.SplitHorizon(public), map[string]string{}, map[string]string{}, new(bool)}
			a.split(s.SplitHorizonBuilder, "VPC", region, first.ID)
			if a.sometimes() {
				a.split(s.SplitHorizonBuilder, "VPC", region, second.ID)
			}
			if a.sometimes() {
				a.split(s.SplitHorizonBuilder, "SharedWith", "eu-west-1", p.c, p.them)
			}
			if guest != "" {
				a.split(s.SplitHorizonBuilder, "PublicZone", guest, p.them)
				a.split(s.SplitHorizonBuilder, "Owner", "mine")
			}
			if a.IntN(3) == 0 {
				*s.exclusive = a.sometimes()
				a.split(s.SplitHorizonBuilder, "Exclusive", *s.exclusive)
			}
			a.side(s, "Inside", []string{"api", "in", "*.in"}, s.inside)
			a.side(s, "Outside", []string{"api", "out"}, s.outside)
			a.side(s, "Both", []string{"", "www"}, s.inside, s.outside)
			return s
		}
		one, two := declare(), declare()
		z, err := one.WaitReady(t.Context(), p.api)
		require.NoError(t, err, seed)
		upsert(t, p.world, z.Private.ID, "theirs", "10.9.9.9", public)
		p.settled()
		p.toOther(t, two, seed)
		require.Equal(t, !*two.exclusive, answer(t, host, "theirs."+public) == "10.9.9.9", seed)
		for name, want := range two.inside {
			require.Equal(t, want, answer(t, host, strings.Replace(name, "*", "x", 1)), "%s: %s inside", seed, name)
		}
		for name, want := range two.outside {
			require.Equal(t, want, answer(t, p.cloud.Internet(), name), "%s: %s outside", seed, name)
		}
		require.NoError(t, two.Clone().Exclusive(true).WaitGone(t.Context(), p.api), seed)
		p.settled()
		require.Equal(t, before, p.cloud.Dump(), seed)
	})
	require.ElementsMatch(t, settersOfSplit(), slices.Collect(maps.Keys(called)))
}

// toOther brings the zones to a declaration.
func (p *partners) toOther(t *testing.T, s sides, seed string) {
	plan, err := s.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	var z *dnszone.Horizons
	sent := p.sent(t, func() { z, err = s.WaitReady(t.Context(), p.api) })
	require.NoError(t, err, "%s: %v", seed, plan)
	require.True(t, z.Ready(), seed)
	for i, c := range plan.Changes {
		half, field, ok := strings.Cut(c.Field, " zone: ")
		require.True(t, ok && (half == "private" || half == "public"), c.Field)
		plan.Changes[i].Field = field
	}
	require.ElementsMatch(t, announced(plan, p.c), made(sent), "%s: %v", seed, plan)
	p.settled()
	after, err := s.Plan(t.Context(), p.api)
	require.NoError(t, err, seed)
	require.True(t, after.Empty(), "%s: %v", seed, after)
}

// settersOfSplit are the exported methods that are neither verbs nor copies.
func settersOfSplit() (setters []string) {
	verbs := reflect.TypeFor[privatelink.Resource[dnszone.API, dnszone.Horizons]]()
	all := reflect.TypeFor[*dnszone.SplitHorizonBuilder]()
	for i := range all.NumMethod() {
		name := all.Method(i).Name
		if _, verb := verbs.MethodByName(name); !verb && name != "Clone" && name != "CloneAs" && name != "On" {
			setters = append(setters, name)
		}
	}
	return setters
}

// Each setter: what it writes besides the two zones, nothing where it holds, and what a change of it writes.
func TestSplitHorizonSettersAreSentAndCompared(t *testing.T) {
	api := "api." + public + "."
	a1, a2 := rr(api, "A", nil, "10.0.0.4"), rr(api, "A", nil, "10.0.0.5")
	for name, c := range map[string]struct {
		with, changed func(*dnszone.SplitHorizonBuilder, *partners)
		first, then   func(*partners) []any
	}{
		"Inside": {func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Inside(dnszone.A("api", minute, four)) },
			func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Inside(dnszone.A("api", minute, five)) },
			func(*partners) []any { return []any{created(a1)} }, func(*partners) []any { return []any{replaced(a1, a2)} }},
		"Outside": {func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Outside(dnszone.A("api", minute, four)) },
			func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Outside(dnszone.A("api", minute, five)) },
			func(*partners) []any { return []any{created(a1)} }, func(*partners) []any { return []any{replaced(a1, a2)} }},
		"Both": {func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Both(dnszone.A("api", minute, four)) },
			func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Both(dnszone.A("api", minute, five)) },
			func(*partners) []any { return []any{created(a1), created(a1)} }, func(*partners) []any { return []any{replaced(a1, a2), replaced(a1, a2)} }},
		"VPC and Exclusive": {func(b *dnszone.SplitHorizonBuilder, p *partners) { b.VPC(region, p.b) },
			func(b *dnszone.SplitHorizonBuilder, _ *partners) { b.Exclusive(true) },
			func(p *partners) []any {
				return []any{&route53.AssociateVPCWithHostedZoneInput{VPC: vpcIn(dnszone.VPC{Region: region, ID: p.b})}}
			},
			func(p *partners) []any {
				return []any{&route53.DisassociateVPCFromHostedZoneInput{VPC: vpcIn(dnszone.VPC{Region: region, ID: p.b})}}
			}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPartners()
			declared := func(set func(*dnszone.SplitHorizonBuilder, *partners)) *dnszone.SplitHorizonBuilder {
				b := dnszone.SplitHorizon(public).VPC(region, p.a)
				set(b, p)
				return b
			}
			ensure := func(b *dnszone.SplitHorizonBuilder, writes ...any) {
				t.Helper()
				sent := p.sent(t, func() { _, err := b.Ensure(t.Context(), p.api); require.NoError(t, err) })
				require.Equal(t, append([]any{}, writes...), sent)
			}
			_, err := declared(func(*dnszone.SplitHorizonBuilder, *partners) {}).WaitReady(t.Context(), p.api)
			require.NoError(t, err)
			with, changed := declared(c.with), declared(c.changed)
			ensure(with, c.first(p)...)
			ensure(with)
			ensure(declared(func(*dnszone.SplitHorizonBuilder, *partners) {}))
			ensure(changed, c.then(p)...)
			ensure(changed)
		})
	}
}
