package fake

import (
	"context"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Inject lets faults befall calls from now on, besides those injected before. Each counts for itself. A call meets them in the order in which
// they were injected, after the Before hook: several may befall it, until one refuses it. The journal has their names in Call.Faults.
func (c *Cloud) Inject(faults ...Fault) {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	for _, f := range faults {
		in := &injected{Fault: f, seen: map[string]uint64{}, buckets: map[string]*bucket{}}
		if in.seed == 0 {
			in.seed = c.Seed + uint64(len(c.faults.all))<<32
		}
		c.faults.all = append(c.faults.all, in)
	}
	c.faults.settle()
}

// Heal ends all faults.
func (c *Cloud) Heal() {
	c.faults.mu.Lock()
	defer c.faults.mu.Unlock()
	c.faults.all = nil
	c.faults.settle()
}

// faults are those of a cloud.
type faults struct {
	mu    sync.Mutex
	all   []*injected
	some  atomic.Bool
	stale atomic.Int64 // the longest StaleRead
}

// injected is a fault at work, with its counters.
type injected struct {
	Fault
	covered, struck int
	seen            map[string]uint64 // calls by caller, account, Region and operation
	buckets         map[string]*bucket
}

// settle makes known what all calls need to know. It runs under the lock.
func (s *faults) settle() {
	var longest time.Duration
	for _, in := range s.all {
		if in.name == "StaleRead" {
			longest = max(longest, in.from, in.to)
		}
	}
	s.some.Store(len(s.all) > 0)
	s.stale.Store(int64(longest))
}

func (s *faults) window() time.Duration { return time.Duration(s.stale.Load()) }

func (s *faults) snapshot() []*injected {
	s.mu.Lock()
	defer s.mu.Unlock()
	return copies(s.all)
}

func (s *faults) restore(all []*injected) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = copies(all)
	s.settle()
}

// copies are faults with their counters as they stand.
func copies(all []*injected) []*injected {
	out := make([]*injected, len(all))
	for i, in := range all {
		twin := *in
		twin.seen, twin.buckets = maps.Clone(in.seen), map[string]*bucket{}
		for key, b := range in.buckets {
			have := *b
			twin.buckets[key] = &have
		}
		out[i] = &twin
	}
	return out
}

// befall works out what befalls a call.
func (s *faults) befall(ctx context.Context, call *Call, now time.Time) *blow {
	b := &blow{call: call, now: now, mortal: mortalOf(ctx)}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, in := range s.all {
		if b.refusal != nil {
			break
		}
		if !in.covers(call, b.mortal != nil) || !in.chosen(b) {
			continue
		}
		b.in, b.missed = in, false
		if in.strike(&in.Fault, b); !b.missed {
			in.struck++
			call.Faults = append(call.Faults, in.name)
		}
	}
	return b
}

// chosen counts a call that the fault covers and says whether it is one to befall.
func (in *injected) chosen(b *blow) bool {
	in.covered++
	b.draw = in.dice(b.call)
	switch {
	case in.never, in.covered <= in.skip, in.times > 0 && in.struck >= in.times:
		return false
	case len(in.nth) > 0 && !slices.Contains(in.nth, in.covered):
		return false
	}
	return in.chance == 0 || b.draw.Float64() < in.chance
}

// dice are the draws of one call: they depend on whose it is and on how many like it came before, not on other callers.
func (in *injected) dice(c *Call) *rand.Rand {
	key := c.Caller + "\x00" + c.Account + "\x00" + c.Region + "\x00" + c.Op
	in.seen[key]++
	h := fnv.New64a()
	_, _ = h.Write([]byte(key))
	return rand.New(rand.NewPCG(in.seed^h.Sum64(), in.seen[key]*0x9e3779b97f4a7c15))
}
