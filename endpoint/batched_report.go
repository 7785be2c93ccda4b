package endpoint

import (
	"sync"
	"time"
)

// BatchReport is what Batched tells of one operation.
type BatchReport struct {
	Op        string        // as AWS names it, such as "CreateVpcEndpoint"; or a wait that reached its end, such as "wait for interface endpoint"
	Calls     int           // of this operation so far; of a wait: how many reached their end
	Throttled int           // of them
	Took      time.Duration // the last one: of a call without its time in the queue, of a wait the time to ready (or to gone)
	Queued    time.Duration // how long the last one waited for its turn
	Err       error         // what came of the last one
}

// OnReport calls f after every call and after every wait that looked more than once, never twice at the same time.
func OnReport(f func(BatchReport)) BatchOption {
	return func(b *batched) { b.totals.watch = f }
}

// totals are what came of each operation.
type totals struct {
	watch func(BatchReport)

	telling sync.Mutex // one report at a time
	mu      sync.Mutex
	of      map[string]*BatchReport
	sent    int
}

func (t *totals) calls() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.sent
}

// call notes one call, and tells of it.
func (t *totals) call(throttled bool, r BatchReport) {
	t.mu.Lock()
	t.sent++
	t.mu.Unlock()
	t.tell(throttled, r)
}

// ended notes a wait that reached its end, and tells of it.
func (t *totals) ended(of string, took time.Duration) {
	t.tell(false, BatchReport{Op: of, Took: took})
}

func (t *totals) tell(throttled bool, r BatchReport) {
	t.telling.Lock()
	defer t.telling.Unlock()
	t.mu.Lock()
	total := t.of[r.Op]
	if total == nil {
		if t.of == nil {
			t.of = map[string]*BatchReport{}
		}
		total = &BatchReport{}
		t.of[r.Op] = total
	}
	total.Calls++
	if throttled {
		total.Throttled++
	}
	r.Calls, r.Throttled = total.Calls, total.Throttled
	t.mu.Unlock()
	if t.watch != nil {
		t.watch(r)
	}
}
