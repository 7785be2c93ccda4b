package dnszone_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// foreign makes a zone beside this library, private when a VPC is given, which is in the usual Region unless told otherwise.
func foreign(t *testing.T, api *fake.Account, name, vpc string, where ...types.VPCRegion) string {
	t.Helper()
	in := &route53.CreateHostedZoneInput{Name: aws.String(name), CallerReference: aws.String("somebody else " + name + vpc)}
	if vpc != "" {
		in.VPC = &types.VPC{VPCId: aws.String(vpc), VPCRegion: append(where, region)[0]}
	}
	out, err := api.CreateHostedZone(t.Context(), in)
	require.NoError(t, err)
	return aws.ToString(out.HostedZone.Id)[len("/hostedzone/"):]
}

func TestForeignZoneOnTheVPCIsAConflict(t *testing.T) {
	w := newWorld()
	id := foreign(t, w.api, domain, w.a)
	foreign(t, w.api, domain, "")
	foreign(t, w.api, "a."+domain, w.a)
	b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	before := w.cloud.Dump()
	_, err := b.Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "hosted zone "+id+" of account 111122223333")
	p, err := b.Plan(t.Context(), w.api)
	require.NoError(t, err)
	require.Equal(t, privatelink.Create, p.Action)
	require.Len(t, p.Warnings, 1)
	require.Contains(t, p.Warnings[0], id)
	require.NoError(t, b.WaitGone(t.Context(), w.api))
	require.Equal(t, before, w.cloud.Dump(), "what is not ours is not touched")

	_, err = dnszone.Private(domain).VPC(region, w.b).VPC(region, w.a).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict, "also where it is in the way of a further VPC, or of the first")
	require.ErrorContains(t, err, id)
}

func TestForeignZoneIsInTheWayOfAFurtherVPC(t *testing.T) {
	w := newWorld()
	first, second := min(w.a, w.b), max(w.a, w.b)
	id := foreign(t, w.api, domain, second)
	_, err := dnszone.Private(domain).VPC(region, first).VPC(region, second).WaitReady(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, id)
	require.ErrorContains(t, err, second)
}

func TestSiblingZonesNeverDisturbOneAnother(t *testing.T) {
	w := newWorld()
	dev := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
	prod := dnszone.Private(domain).VPC(region, w.b).A("api", minute, five)
	one, err := dev.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	other, err := prod.WaitReady(t.Context(), w.api)
	require.NoError(t, err)
	require.NotEqual(t, one.ID, other.ID)
	for _, b := range []*dnszone.PrivateBuilder{dev, prod} {
		z, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, z.Outcome)
	}
	_, err = dev.Clone().VPC(region, w.b).Ensure(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrConflict, "both are meant")
	require.NoError(t, dev.WaitGone(t.Context(), w.api))
	require.Equal(t, map[string][]string{"api.orders.internal. A": {"10.0.0.5"}}, w.records(t, other.ID))
	require.NoError(t, prod.WaitGone(t.Context(), w.api))
	fake.NoLeaks(t, w.cloud)
}

func TestZoneMovesThroughBothVPCs(t *testing.T) {
	w := newWorld()
	declared := func(vpcs ...string) *dnszone.PrivateBuilder {
		b := dnszone.Private(domain).A("api", minute, four).Exclusive(true)
		for _, v := range vpcs {
			b.VPC(region, v)
		}
		return b
	}
	var id string
	for _, vpcs := range [][]string{{w.a}, {w.a, w.b}, {w.b}} {
		z, err := declared(vpcs...).WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		require.True(t, id == "" || id == z.ID)
		require.Len(t, z.VPCs, len(vpcs))
		id = z.ID
	}
	_, err := declared(w.a).Find(t.Context(), w.api)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

func TestZoneOfThirtyTwoCreatorsIsOne(t *testing.T) {
	w := newWorld()
	b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four).A("db", minute, five)
	var wait sync.WaitGroup
	ids := make([]string, 32)
	for i := range ids {
		wait.Go(func() {
			z, err := b.WaitReady(t.Context(), w.api)
			if err == nil {
				ids[i] = z.ID
			}
		})
	}
	wait.Wait()
	for _, id := range ids {
		require.Equal(t, ids[0], id)
	}
	require.NotEmpty(t, ids[0])
	require.Len(t, w.records(t, ids[0]), 2)
}

// The mark is what zones are found by: it may never change.
func TestMarkIsPinned(t *testing.T) {
	w := newWorld()
	for want, b := range map[string]anyZone{
		"privatelink:40b3c62bc0d037315e001d64803dae7f:[0-9a-f]{32}":             dnszone.Private("Orders.Internal.").VPC(region, w.a),
		"privatelink:85ca2198fcdd46df4af79adfe59aa160:[0-9a-f]{32}":             dnszone.Private(`a\053b.internal`).VPC(region, w.a),
		"privatelink:ace33ac7cc693481daa71fe62467bc92:privatelink-[0-9a-f]{40}": dnszone.Public("Example.COM."),
	} {
		before := len(w.cloud.Calls())
		_, err := b.Ensure(t.Context(), w.api)
		require.NoError(t, err)
		for _, c := range w.cloud.Calls()[before:] {
			if in, ok := c.Input.(*route53.CreateHostedZoneInput); ok {
				require.Regexp(t, "^"+want+"$", aws.ToString(in.CallerReference))
			}
		}
	}
}

// Which zone is meant: the one of ours that serves any of the declared VPCs, this account's or another's, whatever else it serves.
func TestPrivateIdentityIsAVPCInCommon(t *testing.T) {
	p := newPartners()
	find := func(b *dnszone.PrivateBuilder) string {
		z, err := b.Find(t.Context(), p.api)
		if err != nil {
			require.ErrorIs(t, err, privatelink.ErrNotFound)
			return ""
		}
		return z.ID
	}
	z, err := p.declared().WaitReady(t.Context(), p.api) // on a, shared with c
	require.NoError(t, err)
	d := p.api.VPC("10.4.0.0/16").ID
	require.Equal(t, z.ID, find(dnszone.Private(domain).VPC(region, p.a).VPC(region, d)))
	require.Equal(t, z.ID, find(dnszone.Private(domain).VPC(region, d).SharedWith("eu-west-1", p.c, p.them)))
	require.Empty(t, find(dnszone.Private(domain).VPC(region, p.b).VPC(region, d)))
	require.Empty(t, find(dnszone.Private("other.internal").VPC(region, p.a)))
	other, err := dnszone.Private(domain).VPC(region, p.b).WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	_, err = dnszone.Private(domain).VPC(region, p.b).SharedWith("eu-west-1", p.c, p.them).Find(t.Context(), p.api)
	require.ErrorIs(t, err, privatelink.ErrConflict, "both are meant")
	require.ErrorContains(t, err, z.ID)
	require.ErrorContains(t, err, other.ID)
}

// A read may not show an association yet that was made a moment ago: Route 53 then refuses it, and names the zone itself.
func TestAssociationThatAReadDoesNotShowIsNoConflict(t *testing.T) {
	p := newPartners()
	b := p.declared().VPC(region, p.b)
	z, err := b.WaitReady(t.Context(), p.api)
	require.NoError(t, err)
	for _, listed := range []bool{true, false} { // by VPC
		p.cloud.After = func(_ context.Context, c *fake.Call) error {
			switch out := c.Output.(type) {
			case *route53.GetHostedZoneOutput:
				out.VPCs = slices.DeleteFunc(out.VPCs, func(v types.VPC) bool { return aws.ToString(v.VPCId) != p.a })
			case *route53.ListHostedZonesByVPCOutput:
				if !listed {
					out.HostedZoneSummaries = nil
				}
			}
			return nil
		}
		again, err := b.Ensure(t.Context(), p.api)
		require.NoError(t, err)
		require.Equal(t, z.ID, again.ID)
		p.cloud.After = nil
		require.Empty(t, p.authorized(t, z.ID))
	}
}
