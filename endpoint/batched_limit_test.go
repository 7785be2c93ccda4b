package endpoint_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// retrying tries a throttled create three times in all, with the pauses of the SDK's standard retryer: up to a second, then up to two.
type retrying struct {
	endpoint.API
	mu     sync.Mutex
	random *rand.Rand
}

func (r *retrying) pause(try int) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Duration(r.random.Float64() * float64(int(1)<<try) * float64(time.Second))
}

func (r *retrying) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, opts ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error) {
	for try := 0; ; try++ {
		out, err := r.API.CreateVpcEndpoint(ctx, in, opts...)
		var refusal smithy.APIError
		if try == 2 || !errors.As(err, &refusal) || refusal.ErrorCode() != "RequestLimitExceeded" {
			if out != nil {
				out.ResultMetadata = middleware.Metadata{} // what it tried it does not tell, nor may what it stands on
			}
			return out, err
		}
		time.Sleep(r.pause(try))
	}
}

// throttledFleet is a fleet whose writes AWS limits, and the number of the calls that it throttled.
func throttledFleet(n int, perSecond float64, burst int) (*fleet, *int) {
	f := newFleet(n, &fake.Cloud{})
	throttled := 0
	f.cloud.After = func(_ context.Context, c *fake.Call) error {
		if c.Err != nil {
			f.mu.Lock()
			throttled++
			f.mu.Unlock()
		}
		return nil
	}
	f.cloud.Inject(fake.RateLimit(perSecond, burst).On("CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"))
	return f, &throttled
}

func TestThrottledFleetIsAsFastAsAWSLetsIt(t *testing.T) {
	for _, c := range []struct {
		perSecond float64
		burst     int
		wrapped   bool
	}{{0.3, 4, false}, {0.3, 4, true}, {2, 20, false}, {2, 20, true}} {
		t.Run(fmt.Sprintf("%d tokens, %v a second, client tries again %v", c.burst, c.perSecond, c.wrapped), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				const n = 1000
				f, _ := throttledFleet(n, c.perSecond, c.burst)
				inner := endpoint.API(f.account)
				if c.wrapped {
					inner = &retrying{API: inner, random: rand.New(rand.NewPCG(1, 2))}
				}
				var told endpoint.BatchReport
				api := endpoint.Batched(inner, endpoint.OnReport(func(r endpoint.BatchReport) {
					if r.Op == "CreateVpcEndpoint" {
						told = r
					}
				}))
				began := time.Now()
				calls, _ := f.counted(func() { f.up(t, api) })
				took, best := time.Since(began), time.Duration(float64(n-c.burst)/c.perSecond*float64(time.Second))
				throttled := calls["CreateVpcEndpoint"] - n
				t.Logf("%v, %.3f of the best; %d throttled, %.1f %%; %v", took, took.Seconds()/best.Seconds(), throttled, 100*float64(throttled)/float64(n+throttled), calls)
				require.Less(t, took, best*11/10)
				require.LessOrEqual(t, throttled, (n+throttled)/20)
				require.GreaterOrEqual(t, told.Calls-told.Throttled, n, "some were cut short while the client tried again")
			})
		})
	}
}

// The wait of each is shorter than what it spends in the queue.
func TestQueueingTakesNoTimeOfAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, _ := throttledFleet(200, 0.3, 4)
		api := endpoint.Batched(f.account)
		began := time.Now()
		f.each(t, func(ep *endpoint.InterfaceBuilder) error {
			_, err := ep.WaitReady(t.Context(), api, privatelink.Timeout(10*time.Second))
			return err
		})
		require.Greater(t, time.Since(began), 10*time.Minute)
		f.each(t, func(ep *endpoint.InterfaceBuilder) error {
			return ep.WaitGone(t.Context(), api, privatelink.Timeout(10*time.Second))
		})
	})
}

// A wait still ends when AWS is slow, and when its context does.
func TestTimeRunsOutsideTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(50, &fake.Cloud{Timing: fake.Timing{Provision: time.Hour}})
		api, began := endpoint.Batched(f.account), time.Now()
		_, err := f.items[0].WaitReady(t.Context(), api, privatelink.Timeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(began).Round(latency))
		time.Sleep(latency) // for a call that nobody waits for any more
	})
	synctest.Test(t, func(t *testing.T) {
		f, _ := throttledFleet(50, 0.01, 1)
		api := endpoint.Batched(f.account)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		late := 0
		var mu sync.Mutex
		f.each(t, func(ep *endpoint.InterfaceBuilder) error {
			_, err := ep.WaitReady(ctx, api)
			mu.Lock()
			defer mu.Unlock()
			if errors.Is(err, context.DeadlineExceeded) {
				late++
				return nil
			}
			return err
		})
		require.Equal(t, 49, late)
		time.Sleep(latency)
	})
}

// One look is enough for a create that did not have to wait, and an old one does not justify a create.
func TestACreateIsJustifiedByAFreshLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, _ := throttledFleet(10, 0.1, 1)
		var mu sync.Mutex
		var looked time.Time
		f.cloud.Before = nil
		f.cloud.After = func(_ context.Context, c *fake.Call) error {
			mu.Lock()
			defer mu.Unlock()
			switch in := c.Input.(type) {
			case *ec2.DescribeVpcEndpointsInput:
				looked = c.Time
			case *ec2.CreateVpcEndpointInput:
				require.Less(t, c.Time.Sub(looked), 3*time.Second, "%v", in.ClientToken)
			}
			return nil
		}
		api := endpoint.Batched(f.account)
		f.each(t, func(ep *endpoint.InterfaceBuilder) error {
			_, err := ep.Ensure(t.Context(), api)
			return err
		})
	})
}

// A throttle that never ends is an error at last, and not a wait for ever.
func TestEndlessThrottlingIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(1, &fake.Cloud{})
		f.cloud.Before = nil
		f.cloud.Inject(fake.Throttle().Times(1000).On("CreateVpcEndpoint"))
		began := time.Now()
		_, err := f.items[0].Ensure(t.Context(), endpoint.Batched(f.account))
		require.ErrorIs(t, err, privatelink.ErrThrottled)
		require.Less(t, time.Since(began), 15*time.Minute)
	})
}

// quiet is a client that tries a throttled create again at once, within itself, as long as it must, and tells so only in the metadata.
type quiet struct{ endpoint.API }

func (q quiet) CreateVpcEndpoint(ctx context.Context, in *ec2.CreateVpcEndpointInput, opts ...func(*ec2.Options)) (out *ec2.CreateVpcEndpointOutput, err error) {
	retryer := retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts, o.RateLimiter = 1000, ratelimit.None
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return time.Millisecond, nil })
	})
	same := func(request any) any { return request }
	_, m, err := retry.NewAttemptMiddleware(retryer, same).HandleFinalize(ctx, middleware.FinalizeInput{}, middleware.FinalizeHandlerFunc(
		func(ctx context.Context, _ middleware.FinalizeInput) (f middleware.FinalizeOutput, m middleware.Metadata, err error) {
			out, err = q.API.CreateVpcEndpoint(ctx, in, opts...)
			return f, m, err
		}))
	if out != nil {
		out.ResultMetadata = m
	}
	return out, err
}

// What the client tried again by itself counts as throttled, however little time it took.
func TestThrottlesInsideTheClientAreSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(40, &fake.Cloud{})
		f.cloud.Before = nil
		f.cloud.Inject(fake.Throttle().Nth(4, 5, 6).On("CreateVpcEndpoint"))
		began := time.Now()
		f.up(t, endpoint.Batched(quiet{f.account}))
		require.Greater(t, time.Since(began), 3*time.Second, "from then on it goes by a rate that it is only just learning")
	})
}

// A client that tells its tries is believed: an answer that takes AWS long is no throttle.
func TestSlowAnswersDoNotSlowAFleetDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(200, &fake.Cloud{})
		random := rand.New(rand.NewPCG(1, 2))
		f.cloud.Before = func(context.Context, *fake.Call) error {
			f.mu.Lock()
			slow := random.IntN(4) == 0
			f.mu.Unlock()
			if slow {
				time.Sleep(700 * time.Millisecond)
			}
			return nil
		}
		f.cloud.Inject(fake.Throttle().Nth(1).On("CreateVpcEndpoint"))
		began := time.Now()
		f.up(t, endpoint.Batched(quiet{f.account}))
		require.Less(t, time.Since(began), time.Minute)
	})
}
