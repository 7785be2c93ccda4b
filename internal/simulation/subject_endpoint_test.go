package simulation_test

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type endpointResource = privatelink.Resource[endpoint.API, endpoint.Endpoint]

func (s *stage) plantInterfaces() {
	s.reached = s.open(&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{s.target}})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(s.reached),
		SubnetIds: s.subnets[:1], TagSpecifications: named("Name", "orders")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(s.reached),
		TagSpecifications: named(privatelink.NameTag, "orders-eu")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.otherVPC), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(s.reached),
		TagSpecifications: named(privatelink.NameTag, "orders")})
}

// interfaceActor swaps subnets of one zone.
func (s *stage) interfaceActor() actor {
	return drive(endpoint.API(s.consumer), func(variant int) endpointResource {
		b := endpoint.Interface("orders").VPC(s.vpc).Service(s.reached).Tag("variant", fmt.Sprint(variant))
		if variant == 0 {
			return b.Subnets(s.subnets[0]).SecurityGroups(s.group)
		}
		return b.Subnets(s.spare, s.subnets[1]).SecurityGroups(s.group, s.otherGroup)
	})
}

var sts = endpoint.AWSService("us-east-1", "sts")

func (s *stage) plantPrivateDNS() {
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(sts),
		PrivateDnsEnabled: aws.Bool(false), TagSpecifications: named("Name", "queue")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(sts),
		PrivateDnsEnabled: aws.Bool(false), TagSpecifications: named(privatelink.NameTag, "queue-eu")})
}

// privateDNSActor meets AWS's rule that a private name is there once in a VPC.
func (s *stage) privateDNSActor() actor {
	return drive(endpoint.API(s.consumer), func(variant int) endpointResource {
		return endpoint.Interface("queue").VPC(s.vpc).Service(sts).Subnets(s.subnets...).PrivateDNS(true).Tag("variant", fmt.Sprint(variant))
	})
}

// plantGateway: one of the same name is of another kind.
func (s *stage) plantGateway() {
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), ServiceName: aws.String(endpoint.AWSService("us-east-1", "dynamodb")),
		RouteTableIds: []string{s.table}, TagSpecifications: named("Name", "s3")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(sts),
		PrivateDnsEnabled: aws.Bool(false), TagSpecifications: named(privatelink.NameTag, "s3")})
	for _, twin := range []struct{ vpc, name string }{{s.vpc, "s3-eu"}, {s.otherVPC, "s3"}} {
		s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(twin.vpc), ServiceName: aws.String(endpoint.AWSService("us-east-1", "s3")),
			TagSpecifications: named(privatelink.NameTag, twin.name)})
	}
}

func (s *stage) gatewayActor() actor {
	return drive(endpoint.API(s.consumer), func(variant int) endpointResource {
		b := s.gateway().Tag("variant", fmt.Sprint(variant))
		if variant == 1 {
			b.RouteTables(s.table, s.otherTable)
		}
		return b
	})
}

func (s *stage) plantGWLB() {
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeGatewayLoadBalancer, ServiceName: aws.String(s.inspector),
		SubnetIds: s.subnets[1:], TagSpecifications: named("Name", "inspect")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeGatewayLoadBalancer, ServiceName: aws.String(s.inspector),
		SubnetIds: s.subnets[:1], TagSpecifications: named(privatelink.NameTag, "inspect-eu")})
	s.foreign(&ec2.CreateVpcEndpointInput{VpcId: aws.String(s.vpc), VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: aws.String(sts),
		PrivateDnsEnabled: aws.Bool(false), TagSpecifications: named(privatelink.NameTag, "inspect")})
}

func (s *stage) gwlbActor() actor {
	return drive(endpoint.API(s.consumer), func(variant int) endpointResource {
		b := s.inspect().Tag("variant", fmt.Sprint(variant))
		if variant == 1 {
			return b.Route(s.otherTable, "192.0.2.0/24")
		}
		return b.Route(s.otherTable, "10.1.0.0/16").ReplaceRoutes(true) // the VPC's own block, which is given back
	})
}

// foreign makes an endpoint that is like ours, and not of its identity.
func (s *stage) foreign(in *ec2.CreateVpcEndpointInput) {
	out, err := s.consumer.CreateVpcEndpoint(s.setup, in)
	s.must(err)
	s.census.Guard(aws.ToString(out.VpcEndpoint.VpcEndpointId))
}

func named(key, value string) []types.TagSpecification {
	return []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{{Key: aws.String(key), Value: aws.String(value)}}}}
}
