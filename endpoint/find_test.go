package endpoint_test

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestFindByNameVPCAndKind(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	kinds := map[endpoint.Kind]anyBuilder{
		endpoint.KindInterface:           endpoint.Interface("x").VPC(i.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).PrivateDNS(false),
		endpoint.KindGateway:             i.s3().CloneAs("x"),
		endpoint.KindGatewayLoadBalancer: i.inspect().CloneAs("x"),
	}
	for _, b := range kinds {
		_, err := b.Find(t.Context(), i.consumer)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
	}
	for kind, b := range kinds {
		made, err := b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, []string{"DescribeVpcEndpoints"}, i.ops(func() {
			found, err := b.Find(t.Context(), i.consumer)
			require.NoError(t, err)
			require.Equal(t, made.ID, found.ID)
			require.Equal(t, kind, found.Kind, "kinds of one name do not mix")
			require.True(t, found.Ready)
		}), "reads only")
	}
	for _, only := range []anyBuilder{endpoint.Interface("x").VPC(i.vpc.ID), endpoint.Gateway("x").VPC(i.vpc.ID), endpoint.GatewayLoadBalancer("x").VPC(i.vpc.ID)} {
		_, err := only.Find(t.Context(), i.consumer)
		require.NoError(t, err, "the identity is enough")
	}
	_, err := endpoint.Gateway("x").VPC(i.consumer.VPC("10.9.0.0/16").ID).Find(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	found, err := i.s3().CloneAs("x").Policy(denyAll).Find(t.Context(), i.consumer)
	require.NoError(t, err)
	require.False(t, found.Ready)
	require.Equal(t, "a change of the policy", found.Waiting)
}

func TestFindOfTwoIsAConflict(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	one, two := byHand(t, w), byHand(t, w)
	for _, id := range []string{one, two} {
		hand{w, id}.tag(t, privatelink.NameTag, "orders")
	}
	_, err := w.orders().Find(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, one)
	require.ErrorContains(t, err, two)
}

func TestAddressIsFixedForEachSubnet(t *testing.T) {
	w, _, _ := dualShop(&fake.Cloud{})
	four, six, next := netip.MustParseAddr("10.1.1.50"), netip.MustParseAddr("2600:1f18:0:1::50"), netip.MustParseAddr("10.1.1.51")
	b := endpoint.Interface("x").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(w.a.ID, w.b.ID).IPAddressType(endpoint.DualStack)
	at := func(e *endpoint.Endpoint) endpoint.NetworkInterface {
		all, err := endpoint.NetworkInterfaces(t.Context(), w.consumer, e)
		require.NoError(t, err)
		require.Len(t, all, 2)
		for _, n := range all {
			if n.Subnet == w.a.ID {
				return n
			}
		}
		return endpoint.NetworkInterface{}
	}
	e, err := b.Address(w.a.ID, four, six).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	was := at(e)
	require.Equal(t, []netip.Addr{four, six}, []netip.Addr{was.IPv4, was.IPv6})
	require.Equal(t, []string{"DescribeVpcEndpoints", "DescribeNetworkInterfaces"}, w.ops(func() {
		_, err = b.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}), "no change: one read, and one more for the addresses")
	e, err = b.Address(w.a.ID, next, six).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	now := at(e)
	require.Equal(t, []netip.Addr{next, six}, []netip.Addr{now.IPv4, now.IPv6})
	require.NotEqual(t, was.ID, now.ID, "another address is another network interface")
	_, err = b.Clone().Address(w.a.ID).Address(w.b.ID, netip.MustParseAddr("10.1.2.3")).Ensure(t.Context(), w.consumer)
	require.Error(t, err, "AWS keeps the first four addresses of a subnet")
	require.Empty(t, w.ops(func() {
		_, err := b.Clone().Subnets(w.b.ID).Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.ErrorContains(t, err, "which Subnets does not name")
	}))
}

func TestDefaultPolicyResetsWhatWasSet(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	inter := func() *endpoint.InterfaceBuilder {
		return endpoint.Interface("x").VPC(i.vpc.ID).Service(endpoint.AWSService("us-east-1", "sts"))
	}
	for _, c := range []struct{ plain, set, reset anyBuilder }{
		{inter(), inter().Policy(denyAll), inter().Policy(denyAll).DefaultPolicy()}, {i.s3(), i.s3().Policy(denyAll), i.s3().Policy(denyAll).DefaultPolicy()},
	} {
		e, err := c.plain.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		full := e.Policy
		plan, err := c.reset.Plan(t.Context(), i.consumer)
		require.NoError(t, err)
		require.True(t, plan.Empty(), "AWS's own default, however it is written")
		_, err = c.set.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		_, err = c.plain.Ensure(t.Context(), i.consumer)
		require.NoError(t, err)
		e, err = c.plain.Find(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, denyAll, e.Policy, "what is not named is left alone")
		e, err = c.reset.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, full, e.Policy)
		require.Equal(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &e.ID, ResetPolicy: aws.Bool(true)}, lastInput[ec2.ModifyVpcEndpointInput](t, i.world))
	}
}

func TestServiceRegionOfAnotherRegion(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := service.BehindNLB("orders").LoadBalancers(w.nlb).Acceptance(false).Allow(privatelink.AccountPrincipal(consumerID)).
		Regions("us-east-1", "eu-west-1").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	abroad := w.consumer.In("eu-west-1")
	home := abroad.VPC("10.2.0.0/16")
	b := endpoint.Interface("orders").VPC(home.ID).Service(w.svc.ServiceName).Subnets(home.Subnet("eu-west-1a", "10.2.1.0/24").ID)
	_, err = b.Ensure(t.Context(), abroad)
	require.ErrorIs(t, err, privatelink.ErrNotFound, "AWS knows it in its own Region only")
	plan, err := b.ServiceRegion("us-east-1").Plan(t.Context(), abroad)
	require.NoError(t, err)
	require.Empty(t, plan.Warnings)
	e, err := b.WaitReady(t.Context(), abroad)
	require.NoError(t, err)
	require.Equal(t, "us-east-1", e.ServiceRegion)
	require.Contains(t, e.DNS.Regional.Name, ".us-east-1.vpce.amazonaws.com")
	require.Equal(t, "arn:aws:ec2:eu-west-1:"+consumerID+":vpc-endpoint/"+e.ID, e.ARN, "it is in the Region of its VPC")
	_, err = b.Clone().ServiceRegion("eu-west-1").Ensure(t.Context(), abroad)
	require.ErrorIs(t, err, privatelink.ErrImmutable)
}
