package endpoint_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// career is everything that one caller does with an endpoint.
func career(t *testing.T, ep *endpoint.InterfaceBuilder, api endpoint.API) {
	e, err := ep.WaitReady(t.Context(), api)
	require.NoError(t, err)
	_, err = endpoint.NetworkInterfaces(t.Context(), api, e)
	require.NoError(t, err)
	for range endpoint.List(t.Context(), api, e.VPC) {
	}
	_, err = ep.Tag("team", "a").Ensure(t.Context(), api)
	require.NoError(t, err)
	_, err = endpoint.Get(t.Context(), api, e.ID)
	require.NoError(t, err)
	require.NoError(t, ep.WaitGone(t.Context(), api))
}

func TestALoneCallerIsNoWorseOff(t *testing.T) {
	var calls [2]map[string]int
	var took [2]time.Duration
	for i, wrap := range []func(endpoint.API) endpoint.API{
		func(api endpoint.API) endpoint.API { return api },
		func(api endpoint.API) endpoint.API { return endpoint.Batched(api) },
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newFleet(1, &fake.Cloud{})
			began := time.Now()
			calls[i], _ = f.counted(func() { career(t, f.items[0], wrap(f.account)) })
			took[i] = time.Since(began)
		})
	}
	require.Equal(t, calls[0], calls[1])
	require.Equal(t, took[0], took[1])
}

// A look of all of the VPC has left and is slow; meanwhile a writer makes an endpoint, changes it and deletes it, and reads each time what he did.
func TestNobodyReadsWhatIsOlderThanHisWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(50, &fake.Cloud{})
		var slowed atomic.Bool
		f.cloud.After = func(_ context.Context, c *fake.Call) error {
			if c.Op == "DescribeVpcEndpoints" && slowed.CompareAndSwap(false, true) {
				time.Sleep(time.Minute) // what it saw is decided
			}
			return nil
		}
		api := endpoint.Batched(f.account)
		go f.items[1].Find(t.Context(), api)
		time.Sleep(time.Second)

		ep := f.items[0]
		e, err := ep.WaitReady(t.Context(), api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, e.Outcome)
		found, err := ep.Find(t.Context(), api)
		require.NoError(t, err)
		require.Equal(t, e.ID, found.ID)
		_, err = ep.Tag("team", "a").Ensure(t.Context(), api)
		require.NoError(t, err)
		again, err := ep.Ensure(t.Context(), api)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, again.Outcome)
		require.Equal(t, "a", again.Tags["team"])
		require.NoError(t, ep.Delete(t.Context(), api))
		_, err = ep.Find(t.Context(), api)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		time.Sleep(time.Minute)
	})
}

func TestABadIDHarmsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(50, &fake.Cloud{})
		api := endpoint.Batched(f.account)
		f.up(t, api)
		var all sync.WaitGroup
		for i, ep := range f.items {
			e, err := ep.Find(t.Context(), f.account)
			require.NoError(t, err)
			all.Go(func() {
				got, err := endpoint.Get(t.Context(), api, e.ID)
				require.NoError(t, err)
				require.Equal(t, e.ID, got.ID)
			})
			all.Go(func() {
				_, err := endpoint.Get(t.Context(), api, fmt.Sprintf("vpce-%017x", i))
				require.ErrorIs(t, err, privatelink.ErrNotFound)
			})
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), latency/2)
				defer cancel()
				_, err := endpoint.Get(ctx, api, e.ID)
				require.ErrorIs(t, err, context.DeadlineExceeded)
			})
		}
		all.Wait()
	})
}

// Each endpoint is in a VPC of its own, so that lookups have more values than a call takes.
func TestNoCallHasTooManyValues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 450
		f := newFleet(0, &fake.Cloud{Timing: fake.Timing{Provision: time.Minute}})
		for i := range n {
			vpc := f.account.VPC("10.0.0.0/16")
			f.items = append(f.items, endpoint.Interface(fmt.Sprint("ep-", i)).VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).
				Subnets(vpc.Subnet("us-east-1a", "10.0.0.0/22").ID).PrivateDNS(false))
		}
		f.cloud.After = func(_ context.Context, c *fake.Call) error {
			var filters []types.Filter
			switch in := c.Input.(type) {
			case *ec2.DescribeVpcEndpointsInput:
				filters = in.Filters
				require.Empty(t, in.VpcEndpointIds)
			case *ec2.DescribeNetworkInterfacesInput:
				filters = in.Filters
				require.Empty(t, in.NetworkInterfaceIds)
			default:
				return nil
			}
			require.Len(t, filters, 1)
			require.LessOrEqual(t, len(filters[0].Values), 199)
			return nil
		}
		api := endpoint.Batched(f.account)
		f.up(t, api)
		f.unchanged(t, api)
		var all []*endpoint.Endpoint
		for e, err := range endpoint.List(t.Context(), f.account, "") {
			require.NoError(t, err)
			all = append(all, e)
		}
		interfaces, err := endpoint.NetworkInterfaces(t.Context(), api, all...)
		require.NoError(t, err)
		require.Len(t, interfaces, n)
	})
}

func TestReadsOfInterfacesAndPrefixListsMerge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(100, &fake.Cloud{})
		api := endpoint.Batched(f.account)
		f.up(t, api)
		table := f.account.VPC("10.9.0.0/16").RouteTable()
		gateway := &endpoint.Endpoint{ID: "vpce-00000000000000001", Kind: endpoint.KindGateway, Service: endpoint.AWSService("us-east-1", "s3"), RouteTables: []string{table.ID}}
		var eps []*endpoint.Endpoint
		for e, err := range endpoint.List(t.Context(), api, "") {
			require.NoError(t, err)
			eps = append(eps, e)
		}
		require.Len(t, eps, 100)
		calls, _ := f.counted(func() {
			var all sync.WaitGroup
			for _, e := range eps {
				all.Go(func() {
					got, err := endpoint.NetworkInterfaces(t.Context(), api, e)
					require.NoError(t, err)
					require.Len(t, got, 1)
					require.Equal(t, e.ID, got[0].Endpoint)
				})
				all.Go(func() {
					lists, err := endpoint.PrefixLists(t.Context(), api, gateway)
					require.NoError(t, err)
					require.NotEmpty(t, lists)
				})
			}
			all.Wait()
		})
		require.LessOrEqual(t, calls["DescribeNetworkInterfaces"], 5)
		require.LessOrEqual(t, calls["DescribePrefixLists"], 5)
	})
}

// AWS refuses a request as a whole for one of its endpoints; the others are deleted all the same.
func TestADeniedDeletionHarmsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(30, &fake.Cloud{})
		api := endpoint.Batched(f.account)
		f.up(t, api)
		kept, err := f.items[7].Find(t.Context(), api)
		require.NoError(t, err)
		f.cloud.Before = func(_ context.Context, c *fake.Call) error {
			time.Sleep(latency)
			in, ok := c.Input.(*ec2.DeleteVpcEndpointsInput)
			if ok && slices.Contains(in.VpcEndpointIds, kept.ID) {
				return &smithy.GenericAPIError{Code: "UnauthorizedOperation", Message: "You are not authorized to perform this operation."}
			}
			return nil
		}
		var all sync.WaitGroup
		for i, ep := range f.items {
			all.Go(func() {
				err := ep.WaitGone(t.Context(), api)
				if i == 7 {
					require.ErrorIs(t, err, privatelink.ErrDenied)
					return
				}
				require.NoError(t, err)
			})
		}
		all.Wait()
		left, err := f.items[7].Find(t.Context(), api)
		require.NoError(t, err)
		require.Equal(t, kept.ID, left.ID)
	})
}

// mute is an API whose calls tell nothing of their lag.
type mute struct{ endpoint.API }

func (m mute) DescribeVpcEndpoints(ctx context.Context, in *ec2.DescribeVpcEndpointsInput, opts ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	ctx, _ = lag.Listen(ctx, m) // and nobody else hears
	return m.API.DescribeVpcEndpoints(ctx, in, opts...)
}

// A WaitGone that sees nothing lasts as long as lookups may be behind.
func TestTheWindowPassesThrough(t *testing.T) {
	for name, c := range map[string]struct {
		lag  time.Duration
		wrap func(endpoint.API) endpoint.API
		want time.Duration
	}{
		"the calls tell":    {4 * time.Second, func(api endpoint.API) endpoint.API { return endpoint.Batched(api) }, 4 * time.Second},
		"before the option": {4 * time.Second, func(api endpoint.API) endpoint.API { return endpoint.Batched(api, endpoint.ReadLag(time.Minute)) }, 4 * time.Second},
		"the option tells": {0, func(api endpoint.API) endpoint.API {
			return endpoint.Batched(mute{api}, endpoint.ReadLag(7*time.Second))
		}, 7 * time.Second},
		"nobody tells":           {0, func(api endpoint.API) endpoint.API { return endpoint.Batched(mute{api}) }, 10 * time.Second},
		"the API tells, at last": {0, func(api endpoint.API) endpoint.API { return endpoint.Batched(telling{mute{api}}) }, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFleet(1, &fake.Cloud{Lag: c.lag})
				f.cloud.Before = nil
				began := time.Now()
				require.NoError(t, f.items[0].WaitGone(t.Context(), c.wrap(f.account)))
				require.Equal(t, c.want, time.Since(began))
			})
		})
	}
}

type telling struct{ endpoint.API }

func (telling) ReadLag() time.Duration { return 3 * time.Second }

func TestReportsTellOfCallsThrottlesAndTimeToReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(5, &fake.Cloud{Timing: fake.Timing{Provision: time.Minute}})
		f.cloud.Inject(fake.Throttle().Times(2).On("CreateVpcEndpoint"))
		last, ready := map[string]endpoint.BatchReport{}, 0
		api := endpoint.Batched(f.account, endpoint.MaxInFlight(3), endpoint.OnReport(func(r endpoint.BatchReport) {
			last[r.Op] = r
			if r.Op == "wait for interface endpoint" {
				ready++
				require.InDelta(t, time.Minute, r.Took, float64(5*time.Second))
			}
		}))
		f.up(t, api)
		require.Equal(t, 5, ready)
		require.Equal(t, 7, last["CreateVpcEndpoint"].Calls)
		require.Equal(t, 2, last["CreateVpcEndpoint"].Throttled)
		require.Equal(t, latency, last["CreateVpcEndpoint"].Took)
		require.Greater(t, last["CreateVpcEndpoint"].Queued, time.Duration(0))
		require.Positive(t, last["DescribeVpcEndpoints"].Calls)
	})
}

func TestAKnownCallLimitIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, throttled := throttledFleet(50, 1, 5)
		f.up(t, endpoint.Batched(f.account, endpoint.CallLimit("CreateVpcEndpoint", 1, 5), endpoint.CallLimit("ModifyVpcEndpoint", 0, 0)))
		require.LessOrEqual(t, *throttled, 1)
	})
}

// A request that AWS never answers is given up, by those who share it too.
func TestALostRequestEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(2, &fake.Cloud{})
		f.cloud.Before = func(ctx context.Context, _ *fake.Call) error {
			<-ctx.Done()
			return ctx.Err()
		}
		api, began := endpoint.Batched(f.account), time.Now()
		_, err := f.items[0].Find(t.Context(), api)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 2*time.Minute, time.Since(began))
		err = f.items[0].WaitGone(t.Context(), api, privatelink.Timeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 3*time.Minute, time.Since(began))
	})
}

func TestBatchedOfNothing(t *testing.T) {
	_, err := endpoint.Interface("orders").VPC("vpc-1").Find(t.Context(), endpoint.Batched(nil))
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

// The errors of a shared read are those of everybody who asked.
func TestARefusedReadIsEverybodysError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFleet(10, &fake.Cloud{})
		f.cloud.Before = func(context.Context, *fake.Call) error { return errors.New("no route to host") }
		api := endpoint.Batched(f.account)
		for _, ep := range f.items {
			go func() {
				_, err := ep.Find(t.Context(), api)
				require.ErrorContains(t, err, "no route to host")
			}()
		}
		synctest.Wait()
	})
}
