package fake_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	"github.com/cenkalti/backoff/v4"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// toSTS declares an endpoint in a new VPC of an account.
func toSTS(account *fake.Account) *endpoint.InterfaceBuilder {
	return endpoint.Interface("sts").VPC(account.VPC("10.0.0.0/16").ID).Service(endpoint.AWSService("us-east-1", "sts"))
}

// quickly looks every millisecond: what is lost is sent again at the next look.
var quickly = privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(time.Millisecond) })

// code is AWS's code of an error, "" where it has none.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// made counts the endpoints of an account, which a fault may have left unknown to their maker.
func made(account *fake.Account) int {
	out, err := account.DescribeVpcEndpoints(context.Background(), nil)
	if err != nil {
		panic(err)
	}
	return len(out.VpcEndpoints)
}

// Too many calls: the second one is let through.
func ExampleThrottle() {
	var cloud fake.Cloud
	cloud.Inject(fake.Throttle().On("CreateVpcEndpoint").Times(1))
	account := cloud.Account("111111111111")
	ep := toSTS(account)
	_, err := ep.Ensure(context.Background(), account)
	fmt.Println(code(err), errors.Is(err, privatelink.ErrThrottled))
	_, err = ep.Ensure(context.Background(), account)
	fmt.Println(err)
	// Output:
	// RequestLimitExceeded true
	// <nil>
}

// A bucket of one token: the second create comes too soon.
func ExampleRateLimit() {
	var cloud fake.Cloud
	cloud.Inject(fake.RateLimit(0.1, 1).On("CreateVpcEndpoint").Shared())
	account := cloud.Account("111111111111")
	_, err := toSTS(account).Ensure(context.Background(), account)
	fmt.Println(err)
	_, err = toSTS(account).Ensure(context.Background(), account)
	fmt.Println(code(err))
	// Output:
	// <nil>
	// RequestLimitExceeded
}

// AWS's own limits, as far as they are known.
func ExampleAWSLimits() {
	var cloud fake.Cloud
	cloud.Inject(fake.AWSLimits()...)
	account := cloud.Account("111111111111")
	throttled := 0
	for range 6 {
		if _, err := toSTS(account).Ensure(context.Background(), account); errors.Is(err, privatelink.ErrThrottled) {
			throttled++
		}
	}
	fmt.Println(throttled)
	// Output: 2
}

// It took effect, and its caller does not know. Nothing is made twice.
func ExampleLoseAnswer() {
	var cloud fake.Cloud
	cloud.Inject(fake.LoseAnswer().On("CreateVpcEndpoint").Nth(1))
	account := cloud.Account("111111111111")
	e, err := toSTS(account).WaitReady(context.Background(), account, quickly)
	fmt.Println(e.State, err, made(account))
	// Output: available <nil> 1
}

// It never arrived. Its caller cannot tell that from a lost answer.
func ExampleLoseRequest() {
	var cloud fake.Cloud
	cloud.Inject(fake.LoseRequest().On("CreateVpcEndpoint").Nth(1))
	account := cloud.Account("111111111111")
	e, err := toSTS(account).WaitReady(context.Background(), account, quickly)
	fmt.Println(e.State, err, made(account))
	// Output: available <nil> 1
}

// One in twenty calls fails, always the same ones for the same seed.
func ExampleServerError() {
	var cloud fake.Cloud
	cloud.Inject(fake.ServerError().On("DescribeVpcEndpoints").Chance(0.05).Seed(7))
	account := cloud.Account("111111111111")
	failed := 0
	for range 100 {
		if _, err := account.DescribeVpcEndpoints(context.Background(), nil); err != nil {
			failed++
		}
	}
	cloud.Heal() // and from here on none
	_, err := account.DescribeVpcEndpoints(context.Background(), nil)
	fmt.Println(failed, err)
	// Output: 7 <nil>
}

// Any of AWS's errors, here after the call took effect.
func ExampleRefuse() {
	var cloud fake.Cloud
	cloud.Inject(fake.Refuse("InternalError", "An internal error has occurred").On("CreateVpcEndpoint").AfterEffect().Times(1))
	account := cloud.Account("111111111111")
	e, err := toSTS(account).WaitReady(context.Background(), account, quickly)
	fmt.Println(e.State, err, made(account))
	// Output: available <nil> 1
}

// What a tool does whose role lacks a permission, in one account and Region.
func ExampleDenied() {
	var cloud fake.Cloud
	cloud.Inject(fake.Denied().On("CreateVpcEndpoint").By("111111111111").In("us-east-1"))
	account := cloud.Account("111111111111")
	_, err := toSTS(account).Ensure(context.Background(), account)
	fmt.Println(code(err), errors.Is(err, privatelink.ErrDenied))
	// Output: UnauthorizedOperation true
}

func ExampleQuota() {
	var cloud fake.Cloud
	cloud.Inject(fake.Quota().On("CreateVpcEndpoint"))
	account := cloud.Account("111111111111")
	_, err := toSTS(account).Ensure(context.Background(), account)
	fmt.Println(code(err), errors.Is(err, privatelink.ErrQuota))
	// Output: VpcEndpointLimitExceeded true
}

// The call succeeds, with an item in its answer that did not.
func ExampleUnsuccessful() {
	var cloud fake.Cloud
	cloud.Inject(fake.Unsuccessful("DependencyViolation", "it has a dependent object").On("DeleteVpcEndpoints").Times(1))
	account := cloud.Account("111111111111")
	ep := toSTS(account)
	_, _ = ep.WaitReady(context.Background(), account)
	fmt.Println(ep.Delete(context.Background(), account) != nil, made(account))
	// Output: true 1
}

// Calls that take time: a caller whose context ends takes the request back.
func ExampleLatency() {
	var cloud fake.Cloud
	cloud.Inject(fake.Latency(time.Hour).On("CreateVpcEndpoint").UpTo(2 * time.Hour))
	account := cloud.Account("111111111111")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, err := toSTS(account).Ensure(ctx, account)
	fmt.Println(errors.Is(err, context.DeadlineExceeded), made(account))
	// Output: true 0
}

// A request that arrives when its caller has given up already.
func ExampleLateCall() {
	var cloud fake.Cloud
	ctx, giveUp := context.WithCancel(context.Background())
	cloud.Before = func(_ context.Context, c *fake.Call) error {
		if c.Op == "CreateVpcEndpoint" {
			giveUp()
		}
		return nil
	}
	cloud.Inject(fake.LateCall(20 * time.Millisecond).On("CreateVpcEndpoint"))
	account := cloud.Account("111111111111")
	_, err := toSTS(account).Ensure(ctx, account)
	fmt.Println(errors.Is(err, context.Canceled))
	for made(account) == 0 { // a moment later it is there all the same
		time.Sleep(time.Millisecond)
	}
	fmt.Println(made(account))
	// Output:
	// true
	// 1
}

// Reads that are behind show nothing of what was just made.
func ExampleStaleRead() {
	var cloud fake.Cloud
	account := cloud.Account("111111111111")
	_, _ = toSTS(account).WaitReady(context.Background(), account)
	cloud.Inject(fake.StaleRead(time.Hour).On("DescribeVpcEndpoints").Skip(1))
	fmt.Println(made(account), made(account))
	fmt.Println(account.ReadLag()) // so that the library outlasts it
	// Output:
	// 1 0
	// 1h0m0s
}

// A process dies when its create has taken effect; another one goes on.
func ExampleCrash() {
	var cloud fake.Cloud
	cloud.Inject(fake.Crash().On("CreateVpcEndpoint").From("first").AfterEffect())
	account := cloud.Account("111111111111")
	ep := toSTS(account)

	dead := fake.Caller(context.Background(), "first")
	_, err := ep.Ensure(dead, account)
	fmt.Println(err != nil, context.Cause(dead))
	e, err := ep.WaitReady(fake.Caller(context.Background(), "second"), account)
	fmt.Println(e.State, err, made(account))
	// Output:
	// true fake: the caller crashed
	// available <nil> 1
}

// A caller has a name, in the journal and for the faults.
func ExampleCaller() {
	var cloud fake.Cloud
	account := cloud.Account("111111111111")
	_, _ = toSTS(account).Ensure(fake.Caller(context.Background(), "nightly"), account)
	for _, c := range cloud.Calls() {
		fmt.Println(c.Caller, c.Op)
	}
	// Output:
	// nightly DescribeVpcEndpoints
	// nightly CreateVpcEndpoint
}

// Which calls a fault may befall, by their input.
func ExampleFault_When() {
	var cloud fake.Cloud
	cloud.Inject(fake.Denied().When(func(c *fake.Call) bool { return c.Region == "eu-west-1" }))
	account := cloud.Account("111111111111")
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		_, err := account.In(region).DescribeVpcEndpoints(context.Background(), nil)
		fmt.Println(region, "denied:", code(err) == "UnauthorizedOperation")
	}
	// Output:
	// us-east-1 denied: false
	// eu-west-1 denied: true
}

// Code that works under the zero Switches and under Harsh has assumed nothing about what AWS does not document.
func ExampleHarsh() {
	for _, switches := range []fake.Switches{{}, fake.Harsh()} {
		cloud := fake.Cloud{Switches: switches}
		account := cloud.Account("111111111111")
		e, err := toSTS(account).WaitReady(context.Background(), account)
		fmt.Println(e.State, err)
	}
	// Output:
	// available <nil>
	// available <nil>
}

// AWS's own times, for tests in a bubble of testing/synctest.
func ExampleRealistic() {
	cloud := fake.Cloud{Timing: fake.Realistic()}
	account := cloud.Account("111111111111")
	e, err := toSTS(account).Ensure(context.Background(), account)
	fmt.Println(e.State, err, cloud.Timing.Provision > time.Second)
	// Output: pending <nil> true
}

// An endpoint that AWS could not provision.
func ExampleAccount_FailEndpoint() {
	account := new(fake.Cloud).Account("111111111111")
	ep := toSTS(account)
	e, _ := ep.WaitReady(context.Background(), account)
	account.FailEndpoint(e.ID, "InsufficientFreeAddressesInSubnet", "The subnet has no free addresses")
	_, err := ep.Ensure(context.Background(), account)
	fmt.Println(errors.Is(err, privatelink.ErrFailed))
	fmt.Println(ep.WaitGone(context.Background(), account)) // a failed one can be deleted, like any other
	// Output:
	// true
	// <nil>
}

func ExampleAccount_FailService() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	nlb := account.NLB("orders", account.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN)
	svc, _ := orders.WaitReady(ctx, account)
	account.FailService(svc.ID)
	_, err := orders.Ensure(ctx, account)
	fmt.Println(errors.Is(err, privatelink.ErrFailed))
	// Output: true
}

// quoted has the lines that the comments of the package and of Fault quote.
func quoted(t testing.TB) (*endpoint.Endpoint, error) {
	var cloud fake.Cloud
	fake.NoLeaks(t, &cloud)
	account := cloud.Account("111111111111") // in place of an *ec2.Client
	vpc := account.VPC("10.0.0.0/16")
	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))
	e, err := sts.WaitReady(t.Context(), account)
	if err != nil {
		return nil, err
	}
	cloud.Inject(
		fake.LoseAnswer().On("CreateVpcEndpoint").Nth(1),
		fake.RateLimit(0.3, 4).On("CreateVpcEndpoint", "DeleteVpcEndpoints"),
		fake.ServerError().Chance(0.05).Seed(7),
	)
	return e, nil
}

var _ = quoted
