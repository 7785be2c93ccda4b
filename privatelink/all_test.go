package privatelink_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

const latency = 100 * time.Millisecond

// fleet is a cloud in which calls take their time, and are counted.
type fleet struct {
	*fake.Account
	mu             sync.Mutex
	calls, creates int
	inFlight, most int
}

func newFleet() *fleet {
	cloud := &fake.Cloud{Forget: true, Timing: fake.Timing{Provision: time.Minute}}
	f := &fleet{Account: cloud.Account("111111111111")}
	cloud.Before = func(_ context.Context, c *fake.Call) error {
		f.mu.Lock()
		f.calls++
		if c.Op == "CreateVpcEndpoint" {
			f.creates++
		}
		f.inFlight++
		f.most = max(f.most, f.inFlight)
		f.mu.Unlock()
		time.Sleep(latency)
		f.mu.Lock()
		f.inFlight--
		f.mu.Unlock()
		return nil
	}
	return f
}

// items declares n endpoints, each bound to the client.
func (f *fleet) items(n int, api endpoint.API) (items []privatelink.Bound) {
	for len(items) < n {
		vpc := f.VPC("10.0.0.0/16")
		subnet := vpc.Subnet("us-east-1a", "10.0.0.0/22")
		for range min(50, n-len(items)) {
			name := fmt.Sprint("ep-", len(items))
			items = append(items, endpoint.Interface(name).VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(subnet.ID).PrivateDNS(false).On(api))
		}
	}
	return items
}

func TestEnsureAllOfAFleet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet()
		api := endpoint.Batched(f)
		items := f.items(300, api)
		var told []privatelink.AllProgress
		began := time.Now()
		err := privatelink.EnsureAll(t.Context(), items, nil, privatelink.InFlight(20), privatelink.OnProgress(func(p privatelink.AllProgress) { told = append(told, p) }))
		require.NoError(t, err)
		require.Equal(t, 300, f.creates)
		require.Less(t, f.calls, 400)
		require.LessOrEqual(t, f.most, 25, "a few shared reads beside them")
		require.Less(t, time.Since(began), 70*time.Second)
		for _, p := range told {
			require.Equal(t, 300, p.Done+p.Waiting+p.Failed)
		}
		last := told[len(told)-1]
		require.Equal(t, 300, last.Done)
		require.Equal(t, f.calls, last.Calls)
		require.Equal(t, time.Since(began), last.Elapsed)
		require.NotEmpty(t, last.Latest.ID)

		f.calls = 0
		require.NoError(t, privatelink.EnsureAll(t.Context(), items))
		require.LessOrEqual(t, f.calls, 10, "nothing is left to do")
	})
}

// The bound is on calls: all wait at the same time.
func TestEnsureAllBoundsTheCallsAndNotTheWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet()
		items := f.items(100, f)
		began := time.Now()
		require.NoError(t, privatelink.EnsureAll(t.Context(), items, privatelink.InFlight(5)))
		require.Equal(t, 5, f.most)
		require.Less(t, time.Since(began), 90*time.Second)
		require.NoError(t, privatelink.EnsureAll(t.Context(), items, privatelink.InFlight(-1)))
	})
}

func TestEnsureAllTellsEachFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet()
		api := endpoint.Batched(f)
		items := f.items(20, api)
		vpc := f.VPC("10.9.0.0/16")
		items[3] = endpoint.Interface("nowhere").VPC(vpc.ID).Service("com.amazonaws.us-east-1.nothing").Subnets(vpc.Subnet("us-east-1a", "10.9.1.0/24").ID).On(api)
		items[7] = endpoint.Interface("").On(api)
		items[9] = privatelink.Bound{}
		var last privatelink.AllProgress
		err := privatelink.EnsureAll(t.Context(), items, privatelink.OnProgress(func(p privatelink.AllProgress) { last = p }))
		require.ErrorContains(t, err, `"nowhere"`)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		var each interface{ Unwrap() []error }
		require.ErrorAs(t, err, &each)
		require.Len(t, each.Unwrap(), 3)
		require.Equal(t, 17, last.Done)
		require.Equal(t, 3, last.Failed)
	})
}

func TestEnsureAllGoesOnWhereItWasInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet()
		items := f.items(200, endpoint.Batched(f))
		ctx, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
		defer cancel()
		err := privatelink.EnsureAll(ctx, items)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		time.Sleep(time.Second) // for the calls that nobody waits for any more
		f.mu.Lock()
		require.Positive(t, f.creates)
		f.mu.Unlock()
		require.NoError(t, privatelink.EnsureAll(t.Context(), items))
		got := 0
		for _, err := range endpoint.List(t.Context(), f, "") {
			require.NoError(t, err)
			got++
		}
		require.Equal(t, 200, got)
		require.LessOrEqual(t, f.creates, 200+20, "at most those in flight were asked for twice")
	})
}

func TestEnsureAllGivesEachWaitItsOptions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet()
		err := privatelink.EnsureAll(t.Context(), f.items(3, f), privatelink.EachWait(privatelink.Timeout(20*time.Second)))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NoError(t, errors.Join(privatelink.EnsureAll(t.Context(), nil), privatelink.EnsureAll(t.Context(), f.items(3, f))))
	})
}
