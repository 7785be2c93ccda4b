package world

import (
	"iter"
	"sort"
)

// All goes through the rows in order, beginning after a sequence number (0: from the first).
func (t *Table[R]) All(after uint64) iter.Seq[*Row[R]] { return t.all.from(after) }

// By goes through the rows of one key of one index in order, beginning after a sequence number.
func (t *Table[R]) By(index int, key string, after uint64) iter.Seq[*Row[R]] {
	b := t.buckets[index][key]
	if b == nil {
		return func(func(*Row[R]) bool) {}
	}
	return b.from(after)
}

// Count is how many rows an index holds under a key, those included that are gone but may still be seen by lagging reads.
func (t *Table[R]) Count(index int, key string) int {
	if b := t.buckets[index][key]; b != nil {
		return len(b.rows) - b.lost
	}
	return 0
}

func (b *bucket[R]) from(after uint64) iter.Seq[*Row[R]] {
	rows := b.rows
	if after > 0 {
		rows = rows[sort.Search(len(rows), func(i int) bool { return rows[i].Seq > after }):]
	}
	return func(yield func(*Row[R]) bool) {
		for _, row := range rows {
			if !row.lost && !yield(row) {
				return
			}
		}
	}
}

// Living is how many records an index has under a key now, in truth.
func Living[R any](tx *Tx, t *Table[R], index int, key string) (n int) {
	for range Live(tx, t.By(index, key, 0)) {
		n++
	}
	return n
}

// Live are the records that a sequence of rows has now, in truth.
func Live[R any](tx *Tx, rows iter.Seq[*Row[R]]) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		for row := range rows {
			if rec := row.At(tx.Now); rec != nil && !yield(rec) {
				return
			}
		}
	}
}
