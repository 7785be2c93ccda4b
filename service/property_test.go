package service_test

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

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// author writes random declarations, and notes which setters it has called.
type author struct {
	*rand.Rand
	called map[string]bool
}

// set calls a setter by its name.
func (a *author) set(b anyBuilder, setter string, args ...any) {
	a.called[setter] = true
	var in []reflect.Value
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	reflect.ValueOf(b).MethodByName(setter).Call(in)
}

func (a *author) sometimes() bool { return a.IntN(2) == 0 }

// some is a random part of a list, in random order, for a variadic setter.
func some[T any](a *author, least int, from ...T) (out []any) {
	from = slices.Clone(from)
	a.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	for _, x := range from[:least+a.IntN(len(from)-least+1)] {
		out = append(out, x)
	}
	return out
}

func pick[T any](a *author, from ...T) T { return from[a.IntN(len(from))] }

// common declares what both kinds have.
func (a *author) common(b anyBuilder, w *world, regions ...string) {
	if a.sometimes() {
		a.set(b, "Acceptance", a.sometimes())
	}
	if a.IntN(3) > 0 {
		a.set(b, "Allow", some(a, 0, us, eu, privatelink.Everyone, privatelink.ServicePrincipal("ec2.amazonaws.com"))...)
	}
	if a.sometimes() {
		a.set(b, "IPAddressTypes", some(a, 1, service.IPv4, service.IPv6)...)
	}
	if a.IntN(3) > 0 {
		a.set(b, "Regions", some(a, 0, regions...)...)
	}
	for _, topic := range []string{alerts, audits, extra} {
		if a.IntN(3) == 0 {
			a.set(b, "Notify", append([]any{topic}, some(a, 0, service.EventConnect, service.EventAccept, service.EventDelete)...)...)
		}
	}
	if a.IntN(3) == 0 {
		a.set(b, "PayerResponsibility", service.ServiceOwner)
	}
	if a.sometimes() {
		a.set(b, "ReadLoadBalancers", w.provider.LoadBalancing())
	}
	if a.sometimes() {
		a.set(b, "Tags", privatelink.Tags{"team": pick(a, "one", "two"), "Name": pick(a, "one", "two")})
	}
	if a.sometimes() {
		a.set(b, "Tag", pick(a, "team", "owner"), pick(a, "one", "two", ""))
	}
}

func (a *author) nlb(w *world) anyBuilder {
	b := service.BehindNLB("orders")
	a.set(b, "LoadBalancers", some(a, 1, w.nlb, w.second)...)
	a.common(b, w, "us-east-1", "eu-west-1", "us-west-2")
	if a.sometimes() {
		a.set(b, "PrivateDNSName", pick(a, "", "api.example.com", "*.example.com", "Shop.example.com."))
	}
	return b
}

func (a *author) gwlb(w *world) anyBuilder {
	b := service.BehindGWLB("inspect")
	a.set(b, "LoadBalancers", some(a, 1, w.gwlb, w.gwlb2)...)
	a.common(b, w, "us-east-1") // others AWS refuses
	return b
}

func TestBehindNLBPropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &service.NLBBuilder{}, (*author).nlb)
}

func TestBehindGWLBPropertyWritesAreWhatPlanListed(t *testing.T) {
	propertyHolds(t, &service.GWLBBuilder{}, (*author).gwlb)
}

func propertyHolds(t *testing.T, builder anyBuilder, write func(*author, *world) anyBuilder) {
	pairs := 300
	if testing.Short() {
		pairs = 60
	}
	called := map[string]bool{}
	clouds := []fake.Cloud{{}, {Delay: 10 * time.Second}, {Delay: 20 * time.Second, Lag: 3 * time.Second, Switches: fake.Harsh()}}
	for seed := range pairs {
		c := &clouds[seed%len(clouds)]
		cloud := &fake.Cloud{Delay: c.Delay, Lag: c.Lag, Switches: c.Switches, Seed: uint64(seed)}
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(cloud)
			w.dual()
			a := &author{rand.New(rand.NewPCG(uint64(seed), 5)), called}
			fromFirstToSecond(t, w, write(a, w), write(a, w), a, fmt.Sprintf("seed %d", seed))
		})
	}
	require.ElementsMatch(t, settersOf(builder), slices.Collect(maps.Keys(called)))
}

// fromFirstToSecond brings a world to the first declaration and then to the second; in between the load balancers may gain a zone.
func fromFirstToSecond(t *testing.T, w *world, first, second anyBuilder, a *author, seed string) {
	settled := func() { time.Sleep(2 * (w.cloud.Delay + w.cloud.Lag)) }
	settled()
	_, err := first.WaitReady(t.Context(), w.provider)
	require.NoError(t, err, seed)
	if a.sometimes() {
		w.nlbHandle.AddSubnets(w.home.Subnet("us-east-1b", "10.0.2.0/24").IPv6("2600:1f19:0:2::/64"))
	}
	settled()
	plan, err := second.Plan(t.Context(), w.provider)
	require.NoError(t, err, seed)
	var svc *service.Service
	done := writes(w.ops(func() { svc, err = second.WaitReady(t.Context(), w.provider) }))
	require.NoError(t, err, "%s: %v", seed, plan)
	require.ElementsMatch(t, operations(plan), done, "%s: %v", seed, plan)
	require.True(t, svc.Ready, seed)
	settled()
	after, err := second.Plan(t.Context(), w.provider)
	require.NoError(t, err, seed)
	require.True(t, after.Empty(), "%s: %v", seed, after)
	require.NoError(t, second.WaitGone(t.Context(), w.provider), seed)
}

func TestBehindNLBClonesShareNothing(t *testing.T) {
	clonesShareNothing(t, func(a *author, w *world) (anyBuilder, anyBuilder) {
		b := a.nlb(w).(*service.NLBBuilder)
		return b, b.Clone()
	})
}

func TestBehindGWLBClonesShareNothing(t *testing.T) {
	clonesShareNothing(t, func(a *author, w *world) (anyBuilder, anyBuilder) {
		b := a.gwlb(w).(*service.GWLBBuilder)
		return b, b.Clone()
	})
}

func clonesShareNothing(t *testing.T, write func(*author, *world) (b, twin anyBuilder)) {
	w := newWorld(&fake.Cloud{})
	for seed := range uint64(100) {
		a := &author{rand.New(rand.NewPCG(seed, 9)), map[string]bool{}}
		b, twin := write(a, w)
		before, err := twin.Plan(t.Context(), w.provider)
		require.NoError(t, err)
		a.common(b, w, "us-east-1")
		a.set(b, "Notify", alerts, service.EventReject)
		a.set(b, "Tag", "team", "three")
		after, err := twin.Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, before, after, "seed %d", seed)
	}
}

// operations are the writes that a plan of a service announces.
func operations(plan privatelink.Plan) (ops []string) {
	for _, c := range plan.Changes {
		told := strings.HasPrefix(c.Field, "notification ")
		switch {
		case told && c.From == "":
			ops = append(ops, tell)
		case told && c.To == "":
			ops = append(ops, untell)
		case told:
			ops = append(ops, retell)
		case c.Field == "tags":
			ops = append(ops, "CreateTags")
		case c.Field == "allowed principals":
			ops = append(ops, allow)
		case c.Field == "payer responsibility":
			ops = append(ops, "ModifyVpcEndpointServicePayerResponsibility")
		default:
			ops = append(ops, modify)
		}
	}
	slices.Sort(ops)
	return slices.CompactFunc(ops, func(a, b string) bool { return a == b && (a == modify || a == untell) })
}

// settersOf are the exported methods of a builder that are neither verbs nor copies. Adopt changes no field: it has tests of its own.
func settersOf(builder anyBuilder) (setters []string) {
	others := map[string]bool{"Clone": true, "CloneAs": true, "On": true, "Adopt": true}
	verbs := reflect.TypeFor[anyBuilder]()
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
