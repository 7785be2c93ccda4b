package simulation_test

import (
	"context"
	"net/netip"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// plantRecords: the zone is the provider's, who has a record of a host of ours, and so has another owner.
func (s *stage) plantRecords() {
	s.must(s.lend(s.setup))
	id, err := s.lentZone(s.setup)
	s.must(err)
	s.lentID = id
	_, err = dnszone.RecordsIn(id).Owner("neighbour").A("www", time.Minute, addr).WaitReady(s.setup, s.provider, patience...)
	s.must(err)
}

func (s *stage) recordsActor() actor {
	return drive(dnszone.API(s.provider), func(variant int) zoneResource {
		b := dnszone.RecordsIn(s.lentID).A("api", time.Duration(variant+1)*time.Minute, addr)
		if variant == 1 {
			return b.CNAME("more", time.Minute, "www."+lent)
		}
		return b.AAAA("www", time.Minute, netip.MustParseAddr("fd00::5")).A("*", time.Minute, addr)
	})
}

type horizonResource = privatelink.Resource[dnszone.API, dnszone.Horizons]

func (s *stage) plantHorizon() { s.foreignZone("split.example.com", "") }

func (s *stage) horizonActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) horizonResource {
		if variant == 1 { // of the same names: what another declaration added, Delete would not take away
			return s.horizon().Inside(dnszone.A("api", time.Hour, other)).Outside(dnszone.A("api", time.Hour, addr))
		}
		return s.horizon()
	})
}

// loanActor is a split horizon whose public zone is the provider's.
func (s *stage) loanActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) horizonResource {
		return dnszone.SplitHorizon(lent).VPC(s.consumer.Region, s.vpc).PublicZone(s.lentID, s.provider).
			Inside(dnszone.A("api", time.Duration(variant+1)*time.Minute, addr)).Outside(dnszone.A("api", time.Duration(variant+1)*time.Minute, other))
	})
}

const lent = "lent.example.com"

var other = netip.MustParseAddr("10.1.1.6")

// lend makes a zone of the provider's, with records of his: one at a host of ours, one at a host of a name like it.
func (s *stage) lend(ctx context.Context) error {
	out, err := s.provider.CreateHostedZone(ctx, &route53.CreateHostedZoneInput{Name: aws.String(lent), CallerReference: aws.String("lent")})
	if err != nil {
		return err
	}
	his := func(host string) types.Change {
		return types.Change{Action: types.ChangeActionCreate, ResourceRecordSet: &types.ResourceRecordSet{
			Name: aws.String(host + "." + lent), Type: types.RRTypeTxt, TTL: aws.Int64(60), ResourceRecords: []types.ResourceRecord{{Value: aws.String(`"his"`)}}}}
	}
	_, err = s.provider.ChangeResourceRecordSets(ctx, &route53.ChangeResourceRecordSetsInput{HostedZoneId: out.HostedZone.Id,
		ChangeBatch: &types.ChangeBatch{Changes: []types.Change{his("www"), his("api-eu")}}})
	time.Sleep(10 * time.Second) // until reads show it
	return err
}

// lentZone is its ID.
func (s *stage) lentZone(ctx context.Context) (id string, err error) {
	for z, err := range dnszone.Lookup(ctx, s.provider, lent) {
		if err != nil {
			return "", err
		}
		if !z.Private {
			return z.ID, nil
		}
	}
	return "", privatelink.ErrNotFound
}

// horizon is a split horizon of the consumer's.
func (s *stage) horizon() *dnszone.SplitHorizonBuilder {
	return dnszone.SplitHorizon("split.example.com").VPC(s.consumer.Region, s.vpc).
		Inside(dnszone.A("api", time.Minute, addr)).Outside(dnszone.A("api", time.Minute, other)).Both(dnszone.TXT("", time.Minute, "both"))
}
