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

// Switches choose between readings of what AWS does not document. The zero value is the friendliest. fake.Switches, which is converted to it,
// says what the fields mean.
type Switches struct {
	TokenMemory                                                                                             TokenMemory
	TokenLife                                                                                               time.Duration
	SpentToken                                                                                              SpentToken
	RefusedCreate                                                                                           RefusedCreate
	RulesFirst, OrderedParameters, HideDyingTags, ReferenceKept, MissingTypeHidesName, RandomLag            bool
	OtherSpellings, OtherCodes, OtherPrefixes, UsedTablesStay, StrictAccept, StrictDeltas                   bool
	IgnorePolicies, RefuseSubnetSwap, RoutedDeleteFails, PlainPrincipalFilter, ActiveBalancers, PlainStatus bool
	UnhealthyZonesStay, ClosedRegions, Date                                                                 bool
	Skew                                                                                                    time.Duration
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
