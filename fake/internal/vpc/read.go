// Package vpc is EC2's operations on endpoints, endpoint services and the network around them: each takes the SDK's input and gives the
// SDK's output, on the records of a world. They run under the world's lock.
package vpc

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// reader is how one kind of record is described: where it stands, which filters it knows, how it looks.
type reader[R, Out any] struct {
	op     string
	kind   says.Kind
	table  func(*world.World) *world.Table[R]
	head   func(*R) *world.Meta
	names  []string // the filters
	beyond []string // filters that AWS documents and the fake does not model
	id     string   // the filter on the ID, which an index answers; "" where there is none
	group  string   // the filter that the table's second index answers; "" where there is none
	least  int32    // the smallest MaxResults
	match  func(*world.Tx, *R, time.Time, filter.Filter) bool
	render func(*world.Tx, *R, time.Time) Out
}

// query is the part that all Describe inputs have in common.
type query struct {
	ids     []string
	filters []types.Filter
	max     *int32
	token   *string
}

// read gives one page of the caller's records. An ID that does not exist, or not yet for a lagging read, refuses the whole call.
func (r *reader[R, Out]) read(tx *world.Tx, q query) ([]Out, *string, error) {
	for _, f := range q.filters {
		if f.Name != nil && slices.Contains(r.beyond, *f.Name) {
			return nil, nil, says.NotModelled.Error(r.op + "'s filter " + *f.Name)
		}
	}
	filters, err := filter.Parse(q.filters, tx.Switches.OtherSpellings, r.names...)
	if err != nil {
		return nil, nil, err
	}
	if len(q.ids) > 0 && q.max == nil && q.token == nil {
		out, err := r.byID(tx, q.ids, filters)
		return out, nil, err
	}
	cursor, err := page.Open(q.max, q.token, r.least, func() string { return r.op + tx.Place() + filter.Text(filters) })
	if err != nil {
		return nil, nil, err
	}
	if len(q.ids) > 0 {
		out, err := r.byID(tx, q.ids, filters)
		return out, nil, err
	}
	out, next := r.pageOf(tx, cursor, r.candidates(tx, cursor.After, filters), filters)
	return out, next, nil
}

func (r *reader[R, Out]) byID(tx *world.Tx, ids []string, filters []filter.Filter) ([]Out, error) {
	out := make([]Out, 0, len(ids))
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		seen := tx.Seen()
		rec := r.table(tx.World).At(id, seen)
		if rec == nil || !tx.Mine(r.head(rec)) {
			return nil, r.absent(tx, ids, id)
		}
		if r.matches(tx, rec, seen, filters) {
			out = append(out, r.render(tx, rec, seen))
		}
	}
	return out, nil
}

// absent refuses an ID that is not there, or before it any that cannot be one.
func (r *reader[R, Out]) absent(tx *world.Tx, ids []string, missing string) error {
	for _, id := range ids {
		if err := r.kind.Check(id); err != nil {
			return err
		}
	}
	return r.kind.Missing(missing, tx.Switches.OtherSpellings)
}

func (r *reader[R, Out]) pageOf(tx *world.Tx, cursor page.Cursor, rows iter.Seq[*world.Row[R]], filters []filter.Filter) (out []Out, next *string) {
	out = []Out{}
	if len(filters) == 0 {
		out = make([]Out, 0, min(cursor.Limit, r.table(tx.World).Count(world.ByPlace, tx.Place())))
	}
	var last uint64
	for row := range rows {
		seen := tx.Seen()
		rec := row.At(seen)
		if rec == nil || !tx.Mine(r.head(rec)) || !r.matches(tx, rec, seen, filters) {
			continue
		}
		if len(out) == cursor.Limit {
			return out, cursor.Token(last)
		}
		out = append(out, r.render(tx, rec, seen))
		last = row.Seq
	}
	return out, nil
}

func (r *reader[R, Out]) matches(tx *world.Tx, rec *R, seen time.Time, filters []filter.Filter) bool {
	for _, f := range filters {
		if !r.match(tx, rec, seen, f) {
			return false
		}
	}
	return true
}

// candidates are the rows that an index says can match, in order.
func (r *reader[R, Out]) candidates(tx *world.Tx, after uint64, filters []filter.Filter) iter.Seq[*world.Row[R]] {
	table := r.table(tx.World)
	for _, f := range filters {
		values, exact := f.Exact()
		switch {
		case !exact:
		case f.Name == r.id && r.id != "":
			return gather(after, values, func(id string) iter.Seq[*world.Row[R]] { return one(table.Row(id)) })
		case f.Name == r.group && r.group != "":
			return gather(after, values, func(key string) iter.Seq[*world.Row[R]] { return table.By(1, key, after) })
		}
	}
	return table.By(world.ByPlace, tx.Place(), after)
}

func one[R any](row *world.Row[R]) iter.Seq[*world.Row[R]] {
	return func(yield func(*world.Row[R]) bool) {
		if row != nil {
			yield(row)
		}
	}
}

// gather is the rows of several keys of an index, each once, in the order of the table.
func gather[R any](after uint64, keys []string, of func(string) iter.Seq[*world.Row[R]]) iter.Seq[*world.Row[R]] {
	if len(keys) == 1 {
		return skip(after, of(keys[0]))
	}
	var rows []*world.Row[R]
	for i, key := range keys {
		if !slices.Contains(keys[:i], key) {
			rows = slices.AppendSeq(rows, skip(after, of(key)))
		}
	}
	slices.SortFunc(rows, func(a, b *world.Row[R]) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.Values(rows)
}

func skip[R any](after uint64, rows iter.Seq[*world.Row[R]]) iter.Seq[*world.Row[R]] {
	return func(yield func(*world.Row[R]) bool) {
		for row := range rows {
			if row.Seq > after && !yield(row) {
				return
			}
		}
	}
}
