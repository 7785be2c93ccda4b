package endpoint

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/merge"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// subject is what a caller asks for: all endpoints of a VPC, or one endpoint, perhaps with the VPC that it is known to be in.
type subject struct{ vpc, id string }

// sharedReads are the requests that callers share.
type sharedReads struct {
	endpoints   merge.Merger[subject, *view]
	interfaces  merge.Merger[string, map[string]types.NetworkInterface]
	prefixLists merge.Merger[string, []types.PrefixList]
	removals    merge.Merger[string, map[string]removal]
}

func (s *sharedReads) share(b *batched) {
	s.endpoints.Plan, s.endpoints.Send = itineraries, b.describe
	s.interfaces.Max, s.interfaces.Send = maxFilterValues, b.describeInterfaces
	s.prefixLists.Max, s.prefixLists.Send = maxFilterValues, direct{b}.prefixLists
	s.removals.Max, s.removals.Patience, s.removals.Send = maxRemovals, removalPatience, b.removeMany
}

// view is the answer to one shared request, indexed.
type view struct {
	rows   []types.VpcEndpoint
	byID   map[string]int
	byVPC  map[string][]int
	date   time.Time
	window time.Duration
}

// crowd is how many IDs of one VPC make it worth while to read the whole VPC, where one request does not carry all.
const crowd = 10

// itineraries splits what is asked into requests: by VPC for lookups, and for reads that they answer as well; by ID for the others, unless
// they are so many that asking for their VPCs takes fewer requests.
func itineraries(asked []subject) (requests [][]subject) {
	whole, in, rest := map[string]bool{}, map[string]int{}, 0
	for _, s := range asked {
		if s.id == "" {
			whole[s.vpc] = true
		}
	}
	for _, s := range asked {
		if s.id != "" && !whole[s.vpc] {
			in[s.vpc]++
			rest++
		}
	}
	if rest > maxFilterValues {
		for vpc, n := range in {
			whole[vpc] = whole[vpc] || vpc != "" && n >= crowd
		}
	}
	var ids []subject
	byVPC := map[string][]subject{}
	for _, s := range asked {
		if whole[s.vpc] {
			byVPC[s.vpc] = append(byVPC[s.vpc], s)
		} else {
			ids = append(ids, s)
		}
	}
	for vpcs := range slices.Chunk(slices.Sorted(maps.Keys(byVPC)), maxFilterValues) {
		var request []subject
		for _, vpc := range vpcs {
			request = append(request, byVPC[vpc]...)
		}
		requests = append(requests, request)
	}
	return slices.AppendSeq(requests, slices.Chunk(ids, maxFilterValues))
}

// describe makes one request of an itinerary. Without a lookup, IDs that fit into one filter are asked for as such.
func (b *batched) describe(ctx context.Context, asked []subject) (*view, error) {
	var vpcs, ids []string
	for _, s := range asked {
		if !slices.Contains(vpcs, s.vpc) {
			vpcs = append(vpcs, s.vpc)
		}
		if s.id != "" && !slices.Contains(ids, s.id) && len(ids) <= maxFilterValues {
			ids = append(ids, s.id)
		}
	}
	by := filter("vpc-id", vpcs...)
	lookup := func(s subject) bool { return s.id == "" }
	if !slices.ContainsFunc(asked, lookup) && len(ids) <= maxFilterValues {
		by = filter("vpc-endpoint-id", ids...)
	}
	a, err := direct{b}.pages(ctx, by)
	if err != nil {
		return nil, err
	}
	v := &view{rows: a.endpoints, date: a.date, window: a.window, byID: make(map[string]int, len(a.endpoints)), byVPC: map[string][]int{}}
	for i := range v.rows {
		v.byID[aws.ToString(v.rows[i].VpcEndpointId)] = i
		vpc := aws.ToString(v.rows[i].VpcId)
		v.byVPC[vpc] = append(v.byVPC[vpc], i)
	}
	return v, nil
}

// endpoints asks together with others. A question about all VPCs is nobody else's.
func (b *batched) endpoints(ctx context.Context, q query) (a answer, err error) {
	if len(q.ids) == 0 && q.vpc == "" {
		return direct{b}.endpoints(ctx, q)
	}
	asked := []subject{{vpc: q.vpc}}
	if len(q.ids) > 0 {
		asked = b.subjects(q.ids)
	}
	resume := poll.Rest(ctx)
	views, err := b.shared.endpoints.Ask(ctx, asked...)
	resume()
	if err != nil {
		return a, err
	}
	a.window = converge.Untold
	for _, v := range views {
		a.window = max(a.window, v.window)
		if a.date.IsZero() || v.date.Before(a.date) {
			a.date = v.date
		}
		v.pick(&a, q)
	}
	b.remember(a.endpoints)
	return a, nil
}

// pick adds the rows that a question is about.
func (v *view) pick(a *answer, q query) {
	add := func(i int) {
		if q.fits(&v.rows[i]) {
			a.endpoints = append(a.endpoints, v.rows[i])
		}
	}
	if len(q.ids) == 0 {
		for _, i := range v.byVPC[q.vpc] {
			add(i)
		}
		return
	}
	for n, id := range q.ids {
		if i, ok := v.byID[id]; ok && !slices.Contains(q.ids[:n], id) {
			add(i)
		}
	}
}

// fits does here what the filters of a request of its own would do.
func (q query) fits(e *types.VpcEndpoint) bool {
	if q.vpc != "" && aws.ToString(e.VpcId) != q.vpc {
		return false
	}
	for i := range e.Tags {
		if aws.ToString(e.Tags[i].Key) == privatelink.NameTag {
			return q.name == "" || aws.ToString(e.Tags[i].Value) == q.name
		}
	}
	return q.wide || q.name == "" && !q.ours
}

// maxKnown bounds what is known of endpoints.
const maxKnown = 100_000

// subjects are endpoints with the VPCs that they are known to be in, which they never leave.
func (b *batched) subjects(ids []string) []subject {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []subject
	for _, id := range ids {
		out = append(out, subject{vpc: b.vpcs[id], id: id})
	}
	return out
}

func (b *batched) remember(rows []types.VpcEndpoint) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range rows {
		if len(b.vpcs) >= maxKnown {
			clear(b.vpcs)
		}
		b.vpcs[aws.ToString(rows[i].VpcEndpointId)] = aws.ToString(rows[i].VpcId)
	}
}
