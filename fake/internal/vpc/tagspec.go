package vpc

import (
	"slices"
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
	maxValue = 255
)

// specTags are the tags that a create asks for, for its one kind of resource.
func specTags(specs []types.TagSpecification, kind types.ResourceType) (world.Tags, error) {
	var out world.Tags
	for _, spec := range specs {
		if spec.ResourceType != kind {
			return nil, says.WrongTagResource.Error(spec.ResourceType)
		}
		for _, t := range spec.Tags {
			if _, ok := out.Get(aws.ToString(t.Key)); ok {
				return nil, says.DuplicateTagKey.Error(aws.ToString(t.Key))
			}
			var err error
			if out, err = put(out, t); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// put sets one tag under AWS's rules.
func put(tags world.Tags, t types.Tag) (world.Tags, error) {
	key, value := aws.ToString(t.Key), aws.ToString(t.Value)
	switch n := utf8.RuneCountInString(key); {
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return nil, says.ReservedTagKey.Error()
	case n == 0 || n > maxKey:
		return nil, says.MalformedTagKey.Error()
	case utf8.RuneCountInString(value) > maxValue:
		return nil, says.MalformedTagValue.Error()
	}
	out := tags.With(key, value)
	if len(out) > maxTags {
		return nil, says.TagLimitExceeded.Error()
	}
	return out, nil
}

// canonical writes the parameters of a create so that equal requests, and no others, read the same.
type canonical struct {
	b       strings.Builder
	ordered bool
}

func (c *canonical) text(name, value string) *canonical {
	c.b.WriteString(name)
	c.b.WriteByte(0)
	c.b.WriteString(value)
	c.b.WriteByte(1)
	return c
}

func (c *canonical) flag(name string, v *bool) *canonical {
	if v == nil {
		return c
	}
	if *v {
		return c.text(name, "true")
	}
	return c.text(name, "false")
}

func (c *canonical) list(name string, values []string) *canonical {
	if !c.ordered && len(values) > 1 {
		values = slices.Clone(values)
		slices.Sort(values)
	}
	return c.text(name, strings.Join(values, "\x02"))
}

func (c *canonical) tags(specs []types.TagSpecification) *canonical {
	var flat []string
	for _, spec := range specs {
		for _, t := range spec.Tags {
			flat = append(flat, string(spec.ResourceType)+"\x03"+aws.ToString(t.Key)+"\x03"+aws.ToString(t.Value))
		}
	}
	return c.list("Tags", flat)
}
