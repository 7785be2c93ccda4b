package simulation_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

type serviceResource = privatelink.Resource[service.API, service.Service]

func (s *stage) plantServices() {
	s.foreignService("Name", "orders")
	s.foreignService(privatelink.NameTag, "orders-eu")
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
}

func (s *stage) appliancesActor() actor {
	return drive(service.API(s.provider), func(variant int) serviceResource {
		if variant == 1 {
			return s.rewired()
		}
		return s.appliances()
	})
}

// foreignService makes a service that is like ours, and not of its identity.
func (s *stage) foreignService(key, value string) {
	arn := s.provider.NLB("foreign-"+value, s.racks...).ARN
	out, err := s.provider.CreateVpcEndpointServiceConfiguration(s.setup, &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{arn},
		TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpointService,
			Tags: []types.Tag{{Key: aws.String(key), Value: aws.String(value)}}}}})
	s.must(err)
	s.census.Guard(aws.ToString(out.ServiceConfiguration.ServiceId))
}
