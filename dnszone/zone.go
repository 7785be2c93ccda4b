package dnszone

import (
	"cmp"
	"maps"
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
	Ours        bool             // bears this library's mark; that of an adopted zone is a tag, which Lookup does not read
	Ready       bool             // the declaration holds
	Waiting     string           // for what it waits, "" when Ready
	VPCs        []VPC            // a private zone's, in order of Region and ID
	NameServers []string         // a public zone's
	Records     []Record         // all but the zone's own SOA and NS, as they are listed
	Tags        privatelink.Tags // nil where they were not read: where the declaration names none, and by Lookup
	Authorized  []VPC            // the VPCs of other accounts that may be associated; read where SharedWith is declared
	Outcome     privatelink.Outcome

	name string                    // the domain, canonical
	born bool                      // this library made it: its CallerReference is the mark
	sets []types.ResourceRecordSet // all of them, exactly as they were read
}

func snapshot(z *types.HostedZone) *Zone {
	name := canonicalOrSelf(aws.ToString(z.Name))
	out := &Zone{name: name, ID: bareID(aws.ToString(z.Id)), Domain: shown(name), Private: z.Config != nil && z.Config.PrivateZone}
	out.born = strings.HasPrefix(aws.ToString(z.CallerReference), mark(name, out.Private))
	out.Ours = out.born
	return out
}

// vpcsOf reads VPCs, in order of Region and ID.
func vpcsOf(vpcs []types.VPC) (out []VPC) {
	for _, v := range vpcs {
		out = append(out, VPC{string(v.VPCRegion), aws.ToString(v.VPCId)})
	}
	slices.SortFunc(out, VPC.compare)
	return out
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
	c.Records, c.Tags, c.Authorized = slices.Clone(z.Records), maps.Clone(z.Tags), slices.Clone(z.Authorized)
	for i := range c.Records {
		c.Records[i].Values = slices.Clone(c.Records[i].Values)
	}
	return &c
}

// bareID takes away the prefix that Route 53 puts before the IDs of zones and changes.
func bareID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
