package dnszone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// refusing refuses every call of an operation so many times, and counts them.
type refusing struct {
	with  error
	times int
	sent  map[string]int
}

func refuse(w *world, with error, times int) *refusing {
	r := &refusing{with, times, map[string]int{}}
	w.cloud.Before = func(_ context.Context, c *fake.Call) error {
		if r.sent[c.Op]++; r.sent[c.Op] <= r.times {
			return r.with
		}
		return nil
	}
	return r
}

func TestPriorRequestNotCompleteAndThrottlesAreRetried(t *testing.T) {
	code := func(c string) error { return &smithy.GenericAPIError{Code: c} }
	for _, refusal := range []error{&types.PriorRequestNotComplete{}, code("Throttling"), code("ThrottlingException"), code("ServiceUnavailable")} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			b := dnszone.Private(domain).VPC(region, w.a).VPC(region, w.b).A("api", minute, four)
			refuse(w, refusal, 2)
			began := time.Now()
			z, err := b.Ensure(t.Context(), w.api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Created, z.Outcome)
			require.Less(t, time.Since(began), 4*time.Second, "two pauses for each of four calls")
			refuse(w, refusal, 2)
			require.NoError(t, b.Delete(t.Context(), w.api))
			fake.NoLeaks(t, w.cloud)
		})
	}
}

func TestRetriesEndAfterThreeTries(t *testing.T) {
	for _, c := range []struct {
		refusal error
		tries   int
		is      error
	}{
		{&smithy.GenericAPIError{Code: "Throttling"}, 3, privatelink.ErrThrottled},
		{&smithy.GenericAPIError{Code: "AccessDenied"}, 1, privatelink.ErrDenied},
		{&smithy.GenericAPIError{Code: "InvalidInput"}, 1, nil},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			r := refuse(w, c.refusal, 100)
			_, err := dnszone.Private(domain).VPC(region, w.a).Ensure(t.Context(), w.api)
			require.Error(t, err)
			if c.is != nil {
				require.ErrorIs(t, err, c.is)
			}
			require.Equal(t, map[string]int{"ListHostedZonesByName": c.tries}, r.sent)
		})
	}
}

// Callers that were refused together do not come back together.
func TestRetriesAreJittered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		pauses := map[time.Duration]bool{}
		for range 20 {
			refuse(w, &types.PriorRequestNotComplete{}, 1)
			began := time.Now()
			for _, err := range dnszone.Lookup(t.Context(), w.api, domain) {
				require.NoError(t, err)
			}
			pauses[time.Since(began)] = true
			require.Less(t, time.Since(began), 300*time.Millisecond)
		}
		require.Greater(t, len(pauses), 15)
	})
}

func TestARetryEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		refuse(w, &smithy.GenericAPIError{Code: "Throttling"}, 100)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		began := time.Now()
		_, err := dnszone.Get(ctx, w.api, "Z1")
		require.ErrorIs(t, err, privatelink.ErrThrottled)
		require.Equal(t, 50*time.Millisecond, time.Since(began))
	})
}
