package fake_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

var errHook = errors.New("hook")

func on(op string, f func(*fake.Call) error) func(context.Context, *fake.Call) error {
	return func(_ context.Context, call *fake.Call) error {
		if call.Op == op {
			return f(call)
		}
		return nil
	}
}

func TestBeforeRefuses(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.Before = on("CreateVpcEndpoint", func(*fake.Call) error { return errHook })
	})
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts")))
	require.ErrorIs(t, err, errHook)
	nothing(t, h)
	first := h.cloud.Calls()[0]
	require.Equal(t, "CreateVpcEndpoint", first.Op)
	require.Equal(t, "EC2", first.Service)
	require.Equal(t, h.consumerID, first.Account)
	require.ErrorIs(t, first.Err, errHook)
	require.Nil(t, first.Output)
}

func TestHooksHaveTheirOwnInput(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.Before = on("CreateVpcEndpoint", func(call *fake.Call) error {
			call.Input.(*ec2.CreateVpcEndpointInput).SubnetIds[0] = "subnet-0123456789abcdef0"
			return nil
		})
	})
	in := h.request(h.awsService("sts"))
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), in)
	requireCode(t, err, "InvalidSubnetID.NotFound", "subnet-0123456789abcdef0")
	require.Equal(t, h.a.id, in.SubnetIds[0])
}

func TestAfterLosesTheAnswer(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.After = on("CreateVpcEndpoint", func(call *fake.Call) error {
			require.NoError(t, call.Err)
			return errHook
		})
	})
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(h.awsService("sts")))
	require.ErrorIs(t, err, errHook)
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 1)
}

func TestAfterChangesTheAnswer(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.After = on("DescribeVpcEndpoints", func(call *fake.Call) error {
			call.Output.(*ec2.DescribeVpcEndpointsOutput).NextToken = aws.String("more")
			return nil
		})
	})
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "more", *out.NextToken)
}

func TestLateCallTakesEffect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(func(c *fake.Cloud) {
			c.Before = on("CreateVpcEndpoint", func(*fake.Call) error { time.Sleep(40 * time.Second); return nil })
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begun := time.Now()
		_, err := h.consumer.CreateVpcEndpoint(ctx, h.request(h.awsService("sts")))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(begun))
		nothing(t, h)
		time.Sleep(time.Minute)
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		require.NoError(t, err)
		require.Len(t, out.VpcEndpoints, 1)
	})
}

func TestEndedContextMakesNoCall(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := h.consumer.CreateVpcEndpoint(ctx, h.request(h.awsService("sts")))
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, h.cloud.Calls())
}

func TestPanicInHookReachesTheCaller(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) { c.Before = on("DescribeVpcEndpoints", func(*fake.Call) error { panic("here") }) })
	require.PanicsWithValue(t, "here", func() { _, _ = h.consumer.DescribeVpcEndpoints(t.Context(), nil) })
}

// TestGoexitInHookReachesTheCaller is about require.FailNow inside a hook: the caller's goroutine must end too, not hang.
func TestGoexitInHookReachesTheCaller(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.Before = on("DescribeVpcEndpoints", func(*fake.Call) error { runtime.Goexit(); return nil })
	})
	ended, returned := make(chan struct{}), false
	go func() {
		defer close(ended)
		_, _ = h.consumer.DescribeVpcEndpoints(t.Context(), nil)
		returned = true
	}()
	<-ended
	require.False(t, returned)
}

func TestForgetKeepsNoJournal(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) { c.Forget = true })
	h.create(t, h.awsService("sts"))
	require.Empty(t, h.cloud.Calls())
}
