package fake_test

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// faulty is a harness in virtual time whose cloud has faults.
func faulty(t *testing.T, test func(*testing.T, *harness), faults ...fake.Fault) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(nil)
		h.cloud.Inject(faults...)
		test(t, h)
	})
}

func (h *harness) try(ctx context.Context) error {
	_, err := h.consumer.CreateVpcEndpoint(ctx, h.request(h.awsService("sts"), withPrivateDNS(false)))
	return err
}

// count is how many endpoints there are, seen without faults.
func (h *harness) count(t *testing.T) int {
	t.Helper()
	h.cloud.Heal()
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	return len(out.VpcEndpoints)
}

// TestFaultsAnswer is what the caller sees of each fault, and whether its create took effect.
func TestFaultsAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault  fake.Fault
		code   string
		status int
		effect bool
	}{
		"throttle":                  {fake.Throttle(), "RequestLimitExceeded", 503, false},
		"server error":              {fake.ServerError(), "InternalError", 500, false},
		"server error after effect": {fake.ServerError().AfterEffect(), "InternalError", 500, true},
		"denied":                    {fake.Denied(), "UnauthorizedOperation", 403, false},
		"quota":                     {fake.Quota(), "VpcEndpointLimitExceeded", 400, false},
		"refuse":                    {fake.Refuse("OperationInProgress", "busy"), "OperationInProgress", 400, false},
		"refuse after effect":       {fake.Refuse("OperationInProgress", "busy").AfterEffect(), "OperationInProgress", 400, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faulty(t, func(t *testing.T, h *harness) {
				err := h.try(t.Context())
				requireCode(t, err, c.code, "")
				var resp *awshttp.ResponseError
				require.ErrorAs(t, err, &resp)
				require.Equal(t, c.status, resp.HTTPStatusCode())
				require.NotEmpty(t, resp.ServiceRequestID())
				require.Equal(t, c.effect, h.count(t) == 1)
			}, c.fault)
		})
	}
	for name, c := range map[string]struct {
		fault  fake.Fault
		effect bool
	}{"lost request": {fake.LoseRequest(), false}, "lost answer": {fake.LoseAnswer(), true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faulty(t, func(t *testing.T, h *harness) {
				require.ErrorIs(t, h.try(t.Context()), syscall.ECONNRESET)
				require.Equal(t, c.effect, h.count(t) == 1)
			}, c.fault)
		})
	}
}

func TestFaultsOfRoute53HaveItsCodes(t *testing.T) {
	t.Parallel()
	for code, fault := range map[string]fake.Fault{"Throttling": fake.Throttle(), "InternalFailure": fake.ServerError(),
		"AccessDenied": fake.Denied(), "TooManyHostedZones": fake.Quota()} {
		var c fake.Cloud
		c.Inject(fault)
		_, err := c.Account("111111111111").CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.example"), CallerReference: aws.String("r")})
		requireCode(t, err, code, "")
	}
}

func TestFaultsAreChosen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault fake.Fault
		want  string // x for each of six creates that it befalls
	}{
		"all":                {fake.Throttle(), "xxxxxx"},
		"nth":                {fake.Throttle().Nth(2, 5), "-x--x-"},
		"times":              {fake.Throttle().Times(2), "xx----"},
		"no times":           {fake.Throttle().Times(0), "------"},
		"skip":               {fake.Throttle().Skip(4), "----xx"},
		"skip and times":     {fake.Throttle().Skip(1).Times(3), "-xxx--"},
		"no chance":          {fake.Throttle().Chance(0), "------"},
		"certain":            {fake.Throttle().Chance(1), "xxxxxx"},
		"this operation":     {fake.Throttle().On("CreateVpcEndpoint", "DeleteVpcEndpoints"), "xxxxxx"},
		"another operation":  {fake.Throttle().On("DeleteVpcEndpoints"), "------"},
		"this account":       {fake.Throttle().By("222222222222"), "xxxxxx"},
		"another account":    {fake.Throttle().By("111111111111"), "------"},
		"this Region":        {fake.Throttle().In("us-east-1"), "xxxxxx"},
		"another Region":     {fake.Throttle().In("eu-west-1"), "------"},
		"this caller":        {fake.Throttle().From("writer").Nth(2), "-x----"},
		"another caller":     {fake.Throttle().From("reader"), "------"},
		"another input":      {fake.Throttle().When(func(c *fake.Call) bool { return c.Input.(*ec2.CreateVpcEndpointInput).VpcId == nil }), "------"},
		"a value, unchanged": {func() fake.Fault { f := fake.Throttle(); _ = f.Nth(1); return f }(), "xxxxxx"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			faulty(t, func(t *testing.T, h *harness) {
				got := ""
				for range c.want {
					mark := "-"
					if h.try(fake.Caller(t.Context(), "writer")) != nil {
						mark = "x"
					}
					got += mark
				}
				require.Equal(t, c.want, got)
			}, c.fault)
		})
	}
}

// TestChanceDependsOnTheCallerAlone plays two callers one after the other and then mixed: each meets the same fate.
func TestChanceDependsOnTheCallerAlone(t *testing.T) {
	t.Parallel()
	fates := func(order string, seed uint64) (map[string]string, int) {
		h, out, hits := newHarness(nil), map[string]string{}, 0
		h.cloud.Inject(fake.Throttle().Chance(0.1).Seed(seed))
		for _, who := range order {
			_, err := h.consumer.DescribeVpcEndpoints(fake.Caller(context.Background(), string(who)), nil)
			out[string(who)] += fmt.Sprint(err != nil, " ")
			if err != nil {
				hits++
			}
		}
		return out, hits
	}
	apart, mixed := "", ""
	for range 1000 {
		apart, mixed = "a"+apart+"b", mixed+"ab"
	}
	one, hits := fates(apart, 1)
	other, _ := fates(mixed, 1)
	require.Equal(t, one, other)
	require.InDelta(t, 200, hits, 50)
	require.NotEqual(t, one["a"], one["b"])
	third, _ := fates(mixed, 2)
	require.NotEqual(t, one, third)
}

func TestImpossibleFaultsPanic(t *testing.T) {
	t.Parallel()
	for want, make := range map[string]func(){
		`there is no operation "CreateEndpoint"`: func() { fake.Throttle().On("CreateEndpoint") },
		"Quota cannot befall DeleteTags":         func() { fake.Quota().On("DeleteTags") },
		"StaleRead cannot befall CreateTags":     func() { fake.StaleRead(time.Second).On("CreateTags") },
		"Unsuccessful cannot befall CreateTags":  func() { fake.Unsuccessful("x", "y").On("CreateTags") },
		"Throttle cannot come after the effect":  func() { fake.Throttle().AfterEffect() },
		"needs a rate":                           func() { fake.RateLimit(1, 0) },
		"has no limit to share":                  func() { fake.Throttle().Shared() },
		"cannot last up to":                      func() { fake.Latency(time.Second).UpTo(time.Millisecond) },
	} {
		func() {
			defer func() { require.Contains(t, fmt.Sprint(recover()), want) }()
			make()
		}()
	}
}

func TestFaultsCompose(t *testing.T) {
	t.Parallel()
	faulty(t, func(t *testing.T, h *harness) {
		begun := time.Now()
		require.ErrorIs(t, h.try(fake.Caller(t.Context(), "w")), syscall.ECONNRESET)
		require.Equal(t, 3*time.Second, time.Since(begun))
		last := h.cloud.Calls()[0]
		require.Equal(t, []string{"Latency", "LateCall", "LoseAnswer"}, last.Faults)
		require.Equal(t, "w", last.Caller)
		require.Error(t, last.Err)
		require.Nil(t, last.Output)
		require.Equal(t, 1, h.count(t))
	}, fake.Latency(time.Second), fake.LateCall(2*time.Second), fake.LoseAnswer(), fake.Throttle().Nth(2))
}

// TestFaultsStandBesideTheHooks: Before sees each call, After each that took effect, before its answer is lost.
func TestFaultsStandBesideTheHooks(t *testing.T) {
	t.Parallel()
	var before, after int
	h := newHarness(func(c *fake.Cloud) {
		c.Before = func(context.Context, *fake.Call) error { before++; return nil }
		c.After = func(_ context.Context, c *fake.Call) error { after++; return c.Err }
	})
	h.cloud.Inject(fake.Throttle().Nth(1), fake.LoseAnswer())
	require.Error(t, h.try(t.Context()))
	require.ErrorIs(t, h.try(t.Context()), syscall.ECONNRESET)
	require.Equal(t, []int{2, 1}, []int{before, after})
}

func TestFaultsUnderManyCallers(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) { c.Forget = true })
	h.cloud.Inject(fake.Throttle().Times(100))
	var wg sync.WaitGroup
	var mu sync.Mutex
	refused := 0
	for range 64 {
		wg.Go(func() {
			for range 10 {
				if _, err := h.consumer.DescribeVpcEndpoints(context.Background(), nil); err != nil {
					mu.Lock()
					refused++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	require.Equal(t, 100, refused)
}

func TestAfterHookThatTakesTheAnswerAwayLosesIt(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.After = func(_ context.Context, call *fake.Call) error { call.Output = nil; return nil }
	})
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.Nil(t, out)
	require.ErrorIs(t, err, syscall.ECONNRESET)
	h.cloud.After = func(_ context.Context, call *fake.Call) error { call.Output = &ec2.CreateTagsOutput{}; return nil }
	require.Panics(t, func() { _, _ = h.consumer.DescribeVpcEndpoints(t.Context(), nil) })
}

func TestAfterHookMayMendARefusal(t *testing.T) {
	t.Parallel()
	h := newHarness(func(c *fake.Cloud) {
		c.After = func(_ context.Context, call *fake.Call) error {
			call.Err, call.Output = nil, &ec2.DescribeVpcEndpointsOutput{NextToken: aws.String("more")}
			return nil
		}
	})
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{"vpce-0123456789abcdef0"}})
	require.NoError(t, err)
	require.Equal(t, "more", *out.NextToken)
	require.Equal(t, "more", *h.cloud.Calls()[0].Output.(*ec2.DescribeVpcEndpointsOutput).NextToken)
	require.NoError(t, h.cloud.Calls()[0].Err)
}

// TestPlainStatusOfInjectedRefusals: the switch holds for what a fault refuses as for what the fake refuses itself.
func TestPlainStatusOfInjectedRefusals(t *testing.T) {
	t.Parallel()
	for status, fault := range map[int]fake.Fault{400: fake.Denied(), 503: fake.Throttle(), 500: fake.ServerError().AfterEffect()} {
		h := newHarness(func(c *fake.Cloud) { c.Switches.PlainStatus = true })
		h.cloud.Inject(fault)
		var resp *awshttp.ResponseError
		require.ErrorAs(t, h.try(t.Context()), &resp)
		require.Equal(t, status, resp.HTTPStatusCode())
	}
}
