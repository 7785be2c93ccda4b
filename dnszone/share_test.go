package dnszone_test

import (
	"context"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// partners are two accounts with a VPC each.
type partners struct {
	*world
	them *fake.Account
	c    string     // their VPC
	host *fake.Host // a host in it
}

func newPartners() *partners {
	w := newWorld()
	them := w.cloud.Account("999988887777").In("eu-west-1")
	vpc := them.VPC("10.2.0.0/16")
	return &partners{w, them, vpc.ID, vpc.Subnet("eu-west-1a", "10.2.1.0/24").Host()}
}

func (p *partners) declared() *dnszone.PrivateBuilder {
	return dnszone.Private(domain).VPC(region, p.a).SharedWith("eu-west-1", p.c, p.them).A("api", minute, four)
}

// authorized lists what a zone has authorised.
func (p *partners) authorized(t *testing.T, zone string) (ids []string) {
	t.Helper()
	out, err := p.api.ListVPCAssociationAuthorizations(t.Context(), &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: aws.String(zone)})
	require.NoError(t, err)
	for _, v := range out.VPCs {
		ids = append(ids, aws.ToString(v.VPCId))
	}
	return ids
}

func TestSharedWithAVPCOfAnotherAccount(t *testing.T) {
	p := newPartners()
	b := p.declared()
	plan, err := b.Plan(t.Context(), p.api)
	require.NoError(t, err)
	require.Equal(t, "us-east-1/"+p.a, plan.Scope)
	require.Equal(t, "eu-west-1/"+p.c+", us-east-1/"+p.a, plan.Changes[0].To)
	var z *dnszone.Zone
	ops := p.calls(func() { z, err = b.WaitReady(t.Context(), p.api) })
	require.NoError(t, err)
	require.Equal(t, []string{"ListHostedZonesByName", "CreateHostedZone", "ChangeResourceRecordSets", "CreateVPCAssociationAuthorization",
		"AssociateVPCWithHostedZone", "DeleteVPCAssociationAuthorization"}, ops[:6])
	require.Equal(t, []dnszone.VPC{{Region: "eu-west-1", ID: p.c}, {Region: region, ID: p.a}}, z.VPCs)
	require.Empty(t, p.authorized(t, z.ID))
	require.Len(t, p.calls(func() { z, err = b.Ensure(t.Context(), p.api) }), 4, "no change costs one read more than without it")
	require.NoError(t, err)
	require.Equal(t, privatelink.Unchanged, z.Outcome)
	addrs, err := p.host.LookupHost(t.Context(), "api."+domain)
	require.NoError(t, err)
	require.Equal(t, []netip.Addr{four}, addrs)
	require.NoError(t, b.Clone().SharedWith("eu-west-1", p.c, nil).WaitGone(t.Context(), p.api), "Delete needs no client of theirs")
	fake.NoLeaks(t, p.cloud)
}

// The same with the accounts changing parts, and a zone of each at once.
func TestSharedWithGoesBothWays(t *testing.T) {
	p := newPartners()
	mine := p.declared()
	theirs := dnszone.Private("back.internal").VPC("eu-west-1", p.c).SharedWith(region, p.a, p.api).A("api", minute, five)
	one, err := mine.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	other, err := theirs.WaitReady(t.Context(), p.them)
	require.NoError(t, err)
	require.Len(t, one.VPCs, 2)
	require.Len(t, other.VPCs, 2)
	require.NoError(t, mine.WaitGone(t.Context(), p.api))
	require.NoError(t, theirs.WaitGone(t.Context(), p.them))
	fake.NoLeaks(t, p.cloud)
}

// Others at the same work may be in the way for as long as they like: nothing is wrong, and the declaration holds in the end.
func TestAuthorizationThatIsTakenAwayIsPending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPartners()
		times := 0
		p.cloud.Before = func(ctx context.Context, c *fake.Call) error {
			if in, ok := c.Input.(*route53.AssociateVPCWithHostedZoneInput); ok && times < 5 {
				times++
				_, err := p.api.DeleteVPCAssociationAuthorization(ctx, &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: in.HostedZoneId, VPC: in.VPC})
				require.NoError(t, err)
			}
			return nil
		}
		_, err := p.declared().Ensure(t.Context(), p.api)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.NotErrorIs(t, err, privatelink.ErrDenied)
		require.ErrorContains(t, err, "another process takes the authorization back")
		require.Equal(t, 3, times)
		z, err := p.declared().WaitReady(t.Context(), p.api)
		require.NoError(t, err)
		require.Equal(t, 5, times)
		require.Len(t, z.VPCs, 2)
		require.Empty(t, p.authorized(t, z.ID))
	})
}

func TestStaleAuthorizationIsCleanedUp(t *testing.T) {
	p := newPartners()
	b := p.declared()
	z, err := b.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	theirVPC := dnszone.VPC{Region: "eu-west-1", ID: p.c}
	require.NoError(t, dnszone.Authorize(t.Context(), p.api, z.ID, theirVPC))
	d := p.them.VPC("10.3.0.0/16").ID
	require.NoError(t, dnszone.Authorize(t.Context(), p.api, z.ID, dnszone.VPC{Region: "eu-west-1", ID: d}))
	plan, err := b.Plan(t.Context(), p.api)
	require.NoError(t, err)
	require.Equal(t, []privatelink.Change{{Field: "authorization of VPC eu-west-1/" + p.c, From: "given"}}, plan.Changes)
	_, err = b.Ensure(t.Context(), p.api)
	require.NoError(t, err)
	require.Equal(t, []string{d}, p.authorized(t, z.ID), "what is not declared is left alone")
	_, err = b.Clone().Exclusive(true).Ensure(t.Context(), p.api)
	require.NoError(t, err)
	require.Empty(t, p.authorized(t, z.ID))

	// One that was given and not used is taken back by a Delete that does not come to its end as well.
	upsert(t, p.world, z.ID, "theirs", "10.0.0.9")
	require.NoError(t, dnszone.Authorize(t.Context(), p.api, z.ID, theirVPC))
	require.ErrorIs(t, b.Delete(t.Context(), p.api), privatelink.ErrInUse)
	require.Empty(t, p.authorized(t, z.ID))
}

func TestSharedWithDropsAndMoves(t *testing.T) {
	p := newPartners()
	z, err := p.declared().WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	moved := dnszone.Private(domain).VPC(region, p.b).SharedWith("eu-west-1", p.c, p.them).Exclusive(true).A("api", minute, four)
	again, err := moved.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	require.Equal(t, z.ID, again.ID, "the shared VPC is in common")
	require.Equal(t, []dnszone.VPC{{Region: "eu-west-1", ID: p.c}, {Region: region, ID: p.b}}, again.VPCs)
	again, err = dnszone.Private(domain).VPC(region, p.b).Exclusive(true).A("api", minute, four).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	require.Equal(t, []dnszone.VPC{{Region: region, ID: p.b}}, again.VPCs)
}

func TestSharedWithRefusals(t *testing.T) {
	p := newPartners()
	require.Len(t, privatelink.Problems(p.declared().SharedWith("eu-west-1", p.c, nil).Validate()), 1)
	require.Len(t, privatelink.Problems(p.declared().VPC("eu-west-1", p.c).Validate()), 1)
	require.Len(t, privatelink.Problems(dnszone.Private(domain).SharedWith("eu-west-1", p.c, p.them).Validate()), 1, "a zone is made on a VPC of its own account")
	require.Len(t, privatelink.Problems(p.declared().SharedWith("", "vpc-1", p.them).Validate()), 1)

	// A zone of theirs has the name on their VPC already.
	id := foreign(t, p.them, domain, p.c, "eu-west-1")
	z, err := p.declared().VPC(region, p.a).Ensure(t.Context(), p.api)
	require.Nil(t, z)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "hosted zone "+id+" of account 999988887777")
	plan, err := p.declared().Plan(t.Context(), p.api)
	require.NoError(t, err)
	require.Len(t, plan.Warnings, 1)
	z, err = dnszone.Private(domain).VPC(region, p.a).Find(t.Context(), p.api)
	require.NoError(t, err)
	require.Empty(t, p.authorized(t, z.ID), "a failed call leaves none")
}

// Somebody else's pass over the same zone takes the authorisation away before it is used.
func TestSharedWithStartsAgainWhenTheAuthorizationIsGone(t *testing.T) {
	p := newPartners()
	taken := 0
	p.cloud.Before = func(ctx context.Context, c *fake.Call) error {
		in, ok := c.Input.(*route53.AssociateVPCWithHostedZoneInput)
		if !ok || taken == 2 {
			return nil
		}
		taken++
		return dnszone.Deauthorize(ctx, p.api, aws.ToString(in.HostedZoneId), dnszone.VPC{Region: "eu-west-1", ID: p.c})
	}
	z, err := p.declared().WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	require.Len(t, z.VPCs, 2)
	require.Equal(t, 2, taken)
	require.Empty(t, p.authorized(t, z.ID))
}

func TestAuthorizeAssociateDisassociate(t *testing.T) {
	p := newPartners()
	z, err := dnszone.Private(domain).VPC(region, p.a).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	ctx, v := t.Context(), dnszone.VPC{Region: "eu-west-1", ID: p.c}
	err = dnszone.Associate(ctx, p.them, z.ID, v)
	require.ErrorIs(t, err, privatelink.ErrDenied)
	require.ErrorContains(t, err, "has to authorise it first (Authorize)")
	for range 2 { // each of them twice: idempotent
		require.NoError(t, dnszone.Authorize(ctx, p.api, z.ID, v))
	}
	for range 2 {
		require.NoError(t, dnszone.Associate(ctx, p.them, "/hostedzone/"+z.ID, v))
	}
	for range 2 {
		require.NoError(t, dnszone.Deauthorize(ctx, p.api, z.ID, v))
	}
	require.Empty(t, p.authorized(t, z.ID))
	other, err := dnszone.Private(domain).VPC(region, p.b).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	require.NoError(t, dnszone.Authorize(ctx, p.api, other.ID, v))
	err = dnszone.Associate(ctx, p.them, other.ID, v)
	require.ErrorIs(t, err, privatelink.ErrConflict, "another zone of the name serves it")
	require.ErrorContains(t, err, z.ID)

	for range 2 {
		require.NoError(t, dnszone.Disassociate(ctx, p.them, z.ID, v), "the VPC's owner may")
	}
	err = dnszone.Disassociate(ctx, p.api, z.ID, dnszone.VPC{Region: region, ID: p.a})
	require.ErrorIs(t, err, privatelink.ErrInUse)
	require.ErrorContains(t, err, "VPC us-east-1/"+p.a+" is the last that hosted zone "+z.ID+" serves")
	require.ErrorContains(t, err, "disassociate hosted zone")
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	for _, f := range []func(context.Context, dnszone.API, string, dnszone.VPC) error{dnszone.Authorize, dnszone.Associate, dnszone.Disassociate, dnszone.Deauthorize} {
		before := len(p.cloud.Calls())
		require.Len(t, privatelink.Problems(f(ctx, nil, "x", dnszone.VPC{})), 4)
		require.Len(t, p.cloud.Calls(), before)
	}
}

// Route 53's refusal names the zone that serves the VPC: here the very one, which the list by VPC does not show yet.
func TestAssociateOfAnAssociationThatIsNotListedYetIsNoConflict(t *testing.T) {
	p := newPartners()
	z, err := dnszone.Private(domain).VPC(region, p.a).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	v := dnszone.VPC{Region: region, ID: p.b}
	require.NoError(t, dnszone.Associate(t.Context(), p.api, z.ID, v))
	p.cloud.After = func(_ context.Context, c *fake.Call) error {
		if out, ok := c.Output.(*route53.ListHostedZonesByVPCOutput); ok {
			out.HostedZoneSummaries = nil
		}
		return nil
	}
	require.NoError(t, dnszone.Associate(t.Context(), p.api, z.ID, v))
}

func TestPublishedInTheOtherAccountIsAskedThere(t *testing.T) {
	for _, denied := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := newPartners()
			p.cloud.Delay = 20 * time.Second
			asked := map[string]int{}
			p.cloud.Before = func(_ context.Context, c *fake.Call) error {
				if c.Op == "GetChange" {
					asked[c.Account]++
					if denied && c.Account == p.them.ID {
						return &smithy.GenericAPIError{Code: "AccessDenied"}
					}
				}
				return nil
			}
			z, err := p.declared().WaitReady(t.Context(), p.api)
			require.NoError(t, err)
			require.True(t, z.Ready)
			require.Positive(t, asked[p.them.ID])
		})
	}
}

// The process dies before or after any call of the way up, and again at any call of the second attempt: the pass that lives leaves no
// authorisation, nor does a Delete that follows the deaths at once.
func TestNoAuthorizationIsLeftByDeathAtAnyCall(t *testing.T) {
	for _, after := range []bool{false, true} {
		for first, died := 1, true; died; first++ {
			died = false
			for second, again := 1, true; again; second++ {
				for _, then := range []string{"Ensure", "Delete"} {
					p := newPartners()
					b := p.declared()
					deaths := []*mortal{{at: first, after: after}, {at: second, after: after}}
					verb := func() error { _, err := b.WaitReady(t.Context(), p.api); return err }
					for _, m := range deaths {
						p.cloud.Before, p.cloud.After = m.before, m.lose
						m.died = verb() != nil
					}
					p.cloud.Before, p.cloud.After = nil, nil
					died, again = died || deaths[0].died, deaths[1].died
					if then == "Delete" {
						require.NoError(t, b.Delete(t.Context(), p.api))
						fake.NoLeaks(t, p.cloud)
						continue
					}
					z, err := b.Ensure(t.Context(), p.api)
					require.NoError(t, err)
					require.Len(t, z.VPCs, 2)
					require.Empty(t, p.authorized(t, z.ID), "died at call %d, then at call %d", first, second)
					require.NoError(t, b.WaitGone(t.Context(), p.api))
					fake.NoLeaks(t, p.cloud)
				}
			}
			require.Less(t, first, 60)
		}
	}
}

// An earlier process died after the association: the first look may show it, and not yet the authorisation.
func TestWaitReadyOutlastsAListOfAuthorizationsThatIsBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPartners()
		b := p.declared()
		z, err := b.WaitReady(t.Context(), p.api)
		require.NoError(t, err)
		p.cloud.Lag = 4 * time.Second
		time.Sleep(time.Minute)
		began := time.Now()
		require.NoError(t, dnszone.Authorize(t.Context(), p.api, z.ID, dnszone.VPC{Region: "eu-west-1", ID: p.c}))
		require.Empty(t, p.authorized(t, z.ID), "the list is behind")
		_, err = b.WaitReady(t.Context(), p.api)
		require.NoError(t, err)
		require.Less(t, time.Since(began), 10*time.Second, "a window is all that it takes")
		p.cloud.Lag = 0
		require.Empty(t, p.authorized(t, z.ID))
	})
}
