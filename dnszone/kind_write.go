package dnszone

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// edits are those that the records of a zone need; nil is a zone that is yet to be made.
func (k *kind) edits(have *Zone) []edit {
	if have == nil {
		have = &Zone{}
	}
	return edits(k.resolved.sets, k.exclusive, k.name, have.sets)
}

// write makes the edits, and notes in the snapshot what the zone then holds.
func (k *kind) write(ctx context.Context, z *Zone, all []edit) error {
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
