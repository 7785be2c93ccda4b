package dnszone_test

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"
	"github.com/cenkalti/backoff/v4"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// watched notes when each call of a world was sent.
type watched struct {
	mu   sync.Mutex
	at   []time.Time
	ops  map[string]int
	took time.Duration // how long each call takes
}

func watch(w *world, took time.Duration) *watched {
	seen := &watched{ops: map[string]int{}, took: took}
	w.cloud.Before = func(ctx context.Context, c *fake.Call) error {
		seen.mu.Lock()
		seen.at, seen.ops[c.Op] = append(seen.at, time.Now()), seen.ops[c.Op]+1
		seen.mu.Unlock()
		select {
		case <-time.After(seen.took):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return seen
}

func (s *watched) total() (n int) {
	for _, times := range s.ops {
		n += times
	}
	return n
}

// each runs f n times at once.
func each(n int, f func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { f(i) })
	}
	all.Wait()
}

// Whatever the API can do passes the limiter.
func TestBatchedLimitsEveryOperation(t *testing.T) {
	api := reflect.TypeFor[dnszone.API]()
	for i := range api.NumMethod() {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			method := reflect.ValueOf(dnszone.Batched(w.api)).MethodByName(api.Method(i).Name)
			began := time.Now()
			for range 11 {
				method.Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.New(method.Type().In(1).Elem())})
			}
			require.Equal(t, 2*time.Second, time.Since(began), api.Method(i).Name)
		})
	}
}

func TestBatchedSendsFiveRequestsASecond(t *testing.T) {
	for _, limit := range []struct {
		opts     []dnszone.BatchOption
		requests int
		per      time.Duration
	}{
		{nil, 5, time.Second},
		{[]dnszone.BatchOption{dnszone.Limit(2, time.Minute), nil}, 2, time.Minute},
		{[]dnszone.BatchOption{dnszone.Limit(0, time.Second)}, 200, time.Nanosecond},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			seen := watch(w, 0)
			api := dnszone.Batched(w.api, limit.opts...)
			began := time.Now()
			each(200, func(i int) {
				_, _ = api.GetChange(t.Context(), &route53.GetChangeInput{Id: ptr(fmt.Sprint(i))})
			})
			require.Len(t, seen.at, 200)
			for i := limit.requests; i < len(seen.at); i++ {
				require.GreaterOrEqual(t, seen.at[i].Sub(seen.at[i-limit.requests]), limit.per)
			}
			require.Equal(t, time.Duration(200/limit.requests-1)*limit.per, time.Since(began))
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestBatchedCallersThatLeaveTakeNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		seen := watch(w, 0)
		api := dnszone.Batched(w.api)
		short, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		began := time.Now()
		each(100, func(i int) {
			ctx := t.Context()
			if i%10 != 0 {
				ctx = short
			}
			_, err := api.ListHostedZonesByName(ctx, &route53.ListHostedZonesByNameInput{})
			if i%10 == 0 {
				require.NoError(t, err)
			}
		})
		require.LessOrEqual(t, time.Since(began), 2*time.Second)
		require.LessOrEqual(t, len(seen.at), 15)
	})
}

// A lone caller is no worse off than without it.
func TestBatchedLoneCallerMakesTheSameCallsInTheSameTime(t *testing.T) {
	steady := privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(5 * time.Second) })
	run := func(wrap func(dnszone.API) dnszone.API) (calls []string, took time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			w.cloud.Delay = 33 * time.Second
			api := wrap(w.api)
			b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
			began := time.Now()
			calls = w.calls(func() {
				_, err := b.WaitReady(t.Context(), api, steady)
				require.NoError(t, err)
				time.Sleep(time.Second)
				_, err = b.Ensure(t.Context(), api)
				require.NoError(t, err)
				time.Sleep(time.Second)
				require.NoError(t, b.WaitGone(t.Context(), api, steady))
			})
			took = time.Since(began)
		})
		return calls, took
	}
	calls, took := run(func(api dnszone.API) dnszone.API { return api })
	batchedCalls, batchedTook := run(func(api dnszone.API) dnszone.API { return dnszone.Batched(api, dnszone.Limit(10, time.Second)) })
	require.Equal(t, calls, batchedCalls)
	require.Equal(t, took, batchedTook)
}

func TestBatchedCallersOfOneZoneShareItsReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		seen := watch(w, 50*time.Millisecond)
		api := dnszone.Batched(w.api)
		began := time.Now()
		each(200, func(int) {
			z, err := b.Ensure(t.Context(), api)
			require.NoError(t, err)
			require.Equal(t, privatelink.Unchanged, z.Outcome)
		})
		t.Logf("%v in %v", seen.ops, time.Since(began))
		require.LessOrEqual(t, seen.total(), 15, "instead of 600")
		require.LessOrEqual(t, time.Since(began), 4*time.Second, "instead of two minutes")
	})
}

func TestBatchedNamesAreLookedUpTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		name := func(i int) string { return fmt.Sprintf("n%d.x-%d.internal", i, i%7) }
		for i := range 200 {
			foreign(t, w.api, name(i), w.a)
		}
		foreign(t, w.api, name(0), w.b)
		seen := watch(w, 50*time.Millisecond)
		api := dnszone.Batched(w.api)
		each(400, func(i int) {
			_, err := dnszone.Private(name(i)).VPC(region, w.b).Find(t.Context(), api)
			require.ErrorIs(t, err, privatelink.ErrNotFound)
		})
		t.Log(seen.ops)
		require.LessOrEqual(t, seen.ops["ListHostedZonesByName"], 5)
		require.LessOrEqual(t, seen.total(), 5+201+1, "a zone of others is looked at once: it may have been adopted")
		each(200, func(i int) {
			n := 0
			for z, err := range dnszone.Lookup(t.Context(), dnszone.Batched(w.api, dnszone.Limit(0, 0)), name(i)) {
				require.NoError(t, err)
				require.Equal(t, name(i), z.Domain)
				n++
			}
			require.Equal(t, 1+btoi(i == 0), n)
		})
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// The answer of a slow read that was in flight when a caller wrote is not for him.
func TestBatchedWritersNeverReadWhatIsOlderThanTheirWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		api := dnszone.Batched(w.api, dnszone.Limit(0, 0))
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		z, err := b.WaitReady(t.Context(), api)
		require.NoError(t, err)
		w.cloud.After = func(_ context.Context, c *fake.Call) error { // the answers of reads are made, and then take their time
			if c.Op == "ListResourceRecordSets" || c.Op == "GetHostedZone" || c.Op == "ListHostedZonesByName" {
				time.Sleep(time.Second)
			}
			return nil
		}
		stop, cancel := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		for range 5 { // somebody is reading all the time
			readers.Go(func() {
				for stop.Err() == nil {
					_, _ = b.Find(stop, api)
					time.Sleep(130 * time.Millisecond)
				}
			})
		}
		each(20, func(i int) {
			time.Sleep(time.Duration(i) * 170 * time.Millisecond)
			own := dnszone.A(fmt.Sprintf("host%d", i), minute, four)
			_, err := dnszone.Private(domain).VPC(region, w.a).Record(own).Ensure(t.Context(), api)
			require.NoError(t, err)
			now, err := dnszone.Get(t.Context(), api, z.ID)
			require.NoError(t, err)
			has := false
			for _, r := range now.Records {
				has = has || r.Host == own.Host+"."+domain+"."
			}
			require.True(t, has, "reads its own write")
		})
		cancel()
		readers.Wait()
		time.Sleep(time.Second) // what was in flight lands
	})
}

func TestBatchedCancelHarmsNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		b := dnszone.Private(domain).VPC(region, w.a).A("api", minute, four)
		_, err := b.WaitReady(t.Context(), w.api)
		require.NoError(t, err)
		watch(w, time.Second)
		api := dnszone.Batched(w.api)
		early, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		each(50, func(i int) {
			if i%2 == 0 {
				_, err := b.Ensure(early, api)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				return
			}
			_, err := b.Ensure(t.Context(), api)
			require.NoError(t, err)
		})
	})
}

// silent does not say how far behind its lookups are.
type silent struct{ dnszone.API }

func (s silent) ListHostedZonesByName(ctx context.Context, in *route53.ListHostedZonesByNameInput, opts ...func(*route53.Options)) (*route53.ListHostedZonesByNameOutput, error) {
	ctx, _ = lag.Listen(ctx, s) // and nobody else hears
	return s.API.ListHostedZonesByName(ctx, in, opts...)
}

func TestBatchedPassesOnHowFarBehindReadsAre(t *testing.T) {
	gone := func(behind time.Duration, silentToo bool, opts ...dnszone.BatchOption) (took time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld()
			w.cloud.Lag = behind
			var api dnszone.API = w.api
			if silentToo {
				api = silent{w.api}
			}
			began := time.Now()
			require.NoError(t, dnszone.Private(domain).VPC(region, w.a).WaitGone(t.Context(), dnszone.Batched(api, opts...)))
			took = time.Since(began)
		})
		return took
	}
	require.Zero(t, gone(0, false))
	require.Equal(t, 3*time.Second, gone(3*time.Second, false, dnszone.ReadLag(time.Hour)), "a call that says it knows best")
	require.Equal(t, 10*time.Second, gone(0, true), "where nobody says")
	require.Equal(t, 7*time.Second, gone(0, true, dnszone.ReadLag(7*time.Second)))
}

func TestBatchedRetriesWithinASharedRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		r := refuse(w, &smithy.GenericAPIError{Code: "Throttling"}, 2)
		api := dnszone.Batched(w.api)
		each(100, func(int) {
			_, err := dnszone.Private(domain).VPC(region, w.a).Find(t.Context(), api)
			require.ErrorIs(t, err, privatelink.ErrNotFound)
		})
		require.LessOrEqual(t, r.sent["ListHostedZonesByName"], 4)
	})
}

// A name that Route 53 does not take is no matter of those who ask for others.
func TestBatchedRefusedNameIsItsAskersAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld()
		w.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if in, ok := c.Input.(*route53.ListHostedZonesByNameInput); ok && *in.DNSName == "a.internal." {
				return &types.InvalidDomainName{}
			}
			return nil
		}
		api := dnszone.Batched(w.api)
		each(20, func(i int) {
			name := fmt.Sprintf("n%d.internal", i)
			if i == 3 {
				name = "a.internal"
			}
			_, err := dnszone.Private(name).VPC(region, w.a).Find(t.Context(), api)
			if i == 3 {
				require.ErrorContains(t, err, "InvalidDomainName")
				return
			}
			require.ErrorIs(t, err, privatelink.ErrNotFound)
		})
	})
}

func TestBatchedWithoutAClientIsInvalid(t *testing.T) {
	for _, api := range []dnszone.API{nil, (*fake.Account)(nil)} {
		_, err := dnszone.Private(domain).VPC(region, "vpc-1").Find(t.Context(), dnszone.Batched(api))
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
}
