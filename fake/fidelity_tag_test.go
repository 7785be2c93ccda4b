package fake_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"
)

// tagRows are facts about tags.
var tagRows = []row{
	{0, "1.6", "CreateTags", "tags overwrite by key; at most 50", "SDK:CreateTags", "sure", nil, tagLimit},
	{0, "1.6", "DeleteTags", "by key, by key and value, all", "SDK:DeleteTags", "sure", nil, deleteTags},
	{0, "1.6", "CreateTags", "reserved keys, unknown resources, more than 1000", "ERR", "sure", nil, badTagging},
	{0, "1.6", "CreateVpcEndpoint", "tags for another kind of resource", "SDKT", "sure", nil, wrongTagResource},
	{0, "1.6", "DescribeTags", "the tags of all resources, filtered and in pages", "SDK", "sure", nil, describedTags},
}

func tagLimit(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	var fifty []types.Tag
	for i := range 50 {
		fifty = append(fifty, tagList("k"+strconv.Itoa(i), "v")...)
	}
	set := func(tags ...types.Tag) error {
		_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{id}, Tags: tags})
		return err
	}
	require.NoError(t, set(fifty...))
	require.NoError(t, set(tagList("k7", "other")...))
	require.Contains(t, h.read(t, id).Tags, tagList("k7", "other")[0])
	requireCode(t, set(tagList("k1", "other", "one more", "v")...), "TagLimitExceeded", "50")
	require.Len(t, h.read(t, id).Tags, 50)
	require.Contains(t, h.read(t, id).Tags, tagList("k1", "v")[0])
}

func deleteTags(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	for _, key := range []string{"a", "b", "c"} {
		h.tag(t, id, key, "1")
	}
	h.tag(t, id, "empty", "")
	remove := func(tags ...types.Tag) int {
		_, err := h.consumer.DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{id}, Tags: tags})
		require.NoError(t, err)
		return len(h.read(t, id).Tags)
	}
	require.Equal(t, 4, remove(tagList("a", "")...), "an empty value removes only an empty one")
	require.Equal(t, 4, remove(tagList("a", "2")...), "another value removes nothing")
	require.Equal(t, 3, remove(tagList("a", "1")...))
	require.Equal(t, 2, remove(tagList("empty", "")...))
	require.Equal(t, 1, remove(types.Tag{Key: aws.String("b")}), "no value removes any")
	require.Equal(t, 0, remove(), "no tags removes all")
}

func badTagging(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	set := func(tags []types.Tag, ids ...string) error {
		_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: ids, Tags: tags})
		return err
	}
	requireCode(t, set(tagList("aws:x", "1"), id), "InvalidTagKey.Malformed", "aws:")
	requireCode(t, set(tagList("AWS:x", "1"), id), "InvalidTagKey.Malformed", "aws:")
	requireCode(t, set(tagList("", "1"), id), "InvalidTagKey.Malformed", "")
	requireCode(t, set(tagList("a", strings.Repeat("v", 257)), id), "InvalidParameterValue", "256")
	requireCode(t, set(tagList("a", "1"), id, "vpce-0123456789abcdef0"), "InvalidID", "vpce-0123456789abcdef0")
	requireCode(t, set(tagList("a", "1"), "thing-1"), "InvalidID", "thing-1")
	requireCode(t, set(tagList("a", "1"), make([]string, 1001)...), "InvalidParameterValue", "1000")
	requireCode(t, set(nil, id), "MissingParameter", "Tags")
	require.Empty(t, h.read(t, id).Tags)
	require.NoError(t, set(tagList(strings.Repeat("k", 127), strings.Repeat("v", 256)), id))
}

func wrongTagResource(t testing.TB, h *harness) {
	spec := func(kind types.ResourceType, tags ...types.Tag) func(*ec2.CreateVpcEndpointInput) {
		return func(in *ec2.CreateVpcEndpointInput) {
			in.PrivateDnsEnabled, in.TagSpecifications = aws.Bool(false), []types.TagSpecification{{ResourceType: kind, Tags: tags}}
		}
	}
	h.refuse(t, "InvalidParameterValue", "'vpc' is not a valid taggable resource type for this operation.", h.awsService("sts"), spec("vpc", tagList("a", "1")...))
	h.refuse(t, "InvalidParameterValue", "Duplicate tag key 'a'", h.awsService("sts"), spec("vpc-endpoint", tagList("a", "1", "a", "2")...))
	require.Equal(t, tagList("a", "1"), h.create(t, h.awsService("sts"), spec("vpc-endpoint", tagList("a", "1")...)).Tags)
}

func describedTags(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	for i := range 6 {
		h.tag(t, id, "k"+strconv.Itoa(i), "v")
	}
	h.tag(t, h.vpc, "Name", "main")
	read := func(in *ec2.DescribeTagsInput) *ec2.DescribeTagsOutput {
		out, err := h.consumer.DescribeTags(t.Context(), in)
		require.NoError(t, err)
		return out
	}
	for name, c := range map[string]struct {
		value string
		n     int
	}{"key": {"k3", 1}, "resource-id": {id, 6}, "resource-type": {"vpc", 1}, "tag:Name": {"main", 1}, "value": {"v", 6}} {
		require.Len(t, read(&ec2.DescribeTagsInput{Filters: filters(name, c.value)}).Tags, c.n, name)
	}
	first := read(&ec2.DescribeTagsInput{MaxResults: aws.Int32(5)})
	require.Len(t, first.Tags, 5)
	require.Len(t, read(&ec2.DescribeTagsInput{NextToken: first.NextToken}).Tags, 2)
	out, err := h.stranger.DescribeTags(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, out.Tags)
}
