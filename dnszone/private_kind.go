package dnszone

import (
	"context"
	"fmt"
	"maps"
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
	vpcs   []VPC                // of this account, in order of Region and ID
	shared map[VPC]API          // of other accounts, with a client of each
	all    []VPC                // both
	hidden map[string]sightings // of zones that serve the VPC and are not to be seen, by ID
	tidied map[VPC]bool         // of other accounts, whose authorisations this call has ended
}

var (
	_ converge.Kind[Zone]     = (*privateKind)(nil)
	_ converge.Warner[Zone]   = (*privateKind)(nil)
	_ converge.Lingerer[Zone] = (*privateKind)(nil)
	_ converge.Namer          = (*privateKind)(nil)
	_ converge.Adopter        = (*privateKind)(nil)
)

func newPrivateKind(api API, c common, vpcs map[VPC]bool, shared map[VPC]API) *privateKind {
	k := &privateKind{kind: newKind(api, c, true), vpcs: slices.SortedFunc(maps.Keys(vpcs), VPC.compare), shared: shared, hidden: map[string]sightings{}, tidied: map[VPC]bool{}}
	k.all = slices.SortedFunc(maps.Keys(shared), VPC.compare)
	k.all = slices.Concat(k.vpcs, slices.DeleteFunc(k.all, func(v VPC) bool { return vpcs[v] }))
	slices.SortFunc(k.all, VPC.compare)
	k.marked, k.sharing = true, len(shared) > 0
	return k
}

// apiOf is the client of the account that has a VPC.
func (k *privateKind) apiOf(v VPC) API {
	if theirs, ok := k.shared[v]; ok {
		return theirs
	}
	return k.api
}

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
		p.Add("no VPC of this account is declared: a private zone is made on one, declare it with VPC")
	}
	regions := map[string]string{}
	for _, v := range k.all {
		p = append(p, v.problems()...)
		if other, twice := regions[v.ID]; twice && v.ID != "" {
			p.Add("VPC %q is declared in two Regions, %q and %q: take the wrong one away", v.ID, other, v.Region)
		}
		regions[v.ID] = v.Region
	}
	p = append(p, k.sharingProblems(part)...)
	return append(append(p, k.tagProblems(part)...), k.recordProblems(part)...)
}

func (v VPC) problems() (p declare.Problems) {
	if v.Region == "" {
		p.Add("the Region of VPC %q is empty: Route 53 knows a VPC by Region and ID", v.ID)
	}
	p.ID("the VPC", "vpc", v.ID)
	return p
}

// sharingProblems: what a verb does to a VPC of another account needs a client of that account.
func (k *privateKind) sharingProblems(part converge.Scope) (p declare.Problems) {
	for _, v := range k.all {
		theirs, shared := k.shared[v]
		if !shared {
			continue
		}
		if slices.Contains(k.vpcs, v) {
			p.Add("VPC %q is declared both as this account's and as another's: keep one of VPC and SharedWith", v.ID)
		}
		var nilAPI declare.Problems
		if nilAPI.API(theirs); part != converge.Identity && len(nilAPI) > 0 {
			p.Add("the AWS client of the account that has VPC %q is nil: SharedWith needs one", v.ID)
		}
	}
	return p
}

// Look finds the zones of ours, of this domain, that serve a VPC of the declaration. Zones of others cost a further read each, and one of their
// tags where they serve such a VPC: they may have been adopted.
func (k *privateKind) Look(ctx context.Context, _ bool) (converge.Rows[Zone], error) {
	zones, at, err := readerOf(k.api).named(ctx, k.name)
	if err != nil {
		return converge.Rows[Zone]{}, err
	}
	var rows []converge.Row[Zone]
	for i := range zones {
		z := snapshot(&zones[i])
		if !z.Private {
			continue
		}
		var now asOf
		if z, now, err = k.mine(ctx, z.ID); err != nil {
			return converge.Rows[Zone]{}, err
		}
		at = at.and(now)
		if z != nil {
			rows = append(rows, k.row(z))
		}
	}
	return converge.Rows[Zone]{Rows: rows, Date: at.date, Window: at.window}, nil
}

// mine reads a zone of ours; nil when it is somebody else's, or another declaration's, because it serves none of the VPCs.
func (k *privateKind) mine(ctx context.Context, id string) (*Zone, asOf, error) {
	z, at, err := get(ctx, k.api, id)
	if err != nil || z == nil || !slices.ContainsFunc(z.VPCs, func(v VPC) bool { return slices.Contains(k.all, v) }) {
		return nil, at, err
	}
	if z, at, err = k.whose(ctx, z, at); err != nil || z == nil || !z.Ours {
		return nil, at, err
	}
	return k.filled(ctx, z, at)
}

// Create makes the zone on the first VPC. Its reference is new, so that its answer is no replay: that VPC is the lock.
func (k *privateKind) Create(ctx context.Context, _ string) (converge.Row[Zone], error) {
	row, err := k.create(ctx, &route53.CreateHostedZoneInput{
		Name: aws.String(k.name), CallerReference: aws.String(privateReference(k.name)), VPC: k.vpcs[0].wire(),
		HostedZoneConfig: &types.HostedZoneConfig{PrivateZone: true, Comment: aws.String(comment)},
	})
	if err != nil {
		return row, fmt.Errorf("VPC %s: %w", k.vpcs[0], err)
	}
	return row, nil
}

func (k *privateKind) Diff(have *Zone) []converge.Delta {
	z := have
	if z == nil {
		z = &Zone{born: true}
	}
	out := append(k.place(have), k.tagDelta(z)...)
	out = append(append(out, k.vpcDelta(z.VPCs)...), k.authorizationDelta(z)...)
	for _, e := range k.edits(have) {
		out = append(out, e.delta())
	}
	return out
}

// Change writes the records first, so that a VPC which is new to the zone finds them in it.
func (k *privateKind) Change(ctx context.Context, have *Zone) (*Zone, error) {
	return k.change(ctx, have, k.associate)
}

// Delete takes the authorisations back, and then deletes as any zone is.
func (k *privateKind) Delete(ctx context.Context, rows []converge.Row[Zone]) error {
	for _, r := range rows {
		for _, v := range k.authorized(r.Snap) {
			if err := deauthorize(ctx, k.api, r.ID, v); err != nil {
				return err
			}
		}
	}
	return k.kind.Delete(ctx, rows)
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
		others, err := inTheWay(ctx, k.apiOf(v), k.name, v, only(own.ID))
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
