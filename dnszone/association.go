package dnszone

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// vpcsAgainst says which VPCs a zone has yet to serve, and which it is to serve no longer: none, unless the declaration is exclusive.
func (k *privateKind) vpcsAgainst(have []VPC) (add, drop []VPC) {
	for _, v := range k.all {
		if !slices.Contains(have, v) {
			add = append(add, v)
		}
	}
	for _, v := range have {
		if k.exclusive && !slices.Contains(k.all, v) {
			drop = append(drop, v)
		}
	}
	return add, drop
}

func (k *privateKind) vpcDelta(have []VPC) []converge.Delta {
	add, drop := k.vpcsAgainst(have)
	if len(add)+len(drop) == 0 {
		return nil
	}
	return []converge.Delta{{Change: privatelink.Change{Field: "VPCs", From: listed(have), To: listed(after(have, add, drop))}}}
}

func after(have, add, drop []VPC) []VPC {
	out := slices.DeleteFunc(append(slices.Clone(have), add...), func(v VPC) bool { return slices.Contains(drop, v) })
	slices.SortFunc(out, VPC.compare)
	return out
}

func listed(vpcs []VPC) string {
	var out []string
	for _, v := range vpcs {
		out = append(out, v.String())
	}
	return strings.Join(out, ", ")
}

// associate brings a zone to its VPCs. New ones come before old ones go: Route 53 never takes away the last.
func (k *privateKind) associate(ctx context.Context, z *Zone) error {
	add, drop := k.vpcsAgainst(z.VPCs)
	for _, v := range add {
		join := k.join
		if _, shared := k.shared[v]; shared {
			join = k.share
		}
		if err := join(ctx, z.ID, v); err != nil {
			if err = k.about(ctx, v, z.ID, err); err != nil {
				return err
			}
		}
		z.Authorized = slices.DeleteFunc(z.Authorized, v.is) // share took it back
	}
	for _, v := range drop {
		out, err := disassociate(ctx, k.api, z.ID, v)
		if err != nil {
			return err
		}
		k.publishing.note(out)
	}
	z.VPCs = after(z.VPCs, add, drop)
	return k.tidy(ctx, z)
}

// join associates a VPC of this account.
func (k *privateKind) join(ctx context.Context, id string, v VPC) error {
	out, err := associate(ctx, k.api, id, v)
	if err == nil {
		k.publishing.note(out)
	}
	return err
}

// about names the VPC that a refusal is about, and what is in the way there; nil where it is the zone itself, which a read did not show yet.
func (k *privateKind) about(ctx context.Context, v VPC, own string, err error) error {
	switch {
	case awserr.Of(err).Means != awserr.NotUnique:
		return fmt.Errorf("VPC %s: %w", v, err)
	case names(err) == own:
		return nil
	}
	served := false
	others, lookErr := inTheWay(ctx, k.apiOf(v), k.name, v, func(_ context.Context, id string) bool {
		served = served || id == own
		return id == own
	})
	switch {
	case lookErr == nil && len(others) > 0:
		return fmt.Errorf("%s: %w", strings.Join(others, "; "), err)
	case served:
		return nil
	}
	return fmt.Errorf("VPC %s: %w", v, err)
}

var zoneInText = regexp.MustCompile(`\bZ[A-Z0-9]{9,31}\b`)

// names gives the zone that a refusal names, "" for none: Route 53 has one code for a VPC that this zone serves already and for one that another
// does, and says which in its text.
func names(refusal error) string {
	var api smithy.APIError
	if !errors.As(refusal, &api) {
		return ""
	}
	return zoneInText.FindString(api.ErrorMessage())
}

// InTheWay names the zone that already serves the first VPC under this name. The refusal tells whether Route 53 itself says it.
func (k *privateKind) InTheWay(ctx context.Context, refusal error) string {
	named := names(refusal)
	others, err := inTheWay(ctx, k.api, k.name, k.vpcs[0], func(ctx context.Context, id string) bool { return k.twin(ctx, id, named) })
	if err != nil {
		return ""
	}
	return strings.Join(others, "; ")
}

// sightings are those of a zone that is in the way and not to be seen by its ID, one after each of as many refusals and a window of looks.
type sightings struct {
	count int
	named bool // the refusal before the last sighting named it
}

// mostSightings there can be of one of ours, where Route 53 names none: one while it is young, and two when it has just been deleted, as it is
// still listed for a window.
const mostSightings = 3

// twin tells whether a zone that serves a declared VPC may be of this identity. One that is not to be seen may be one of ours that is just being
// made or deleted; but not where Route 53 names it in two refusals, and it was not to be seen a window after the first. Then it is another
// account's.
func (k *privateKind) twin(ctx context.Context, id, named string) bool {
	z, at, err := get(ctx, k.api, id)
	if err == nil && z != nil {
		z, _, err = k.whose(ctx, z, at)
	}
	switch {
	case err != nil:
		return true // there is no telling
	case z != nil:
		delete(k.hidden, id)
		return z.Ours && z.Private
	}
	before := k.hidden[id]
	k.hidden[id] = sightings{before.count + 1, named == id}
	if named == "" {
		return before.count < mostSightings
	}
	return !(before.named && named == id)
}

// only is the one zone of this ID.
func only(id string) func(context.Context, string) bool {
	return func(_ context.Context, other string) bool { return other == id }
}

// inTheWay describes the zones of a name, save our own, that serve a VPC: AWS's hidden ones, which come with private DNS of an endpoint, and
// other accounts' among them.
func inTheWay(ctx context.Context, api API, name string, v VPC, own func(context.Context, string) bool) ([]string, error) {
	zones, err := readerOf(api).serving(ctx, v)
	var out []string
	for _, z := range zones {
		id := bareID(aws.ToString(z.HostedZoneId))
		service := z.Owner != nil && z.Owner.OwningService != nil
		if canonicalOrSelf(aws.ToString(z.Name)) != name || !service && own(ctx, id) {
			continue
		}
		owner, way := "", "take the VPC out of it, or Adopt it where it is this account's"
		if service {
			owner, way = " of the AWS service "+*z.Owner.OwningService, "an endpoint's private DNS has brought it along"
		} else if z.Owner != nil && z.Owner.OwningAccount != nil {
			owner = " of account " + *z.Owner.OwningAccount
		}
		out = append(out, fmt.Sprintf("VPC %s is served under this name by hosted zone %s%s (%s)", v, id, owner, way))
	}
	return out, err
}
