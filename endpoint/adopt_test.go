package endpoint_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// byHand makes an endpoint as a person would, with a tag of their own.
func byHand(t *testing.T, w *world) string {
	t.Helper()
	out, err := w.consumer.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{
		VpcEndpointType: types.VpcEndpointTypeInterface, VpcId: aws.String(w.vpc.ID), ServiceName: aws.String(w.svc.ServiceName), SubnetIds: []string{w.a.ID},
		TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpoint, Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("by hand")}}}},
	})
	require.NoError(t, err)
	return aws.ToString(out.VpcEndpoint.VpcEndpointId)
}

func TestAdoptTakesOver(t *testing.T) {
	for _, cloud := range []*fake.Cloud{{}, {Switches: fake.Harsh()}} {
		w := newWorld(t, cloud, false)
		id := byHand(t, w)
		plan, err := w.orders().Adopt(id).Plan(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, id, plan.ID)
		require.Equal(t, privatelink.Update, plan.Action)

		e, err := w.orders().Adopt(id).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, id, e.ID)
		require.Equal(t, "orders", e.Name)
		require.Equal(t, "by hand", e.Tags["Name"], "what is not declared is left alone")
		require.ElementsMatch(t, []string{w.a.ID, w.b.ID}, e.Subnets)

		e, err = w.orders().Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, id, e.ID, "ours from now on, found by its mark")
		require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer))
		_, err = w.orders().Adopt(id).Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
	}
}

func TestAdoptRefusesWhatIsNotToBeHad(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	first, second := byHand(t, w), byHand(t, w)
	_, err := w.orders().Adopt(first).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)

	for _, c := range []struct {
		b        *endpoint.InterfaceBuilder
		sentinel error
		text     string
	}{
		{w.orders().CloneAs("other").Adopt(first), privatelink.ErrConflict, `"orders"`},
		{w.orders().Adopt(second), privatelink.ErrConflict, first},
		{w.orders().CloneAs("other").Adopt(second).Service("com.amazonaws.us-east-1.ec2"), privatelink.ErrImmutable, "service is"},
		{w.orders().CloneAs("other").VPC(w.consumer.VPC("10.8.0.0/16").ID).Subnets().Adopt(second), privatelink.ErrImmutable, "VPC is"},
		{w.orders().Adopt("vpce-0123456789abcdef0"), privatelink.ErrNotFound, "nothing to adopt"},
		{w.orders().Adopt("orders"), privatelink.ErrInvalid, "to adopt"},
	} {
		require.Empty(t, writes(w.ops(func() {
			_, err := c.b.Ensure(t.Context(), w.consumer)
			require.ErrorIs(t, err, c.sentinel)
			require.ErrorContains(t, err, c.text)
		})))
	}
	require.NoError(t, w.orders().CloneAs("other").Adopt(second).Delete(t.Context(), w.consumer))
	_, err = endpoint.Get(t.Context(), w.consumer, second)
	require.NoError(t, err, "not ours until it has been ensured")
}

func TestAdoptOfTheOtherKinds(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	made := func(in *ec2.CreateVpcEndpointInput) string {
		in.VpcId = aws.String(i.vpc.ID)
		out, err := i.consumer.CreateVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
		return aws.ToString(out.VpcEndpoint.VpcEndpointId)
	}
	gateway := made(&ec2.CreateVpcEndpointInput{ServiceName: aws.String(endpoint.AWSService("us-east-1", "s3")), RouteTableIds: []string{i.table}})
	balancer := made(&ec2.CreateVpcEndpointInput{VpcEndpointType: types.VpcEndpointTypeGatewayLoadBalancer, ServiceName: &i.name, SubnetIds: []string{i.a.ID}})
	for id, b := range map[string]anyBuilder{
		gateway: i.s3().RouteTables(i.two).Adopt(gateway), balancer: i.inspect().Route(i.table, "0.0.0.0/0").Adopt(balancer),
	} {
		e, err := b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, id, e.ID)
		require.True(t, e.Ready)
	}
	for id, b := range map[string]anyBuilder{gateway: i.s3(), balancer: i.inspect()} {
		e, err := b.Find(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Equal(t, id, e.ID, "ours from now on")
		require.NoError(t, b.WaitGone(t.Context(), i.consumer))
	}
	_, err := i.inspect().CloneAs("other").Adopt(gateway).Ensure(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	gateway = made(&ec2.CreateVpcEndpointInput{ServiceName: aws.String(endpoint.AWSService("us-east-1", "s3"))})
	_, err = i.inspect().Adopt(gateway).Ensure(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrImmutable)
	require.ErrorContains(t, err, "kind is Gateway and declared as GatewayLoadBalancer")
}
