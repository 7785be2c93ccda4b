package dnszone

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// ZoneTag is the key of the tag that marks an adopted zone as ours; its value is the domain, with slashes for the backslashes of escapes, which
// Route 53 takes in no tag. A zone that this library made needs none: its CallerReference is the mark.
const ZoneTag = "privatelink:zone"

// maxTags is Route 53's limit for one zone.
// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
const maxTags = 10

// tagForm is what keys and values of Route 53's tags look like.
// Source: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html, and Route 53's own refusal of others.
var tagForm = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

// tag sets one declared tag, in a map of its own.
func (c *common) tag(key, value string) {
	c.tags = maps.Clone(c.tags)
	if c.tags == nil {
		c.tags = privatelink.Tags{}
	}
	c.tags[key] = value
}

// tagProblems are those of the tags and of the zone to adopt.
func (c *common) tagProblems(part converge.Scope) (p declare.Problems) {
	if c.adopted != "" && !zoneID.MatchString(bareID(c.adopted)) {
		p.Add("the zone to adopt, %q, is not a zone's ID, such as Z0123456789ABCDEFGHIJ", c.adopted)
	}
	if part == converge.Identity {
		return p
	}
	p.Tags(c.tags, 0)
	if _, taken := c.tags[ZoneTag]; taken {
		p.Add("tag key %q is the mark of this library and cannot be set", ZoneTag)
	}
	for _, key := range slices.Sorted(maps.Keys(c.tags)) {
		if !tagForm.MatchString(key + c.tags[key]) {
			p.Add("tag %q: %q has a character that Route 53 takes in no tag: use letters, numbers, spaces and _ . : / = + - @", key, c.tags[key])
		}
	}
	if most := maxTags - len(c.mark("x")); len(c.tags) > most {
		p.Add("%d tags are more than the %d that Route 53 leaves for them", len(c.tags), most)
	}
	return p
}

// mark is the tag by which an adopted zone is ours.
func (c *common) mark(domain string) privatelink.Tags {
	if c.adopted == "" {
		return nil
	}
	return privatelink.Tags{ZoneTag: inTag(domain)}
}

// inTag is a domain as a tag may say it: without the backslash of escapes.
func inTag(domain string) string { return strings.ReplaceAll(domain, `\`, "/") }

// missingTags are the declared tags that a zone lacks or has with another value, and our mark where it is to be adopted.
func (k *kind) missingTags(z *Zone) privatelink.Tags {
	want := maps.Clone(k.tags)
	if want == nil {
		want = privatelink.Tags{}
	}
	if !z.born {
		maps.Copy(want, k.mark(k.display()))
	}
	maps.DeleteFunc(want, func(key, value string) bool { now, ok := z.Tags[key]; return ok && now == value })
	return want
}

func (k *kind) tagDelta(z *Zone) []converge.Delta {
	missing := k.missingTags(z)
	if len(missing) == 0 {
		return nil
	}
	return []converge.Delta{delta("tags", tagging.Show(tagging.Pick(z.Tags, missing)), tagging.Show(missing))}
}

// writeTags sets what is missing, in one call: a zone never has more tags than a call may set.
func (k *kind) writeTags(ctx context.Context, z *Zone) error {
	missing := k.missingTags(z)
	if len(missing) == 0 {
		return nil
	}
	in := &route53.ChangeTagsForResourceInput{ResourceId: aws.String(z.ID), ResourceType: types.TagResourceTypeHostedzone}
	for _, key := range slices.Sorted(maps.Keys(missing)) {
		in.AddTags = append(in.AddTags, types.Tag{Key: aws.String(key), Value: aws.String(missing[key])})
	}
	if _, err := patiently(ctx, k.api.ChangeTagsForResource, in); err != nil {
		return err
	}
	tags := maps.Clone(missing)
	for key, value := range z.Tags {
		if _, set := tags[key]; !set {
			tags[key] = value
		}
	}
	z.labelled(tags)
	return nil
}

// whose reads the tags of a zone where they matter: they are declared, or may be what makes it ours. Nil when it went meanwhile.
func (k *kind) whose(ctx context.Context, z *Zone, at asOf) (*Zone, asOf, error) {
	if z.born && len(k.tags) == 0 && !k.allTags {
		return z, at, nil
	}
	tags, listed, now, err := readerOf(k.api).tags(ctx, z.ID)
	if err != nil || !listed {
		return nil, at, err
	}
	z.labelled(tags)
	return z, at.and(now), nil
}

// labelled notes the tags of a zone.
func (z *Zone) labelled(tags privatelink.Tags) {
	z.Tags = tags
	z.Ours = z.born || strings.TrimSuffix(tags[ZoneTag], ".") == inTag(z.Domain)
}

// bears is the domain of the declaration whose mark a zone bears, "" for none.
func (z *Zone) bears() string {
	if z.Ours {
		return z.Domain
	}
	return z.Tags[ZoneTag]
}
