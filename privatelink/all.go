package privatelink

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"time"
)

// DefaultInFlight is how many items EnsureAll works on at once where InFlight does not say otherwise.
const DefaultInFlight = 64

// AllOption changes how EnsureAll goes about it.
type AllOption interface{ applyAll(*allSettings) }

type allSettings struct {
	inFlight int
	tell     []func(AllProgress)
	waits    []WaitOption
}

type allOption func(*allSettings)

func (o allOption) applyAll(s *allSettings) { o(s) }

// InFlight bounds how many items call AWS at once, by default DefaultInFlight. Those that only wait, for AWS to make something or for their
// turn, are not counted: all items wait at the same time, however many they are. Less than one is the default.
func InFlight(n int) AllOption {
	return allOption(func(s *allSettings) { s.inFlight = n })
}

// EachWait gives the options of each item's wait. Its Timeout is that of each item, from when the item's turn has come.
func EachWait(opts ...WaitOption) AllOption {
	return allOption(func(s *allSettings) { s.waits = append(s.waits, opts...) })
}

// AllProgress tells where an EnsureAll stands.
type AllProgress struct {
	Done, Waiting, Failed int           // items; together all of them
	Elapsed               time.Duration // since it began
	Calls                 int           // AWS calls of the clients that count them, as those of Batched do; 0 with others
	Latest                Progress      // the item that was looked at last
}

// OnProgress calls f after each look at an item and whenever one is done or has failed; never twice at the same time. Given several times, each
// is called.
func OnProgress(f func(AllProgress)) AllOption {
	return allOption(func(s *allSettings) {
		if f != nil {
			s.tell = append(s.tell, f)
		}
	})
}

// EnsureAll brings all items to their declarations: WaitReady of each, all at the same time and so in no order; what needs another item first
// belongs into a later call. The failure of one does not stop the others: the error names each that failed, and matches what any of them
// matches. An ended context ends all. Run it again to go on: what is there is found and not made twice.
//
// With a thousand endpoints give all of them one client that endpoint.Batched made; then they share their calls.
func EnsureAll(ctx context.Context, items []Bound, opts ...AllOption) error {
	s := allSettings{inFlight: DefaultInFlight}
	for _, o := range opts {
		if o != nil {
			o.applyAll(&s)
		}
	}
	if s.inFlight < 1 {
		s.inFlight = DefaultInFlight
	}
	a := &all{allSettings: s, began: time.Now(), gate: make(gate, s.inFlight), progress: AllProgress{Waiting: len(items)}}
	a.count(items)
	errs := make([]error, len(items))
	var running sync.WaitGroup
	for i, item := range items {
		running.Go(func() { errs[i] = a.ensure(ctx, item) })
	}
	running.Wait()
	return errors.Join(errs...)
}

// all is one EnsureAll.
type all struct {
	allSettings
	began    time.Time
	gate     gate
	counters []counter
	before   int // calls that were counted already

	mu       sync.Mutex
	progress AllProgress
}

// counter is a client that counts its calls.
type counter interface{ Calls() int }

// count finds the clients that count, each once.
func (a *all) count(items []Bound) {
	known := map[counter]bool{}
	for _, item := range items {
		if c, ok := item.api.(counter); ok && reflect.TypeOf(c).Comparable() && !known[c] {
			known[c] = true
			a.counters = append(a.counters, c)
		}
	}
	a.before = a.calls()
}

func (a *all) calls() (n int) {
	for _, c := range a.counters {
		n += c.Calls()
	}
	return n
}

func (a *all) ensure(ctx context.Context, item Bound) error {
	looked := OnPoll(func(p Progress) {
		a.note(func(now *AllProgress) { now.Latest = p })
	})
	err := item.WaitReady(ctx, append([]WaitOption{looked, behind(a.gate)}, a.waits...)...)
	a.note(func(now *AllProgress) {
		now.Waiting--
		if err != nil {
			now.Failed++
		} else {
			now.Done++
		}
	})
	return err
}

// note changes the progress, and tells of it.
func (a *all) note(change func(*AllProgress)) {
	if len(a.tell) == 0 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	change(&a.progress)
	a.progress.Elapsed, a.progress.Calls = time.Since(a.began), a.calls()-a.before
	for _, f := range a.tell {
		f(a.progress)
	}
}

// gate lets in as many as it has room for.
type gate chan struct{}

func (g gate) Enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g gate) Leave() { <-g }

func behind(g Gate) WaitOption {
	return waitOption(func(s *WaitSettings) { s.Gate = g })
}
