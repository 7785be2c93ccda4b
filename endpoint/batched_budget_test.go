package endpoint_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// latency is how long each call takes in these tests.
const latency = 50 * time.Millisecond

// fleet is many declared endpoints, fifty in each VPC, in a cloud that counts its calls.
type fleet struct {
	cloud   *fake.Cloud
	account *fake.Account
	items   []*endpoint.InterfaceBuilder
	mu      sync.Mutex
	calls   map[string]int // by operation
}

func newFleet(n int, cloud *fake.Cloud) *fleet {
	f := &fleet{cloud: cloud, account: cloud.Account(consumerID), calls: map[string]int{}}
	cloud.Forget = true
	cloud.Before = func(ctx context.Context, c *fake.Call) error {
		f.mu.Lock()
		f.calls[c.Op]++
		f.mu.Unlock()
		select { // a call that nobody waits for any more must not outlive its bubble
		case <-time.After(latency):
		case <-ctx.Done():
		}
		return nil
	}
	sts := endpoint.AWSService(f.account.Region, "sts")
	for i := range n {
		if i%50 == 0 {
			vpc := f.account.VPC("10.0.0.0/16")
			subnet := vpc.Subnet("us-east-1a", "10.0.0.0/22")
			for j := range 50 {
				f.items = append(f.items, endpoint.Interface(fmt.Sprint("ep-", i+j)).VPC(vpc.ID).Service(sts).Subnets(subnet.ID).PrivateDNS(false))
			}
		}
	}
	f.items = f.items[:n]
	return f
}

// each runs f on every item, each in a goroutine of its own.
func (f *fleet) each(t *testing.T, run func(*endpoint.InterfaceBuilder) error) {
	t.Helper()
	var all sync.WaitGroup
	errs := make(chan error, len(f.items))
	for _, item := range f.items {
		all.Go(func() { errs <- run(item) })
	}
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}

// counted are the calls that run makes, by operation, and all together.
func (f *fleet) counted(run func()) (map[string]int, int) {
	f.mu.Lock()
	f.calls = map[string]int{}
	f.mu.Unlock()
	run()
	f.mu.Lock()
	defer f.mu.Unlock()
	all := 0
	for _, n := range f.calls {
		all += n
	}
	return f.calls, all
}

func TestBudgetOfAFleet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(1000, &fake.Cloud{Timing: fake.Timing{Provision: 2 * time.Minute, Delete: time.Minute}})
		api := endpoint.Batched(f.account)
		began := time.Now()
		calls, _ := f.counted(func() { f.up(t, api) })
		t.Logf("create to available in %v: %v", time.Since(began), calls)
		require.Equal(t, 1000, calls["CreateVpcEndpoint"])
		require.LessOrEqual(t, calls["DescribeVpcEndpoints"], 10+300, "lookups, and looks")
		require.Len(t, calls, 2)
		require.Less(t, time.Since(began), 2*time.Minute+10*time.Second)

		calls, all := f.counted(func() { f.unchanged(t, api) })
		t.Logf("no change: %v", calls)
		require.LessOrEqual(t, all, 10)

		calls, _ = f.counted(func() {
			f.each(t, func(ep *endpoint.InterfaceBuilder) error { return ep.WaitGone(t.Context(), api) })
		})
		t.Logf("delete: %v", calls)
		require.LessOrEqual(t, calls["DeleteVpcEndpoints"], 50)
		fake.NoLeaks(t, f.cloud)
	})
}

// Ten times as many endpoints cost ten times as many pages, and no more.
func TestBudgetOfALargerFleet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const pages = largeFleet / 1000
		f := newFleet(largeFleet, &fake.Cloud{Timing: fake.Timing{Provision: 25 * time.Second}})
		api := endpoint.Batched(f.account)
		calls, _ := f.counted(func() { f.up(t, api) })
		t.Logf("create to available: %v", calls)
		require.Equal(t, largeFleet, calls["CreateVpcEndpoint"])
		require.LessOrEqual(t, calls["DescribeVpcEndpoints"], pages*(10+63), "25 seconds' part of the looks of two minutes")
		calls, all := f.counted(func() { f.unchanged(t, api) })
		t.Logf("no change: %v", calls)
		require.LessOrEqual(t, all, pages*10)
	})
}

// up makes all that is declared.
func (f *fleet) up(t *testing.T, api endpoint.API) {
	f.each(t, func(ep *endpoint.InterfaceBuilder) error {
		e, err := ep.WaitReady(t.Context(), api)
		if err == nil && (!e.Ready || e.Outcome != privatelink.Created) {
			err = fmt.Errorf("%s is %s, %s", e.ID, e.State, e.Outcome)
		}
		return err
	})
}

// unchanged makes sure that nothing is left to do.
func (f *fleet) unchanged(t *testing.T, api endpoint.API) {
	f.each(t, func(ep *endpoint.InterfaceBuilder) error {
		e, err := ep.Ensure(t.Context(), api)
		if err == nil && e.Outcome != privatelink.Unchanged {
			err = fmt.Errorf("%s was %s", e.ID, e.Outcome)
		}
		return err
	})
}

// Without a wait all reads are lookups.
func TestBudgetOfLookups(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(1000, &fake.Cloud{})
		api := endpoint.Batched(f.account)
		calls, _ := f.counted(func() {
			f.each(t, func(ep *endpoint.InterfaceBuilder) error {
				_, err := ep.Ensure(t.Context(), api)
				return err
			})
		})
		t.Log(calls)
		require.Equal(t, 1000, calls["CreateVpcEndpoint"])
		require.LessOrEqual(t, calls["DescribeVpcEndpoints"], 10)
	})
}

// Own structures only: the heap with all goroutines asleep in a wait, less what it was before, and less the fake's own rows.
func TestBudgetOfMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 1000
		f := newFleet(n, &fake.Cloud{Timing: fake.Timing{Provision: 2 * time.Minute}})
		f.each(t, func(ep *endpoint.InterfaceBuilder) error {
			_, err := ep.Ensure(t.Context(), f.account)
			return err
		})
		api := endpoint.Batched(f.account)
		before := heap()
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for _, item := range f.items {
			all.Go(func() { item.WaitReady(ctx, api) })
		}
		time.Sleep(30 * time.Second)
		synctest.Wait()
		each := (heap() - before) / n
		cancel()
		all.Wait()
		t.Logf("%d bytes an endpoint", each)
		require.LessOrEqual(t, each, int64(10<<10))
	})
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
