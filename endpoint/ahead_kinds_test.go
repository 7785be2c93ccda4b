package endpoint_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	zonetypes "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// foreseen asserts that a plan warns with this text, by reads alone.
func foreseen(t *testing.T, w *world, b anyBuilder, text string) {
	t.Helper()
	require.Empty(t, writes(w.ops(func() {
		plan, err := b.Plan(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Contains(t, fmt.Sprint(plan.Warnings), text)
	})))
}

// unwarned asserts that a plan has nothing to say.
func unwarned(t *testing.T, w *world, b anyBuilder) {
	t.Helper()
	plan, err := b.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, plan.Warnings)
}

func TestGatewayLoadBalancerPlanWarnsOfAZoneThatTheServiceDoesNotOffer(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	unwarned(t, i.world, i.inspect())
	warned(t, i.world, i.inspect().Subnet(i.b.ID), "the service is not offered in us-east-1b, the zone of subnet "+i.b.ID+": it is in us-east-1a")
}

func TestGatewayLoadBalancerPlanWarnsOfTheQuota(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	for n := range 50 {
		_, err := i.inspect().CloneAs(fmt.Sprint("inspect-", n)).Ensure(t.Context(), i.consumer)
		require.NoError(t, err)
	}
	warned(t, i.world, i.inspect(), "has 50 interface and Gateway Load Balancer endpoints, and the default quota is 50")
	_, err := i.inspect().Ensure(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrQuota)
	unwarned(t, i.world, i.inspect().CloneAs("inspect-7").Tag("team", "blue"))
}

func TestGatewayLoadBalancerPlanWarnsOfAServiceThatIsNotVisible(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	b := i.inspect().Service(provide)
	foreseen(t, i.world, b, "the service "+provide+" does not exist, or this account is not allowed to see it")
	_, err := b.Ensure(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

func TestZoneThatIsClosedToServicesOfOtherRegionsIsNamed(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	far := w.provider.In("eu-west-1")
	home := far.VPC("10.0.0.0/16")
	svc, err := service.BehindNLB("far").LoadBalancers(far.NLB("far", home.Subnet("eu-west-1a", "10.0.1.0/24")).ARN).Acceptance(false).
		Allow(privatelink.AccountPrincipal(consumerID)).Regions("eu-west-1", "us-east-1").WaitReady(t.Context(), far)
	require.NoError(t, err)
	closed := w.vpc.Subnet("us-east-1c", "10.1.9.0/24")
	b := endpoint.Interface("far").VPC(w.vpc.ID).Service(svc.ServiceName).ServiceRegion("eu-west-1")
	_, err = b.Subnets(w.a.ID, closed.ID).Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, "subnet "+closed.ID+" is in us-east-1c (use1-az3), which is closed to services of other Regions")
	require.NotContains(t, err.Error(), "subnet "+w.a.ID)
	_, err = b.Subnets(w.a.ID).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
}

func TestPlanWarnsOfAServiceOfAnotherKind(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	sts := endpoint.AWSService("us-east-1", "sts")
	for text, b := range map[string]anyBuilder{
		"is offered as Interface, not as GatewayLoadBalancer": i.inspect().Service(sts),
		"is offered as Interface, not as Gateway":             i.s3().Service(sts),
		"is offered as GatewayLoadBalancer, not as Interface": endpoint.Interface("x").VPC(i.vpc.ID).Service(i.name),
	} {
		foreseen(t, i.world, b, text)
		_, err := b.Ensure(t.Context(), i.consumer)
		require.ErrorContains(t, err, "does not match available service types")
	}
}

func TestGatewayLoadBalancerPlanWarnsOfARouteThatLeadsElsewhere(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	other, err := i.inspect().CloneAs("other").Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	b := i.inspect().Route(i.table, "0.0.0.0/0").Route(i.two, "0.0.0.0/0")
	foreseen(t, i.world, b, "route 0.0.0.0/0 in "+i.table+" leads to "+other.ID+": ReplaceRoutes(true) turns it")
	unwarned(t, i.world, b.Clone().ReplaceRoutes(true))
	_, err = b.WaitReady(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	foreseen(t, i.world, b, "leads to "+other.ID)
}

func TestGatewayPlanWarnsOfTheQuota(t *testing.T) {
	w, _, _ := shop(&fake.Cloud{})
	for n := range 20 {
		_, err := w.s3().CloneAs(fmt.Sprint("s3-", n)).VPC(w.consumer.VPC("10.2.0.0/16").ID).Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	text := "the Region has 20 gateway endpoints, and the default quota is 20"
	warned(t, w, w.s3(), text)
	_, err := w.s3().Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrQuota)
}

func TestGatewayPlanWarnsOfATableThatIsTaken(t *testing.T) {
	w, one, two := shop(&fake.Cloud{})
	first, err := w.s3().CloneAs("first").RouteTables(one).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	text := "gateway endpoint " + first.ID + " of the service has routes in " + one + " already"
	warned(t, w, w.s3().RouteTables(one, two), text)
	_, err = w.s3().RouteTables(two).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	warned(t, w, w.s3().RouteTables(one, two), text)
	_, err = w.s3().RouteTables(one).Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
}

func TestGatewayPlanWarnsOfDNSAttributesThatAreOff(t *testing.T) {
	w, _, _ := shop(&fake.Cloud{})
	w.vpc.DNSHostnames(false)
	unwarned(t, w, w.s3())
	warned(t, w, w.s3().DNSRecordIPType(endpoint.IPv4), "a DNS record IP type other than service-defined needs the DNS attributes of "+w.vpc.ID+" on, and these are off: enableDnsHostnames")
}

func TestPlanKnownAfterApply(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	for _, b := range []anyBuilder{
		endpoint.Interface("x").VPC(i.vpc.ID).Subnets(i.a.ID), i.inspect().Service("").Route(i.table, "0.0.0.0/0"), i.s3().Service("").RouteTables(i.table),
	} {
		require.ErrorIs(t, b.Validate(), privatelink.ErrInvalid, "Ensure wants the name")
		plan, err := b.Plan(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, privatelink.Create, plan.Action)
		require.Equal(t, privatelink.Change{Field: "service", To: "(known after apply)"}, plan.Changes[0])
		require.Empty(t, plan.Warnings)
	}
}

func TestInterfaceChangeThatAWSRefusesIsExplained(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	ec2Service := endpoint.AWSService("us-east-1", "ec2")
	first, err := endpoint.Interface("first").VPC(w.vpc.ID).Service(ec2Service).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	b := endpoint.Interface("second").VPC(w.vpc.ID).Service(ec2Service).Subnets(w.a.ID).PrivateDNS(false)
	_, err = b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	warned(t, w, b.Clone().PrivateDNS(true), "endpoint "+first.ID+" has the service's private DNS name in "+w.vpc.ID+" already")
	_, err = b.Clone().PrivateDNS(true).Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	warned(t, w, b.Clone().Subnets(w.a.ID, w.c.ID), "are both in us-east-1a, and an endpoint has one subnet in each zone: declare one of them")
	_, err = w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	far := w.vpc.Subnet("us-east-1c", "10.1.9.0/24")
	warned(t, w, w.orders().Subnets(w.a.ID, far.ID), "the service is not offered in us-east-1c, the zone of subnet "+far.ID)
}

func TestPlanSaysWhatItCouldNotCheck(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	for op, b := range map[string]anyBuilder{
		"DescribeVpcEndpointServices": w.orders(), "DescribeSubnets": w.orders(), "DescribeVpcAttribute": w.s3().DNSRecordIPType(endpoint.IPv4),
		"DescribeRouteTables": endpoint.GatewayLoadBalancer("x").VPC(w.vpc.ID).Service(w.svc.ServiceName).Subnet(w.a.ID).Route("rtb-1", "0.0.0.0/0"),
	} {
		w.cloud.Before = refuses(op, 1, "UnauthorizedOperation")
		plan, err := b.Plan(t.Context(), w.consumer)
		require.NoError(t, err, "a plan does not depend on the look ahead")
		require.Equal(t, privatelink.Create, plan.Action)
		require.Contains(t, fmt.Sprint(plan.Warnings), "not everything could be checked: ")
		require.Contains(t, fmt.Sprint(plan.Warnings), "UnauthorizedOperation")
	}
}

// abroad is a client in China, where the interface and the gateway service of S3 have names of their own.
type abroad struct{ *echo }

func TestPlanFindsTheGatewayEndpointInChina(t *testing.T) {
	w := abroad{newEcho()}
	w.row = types.VpcEndpoint{VpcEndpointId: aws.String("vpce-9"), VpcId: aws.String("vpc-1"), VpcEndpointType: types.VpcEndpointTypeGateway, State: "available",
		ServiceName: aws.String("com.amazonaws.cn-north-1.s3")}
	b := endpoint.Interface("s3").VPC("vpc-1").Service("cn.com.amazonaws.cn-north-1.s3").PrivateDNS(true).PrivateDNSOnlyForInboundResolver(true)
	plan, err := b.Plan(t.Context(), w)
	require.NoError(t, err)
	require.NotContains(t, fmt.Sprint(plan.Warnings), "needs a gateway endpoint")
	w.row.ServiceName = aws.String("com.amazonaws.cn-north-1.dynamodb")
	plan, err = b.Plan(t.Context(), w)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(plan.Warnings), "needs a gateway endpoint")
}

// zone makes a private hosted zone of the VPC's.
func zone(t *testing.T, w *world, domain string) {
	t.Helper()
	_, err := w.consumer.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: &domain, CallerReference: aws.String("once"),
		VPC: &zonetypes.VPC{VPCId: aws.String(w.vpc.ID), VPCRegion: zonetypes.VPCRegionUsEast1}})
	require.NoError(t, err)
}

// A hosted zone of the domain is in the way: endpoints do not tell, so the error says who does.
func TestPrivateNameThatAHostedZoneHolds(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	zone(t, w, "ec2.us-east-1.amazonaws.com")
	b := endpoint.Interface("ec2").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Subnets(w.a.ID)
	_, err := b.Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "a hosted zone of that domain is associated with "+w.vpc.ID+": route53:ListHostedZonesByVPC lists it")
	_, err = b.PrivateDNS(false).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = b.PrivateDNS(true).Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "route53:ListHostedZonesByVPC")
	require.Equal(t, "ec2", alone(t, w).Name)
}
