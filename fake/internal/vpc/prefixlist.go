package vpc

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/page"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// prefixList is the addresses of one of AWS's services in a Region, of one family.
type prefixList struct {
	id, name, family string // family: IPv4, IPv6
	blocks           []netip.Prefix
}

// The families of prefix lists, as AddressFamily spells them.
const (
	familyIPv4 = "IPv4"
	familyIPv6 = "IPv6"
)

// gatewayParts are the services that have gateway endpoints, in the order in which their prefix lists are listed, with their blocks, of which
// each Region has a part. The blocks are some of AWS's: which ones does not matter here.
var gatewayParts = []struct {
	part   string
	v4, v6 []string
}{
	{"dynamodb", []string{"3.218.182.0/24", "52.94.0.0/22"}, []string{"2600:1f60:4000::/39"}},
	{"s3", []string{"3.5.0.0/19", "52.216.0.0/15", "54.231.0.0/16"}, []string{"2600:1f68:4000::/39", "2600:1fa0:8000::/39"}},
	{"s3express", []string{"3.3.7.0/24", "18.97.0.0/21"}, []string{"2600:1f70:4000::/48"}},
}

// knownLists are IDs that AWS's documents show.
var knownLists = map[string]string{"com.amazonaws.us-east-1.s3" + familyIPv4: "pl-63a5400a", "com.amazonaws.us-east-1.dynamodb" + familyIPv4: "pl-02cd2c6b"}

// prefixLists are AWS's prefix lists in a Region. AWS's documents tell the names of the IPv4 lists of these services; of others the IPv6 list
// has a name of its own.
func prefixLists(tx *world.Tx) []prefixList {
	prefix := "com.amazonaws." + tx.Region + "."
	six := prefix
	if tx.Switches.OtherSpellings {
		six += "ipv6."
	}
	var out []prefixList
	for _, g := range gatewayParts {
		name := prefix + g.part
		out = append(out, prefixList{listID(name, familyIPv4), name, familyIPv4, regional(tx.Region, g.v4)},
			prefixList{listID(name, familyIPv6), six + g.part, familyIPv6, regional(tx.Region, g.v6)})
	}
	return out
}

// regional are the Region's parts of blocks.
func regional(region string, blocks []string) []netip.Prefix {
	out := make([]netip.Prefix, len(blocks))
	for i, b := range blocks {
		out[i] = world.RegionBlock(netip.MustParsePrefix(b), region)
	}
	return out
}

// listID is the ID of a prefix list: the documented one, or one made up that is the same for ever.
func listID(name, family string) string {
	if id, ok := knownLists[name+family]; ok {
		return id
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name + family))
	return fmt.Sprintf("pl-%08x", h.Sum32())
}

// listsOf are the IDs of the prefix lists that a gateway endpoint of an address type has routes for.
func listsOf(service, ipType string) []string {
	var out []string
	if ipType != string(types.IpAddressTypeIpv6) {
		out = append(out, listID(service, familyIPv4))
	}
	if ipType != string(types.IpAddressTypeIpv4) {
		out = append(out, listID(service, familyIPv6))
	}
	return out
}

// findLists gives one page of the Region's prefix lists. An unknown ID refuses the call.
func findLists(tx *world.Tx, op string, q query, names ...string) ([]prefixList, *string, error) {
	filters, err := filter.Parse(q.filters, tx.Switches.OtherSpellings, names...)
	if err != nil {
		return nil, nil, err
	}
	cursor, err := page.Open(q.max, q.token, 1, func() string { return op + tx.Place() + filter.Text(filters) })
	if err != nil {
		return nil, nil, err
	}
	found := prefixLists(tx)
	for _, id := range q.ids {
		if err := says.PrefixLists.Check(id); err != nil {
			return nil, nil, err
		}
		if !slices.ContainsFunc(found, func(l prefixList) bool { return l.id == id }) {
			return nil, nil, says.PrefixLists.Missing(id, tx.Switches.OtherSpellings)
		}
	}
	found = slices.DeleteFunc(found, func(l prefixList) bool {
		return len(q.ids) > 0 && !slices.Contains(q.ids, l.id) ||
			slices.ContainsFunc(filters, func(f filter.Filter) bool { return !matchList(l, f) })
	})
	found, next := page.Of(cursor, found)
	return found, next, nil
}

func blockTexts(blocks []netip.Prefix) []string {
	out := make([]string, len(blocks))
	for i, b := range blocks {
		out[i] = b.String()
	}
	return out
}

func matchList(l prefixList, f filter.Filter) bool {
	switch f.Name {
	case "owner-id":
		return f.Match(listOwner)
	case "prefix-list-id":
		return f.Match(l.id)
	}
	return f.Match(l.name) // prefix-list-name
}

// listOwner is the owner of the prefix lists of AWS's services.
const listOwner = "AWS"

// DescribePrefixLists lists the prefix lists of AWS's services that have gateway endpoints, with their blocks.
func DescribePrefixLists(tx *world.Tx, in *ec2.DescribePrefixListsInput) (*ec2.DescribePrefixListsOutput, error) {
	lists, next, err := findLists(tx, "DescribePrefixLists", query{in.PrefixListIds, in.Filters, in.MaxResults, in.NextToken},
		"prefix-list-id", "prefix-list-name")
	out := &ec2.DescribePrefixListsOutput{PrefixLists: []types.PrefixList{}, NextToken: next}
	for _, l := range lists {
		out.PrefixLists = append(out.PrefixLists, types.PrefixList{PrefixListId: str(l.id), PrefixListName: str(l.name), Cidrs: blockTexts(l.blocks)})
	}
	return out, err
}

// DescribeManagedPrefixLists lists the same prefix lists with their address families; the fake has no customers' ones.
func DescribeManagedPrefixLists(tx *world.Tx, in *ec2.DescribeManagedPrefixListsInput) (*ec2.DescribeManagedPrefixListsOutput, error) {
	lists, next, err := findLists(tx, "DescribeManagedPrefixLists", query{in.PrefixListIds, in.Filters, in.MaxResults, in.NextToken},
		"owner-id", "prefix-list-id", "prefix-list-name")
	out := &ec2.DescribeManagedPrefixListsOutput{PrefixLists: []types.ManagedPrefixList{}, NextToken: next}
	for _, l := range lists {
		out.PrefixLists = append(out.PrefixLists, types.ManagedPrefixList{PrefixListId: str(l.id), PrefixListName: str(l.name),
			AddressFamily: str(l.family), OwnerId: str(listOwner), State: types.PrefixListStateCreateComplete, Tags: []types.Tag{},
			PrefixListArn: aws.String("arn:" + world.Partition(tx.Region) + ":ec2:" + tx.Region + ":" + strings.ToLower(listOwner) + ":prefix-list/" + l.id)})
	}
	return out, err
}
