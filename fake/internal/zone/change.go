package zone

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// GetChange says how far a change of the caller's is. A change is known from the start; only its state is seen late.
func GetChange(tx *world.Tx, in *route53.GetChangeInput) (*route53.GetChangeOutput, error) {
	if in.Id == nil {
		return nil, missing("id")
	}
	id := StripID(aws.ToString(in.Id))
	c := tx.DNS.Changes.At(id, tx.Now)
	if c == nil || c.Owner != tx.Account {
		return nil, refuse(says.NoSuchChange, id)
	}
	return &route53.GetChangeOutput{ChangeInfo: changeInfo(tx, c, c.Phases.At(tx.Seen()))}, nil
}
