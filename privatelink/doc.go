// Package privatelink is the vocabulary that the packages endpoint, service and dnszone share: errors, states, tags, DNS names,
// principals, plans, wait options, and the verbs that every builder has.
//
//	sts := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(subnet)
//	s3 := endpoint.Gateway("s3").VPC(vpc).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(table)
//	err := privatelink.EnsureAll(ctx, []privatelink.Bound{sts.On(client), s3.On(client)})
//
// A builder is a declaration. Its verbs bring AWS to that declaration and take it down again; nothing is remembered between calls, so
// any number of processes may run them, and a process that died may simply run them again:
//
//   - Validate checks the declaration; no AWS call.
//   - Find looks the resource up by its identity; reads only.
//   - Plan says what Ensure would do; reads only.
//   - Ensure makes one pass: it creates or changes, and does not wait for AWS to finish.
//   - WaitReady repeats Ensure until the declaration holds.
//   - Delete asks AWS to delete; nil when it is already gone.
//   - WaitGone repeats Delete until nothing is left.
//
// On joins a builder with the client of the account that it lives in; [PlanAll], [EnsureAll] and [DeleteAll] take any mixture of them.
//
// # Errors
//
// Every error of a verb is an [*Error]: one line that says which verb failed on what, and why. It matches one of the sentinels with
// [errors.Is], and AWS's own error stays in the chain, for [errors.As] into smithy.APIError. What to do about them:
//
//   - [ErrPending]: nothing is wrong, AWS is still at work: call again. A controller requeues; WaitReady and WaitGone never return it.
//   - [ErrInvalid]: the declaration is wrong, and AWS was not asked: [Problems] lists what has to be mended, all of it.
//   - [ErrNotFound]: it is not there, or not visible to this account.
//   - [ErrConflict]: something that is not ours is in the way; the error names it. Remove it, or adopt it.
//   - [ErrImmutable]: AWS cannot change this field: Delete, then Ensure, replaces the resource.
//   - [ErrRejected], [ErrFailed]: it will not become ready by itself; Delete removes it.
//   - [ErrInUse]: something still uses what is to be deleted; the error names it.
//   - [ErrDenied], [ErrQuota]: the account lacks a permission or room: see the packages' IAMPolicy.
//   - [ErrThrottled]: AWS asked to slow down: call again later. Waits do so by themselves.
//
// # Waiting
//
// WaitReady, WaitGone and the other waits take options: [Timeout] (ten minutes unless the context ends sooner), [Backoff], and [OnPoll] for
// progress. A wait that runs out names the state it was stuck in, and matches [context.DeadlineExceeded]. Wait for many at once with
// [EnsureAll], whose [OnProgress] tells how it goes.
//
// # Permissions
//
// This package makes no calls but those of the verbs that it is given. What IAM has to allow for them, IAMPolicy of their packages tells;
// docs/iam.md shows all of it.
//
// # Exactly once
//
// However often, by however many processes, and wherever it was interrupted: Ensure and WaitReady never make a second resource of an identity;
// a completed WaitReady means that the declaration holds, a completed WaitGone that nothing of it is left; what does not bear the
// declaration's mark is not touched. A bare Ensure sees AWS as it was up to a window ago, and a bare Delete asks once.
//
// That rests on lookups that lag behind AWS by less than the window (ten seconds, unless the API knows better), on AWS keeping the token of a
// create for an hour while what it made lives, and not forgetting it too soon after that. It cannot be promised against a create that is still
// on its way when WaitGone begins, nor against two tools that use one name for different things. The package comments of endpoint, service and
// dnszone say what that means for each kind, and docs/exactly-once.md how it is shown.
package privatelink
