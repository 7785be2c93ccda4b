package vpc

import (
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	maxTags  = 50
	maxKey   = 127
	maxValue = 256
)

// specTags are the tags that a create asks for, for its one kind of resource. They go into out, which has none yet.
func specTags(out world.Tags, specs []types.TagSpecification, kind types.ResourceType) (world.Tags, error) {
	for _, spec := range specs {
		if spec.ResourceType != kind {
			return nil, says.WrongTagResource.Error(spec.ResourceType)
		}
		for _, t := range spec.Tags {
			key, value := aws.ToString(t.Key), aws.ToString(t.Value)
			if _, ok := out.Get(key); ok {
				return nil, says.DuplicateTagKey.Error(key)
			}
			if err := tagRules(key, value); err != nil {
				return nil, err
			}
			if out = out.Insert(key, value); len(out) > maxTags {
				return nil, says.TagLimitExceeded.Error()
			}
		}
	}
	return out, nil
}

// put sets one tag under AWS's rules.
func put(tags world.Tags, t types.Tag) (world.Tags, error) {
	key, value := aws.ToString(t.Key), aws.ToString(t.Value)
	if err := tagRules(key, value); err != nil {
		return nil, err
	}
	out := tags.With(key, value)
	if len(out) > maxTags {
		return nil, says.TagLimitExceeded.Error()
	}
	return out, nil
}

func tagRules(key, value string) error {
	switch n := utf8.RuneCountInString(key); {
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return says.ReservedTagKey.Error()
	case n == 0 || n > maxKey:
		return says.MalformedTagKey.Error()
	case utf8.RuneCountInString(value) > maxValue:
		return says.MalformedTagValue.Error()
	}
	return nil
}
