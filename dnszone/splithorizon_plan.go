package dnszone

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Plan says what Ensure would do to either half, each change with its half before it, and warns of what the halves warn of and of each name that
// is in the public zone, or is to be, and not in the private one: it does not exist for the VPCs. Reads only.
func (b *SplitHorizonBuilder) Plan(ctx context.Context, api API) (privatelink.Plan, error) {
	h, err := b.begin("plan", api, converge.Planning, false)
	if err != nil {
		return privatelink.Plan{}, err
	}
	private, public := &beheld{Kind: h.private}, &beheld{Kind: h.public}
	inside, err := converge.Plan(ctx, converge.Kind[Zone](private))
	if err != nil {
		return privatelink.Plan{}, h.about("private", err)
	}
	outside, err := converge.Plan(ctx, converge.Kind[Zone](public))
	if err != nil {
		return privatelink.Plan{}, h.about("public", err)
	}
	plan := together(inside, outside)
	plan.Kind, plan.Name = "split horizon", h.domain
	hidden, err := h.hidden(ctx, private.seen, public.seen, b)
	if err != nil {
		return privatelink.Plan{}, h.about("public", err)
	}
	for _, name := range hidden {
		plan.Warnings = append(plan.Warnings, fmt.Sprintf("%s is in the public zone only: it does not exist for the VPCs, from which the private zone hides the public one; Both or Inside declares it for them", name))
	}
	return plan, nil
}

// beheld is a kind that keeps what its plan was made of.
type beheld struct {
	converge.Kind[Zone]
	seen *Zone // nil: there is none yet
}

// Warnings are the kind's own.
func (k *beheld) Warnings(ctx context.Context, have *Zone) ([]string, error) {
	k.seen = have
	if w, ok := k.Kind.(converge.Warner[Zone]); ok {
		return w.Warnings(ctx, have)
	}
	return nil, nil
}

// together makes one plan of those of the halves.
func together(private, public privatelink.Plan) privatelink.Plan {
	out := privatelink.Plan{Scope: private.Scope, Action: private.Action}
	if public.Action != private.Action {
		out.Action = privatelink.Update
	}
	if private.Action == privatelink.Replace || public.Action == privatelink.Replace {
		out.Action = privatelink.Replace
	}
	var ids []string
	for _, half := range []struct {
		name string
		plan privatelink.Plan
	}{{"private", private}, {"public", public}} {
		if half.plan.ID != "" {
			ids = append(ids, half.name+" "+half.plan.ID)
		}
		for _, c := range half.plan.Changes {
			c.Field = half.name + " zone: " + c.Field
			out.Changes = append(out.Changes, c)
		}
		for _, w := range half.plan.Warnings {
			out.Warnings = append(out.Warnings, half.name+" zone: "+w)
		}
	}
	out.ID = strings.Join(ids, ", ")
	return out
}

// hidden are the names that the public zone answers for, and the private one does not.
func (h *halves) hidden(ctx context.Context, private, public *Zone, b *SplitHorizonBuilder) ([]string, error) {
	inside, outside := map[string]bool{}, map[string]bool{}
	for _, s := range h.private.resolved.sets {
		inside[s.name] = true
	}
	for _, s := range resolve(h.private.name, b.outside).sets {
		outside[s.name] = true
	}
	if private != nil && !h.private.exclusive {
		answered(private.sets, private.name, inside)
	}
	if public != nil {
		answered(public.sets, public.name, outside)
	}
	if k, ok := h.public.(*publicKind); ok { // the zone that the internet asks until ours is delegated to
		for _, id := range k.foreign {
			sets, _, _, err := readerOf(k.api).sets(ctx, id)
			if err != nil {
				return nil, err
			}
			answered(sets, h.private.name, outside)
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(outside)) {
		if within(name, h.private.name) && !covered(name, h.private.name, inside) {
			out = append(out, shown(name))
		}
	}
	return out, nil
}

// answered adds the names of the sets of a zone, but for what is no answer to anyone: its own sets and our marks.
func answered(sets []types.ResourceRecordSet, zone string, names map[string]bool) {
	for i := range sets {
		claims, _ := claimsOf(&sets[i])
		if !isOwn(zone, &sets[i]) && len(claims) == 0 {
			names[placeOf(&sets[i]).name] = true
		}
	}
}

// covered tells whether a zone with these names answers for a name: by itself, or by a wildcard above it.
func covered(name, zone string, names map[string]bool) bool {
	if names[name] {
		return true
	}
	for name != zone && name != "" {
		_, name, _ = strings.Cut(name, ".")
		if names[wildcard+name] {
			return true
		}
		if names[name] { // a name that exists keeps wildcards above it from what is below it
			return false
		}
	}
	return false
}
