package dnszone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// ghost is a Route 53 that takes no reference at first, and whose list then shows, once, a zone that is gone when it is read.
type ghost struct {
	dnszone.API
	references []string
	taken      int  // how many creates are refused
	shown      bool // the zone was listed
}

func (g *ghost) CreateHostedZone(ctx context.Context, in *route53.CreateHostedZoneInput, opts ...func(*route53.Options)) (*route53.CreateHostedZoneOutput, error) {
	if g.references = append(g.references, *in.CallerReference); len(g.references) <= g.taken {
		return nil, &smithy.GenericAPIError{Code: "HostedZoneAlreadyExists", Message: "it was made before"}
	}
	return g.API.CreateHostedZone(ctx, in, opts...)
}

func (g *ghost) ListHostedZonesByName(ctx context.Context, in *route53.ListHostedZonesByNameInput, opts ...func(*route53.Options)) (*route53.ListHostedZonesByNameOutput, error) {
	out, err := g.API.ListHostedZonesByName(ctx, in, opts...)
	if err == nil && !g.shown && len(g.references) == g.taken {
		g.shown = true
		out.HostedZones = append(out.HostedZones, types.HostedZone{
			Id: aws.String("/hostedzone/Z0GHOST"), Name: aws.String(site + "."), CallerReference: aws.String(g.references[0])})
	}
	return out, err
}

// Route 53 may forget the reference of a zone that ends between the list and the read of it: it is asked for anew, not the next one.
func TestReferenceIsAskedAnewWhenAListedZoneVanishes(t *testing.T) {
	for name, b := range map[string]*dnszone.PublicBuilder{"by itself": dnszone.Public(site), "with tags": dnszone.Public(site).Tag("team", "one")} {
		t.Run(name, func(t *testing.T) {
			g := &ghost{API: newWorld().api, taken: 2}
			_, err := b.Ensure(t.Context(), g)
			require.NoError(t, err)
			require.True(t, g.shown)
			require.Len(t, g.references, 3)
			require.Equal(t, g.references[0], g.references[2])
		})
	}
}

// A zone of others may have been adopted, which its tags tell. Between two asks of a reference that is of no interest: only what it made is.
func TestTagsOfOthersAreNotReadBetweenTwoAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Lag = 3 * time.Second
		foreign(t, w.api, site, "")
		time.Sleep(5 * time.Minute)
		g := &ghost{API: w.api, taken: 2, shown: true}
		calls := map[string]int{}
		w.cloud.Before = func(_ context.Context, c *fake.Call) error { calls[c.Op]++; return nil }
		_, err := dnszone.Public(site).Ensure(t.Context(), g)
		require.NoError(t, err)
		require.Len(t, g.references, 3)
		require.LessOrEqual(t, calls["ListTagsForResource"], 3, "at first, and once for each look that begins a slot")
		require.GreaterOrEqual(t, calls["ListHostedZonesByName"], 1+2*4, "four looks after each ask")
	})
}
