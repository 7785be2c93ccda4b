package endpoint_test

import (
	"fmt"
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

// inspection is a consumer's VPC, and a provider's service behind a Gateway Load Balancer.
type inspection struct {
	*world
	name, svc  string
	table, two string
}

func newInspection(t *testing.T, cloud *fake.Cloud, acceptance bool) *inspection {
	t.Helper()
	w, one, two := shop(cloud)
	i := &inspection{world: w, table: one, two: two}
	w.provider = cloud.Account(providerID)
	gwlb := w.provider.GWLB("inspect", w.provider.VPC("10.0.0.0/16").Subnet("us-east-1a", "10.0.1.0/24"))
	out, err := w.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		GatewayLoadBalancerArns: []string{gwlb.ARN}, AcceptanceRequired: aws.Bool(acceptance)})
	require.NoError(t, err)
	i.name, i.svc = aws.ToString(out.ServiceConfiguration.ServiceName), aws.ToString(out.ServiceConfiguration.ServiceId)
	_, err = w.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::" + consumerID + ":root"}})
	require.NoError(t, err)
	return i
}

func (i *inspection) inspect() *endpoint.GatewayLoadBalancerBuilder {
	return endpoint.GatewayLoadBalancer("inspect").VPC(i.vpc.ID).Service(i.name).Subnet(i.a.ID)
}

// targets are what the routes of a table lead to.
func (i *inspection) targets(t *testing.T, table string) map[string]string {
	t.Helper()
	out, err := i.consumer.DescribeRouteTables(t.Context(), &ec2.DescribeRouteTablesInput{RouteTableIds: []string{table}})
	require.NoError(t, err)
	all := map[string]string{}
	for _, r := range out.RouteTables[0].Routes {
		all[aws.ToString(r.DestinationCidrBlock)] = aws.ToString(r.GatewayId)
	}
	return all
}

func TestGatewayLoadBalancerCallBudget(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	b := i.inspect().Route(i.table, "0.0.0.0/0")
	var e *endpoint.Endpoint
	ensure := func() {
		var err error
		e, err = b.Ensure(t.Context(), i.consumer)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"DescribeVpcEndpoints", "CreateVpcEndpoint"}, i.ops(ensure), "create")
	require.Equal(t, "AWS to make it available", e.Waiting)
	require.Equal(t, []string{"DescribeVpcEndpoints", "DescribeRouteTables", "CreateRoute"}, i.ops(ensure), "its route, once it is available")
	require.Equal(t, []string{"DescribeVpcEndpoints", "DescribeRouteTables"}, i.ops(ensure), "no change")
	require.True(t, e.Ready)
	require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
	b.Route(i.two, "10.9.0.1/16")
	require.Equal(t, []string{"DescribeVpcEndpoints", "DescribeRouteTables", "CreateRoute"}, i.ops(ensure), "one call for each route")
	require.Equal(t, e.ID, i.targets(t, i.two)["10.9.0.0/16"], "a block is written canonically")
	require.Equal(t, []string{"DescribeVpcEndpoints", "DescribeRouteTables", "DeleteRoute", "DeleteRoute", "DeleteVpcEndpoints"},
		i.ops(func() { require.NoError(t, b.Delete(t.Context(), i.consumer)) }), "delete")
}

func TestGatewayLoadBalancerRoutesFollowTheDeclaration(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	e, err := i.inspect().Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	_, err = i.inspect().WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"], "without any route declared, routes are left alone")
	_, err = i.inspect().Route(i.two, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.NotContains(t, i.targets(t, i.table), "0.0.0.0/0", "what is not declared goes")
	require.Equal(t, e.ID, i.targets(t, i.two)["0.0.0.0/0"])
	require.NoError(t, i.inspect().WaitGone(t.Context(), i.consumer))
	require.NotContains(t, i.targets(t, i.two), "0.0.0.0/0", "all routes go before the endpoint, declared or not")
}

func TestGatewayLoadBalancerRoutesGoInOrder(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	var want []string
	ep := i.inspect()
	for n := range 20 {
		want = append(want, fmt.Sprintf("198.51.%d.0/24", 100+n))
		ep.Route(i.table, want[n])
	}
	_, err := ep.WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.NoError(t, ep.WaitGone(t.Context(), i.consumer))
	var gone []string
	for _, call := range i.cloud.Calls() {
		if in, ok := call.Input.(*ec2.DeleteRouteInput); ok {
			gone = append(gone, aws.ToString(in.DestinationCidrBlock))
		}
	}
	require.Equal(t, want, gone, "the same work is the same requests in the same order")
}

func TestGatewayLoadBalancerRouteThatLeadsElsewhere(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	other, err := i.inspect().CloneAs("other").Subnet(i.b.ID).Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	if err != nil { // the service is offered in one zone only
		other, err = i.inspect().CloneAs("other").Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	}
	require.NoError(t, err)
	b := i.inspect().Route(i.table, "0.0.0.0/0")
	_, err = b.WaitReady(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, other.ID)
	e, err := b.ReplaceRoutes(true).WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
}

func TestGatewayLoadBalancerAcceptanceAndDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newInspection(t, &fake.Cloud{Delay: 20 * time.Second, Lag: 3 * time.Second}, true)
		before := i.cloud.Dump()
		b := i.inspect().Route(i.table, "0.0.0.0/0")
		e, err := b.Ensure(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Contains(t, e.Waiting, "accept")
		time.Sleep(5 * time.Second)
		_, err = i.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: aws.String(i.svc), VpcEndpointIds: []string{e.ID}})
		require.NoError(t, err)
		e, err = b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
		require.NoError(t, b.WaitGone(t.Context(), i.consumer))
		require.Equal(t, before, i.cloud.Dump())
	})
}

func TestGatewayLoadBalancerMistakes(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	b := endpoint.GatewayLoadBalancer("inspect").VPC(i.vpc.ID).Service(i.svc).IPAddressType(endpoint.ServiceDefined).Route("table", "everywhere")
	require.Empty(t, i.ops(func() {
		_, err := b.Ensure(t.Context(), i.consumer)
		require.Len(t, privatelink.Problems(err), 5, "%v", err)
	}))
}

func TestPrefixListsOfAGatewayEndpoint(t *testing.T) {
	w, one, _ := shop(&fake.Cloud{})
	e, err := w.s3().RouteTables(one).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	lists, err := endpoint.PrefixLists(t.Context(), w.consumer, e)
	require.NoError(t, err)
	require.NotEmpty(t, lists)
	for _, l := range lists {
		require.Equal(t, e.Service, l.Name)
		require.Contains(t, l.ID, "pl-")
		require.NotEmpty(t, l.CIDRs)
	}
	_, err = endpoint.PrefixLists(t.Context(), w.consumer, &endpoint.Endpoint{ID: "vpce-1", Kind: endpoint.KindInterface})
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}
