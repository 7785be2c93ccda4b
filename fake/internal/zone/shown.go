package zone

import (
	"fmt"
	"hash/fnv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// reserved are the name servers of every private zone.
var reserved = []string{"ns-1536.awsdns-00.co.uk.", "ns-0.awsdns-00.com.", "ns-1024.awsdns-00.org.", "ns-512.awsdns-00.net."}

// serve gives a zone its name servers: a public one four of Route 53's, one for each of its top-level domains, of which two zones of one name
// share none. It says whether there were any left.
func serve(tx *world.Tx, z *world.Zone) bool {
	if z.Private {
		z.NameServers = reserved
		return true
	}
	var taken [serversPerTop]bool
	for twin := range world.Live(tx, tx.DNS.Zones.By(world.ZonesByName, z.Name, 0)) {
		taken[twin.ServerSet] = taken[twin.ServerSet] || !twin.Private
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(z.ID))
	first := int(h.Sum32() % serversPerTop)
	for i := range serversPerTop {
		if n := (first + i) % serversPerTop; !taken[n] {
			z.ServerSet, z.NameServers = n, serverSet(n)
			return true
		}
	}
	return false
}

const serversPerTop = 512

// serverSet is the n-th set of four.
func serverSet(n int) []string {
	var servers []string
	for i, top := range []string{"com", "net", "org", "co.uk"} {
		server := serversPerTop*i + (n+37*i)%serversPerTop
		servers = append(servers, fmt.Sprintf("ns-%d.awsdns-%02d.%s.", server, server%64, top))
	}
	return servers
}

// firstRecords are those that a zone is born with.
func firstRecords(z *world.Zone) sets {
	soa := z.NameServers[0] + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
	return sets{
		{Key: setKey(z.Name, "NS", ""), Name: z.Name, Type: "NS", TTL: 172800, Values: z.NameServers},
		{Key: setKey(z.Name, "SOA", ""), Name: z.Name, Type: "SOA", TTL: 900, Values: []string{soa}},
	}
}

// writeRecords makes sets the zone's records: listed at once, answered when the change is INSYNC.
func writeRecords(tx *world.Tx, z *world.Zone, before *world.ZoneRecords, s sets) {
	rec := &world.ZoneRecords{Meta: z.Meta, Sets: s, Since: tx.Now.Add(tx.ZoneChange()), Before: before}
	tx.DNS.Records.Put(tx.Now, trimmed(rec, tx))
}

// trimmed forgets what is behind the records that name servers answer with now.
func trimmed(r *world.ZoneRecords, tx *world.Tx) *world.ZoneRecords {
	if r == nil {
		return nil
	}
	c := *r
	if r.Since.After(tx.Now) {
		c.Before = trimmed(r.Before, tx)
	} else {
		c.Before = nil
	}
	return &c
}

func hostedZone(z *world.Zone, records int) *types.HostedZone {
	out := &types.HostedZone{Id: aws.String(zonePrefix + z.ID), Name: aws.String(z.Name), CallerReference: aws.String(z.Reference),
		Config: &types.HostedZoneConfig{PrivateZone: z.Private}, ResourceRecordSetCount: aws.Int64(int64(records))}
	if z.Comment != "" {
		out.Config.Comment = aws.String(z.Comment)
	}
	return out
}

// shownZone is a zone as reads give it.
func shownZone(tx *world.Tx, z *world.Zone) *types.HostedZone {
	n := 2
	if r := tx.DNS.Records.At(z.ID, tx.Seen()); r != nil {
		n = len(r.Sets)
	}
	return hostedZone(z, n)
}

// delegation is a public zone's; a private zone has none.
func delegation(z *world.Zone) *types.DelegationSet {
	if z.Private {
		return nil
	}
	d := &types.DelegationSet{}
	for _, s := range z.NameServers {
		d.NameServers = append(d.NameServers, Bare(s))
	}
	return d
}

func shownVPC(a *world.ZoneVPC) types.VPC {
	return types.VPC{VPCId: aws.String(a.VPC), VPCRegion: types.VPCRegion(a.VPCRegion)}
}

func changeInfo(tx *world.Tx, c *world.Change, status string) *types.ChangeInfo {
	out := &types.ChangeInfo{Id: aws.String(changePrefix + c.ID), Status: types.ChangeStatus(status), SubmittedAt: aws.Time(tx.Shown(c.Created).UTC())}
	if c.Comment != "" {
		out.Comment = aws.String(c.Comment)
	}
	return out
}
