// Package merge lets many callers share few requests: who asks joins the next request, never one in flight, so that every answer is newer
// than its question. Nothing is cached.
package merge

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"
)

// DefaultPatience is how long callers wait for the end of a request in flight where a Merger does not say otherwise.
const DefaultPatience = 500 * time.Millisecond

// Merger merges the questions of its callers, which are keys of any kind, into requests. Set the fields before use; do not copy it.
//
// A lone caller's request leaves at once. What is asked while one is in flight leaves together when that one has landed. A request runs
// under a context of its own, without any caller's values, which ends when nobody waits for its answer any more.
type Merger[K comparable, A any] struct {
	// Send makes one request for some keys, all its pages. The answer goes to all who asked for one of them: it is theirs to read, not to
	// change. So does the error.
	Send func(ctx context.Context, keys []K) (A, error)
	// Max is how many keys a request takes; 0: any number. With 1, keys do not wait for one another: only askers of the same share.
	Max int
	// Plan splits the keys of one departure into those of single requests, each key in one, which then leave at the same time; nil: by Max.
	Plan func(keys []K) [][]K
	// Patience is how long callers wait for the end of a request in flight before theirs leaves all the same; 0: DefaultPatience.
	Patience time.Duration

	mu    sync.Mutex
	lanes map[K]*lane[K, A]
}

// lane is where callers wait for the same departure. There is one for all keys (the zero key's), or with Max 1 one for each.
type lane[K comparable, A any] struct {
	key  K
	next *departure[K, A]
	air  int // requests in flight
}

// departure is what gathers callers until it leaves.
type departure[K comparable, A any] struct {
	keys     []K
	wanted   map[K]int // by how many callers
	joined   int       // callers
	patience *time.Timer
	left     chan struct{}
	flights  map[K]*flight[K, A] // once it has left
}

// flight is one request.
type flight[K comparable, A any] struct {
	keys   []K
	wanted int // sum over its keys of those who still wait
	cancel context.CancelFunc
	landed chan struct{}
	answer A
	err    error
}

// Ask gives the answers to the requests that carried the keys, one of each request, all of them sent after Ask was called; no keys, none.
// When ctx ends the caller leaves with its error, and nobody else notices.
func (m *Merger[K, A]) Ask(ctx context.Context, keys ...K) ([]A, error) {
	if err := ctx.Err(); err != nil || len(keys) == 0 {
		return nil, err
	}
	if m.Max != 1 {
		return m.ask(ctx, *new(K), keys)
	}
	var all []A
	for _, key := range keys {
		one, err := m.ask(ctx, key, []K{key})
		if err != nil {
			return nil, err
		}
		all = append(all, one...)
	}
	return all, nil
}

func (m *Merger[K, A]) ask(ctx context.Context, at K, keys []K) ([]A, error) {
	d := m.join(at, keys)
	select {
	case <-d.left:
	case <-ctx.Done():
		m.leave(d, keys)
		return nil, ctx.Err()
	}
	var answers []A
	var heard []*flight[K, A]
	for _, key := range keys {
		f := d.flights[key]
		if slices.Contains(heard, f) {
			continue
		}
		select {
		case <-f.landed:
		case <-ctx.Done():
			m.leave(d, keys)
			return nil, ctx.Err()
		}
		if f.err != nil {
			m.leave(d, keys)
			return nil, f.err
		}
		heard, answers = append(heard, f), append(answers, f.answer)
	}
	return answers, nil
}

// join adds the keys to the next departure of a lane.
func (m *Merger[K, A]) join(at K, keys []K) *departure[K, A] {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.lanes[at]
	if l == nil {
		if m.lanes == nil {
			m.lanes = map[K]*lane[K, A]{}
		}
		l = &lane[K, A]{key: at}
		m.lanes[at] = l
	}
	d := l.next
	if d == nil {
		d = &departure[K, A]{wanted: map[K]int{}, left: make(chan struct{})}
		l.next = d
		if l.air == 0 {
			go m.gather(l, d)
		} else {
			d.patience = time.AfterFunc(m.patience(), func() { m.depart(l, d) })
		}
	}
	d.joined++
	for _, key := range keys {
		if _, known := d.wanted[key]; !known {
			d.keys = append(d.keys, key)
		}
		d.wanted[key]++
	}
	return d
}

func (m *Merger[K, A]) patience() time.Duration {
	if m.Patience == 0 {
		return DefaultPatience
	}
	return m.Patience
}

// mostYields bounds how often a departure lets others go first.
const mostYields = 100

// gather departs as soon as no goroutine that is ready to run adds anything: that takes no time, and keeps those who woke up together
// together.
func (m *Merger[K, A]) gather(l *lane[K, A], d *departure[K, A]) {
	for before, yields := -1, 0; yields < mostYields; yields++ {
		m.mu.Lock()
		now := d.joined
		m.mu.Unlock()
		if now == before {
			break
		}
		before = now
		runtime.Gosched()
	}
	m.depart(l, d)
}

// depart sends what has gathered.
func (m *Merger[K, A]) depart(l *lane[K, A], d *departure[K, A]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.next != d {
		return
	}
	l.next = nil
	if d.patience != nil {
		d.patience.Stop()
	}
	d.flights = make(map[K]*flight[K, A], len(d.keys))
	keys := slices.DeleteFunc(d.keys, func(key K) bool { return d.wanted[key] == 0 })
	if len(keys) > 0 {
		for _, some := range m.plan(keys) {
			m.launch(l, d, some)
		}
	}
	close(d.left)
	m.sweep(l)
}

func (m *Merger[K, A]) plan(keys []K) [][]K {
	switch {
	case m.Plan != nil:
		return m.Plan(keys)
	case m.Max == 0:
		return [][]K{keys}
	}
	return slices.Collect(slices.Chunk(keys, m.Max))
}

func (m *Merger[K, A]) launch(l *lane[K, A], d *departure[K, A], keys []K) {
	ctx, cancel := context.WithCancel(context.Background())
	f := &flight[K, A]{keys: keys, cancel: cancel, landed: make(chan struct{}), err: errNoAnswer}
	for _, key := range keys {
		d.flights[key] = f
		f.wanted += d.wanted[key]
	}
	l.air++
	go m.fly(ctx, l, f)
}

// errNoAnswer is what a request leaves behind that ended its goroutine.
var errNoAnswer = errors.New("the shared request that carried this one ended without an answer: call again")

func (m *Merger[K, A]) fly(ctx context.Context, l *lane[K, A], f *flight[K, A]) {
	defer m.land(l, f)
	f.answer, f.err = m.Send(ctx, f.keys)
}

// land gives the answer out, and lets those depart who waited for it.
func (m *Merger[K, A]) land(l *lane[K, A], f *flight[K, A]) {
	f.cancel()
	close(f.landed)
	m.mu.Lock()
	l.air--
	if d := l.next; d != nil && l.air == 0 {
		go m.gather(l, d)
	}
	m.sweep(l)
	m.mu.Unlock()
}

// sweep drops a lane that nobody uses.
func (m *Merger[K, A]) sweep(l *lane[K, A]) {
	if l.next == nil && l.air == 0 {
		delete(m.lanes, l.key)
	}
}

// leave takes a caller's keys out, and ends requests that nobody waits for any more.
func (m *Merger[K, A]) leave(d *departure[K, A], keys []K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range keys {
		d.wanted[key]--
		if f := d.flights[key]; f != nil {
			if f.wanted--; f.wanted == 0 {
				f.cancel()
			}
		}
	}
}
