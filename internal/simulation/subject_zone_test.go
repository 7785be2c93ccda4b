package simulation_test

import (
	"net/netip"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type zoneResource = privatelink.Resource[dnszone.API, dnszone.Zone]

var addr = netip.MustParseAddr("10.1.1.9")

func (s *stage) plantZone() { s.foreignZone("orders.internal", s.otherVPC) }

func (s *stage) privateZoneActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) zoneResource {
		b := dnszone.Private("orders.internal").VPC(s.consumer.Region, s.vpc).A("api", time.Duration(variant+1)*time.Minute, addr)
		if variant == 1 {
			b.VPC(s.consumer.Region, s.thirdVPC).A("extra", time.Minute, addr)
		} else {
			b.Exclusive(true)
		}
		return b
	})
}

// plantSharedZone: in the other account's VPC there is a zone of another name.
func (s *stage) plantSharedZone() { s.foreignZone("shared.internal", s.otherVPC) }

func (s *stage) sharedZoneActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) zoneResource {
		return s.both(s.provider).A("api", time.Duration(variant+1)*time.Minute, addr)
	})
}

// plantPublicZone: the registrar's zone has the same name.
func (s *stage) plantPublicZone() { s.foreignZone("example.com", "") }

func (s *stage) publicZoneActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) zoneResource {
		return s.public().A("www", time.Duration(variant+1)*time.Minute, addr).Tag("variant", string(rune('0'+variant)))
	})
}

// plantRecords: the zone is the provider's, who has a record of a host of ours, and so has another owner.
func (s *stage) plantRecords() {
	s.must(s.lend(s.setup))
	id, err := s.lentZone(s.setup)
	s.must(err)
	s.lentID = id
	_, err = dnszone.RecordsIn(id).Owner("neighbour").A("www", time.Minute, addr).WaitReady(s.setup, s.provider)
	s.must(err)
}

func (s *stage) recordsActor() actor {
	return drive(dnszone.API(s.provider), func(variant int) zoneResource {
		b := dnszone.RecordsIn(s.lentID).A("api", time.Duration(variant+1)*time.Minute, addr)
		if variant == 1 {
			return b.CNAME("more", time.Minute, "www."+lent)
		}
		return b.AAAA("www", time.Minute, netip.MustParseAddr("fd00::5"))
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

// foreignZone makes a zone of ours in name only; a public one without a VPC.
func (s *stage) foreignZone(domain, vpc string) {
	in := &route53.CreateHostedZoneInput{Name: aws.String(domain), CallerReference: aws.String("by hand " + vpc)}
	if vpc != "" {
		in.VPC = &types.VPC{VPCId: aws.String(vpc), VPCRegion: types.VPCRegion(s.consumer.Region)}
		in.HostedZoneConfig = &types.HostedZoneConfig{PrivateZone: true}
	}
	out, err := s.consumer.CreateHostedZone(s.setup, in)
	s.must(err)
	s.census.Guard(strings.TrimPrefix(aws.ToString(out.HostedZone.Id), "/hostedzone/"))
}
