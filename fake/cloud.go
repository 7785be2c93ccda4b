package fake

import (
	"context"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Cloud is an AWS in memory, with any number of accounts and Regions. The zero value is ready: everything happens at once, reads are
// never stale, and the same calls get the same identifiers. Set the fields before use; do not copy a Cloud. Its methods and those of its
// accounts are safe for concurrent use.
type Cloud struct {
	// Delay is how long each asynchronous move takes: pending to available, a modify, deleting to deleted, PENDING to INSYNC.
	Delay time.Duration
	// Lag is how far behind reads are: they see the world as it was Lag ago. The library knows it of a fake.
	Lag time.Duration
	// Timing refines Delay for single moves.
	Timing Timing
	// Before runs before each call; an error refuses the call, which then has no effect, and is what the caller gets.
	Before func(context.Context, *Call) error
	// After runs when a call has taken effect. It may change Call.Output; an error loses the answer: the caller gets the error.
	After func(context.Context, *Call) error
	// Switches settle what AWS does not document.
	Switches Switches
	// Quotas are the limits of an account; by default AWS's own.
	Quotas Quotas
	// ShuffleAZs lets each account have its own names for the Availability Zones, as on AWS; their IDs stay.
	ShuffleAZs bool
	// Forget keeps no journal: Calls stays empty.
	Forget bool
	// VerifySignatures refuses requests on the wire that their account did not sign, or not lately: see ServeHTTP and Account.Credentials.
	VerifySignatures bool
	// Seed is where identifiers come from; 0 is a seed like any other.
	Seed uint64

	once     sync.Once
	state    *world.World
	mu       sync.Mutex
	accounts map[string]*Account
	calls    []Call
	faults   faults
	traffic  traffic
}

func (c *Cloud) world() *world.World {
	c.once.Do(func() {
		c.state = world.New(c.Seed)
		c.state.Texts, c.state.Listening = flow.Texts, c.traffic.listening
	})
	return c.state
}

func (c *Cloud) config() world.Config {
	return world.Config{
		Delay: c.Delay, Lag: c.Lag, Window: c.window(), Seed: c.Seed, ShuffleAZs: c.ShuffleAZs,
		Timing: world.Timing(c.Timing), Switches: world.Switches(c.Switches), Quotas: world.Quotas(c.Quotas),
	}
}

// window is how far behind reads are at most.
func (c *Cloud) window() time.Duration { return max(c.Lag, c.faults.window()) }

// now is the time of the world.
func (c *Cloud) now() (t time.Time) {
	c.do("", "", func(tx *world.Tx) { t = tx.Now })
	return t
}

// do runs a seeding or looking function as an account in a Region, under the world's lock.
func (c *Cloud) do(account, region string, run func(*world.Tx)) {
	c.world().Do(c.config(), account, region, run)
}
