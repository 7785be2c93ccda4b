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

// plantZone: in other VPCs there are a zone by hand and a zone of this library's, of the same name; in the same VPC is one of a name below it.
func (s *stage) plantZone() {
	s.foreignZone("orders.internal", s.otherVPC)
	s.foreignZone("eu.orders.internal", s.vpc)
	sibling, err := dnszone.Private("orders.internal").VPC(s.consumer.Region, s.consumer.VPC("10.4.0.0/16").ID).A("api", time.Hour, other).
		WaitReady(s.setup, s.consumer, patience...)
	s.must(err)
	s.census.Guard(sibling.ID)
}

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
func (s *stage) plantPublicZone() {
	s.foreignZone("example.com", "")
	s.foreignZone("eu.example.com", "")
}

func (s *stage) publicZoneActor() actor {
	return drive(dnszone.API(s.consumer), func(variant int) zoneResource {
		return s.public().A("www", time.Duration(variant+1)*time.Minute, addr).Tag("variant", string(rune('0'+variant)))
	})
}

// foreignZone makes a zone of ours in name only; a public one without a VPC.
func (s *stage) foreignZone(domain, vpc string) {
	in := &route53.CreateHostedZoneInput{Name: aws.String(domain), CallerReference: aws.String("by hand " + domain + vpc)}
	if vpc != "" {
		in.VPC = &types.VPC{VPCId: aws.String(vpc), VPCRegion: types.VPCRegion(s.consumer.Region)}
		in.HostedZoneConfig = &types.HostedZoneConfig{PrivateZone: true}
	}
	out, err := s.consumer.CreateHostedZone(s.setup, in)
	s.must(err)
	s.census.Guard(strings.TrimPrefix(aws.ToString(out.HostedZone.Id), "/hostedzone/"))
}

func (s *stage) public() *dnszone.PublicBuilder {
	return dnszone.Public("example.com").A("www", time.Minute, addr).TXT("", time.Minute, "v=spf1 -all").Tag("team", "one")
}

// both is a zone of the consumer's that serves a VPC of the provider's as well.
func (s *stage) both(provider dnszone.API) *dnszone.PrivateBuilder {
	return dnszone.Private("shared.internal").VPC(s.consumer.Region, s.vpc).SharedWith(s.provider.Region, s.home, provider).A("api", time.Minute, addr)
}
