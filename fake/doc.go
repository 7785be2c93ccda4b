// Package fake is AWS in memory, as far as PrivateLink needs it: EC2's endpoints and endpoint services, Route 53, and enough of Elastic
// Load Balancing. Tests of a tool run the tool's own code against it.
//
//	var cloud fake.Cloud
//	fake.NoLeaks(t, &cloud)
//	account := cloud.Account("111111111111") // in place of an *ec2.Client
//	vpc := account.VPC("10.0.0.0/16")
//	sts := endpoint.Interface("sts").VPC(vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))
//	e, err := sts.WaitReady(t.Context(), account)
//
// # Accounts
//
// The zero [Cloud] is ready. [Cloud.Account] is an AWS account; its methods are the operations, with the signatures of the SDK's clients,
// so that it stands wherever an *ec2.Client or a *route53.Client does. [Account.In] is the account in another Region. What AWS would keep
// apart is apart: an account sees its own things, and services of others only where a permission names it.
//
// # Seeding
//
// What endpoints stand on is made by handles beside the API: [Account.VPC], [VPC.Subnet], [VPC.SecurityGroup], [Account.NLB]. A handle has
// the ID (a load balancer the ARN) for requests. Input that is impossible on AWS panics. EC2's and ELBv2's own calls ([EC2.CreateVpc],
// [ELBv2.CreateLoadBalancer] and their kin) make the same things; what is in use is not deleted. [Cloud.Quotas] sets AWS's limits otherwise.
//
// # Strictness
//
// The fake refuses what AWS refuses, with AWS's code and, where it is known, AWS's text. A refused call changes nothing. A member of an
// input that the fake does not model is never ignored: the call fails with UnsupportedOperation and the member's name.
//
// # Errors
//
// Errors are AWS's, in the types in which the SDK's clients return them: [errors.As] finds a smithy.APIError with AWS's code. Only the seeding
// handles panic, as regexp.MustCompile does, and say with what.
//
// # Permissions
//
// IAM's policies are not modelled: every call is allowed, save where [Denied] says otherwise. What an account may see of other accounts is; and
// so are endpoint policies, for connections that say what they ask ([WithRequest]).
//
// # Time
//
// Everything happens at once by default: a create answers pending, the next read available. [Cloud.Delay] and [Cloud.Timing] make the
// moves of AWS last, [Cloud.Lag] makes reads stale. States are worked out from timestamps when they are read, without goroutines, so this
// works in real time and in a bubble of testing/synctest.
//
// # Names
//
// [Host.LookupHost] answers as the VPC's resolver does, [Internet.LookupHost] as the public DNS; [Host.Lookup] knows every type of record. A change of a
// zone reaches them when it is INSYNC. Of several public zones of one name the oldest answers, or the one that [Internet.Delegate] names; below a public
// zone it is the NS set of the zone above that decides. [Account.PublicZone] and [Account.PrivateZone] are zones of somebody else.
//
// # Paths
//
// [Host.DialContext] connects to what listens: behind a load balancer ([LoadBalancer.Listen]), at a host, on the internet, or as a service of AWS
// ([Cloud.S3]). The way is that of the world: route tables, prefix lists, [VPC.InternetGateway], an [Appliance] behind a Gateway Load Balancer,
// endpoints with their states, security groups (what comes in: everything may go out) and policies (for [WithRequest]). [Host.Trace] tells it hop by
// hop, and where it is stopped and why; answers need a way back. There are no NAT gateways, peerings,
// gateway route tables, network ACLs, Resolver rules, Proxy Protocol, security groups of Network Load Balancers or public addresses of such.
//
// # On the wire
//
// For code that takes the SDK's own client: [Account.Config] makes one that speaks AWS's protocols to the fake, without a socket. A [Cloud] is an
// http.Handler as well, for other languages and the command line (examples/fakeaws), and ServeDNS of a host, a VPC or the [Internet] is a
// resolver with an address.
//
// # Undocumented behaviour
//
// What AWS does not document is in [Switches]. The zero value is the friendliest reading, [Harsh] the worst of each. FIDELITY.md, beside this
// file, lists what the fake has of AWS: for each behaviour the evidence, whether it is sure or which switch settles it, and the test.
//
// # Faults
//
// [Cloud.Inject] lets things go wrong: [Throttle] and [RateLimit] (AWS's own limits are [AWSLimits]), [LoseAnswer] and [LoseRequest], [ServerError],
// [Refuse] with any of AWS's codes, [Denied], [Quota], [Unsuccessful] items, [Latency], [LateCall], [StaleRead], and the [Crash] of a [Caller]. Each
// is narrowed down by operation, account, Region, caller, number and chance; what happens comes from a seed. [Cloud.Heal] ends them.
//
// # Snapshots
//
// [Cloud.Snapshot] keeps the whole state and [Cloud.Restore] brings it back, in any cloud and as often as needed: tests share a world that is
// made once, and each goes its own way. Time goes on where it stopped.
//
// # Watching and interfering
//
// [Cloud.Calls] is the journal, [Cloud.Dump] the world as text, [NoLeaks] fails a test that leaves something behind. For what no fault does
// there are two hooks: [Cloud.Before] refuses calls, [Cloud.After] loses or changes answers; a caller whose context ends while a hook holds its call has its error at once, and the
// call takes effect later, as on the wire. [Account.FailEndpoint] makes an endpoint fail, [Account.FailService] a service.
package fake

//go:generate go test . -run TestFidelityDocument -update
