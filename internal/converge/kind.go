// Package converge is the one loop in which every kind of resource converges: find, then create or compare and change; delete until gone.
//
// It holds the whole create protocol (exactly one resource of an identity, whatever is interrupted and however many try at once); a kind
// only says how to look, create, compare, change and delete itself. It knows no AWS operation.
package converge

import (
	"context"
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Ident says which resource a declaration means.
type Ident struct {
	Kind, Name, Scope string
	Locked            bool // AWS's own rule of uniqueness is the lock: a create needs no token and no hour
}

// Row is one resource, as a read showed it.
type Row[S any] struct {
	ID      string
	Name    string // the declared name that its mark bears, "" without one
	State   privatelink.State
	Created time.Time // by AWS's clock; zero for the kinds that do not tell
	New     bool      // a create's answer that cannot be a replay
	Err     error     // for the failed states: what AWS says of it
	Snap    *S
}

// Rows is the answer to one read.
type Rows[S any] struct {
	Rows   []Row[S]
	Sent   time.Time     // when it was sent, by our clock; zero for just now
	Date   time.Time     // AWS's clock, zero where the answer does not tell
	Window time.Duration // how far behind the read may be, Untold where the answer does not tell
	// Vanished tells that something of the identity was listed, and not there any more when it was read.
	Vanished bool
}

// Untold is the window of an answer that says nothing of it, such as AWS's error for an ID that is not there.
const Untold time.Duration = -1

// Delta is one difference between a resource and its declaration.
type Delta struct {
	privatelink.Change
	Later string // why it cannot be applied yet, "" when it can
}

// Kind is what a kind of resource says of itself. Every method but the reads and the writes is pure.
type Kind[S any] interface {
	Ident() Ident
	// API is the client that the verb was given.
	API() any
	// Problems names everything that is wrong with the part of the declaration that a verb needs.
	Problems(part Scope) []string
	// Pace is the default policy of its waits.
	Pace() poll.Pace

	// Look finds the rows of the identity, compared here byte for byte, all pages. Wide looks pass by the name in the filter: they show
	// every state, and count a dying row of this kind without a name as ours.
	Look(ctx context.Context, wide bool) (Rows[S], error)
	// Read reads by ID; what is not there is not in the answer.
	Read(ctx context.Context, ids ...string) (Rows[S], error)

	Create(ctx context.Context, token string) (Row[S], error)
	// Diff compares; have is nil for a resource that is yet to be made.
	Diff(have *S) []Delta
	// Change applies what Diff says can be applied now, and gives the snapshot that then holds.
	Change(ctx context.Context, have *S) (*S, error)
	// Ready says for what a resource that needs no change still waits, "" when the declaration holds.
	Ready(have *S) (waiting string)
	// Mark notes in a snapshot what came of it.
	Mark(have *S, outcome privatelink.Outcome, waiting string)

	// Delete asks for the deletion of these rows; what is gone already is no error.
	Delete(ctx context.Context, rows []Row[S]) error
	// Left says what still holds the place of resources that are no longer listed, "" when nothing does.
	Left(ctx context.Context, rows []Row[S]) (string, error)

	Refusal(error) awserr.Refusal
}

// Warner is a kind that can look ahead: Plan shows what it says.
type Warner[S any] interface {
	Warnings(ctx context.Context, have *S) ([]string, error)
}

// Sweeper is a kind that leaves things behind which have to go even where no row is alive any more.
type Sweeper[S any] interface {
	Sweep(ctx context.Context, rows []Row[S]) error
}

// Lingerer is a kind of which an earlier life may have left something that has to go and that lookups do not show yet, though all they show is as
// declared: WaitReady is done by a look that is sent at least a window after it began.
type Lingerer[S any] interface{ Lingers(have *S) bool }

// Explainer is a kind that can look up why AWS refused, "" where there is nothing to add to AWS's own text.
type Explainer interface {
	Explain(ctx context.Context, refusal error) string
}

// Namer is a kind that can say what is in the way after a refusal by a rule of uniqueness: something that is not of this identity, "" where
// nothing is found.
type Namer interface {
	InTheWay(ctx context.Context, refusal error) string
}

// TwinFinder is a kind for which it is dear to look at what may be of this identity though no token of it made it. Twins is a wide look that
// leaves that out: between two asks of a token only what the token has made is of interest.
type TwinFinder[S any] interface {
	Twins(ctx context.Context) (Rows[S], error)
}

// Scope says how much of a declaration a verb needs.
type Scope uint8

// The scopes.
const (
	Identity Scope = iota // Find, Delete, WaitGone
	Planning              // Plan: values that another resource will give may be empty
	Whole                 // Ensure, WaitReady, Validate
)
