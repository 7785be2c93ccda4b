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

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Two processes, each with many goroutines behind one Batched, make and remove the same endpoints, while reads are behind, answers are lost and
// calls are throttled. Whatever they did, one of each is there in the end, and none once they are taken down.
func TestBatchedMakesEachOnce(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { batchedMakesEachOnce(t, seed) })
		})
	}
}

func batchedMakesEachOnce(t *testing.T, seed uint64) {
	cloud := &fake.Cloud{Delay: 12 * time.Second, Lag: 4 * time.Second}
	if seed%2 == 1 {
		cloud.Switches = fake.Harsh()
		cloud.Timing.DeletedRow = 30 * time.Second
	}
	f := newFleet(12, cloud)
	cloud.Inject(fake.LoseAnswer().Chance(0.05).Seed(seed), fake.Throttle().Chance(0.05).Seed(seed+100),
		fake.RateLimit(2, 8).On("CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"))
	apis := []endpoint.API{endpoint.Batched(f.account), endpoint.Batched(f.account)}
	f.eachOf(apis, 2, func(ep *endpoint.InterfaceBuilder, api endpoint.API, random *rand.Rand) {
		for range 5 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+random.IntN(60))*time.Second)
			if random.IntN(3) == 0 {
				_ = ep.WaitGone(ctx, api)
			} else {
				_, _ = ep.WaitReady(ctx, api)
			}
			cancel()
		}
	})
	time.Sleep(time.Minute) // what was on its way when its caller left has landed
	f.eachOf(apis, 1, func(ep *endpoint.InterfaceBuilder, api endpoint.API, _ *rand.Rand) {
		_, err := untilDone(func() (*endpoint.Endpoint, error) { return ep.WaitReady(t.Context(), api) })
		require.NoError(t, err)
	})
	time.Sleep(time.Minute)
	alive, err := aliveByName(t.Context(), endpoint.Batched(f.account))
	for err != nil { // the list, too, may be lost
		alive, err = aliveByName(t.Context(), endpoint.Batched(f.account))
	}
	for _, n := range alive {
		require.Equal(t, 1, n, "%v", alive)
	}
	require.Len(t, alive, 12)
	f.eachOf(apis, 1, func(ep *endpoint.InterfaceBuilder, api endpoint.API, _ *rand.Rand) {
		_, err := untilDone(func() (*endpoint.Endpoint, error) { return nil, ep.WaitGone(t.Context(), api) })
		require.NoError(t, err)
	})
	fake.NoLeaks(t, cloud)
}

// aliveByName counts what is there.
func aliveByName(ctx context.Context, api endpoint.API) (map[string]int, error) {
	alive := map[string]int{}
	for e, err := range endpoint.List(ctx, api, "") {
		if err != nil {
			return nil, err
		}
		if e.State.Alive() {
			alive[e.Name]++
		}
	}
	return alive, nil
}

// eachOf runs f for every endpoint in so many goroutines with each client.
func (f *fleet) eachOf(apis []endpoint.API, goroutines int, run func(*endpoint.InterfaceBuilder, endpoint.API, *rand.Rand)) {
	var all sync.WaitGroup
	for i, api := range apis {
		for j, ep := range f.items {
			for k := range goroutines {
				all.Go(func() { run(ep, api, rand.New(rand.NewPCG(uint64(i*100+j), uint64(k)))) })
			}
		}
	}
	all.Wait()
}

// untilDone tries again where an answer was lost in a way that a verb reports, or the other process is at work.
func untilDone(f func() (*endpoint.Endpoint, error)) (e *endpoint.Endpoint, err error) {
	for range 20 {
		if e, err = f(); err == nil || errors.Is(err, context.Canceled) || errors.Is(err, privatelink.ErrInvalid) {
			return e, err
		}
		time.Sleep(10 * time.Second)
	}
	return e, err
}
