package zone

import (
	"fmt"
	"math"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// wellFormed checks what Route 53 checks of a change before it looks at the zone.
func wellFormed(i int, c types.Change) error {
	at := fmt.Sprintf("changeBatch.changes.%d.member.", i+1)
	r := c.ResourceRecordSet
	switch {
	case r == nil:
		return missing(at + "resourceRecordSet")
	case !slices.Contains(c.Action.Values(), c.Action):
		return refuse(says.NotInEnum, c.Action, at+"action")
	case !slices.Contains(r.Type.Values(), r.Type):
		return refuse(says.NotInEnum, r.Type, at+"resourceRecordSet.type")
	case r.Name == nil:
		return missing(at + "resourceRecordSet.name")
	case len(*r.Name) > maxNameField:
		return refuse(says.TooLong, *r.Name, at+"resourceRecordSet.name", maxNameField)
	case r.TTL != nil && (*r.TTL < 0 || *r.TTL > math.MaxInt32):
		return refuse(says.WrongNumber, *r.TTL, at+"resourceRecordSet.tTL", 0, math.MaxInt32)
	case r.Weight != nil && (*r.Weight < 0 || *r.Weight > maxWeight):
		return refuse(says.WrongNumber, *r.Weight, at+"resourceRecordSet.weight", 0, maxWeight)
	}
	if found := targets(r); found != "" {
		return refuse(says.NotOneTarget, inChange(c, found)...)
	}
	if err := routing(at+"resourceRecordSet.", c); err != nil {
		return err
	}
	return wellFormedMembers(at, r)
}

// targets wants an alias, or records and how long they live. It says what it found instead.
func targets(r *types.ResourceRecordSet) string {
	some, both := r.TTL != nil || len(r.ResourceRecords) > 0, r.TTL != nil && len(r.ResourceRecords) > 0
	switch {
	case r.AliasTarget != nil && some:
		return "more than one"
	case r.AliasTarget == nil && !both:
		return "none"
	}
	return ""
}

func wellFormedMembers(at string, r *types.ResourceRecordSet) error {
	for i, v := range r.ResourceRecords {
		where := fmt.Sprintf("%sresourceRecordSet.resourceRecords.%d.member.value", at, i+1)
		switch {
		case v.Value == nil:
			return missing(where)
		case len(*v.Value) > maxValue:
			return refuse(says.TooLong, *v.Value, where, maxValue)
		}
	}
	if a := r.AliasTarget; a != nil && (a.DNSName == nil || a.HostedZoneId == nil) {
		return missing(at + "resourceRecordSet.aliasTarget.dNSName and hostedZoneId")
	}
	return nil
}

// inChange are the arguments of the texts that quote a change.
func inChange(c types.Change, what string) []any {
	id := "null"
	if s := c.ResourceRecordSet.SetIdentifier; s != nil {
		id = *s
	}
	return []any{what, c.Action, aws.ToString(c.ResourceRecordSet.Name), c.ResourceRecordSet.Type, id}
}

func missing(member string) error { return refuse(says.MissingMember, member) }
