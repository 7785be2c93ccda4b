package dnszone_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The public zone is another account's, and a zone above the domain at that; a third account's VPC has the inside answer.
// The zone that is there may be one above the domain: a host outside of the domain would lie in it, and is a mistake all the same.
func TestSplitHorizonHostOutsideOfTheDomainIsAMistake(t *testing.T) {
	h := newHorizon()
	id := shared(t, h.world)
	before := h.cloud.Dump()
	b := dnszone.SplitHorizon("corp."+public).VPC(region, h.a).Inside(api(insideAddr)).
		Outside(dnszone.A("www."+public+".", minute, outsideAddr), dnszone.A("api.corp."+public+".", minute, outsideAddr))
	for name, b := range map[string]*dnszone.SplitHorizonBuilder{"our public zone": b.Clone(), "PublicZone": b.Clone().PublicZone(id, h.api)} {
		calls := h.calls(func() {
			_, err := b.Ensure(t.Context(), h.api)
			require.ErrorIs(t, err, privatelink.ErrInvalid, name)
			require.Len(t, privatelink.Problems(err), 1, name)
			require.ErrorContains(t, err, "www."+public, name)
		})
		require.Empty(t, calls, name)
	}
	require.Equal(t, before, h.cloud.Dump())
}

func TestSplitHorizonPublicZoneOfAnotherAccountAndASharedVPC(t *testing.T) {
	h := newHorizon()
	owner, third := h.cloud.Account("444455556666"), h.cloud.Account("777788889999")
	id := shared(t, &world{cloud: h.cloud, api: owner})
	byHand(t, &world{cloud: h.cloud, api: owner}, id, "CREATE", "www.", "A", "192.0.2.1")
	vpc := third.VPC("10.2.0.0/16")
	host := vpc.Subnet("us-east-1a", "10.2.1.0/24").Host()
	before := h.cloud.Dump()
	b := dnszone.SplitHorizon("corp."+public).VPC(region, h.a).SharedWith(region, vpc.ID, third).PublicZone("/hostedzone/"+id, owner).
		Inside(api(insideAddr)).Outside(api(outsideAddr)).Both(dnszone.TXT("", minute, "hello"))
	z, err := b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	require.Equal(t, id, z.Public.ID)
	require.Len(t, z.Private.VPCs, 2)
	require.Equal(t, "10.0.0.4", answer(t, h.inA, "api.corp."+public))
	require.Equal(t, "10.0.0.4", answer(t, host, "api.corp."+public))
	require.Equal(t, "192.0.2.4", answer(t, h.inB, "api.corp."+public))
	require.Equal(t, "192.0.2.4", answer(t, h.cloud.Internet(), "api.corp."+public))
	require.Equal(t, "192.0.2.1", answer(t, h.inA, "www."+public), "the private zone is below it")
	ops := h.calls(func() {
		z, err := b.Ensure(t.Context(), h.api)
		require.NoError(t, err)
		require.True(t, z.Ready())
	})
	require.Equal(t, []string{"ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets", "ListVPCAssociationAuthorizations", "GetHostedZone", "ListResourceRecordSets"}, ops)
	require.NoError(t, b.WaitGone(t.Context(), h.api))
	require.Equal(t, before, h.cloud.Dump())
}

func TestSplitHorizonsShareAPublicZoneByTheirOwners(t *testing.T) {
	h := newHorizon()
	id := shared(t, h.world)
	before := h.cloud.Dump()
	dev := dnszone.SplitHorizon(public).VPC(region, h.a).PublicZone(id, h.api).Owner("dev").Both(dnszone.A("dev", minute, four))
	prod := dnszone.SplitHorizon(public).VPC(region, h.b).PublicZone(id, h.api).Owner("prod").Both(dnszone.A("prod", minute, five))
	for _, b := range []*dnszone.SplitHorizonBuilder{dev, prod, dev, prod} {
		_, err := b.WaitReady(t.Context(), h.api)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"10.0.0.4", "", "10.0.0.4"}, []string{answer(t, h.inA, "dev."+public), answer(t, h.inB, "dev."+public), answer(t, h.cloud.Internet(), "dev."+public)})
	_, err := dev.Clone().Both().WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	require.Empty(t, answer(t, h.cloud.Internet(), "dev."+public))
	require.Equal(t, "10.0.0.5", answer(t, h.cloud.Internet(), "prod."+public))
	require.NoError(t, dev.WaitGone(t.Context(), h.api))
	require.Equal(t, "10.0.0.5", answer(t, h.inB, "prod."+public))
	require.NoError(t, prod.WaitGone(t.Context(), h.api))
	require.Equal(t, before, h.cloud.Dump())
}

// An error names its half, and running the verb again mends what was left.
func TestSplitHorizonPartialFailure(t *testing.T) {
	for half, at := range map[string]int{"private": 1, "public": 2} { // the first zone that is made is the private one
		h := newHorizon()
		creates := 0
		h.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if c.Op == "CreateHostedZone" {
				if creates++; creates == at {
					return &smithy.GenericAPIError{Code: "TooManyHostedZones", Message: "no more"}
				}
			}
			return nil
		}
		_, err := h.split().WaitReady(t.Context(), h.api)
		require.ErrorIs(t, err, privatelink.ErrQuota)
		require.ErrorContains(t, err, `split horizon "example.com", `+half+" half: ")
		z, err := h.split().WaitReady(t.Context(), h.api)
		require.NoError(t, err)
		require.True(t, z.Ready())
		deletes := 0
		h.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if c.Op == "DeleteHostedZone" {
				if deletes++; deletes == 3-at {
					return &smithy.GenericAPIError{Code: "AccessDenied", Message: "not today"}
				}
			}
			return nil
		}
		err = h.split().Delete(t.Context(), h.api)
		require.ErrorIs(t, err, privatelink.ErrDenied)
		require.ErrorContains(t, err, half+" half: ")
		require.NoError(t, h.split().WaitGone(t.Context(), h.api))
		fake.NoLeaks(t, h.cloud)
	}
}

func TestSplitHorizonFindNamesTheHalfThatIsMissing(t *testing.T) {
	h := newHorizon()
	_, err := h.split().Find(t.Context(), h.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	_, err = dnszone.Private(public).VPC(region, h.a).Ensure(t.Context(), h.api)
	require.NoError(t, err)
	_, err = h.split().Find(t.Context(), h.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "public half")
	_, err = h.split().PublicZone("Z1", h.api).Plan(t.Context(), h.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "public half")
}

func TestSplitHorizonPlan(t *testing.T) {
	h := newHorizon()
	b := h.split()
	plan, err := b.Plan(t.Context(), h.api)
	require.NoError(t, err)
	require.Equal(t, `+ split horizon "example.com" in us-east-1/`+h.a+`
    private zone: VPCs: us-east-1/`+h.a+`, us-east-1/`+h.b+`
    private zone: record api.example.com A: 10.0.0.4 for 1m0s
    public zone: record api.example.com A: 192.0.2.4 for 1m0s`, plan.String())
	z, err := b.WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	plan, err = b.Plan(t.Context(), h.api)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	require.Equal(t, "private "+z.Private.ID+", public "+z.Public.ID, plan.ID)
	require.Empty(t, plan.Warnings)
	plan, err = b.Clone().Inside(dnszone.Alias("api", privatelink.DNSName{})).Plan(t.Context(), h.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Update, plan.Action)
	require.Len(t, plan.Changes, 1)
	require.Equal(t, privatelink.KnownAfterApply, plan.Changes[0].To)
}

func TestSplitHorizonBudget(t *testing.T) {
	h := newHorizon()
	b := h.split()
	up := []string{"ListHostedZonesByName", "CreateHostedZone", "ChangeResourceRecordSets", "AssociateVPCWithHostedZone", // the private half first
		"ListHostedZonesByName", "GetHostedZone", "ListTagsForResource", "CreateHostedZone", "ChangeResourceRecordSets"}
	same := []string{"ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets", "ListHostedZonesByName", "GetHostedZone", "ListResourceRecordSets"}
	ops := h.calls(func() {
		_, err := b.Ensure(t.Context(), h.api)
		require.NoError(t, err)
	})
	require.Subset(t, up, ops)
	require.LessOrEqual(t, len(ops), len(up))
	require.Equal(t, "CreateHostedZone", ops[1])
	for _, verb := range []func() error{
		func() error { _, err := b.Ensure(t.Context(), h.api); return err },
		func() error { _, err := b.WaitReady(t.Context(), h.api); return err },
		func() error { _, err := b.Find(t.Context(), h.api); return err },
		func() error { _, err := b.Plan(t.Context(), h.api); return err },
	} {
		require.Equal(t, same, h.calls(func() { require.NoError(t, verb()) }))
	}
}

// Both halves are published in the same minute.
func TestSplitHorizonWaitsForBothHalvesTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHorizon()
		h.cloud.Delay = 40 * time.Second
		began := time.Now()
		z, err := h.split().WaitReady(t.Context(), h.api)
		require.NoError(t, err)
		require.True(t, z.Ready())
		require.Equal(t, []privatelink.Outcome{privatelink.Created, privatelink.Created}, []privatelink.Outcome{z.Private.Outcome, z.Public.Outcome})
		require.Less(t, time.Since(began), 60*time.Second)
		require.Equal(t, "10.0.0.4", answer(t, h.inA, "api."+public))
		require.Equal(t, "192.0.2.4", answer(t, h.cloud.Internet(), "api."+public))
		began = time.Now()
		h.cloud.Delay = time.Hour
		_, err = h.split().Inside(api(five)).Outside(api(five)).WaitReady(t.Context(), h.api, privatelink.Timeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorContains(t, err, "waiting for Route 53 to publish the change")
		require.Equal(t, time.Minute, time.Since(began), "one timeout for both")
	})
}

// Through Batched, behind a gate: the turns of writes take no time of the wait, and one place is enough for both halves.
func TestSplitHorizonWaitsThroughBatchedAndBehindAGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHorizon()
		h.cloud.Delay = 20 * time.Second
		api, gate := dnszone.Batched(h.api), make(turnstile, 1)
		each(4, func(i int) {
			b := dnszone.SplitHorizon(fmt.Sprintf("n%d.example.com", i)).VPC(region, h.a).Both(dnszone.A("api", minute, four))
			_, err := b.WaitReady(t.Context(), api, gate)
			require.NoError(t, err)
			require.NoError(t, b.WaitGone(t.Context(), api, gate))
		})
		fake.NoLeaks(t, h.cloud)
		slow := dnszone.Batched(h.api, dnszone.Limit(1, 10*time.Second))
		h.cloud.Delay = 0
		began := time.Now()
		_, err := h.split().WaitReady(t.Context(), slow, privatelink.Timeout(150*time.Second))
		require.NoError(t, err)
		require.Greater(t, time.Since(began), 180*time.Second)
		_, err = h.split().WaitReady(t.Context(), slow, privatelink.Timeout(15*time.Second))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, h.split().WaitGone(t.Context(), h.api))
	})
}

func TestSplitHorizonProblemsOfBothHalvesAreToldBeforeAnyCall(t *testing.T) {
	h := newHorizon()
	calls := h.calls(func() {
		b := dnszone.SplitHorizon("example").Both(api(four), dnszone.A("x y", minute, four)).Inside(dnszone.A("API.example.", minute, five)).Outside(api(five), dnszone.A("six", minute, six))
		_, err := b.Ensure(t.Context(), nil)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		for _, want := range []string{"no VPC", "top-level", `"x y"`, "declared inside, and for both", "declared outside, and for both", "not an IPv4", "client is nil"} {
			require.ErrorContains(t, err, want)
		}
		require.Len(t, privatelink.Problems(err), 7, "each once")
		require.Len(t, privatelink.Problems(b.Validate()), 6)
		_, err = h.split().PublicZone("nonsense", nil).WaitReady(t.Context(), h.api)
		require.Len(t, privatelink.Problems(err), 2)
		require.Len(t, privatelink.Problems(dnszone.SplitHorizon("").Delete(t.Context(), h.api)), 2)
	})
	require.Empty(t, calls)
	private := foreign(t, h.api, public, h.b)
	_, err := h.split().PublicZone(private, h.api).Plan(t.Context(), h.api)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
	require.ErrorContains(t, err, "is private")
}

func TestSplitHorizonCloneAsAndExclusive(t *testing.T) {
	h := newHorizon()
	first := h.split().PublicZone("Z1", h.api).Exclusive(true)
	second := first.CloneAs("example.org")
	require.NoError(t, second.On(h.api).WaitReady(t.Context()))
	require.Equal(t, "192.0.2.4", answer(t, h.cloud.Internet(), "api.example.org"))
	_, err := second.Clone().Both(dnszone.A("www", minute, five)).Inside().Outside().WaitReady(t.Context(), h.api)
	require.NoError(t, err)
	for _, r := range []resolver{h.inA, h.cloud.Internet()} {
		require.Empty(t, answer(t, r, "api.example.org"))
		require.Equal(t, "10.0.0.5", answer(t, r, "www.example.org"))
	}
	require.NoError(t, privatelink.DeleteAll(t.Context(), second.On(h.api)))
	fake.NoLeaks(t, h.cloud)
}
