package endpoint_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// shop is a VPC with two route tables.
func shop(cloud *fake.Cloud) (w *world, one, two string) {
	w = &world{cloud: cloud, consumer: cloud.Account(consumerID)}
	w.vpc = w.consumer.VPC("10.1.0.0/16")
	w.a, w.b = w.vpc.Subnet("us-east-1a", "10.1.1.0/24"), w.vpc.Subnet("us-east-1b", "10.1.2.0/24")
	return w, w.vpc.RouteTable(w.a).ID, w.vpc.RouteTable(w.b).ID
}

func (w *world) s3() *endpoint.GatewayBuilder {
	return endpoint.Gateway("s3").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3"))
}

func TestGatewayCallBudget(t *testing.T) {
	w, one, two := shop(&fake.Cloud{})
	b := w.s3().RouteTables(one)
	var e *endpoint.Endpoint
	ensure := func() {
		var err error
		e, err = b.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"DescribeVpcEndpoints", "CreateVpcEndpoint"}, w.ops(ensure), "create")
	require.True(t, e.Ready, "available at once")
	require.Equal(t, []string{one}, e.RouteTables)
	require.Equal(t, []string{"DescribeVpcEndpoints"}, w.ops(ensure), "no change")
	b.RouteTables(two).Policy(denyAll)
	require.Equal(t, []string{"DescribeVpcEndpoints", "ModifyVpcEndpoint"}, w.ops(ensure), "any set of changes")
	require.Equal(t, []string{two}, e.RouteTables)
	require.Equal(t, []string{"DescribeVpcEndpoints", "DeleteVpcEndpoints"}, w.ops(func() { require.NoError(t, b.Delete(t.Context(), w.consumer)) }))
}

func TestGatewaySendsOnlyWhatIsNamed(t *testing.T) {
	w, _, _ := shop(&fake.Cloud{})
	e, err := w.s3().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err, "zero route tables are legal")
	in := lastInput[ec2.CreateVpcEndpointInput](t, w)
	require.Equal(t, "Gateway", string(in.VpcEndpointType))
	require.Empty(t, in.RouteTableIds)
	require.Nil(t, in.PolicyDocument)
	require.Nil(t, in.DnsOptions)
	require.Nil(t, in.PrivateDnsEnabled)
	require.Empty(t, string(in.IpAddressType))
	require.Zero(t, e.DNS.Regional)
	require.Empty(t, e.DNS.Zonal)
}

func TestGatewayPolicyIsComparedByMeaning(t *testing.T) {
	w, one, _ := shop(&fake.Cloud{})
	b := w.s3().RouteTables(one).Policy(denyAll)
	_, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	other := `{"Statement":{"Resource":["*"],"Action":["*"],"Principal":{"AWS":"*"},"Effect":"Deny"},"Version":"2012-10-17"}`
	plan, err := b.Clone().Policy(other).Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	plan, err = b.Clone().DefaultPolicy().Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Len(t, plan.Changes, 1)
	require.Equal(t, "full access", plan.Changes[0].To)
	require.NotContains(t, plan.String(), "Deny", "a plan tells no policy")
	_, err = b.Clone().DefaultPolicy().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.True(t, aws.ToBool(lastInput[ec2.ModifyVpcEndpointInput](t, w).ResetPolicy))
	plan, err = b.Clone().DefaultPolicy().Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
}

func TestGatewaySecondOneOnATableIsAConflict(t *testing.T) {
	w, one, _ := shop(&fake.Cloud{})
	_, err := w.s3().RouteTables(one).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = w.s3().CloneAs("other").RouteTables(one).Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, one)
}

func TestGatewayAndInterfaceOfOneNameAreTwo(t *testing.T) {
	w, one, _ := shop(&fake.Cloud{})
	gateway, err := w.s3().RouteTables(one).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	b := endpoint.Interface("s3").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Subnets(w.a.ID).PrivateDNS(false)
	_, err = b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.NoError(t, b.WaitGone(t.Context(), w.consumer))
	_, err = endpoint.Get(t.Context(), w.consumer, gateway.ID)
	require.NoError(t, err)
}

func TestGatewayMistakes(t *testing.T) {
	w, _, _ := shop(&fake.Cloud{})
	b := endpoint.Gateway("").VPC("").Service("com.amazonaws.us-east-1.dynamodb").RouteTables("subnet-1").Policy("{").DNSRecordIPType(endpoint.IPv4).IPAddressType("ipv5")
	require.Empty(t, w.ops(func() {
		_, err := b.Ensure(t.Context(), w.consumer)
		require.Len(t, privatelink.Problems(err), 6, "%v", err)
	}))
	require.NotContains(t, b.Policy(`{"secret":1}`).Validate().Error(), "1}", "an error tells no policy")
}

func TestGatewayLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, one, two := shop(&fake.Cloud{Delay: 10 * time.Second})
		before := w.cloud.Dump()
		b := w.s3().RouteTables(one, two)
		_, err := b.WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.NoError(t, b.WaitGone(t.Context(), w.consumer))
		require.Equal(t, before, w.cloud.Dump())
	})
}
