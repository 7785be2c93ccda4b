package fake

import (
	"context"
	"sync"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Timing is how long each asynchronous move of AWS takes; fields that are zero take Cloud.Delay, save where they say otherwise.
type Timing = world.Timing

// Switches choose between readings of what AWS does not document; the zero value takes the friendliest.
type Switches = world.Switches

// The types of the switches that are more than on and off.
type (
	// TokenMemory says how long a ClientToken is remembered.
	TokenMemory = world.TokenMemory
	// SpentToken says what a create answers whose token made something before.
	SpentToken = world.SpentToken
	// RefusedCreate says what a refused create does to its token.
	RefusedCreate = world.RefusedCreate
)

// The settings of Switches.TokenMemory: when a ClientToken is forgotten.
const (
	ForgetAtDelete    = world.ForgetAtDelete
	ForgetWhenGone    = world.ForgetWhenGone
	ForgetWithRow     = world.ForgetWithRow
	ForgetAfterCreate = world.ForgetAfterCreate
	ForgetAfterDelete = world.ForgetAfterDelete
	NeverForget       = world.NeverForget
)

// The settings of Switches.SpentToken: what a create answers whose token made something before.
const (
	AnswerCurrent         = world.AnswerCurrent
	AnswerFirst           = world.AnswerFirst
	MismatchWhenDead      = world.MismatchWhenDead
	AlwaysIdempotentError = world.AlwaysIdempotentError
)

// The settings of Switches.RefusedCreate: what a refused create does to its token.
const (
	NotSpent = world.NotSpent
	Replays  = world.Replays
	Mismatch = world.Mismatch
)

// Harsh is the worst of each undocumented behaviour of AWS: code that works under it and under the zero Switches has made no assumption.
func Harsh() Switches { return world.Harsh() }

// Realistic is the order of magnitude of AWS's own times: minutes for endpoints, seconds for the rest.
func Realistic() Timing {
	return Timing{
		Provision: 75 * time.Second, Modify: 45 * time.Second, Delete: 2 * time.Minute, DeletedRow: 20 * time.Second,
		ConnectionRow: time.Minute, Expire: 7 * 24 * time.Hour, ServiceProvision: 2 * time.Second, ServiceUsable: 10 * time.Second,
		ServiceDelete: 20 * time.Second, BalancerRelease: 30 * time.Second, LoadBalancer: 2 * time.Minute, Verification: 30 * time.Second, Detection: 2 * time.Minute, Permission: 5 * time.Second, ZoneChange: 40 * time.Second, ZoneBusy: 300 * time.Millisecond,
	}
}

// Cloud is an AWS in memory, with any number of accounts and Regions. The zero value is ready: everything happens at once, reads are
// never stale, and the same calls get the same identifiers. Set the fields before use; do not copy a Cloud. Its methods and those of its
// accounts are safe for concurrent use.
type Cloud struct {
	// Delay is how long each asynchronous move takes: pending to available, a modify, deleting to deleted, PENDING to INSYNC.
	Delay time.Duration
	// Lag is how far behind reads are: they see the world as it was Lag ago. Answers carry it in their metadata.
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
	return world.Config{Delay: c.Delay, Lag: c.Lag, Window: c.window(), Timing: c.Timing, Switches: c.Switches, Quotas: c.Quotas, Seed: c.Seed, ShuffleAZs: c.ShuffleAZs}
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
