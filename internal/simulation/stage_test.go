package simulation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/simulation"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
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
	table, inspector   string // a route table, and the name of a service behind a Gateway Load Balancer
	before             string // the Dump of the empty stage

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

// route is the other two kinds of endpoints, which are reached by route tables.
func (s *stage) route(ctx context.Context) error {
	if _, err := s.gateway().WaitReady(ctx, s.consumer); err != nil {
		return err
	}
	_, err := s.inspect().WaitReady(ctx, s.consumer)
	return err
}

// unroute takes them away again.
func (s *stage) unroute(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.inspect().On(s.consumer), s.gateway().On(s.consumer))
}

func (s *stage) service() *service.NLBBuilder {
	return service.BehindNLB("orders").LoadBalancers(s.nlb).Acceptance(true).Allow(privatelink.AccountPrincipal(s.consumer.ID))
}

func (s *stage) endpoint(serviceName string) *endpoint.InterfaceBuilder {
	return endpoint.Interface("orders").VPC(s.vpc).Service(serviceName).Subnets(s.subnets...).SecurityGroups(s.group)
}

func (s *stage) zone(target privatelink.DNSName) *dnszone.PrivateBuilder {
	return dnszone.Private("orders.internal").VPC(s.consumer.Region, s.vpc).Alias("api", target)
}

// up is the main job, from nothing remembered.
func (s *stage) up(ctx context.Context) error {
	svc, err := s.service().WaitReady(ctx, s.provider)
	if err != nil {
		return err
	}
	ep := s.endpoint(svc.ServiceName)
	e, err := ep.Ensure(ctx, s.consumer)
	for errors.Is(err, privatelink.ErrPending) && ctx.Err() == nil {
		time.Sleep(time.Second)
		e, err = ep.Ensure(ctx, s.consumer)
	}
	if err != nil {
		return err
	}
	if err := service.Accept(ctx, s.provider, svc.ID, e.ID); err != nil {
		return err
	}
	if e, err = ep.WaitReady(ctx, s.consumer); err != nil {
		return err
	}
	_, err = s.zone(e.DNS.Regional).WaitReady(ctx, s.consumer)
	return err
}

// down takes everything away again.
func (s *stage) down(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.zone(privatelink.DNSName{}).On(s.consumer), s.endpoint("").On(s.consumer), s.service().On(s.provider))
}

// complete asserts that there is one of each of so many, and that no more ever were.
func complete(identities int) func(*stage, *testing.T, string) {
	return func(s *stage, t *testing.T, about string) {
		t.Helper()
		require.Empty(t, s.census.Twins(), about)
		alive := s.census.Alive()
		require.Len(t, alive, identities, "%s: %v", about, alive)
	}
}

// empty asserts that nothing is left.
func (s *stage) empty(t *testing.T, about string) {
	t.Helper()
	require.Empty(t, s.census.Twins(), about)
	require.Equal(t, s.before, s.cloud.Dump(), about)
}
