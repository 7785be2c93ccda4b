package world

import (
	"slices"
	"time"
)

// Table holds the records of one kind, each with its recent history, in the order in which they came.
type Table[R any] struct {
	head    func(*R) *Meta
	keys    []func(*R) string
	rows    map[string]*Row[R]
	fresh   []Row[R] // for the next records: rows are made some at a time
	all     bucket[R]
	buckets []map[string]*bucket[R]
	dying   []*Row[R]
	seq     uint64
	past    *past
	onLost  func(*R) // called when a record is forgotten
}

// past is what the tables of a world know together: the moment before which no read looks, and how many rows are ending.
type past struct {
	horizon time.Time
	dying   int
}

// Row is one record's timeline.
type Row[R any] struct {
	Seq      uint64 // grows with each new row of the table: the place to go on from when paging
	versions []version[R]
	first    [1]version[R] // the space of versions, until there are two
	lost     bool
}

type version[R any] struct {
	at  time.Time
	rec *R // nil: gone
}

type bucket[R any] struct {
	rows []*Row[R]
	lost int
}

// rowsAtOnce are made in one piece, which lasts as long as one of them.
const rowsAtOnce = 16

// NewTable makes a table. Each key function is an index, named by its position; its key must not change in a record's life. An index has
// no records whose key is "".
func NewTable[R any](head func(*R) *Meta, keys ...func(*R) string) *Table[R] {
	t := &Table[R]{head: head, keys: keys, rows: map[string]*Row[R]{}, buckets: make([]map[string]*bucket[R], len(keys)), past: &past{}}
	for i := range keys {
		t.buckets[i] = map[string]*bucket[R]{}
	}
	return t
}

// At is the row's record as of a moment, nil when there was none.
func (r *Row[R]) At(seen time.Time) *R {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if !r.versions[i].at.After(seen) {
			return r.versions[i].rec
		}
	}
	return nil
}

// At is the record of an ID as of a moment, nil when there was none.
func (t *Table[R]) At(id string, seen time.Time) *R {
	row := t.rows[id]
	if row == nil {
		return nil
	}
	return row.At(seen)
}

// Row is the timeline of an ID, nil when it was never there or is forgotten.
func (t *Table[R]) Row(id string) *Row[R] { return t.rows[id] }

// Put writes a version of a record that holds from a moment on. The caller must not change rec afterwards.
func (t *Table[R]) Put(at time.Time, rec *R) {
	id := t.head(rec).ID
	row := t.rows[id]
	if row == nil {
		row = t.add(id, rec)
	}
	row.prune(t.past.horizon)
	row.insert(version[R]{at, rec})
}

// Drop ends a record at a moment, which may lie ahead.
func (t *Table[R]) Drop(id string, at time.Time) {
	row := t.rows[id]
	if row == nil {
		return
	}
	row.insert(version[R]{at: at})
	t.dying = append(t.dying, row)
	t.past.dying++
}

func (t *Table[R]) add(id string, rec *R) *Row[R] {
	t.seq++
	if len(t.fresh) == 0 {
		t.fresh = make([]Row[R], min(rowsAtOnce, 1+len(t.rows)))
	}
	row := &t.fresh[0]
	t.fresh = t.fresh[1:]
	row.Seq, row.versions = t.seq, row.first[:0]
	t.rows[id] = row
	t.all.rows = append(t.all.rows, row)
	for i, key := range t.keys {
		k := key(rec)
		if k == "" {
			continue
		}
		b := t.buckets[i][k]
		if b == nil {
			b = &bucket[R]{}
			t.buckets[i][k] = b
		}
		b.rows = append(b.rows, row)
	}
	return row
}

func (r *Row[R]) insert(v version[R]) {
	i := len(r.versions)
	for i > 0 && r.versions[i-1].at.After(v.at) {
		i--
	}
	if i == len(r.versions) {
		r.versions = append(r.versions, v)
		return
	}
	r.versions = slices.Insert(r.versions, i, v)
}

// prune forgets versions that no read can see any more. The oldest that is left holds from the row's beginning, for reads that look back
// further than reads did when it was pruned.
func (r *Row[R]) prune(horizon time.Time) {
	n := 0
	for n+1 < len(r.versions) && !r.versions[n+1].at.After(horizon) {
		n++
	}
	if n > 0 {
		r.versions[n].at = r.versions[0].at
		r.versions = slices.Delete(r.versions, 0, n)
	}
}

// sweep forgets rows that have been gone since before the horizon.
func (t *Table[R]) sweep() {
	n := 0
	for n < len(t.dying) && (t.dying[n].revived() || t.dying[n].goneBy(t.past.horizon)) {
		if !t.dying[n].revived() {
			t.forget(t.dying[n])
		}
		n++
	}
	if n > 0 {
		t.dying = slices.Delete(t.dying, 0, n)
		t.past.dying -= n
	}
}

// belong makes the table one of a world's.
func (t *Table[R]) belong(to *past) { t.past = to }

// revived says whether a record was put again after it was dropped, as a VPC that is associated anew.
func (r *Row[R]) revived() bool { return !r.lost && r.versions[len(r.versions)-1].rec != nil }

func (r *Row[R]) goneBy(t time.Time) bool {
	return r.lost || !r.versions[len(r.versions)-1].at.After(t)
}

func (t *Table[R]) forget(row *Row[R]) {
	if row.lost {
		return
	}
	row.lost = true
	rec := row.last()
	delete(t.rows, t.head(rec).ID)
	t.all.lose()
	if t.onLost != nil {
		t.onLost(rec)
	}
	for i, key := range t.keys {
		k := key(rec)
		if k == "" {
			continue
		}
		if b := t.buckets[i][k]; b.lose() == 0 {
			delete(t.buckets[i], k)
		}
	}
	row.versions, row.first = nil, [1]version[R]{}
}

func (r *Row[R]) last() *R {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if r.versions[i].rec != nil {
			return r.versions[i].rec
		}
	}
	return nil
}

// lose counts a forgotten row, tidies up when half are, and says how many are left.
func (b *bucket[R]) lose() int {
	b.lost++
	if b.lost*2 >= len(b.rows) {
		b.rows = slices.DeleteFunc(slices.Clone(b.rows), func(r *Row[R]) bool { return r.lost })
		b.lost = 0
	}
	return len(b.rows) - b.lost
}

// Head is the head of one of the table's records.
func (t *Table[R]) Head(rec *R) *Meta { return t.head(rec) }
