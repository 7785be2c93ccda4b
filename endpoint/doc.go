// Package endpoint declares VPC endpoints: the consumer's side of AWS PrivateLink.
//
//	client := ec2.NewFromConfig(cfg) // or, in a test, an account of the package fake
//	sts := endpoint.Interface("sts").VPC(vpc).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(a, b)
//	e, err := sts.WaitReady(ctx, client)
//
// A declaration names an endpoint in a VPC and says what it should be; its verbs bring AWS there, and WaitGone takes it down again. There are
// three kinds:
//
//   - [Interface]: TCP to a service, through a network interface in each of the chosen subnets, found by DNS.
//   - [GatewayLoadBalancer]: traffic on its way through a provider's appliances, led there by routes.
//   - [Gateway]: S3 and DynamoDB by way of route tables, free of charge.
//
// The identity is (kind, name, VPC) within one account and Region; the name stands in the tag privatelink:name. An endpoint without that
// tag is never touched. What no setter named is left to AWS.
//
// [Batched] makes one client for many goroutines, which then share their reads. [Get], [List], [NetworkInterfaces] and [PrefixLists] only read.
//
// # Errors
//
// Errors match the sentinels of the package privatelink. In particular:
//
//   - ErrNotFound: Find finds nothing; or the service does not exist, or is hidden from this account, which AWS does not tell apart.
//   - ErrRejected, ErrFailed: the provider has rejected the connection, or AWS could not make it. The endpoint stays, and is returned with the
//     error, until Delete removes it.
//   - ErrConflict: another endpoint has the route table, the route or the private DNS name; or several endpoints bear the identity.
//   - ErrImmutable: another service, Region or kind than declared.
//   - ErrPending: a predecessor is still being deleted, a change is in progress, or AWS leaves a create without an answer.
//
// Where AWS refuses for a reason that can be looked up, the error says it: a zone that the service is not in, DNS attributes that are off.
// Plan warns of the same before.
//
// # Waiting
//
// Ensure does not wait: where the provider has to accept, its snapshot says so in Waiting. WaitReady waits until the declaration holds, which
// takes AWS a minute or two; a connection to a provider that accepts by hand takes as long as it takes. WaitGone waits until the network
// interfaces are gone, too, so that subnets and security groups can go next.
//
// # Permissions
//
// [IAMPolicy] gives the least IAM policy, by kind; its statements say by their Sids what may be left out. It only lets endpoints be changed and
// deleted that bear the tag privatelink:name. docs/iam.md shows it.
//
// # Exactly once
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second endpoint of an
// identity, a completed WaitReady means that the declaration holds, and a completed WaitGone that no endpoint, network interface or route is
// left. What does not bear this declaration's mark is not touched.
//
// That rests on two things: lookups lag behind AWS by less than the window (ten seconds, unless the API knows better), and AWS keeps a token for
// an hour while its endpoint lives, and does not forget it, once that is deleted, between two asks that are less than five windows apart.
//
// It cannot be promised against a create that is still on its way when WaitGone begins, against two tools that use one name in one VPC for
// different things, or for an endpoint whose tag privatelink:name was removed. A bare Ensure sees AWS as it was up to a window ago.
// docs/exactly-once.md says more, and how it is shown.
package endpoint
