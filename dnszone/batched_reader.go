package dnszone

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/merge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// sharedReads answers many callers with few requests, each of them sent after the question.
type sharedReads struct {
	names   *merge.Merger[string, namedZones]
	zones   *merge.Merger[string, shownZone]
	records *merge.Merger[string, listedSets]
	vpcs    *merge.Merger[VPC, []types.HostedZoneSummary]
	tags    *merge.Merger[string, listedTags]
	allowed *merge.Merger[string, listedVPCs]
	changes *changeLooks
}

// What the shared requests are answered with: read by many, changed by none.
type (
	shownZone struct {
		out *route53.GetHostedZoneOutput
		at  asOf
	}
	listedSets struct {
		all    []types.ResourceRecordSet
		listed bool
		at     asOf
	}
	listedTags struct {
		all    privatelink.Tags
		listed bool
		at     asOf
	}
	listedVPCs struct {
		all    []VPC
		listed bool
		at     asOf
	}
)

// patience is how long callers let a request in flight hold theirs up. It may itself be waiting for its turn, which is why it is long.
const patience = 30 * time.Second

func share(d direct) *sharedReads {
	return &sharedReads{
		names: &merge.Merger[string, namedZones]{Send: d.namedMany, Patience: patience},
		zones: single(func(ctx context.Context, id string) (z shownZone, err error) {
			z.out, z.at, err = d.zone(ctx, id)
			return
		}),
		records: single(func(ctx context.Context, id string) (s listedSets, err error) {
			s.all, s.listed, s.at, err = d.sets(ctx, id)
			return
		}),
		vpcs: single(d.serving),
		tags: single(func(ctx context.Context, id string) (l listedTags, err error) {
			l.all, l.listed, l.at, err = d.tags(ctx, id)
			return
		}),
		allowed: single(func(ctx context.Context, id string) (l listedVPCs, err error) {
			l.all, l.listed, l.at, err = d.authorized(ctx, id)
			return
		}),
		changes: newChangeLooks(d),
	}
}

// single shares a request that reads one thing among those who ask for that.
func single[K comparable, A any](read func(context.Context, K) (A, error)) *merge.Merger[K, A] {
	return &merge.Merger[K, A]{Max: 1, Patience: patience, Send: func(ctx context.Context, keys []K) (A, error) { return read(ctx, keys[0]) }}
}

// one asks for one thing.
func one[K comparable, A any](ctx context.Context, m *merge.Merger[K, A], key K) (a A, err error) {
	all, err := m.Ask(ctx, key)
	if err != nil {
		return a, err
	}
	return all[0], nil
}

var _ reader = (*batched)(nil)

func (b *batched) named(ctx context.Context, name string) ([]types.HostedZone, asOf, error) {
	answer, err := one(ctx, b.reads.names, name)
	if err != nil {
		return nil, untold, err
	}
	return slices.Clone(answer.zones[name]), answer.at, answer.refused[name]
}

func (b *batched) zone(ctx context.Context, id string) (*route53.GetHostedZoneOutput, asOf, error) {
	z, err := one(ctx, b.reads.zones, id)
	if err != nil {
		return nil, untold, err
	}
	return z.out, z.at, nil
}

func (b *batched) sets(ctx context.Context, id string) ([]types.ResourceRecordSet, bool, asOf, error) {
	s, err := one(ctx, b.reads.records, id)
	if err != nil {
		return nil, false, untold, err
	}
	return slices.Clone(s.all), s.listed, s.at, nil
}

func (b *batched) serving(ctx context.Context, v VPC) ([]types.HostedZoneSummary, error) {
	all, err := one(ctx, b.reads.vpcs, v)
	return slices.Clone(all), err
}

func (b *batched) tags(ctx context.Context, id string) (privatelink.Tags, bool, asOf, error) {
	l, err := one(ctx, b.reads.tags, id)
	if err != nil {
		return nil, false, untold, err
	}
	return maps.Clone(l.all), l.listed, l.at, nil
}

func (b *batched) authorized(ctx context.Context, id string) ([]VPC, bool, asOf, error) {
	l, err := one(ctx, b.reads.allowed, id)
	if err != nil {
		return nil, false, untold, err
	}
	return slices.Clone(l.all), l.listed, l.at, nil
}

func (b *batched) change(ctx context.Context, id string) (types.ChangeStatus, asOf, error) {
	return b.reads.changes.look(ctx, id)
}
