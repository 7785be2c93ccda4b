package fake_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// TestRateLimitIsATokenBucket asks as fast as it may for a hundred seconds of a bucket of four tokens with 0.3 a second.
func TestRateLimitIsATokenBucket(t *testing.T) {
	t.Parallel()
	faulty(t, func(t *testing.T, h *harness) {
		passed, begun := map[string]int{}, time.Now()
		for time.Since(begun) < 100*time.Second {
			for who, api := range map[string]ec2Client{"provider": h.provider, "consumer": h.consumer, "abroad": h.remote} {
				_, err := api.DescribeVpcEndpoints(t.Context(), nil)
				if err != nil {
					requireCode(t, err, "RequestLimitExceeded", "")
					continue
				}
				passed[who]++
			}
			_, err := h.consumer.CreateTags(t.Context(), nil)
			requireCode(t, err, "MissingParameter", "")
			time.Sleep(100 * time.Millisecond)
		}
		require.Equal(t, map[string]int{"provider": 33, "consumer": 33, "abroad": 33}, passed)
	}, fake.RateLimit(0.3, 4).On("DescribeVpcEndpoints"), fake.RateLimit(20, 2).On("CreateTags"))
}

func TestRateLimitOfRoute53IsOneForTheAccount(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c fake.Cloud
		c.Inject(fake.AWSLimits()...)
		a, other := c.Account("111111111111"), c.Account("222222222222")
		for range 3 {
			_, err := a.ListHostedZones(t.Context(), nil)
			require.NoError(t, err)
		}
		for range 2 {
			_, err := a.In("eu-west-1").ListHostedZonesByName(t.Context(), nil)
			require.NoError(t, err)
		}
		_, err := a.ListHostedZones(t.Context(), nil)
		requireCode(t, err, "Throttling", "Rate exceeded")
		_, err = other.ListHostedZones(t.Context(), nil)
		require.NoError(t, err)
		time.Sleep(200 * time.Millisecond)
		_, err = a.ListHostedZones(t.Context(), nil)
		require.NoError(t, err)
	})
}

func TestSharedRateLimitCountsEveryCall(t *testing.T) {
	t.Parallel()
	faulty(t, func(t *testing.T, h *harness) {
		for i, api := range []ec2Client{h.provider, h.consumer, h.remote} {
			_, err := api.DescribeVpcEndpoints(t.Context(), nil)
			require.Equal(t, i == 2, err != nil)
		}
	}, fake.RateLimit(1, 2).Shared())
}
