package privatelink_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/smithy-go"
	"github.com/cenkalti/backoff/v4"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// sts declares an endpoint in a new VPC of an account.
func sts(account *fake.Account) *endpoint.InterfaceBuilder {
	vpc := account.VPC("10.0.0.0/16")
	return endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(vpc.Subnet("us-east-1a", "10.0.1.0/24").ID)
}

// The verbs, in the order in which a tool uses them.
func Example() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111") // in production: an *ec2.Client
	b := sts(account)
	if err := b.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	plan, err := b.Plan(ctx, account)
	fmt.Println(plan.Action, err)
	e, err := b.WaitReady(ctx, account)
	fmt.Println(e.Outcome, e.State, err)
	fmt.Println(b.WaitGone(ctx, account))
	// Output:
	// create <nil>
	// created available <nil>
	// <nil>
}

// An error tells what it was about, matches a sentinel, and has AWS's own error in its chain.
func ExampleError() {
	ctx, cloud := context.Background(), new(fake.Cloud)
	cloud.Inject(fake.Denied().On("CreateVpcEndpoint"))
	account := cloud.Account("111111111111")
	_, err := sts(account).Ensure(ctx, account)

	fmt.Println(errors.Is(err, privatelink.ErrDenied))
	var e *privatelink.Error
	if errors.As(err, &e) {
		fmt.Println(e.Op, e.Kind, e.Name, e.Unwrap()[0] == privatelink.ErrDenied)
	}
	var api smithy.APIError
	if errors.As(err, &api) {
		fmt.Println(api.ErrorCode())
	}
	// Output:
	// true
	// ensure interface endpoint sts true
	// UnauthorizedOperation
}

// A tool that shows its users what is wrong with their file.
func ExampleProblems() {
	err := endpoint.Interface("").VPC("vpc").Validate()
	var invalid *privatelink.InvalidError
	fmt.Println(errors.As(err, &invalid), invalid.Is(privatelink.ErrInvalid), len(invalid.Error()) > 0)
	for _, problem := range privatelink.Problems(err) {
		fmt.Println("-", problem)
	}
	// Output:
	// true true true
	// - the name is empty: it is the identity of the declaration
	// - the VPC "vpc" is not an ID of the form vpc-…
	// - the service is empty: name the service, such as com.amazonaws.vpce.us-east-1.vpce-svc-…
}

// Who may connect to a service.
func ExampleAccountPrincipal() {
	p := privatelink.AccountPrincipal("222222222222")
	fmt.Println(p, p.ARN("aws"), p.ARN("aws-cn"))
	fmt.Println(privatelink.AccountPrincipal("2222").Problem())
	// Output:
	// 222222222222 arn:aws:iam::222222222222:root arn:aws-cn:iam::222222222222:root
	// allowed account "2222" is not an account ID of 12 digits
}

func ExampleRolePrincipal() {
	fmt.Println(privatelink.RolePrincipal("arn:aws:iam::222222222222:role/orders"))
	fmt.Println(privatelink.RolePrincipal("arn:aws:iam::222222222222:role/team/orders").Problem())
	// Output:
	// arn:aws:iam::222222222222:role/orders
	// allowed role "arn:aws:iam::222222222222:role/team/orders" is not the ARN of a role without a path, such as arn:aws:iam::111122223333:role/name
}

func ExampleUserPrincipal() {
	fmt.Println(privatelink.UserPrincipal("arn:aws:iam::222222222222:user/jo"))
	// Output: arn:aws:iam::222222222222:user/jo
}

func ExampleServicePrincipal() {
	fmt.Println(privatelink.ServicePrincipal("ec2.amazonaws.com").ARN("aws"))
	// Output: ec2.amazonaws.com
}

// AWS spells states in several ways.
func ExampleParseState() {
	s := privatelink.ParseState("Available")
	fmt.Println(s, s == privatelink.Available, s.Is("AVAILABLE"), s.Alive())
	fmt.Println(privatelink.Rejected.Alive(), privatelink.Rejected.Failure())
	// Output:
	// available true true true
	// true rejected
}

// The strongest outcome of several passes.
func ExampleOutcome_Strongest() {
	fmt.Println(privatelink.Unchanged.Strongest(privatelink.Updated).Strongest(privatelink.Unchanged))
	// Output: updated
}

func ExampleFamily() {
	fmt.Println(privatelink.IPv4.String(), privatelink.IPv6.String(), privatelink.DualStack.String())
	// Output: ipv4 ipv6 dualstack
}

// A plan reads like a diff.
func ExamplePlan() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	b := sts(account).Tag("stage", "test")
	e, _ := b.WaitReady(ctx, account)

	plan, _ := b.Plan(ctx, account)
	fmt.Println(plan.Empty())
	plan, _ = b.Tag("stage", "live").Plan(ctx, account)
	fmt.Println(plan.ID == e.ID, plan.Changes[0].String())
	plan.Scope, plan.ID = "", "" // which differ from run to run on AWS
	fmt.Println(plan.String())
	// Output:
	// true
	// true tags: stage=test → stage=live
	// ~ interface endpoint "sts"
	//     tags: stage=test → stage=live
}

// A wait that runs out names the state that it was stuck in.
func ExampleTimeout() {
	ctx, account := context.Background(), (&fake.Cloud{Delay: time.Hour}).Account("111111111111")
	_, err := sts(account).WaitReady(ctx, account, privatelink.Timeout(300*time.Millisecond))
	var e *privatelink.Error
	fmt.Println(errors.Is(err, context.DeadlineExceeded), errors.As(err, &e), e.State)
	// Output: true true pending
}

// A policy of one's own for the pauses between looks.
func ExampleBackoff() {
	ctx, account := context.Background(), (&fake.Cloud{Delay: 20 * time.Millisecond}).Account("111111111111")
	quick := privatelink.Backoff(func() backoff.BackOff { return backoff.NewConstantBackOff(5 * time.Millisecond) })
	e, err := sts(account).WaitReady(ctx, account, quick)
	fmt.Println(e.State, err)
	// Output: available <nil>
}

// A line for each look, such as a terminal shows it.
func ExampleOnPoll() {
	ctx, account := context.Background(), new(fake.Cloud).Account("111111111111")
	_, err := sts(account).WaitReady(ctx, account, privatelink.OnPoll(func(p privatelink.Progress) {
		fmt.Printf("%s %s: %s, look %d\n", p.Kind, p.Name, p.State, p.Polls)
	}))
	fmt.Println(err)
	// Output:
	// interface endpoint sts: pending, look 1
	// interface endpoint sts: available, look 2
	// <nil>
}

// What the options of a wait add up to, for those who write a wait of their own.
func ExampleNewWaitSettings() {
	s := privatelink.NewWaitSettings(privatelink.Timeout(time.Minute))
	fmt.Println(s.Timeout, s.Policy == nil, privatelink.NewWaitSettings().Timeout)
	// Output: 1m0s true 10m0s
}
