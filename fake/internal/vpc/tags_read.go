package vpc

import (
	"slices"
	"strings"

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
	out = tagsIn(tx, out, tx.Endpoints, types.ResourceTypeVpcEndpoint)
	out = tagsIn(tx, out, tx.Services, types.ResourceTypeVpcEndpointService)
	out = tagsIn(tx, out, tx.Connections, types.ResourceTypeVpcEndpointConnection)
	out = tagsIn(tx, out, tx.Permissions, types.ResourceTypeVpcEndpointServicePermission)
	out = tagsIn(tx, out, tx.Interfaces, types.ResourceTypeNetworkInterface)
	out = tagsIn(tx, out, tx.VPCs, types.ResourceTypeVpc)
	out = tagsIn(tx, out, tx.Subnets, types.ResourceTypeSubnet)
	out = tagsIn(tx, out, tx.Groups, types.ResourceTypeSecurityGroup)
	out = tagsIn(tx, out, tx.RouteTables, types.ResourceTypeRouteTable)
	slices.SortFunc(out, func(a, b types.TagDescription) int {
		return strings.Compare(*a.ResourceId+"/"+*a.Key, *b.ResourceId+"/"+*b.Key)
	})
	return out
}

func tagsIn[R any](tx *world.Tx, out []types.TagDescription, t *world.Table[R], kind types.ResourceType) []types.TagDescription {
	for row := range t.By(world.ByPlace, tx.Place(), 0) {
		rec := row.At(tx.Seen())
		if rec == nil {
			continue
		}
		for _, tag := range t.Head(rec).Tags {
			out = append(out, types.TagDescription{ResourceId: aws.String(t.Head(rec).ID), ResourceType: kind, Key: str(tag.Key), Value: str(tag.Value)})
		}
	}
	return out
}
