// Package world is the store behind the fake: records with their history, indexes over them, the clock, identifiers and tokens. It
// knows no AWS operation; vpc and zone are the operations.
package world

import "time"

// Config is what a user of the fake sets on fake.Cloud, as it stands at one call.
type Config struct {
	Delay, Lag time.Duration
	Window     time.Duration // how far behind any read may be, if more than Lag
	Stale      time.Duration // how far behind this call's reads are, if not Lag
	Timing     Timing
	Switches   Switches
	Quotas     Quotas
	Seed       uint64
	ShuffleAZs bool
}

// Timing is how long each asynchronous move of AWS takes. The zero value of a field means Cloud.Delay, unless the field says otherwise.
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
	// ZoneBusy is how long Route 53 works on a request about a zone before it takes the next: until then a change of its records, VPCs or comment and its
	// delete are refused with PriorRequestNotComplete, an authorisation with ConcurrentModification. Zero: not at all, Delay does not count.
	ZoneBusy time.Duration
}

// or gives d, or the general delay where d is not set.
func (c *Config) or(d time.Duration) time.Duration {
	if d != 0 {
		return d
	}
	return c.Delay
}

// Provision is how long an endpoint is pending after its creation or acceptance.
func (c *Config) Provision() time.Duration { return c.or(c.Timing.Provision) }

// Modify is how long a change of an endpoint takes.
func (c *Config) Modify() time.Duration { return c.or(c.Timing.Modify) }

// Delete is how long an endpoint is deleting.
func (c *Config) Delete() time.Duration { return c.or(c.Timing.Delete) }

// ServiceDelete is how long an endpoint service is Deleting.
func (c *Config) ServiceDelete() time.Duration { return c.or(c.Timing.ServiceDelete) }

// Verification is how long the verification of a private DNS name takes.
func (c *Config) Verification() time.Duration { return c.or(c.Timing.Verification) }

// ZoneChange is how long a Route 53 change is PENDING.
func (c *Config) ZoneChange() time.Duration { return c.or(c.Timing.ZoneChange) }
