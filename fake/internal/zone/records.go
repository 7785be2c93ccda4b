package zone

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const recordsPage = 300

// ListResourceRecordSets pages through a zone's record sets, labels from the right, 300 at a time unless told otherwise. What is given
// of name, type and identifier is where to start.
func ListResourceRecordSets(tx *world.Tx, in *route53.ListResourceRecordSetsInput) (*route53.ListResourceRecordSetsOutput, error) {
	z, err := visible(tx, in.HostedZoneId)
	if err != nil {
		return nil, err
	}
	start, err := startKey(in)
	if err != nil {
		return nil, err
	}
	var all sets
	if r := tx.DNS.Records.At(z.ID, tx.Seen()); r != nil {
		all = r.Sets
	}
	all = all[all.from(start):]
	n := limit(in.MaxItems, recordsPage)
	page, more := cut(all, n)
	out := &route53.ListResourceRecordSetsOutput{IsTruncated: more, MaxItems: aws.Int32(int32(n)), ResourceRecordSets: []types.ResourceRecordSet{}}
	for _, r := range page {
		out.ResourceRecordSets = append(out.ResourceRecordSets, shown(r))
	}
	if more {
		next := all[n]
		out.NextRecordName, out.NextRecordType = aws.String(next.Name), types.RRType(next.Type)
		if next.SetID != "" {
			out.NextRecordIdentifier = aws.String(next.SetID)
		}
	}
	return out, nil
}

func startKey(in *route53.ListResourceRecordSetsInput) (string, error) {
	switch {
	case in.StartRecordName == nil && in.StartRecordType == "" && in.StartRecordIdentifier == nil:
		return "", nil
	case in.StartRecordName == nil:
		return "", refuse(says.StartNeedsName)
	case in.StartRecordIdentifier != nil && in.StartRecordType == "":
		return "", refuse(says.StartNeedsType)
	}
	name, err := Canonical(*in.StartRecordName)
	if err != nil {
		return "", refuse(says.BadStart, err, *in.StartRecordName)
	}
	return setKey(name, string(in.StartRecordType), aws.ToString(in.StartRecordIdentifier)), nil
}

// ChangeResourceRecordSets makes all changes of a batch or none. Lists show them at once, name servers when the change is INSYNC.
func ChangeResourceRecordSets(tx *world.Tx, in *route53.ChangeResourceRecordSetsInput) (*route53.ChangeResourceRecordSetsOutput, error) {
	if in.ChangeBatch == nil || len(in.ChangeBatch.Changes) == 0 {
		return nil, missing("changeBatch.changes")
	}
	if err := describes("changeBatch.comment", in.ChangeBatch.Comment); err != nil {
		return nil, err
	}
	for i, c := range in.ChangeBatch.Changes {
		if err := wellFormed(i, c); err != nil {
			return nil, err
		}
	}
	z, err := own(tx, in.HostedZoneId)
	if err != nil {
		return nil, err
	}
	if err := healthChecks(tx, in.ChangeBatch.Changes); err != nil {
		return nil, err
	}
	if err := free(tx, z, says.ZoneBusy); err != nil {
		return nil, err
	}
	before := tx.DNS.Records.At(z.ID, tx.Now)
	b := batch{zone: z, work: slices.Clone(before.Sets), room: tx.Quotas.Of(tx.Quotas.ZoneRecords, maxZoneRecords)}
	b.targets = func(r *world.RecordSet) []says.Text { return aliasProblems(tx, z, b.work, r) }
	if problems := b.run(in.ChangeBatch.Changes); len(problems) > 0 {
		return nil, refuseBatch(problems)
	}
	writeRecords(tx, z, before, b.work)
	occupy(tx, z)
	change := tx.NewChange(aws.ToString(in.ChangeBatch.Comment))
	return &route53.ChangeResourceRecordSetsOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First())}, nil
}

// healthChecks wants the health checks that a batch brings to be the caller's.
func healthChecks(tx *world.Tx, changes []types.Change) error {
	for _, c := range changes {
		id := value(c.ResourceRecordSet.HealthCheckId)
		if id == "" || c.Action == types.ChangeActionDelete {
			continue
		}
		if h := tx.DNS.HealthChecks.At(id, tx.Now); h == nil || h.Owner != tx.Account {
			return refuse(says.NoSuchHealthCheck, id)
		}
	}
	return nil
}
