package simulation

import "fmt"

// Invariant is what no schedule may break, by the name under which a failure reports it.
type Invariant string

// The invariants.
const (
	OneLive   Invariant = "two live"           // of one identity
	Untouched Invariant = "foreign touched"    // what is not ours stays as it is
	EditsKept Invariant = "lost edit"          // what somebody else writes between a read and a write of ours
	Holds     Invariant = "declared state"     // after a completed WaitReady
	Clean     Invariant = "left behind"        // after a completed WaitGone
	Deleted   Invariant = "alive after delete" // after a completed Delete that could see what it was to delete
	Bounded   Invariant = "call bound"         // 6 × the calls without faults + 10
	Agreed    Invariant = "mixed declarations" // of two that differ one holds in the end
	Ends      Invariant = "no end"             // every writer ends
	Explained Invariant = "unexplained error"  // every error is one that a fault, or another writer, explains
)

// Broken is an invariant that did not hold.
type Broken struct {
	Invariant Invariant
	Detail    string
}

// Error begins with the word invariant and its name.
func (b *Broken) Error() string { return fmt.Sprintf("invariant %s: %s", b.Invariant, b.Detail) }

// Broken says that an invariant did not hold, and how that showed.
func (i Invariant) Broken(format string, args ...any) error {
	return &Broken{i, fmt.Sprintf(format, args...)}
}
