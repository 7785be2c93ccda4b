package dnszone

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

// privateKind is one call of a verb on a PrivateBuilder.
type privateKind struct {
	kind
	vpcs []VPC // in order of Region and ID
}

var (
	_ converge.Kind[Zone]   = (*privateKind)(nil)
	_ converge.Warner[Zone] = (*privateKind)(nil)
	_ converge.Namer        = (*privateKind)(nil)
)

func (k *privateKind) Ident() converge.Ident {
	id := converge.Ident{Kind: "private zone", Name: k.display(), Locked: true}
	if len(k.vpcs) > 0 {
		id.Scope = k.vpcs[0].String()
	}
	return id
}

func (k *privateKind) Problems(part converge.Scope) []string {
	var p declare.Problems
	if problem := domainProblem(k.domain); problem != "" {
		p.Add("%s", problem)
	}
	if len(k.vpcs) == 0 {
		p.Add("no VPC is declared: a private zone serves at least one")
	}
	regions := map[string]string{}
	for _, v := range k.vpcs {
		if v.Region == "" {
			p.Add("the Region of VPC %q is empty", v.ID)
		}
		p.ID("the VPC", "vpc", v.ID)
		if other, twice := regions[v.ID]; twice && v.ID != "" {
			p.Add("VPC %q is declared in two Regions, %q and %q", v.ID, other, v.Region)
		}
		regions[v.ID] = v.Region
	}
	return append(p, k.recordProblems(part)...)
}

// Look finds the zones of ours, of this domain, that serve a VPC of the declaration. Only those of ours cost a further read.
func (k *privateKind) Look(ctx context.Context, _ bool) (converge.Rows[Zone], error) {
	zones, at, err := readerOf(k.api).named(ctx, k.name)
	if err != nil {
		return converge.Rows[Zone]{}, err
	}
	var rows []converge.Row[Zone]
	for i := range zones {
		z := snapshot(&zones[i])
		if !z.Ours || !z.Private {
			continue
		}
		var now asOf
		if z, now, err = k.mine(ctx, z.ID); err != nil {
			return converge.Rows[Zone]{}, err
		}
		at = at.and(now)
		if z != nil {
			rows = append(rows, row(z))
		}
	}
	return converge.Rows[Zone]{Rows: rows, Date: at.date, Window: at.window}, nil
}

// mine reads a zone of ours; nil when it is another declaration's, because it serves none of the VPCs.
func (k *privateKind) mine(ctx context.Context, id string) (*Zone, asOf, error) {
	z, at, err := get(ctx, k.api, id)
	if err != nil || z == nil || !slices.ContainsFunc(z.VPCs, func(v VPC) bool { return slices.Contains(k.vpcs, v) }) {
		return nil, at, err
	}
	return k.filled(ctx, z, at)
}

// Create makes the zone on the first VPC. Its reference is new, so that its answer is no replay: that VPC is the lock.
func (k *privateKind) Create(ctx context.Context, _ string) (converge.Row[Zone], error) {
	k.written = nil
	out, err := patiently(ctx, k.api.CreateHostedZone, &route53.CreateHostedZoneInput{
		Name: aws.String(k.name), CallerReference: aws.String(privateReference(k.name)), VPC: k.vpcs[0].wire(),
		HostedZoneConfig: &types.HostedZoneConfig{PrivateZone: true, Comment: aws.String(comment)},
	})
	if err != nil {
		return converge.Row[Zone]{}, fmt.Errorf("VPC %s: %w", k.vpcs[0], err)
	}
	if out.HostedZone == nil {
		return converge.Row[Zone]{}, nil
	}
	k.publishing.note(out.ChangeInfo)
	z := snapshot(out.HostedZone)
	z.VPCs = []VPC{k.vpcs[0]}
	k.written = z.clone()
	r := row(z)
	r.New = true
	return r, nil
}

// comment tells people whose a zone is; it is set at creation, and not compared.
const comment = "made by aws-privatelink"

func (k *privateKind) Diff(have *Zone) []converge.Delta {
	var vpcs []VPC
	if have != nil {
		vpcs = have.VPCs
	}
	out := k.vpcDelta(vpcs)
	for _, e := range k.edits(have) {
		out = append(out, e.delta())
	}
	return out
}

// Change writes the records first, so that a VPC which is new to the zone finds them in it.
func (k *privateKind) Change(ctx context.Context, have *Zone) (*Zone, error) {
	k.written = nil
	now := have.clone()
	if err := k.write(ctx, now, k.edits(now)); err != nil {
		return nil, err
	}
	if err := k.associate(ctx, now); err != nil {
		return nil, err
	}
	k.written = now.clone()
	return now, nil
}

// Warnings looks for zones in the way of what is yet to be associated.
func (k *privateKind) Warnings(ctx context.Context, have *Zone) ([]string, error) {
	own := &Zone{}
	if have != nil {
		own = have
	}
	add, _ := k.vpcsAgainst(own.VPCs)
	out := k.recordWarnings(own)
	for _, v := range add {
		others, err := k.inTheWay(ctx, v, only(own.ID))
		switch {
		case ctx.Err() != nil || awserr.Of(err).Means == awserr.Transient:
			return nil, err
		case err != nil:
			out = append(out, fmt.Sprintf("the zones that serve VPC %s cannot be listed: %v", v, err))
		}
		for _, other := range others {
			out = append(out, other+": Ensure will answer ErrConflict")
		}
	}
	return out, nil
}
