package fake_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func tagList(pairs ...string) []types.Tag {
	var out []types.Tag
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, types.Tag{Key: &pairs[i], Value: &pairs[i+1]})
	}
	return out
}

func TestTagsAreSetAndRemoved(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	h.tag(t, id, "a", "1")
	h.tag(t, id, "b", "2")
	h.tag(t, id, "a", "3")
	require.Equal(t, tagList("a", "3", "b", "2"), h.read(t, id).Tags)
	remove := func(tags ...types.Tag) []types.Tag {
		_, err := h.consumer.DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{id}, Tags: tags})
		require.NoError(t, err)
		return h.read(t, id).Tags
	}
	require.Len(t, remove(tagList("a", "")...), 2, "an empty value removes an empty value only")
	require.Len(t, remove(tagList("a", "1")...), 2)
	require.Equal(t, tagList("b", "2"), remove(types.Tag{Key: aws.String("a")}))
	require.Empty(t, remove())
}

func TestTagsOfEveryKind(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	svc := h.service(t, true)
	ep := h.create(t, *svc.ServiceName)
	h.tag(t, ep.NetworkInterfaceIds[0], "k", "v")
	h.tag(t, h.vpc, "k", "v")
	h.tag(t, h.a.id, "k", "v")
	h.tag(t, h.group, "k", "v")
	con := *h.connections(t, nil)[0].VpcEndpointConnectionId
	perms, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId})
	require.NoError(t, err)
	_, err = h.provider.CreateTags(t.Context(), &ec2.CreateTagsInput{
		Resources: []string{*svc.ServiceId, con, *perms.AllowedPrincipals[0].ServicePermissionId}, Tags: tagList("k", "v")})
	require.NoError(t, err)
	require.Equal(t, tagList("k", "v"), h.readService(t, *svc.ServiceId).Tags)
	require.Equal(t, tagList("k", "v"), h.connections(t, nil)[0].Tags)
	require.Empty(t, h.read(t, *ep.VpcEndpointId).Tags, "the provider tags the connection, not the consumer's endpoint")
}

func TestTagRefusalsChangeNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(nil)
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	for text, in := range map[string]*ec2.CreateTagsInput{
		"InvalidID":               {Resources: []string{id, "vpce-0123456789abcdef0"}, Tags: tagList("k", "v")},
		"InvalidTagKey.Malformed": {Resources: []string{id}, Tags: tagList("k", "v", "aws:k", "v")},
		"InvalidParameterValue":   {Resources: []string{id}, Tags: tagList("k", strings.Repeat("v", 257))},
		"MissingParameter":        {Resources: []string{id}},
	} {
		_, err := h.consumer.CreateTags(t.Context(), in)
		requireCode(t, err, text, "")
	}
	_, err := h.stranger.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{id}, Tags: tagList("k", "v")})
	requireCode(t, err, "InvalidID", id)
	require.Empty(t, h.read(t, id).Tags)
}

func TestSubnetSwapInOneZone(t *testing.T) {
	t.Parallel()
	for _, refuse := range []bool{false, true} {
		switched(t, fake.Switches{RefuseSubnetSwap: refuse}, func(t testing.TB, h *harness) {
			id := h.create(t, h.awsService("sts")).VpcEndpointId
			_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{
				VpcEndpointId: id, AddSubnetIds: []string{h.a2.id}, RemoveSubnetIds: []string{h.a.id}})
			if refuse {
				requireCode(t, err, "DuplicateSubnetsInSameZone", h.a2.id)
			} else {
				require.NoError(t, err)
			}
		})
	}
}

func TestPolicyOnACustomersService(t *testing.T) {
	t.Parallel()
	narrow := func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(`{"Statement":[]}`) }
	for _, ignore := range []bool{false, true} {
		switched(t, fake.Switches{IgnorePolicies: ignore}, func(t testing.TB, h *harness) {
			svc := *h.service(t, false).ServiceName
			if !ignore {
				h.refuse(t, "InvalidParameter", "policies", svc, narrow)
				return
			}
			require.Contains(t, *h.create(t, svc, narrow).PolicyDocument, `"Allow"`)
		})
	}
}

func TestStrictDeltas(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{false, true} {
		switched(t, fake.Switches{StrictDeltas: strict}, func(t testing.TB, h *harness) {
			id := h.create(t, h.awsService("sts")).VpcEndpointId
			for _, in := range []ec2.ModifyVpcEndpointInput{{AddSubnetIds: []string{h.a.id}}, {RemoveSubnetIds: []string{h.c.id}}, {AddSecurityGroupIds: []string{h.defaultGroup}}} {
				in.VpcEndpointId = id
				_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &in)
				if strict {
					requireCode(t, err, "InvalidParameter", "associated with "+*id)
				} else {
					require.NoError(t, err)
				}
			}
		})
	}
}
