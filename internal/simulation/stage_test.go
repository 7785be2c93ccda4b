package simulation_test

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
)

// stage is a cloud with the declarations of the internal API: a service, the endpoint that reaches it, and the zone that names it.
type stage struct {
	cloud              *fake.Cloud
	census             *simulation.Census
	provider, consumer *fake.Account
	nlb, target, gwlb  string
	home               string // a VPC of the provider's
	vpc, group         string
	subnets            []string
	spare              string          // a subnet in the zone of the first
	table, inspector   string          // a route table, and the name of a service behind a Gateway Load Balancer
	before             string          // the Dump of the empty stage
	lines              map[string]bool // its lines

	racks              []*fake.Subnet // the provider's
	otherVPC, thirdVPC string
	otherGroup         string
	otherTable         string
	lentID             string          // a zone of the provider's, which somebody else's records are in
	reached            string          // the name of a service that needs no acceptance
	setup              context.Context // for what is there before the story
}

func newStage(cloud *fake.Cloud) *stage {
	s := &stage{cloud: cloud, census: &simulation.Census{}, provider: cloud.Account("111111111111"), consumer: cloud.Account("222222222222")}
	cloud.Forget = true
	home := s.provider.VPC("10.0.0.0/16")
	s.setup, s.racks = context.Background(), []*fake.Subnet{home.Subnet("us-east-1a", "10.0.1.0/24"), home.Subnet("us-east-1b", "10.0.2.0/24")}
	s.home, s.gwlb = home.ID, s.provider.GWLB("appliances", s.racks...).ARN
	s.nlb, s.target = s.provider.NLB("orders", s.racks...).ARN, s.provider.NLB("target", s.racks...).ARN
	vpc := s.consumer.VPC("10.1.0.0/16")
	s.vpc, s.group, s.otherGroup = vpc.ID, vpc.SecurityGroup("app").ID, vpc.SecurityGroup("other").ID
	s.subnets = []string{vpc.Subnet("us-east-1a", "10.1.1.0/24").ID, vpc.Subnet("us-east-1b", "10.1.2.0/24").ID}
	s.spare = vpc.Subnet("us-east-1a", "10.1.3.0/24").ID
	s.table, s.otherTable = vpc.RouteTable().ID, vpc.RouteTable().ID
	s.otherVPC = s.consumer.VPC("10.2.0.0/16").ID
	for s.thirdVPC <= s.vpc { // so that declarations of a zone on both agree on the smallest
		s.thirdVPC = s.consumer.VPC("10.3.0.0/16").ID
	}
	s.inspector = inspector(s)
	s.before = cloud.Dump()
	cloud.After = s.watch
	return s
}

func (s *stage) watch(_ context.Context, c *fake.Call) error {
	s.census.Watch(c)
	return nil
}

// inspector makes an endpoint service behind a Gateway Load Balancer, which the consumer may use.
func inspector(s *stage) string {
	return s.open(&ec2.CreateVpcEndpointServiceConfigurationInput{GatewayLoadBalancerArns: []string{s.provider.GWLB("inspect", s.racks...).ARN}})
}

// open makes a service that the consumer may use without asking, and gives its name.
func (s *stage) open(in *ec2.CreateVpcEndpointServiceConfigurationInput) string {
	in.AcceptanceRequired = aws.Bool(false)
	out, err := s.provider.CreateVpcEndpointServiceConfiguration(s.setup, in)
	s.must(err)
	_, err = s.provider.ModifyVpcEndpointServicePermissions(s.setup, &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::" + s.consumer.ID + ":root"}})
	s.must(err)
	time.Sleep(10 * time.Second) // until it can be used, and reads show it
	return aws.ToString(out.ServiceConfiguration.ServiceName)
}

// must stops a stage that cannot be built.
func (s *stage) must(err error) {
	if err != nil {
		panic(err)
	}
}

func (s *stage) gateway() *endpoint.GatewayBuilder {
	return endpoint.Gateway("s3").VPC(s.vpc).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(s.table)
}

func (s *stage) inspect() *endpoint.GatewayLoadBalancerBuilder {
	return endpoint.GatewayLoadBalancer("inspect").VPC(s.vpc).Service(s.inspector).Subnet(s.subnets[0]).Route(s.table, "0.0.0.0/0")
}
