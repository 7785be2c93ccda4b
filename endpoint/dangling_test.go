package endpoint_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// dangling shows a route to an endpoint that is gone, until it is turned or removed.
type dangling struct {
	*fake.Account
	table           string
	turned, removed bool
}

func (d *dangling) DescribeRouteTables(ctx context.Context, in *ec2.DescribeRouteTablesInput, opts ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error) {
	out, err := d.Account.DescribeRouteTables(ctx, in, opts...)
	for i := range out.RouteTables {
		if aws.ToString(out.RouteTables[i].RouteTableId) == d.table && !d.turned && !d.removed {
			out.RouteTables[i].Routes = append(out.RouteTables[i].Routes, types.Route{
				DestinationCidrBlock: aws.String("0.0.0.0/0"), GatewayId: aws.String("vpce-0123456789abcdef0"), State: types.RouteStateBlackhole})
		}
	}
	return out, err
}

func (d *dangling) ReplaceRoute(ctx context.Context, in *ec2.ReplaceRouteInput, _ ...func(*ec2.Options)) (*ec2.ReplaceRouteOutput, error) {
	d.turned = true
	_, err := d.Account.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: in.RouteTableId, DestinationCidrBlock: in.DestinationCidrBlock, VpcEndpointId: in.VpcEndpointId})
	return &ec2.ReplaceRouteOutput{}, err
}

func (d *dangling) DeleteRoute(ctx context.Context, in *ec2.DeleteRouteInput, opts ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error) {
	if d.turned {
		return d.Account.DeleteRoute(ctx, in, opts...)
	}
	d.removed = true
	return &ec2.DeleteRouteOutput{}, nil
}

func TestGatewayLoadBalancerTurnsARouteWhoseEndpointIsGone(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	api := &dangling{Account: i.consumer, table: i.table}
	e, err := i.inspect().Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), api)
	require.NoError(t, err, "it is nobody's any more: no ReplaceRoutes is needed")
	require.True(t, api.turned)
	require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
}

func TestGatewayLoadBalancerDeleteRemovesADeclaredRouteWhoseEndpointIsGone(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	api := &dangling{Account: i.consumer, table: i.table}
	require.NoError(t, i.inspect().Route(i.table, "10.0.0.0/8").Delete(t.Context(), api))
	require.False(t, api.removed, "one that is not declared is left alone")
	require.NoError(t, i.inspect().Route(i.table, "0.0.0.0/0").Delete(t.Context(), api))
	require.True(t, api.removed, "also when no endpoint is left")
}
