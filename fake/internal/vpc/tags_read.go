package vpc

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DescribeTags lists the tags of the caller's resources, in order of resource and key.
func DescribeTags(tx *world.Tx, in *ec2.DescribeTagsInput) (*ec2.DescribeTagsOutput, error) {
	filters, err := filter.Parse(in.Filters, tx.Switches.OtherSpellings, "key", "resource-id", "resource-type", "tag:", "value")
	if err != nil {
		return nil, err
	}
	cursor, err := page.Open(in.MaxResults, in.NextToken, fewest, func() string { return "DescribeTags" + tx.Place() + filter.Text(filters) })
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(allTags(tx), func(d types.TagDescription) bool {
		return slices.ContainsFunc(filters, func(f filter.Filter) bool { return !matchTag(d, f) })
	})
	out := &ec2.DescribeTagsOutput{}
	out.Tags, out.NextToken = page.Of(cursor, all)
	return out, nil
}

func matchTag(d types.TagDescription, f filter.Filter) bool {
	if key, is := f.TagKey(); is {
		return *d.Key == key && f.Match(*d.Value)
	}
	switch f.Name {
	case "key":
		return f.Match(*d.Key)
	case "resource-id":
		return f.Match(*d.ResourceId)
	case "resource-type":
		return f.Match(string(d.ResourceType))
	}
	return f.Match(*d.Value) // value
}

func allTags(tx *world.Tx) []types.TagDescription {
	out := []types.TagDescription{}
	out = tagsIn(tx, out, tx.Endpoints, types.ResourceTypeVpcEndpoint, (*world.Endpoint).Dying)
	out = tagsIn(tx, out, tx.Services, types.ResourceTypeVpcEndpointService, (*world.Service).Dying)
	out = tagsIn(tx, out, tx.Connections, types.ResourceTypeVpcEndpointConnection, nil)
	out = tagsIn(tx, out, tx.Permissions, types.ResourceTypeVpcEndpointServicePermission, nil)
	out = tagsIn(tx, out, tx.Interfaces, types.ResourceTypeNetworkInterface, nil)
	out = tagsIn(tx, out, tx.VPCs, types.ResourceTypeVpc, nil)
	out = tagsIn(tx, out, tx.Subnets, types.ResourceTypeSubnet, nil)
	out = tagsIn(tx, out, tx.Groups, types.ResourceTypeSecurityGroup, nil)
	out = tagsIn(tx, out, tx.RouteTables, types.ResourceTypeRouteTable, nil)
	slices.SortFunc(out, func(a, b types.TagDescription) int {
		return strings.Compare(*a.ResourceId+"/"+*a.Key, *b.ResourceId+"/"+*b.Key)
	})
	return out
}

// tagsIn adds the tags of a table's records. Those of a kind that is deleted little by little may hide theirs: dying is nil for the others.
func tagsIn[R any](tx *world.Tx, out []types.TagDescription, t *world.Table[R], kind types.ResourceType, dying func(*R, time.Time) bool) []types.TagDescription {
	for row := range t.By(world.ByPlace, tx.Place(), 0) {
		seen := tx.Seen()
		rec := row.At(seen)
		if rec == nil {
			continue
		}
		for _, tag := range shownTags(tx, t.Head(rec).Tags, dying != nil && dying(rec, seen)) {
			out = append(out, types.TagDescription{ResourceId: aws.String(t.Head(rec).ID), ResourceType: kind, Key: str(tag.Key), Value: str(tag.Value)})
		}
	}
	return out
}
