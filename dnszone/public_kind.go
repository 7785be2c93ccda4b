package dnszone

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

// publicKind is one call of a verb on a PublicBuilder.
type publicKind struct {
	kind
	foreign []string // the public zones of this name that are not ours, as the last look showed them
}

var (
	_ converge.Kind[Zone]   = (*publicKind)(nil)
	_ converge.Warner[Zone] = (*publicKind)(nil)
	_ converge.Adopter      = (*publicKind)(nil)
)

func newPublicKind(api API, c common) *publicKind {
	k := &publicKind{kind: newKind(api, c, false)}
	k.marked = true
	return k
}

// API has the queue for a create whose lock is its token.
func (k *publicKind) API() any { return tokenQueue(k.api) }

func (k *publicKind) Ident() converge.Ident {
	return converge.Ident{Kind: "public zone", Name: k.display()}
}

func (k *publicKind) Problems(part converge.Scope) []string {
	var p declare.Problems
	if problem := domainProblem(k.domain); problem != "" {
		p.Add("%s", problem)
	} else if !strings.Contains(k.display(), ".") {
		p.Add("the domain %q is a top-level domain: AWS takes no public zone for one", k.domain)
	}
	return append(append(p, k.tagProblems(part)...), k.recordProblems(part)...)
}

// Look finds the public zones of ours of this domain. One of others costs a read of its tags: it may have been adopted.
func (k *publicKind) Look(ctx context.Context, _ bool) (converge.Rows[Zone], error) {
	return k.find(ctx, func(*Zone) bool { return true })
}

// Twins finds those that bear a reference of ours.
func (k *publicKind) Twins(ctx context.Context) (converge.Rows[Zone], error) {
	return k.find(ctx, func(z *Zone) bool { return z.born })
}

func (k *publicKind) find(ctx context.Context, readable func(*Zone) bool) (converge.Rows[Zone], error) {
	zones, at, err := readerOf(k.api).named(ctx, k.name)
	if err != nil {
		return converge.Rows[Zone]{}, err
	}
	k.foreign = nil
	var rows converge.Rows[Zone]
	for i := range zones {
		listed := snapshot(&zones[i])
		if listed.Private {
			continue
		}
		if !readable(listed) {
			k.foreign = append(k.foreign, listed.ID)
			continue
		}
		z, now, err := k.mine(ctx, listed)
		if err != nil {
			return converge.Rows[Zone]{}, err
		}
		at = at.and(now)
		switch {
		case z != nil:
			rows.Rows = append(rows.Rows, k.row(z))
		case listed.born:
			rows.Vanished = true
		default:
			k.foreign = append(k.foreign, listed.ID)
		}
	}
	rows.Date, rows.Window = at.date, at.window
	return rows, nil
}

// mine reads a zone of ours; nil when it is somebody else's.
func (k *publicKind) mine(ctx context.Context, listed *Zone) (*Zone, asOf, error) {
	z, at, err := k.whose(ctx, listed, untold)
	if err != nil || z == nil || !z.Ours {
		return nil, at, err
	}
	tags := z.Tags
	if z, at, err = get(ctx, k.api, z.ID); err != nil || z == nil {
		return nil, at, err
	}
	if tags != nil {
		z.labelled(tags)
	}
	return k.filled(ctx, z, at)
}

// Create makes the zone. The token is in its reference, which Route 53 takes once.
func (k *publicKind) Create(ctx context.Context, token string) (converge.Row[Zone], error) {
	return k.create(ctx, &route53.CreateHostedZoneInput{
		Name: aws.String(k.name), CallerReference: aws.String(publicReference(k.name, token)),
		HostedZoneConfig: &types.HostedZoneConfig{Comment: aws.String(comment)},
	})
}

func (k *publicKind) Diff(have *Zone) []converge.Delta {
	z := have
	if z == nil {
		z = &Zone{born: true}
	}
	out := append(k.place(have), k.tagDelta(z)...)
	for _, e := range k.edits(have) {
		out = append(out, e.delta())
	}
	return out
}

func (k *publicKind) Change(ctx context.Context, have *Zone) (*Zone, error) {
	return k.change(ctx, have, func(context.Context, *Zone) error { return nil })
}

// Warnings tells of zones beside ours: the internet asks only one of them.
func (k *publicKind) Warnings(_ context.Context, have *Zone) ([]string, error) {
	own := &Zone{}
	if have != nil {
		own = have
	}
	out := k.recordWarnings(own)
	for _, id := range k.foreign {
		if id != own.ID {
			out = append(out, fmt.Sprintf("hosted zone %s, which is not this declaration's, has this name as well: the internet asks the one to which the parent domain delegates", id))
		}
	}
	return out, nil
}
