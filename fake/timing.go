package fake

import "time"

// Timing is how long each asynchronous move of AWS takes; fields that are zero take Cloud.Delay, save where they say otherwise.
type Timing struct {
	// Provision is the time from pending to available of an interface or Gateway Load Balancer endpoint.
	Provision time.Duration
	// Modify is the time that a change of an endpoint keeps it pending; a second change meanwhile is refused with OperationInProgress.
	Modify time.Duration
	// Delete is the time from deleting to deleted of an endpoint. Its network interfaces last as long.
	Delete time.Duration
	// DeletedRow is how long an endpoint stays listed as deleted. Zero: not at all, Delay does not count.
	DeletedRow time.Duration
	// ConnectionRow is how long the provider still sees the connection of an endpoint that is deleted. Zero: not at all.
	ConnectionRow time.Duration
	// Expire is the time from pendingAcceptance to expired. Zero: never.
	Expire time.Duration
	// ServiceProvision is the time from Pending to Available of an endpoint service. Zero: its create answers Available, whatever Delay.
	ServiceProvision time.Duration
	// ServiceUsable is the time after its creation in which CreateVpcEndpoint for a service answers 503 Unavailable. Zero: none.
	ServiceUsable time.Duration
	// ServiceDelete is the time from Deleting to gone of an endpoint service; its load balancers stay in use as long.
	ServiceDelete time.Duration
	// BalancerRelease is how long the load balancers of a service that is gone still count as in use. Zero: not at all.
	BalancerRelease time.Duration
	// LoadBalancer is the time from provisioning to active of a load balancer that CreateLoadBalancer makes. Zero: none, Delay does not count.
	LoadBalancer time.Duration
	// Verification is the time that the verification of a private DNS name takes, from StartVpcEndpointServicePrivateDnsVerification to
	// verified or failed.
	Verification time.Duration
	// Detection is how often AWS looks for the TXT records of private DNS names on its own: a pending name whose record is there becomes
	// verified, a verified one whose record is gone becomes failed. Zero: never, Delay does not count.
	Detection time.Duration
	// Permission is the time until a newly allowed principal sees the service. Zero: at once.
	Permission time.Duration
	// ZoneChange is the time from PENDING to INSYNC of a Route 53 change.
	ZoneChange time.Duration
	// ZoneBusy is how long Route 53 works on a request about a zone before it takes the next: until then a change of its records or comment, one more VPC and its
	// delete are refused with PriorRequestNotComplete, an authorisation with ConcurrentModification. Zero: not at all, Delay does not count.
	ZoneBusy time.Duration
}

// Realistic is the order of magnitude of AWS's own times: minutes for endpoints, seconds for the rest.
func Realistic() Timing {
	return Timing{
		Provision: 75 * time.Second, Modify: 45 * time.Second, Delete: 2 * time.Minute, DeletedRow: 20 * time.Second,
		ConnectionRow: time.Minute, Expire: 7 * 24 * time.Hour, ServiceProvision: 2 * time.Second, ServiceUsable: 10 * time.Second,
		ServiceDelete: 20 * time.Second, BalancerRelease: 30 * time.Second, LoadBalancer: 2 * time.Minute, Verification: 30 * time.Second, Detection: 2 * time.Minute, Permission: 5 * time.Second, ZoneChange: 40 * time.Second, ZoneBusy: 300 * time.Millisecond,
	}
}
