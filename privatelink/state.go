package privatelink

import "strings"

// State is the state of a resource as AWS reports it. AWS spells states differently by kind ("available", "Available"), so parse what it
// says with ParseState, which folds case; states that this module does not know are kept as AWS spells them.
type State string

// The states of endpoints, connections and endpoint services.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
const (
	Pending           State = "pending"           // being provisioned, or being modified
	PendingAcceptance State = "pendingAcceptance" // waits for the provider to accept
	Available         State = "available"         // usable
	Deleting          State = "deleting"          // deleted, and not yet gone
	Deleted           State = "deleted"           // gone, and still listed
	Rejected          State = "rejected"          // the provider refused it
	Failed            State = "failed"            // AWS could not make it
	Expired           State = "expired"           // the provider did not accept in time
	Partial           State = "partial"           // in AWS's enumeration; treated as a failure
)

var states = []State{Pending, PendingAcceptance, Available, Deleting, Deleted, Rejected, Failed, Expired, Partial}

// ParseState gives the State that AWS means by s, whatever its case.
func ParseState(s string) State {
	for _, known := range states {
		if strings.EqualFold(s, string(known)) {
			return known
		}
	}
	return State(s)
}

// Is tells whether two states are the same, whatever their case.
func (s State) Is(other State) bool { return strings.EqualFold(string(s), string(other)) }

// Alive tells whether a resource in this state holds its identity: every state but deleting and deleted, the failed ones included.
func (s State) Alive() bool { return !s.Is(Deleting) && !s.Is(Deleted) }

// Failure is what a resource in this state has come to: ErrRejected, ErrFailed (failed, expired, partial), or nil for every other state.
func (s State) Failure() error {
	switch {
	case s.Is(Rejected):
		return ErrRejected
	case s.Is(Failed), s.Is(Expired), s.Is(Partial):
		return ErrFailed
	}
	return nil
}

// Outcome says what a verb did: the strongest of all its passes.
type Outcome string

// The outcomes.
const (
	Unchanged Outcome = "unchanged" // it was there, and as declared
	Updated   Outcome = "updated"   // it was there, and was changed
	Created   Outcome = "created"   // it was made during this call, by us or by a twin of ours at the same moment
)

// Strongest gives the stronger of two outcomes.
func (o Outcome) Strongest(other Outcome) Outcome {
	rank := map[Outcome]int{Unchanged: 1, Updated: 2, Created: 3}
	if rank[other] > rank[o] {
		return other
	}
	return o
}
