// Package endpoint declares VPC endpoints: the consumer's side of AWS PrivateLink.
//
// A declaration names an endpoint in a VPC and says what it should be; its verbs bring AWS there:
//
//	ep := endpoint.Interface("orders").VPC(vpc).Service(svc.ServiceName).Subnets(a, b).SecurityGroups(sg)
//	e, err := ep.WaitReady(ctx, client)
//
// The identity is (kind, name, VPC) within one account and Region; the name stands in the tag privatelink:name. An endpoint without that
// tag is never touched.
//
// # What is promised, and on what it rests
//
// However often, by however many processes, and wherever it was interrupted, Ensure and WaitReady never make a second endpoint of an
// identity, and WaitGone leaves none. That rests on two things: lookups lag behind AWS by less than the window (ten seconds, unless the
// API knows better), and AWS does not forget the token of a deleted endpoint between the asks of two writers less than a window apart.
// It cannot be promised against a create that is still on its way when a delete ends, or against two tools that use one name in one VPC
// for different things.
package endpoint
