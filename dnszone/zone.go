package dnszone

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// VPC names a VPC as Route 53 does, which is global: by its Region and ID.
type VPC struct{ Region, ID string }

// String gives "<region>/<ID>".
func (v VPC) String() string { return v.Region + "/" + v.ID }

func (v VPC) compare(other VPC) int {
	return cmp.Or(strings.Compare(v.Region, other.Region), strings.Compare(v.ID, other.ID))
}

func (v VPC) wire() *types.VPC {
	return &types.VPC{VPCId: aws.String(v.ID), VPCRegion: types.VPCRegion(v.Region)}
}

// Zone is what AWS says of a hosted zone at one moment. It is a copy: changing it changes nothing else.
type Zone struct {
	ID          string // without its prefix /hostedzone/
	Domain      string // lower case, without the trailing dot
	Private     bool
	Ours        bool     // bears this library's mark
	Ready       bool     // the declaration holds
	Waiting     string   // for what it waits, "" when Ready
	VPCs        []VPC    // a private zone's, in order of Region and ID
	NameServers []string // a public zone's
	Records     []Record // all but the zone's own SOA and NS, as they are listed
	Outcome     privatelink.Outcome

	name string                    // the domain, canonical
	sets []types.ResourceRecordSet // all of them, exactly as they were read
}

func snapshot(z *types.HostedZone) *Zone {
	name := canonicalOrSelf(aws.ToString(z.Name))
	out := &Zone{name: name, ID: bareID(aws.ToString(z.Id)), Domain: shown(name), Private: z.Config != nil && z.Config.PrivateZone}
	out.Ours = strings.HasPrefix(aws.ToString(z.CallerReference), mark(name, out.Private))
	return out
}

// serving notes the VPCs that a zone serves.
func (z *Zone) serving(vpcs []types.VPC) {
	z.VPCs = nil
	for _, v := range vpcs {
		z.VPCs = append(z.VPCs, VPC{string(v.VPCRegion), aws.ToString(v.VPCId)})
	}
	slices.SortFunc(z.VPCs, VPC.compare)
}

// holding notes the record sets that a zone holds.
func (z *Zone) holding(sets []types.ResourceRecordSet) {
	z.sets, z.Records = sets, nil
	for i := range sets {
		if !isOwn(z.name, &sets[i]) {
			z.Records = append(z.Records, recordOf(&sets[i]))
		}
	}
}

// clone copies a snapshot, so that nobody else's is changed.
func (z *Zone) clone() *Zone {
	c := *z
	c.VPCs, c.NameServers, c.sets = slices.Clone(z.VPCs), slices.Clone(z.NameServers), slices.Clone(z.sets)
	c.Records = slices.Clone(z.Records)
	for i := range c.Records {
		c.Records[i].Values = slices.Clone(c.Records[i].Values)
	}
	return &c
}

// bareID takes away the prefix that Route 53 puts before the IDs of zones and changes.
func bareID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
