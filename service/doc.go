// Package service declares endpoint services: the provider's side of AWS PrivateLink. It also reads and answers the connections that
// consumers ask for, and has private DNS names verified.
//
//	client := ec2.NewFromConfig(cfg) // or, in a test, an account of the package fake
//	orders := service.BehindNLB("orders").LoadBalancers(nlb).Allow(privatelink.AccountPrincipal("222222222222"))
//	svc, err := orders.WaitReady(ctx, client)
//
// [BehindNLB] stands behind Network Load Balancers and is reached through interface endpoints, [BehindGWLB] behind Gateway Load Balancers through
// endpoints of that kind. Consumers ask for svc.ServiceName.
//
// The identity is (kind, name) within one account and Region; the name stands in the tag privatelink:name. A service without that tag is
// never touched. By default nobody may connect: Allow says who may, and the connections are accepted one by one unless Acceptance(false).
// Who may connect, which Regions, IP address types, load balancers and notifications are exact sets once they are named; tags are not.
//
// [Accept] and [Reject] answer single connections, [Decide] all that come, by a function; [RejectAll] cuts everyone off, so that Delete can
// follow. [Lookup] is for consumers: it says what they may see of a service. A private DNS name takes three steps, the second of which publishes a
// record (dnszone.Public or dnszone.RecordsIn):
//
//	svc, err := orders.PrivateDNSName("api.example.com").WaitReady(ctx, client)
//	if err != nil {
//		return err
//	}
//	record := dnszone.RecordsIn(zone).TXT(svc.Verification.Host, 30*time.Minute, svc.Verification.Value)
//	if _, err := record.WaitReady(ctx, dns); err != nil {
//		return err
//	}
//	return service.Verify(ctx, client, svc.ID)
//
// # Errors
//
// Errors match the sentinels of the package privatelink. In particular:
//
//   - ErrInUse: Delete and WaitGone find live connections, which the error lists: RejectAll comes first.
//   - ErrConflict: a load balancer belongs to another service, which the error names; or several services bear the identity.
//   - ErrNotFound: Accept and Reject have waited two minutes for a connection that does not appear; Lookup may not see the service.
//   - ErrFailed: a connection that cannot be accepted any more; a verification that AWS has tried and that found no record.
//   - ErrPending: a predecessor is still being deleted, a load balancer is not active yet, or AWS leaves a create without an answer.
//
// # Waiting
//
// A service is available soon after it was made. WaitReady waits for that, and for its Regions to be open; not for its private DNS name, which is
// [Verify]'s to wait for, since the record comes between. Accept waits up to two minutes for each connection to be visible. Decide runs until its
// context ends.
//
// # Permissions
//
// [IAMPolicy] gives the least IAM policy, by role: who declares services, who answers connections, who asks what is offered. Its statements
// say by their Sids what may be left out. It only lets services be changed and deleted that bear the tag privatelink:name. docs/iam.md shows it.
//
// # Exactly once
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second service of an
// identity, or a second notification of a topic; a completed WaitReady means that the declaration holds (permissions and notifications, too), and a
// completed WaitGone that nothing is left. What does not bear this declaration's mark is not touched.
//
// That rests on two things: lookups lag behind AWS by less than the window (ten seconds, unless the API knows better), and AWS keeps a token for
// an hour while its service lives, and does not forget it, once that is deleted, between two asks that are less than five windows apart.
//
// It cannot be promised against a create that is still on its way when WaitGone begins, against two tools that use one name for different
// things, or for a service whose tag privatelink:name was removed. A bare Ensure sees AWS as it was up to a window ago. docs/exactly-once.md says
// more, and how it is shown.
package service
