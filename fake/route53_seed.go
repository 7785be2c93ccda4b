package fake

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/zone"
)

// HostedZone is a zone that was there before: a registrar's, or another team's. NoLeaks does not count it, but what the API puts into it.
type HostedZone struct {
	ID, Domain  string // ID is without a prefix
	NameServers []string
	account     *Account
}

// PublicZone makes a public zone, one more where there is one of the name. A domain that Route 53 refuses panics.
func (a *Account) PublicZone(domain string) *HostedZone { return a.hostedZone(domain) }

// PrivateZone makes a private zone that serves some VPCs, of whatever accounts. None, or one that a zone of the name serves already, panics, as
// does a domain that Route 53 refuses.
func (a *Account) PrivateZone(domain string, vpcs ...*VPC) *HostedZone {
	if len(vpcs) == 0 {
		panic(fmt.Sprintf("fake: private zone %s: want a VPC", domain))
	}
	return a.hostedZone(domain, vpcs...)
}

func (a *Account) hostedZone(domain string, vpcs ...*VPC) *HostedZone {
	h := &HostedZone{Domain: strings.TrimSuffix(domain, "."), account: a}
	a.do(func(tx *world.Tx) {
		var served []*world.VPC
		for _, v := range vpcs {
			served = append(served, v.record(tx))
		}
		z, err := zone.Seed(tx, domain, served...)
		if err != nil {
			panic(fmt.Sprintf("fake: hosted zone %s: %v", domain, err))
		}
		h.ID = z.ID
		for _, s := range z.NameServers {
			h.NameServers = append(h.NameServers, strings.TrimSuffix(s, "."))
		}
	})
	return h
}

// Record puts a record set of the owner's into the zone, in place of the one of that host and type. The host is relative to the zone; "" is
// the zone itself. Values are written as Route 53 writes them. Anything that Route 53 refuses panics.
func (h *HostedZone) Record(host, recordType string, ttl time.Duration, values ...string) *HostedZone {
	name := strings.TrimPrefix(host+"."+h.Domain, ".")
	set := types.ResourceRecordSet{Name: &name, Type: types.RRType(recordType), TTL: aws.Int64(int64(ttl / time.Second))}
	for _, v := range values {
		set.ResourceRecords = append(set.ResourceRecords, types.ResourceRecord{Value: &v})
	}
	h.account.do(func(tx *world.Tx) {
		if err := zone.SeedRecord(tx, h.ID, set); err != nil {
			panic(fmt.Sprintf("fake: record %s %s: %v", name, recordType, err))
		}
	})
	return h
}
