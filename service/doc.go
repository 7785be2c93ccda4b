// Package service declares endpoint services: the provider's side of AWS PrivateLink. It also reads and answers the connections that
// consumers ask for, and has private DNS names verified. BehindNLB stands behind Network Load Balancers and is reached through interface
// endpoints, BehindGWLB behind Gateway Load Balancers through endpoints of that kind.
//
//	orders := service.BehindNLB("orders").LoadBalancers(nlbARN).Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"))
//	svc, err := orders.WaitReady(ctx, client)
//
// The identity is (kind, name) within one account and Region; the name stands in the tag privatelink:name. A service without that tag is
// never touched. By default nobody may connect: Allow says who may, and the connections are accepted one by one unless Acceptance(false).
//
// Who may connect, which Regions, IP address types, load balancers and notifications are exact sets once they are named; tags are not.
// Accept and Reject answer single connections, Decide all that come, by a function; RejectAll cuts everyone off, so that Delete can follow.
// A private DNS name takes three lines, the second of which publishes a record (dnszone.Public or dnszone.RecordsIn):
//
//	svc, err := orders.PrivateDNSName("api.example.com").WaitReady(ctx, client)
//	_, err = dnszone.RecordsIn(zoneID).TXT(svc.Verification.Host, 30*time.Minute, svc.Verification.Value).WaitReady(ctx, dns)
//	err = service.Verify(ctx, client, svc.ID)
//
// # What is promised, and on what it rests
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second service of an
// identity, and WaitGone leaves none. That rests on two things: lookups lag behind AWS by less than the window (ten seconds, unless the
// API knows better), and AWS does not forget the token of a deleted service between the asks of two writers less than a window apart.
package service
