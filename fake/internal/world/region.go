package world

import (
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// regions are AWS's Regions with the short form that their Availability Zone IDs have and how many zones an account sees.
var regions = map[string]struct {
	short string
	zones int
}{
	"us-east-1": {"use1", 6}, "us-east-2": {"use2", 3}, "us-west-1": {"usw1", 3}, "us-west-2": {"usw2", 4},
	"ca-central-1": {"cac1", 4}, "ca-west-1": {"caw1", 3}, "sa-east-1": {"sae1", 3}, "mx-central-1": {"mxc1", 3},
	"eu-west-1": {"euw1", 3}, "eu-west-2": {"euw2", 3}, "eu-west-3": {"euw3", 3}, "eu-central-1": {"euc1", 3},
	"eu-central-2": {"euc2", 3}, "eu-north-1": {"eun1", 3}, "eu-south-1": {"eus1", 3}, "eu-south-2": {"eus2", 3},
	"ap-southeast-1": {"apse1", 3}, "ap-southeast-2": {"apse2", 3}, "ap-southeast-3": {"apse3", 3}, "ap-southeast-4": {"apse4", 3},
	"ap-northeast-1": {"apne1", 4}, "ap-northeast-2": {"apne2", 4}, "ap-northeast-3": {"apne3", 3}, "ap-south-1": {"aps1", 3},
	"ap-south-2": {"aps2", 3}, "ap-east-1": {"ape1", 3}, "me-south-1": {"mes1", 3}, "me-central-1": {"mec1", 3},
	"il-central-1": {"ilc1", 3}, "af-south-1": {"afs1", 3}, "us-gov-west-1": {"usgw1", 3}, "us-gov-east-1": {"usge1", 3},
	"cn-north-1": {"cnn1", 3}, "cn-northwest-1": {"cnnw1", 3},
}

// vpceZones are the hosted zones of the endpoint names of a Region, where AWS's documents show them.
var vpceZones = map[string]string{"us-east-1": "Z7HUB22UULQXV", "us-east-2": "ZC8PG0KIFKBRI"}

// VpceZone is the ID of AWS's hosted zone for the DNS names of a Region's endpoints: the documented one, or one made up that is the same for ever.
func VpceZone(region string) string { return allVpceZones()[region] }

var allVpceZones = sync.OnceValue(func() map[string]string {
	out := maps.Clone(vpceZones)
	for region := range regions {
		if out[region] == "" {
			out[region] = Derived("Z", "vpce."+region, 13)
		}
	}
	return out
})

// nlbZones are the hosted zones of Network Load Balancers' names, where AWS's documents were read for them.
var nlbZones = map[string]string{"us-east-1": "Z26RNL4JYFTOTI", "us-east-2": "ZLMOA37VPKANP", "us-west-2": "Z18D5FSROUN65G",
	"eu-west-1": "Z2IFOLAFXWLO4F", "eu-central-1": "Z3F0SRJ5LGBH90"}

// NLBZone is the ID of AWS's hosted zone for the DNS names of a Region's Network Load Balancers, likewise.
func NLBZone(region string) string {
	if id, ok := nlbZones[region]; ok {
		return id
	}
	return Derived("Z", "nlb."+region, 13)
}

// Regions are the names of all Regions.
func Regions() []string { return slices.Collect(maps.Keys(regions)) }

// KnownRegion says whether AWS has a Region of this name.
func KnownRegion(region string) bool { _, ok := regions[region]; return ok }

// Partition is the ARN partition of a Region.
func Partition(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// DNSSuffix is the domain under which a Region's endpoint names stand.
func DNSSuffix(region string) string {
	if Partition(region) == "aws-cn" {
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}

// AZNames are the Availability Zones that an account sees in a Region, in order.
func AZNames(region string) []string {
	out := make([]string, regions[region].zones)
	for i := range out {
		out[i] = region + string(rune('a'+i))
	}
	return out
}

// AZID is the ID of the zone that an account knows by name; "" when there is no such zone. Names differ by account with ShuffleAZs.
func (tx *Tx) AZID(account, az string) string {
	region := strings.TrimRight(az, "abcdefgh")
	r := regions[region]
	if len(az) != len(region)+1 || int(az[len(az)-1]-'a') >= r.zones {
		return ""
	}
	return r.short + "-az" + strconv.Itoa(tx.order(account, region)[az[len(az)-1]-'a']+1)
}

// AZName is the name by which an account knows a zone's ID; "" when there is no such zone in the Region.
func (tx *Tx) AZName(account, region, id string) string {
	r := regions[region]
	n, err := strconv.Atoi(strings.TrimPrefix(id, r.short+"-az"))
	if err != nil || n < 1 || n > r.zones {
		return ""
	}
	return region + string(rune('a'+slices.Index(tx.order(account, region), n-1)))
}

// order says which zone, from 0, each letter means to an account.
func (tx *Tx) order(account, region string) []int {
	out := make([]int, regions[region].zones)
	for i := range out {
		out[i] = i
	}
	if tx.ShuffleAZs {
		h := fnv.New64a()
		_, _ = h.Write([]byte(account + region))
		rand.New(rand.NewPCG(h.Sum64(), tx.Seed)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}
