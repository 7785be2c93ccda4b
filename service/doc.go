// Package service declares endpoint services: the provider's side of AWS PrivateLink. It also reads and answers the connections that
// consumers ask for.
//
//	orders := service.BehindNLB("orders").LoadBalancers(nlbARN).Acceptance(true).Allow(privatelink.AccountPrincipal("222222222222"))
//	svc, err := orders.WaitReady(ctx, client)
//
// The identity is (kind, name) within one account and Region; the name stands in the tag privatelink:name. A service without that tag is
// never touched. By default nobody may connect: Allow says who may, and the connections are accepted one by one unless Acceptance(false).
//
// # What is promised, and on what it rests
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second service of an
// identity, and WaitGone leaves none. That rests on two things: lookups lag behind AWS by less than the window (ten seconds, unless the
// API knows better), and AWS does not forget the token of a deleted service between the asks of two writers less than a window apart.
package service
