package dnszone

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

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
