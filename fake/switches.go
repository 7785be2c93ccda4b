package fake

import (
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Switches choose between readings of what AWS does not document; the zero value takes the friendliest.
type Switches struct {
	// TokenMemory is how long a ClientToken is remembered: by default until its object is deleted.
	TokenMemory TokenMemory
	// TokenLife is the time of ForgetAfterCreate and ForgetAfterDelete, and of the memory of refused creates; zero: 24 hours.
	TokenLife time.Duration
	// SpentToken is the answer to a remembered token: by default the object as it is now.
	SpentToken SpentToken
	// RefusedCreate is what becomes of a refused create's token: by default it stays unused.
	RefusedCreate RefusedCreate
	// RulesFirst checks a create's rules before its token, so that a repeated create can be refused because of its own first effect.
	RulesFirst bool
	// OrderedParameters lets the order of list members count when the parameters of one token are compared.
	OrderedParameters bool
	// HideDyingTags leaves a deleting row without tags: tag filters miss it.
	HideDyingTags bool
	// ReferenceKept makes a Route 53 CallerReference unusable for ever; by default deleting the zone frees it.
	ReferenceKept bool
	// MissingTypeHidesName lets a private zone answer NXDOMAIN for a name that it has of another type only, as AWS's guide puts it; by default
	// it answers without an error and without a record, as DNS does.
	MissingTypeHidesName bool
	// RandomLag draws the lag of each row and read from [0, Lag] instead of Lag itself.
	RandomLag bool
	// OtherSpellings uses the rarer of two codes where AWS is known to have both (InvalidSubnetId for InvalidSubnetID and the like).
	OtherSpellings bool
	// OtherCodes gives the refusals that are known, but not by their code, another one that AWS might have for them: private DNS before
	// acceptance or of an unverified name, a service's last load balancer or load balancers of two kinds, a connection in the wrong state, the
	// quotas of services.
	OtherCodes bool
	// OtherPrefixes gives connections and permissions IDs that do not begin with vpce-con- and vpce-svc-perm-, which no document shows.
	OtherPrefixes bool
	// UsedTablesStay refuses to delete a route table that a gateway endpoint uses; by default the endpoint loses it.
	UsedTablesStay bool
	// StrictAccept makes accepting a rejected or already accepted connection an Unsuccessful item; by default both succeed.
	StrictAccept bool
	// StrictDeltas refuses adding what is there and removing what is not (subnets, groups, route tables, load balancers, principals, Regions); by default
	// nothing happens.
	// Removing a security group that is not attached is refused either way.
	StrictDeltas bool
	// IgnorePolicies lets a custom policy on a service that takes none succeed without effect; by default it is refused.
	IgnorePolicies bool
	// RefuseSubnetSwap refuses a modify that adds and removes subnets of one Availability Zone together.
	RefuseSubnetSwap bool
	// RoutedDeleteFails makes deleting a Gateway Load Balancer endpoint that a route still uses fail as a whole; by default it is an
	// Unsuccessful item.
	RoutedDeleteFails bool
	// PlainPrincipalFilter refuses the ARN of a role or user as value of the filter principal; by default it is a value like any other.
	PlainPrincipalFilter bool
	// ActiveBalancers refuses a service on a load balancer that is not active yet; by default it may be provisioning.
	ActiveBalancers bool
	// PlainStatus gives every refusal of EC2's that is no server error the HTTP status 400; by default a dry run has 412.
	PlainStatus bool
	// UnhealthyZonesStay lets an endpoint's regional name keep the addresses in zones where the service has no healthy target; by default it
	// gives the others, as AWS's guide says of healthy network interfaces without saying what makes them so.
	UnhealthyZonesStay bool
	// ClosedRegions lets a Region that is removed from a service end as Closed; by default it ends as Deleted. It stays listed either way.
	ClosedRegions bool
	// Date puts the server's time, in whole seconds, into each answer's metadata; by default there is none.
	Date bool
	// Skew is how far AWS's clock is ahead of the local one: in Date and in creation times.
	Skew time.Duration
}

// Harsh is the worst of each undocumented behaviour of AWS: code that works under it and under the zero Switches has made no assumption.
func Harsh() Switches { return Switches(world.Harsh()) }

// The types of the switches that are more than on and off.
type (
	// TokenMemory says how long a ClientToken is remembered.
	TokenMemory = world.TokenMemory
	// SpentToken says what a create answers whose token is remembered and made something before, with the same parameters.
	SpentToken = world.SpentToken
	// RefusedCreate says what a refused create does to its token.
	RefusedCreate = world.RefusedCreate
)

// The settings of Switches.TokenMemory: when a ClientToken is forgotten.
const (
	ForgetAtDelete    = world.ForgetAtDelete    // when the delete of its object is asked for; the zero value
	ForgetWhenGone    = world.ForgetWhenGone    // when its object is deleted
	ForgetWithRow     = world.ForgetWithRow     // when its object is no longer listed, as deleted either
	ForgetAfterCreate = world.ForgetAfterCreate // TokenLife after the create, whatever became of its object
	ForgetAfterDelete = world.ForgetAfterDelete // TokenLife after the delete
	NeverForget       = world.NeverForget
)

// The settings of Switches.SpentToken: what a create answers whose token made something before.
const (
	AnswerCurrent         = world.AnswerCurrent         // success: the object as it is now, dead or alive; the zero value
	AnswerFirst           = world.AnswerFirst           // success: the first answer once more, dead or alive
	MismatchWhenDead      = world.MismatchWhenDead      // IdempotentParameterMismatch once the object is deleting
	AlwaysIdempotentError = world.AlwaysIdempotentError // an Idempotent… error without an ID, even while the object lives
)

// The settings of Switches.RefusedCreate: what a refused create does to its token.
const (
	NotSpent = world.NotSpent // nothing; the zero value
	Replays  = world.Replays  // it is spent: the same parameters are refused in the same way, others are a mismatch
	Mismatch = world.Mismatch // it is remembered: other parameters are a mismatch
)
