package fake_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func TestListHostedZonesByNameSeeks(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	v, w := a.VPC("10.0.0.0/16"), a.VPC("10.1.0.0/16")
	for _, name := range []string{"b.org", "a.com", "x.a.com", "b.com"} {
		makeZone(t, a, name, v)
	}
	twin, err := a.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: aws.String("a.com"), CallerReference: aws.String("twin"), VPC: vpcRef(w)})
	require.NoError(t, err)
	makeZone(t, c.Account(partnerID), "a.com", nil)

	var names []string
	in := &route53.ListHostedZonesByNameInput{DNSName: aws.String("a.com"), MaxItems: aws.Int32(2)}
	for pages := 1; ; pages++ {
		out, err := a.ListHostedZonesByName(t.Context(), in)
		require.NoError(t, err)
		for _, z := range out.HostedZones {
			names = append(names, *z.Name)
		}
		if !out.IsTruncated {
			require.Equal(t, 3, pages)
			require.Nil(t, out.NextDNSName)
			break
		}
		in.DNSName, in.HostedZoneId = out.NextDNSName, out.NextHostedZoneId
	}
	require.Equal(t, []string{"a.com.", "a.com.", "x.a.com.", "b.com.", "b.org."}, names)

	out, err := a.ListHostedZonesByName(t.Context(), &route53.ListHostedZonesByNameInput{DNSName: aws.String("A.com."), HostedZoneId: twin.HostedZone.Id})
	require.NoError(t, err)
	require.Equal(t, *twin.HostedZone.Id, *out.HostedZones[0].Id)
	_, err = a.ListHostedZonesByName(t.Context(), &route53.ListHostedZonesByNameInput{HostedZoneId: twin.HostedZone.Id})
	requireRefusal(t, err, "InvalidInput", http.StatusBadRequest, "")
}

func TestListHostedZonesPages(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	for i := range 7 {
		makeZone(t, a, string(rune('a'+i))+".example.com", nil)
	}
	makeZone(t, a, "private.internal", a.VPC("10.0.0.0/16"))
	seen := map[string]bool{}
	p := route53.NewListHostedZonesPaginator(a, &route53.ListHostedZonesInput{MaxItems: aws.Int32(3)})
	for pages := 0; p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		require.LessOrEqual(t, len(out.HostedZones), 3)
		for _, z := range out.HostedZones {
			require.False(t, seen[*z.Id])
			seen[*z.Id] = true
		}
	}
	require.Len(t, seen, 8)
	out, err := a.ListHostedZones(t.Context(), &route53.ListHostedZonesInput{HostedZoneType: r53.HostedZoneTypePrivateHostedZone})
	require.NoError(t, err)
	require.Len(t, out.HostedZones, 1)
}

func TestZoneTags(t *testing.T) {
	var c fake.Cloud
	a := c.Account(ownerID)
	z := makeZone(t, a, "example.com", nil).HostedZone
	id := aws.String(strings.TrimPrefix(*z.Id, "/hostedzone/"))
	tags := func() map[string]string {
		out, err := a.ListTagsForResource(t.Context(), &route53.ListTagsForResourceInput{ResourceId: id, ResourceType: r53.TagResourceTypeHostedzone})
		require.NoError(t, err)
		require.Equal(t, *id, *out.ResourceTagSet.ResourceId)
		got := map[string]string{}
		for _, tag := range out.ResourceTagSet.Tags {
			got[*tag.Key] = *tag.Value
		}
		return got
	}
	set := func(in route53.ChangeTagsForResourceInput) error {
		in.ResourceId, in.ResourceType = id, r53.TagResourceTypeHostedzone
		_, err := a.ChangeTagsForResource(t.Context(), &in)
		return err
	}
	require.NoError(t, set(route53.ChangeTagsForResourceInput{AddTags: []r53.Tag{{Key: aws.String("a"), Value: aws.String("1")}, {Key: aws.String("b"), Value: aws.String("2")}}}))
	require.NoError(t, set(route53.ChangeTagsForResourceInput{AddTags: []r53.Tag{{Key: aws.String("a"), Value: aws.String("3")}}, RemoveTagKeys: []string{"b", "none"}}))
	require.Equal(t, map[string]string{"a": "3"}, tags())
	requireRefusal(t, set(route53.ChangeTagsForResourceInput{}), "InvalidInput", http.StatusBadRequest, "")
	requireRefusal(t, set(route53.ChangeTagsForResourceInput{AddTags: []r53.Tag{{Key: aws.String("aws:x")}}}), "InvalidInput", http.StatusBadRequest, "reserved")
	require.Equal(t, map[string]string{"a": "3"}, tags())
}
