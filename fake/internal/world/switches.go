package world

import "time"

// TokenMemory says how long AWS remembers the ClientToken of a create, which it does not document.
type TokenMemory int

// The memories of a token. Those that end some time after a create or delete end TokenLife after it.
const (
	ForgetAtDelete TokenMemory = iota
	ForgetWhenGone
	ForgetWithRow
	ForgetAfterCreate
	ForgetAfterDelete
	NeverForget
)

// String names the memory as the constants do.
func (m TokenMemory) String() string {
	return [...]string{"ForgetAtDelete", "ForgetWhenGone", "ForgetWithRow", "ForgetAfterCreate", "ForgetAfterDelete", "NeverForget"}[m]
}

// SpentToken says what a create answers whose token is remembered and made something before, with the same parameters.
type SpentToken int

// The answers to a spent token. The first two answer success, dead or alive; MismatchWhenDead is IdempotentParameterMismatch once the
// object is deleting; AlwaysIdempotentError is an Idempotent… error without an ID even while it lives.
const (
	AnswerCurrent SpentToken = iota
	AnswerFirst
	MismatchWhenDead
	AlwaysIdempotentError
)

// String names the answer as the constants do.
func (s SpentToken) String() string {
	return [...]string{"AnswerCurrent", "AnswerFirst", "MismatchWhenDead", "AlwaysIdempotentError"}[s]
}

// RefusedCreate says what a refused create does to its token.
type RefusedCreate int

// The fates of the token of a refused create: not used up; used up, the refusal being replayed to the same parameters and others being
// a mismatch; or remembered only for the mismatch.
const (
	NotSpent RefusedCreate = iota
	Replays
	Mismatch
)

// String names the fate as the constants do.
func (r RefusedCreate) String() string { return [...]string{"NotSpent", "Replays", "Mismatch"}[r] }

// Switches choose between readings of what AWS does not document. The zero value is the friendliest.
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

// Life is TokenLife or its default.
func (s *Switches) Life() time.Duration {
	if s.TokenLife > 0 {
		return s.TokenLife
	}
	return 24 * time.Hour
}

// Harsh is the worst of each undocumented behaviour. It has no Skew.
func Harsh() Switches {
	return Switches{
		TokenMemory: NeverForget, SpentToken: AlwaysIdempotentError, RefusedCreate: Replays, RulesFirst: true, OrderedParameters: true,
		HideDyingTags: true, ReferenceKept: true, MissingTypeHidesName: true, RandomLag: true, OtherSpellings: true, OtherCodes: true, OtherPrefixes: true,
		UsedTablesStay: true, StrictAccept: true, StrictDeltas: true,
		RefuseSubnetSwap: true, RoutedDeleteFails: true, IgnorePolicies: true, PlainPrincipalFilter: true, ActiveBalancers: true, PlainStatus: true, UnhealthyZonesStay: true, ClosedRegions: true, Date: true,
	}
}
