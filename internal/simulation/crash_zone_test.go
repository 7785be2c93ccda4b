package simulation_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The same as TestCrash, for public zones and for private ones that serve a VPC of another account.
func TestCrashOfZones(t *testing.T) {
	for name, job := range map[string]job{
		"publish":   {run: (*stage).publish, check: complete(1)},
		"unpublish": {before: (*stage).publish, run: (*stage).unpublish, check: (*stage).empty},
		"share":     {run: (*stage).shareZone, check: (*stage).shared},
		"unshare":   {before: (*stage).shareZone, run: (*stage).unshareZone, check: (*stage).empty},
	} {
		t.Run(name, func(t *testing.T) {
			stories := 0
			for _, s := range few() {
				synctest.Test(t, func(t *testing.T) { stories += job.crashEverywhere(t, s) })
			}
			t.Logf("%d stories under %d settings", stories, len(few()))
			require.Greater(t, stories, len(few()))
		})
	}
}

func (s *stage) public() *dnszone.PublicBuilder {
	return dnszone.Public("example.com").A("www", time.Minute, addr).TXT("", time.Minute, "v=spf1 -all").Tag("team", "one")
}

func (s *stage) publish(ctx context.Context) error {
	_, err := s.public().WaitReady(ctx, s.consumer)
	return err
}

func (s *stage) unpublish(ctx context.Context) error { return s.public().WaitGone(ctx, s.consumer) }

// both is a zone of the consumer's that serves a VPC of the provider's as well.
func (s *stage) both(provider dnszone.API) *dnszone.PrivateBuilder {
	return dnszone.Private("shared.internal").VPC(s.consumer.Region, s.vpc).SharedWith(s.provider.Region, s.home, provider).A("api", time.Minute, addr)
}

func (s *stage) shareZone(ctx context.Context) error {
	_, err := s.both(s.provider).WaitReady(ctx, s.consumer)
	return err
}

func (s *stage) unshareZone(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.both(nil).On(s.consumer))
}

// shared asserts that there is one zone, which serves both VPCs, and that nobody may associate anything with it any more.
func (s *stage) shared(t *testing.T, about string) {
	t.Helper()
	complete(1)(s, t, about)
	time.Sleep(10 * time.Second) // until reads show it
	z, err := s.both(s.provider).Find(t.Context(), s.consumer)
	require.NoError(t, err, about)
	require.Len(t, z.VPCs, 2, about)
	out, err := s.consumer.ListVPCAssociationAuthorizations(t.Context(), &route53.ListVPCAssociationAuthorizationsInput{HostedZoneId: aws.String(z.ID)})
	require.NoError(t, err, about)
	require.Empty(t, out.VPCs, about)
}
