// Package awsprivatelink is the tour of this module; it holds no code.
//
// The module models AWS PrivateLink as typed objects. A Go tool declares what it wants, as a value in its own code, and brings AWS to that
// state, as often as it likes: each resource is made exactly once. The tool's tests run the same code against an AWS in memory.
//
// A service provider shares what runs behind its load balancers as an endpoint service. A service consumer, in another VPC, account or
// Region, reaches it through a VPC endpoint, and names it in a private hosted zone. The traffic stays in AWS's network.
//
//	orders := service.BehindNLB("orders").LoadBalancers(nlbARN).Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"))
//	svc, err := orders.WaitReady(ctx, provider) // provider, consumer: *ec2.Client, or a fake.Account
//
// # Package privatelink
//
// The words that all packages share: errors, states, tags, DNS names, principals, outcomes, plans and the options of a wait. Its interface
// Resource names the verbs that every builder has:
//
//   - Validate says everything that is wrong with a declaration, without a call.
//   - Find looks a resource up by its identity; reads only.
//   - Plan says what Ensure would do; reads only.
//   - Ensure brings AWS one pass nearer to the declaration and does not wait for AWS to finish its work.
//   - WaitReady repeats Ensure until the declaration holds.
//   - Delete removes the resource and is content when it is gone already.
//   - WaitGone repeats Delete until nothing is left, network interfaces included.
//
// A builder's On joins it with the client of the account that it lives in; PlanAll, EnsureAll and DeleteAll take any mixture of them.
//
// # Package endpoint
//
// The consumer's side. Interface declares an interface endpoint: a network interface in each of the chosen subnets, found by DNS. Its
// snapshot has the DNS names in typed form; NetworkInterfaces reads the addresses. GatewayLoadBalancer declares an endpoint that traffic
// reaches by route tables, on its way through the provider's appliances; Gateway one that leads to S3 or DynamoDB. SubnetsFor chooses, of a VPC's
// subnets, those that a service can have.
//
// Batched makes one client for many goroutines, who then share their reads: a thousand endpoints take few more of them than one.
//
// # Package service
//
// The provider's side. BehindNLB declares an endpoint service behind Network Load Balancers, BehindGWLB one behind Gateway Load Balancers: a
// name for consumers to ask for, an acceptance policy, a list of principals who may connect, and more. The package lists, accepts and
// rejects connections, one by one or by a policy (Decide), and has a service's private DNS name verified (Verify). Lookup is for consumers:
// it says what they may see of a service.
//
// # Package dnszone
//
// The names. Private declares a private hosted zone, which answers inside the VPCs that it is associated with and nowhere else; an alias
// record in it gives an endpoint a name of your own. Public declares a public hosted zone, which answers everywhere else; SplitHorizon declares
// both together, RecordsIn records in a zone of somebody else. Batched keeps an account's users of Route 53 within its limits.
//
// # Package fake
//
// AWS in memory. An Account takes the place of the AWS client in all of the packages above: it keeps AWS's states, refuses what AWS refuses
// with AWS's error codes, and carries traffic: a host in a VPC resolves names and connects, through endpoint, service and load balancer, to
// a listener in your test. Inject lets things go wrong, NoLeaks finds what is left behind, and Account.Config lets the SDK's own clients speak to it. It
// imitates AWS and knows nothing of this library, so that tests run the real Ensure, Delete and waits.
//
// # Declarations
//
// A declaration is a chain of setters on a builder. Setters never fail and never call AWS; what is wrong is said by the verbs, all of it at
// once. A setter of several values replaces the whole set. Only what is named is managed: a field without a setter takes AWS's default when
// the resource is made, and is left alone from then on.
//
// # Identity
//
// There is no state file. An endpoint is known by kind, name and VPC, a service by kind and name, both through the tag privatelink:name; a
// zone by its domain, a private one by its VPC as well, and by a mark that it was made here. Two processes, or one that starts again after a crash,
// see the same truth. What others made is never touched, unless Adopt takes it over.
//
// # Errors
//
// An error says which verb failed on what, and keeps AWS's error in the chain: [errors.Is] finds sentinels such as privatelink.ErrNotFound,
// [errors.As] finds AWS's own error. privatelink.ErrPending says that nothing is wrong and the verb should be called again.
//
// # Permissions
//
// IAMPolicy of the packages endpoint, service and dnszone gives the least IAM policy, by kind or role; docs/iam.md shows them all.
//
// # Examples
//
// Every function, builder and verb has an example beside it. Each folder in examples is a small program: the first, examples/internal-api, takes the
// main job from one end to the other, in memory or on AWS; examples/unit-testing shows how to test a tool of your own. docs has pages for those
// who come from Terraform (from-terraform.md) and from raw SDK calls (from-sdk.md), and one on what is promised (exactly-once.md).
package awsprivatelink
