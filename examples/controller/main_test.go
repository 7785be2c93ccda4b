package main

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe/recipetest"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestRun(t *testing.T) {
	out, cloud := recipetest.Run(t, run)
	require.Regexp(t, `^ *0s  orders: .*accept.* \(again in 15s\)
 *15s  orders: .*accept.* \(again in 15s\)
 *20s  the provider accepts
 *30s  orders: ready: vpce-\w+ \(again in 10m0s\)
 *3m0s  the object gets another subnet
 *3m0s  orders: .*OperationInProgress.* \(again in 5s\)
 *3m5s  orders: .*again in.*
(.*\n)* *8m0s  the object is deleted
 *8m0s  orders: gone \(done\)
All taken down: nothing is left.
$`, out)
	recipetest.NamesActions(t, cloud, "222222222222")
}

// With AWS's delays the passes do not wait for it, and the objects come to the same.
func TestPassesDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		cloud := &fake.Cloud{Delay: 90 * time.Second}
		fake.NoLeaks(t, cloud)
		require.NoError(t, run(recipe.In(t.Context(), cloud), nil, &out))
		require.Regexp(t, `orders: ready`, out.String())
		require.Regexp(t, `orders: still going \(again in 15s\)\n.*orders: gone`, out.String())
	})
}

func TestGivesUpWhereTryingAgainWouldNotHelp(t *testing.T) {
	account := (&fake.Cloud{}).Account("111111111111")
	var status string
	c := &controller{api: account, report: func(_ *object, s string, _ time.Duration) { status = s }}
	o := &object{name: "orders", want: endpoint.Interface("orders").VPC("subnet-1")}
	require.Equal(t, never, c.reconcile(t.Context(), o))
	require.Contains(t, status, "subnet-1")
	require.Empty(t, o.refused)
}

func TestBacksOff(t *testing.T) {
	cloud := &fake.Cloud{}
	cloud.Inject(fake.Throttle())
	vpc := cloud.Account("111111111111").VPC("10.0.0.0/16").ID
	c := &controller{api: cloud.Account("111111111111"), report: func(*object, string, time.Duration) {}}
	o := &object{name: "sts", want: endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts"))}
	for _, want := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second} {
		require.Equal(t, want, c.reconcile(t.Context(), o))
	}
	for range 100 {
		require.LessOrEqual(t, c.reconcile(t.Context(), o), most)
	}
	cloud.Heal()
	c.reconcile(t.Context(), o)
	require.Zero(t, o.refused)
}

func TestQueueEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	q := &queue{pause: sleep, due: map[string]task{}}
	q.add("forever", 0, func(context.Context) time.Duration { cancel(); return time.Hour })
	require.True(t, errors.Is(q.run(ctx), context.Canceled))
}

func TestLeavesNothing(t *testing.T) { recipetest.LeavesNothing(t, run) }

func TestOnAWS(t *testing.T) {
	recipetest.Needs(t, run, "service", "vpc", "subnets", "security-groups", "region")
}

func TestLive(t *testing.T) {
	out := recipetest.Live(t, run, func(ctx context.Context, cloud *fake.Cloud) []string {
		return []string{"-service", recipetest.Offer(ctx, t, cloud, false).ServiceName}
	})
	require.Regexp(t, ` *0s  orders: waiting for .*
 *15s  orders: ready: vpce-\w+ \(again in 10m0s\)
 *10m15s  orders: ready`, out)
	require.Contains(t, out, "Interrupted: taking down what was made.\nAll taken down: nothing is left.")
}
