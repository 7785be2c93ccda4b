package dnszone

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// comment tells people whose a zone is; it is set at creation, and not compared.
const comment = "made by aws-privatelink"

// create makes a zone. Route 53 never answers with an earlier one.
func (k *kind) create(ctx context.Context, in *route53.CreateHostedZoneInput) (converge.Row[Zone], error) {
	k.written = nil
	out, err := patiently(ctx, k.api.CreateHostedZone, in)
	if err != nil || out.HostedZone == nil {
		return converge.Row[Zone]{}, err
	}
	k.publishing.note(out.ChangeInfo)
	z := snapshot(out.HostedZone)
	if out.DelegationSet != nil {
		z.NameServers = slices.Clone(out.DelegationSet.NameServers)
	}
	if in.VPC != nil {
		z.VPCs = vpcsOf([]types.VPC{*in.VPC})
	}
	k.written = z.clone()
	r := k.row(z)
	r.New = true
	return r, nil
}

// change brings a zone to the declaration: first the tags, of which one may be the mark; last what a kind does besides.
func (k *kind) change(ctx context.Context, have *Zone, besides func(context.Context, *Zone) error) (*Zone, error) {
	k.written = nil
	now := have.clone()
	if err := k.writeTags(ctx, now); err != nil {
		return nil, err
	}
	if err := k.write(ctx, now, k.edits(now)); err != nil {
		return nil, err
	}
	if err := besides(ctx, now); err != nil {
		return nil, err
	}
	if have.Ours { // a new mark is read back
		k.written = now.clone()
	}
	return now, nil
}

// edits are those that the records of a zone need; nil is a zone that is yet to be made.
func (k *kind) edits(have *Zone) []edit {
	if have == nil {
		have = &Zone{}
	}
	return edits(k.resolved.sets, k.exclusive, k.name, have.sets)
}

// besides are the sets of others that cannot stand beside a declared one once the edits are made: a CNAME stands alone at its name.
func (k *kind) besides(z *Zone, all []edit) (out []string) {
	declared, cname := map[place]bool{}, map[string]bool{}
	for _, s := range k.resolved.sets {
		declared[s.place] = true
		cname[s.name] = s.typ == TypeCNAME
	}
	then := edited(z.sets, all)
	for i := range then {
		at := placeOf(&then[i])
		alone, named := cname[at.name]
		if named && !declared[at] && alone != (at.typ == TypeCNAME) {
			out = append(out, fmt.Sprintf("record %s (%s) stands where another type is declared: a CNAME stands alone", at, show(&then[i])))
		}
	}
	return out
}

// recordWarnings says what will keep Ensure from writing the records.
func (k *kind) recordWarnings(have *Zone) []string {
	out := k.besides(have, k.edits(have))
	for i := range out {
		out[i] += ": Ensure will answer ErrConflict"
	}
	return out
}

// write makes the edits, and notes in the snapshot what the zone then holds.
func (k *kind) write(ctx context.Context, z *Zone, all []edit) error {
	if others := k.besides(z, all); len(others) > 0 {
		return awserr.Mark(errors.New(strings.Join(others, "; ")), privatelink.ErrConflict, awserr.Final)
	}
	for _, batch := range batches(all) {
		if err := k.send(ctx, z.ID, batch); err != nil {
			return err
		}
	}
	if len(all) > 0 {
		z.holding(edited(z.sets, all))
	}
	return nil
}

// send makes one batch of changes.
func (k *kind) send(ctx context.Context, id string, batch []types.Change) error {
	out, err := patiently(ctx, k.api.ChangeResourceRecordSets, &route53.ChangeResourceRecordSetsInput{
		HostedZoneId: aws.String(id), ChangeBatch: &types.ChangeBatch{Changes: batch},
	})
	if err != nil {
		return err
	}
	k.publishing.note(out.ChangeInfo)
	return nil
}
