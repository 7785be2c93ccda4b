package dnszone_test

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// horizon is an account with two VPCs that have hosts, and the internet.
type horizon struct {
	*world
	inA, inB *fake.Host
}

func newHorizon() *horizon {
	cloud := &fake.Cloud{}
	account := cloud.Account("111122223333")
	a, b := account.VPC("10.0.0.0/16"), account.VPC("10.0.0.0/16")
	h := &horizon{world: &world{cloud, account, a.ID, b.ID}}
	if a.ID > b.ID { // the zone is made on the smaller one
		a, b = b, a
		h.a, h.b = a.ID, b.ID
	}
	h.inA, h.inB = a.Subnet("us-east-1a", "10.0.1.0/24").Host(), b.Subnet("us-east-1a", "10.0.1.0/24").Host()
	return h
}

// resolver answers for names.
type resolver interface {
	LookupHost(context.Context, string) ([]netip.Addr, error)
}

// answer is what a resolver says: addresses, or "" where there is no such name.
func answer(t testing.TB, r resolver, name string) string {
	t.Helper()
	addrs, err := r.LookupHost(context.Background(), name)
	if err != nil {
		require.ErrorContains(t, err, "no such host")
		return ""
	}
	var all []string
	for _, a := range addrs {
		all = append(all, a.String())
	}
	return strings.Join(all, " ")
}

var (
	insideAddr  = netip.MustParseAddr("10.0.0.4")
	outsideAddr = netip.MustParseAddr("192.0.2.4")
)

func api(a netip.Addr) dnszone.Record { return dnszone.A("api", minute, a) }

func (h *horizon) split() *dnszone.SplitHorizonBuilder {
	return dnszone.SplitHorizon(public).VPC(region, h.a).VPC(region, h.b).Inside(api(insideAddr)).Outside(api(outsideAddr))
}

func TestSplitHorizonInsideOutsideAndBothGiveTwoAnswers(t *testing.T) {
	h := newHorizon()
	b := h.split().Both(dnszone.A("www", minute, five))
	z, err := b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	require.True(t, z.Ready())
	require.True(t, z.Private.Private)
	require.False(t, z.Public.Private)
	require.Len(t, z.Public.NameServers, 4)
	require.Equal(t, []privatelink.Outcome{privatelink.Created, privatelink.Created}, []privatelink.Outcome{z.Private.Outcome, z.Public.Outcome})
	for _, r := range []resolver{h.inA, h.inB} {
		require.Equal(t, "10.0.0.4", answer(t, r, "api."+public))
		require.Equal(t, "10.0.0.5", answer(t, r, "www."+public))
	}
	require.Equal(t, "192.0.2.4", answer(t, h.cloud.Internet(), "api."+public))
	require.Equal(t, "10.0.0.5", answer(t, h.cloud.Internet(), "www."+public))
	found, err := b.Find(t.Context(), h.api)
	require.NoError(t, err)
	require.True(t, found.Ready())
	require.Equal(t, []string{z.Public.ID, z.Private.ID}, []string{found.Public.ID, found.Private.ID})

	require.NoError(t, dnszone.Disassociate(t.Context(), h.api, z.Private.ID, dnszone.VPC{Region: region, ID: h.b}))
	require.Equal(t, "10.0.0.4", answer(t, h.inA, "api."+public))
	require.Equal(t, "192.0.2.4", answer(t, h.inB, "api."+public), "without the association the VPC has the public answer")

	require.NoError(t, b.WaitGone(t.Context(), h.api))
	for _, r := range []resolver{h.inA, h.inB, h.cloud.Internet()} {
		require.Empty(t, answer(t, r, "api."+public))
	}
	fake.NoLeaks(t, h.cloud)
}

// seen are the answers of a resolver at each edge of each AWS call, without repetitions.
type seen struct {
	who     resolver
	name    string
	answers []string
}

func (s *seen) look(t *testing.T) {
	if now := answer(t, s.who, s.name); len(s.answers) == 0 || s.answers[len(s.answers)-1] != now {
		s.answers = append(s.answers, now)
	}
}

// during looks before and after every AWS call, and every second besides.
func (h *horizon) during(t *testing.T, run func(), all ...*seen) {
	t.Helper()
	look := func(context.Context, *fake.Call) error {
		for _, s := range all {
			s.answers = s.answers[:len(s.answers):len(s.answers)]
			s.look(t)
		}
		return nil
	}
	_ = look(nil, nil)
	h.cloud.Before, h.cloud.After = look, look
	run()
	h.cloud.Before, h.cloud.After = nil, nil
	time.Sleep(h.cloud.Delay)
	_ = look(nil, nil)
}

// No name that the VPCs know goes and comes again: they have no answer, then the inside one, then none for good.
func TestSplitHorizonNoNameVanishesUnderWay(t *testing.T) {
	for _, delay := range []time.Duration{0, 5 * time.Second} {
		synctest.Test(t, func(t *testing.T) {
			h := newHorizon()
			h.cloud.Delay = delay
			on := func(r resolver) *seen { return &seen{who: r, name: "api." + public} }
			verb := func(b *dnszone.SplitHorizonBuilder) func() {
				return func() {
					_, err := b.WaitReady(t.Context(), h.api)
					require.NoError(t, err)
				}
			}
			a, b, outside := on(h.inA), on(h.inB), on(h.cloud.Internet())
			one := dnszone.SplitHorizon(public).VPC(region, h.a).Inside(api(insideAddr)).Outside(api(outsideAddr))
			h.during(t, verb(one), a, b, outside)
			require.Equal(t, []string{"", "10.0.0.4"}, a.answers, "up")
			require.Equal(t, []string{"", "192.0.2.4"}, b.answers)
			require.Equal(t, []string{"", "192.0.2.4"}, outside.answers)

			a, b, outside = on(h.inA), on(h.inB), on(h.cloud.Internet())
			changed := one.Clone().VPC(region, h.b).Inside(api(five), dnszone.A("new", minute, five)).Outside(api(netip.MustParseAddr("192.0.2.5")))
			h.during(t, verb(changed), a, b, outside)
			require.Equal(t, []string{"10.0.0.4", "10.0.0.5"}, a.answers, "changed")
			require.Equal(t, "10.0.0.5", b.answers[len(b.answers)-1])
			require.NotContains(t, b.answers, "", "the other VPC goes from the public answer to the private one")
			require.Equal(t, []string{"192.0.2.4", "192.0.2.5"}, outside.answers)

			a, b, outside = on(h.inA), on(h.inB), on(h.cloud.Internet())
			h.during(t, func() { require.NoError(t, changed.WaitGone(t.Context(), h.api)) }, a, b, outside)
			require.Equal(t, []string{"10.0.0.5", ""}, a.answers, "down")
			require.Equal(t, []string{"10.0.0.5", ""}, b.answers)
			require.Equal(t, []string{"192.0.2.5", ""}, outside.answers)
			fake.NoLeaks(t, h.cloud)
		})
	}
}

// Where the public zone has the name all along, the VPC that the private zone is made on lacks it between two calls, as Route 53 makes zones
// empty: no longer than that, and no other VPC.
func TestSplitHorizonGapOfAnEmptyZoneIsOneCall(t *testing.T) {
	h := newHorizon()
	id := shared(t, h.world)
	byHand(t, h.world, id, "CREATE", "api.", "A", "192.0.2.4")
	b := h.split().PublicZone(id, h.api)
	a, other, outside := &seen{who: h.inA, name: "api." + public}, &seen{who: h.inB, name: "api." + public}, &seen{who: h.cloud.Internet(), name: "api." + public}
	gap := 0
	h.during(t, func() {
		look := h.cloud.Before
		h.cloud.Before = func(ctx context.Context, c *fake.Call) error {
			if answer(t, h.inA, "api."+public) == "" {
				require.Equal(t, "ChangeResourceRecordSets", c.Op, "what fills the zone follows what makes it")
				gap++
			}
			return look(ctx, c)
		}
		_, err := b.WaitReady(t.Context(), h.api)
		require.NoError(t, err)
	}, a, other, outside)
	require.Equal(t, 1, gap)
	require.Equal(t, []string{"192.0.2.4", "", "10.0.0.4"}, a.answers)
	require.Equal(t, []string{"192.0.2.4", "10.0.0.4"}, other.answers)
	require.Equal(t, []string{"192.0.2.4"}, outside.answers)
}

func TestSplitHorizonNameOfThePublicZoneOnlyDoesNotExistInside(t *testing.T) {
	h := newHorizon()
	id := shared(t, h.world)
	byHand(t, h.world, id, "CREATE", "shop.", "A", "192.0.2.7")
	byHand(t, h.world, id, "CREATE", "", "TXT", `"v=spf1 -all"`)
	byHand(t, h.world, id, "CREATE", "a.web.", "A", "192.0.2.8")
	require.Equal(t, "192.0.2.7", answer(t, h.inA, "shop."+public))
	b := h.split().PublicZone(id, h.api).Both(dnszone.A("*.web", minute, five)).Outside(api(outsideAddr), dnszone.A("ftp", minute, outsideAddr))
	plan, err := b.Plan(t.Context(), h.api)
	require.NoError(t, err)
	var names []string
	for _, w := range plan.Warnings {
		require.Contains(t, w, "in the public zone only")
		names = append(names, strings.Fields(w)[0])
	}
	require.Equal(t, []string{"example.com", "ftp.example.com", "shop.example.com"}, names, "a.web is covered by *.web")
	_, err = b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	for _, gone := range []string{"shop.", "ftp."} {
		require.Empty(t, answer(t, h.inA, gone+public), "NXDOMAIN, no fall-through")
		require.NotEmpty(t, answer(t, h.cloud.Internet(), gone+public))
	}
	require.Equal(t, "10.0.0.5", answer(t, h.inA, "a.web."+public))
	b.Both(dnszone.A("*.web", minute, five), dnszone.A("shop", minute, netip.MustParseAddr("192.0.2.7")))
	_, err = b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	require.Equal(t, "192.0.2.7", answer(t, h.inA, "shop."+public))
	require.NoError(t, b.WaitGone(t.Context(), h.api))
	require.Equal(t, "192.0.2.7", answer(t, h.inA, "shop."+public), "the public one was theirs and stays")
}

// The zone that has most of a name's labels answers, and it alone; the hidden zone of an endpoint with private DNS is one of them.
func TestSplitHorizonMostSpecificZoneWins(t *testing.T) {
	h := newHorizon()
	_, err := h.split().WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	deep := dnszone.SplitHorizon("deep."+public).VPC(region, h.a).Both(dnszone.A("api", minute, five))
	_, err = deep.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	require.Equal(t, "10.0.0.5", answer(t, h.inA, "api.deep."+public))
	require.Equal(t, "10.0.0.4", answer(t, h.inA, "api."+public))
	require.Empty(t, answer(t, h.inA, "x.deep."+public))
	require.Empty(t, answer(t, h.inB, "api.deep."+public), "there the zone above hides it")
}
