package fake_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

func TestLatencyAndLateCalls(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault  fake.Fault
		effect int // endpoints in the end
	}{
		"latency":       {fake.Latency(30 * time.Second), 0},
		"late answer":   {fake.Latency(30 * time.Second).AfterEffect(), 1},
		"late call":     {fake.LateCall(30 * time.Second), 1},
		"drawn latency": {fake.Latency(20 * time.Second).UpTo(time.Minute), 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faulty(t, func(t *testing.T, h *harness) {
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				defer cancel()
				begun := time.Now()
				require.ErrorIs(t, h.try(ctx), context.DeadlineExceeded)
				require.Equal(t, 10*time.Second, time.Since(begun))
				time.Sleep(time.Minute)
				require.Equal(t, c.effect, h.count(t))
			}, c.fault)
			faulty(t, func(t *testing.T, h *harness) {
				begun := time.Now()
				require.NoError(t, h.try(t.Context()))
				require.GreaterOrEqual(t, time.Since(begun), 20*time.Second)
				require.LessOrEqual(t, time.Since(begun), time.Minute)
			}, c.fault)
		})
	}
}

// TestStaleReadShowsThePast reads across a change that was over before the fault was injected.
func TestStaleReadShowsThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(nil)
		id := h.create(t, h.awsService("sts"), withPrivateDNS(false)).VpcEndpointId
		h.cloud.Inject(fake.StaleRead(10*time.Second).On("DescribeVpcEndpoints").Nth(2, 3))
		time.Sleep(time.Minute)
		h.tag(t, *id, "a", "b")
		time.Sleep(5 * time.Second)
		require.Len(t, h.read(t, *id).Tags, 1)
		require.Empty(t, h.read(t, *id).Tags)
		time.Sleep(6 * time.Second)
		require.Len(t, h.read(t, *id).Tags, 1)
		ctx, window := lag.Listen(t.Context(), mute{})
		_, err := h.consumer.DescribeVpcEndpoints(ctx, nil)
		require.NoError(t, err)
		require.Equal(t, 10*time.Second, window())
		require.Equal(t, 10*time.Second, h.consumer.(*fake.Account).ReadLag())
	})
}

// TestStaleReadOfWhatWasChangedBefore looks back further than the fake remembered: what is oldest then holds.
func TestStaleReadOfWhatWasChangedBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(nil)
		id := h.create(t, h.awsService("sts"), withPrivateDNS(false)).VpcEndpointId
		time.Sleep(time.Minute)
		h.tag(t, *id, "a", "b")
		h.tag(t, *id, "c", "d")
		h.cloud.Inject(fake.StaleRead(10 * time.Second))
		require.NotPanics(t, func() { h.read(t, *id) })
	})
}

func TestUnsuccessfulSparesSome(t *testing.T) {
	t.Parallel()
	faulty(t, func(t *testing.T, h *harness) {
		var ids []string
		for range 3 {
			ids = append(ids, *h.create(t, h.awsService("sts"), withPrivateDNS(false)).VpcEndpointId)
		}
		in := &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: ids}
		out, err := h.consumer.DeleteVpcEndpoints(t.Context(), in)
		require.NoError(t, err)
		require.Len(t, in.VpcEndpointIds, 3)
		require.Equal(t, in, h.cloud.Calls()[3].Input)
		requireItem(t, out.Unsuccessful, ids[2], "InternalError")
		out, err = h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: ids[2:]})
		require.NoError(t, err)
		requireItem(t, out.Unsuccessful, ids[2], "InternalError")
		require.Equal(t, 1, h.count(t))
	}, fake.Unsuccessful("InternalError", "an internal error"))
	faulty(t, func(t *testing.T, h *harness) {
		out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{"vpce-0123456789abcdef1", "vpce-0123456789abcdef2"}})
		require.NoError(t, err)
		require.Len(t, out.Unsuccessful, 2)
		require.Equal(t, "InvalidVpcEndpoint.NotFound", *out.Unsuccessful[0].Error.Code)
		require.Equal(t, "Busy", *out.Unsuccessful[1].Error.Code)
	}, fake.Unsuccessful("Busy", "busy", "vpce-0123456789abcdef1"), fake.Unsuccessful("Busier", "busy", "vpce-0123456789abcdef3"), fake.Refuse("x", "y").Times(0))
}

func TestCrashEndsTheCaller(t *testing.T) {
	t.Parallel()
	for _, after := range []bool{false, true} {
		fault := fake.Crash().From("writer").Nth(2)
		if after {
			fault = fault.AfterEffect()
		}
		faulty(t, func(t *testing.T, h *harness) {
			writer, other := fake.Caller(t.Context(), "writer"), fake.Caller(t.Context(), "other")
			require.NoError(t, h.try(other))
			require.NoError(t, h.try(other))
			require.NoError(t, h.try(writer))
			require.NoError(t, h.try(t.Context()))
			require.ErrorIs(t, h.try(writer), context.Canceled)
			require.ErrorIs(t, context.Cause(writer), fake.ErrCrashed)
			calls := len(h.cloud.Calls())
			require.ErrorIs(t, h.try(writer), context.Canceled)
			require.Len(t, h.cloud.Calls(), calls, "a dead caller calls nobody")
			require.NoError(t, h.try(fake.Caller(t.Context(), "writer")), "it comes back")
			want := 5
			if after {
				want = 6
			}
			require.Equal(t, want, h.count(t))
		}, fault)
	}
}
