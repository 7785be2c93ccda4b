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

// Timing is how long each asynchronous move of AWS takes. fake.Timing, which is converted to it, says what the fields mean.
type Timing struct {
	Provision, Modify, Delete, DeletedRow, ConnectionRow, Expire                                time.Duration
	ServiceProvision, ServiceUsable, ServiceDelete, BalancerRelease, LoadBalancer, Verification time.Duration
	Detection, Permission, ZoneChange, ZoneBusy                                                 time.Duration
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
