package dnszone

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// common is what the declarations of all kinds of zones share.
type common struct {
	domain    string
	records   records
	exclusive bool
	tags      privatelink.Tags
	adopted   string // the ID of a zone to take over
}

// clone copies them; the two share nothing.
func (c common) clone() common {
	c.records.declared, c.tags = maps.Clone(c.records.declared), maps.Clone(c.tags)
	return c
}

// kind is the part of a converge.Kind that all kinds of zones share, for one call of a verb.
type kind struct {
	common
	*resolved
	api     API
	name    string // the domain, canonical; "" where it is no domain
	private bool
	marked  bool // its zones bear our mark; not those whose records alone are declared
	allTags bool // the tags are wanted though none is declared
	sharing bool // with VPCs of other accounts, whose authorisations are read

	publishing publishing
	written    *Zone                // what holds since this call's last write, nil when that is not known
	refused    map[string]time.Time // when zones that list nothing were not deleted at first
}

func newKind(api API, c common, private bool) kind {
	name, err := canonical(c.domain)
	if err != nil {
		name = ""
	}
	return kind{common: c, api: api, name: name, private: private, resolved: resolve(name, c.records.list())}
}

func (k *kind) API() any { return k.api }

// Adopted is the ID of a zone to take over, "" for none.
func (k *kind) Adopted() string { return bareID(k.adopted) }

// display is the domain as errors and plans show it.
func (k *kind) display() string {
	if k.name == "" {
		return k.domain
	}
	return shown(k.name)
}

// Pace: Route 53 publishes a change usually within 60 seconds, often within half of that, and takes five requests a second for a whole account.
func (k *kind) Pace() poll.Pace {
	return poll.Pace{First: 10 * time.Second, Then: 5 * time.Second, After: time.Minute, Most: 20 * time.Second}
}

// recordProblems are those of the records, as far as a verb needs them.
func (k *kind) recordProblems(part converge.Scope) (p declare.Problems) {
	if part == converge.Identity {
		return nil
	}
	p = append(p, k.resolved.problems...)
	if part == converge.Whole {
		p = append(p, k.unknown...)
	}
	return p
}

// Read reads zones by ID, with all they hold. While a change of ours is being published its own state is all that is asked for.
func (k *kind) Read(ctx context.Context, ids ...string) (converge.Rows[Zone], error) {
	at, err := k.publishing.ask(ctx, readerOf(k.api))
	if err != nil {
		return converge.Rows[Zone]{}, err
	}
	rows := converge.Rows[Zone]{Date: at.date, Window: at.window}
	if w := k.written; w != nil && !k.publishing.done() && len(ids) == 1 && ids[0] == w.ID {
		rows.Rows = append(rows.Rows, k.row(w.clone()))
		return rows, nil
	}
	for _, id := range ids {
		z, now, err := k.whole(ctx, id)
		if err != nil {
			return rows, err
		}
		at = at.and(now)
		if z != nil {
			rows.Rows = append(rows.Rows, k.row(z))
		}
	}
	rows.Date, rows.Window = at.date, at.window
	return rows, nil
}

// whole reads a zone and all that it holds; nil when it is not there.
func (k *kind) whole(ctx context.Context, id string) (*Zone, asOf, error) {
	z, at, err := get(ctx, k.api, id)
	if z != nil && err == nil && k.marked {
		z, at, err = k.whose(ctx, z, at)
	}
	if z == nil || err != nil {
		return nil, at, err
	}
	return k.filled(ctx, z, at)
}

// filled adds the records, and the authorisations where they matter; nil when the zone went meanwhile.
func (k *kind) filled(ctx context.Context, z *Zone, at asOf) (*Zone, asOf, error) {
	sets, listed, now, err := readerOf(k.api).sets(ctx, z.ID)
	if err != nil || !listed {
		return nil, at, err
	}
	z.holding(sets)
	at = at.and(now)
	if k.sharing {
		if z.Authorized, listed, now, err = readerOf(k.api).authorized(ctx, z.ID); err != nil || !listed {
			return nil, at, err
		}
		at = at.and(now)
	}
	return z, at, nil
}

// row: a zone has no state; it is there or not.
func (k *kind) row(z *Zone) converge.Row[Zone] {
	return converge.Row[Zone]{ID: z.ID, Name: z.bears(), State: privatelink.Available, Snap: z}
}

// place compares what makes a zone this declaration's; it differs only in one that is to be adopted.
func (k *kind) place(have *Zone) []converge.Delta {
	if have == nil {
		return nil
	}
	visibility := map[bool]string{true: "private", false: "public"}
	return append(fixed("domain", have.Domain, k.display()), fixed("visibility", visibility[have.Private], visibility[k.private])...)
}

func fixed(field, from, to string) []converge.Delta {
	if from == to {
		return nil
	}
	d := delta(field, from, to)
	d.Replace = true
	return []converge.Delta{d}
}

func delta(field, from, to string) converge.Delta {
	return converge.Delta{Change: privatelink.Change{Field: field, From: from, To: to}}
}

// Ready waits for what this call of the verb has changed.
func (k *kind) Ready(*Zone) string {
	if k.publishing.done() {
		return ""
	}
	return untilPublished
}

func (k *kind) Mark(z *Zone, outcome privatelink.Outcome, waiting string) {
	z.Outcome, z.Waiting, z.Ready = outcome, waiting, waiting == ""
}

func (k *kind) Left(context.Context, []converge.Row[Zone]) (string, error) { return "", nil }

// Refusal looks into the messages of a refused batch, which AWS may list apart from the error's own.
func (k *kind) Refusal(err error) awserr.Refusal {
	var batch *types.InvalidChangeBatch
	if errors.As(err, &batch) && len(batch.Messages) > 0 {
		return awserr.Of(&smithy.GenericAPIError{Code: batch.ErrorCode(), Message: strings.Join(batch.Messages, "; ")})
	}
	return awserr.Of(err)
}

// get reads a zone and its VPCs; nil when it is not there.
func get(ctx context.Context, api API, id string) (*Zone, asOf, error) {
	out, at, err := readerOf(api).zone(ctx, id)
	if err != nil || out == nil {
		return nil, at, err
	}
	z := snapshot(out.HostedZone)
	z.VPCs = vpcsOf(out.VPCs)
	if out.DelegationSet != nil {
		z.NameServers = append(z.NameServers, out.DelegationSet.NameServers...)
	}
	return z, at, nil
}
