package poll

import (
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Shared is the pace of many waits whose looks cost no more than one: they look at the same moments, and so more closely than one alone
// would. It learns how long each kind of wait usually takes. The zero value is ready; do not copy it.
type Shared struct {
	// OnEnd is told how long waits took that looked more than once and reached their end; nil: nobody is.
	OnEnd func(of string, took time.Duration)
	// Random decides on its moments; nil: the runtime's.
	Random *rand.Rand

	mu    sync.Mutex
	began time.Time
	seed  uint64
	seen  map[string]*history
}

// history is how long the latest waits of a kind took.
type history struct {
	took [64]time.Duration
	n    int
}

const (
	tick    = 940 * time.Millisecond // between the moments at which anybody may look
	usual   = 3                      // every third of them is for those who do not know better
	alike   = 12 * time.Second       // waits whose times differ by less are looked at at every moment
	samples = 8                      // before which nothing is known
)

// learner is a policy that wants to know when its wait reached the end.
type learner interface{ learn() }

// together is the policy of one wait.
type together struct {
	Pace
	began time.Time
}

// NextBackOff gives the pause until the next moment that is for this wait.
func (t *together) NextBackOff() time.Duration {
	now := time.Now()
	least, most, known := t.Shared.span(t.Of)
	first, every := t.First-2*tick, usual // a look costs little here
	if known {
		first = min(first, max(least-2*tick, tick))
	}
	if known && most-least < alike {
		first, every = max(least-2*tick, tick), 1
	}
	if t.began.IsZero() {
		t.began = now
		return t.Shared.moment(now, first, every)
	}
	waited, overdue := now.Sub(t.began), t.After
	if known {
		overdue = max(overdue, most+alike)
	}
	switch {
	case waited > 2*overdue:
		every = 4 * usual
	case waited > overdue:
		every = 2 * usual
	case waited > most+alike:
		every = usual
	}
	return t.Shared.moment(now, tick/2, every)
}

// Reset starts over.
func (t *together) Reset() { t.began = time.Time{} }

func (t *together) learn() {
	if t.began.IsZero() {
		return
	}
	took := time.Since(t.began)
	t.Shared.note(t.Of, took)
	if t.Shared.OnEnd != nil {
		t.Shared.OnEnd(t.Of, took)
	}
}

func (s *Shared) note(of string, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.seen[of]
	if h == nil {
		if s.seen == nil {
			s.seen = map[string]*history{}
		}
		h = &history{}
		s.seen[of] = h
	}
	h.took[h.n%len(h.took)] = took
	h.n++
}

// span is between which times the latest waits ended.
func (s *Shared) span(of string) (least, most time.Duration, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.seen[of]
	if h == nil || h.n < samples {
		return 0, 0, false
	}
	took := h.took[:min(h.n, len(h.took))]
	return slices.Min(took), slices.Max(took), true
}

// moment says how long it is to the first moment after a pause that is for those who look at every so many of them.
func (s *Shared) moment(now time.Time, pause time.Duration, every int) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.began.IsZero() {
		s.start(now)
	}
	n := int((now.Sub(s.began) + pause + tick/2) / tick) // the nearest
	n = (n + every - 1) / every * every
	for {
		if d := s.at(n).Sub(now); d >= pause-tick/2 && d > 0 {
			return d
		}
		n += every
	}
}

// start chooses the moments.
func (s *Shared) start(now time.Time) {
	random := s.Random
	if random == nil {
		random = rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))
	}
	s.seed = random.Uint64()
	s.began = now.Add(-time.Duration(random.Float64() * float64(usual*tick)))
}

// at is the nth moment, jittered by the same for all waits, so that they stay together.
func (s *Shared) at(n int) time.Time {
	random := rand.New(rand.NewPCG(s.seed, uint64(n))).Float64()
	return s.began.Add(time.Duration((float64(n) + jitter*usual*(2*random-1)) * float64(tick)))
}
