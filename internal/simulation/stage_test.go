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
}

func newStage(cloud *fake.Cloud) *stage {
	s := &stage{cloud: cloud, census: &simulation.Census{}, provider: cloud.Account("111111111111"), consumer: cloud.Account("222222222222")}
	cloud.Forget = true
	home := s.provider.VPC("10.0.0.0/16")
	subnet := home.Subnet("us-east-1a", "10.0.1.0/24")
	s.home = home.ID
	s.nlb, s.target = s.provider.NLB("orders", subnet).ARN, s.provider.NLB("target", subnet).ARN
	s.gwlb = s.provider.GWLB("appliances", subnet).ARN
	vpc := s.consumer.VPC("10.1.0.0/16")
	s.vpc, s.group, s.subnets = vpc.ID, vpc.SecurityGroup("app").ID, []string{vpc.Subnet("us-east-1a", "10.1.1.0/24").ID}
	s.table = vpc.RouteTable().ID
	s.inspector = inspector(s, subnet)
	s.before = cloud.Dump()
	simulation.Play(cloud, s.census.Watch)
	return s
}

// inspector makes an endpoint service behind a Gateway Load Balancer, which the consumer may use.
func inspector(s *stage, subnet *fake.Subnet) string {
	ctx := context.Background()
	out, err := s.provider.CreateVpcEndpointServiceConfiguration(ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{s.provider.GWLB("inspect", subnet).ARN}, AcceptanceRequired: aws.Bool(false)})
	if err == nil {
		_, err = s.provider.ModifyVpcEndpointServicePermissions(ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{
			ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::" + s.consumer.ID + ":root"}})
	}
	if err != nil {
		panic(err)
	}
	time.Sleep(10 * time.Second) // until reads show it
	return aws.ToString(out.ServiceConfiguration.ServiceName)
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

// life runs f as one process.
func life(t *testing.T, c *simulation.Caller, f func(context.Context) error) error {
	return f(c.Live(t.Context()))
}

// doomed is a caller that dies at one edge of its nth call.
func doomed(n int, edge simulation.Edge) *simulation.Caller {
	return &simulation.Caller{Decide: func(call int, at simulation.Edge, _ *fake.Call) simulation.Event {
		return simulation.Event{Die: call == n && at == edge}
	}}
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

// setting is one reading of what AWS does not document.
type setting struct {
	name     string
	switches fake.Switches
	row      time.Duration // how long a deleted row is listed
}

func settings() []setting {
	all := []setting{
		{name: "friendly"},
		{name: "harsh", switches: fake.Harsh(), row: 30 * time.Second},
		{name: "rows linger", row: time.Minute},
		{name: "rules first", switches: fake.Switches{RulesFirst: true}},
		{name: "tags vanish", switches: fake.Switches{HideDyingTags: true}},
		{name: "references are kept", switches: fake.Switches{ReferenceKept: true}},
		{name: "lag is random", switches: fake.Switches{RandomLag: true}},
		{name: "AWS's clock is ahead", switches: fake.Switches{Date: true, Skew: 10 * time.Minute}},
		{name: "AWS's clock is behind", switches: fake.Switches{Date: true, Skew: -10 * time.Minute}},
		{name: "refused creates replay", switches: fake.Switches{RefusedCreate: fake.Replays}},
		{name: "refused creates mismatch", switches: fake.Switches{RefusedCreate: fake.Mismatch}},
	}
	for _, memory := range []setting{
		{"forgotten at delete", fake.Switches{TokenMemory: fake.ForgetAtDelete}, 0},
		{"forgotten when gone", fake.Switches{TokenMemory: fake.ForgetWhenGone}, 0},
		{"forgotten with the row", fake.Switches{TokenMemory: fake.ForgetWithRow}, 10 * time.Second},
		{"forgotten after the create", fake.Switches{TokenMemory: fake.ForgetAfterCreate, TokenLife: 2 * time.Hour}, 0},
		{"forgotten after the delete", fake.Switches{TokenMemory: fake.ForgetAfterDelete, TokenLife: time.Minute}, 0},
		{"never forgotten", fake.Switches{TokenMemory: fake.NeverForget}, 10 * time.Second},
	} {
		for _, answer := range []setting{
			{name: "answers as it is now", switches: fake.Switches{SpentToken: fake.AnswerCurrent}},
			{name: "answers as at first", switches: fake.Switches{SpentToken: fake.AnswerFirst}},
			{name: "mismatch when dead", switches: fake.Switches{SpentToken: fake.MismatchWhenDead}},
			{name: "always an error", switches: fake.Switches{SpentToken: fake.AlwaysIdempotentError}},
		} {
			both := memory
			both.name += ", " + answer.name
			both.switches.SpentToken = answer.switches.SpentToken
			all = append(all, both)
		}
	}
	return all
}

// cloud is one in which everything takes its time, and reads lag.
func (s setting) cloud() *fake.Cloud {
	return &fake.Cloud{Delay: 12 * time.Second, Lag: 4 * time.Second, Switches: s.switches,
		Timing: fake.Timing{DeletedRow: s.row, ZoneChange: 5 * time.Second, ServiceProvision: time.Second}}
}
