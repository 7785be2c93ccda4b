package dnszone

import (
	"time"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/lag"
)

// batched is one account's API for many callers: a limiter before every request, and reads that they share.
type batched struct {
	API   // what the limiter lets through to; every method of it has its own below
	limit *limiter
	token token         // of the create of a public zone that has its turn in hand
	lag   time.Duration // negative: as the API says
	reads *sharedReads
}

// BatchOption changes what Batched does by default.
type BatchOption func(*batched)

// Route 53 takes five requests a second for each account, of all operations together.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
const (
	defaultRequests = 5
	defaultPer      = time.Second
)

// Limit sets how many requests are sent in any span of time, by default 5 in a second, which is what Route 53 takes of a whole account; leave
// room for its other users. No requests, or no time, means no limit.
func Limit(requests int, per time.Duration) BatchOption {
	return func(b *batched) { b.limit = newLimiter(requests, per) }
}

// ReadLag says how far behind lookups may be, by default ten seconds; what a fake knows of itself goes before it.
func ReadLag(d time.Duration) BatchOption {
	return func(b *batched) { b.lag = max(d, 0) }
}

// Batched makes one API of an account that any number of goroutines use at once. Route 53 takes five requests a second from an account,
// whoever sends them: all requests pass one limiter, in the order in which they came. So make one for an account, and give it to all
// declarations; it goes outermost, around any other decorator.
//
// Verbs of this package that are called with it share their reads: those who ask for the same zone, or for zones by name, at the same time
// are answered by one request. A read is answered only by a request that was sent after it was asked, and nothing is kept, so that nobody
// reads what is older than a write of his own. A shared request has a context of its own: it ends when all who asked have left, and no one's
// cancel harms another. Waits for Route 53 to publish changes look at the oldest change first, and for a moment at no other while that is
// pending.
//
// The time that a write waits for its turn does not count against the Timeout of a wait. That of a shared read does, as it is nobody's own: with
// hundreds of declarations give them minutes.
func Batched(api API, opts ...BatchOption) API {
	var p declare.Problems
	if p.API(api); len(p) > 0 {
		return api // the verbs say so
	}
	b := &batched{API: api, limit: newLimiter(defaultRequests, defaultPer), token: make(token, 1), lag: -1}
	for _, o := range opts {
		if o != nil {
			o(b)
		}
	}
	b.reads = share(direct{b})
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
