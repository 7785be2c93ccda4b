package endpoint_test

import (
	"slices"
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

func TestReplaceRoutesTakesARouteAndDeleteRemovesIt(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	other, err := i.inspect().CloneAs("other").Route(i.table, "0.0.0.0/0").WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	b := i.inspect().Route(i.table, "0.0.0.0/0")
	for _, no := range []*endpoint.GatewayLoadBalancerBuilder{b, b.Clone().ReplaceRoutes(true).ReplaceRoutes(false)} {
		_, err = no.WaitReady(t.Context(), i.consumer)
		require.ErrorIs(t, err, privatelink.ErrConflict)
		require.ErrorContains(t, err, "route 0.0.0.0/0 in "+i.table+" leads to "+other.ID+"; ReplaceRoutes(true) turns it")
	}
	require.Equal(t, other.ID, i.targets(t, i.table)["0.0.0.0/0"], "nothing is lost by a refusal")
	b.ReplaceRoutes(true)
	require.Equal(t, []string{"ReplaceRoute"}, writes(i.ops(func() {
		_, err = b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
	})))
	require.NoError(t, b.WaitGone(t.Context(), i.consumer))
	require.NotContains(t, i.targets(t, i.table), "0.0.0.0/0", "what it led to before is not remembered")
}

// The local route came with the table, and AWS lets nobody remove it: it is turned, and given back.
func TestReplaceRoutesGivesTheLocalRouteBack(t *testing.T) {
	i, _ := newDualInspection(t, &fake.Cloud{})
	before := i.cloud.Dump()
	const v4, v6 = "10.1.0.0/16", "2600:1f18::/56"
	b := i.inspect().Route(i.table, v4).Route(i.table, v6).Route(i.two, "0.0.0.0/0")
	foreseen(t, i.world, b, "route "+v4+" in "+i.table+" leads to local: ReplaceRoutes(true) turns it")
	_, err := b.WaitReady(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	e, err := b.ReplaceRoutes(true).WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.Equal(t, e.ID, i.targets(t, i.table)[v4])
	plan, err := b.Plan(t.Context(), i.consumer)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())

	fewer := i.inspect().ReplaceRoutes(true).Route(i.table, v6)
	plan, err = fewer.Plan(t.Context(), i.consumer)
	require.NoError(t, err)
	require.ElementsMatch(t, []privatelink.Change{{Field: "route " + v4 + " in " + i.table, From: "this endpoint", To: "local"},
		{Field: "route 0.0.0.0/0 in " + i.two, From: "this endpoint"}}, plan.Changes)
	require.ElementsMatch(t, []string{"ReplaceRoute", "DeleteRoute"}, writes(i.ops(func() {
		_, err = fewer.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
	})))
	require.Equal(t, "local", i.targets(t, i.table)[v4])
	require.Equal(t, []string{"ReplaceRoute", "DeleteVpcEndpoints"}, writes(i.ops(func() { require.NoError(t, fewer.Delete(t.Context(), i.consumer)) })))
	require.NoError(t, fewer.WaitGone(t.Context(), i.consumer))
	require.Equal(t, before, i.cloud.Dump())
}

// Somebody led the local route to the endpoint by hand: Delete gives it back too, declared or not.
func TestDeleteGivesALocalRouteBackThatWasTurnedByHand(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	e, err := i.inspect().WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	_, err = i.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &i.table, DestinationCidrBlock: aws.String("10.1.0.0/16"), VpcEndpointId: &e.ID})
	require.NoError(t, err)
	require.NoError(t, i.inspect().WaitGone(t.Context(), i.consumer))
	require.Equal(t, "local", i.targets(t, i.table)["10.1.0.0/16"])
}

// A modified endpoint is pending, and AWS refuses routes to it: they come with a later pass.
func TestRoutesFollowAChangeOfTheAddressType(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i, _ := newDualInspection(t, &fake.Cloud{Delay: 20 * time.Second})
		time.Sleep(time.Minute)
		_, err := i.inspect().WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		b := i.inspect().IPAddressType(endpoint.DualStack).Route(i.table, "0.0.0.0/0")
		require.Equal(t, []string{"ModifyVpcEndpoint"}, writes(i.ops(func() {
			e, err := b.Ensure(t.Context(), i.consumer)
			require.NoError(t, err)
			require.False(t, e.Ready)
			require.NotEmpty(t, e.Waiting)
		})))
		e, err := b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
		require.Equal(t, 1, count(i, "CreateRoute"), "and once")
	})
}

func count(i *inspection, op string) (n int) {
	for _, c := range i.cloud.Calls() {
		if c.Op == op {
			n++
		}
	}
	return n
}

// Of several rows one may be gone when the delete arrives, and AWS may refuse the whole call for it: the others are asked for all the same.
func TestDeleteOfSeveralAsksOneByOneWhenAWSRefusesTheWhole(t *testing.T) {
	for _, code := range []string{"InvalidVpcEndpointId.NotFound", "InvalidVpcEndpoint.NotFound"} {
		w := newWorld(t, &fake.Cloud{}, false)
		var ids []string
		for range 3 {
			id := byHand(t, w)
			ids = append(ids, id)
			hand{w, id}.tag(t, privatelink.NameTag, "orders")
		}
		w.cloud.Before = refuses("DeleteVpcEndpoints", 1, code)
		asked := writes(w.ops(func() { require.NoError(t, w.orders().Delete(t.Context(), w.consumer)) }))
		require.Equal(t, slices.Repeat([]string{"DeleteVpcEndpoints"}, 4), asked)
		for _, id := range ids {
			_, err := endpoint.Get(t.Context(), w.consumer, id)
			require.ErrorIs(t, err, privatelink.ErrNotFound)
		}
	}
}
