package world

import (
	"maps"
	"time"
)

// store is a table, whatever its records.
type store interface {
	belong(*past)
	sweep()
	copied() store
	adopt(store)
}

// State is a world as it was at a moment. It is never changed, so that many worlds may take it up.
type State struct {
	now                        time.Time
	stores                     []store
	ids, lags, draws, requests ids
	tokens                     tokenBook
	pools                      map[string]*pool
	turns                      map[string]int
	references                 map[string]bool
	delegated                  map[string][]string
	nextProof                  time.Time
	past                       past
}

// State copies the world. Records, which are immutable, are shared: it costs some words for each.
func (w *World) State() *State {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := &State{now: w.clock.now(), ids: w.ids.copied(), lags: w.lags.copied(), draws: w.draws.copied(), requests: w.requests.copied(),
		tokens: w.tokens.copied(), pools: copiedPools(w.pools), turns: maps.Clone(w.turns),
		references: maps.Clone(w.DNS.References), delegated: maps.Clone(w.DNS.Delegated), nextProof: w.nextProof, past: w.past}
	for _, t := range w.stores {
		s.stores = append(s.stores, t.copied())
	}
	return s
}

// Resume makes the world what it was. Its clock goes on from then.
func (w *World) Resume(s *State) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock.set(s.now)
	w.ids, w.lags, w.draws, w.requests = s.ids.copied(), s.lags.copied(), s.draws.copied(), s.requests.copied()
	w.tokens, w.pools, w.turns = s.tokens.copied(), copiedPools(s.pools), maps.Clone(s.turns)
	w.DNS.References, w.DNS.Delegated, w.nextProof = maps.Clone(s.references), maps.Clone(s.delegated), s.nextProof
	for i, t := range w.stores {
		t.adopt(s.stores[i])
		t.belong(&w.past)
	}
	w.past = s.past
}

func (b tokenBook) copied() tokenBook {
	out := make(tokenBook, len(b))
	for at, tokens := range b {
		out[at] = maps.Clone(tokens)
	}
	return out
}

func copiedPools(pools map[string]*pool) map[string]*pool {
	out := make(map[string]*pool, len(pools))
	for subnet, p := range pools {
		out[subnet] = p.copied()
	}
	return out
}

// copied is a table with the same records, and rows of its own.
func (t *Table[R]) copied() store {
	out := NewTable(t.head, t.keys...)
	out.seq, out.rows = t.seq, make(map[string]*Row[R], len(t.rows))
	rows, twins := make([]Row[R], 0, len(t.rows)), make(map[*Row[R]]*Row[R], len(t.rows))
	for _, row := range t.all.rows {
		if row.lost {
			continue
		}
		rows = append(rows, *row)
		twin := &rows[len(rows)-1]
		twin.versions = append(twin.first[:0], row.versions...)
		out.rows[t.head(row.last()).ID], twins[row] = twin, twin
	}
	out.all = t.all.copied(twins)
	for i, buckets := range t.buckets {
		out.buckets[i] = make(map[string]*bucket[R], len(buckets))
		for key, b := range buckets {
			twin := b.copied(twins)
			out.buckets[i][key] = &twin
		}
	}
	for _, row := range t.dying {
		if twin := twins[row]; twin != nil {
			out.dying = append(out.dying, twin)
		}
	}
	return out
}

func (b *bucket[R]) copied(twins map[*Row[R]]*Row[R]) bucket[R] {
	out := bucket[R]{rows: make([]*Row[R], 0, len(b.rows)-b.lost)}
	for _, row := range b.rows {
		if twin := twins[row]; twin != nil {
			out.rows = append(out.rows, twin)
		}
	}
	return out
}

// adopt makes the table a copy of another of its kind.
func (t *Table[R]) adopt(from store) {
	lost := t.onLost
	*t = *from.copied().(*Table[R])
	t.onLost = lost
}

// clock is the world's: the local one, or behind it by the time between a State and the world that took it up.
type clock struct {
	behind  time.Duration
	resumed bool
}

// now is the world's time. After a Resume it has no monotonic part, since that may be another bubble's of testing/synctest.
func (c *clock) now() time.Time {
	if !c.resumed {
		return time.Now()
	}
	return time.Now().Round(0).Add(-c.behind)
}

// set makes it a moment of the world's now.
func (c *clock) set(now time.Time) {
	c.resumed, c.behind = true, time.Now().Round(0).Sub(now.Round(0))
}

// Shown is a moment of the world's as its users see it, whose clock is the local one.
func (tx *Tx) Shown(t time.Time) time.Time { return t.Add(tx.clock.behind) }
