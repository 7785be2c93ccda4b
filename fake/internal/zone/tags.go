package zone

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	maxTagChanges = 10
	maxTagged     = 10
	maxTags       = 50
	maxTagKey     = 128
	maxTagValue   = 256
)

// ChangeTagsForResource sets and removes tags of a zone of the caller's, at most ten of each in a call.
func ChangeTagsForResource(tx *world.Tx, in *route53.ChangeTagsForResourceInput) (*route53.ChangeTagsForResourceOutput, error) {
	z, err := tagged(tx, in.ResourceType, in.ResourceId)
	if err != nil {
		return nil, err
	}
	if err := tagChanges(in); err != nil {
		return nil, err
	}
	c := *z
	for _, key := range in.RemoveTagKeys {
		c.Tags = c.Tags.Without(key)
	}
	for _, t := range in.AddTags {
		c.Tags = c.Tags.With(aws.ToString(t.Key), aws.ToString(t.Value))
	}
	if len(c.Tags) > maxTags {
		return nil, refuse(says.TagsOfZone, maxTags)
	}
	tx.DNS.Zones.Put(tx.Now, &c)
	return &route53.ChangeTagsForResourceOutput{}, nil
}

// ListTagsForResource reads the tags of a zone of the caller's.
func ListTagsForResource(tx *world.Tx, in *route53.ListTagsForResourceInput) (*route53.ListTagsForResourceOutput, error) {
	if _, err := tagged(tx, in.ResourceType, in.ResourceId); err != nil {
		return nil, err
	}
	set := tagSet(tx, in.ResourceType, *in.ResourceId)
	return &route53.ListTagsForResourceOutput{ResourceTagSet: &set}, nil
}

// ListTagsForResources reads the tags of up to ten zones of the caller's.
func ListTagsForResources(tx *world.Tx, in *route53.ListTagsForResourcesInput) (*route53.ListTagsForResourcesOutput, error) {
	switch n := len(in.ResourceIds); {
	case n < 1:
		return nil, missing("resourceIds")
	case n > maxTagged:
		return nil, refuse(says.TooManyTagged)
	}
	out := &route53.ListTagsForResourcesOutput{}
	for _, id := range in.ResourceIds {
		if _, err := tagged(tx, in.ResourceType, &id); err != nil {
			return nil, err
		}
		out.ResourceTagSets = append(out.ResourceTagSets, tagSet(tx, in.ResourceType, id))
	}
	return out, nil
}

// tagSet are the tags of a zone as a read sees them.
func tagSet(tx *world.Tx, kind types.TagResourceType, id string) types.ResourceTagSet {
	id = StripID(id)
	out := types.ResourceTagSet{ResourceId: aws.String(id), ResourceType: kind, Tags: []types.Tag{}}
	if z := tx.DNS.Zones.At(id, tx.Seen()); z != nil {
		for _, t := range z.Tags {
			out.Tags = append(out.Tags, types.Tag{Key: aws.String(t.Key), Value: aws.String(t.Value)})
		}
	}
	return out
}

func tagged(tx *world.Tx, kind types.TagResourceType, id *string) (*world.Zone, error) {
	switch kind {
	case types.TagResourceTypeHostedzone:
		return own(tx, id)
	case types.TagResourceTypeHealthcheck:
		return nil, refuse(says.NoSuchHealthCheck, aws.ToString(id))
	}
	return nil, refuse(says.NotInEnum, kind, "resourceType")
}

func tagChanges(in *route53.ChangeTagsForResourceInput) error {
	if n := len(in.AddTags) + len(in.RemoveTagKeys); n == 0 {
		return refuse(says.NoTagChange)
	}
	if len(in.AddTags) > maxTagChanges || len(in.RemoveTagKeys) > maxTagChanges {
		return refuse(says.TooLong, "tags", "addTags", maxTagChanges)
	}
	seen := map[string]bool{}
	for _, t := range in.AddTags {
		key, value := aws.ToString(t.Key), aws.ToString(t.Value)
		switch {
		case key == "" || utf8.RuneCountInString(key) > maxTagKey || utf8.RuneCountInString(value) > maxTagValue:
			return refuse(says.TagLength, maxTagKey, maxTagValue)
		case strings.ContainsFunc(key+value, unfitForTag):
			return refuse(says.TagCharacters)
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			return refuse(says.TagReserved)
		case seen[key]:
			return refuse(says.TagTwice, key)
		}
		seen[key] = true
	}
	return nil
}

// unfitForTag follows the pattern that AWS documents for tags in several services: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$.
func unfitForTag(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.Z, unicode.N) && !strings.ContainsRune("_.:/=+-@", r)
}
