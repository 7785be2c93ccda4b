package poll

import (
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v4"
)

// jitter keeps many waiters from looking in step.
const jitter = 0.1

// Pace is a kind's default policy: one sparse pause, while it cannot be ready yet, then close ones around the time it usually takes, which
// grow once it is overdue.
type Pace struct {
	First time.Duration
	Then  time.Duration
	After time.Duration // overdue from then on
	Most  time.Duration // the longest pause

	Random *rand.Rand // of the jitter; nil: the runtime's
	Shared *Shared    // where waits share their looks
	Of     string     // what is waited for: a Shared learns how long each takes
}

// Endpoints have been seen to become available after 15 seconds to two minutes. The first look is a little later than that: one that is
// hardly ever lucky is dearer than the delay of the few that were early.
var Endpoints = Pace{First: 17 * time.Second, Then: 3900 * time.Millisecond, After: 2 * time.Minute, Most: 15 * time.Second}

// Policy starts the pauses of one wait.
func (p Pace) Policy() backoff.BackOff {
	if p.Shared != nil {
		return &together{Pace: p}
	}
	return &paced{Pace: p}
}

type paced struct {
	Pace
	waited, last time.Duration
}

// NextBackOff gives the next pause.
func (p *paced) NextBackOff() time.Duration {
	switch {
	case p.last == 0:
		p.last = p.First
	case p.waited < p.After:
		p.last = p.Then
	default:
		p.last = min(p.last*5/4, p.Most)
	}
	p.waited += p.last
	random := rand.Float64
	if p.Random != nil {
		random = p.Random.Float64
	}
	return time.Duration(float64(p.last) * (1 + jitter*(2*random()-1)))
}

// Reset starts over.
func (p *paced) Reset() { p.waited, p.last = 0, 0 }
