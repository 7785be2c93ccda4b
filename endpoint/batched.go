package endpoint

import (
	"context"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
	"github.com/seed-326366ec/aws-privatelink/internal/limit"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// batched is one API for many callers: reads that they share, and a limiter before every request.
type batched struct {
	API                  // what the limiter lets through to; every method of it has its own in batched_calls.go
	lag    time.Duration // negative: as the API says
	limits limit.Limiter
	waits  poll.Shared
	shared sharedReads
	totals totals

	mu   sync.Mutex
	vpcs map[string]string // of endpoints by ID
}

var (
	_ converge.Queue = (*batched)(nil)
	_ reader         = (*batched)(nil)
)

// BatchOption changes what Batched does by default.
type BatchOption func(*batched)

// ReadLag says how far behind AWS lookups may be: the window in which the library takes what it does not see for not visible yet. The default
// is what the API knows of itself, else ten seconds; what a fake knows of itself goes before it.
func ReadLag(d time.Duration) BatchOption {
	return func(b *batched) { b.lag = max(d, 0) }
}

// MaxInFlight bounds how many calls of one operation are in flight at once, by default only by what AWS takes.
func MaxInFlight(calls int) BatchOption {
	return func(b *batched) { b.limits.Most = max(calls, 0) }
}

// CallLimit tells what AWS takes of one operation, where that is known: a token bucket of so many calls that so many a second refill. Without it
// the limit is learned from the first throttled calls; with it, from there. No rate, or no room for a call, is no limit known.
func CallLimit(operation string, perSecond float64, burst int) BatchOption {
	return func(b *batched) {
		if perSecond > 0 && burst > 0 {
			b.limits.Know(operation, perSecond, burst)
		}
	}
}

// Batched makes one API of an account and Region that any number of goroutines use at once: a thousand endpoints then take few more reads
// than one. It goes outermost, around any other decorator; make one, and give it to all declarations.
//
// Verbs of this package that are called with it share their reads: who asks while a request is in flight is answered by the next one,
// together with all others who do. Lookups ask for VPCs, reads for IDs, at most 199 in a request; a lone caller makes the same calls in the
// same time as without it. A read is answered only by a request that was sent after it was asked, and nothing is kept, so nobody reads what
// is older than a write of his own. A shared request has a context of its own: it ends when all who asked have left, and no one's cancel
// harms another. Deletions go together in the same way. Waits look at the same moments, so that a look costs one request however many wait, and
// they learn how long each kind takes.
//
// Every request waits for its turn in a queue of its operation, which learns from throttled calls how many AWS takes, and sends again what
// was throttled. A write's time in the queue does not count against a wait's Timeout; that of a shared read does, since AWS goes on with its
// work meanwhile. The client's own retries may stay as they are.
func Batched(api API, opts ...BatchOption) API {
	var p declare.Problems
	if p.API(api); len(p) > 0 {
		return api // the verbs say so
	}
	b := &batched{API: api, lag: -1, vpcs: map[string]string{}}
	for _, o := range opts {
		if o != nil {
			o(b)
		}
	}
	b.limits.Idle = poll.Pause
	b.waits.OnEnd = b.totals.ended
	b.shared.share(b)
	return b
}

// ReadLag is how far behind lookups may be, where calls do not say.
func (b *batched) ReadLag() time.Duration {
	if b.lag >= 0 {
		return b.lag
	}
	if r, ok := b.API.(lag.Reader); ok {
		return r.ReadLag()
	}
	return lag.Default
}

// Options are the client's, where it is one that tells.
func (b *batched) Options() ec2.Options {
	if c, ok := b.API.(interface{ Options() ec2.Options }); ok {
		return c.Options()
	}
	return ec2.Options{}
}

// Calls is how many AWS calls were made.
func (b *batched) Calls() int { return b.totals.calls() }

// Turn waits for the turn of a create: see converge.Queue.
func (b *batched) Turn(ctx context.Context) (context.Context, error) {
	turn, err := b.limits.Turn(ctx, opCreate)
	if err != nil {
		return ctx, err
	}
	return limit.With(ctx, turn), nil
}
