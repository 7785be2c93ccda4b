package endpoint_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/iam/iamtest"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Every method of API is an action of the policy, and the other way round.
func TestIAMPolicyHasEveryCall(t *testing.T) {
	require.Equal(t, iamtest.Methods[endpoint.API](), iamtest.Actions(t, endpoint.IAMPolicy(), "ec2:"))
	require.Equal(t, []string{"AssociateVPCWithHostedZone"}, iamtest.Actions(t, endpoint.IAMPolicy(), "route53:"))
	require.Equal(t, []string{"AllowMultiRegion"}, iamtest.Actions(t, endpoint.IAMPolicy(), "vpce:"))
}

// All verbs of all kinds, with everything set: the policy of the kind allows each call that they make, and no statement allows what none needs.
func TestIAMPolicyIsEnoughAndNotTooMuch(t *testing.T) {
	for kind, use := range map[endpoint.Kind]func(*testing.T, *world){
		endpoint.KindInterface: useInterface, endpoint.KindGatewayLoadBalancer: useGatewayLoadBalancer, endpoint.KindGateway: useGateway,
	} {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t, &fake.Cloud{}, false)
			before := len(w.cloud.Calls())
			use(t, w)
			iamtest.Judge(t, endpoint.IAMPolicy(kind), ofConsumer(w.cloud.Calls()[before:]))
		})
	}
}

func ofConsumer(calls []fake.Call) []fake.Call {
	return slices.DeleteFunc(calls, func(c fake.Call) bool { return c.Account != consumerID || c.Caller == "somebody else" })
}

// whole takes a declaration through all its verbs, changed on the way.
func whole(t *testing.T, w *world, b, changed privatelink.Resource[endpoint.API, endpoint.Endpoint]) {
	t.Helper()
	_, err := b.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = changed.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	e, err := changed.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = endpoint.Get(t.Context(), w.consumer, e.ID)
	require.NoError(t, err)
	require.NoError(t, changed.WaitGone(t.Context(), w.consumer))
}

// foreign makes an endpoint that bears no tag, as somebody else would.
func foreign(t *testing.T, w *world, serviceName string, kind types.VpcEndpointType) string {
	out, err := w.consumer.CreateVpcEndpoint(fake.Caller(t.Context(), "somebody else"), &ec2.CreateVpcEndpointInput{
		VpcId: aws.String(w.vpc.ID), ServiceName: aws.String(serviceName), VpcEndpointType: kind, SubnetIds: subnetsOf(w, kind),
	})
	require.NoError(t, err)
	return aws.ToString(out.VpcEndpoint.VpcEndpointId)
}

func subnetsOf(w *world, kind types.VpcEndpointType) []string {
	if kind == types.VpcEndpointTypeGateway {
		return nil
	}
	return []string{w.a.ID}
}

func useInterface(t *testing.T, w *world) {
	chosen, err := endpoint.SubnetsFor(t.Context(), w.consumer, w.svc.ServiceName, w.a.ID, w.b.ID, w.c.ID)
	require.NoError(t, err)
	sts := endpoint.Interface("sts").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(chosen...).
		SecurityGroups(w.group.ID).PrivateDNS(true).Tag("team", "a").Address(w.a.ID, netip.MustParseAddr("10.1.1.7"))
	whole(t, w, sts, sts.Clone().Subnets(w.a.ID).SecurityGroups(w.other.ID).Tag("team", "b"))

	id := foreign(t, w, endpoint.AWSService("us-east-1", "ssm"), types.VpcEndpointTypeInterface)
	adopted := endpoint.Interface("ssm").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ssm")).Adopt(id)
	whole(t, w, adopted, adopted)

	remote := endpoint.Interface("remote").VPC(w.vpc.ID).Service(remoteService(t, w)).ServiceRegion("eu-west-1").Subnets(w.a.ID)
	whole(t, w, remote, remote)
}

// remoteService is a service of another Region.
func remoteService(t *testing.T, w *world) string {
	there := w.provider.In("eu-west-1")
	nlb := there.NLB("orders", there.VPC("10.0.0.0/16").Subnet("eu-west-1a", "10.0.1.0/24"))
	svc, err := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(false).Allow(privatelink.Everyone).Regions("us-east-1").
		WaitReady(t.Context(), there)
	require.NoError(t, err)
	return svc.ServiceName
}

func useGateway(t *testing.T, w *world) {
	main, other := w.vpc.RouteTable(w.a), w.vpc.RouteTable(w.b)
	s3 := endpoint.Gateway("s3").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(main.ID).Tag("team", "a")
	e, err := s3.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = endpoint.PrefixLists(t.Context(), w.consumer, e)
	require.NoError(t, err)
	whole(t, w, s3, s3.Clone().RouteTables(other.ID).DNSRecordIPType(endpoint.IPv4).Tag("team", "b"))

	id := foreign(t, w, endpoint.AWSService("us-east-1", "dynamodb"), types.VpcEndpointTypeGateway)
	adopted := endpoint.Gateway("dynamodb").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "dynamodb")).Adopt(id)
	whole(t, w, adopted, adopted)
}

func useGatewayLoadBalancer(t *testing.T, w *world) {
	i, _ := newDualInspection(t, w.cloud)
	inspect := i.inspect().Route(i.table, "0.0.0.0/0").Tag("team", "a")
	whole(t, i.world, inspect, inspect.Clone().IPAddressType(endpoint.DualStack).Route(i.two, "10.1.0.0/16").ReplaceRoutes(true).Tag("team", "b"))

	id := foreign(t, i.world, i.name, types.VpcEndpointTypeGatewayLoadBalancer)
	adopted := i.inspect().CloneAs("adopted").Adopt(id)
	whole(t, i.world, adopted, adopted)
}
