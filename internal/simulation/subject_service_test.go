package simulation_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

type serviceResource = privatelink.Resource[service.API, service.Service]

// plantServices: one of the same name is of another kind.
func (s *stage) plantServices() {
	s.foreignService("Name", "orders")
	s.foreignService(privatelink.NameTag, "orders-eu")
	s.guardService(&ec2.CreateVpcEndpointServiceConfigurationInput{GatewayLoadBalancerArns: []string{s.provider.GWLB("twin", s.racks...).ARN}}, privatelink.NameTag, "orders")
}

func (s *stage) nlbActor() actor {
	return drive(service.API(s.provider), func(variant int) serviceResource {
		b := s.service().Tag("variant", string(rune('0'+variant)))
		if variant == 1 {
			b.Acceptance(false).Allow(privatelink.AccountPrincipal("333333333333"))
		}
		return b
	})
}

func (s *stage) plantAppliances() {
	s.foreignService("Name", "appliances")
	s.foreignService(privatelink.NameTag, "appliances-eu")
	s.guardService(&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{s.provider.NLB("twin", s.racks...).ARN}}, privatelink.NameTag, "appliances")
}

func (s *stage) appliancesActor() actor {
	return drive(service.API(s.provider), func(variant int) serviceResource {
		if variant == 1 {
			return s.rewired()
		}
		return s.appliances()
	})
}

func (s *stage) plantShops() {
	s.foreignService("Name", "shop")
	s.foreignService(privatelink.NameTag, "shop-eu")
}

// shopActor declares all that can be declared of a service.
func (s *stage) shopActor() actor {
	return drive(service.API(s.provider), func(variant int) serviceResource {
		if variant == 1 {
			return s.reshaped()
		}
		return s.shop()
	})
}

// foreignService makes a service that is like ours, and not of its identity.
func (s *stage) foreignService(key, value string) {
	arn := s.provider.NLB("foreign-"+value, s.racks...).ARN
	s.guardService(&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{arn}}, key, value)
}

func (s *stage) guardService(in *ec2.CreateVpcEndpointServiceConfigurationInput, key, value string) {
	in.TagSpecifications = []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpointService,
		Tags: []types.Tag{{Key: aws.String(key), Value: aws.String(value)}}}}
	out, err := s.provider.CreateVpcEndpointServiceConfiguration(s.setup, in)
	s.must(err)
	s.census.Guard(aws.ToString(out.ServiceConfiguration.ServiceId))
}

func (s *stage) service() *service.NLBBuilder {
	return service.BehindNLB("orders").LoadBalancers(s.nlb).Acceptance(true).Allow(privatelink.AccountPrincipal(s.consumer.ID))
}

const (
	alerts = "arn:aws:sns:us-east-1:111111111111:alerts"
	pager  = "arn:aws:sns:us-east-1:111111111111:pager"
)

// shop is a service behind a Network Load Balancer with everything.
func (s *stage) shop() *service.NLBBuilder {
	return service.BehindNLB("shop").LoadBalancers(s.nlb, s.target).Acceptance(true).Allow(privatelink.AccountPrincipal(s.consumer.ID)).
		PrivateDNSName("shop.example.com").IPAddressTypes(service.IPv4).Regions("eu-west-1").PayerResponsibility(service.ServiceOwner).
		Notify(alerts, service.EventConnect, service.EventReject).ReadLoadBalancers(s.provider.LoadBalancing()).Tag("team", "blue")
}

func (s *stage) appliances() *service.GWLBBuilder {
	return service.BehindGWLB("appliances").LoadBalancers(s.gwlb).Acceptance(false).Allow(privatelink.AccountPrincipal(s.consumer.ID)).
		Notify(alerts, service.EventConnect, service.EventReject)
}

// reshaped is a shop of which all is changed that can be.
func (s *stage) reshaped() *service.NLBBuilder {
	return s.shop().LoadBalancers(s.nlb).Acceptance(false).Allow(privatelink.Everyone).PrivateDNSName("store.example.com").Regions("us-west-2").
		Notify(alerts, service.EventDelete).Tag("team", "green")
}

func (s *stage) rewired() *service.GWLBBuilder {
	return s.appliances().Acceptance(true).Allow().Notify(alerts, service.EventDelete).Notify(pager, service.EventAccept)
}
