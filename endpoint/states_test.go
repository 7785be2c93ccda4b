package endpoint_test

import (
	"context"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// life brings an endpoint, which Ensure has just asked for, to a state.
type life struct {
	state      privatelink.State
	acceptance bool
	reach      func(t *testing.T, w *world, svc, id string)
	written    []string // by Delete
}

func lives() []life {
	asked := []string{"DeleteVpcEndpoints"}
	remove := func(t *testing.T, w *world, id string) {
		_, err := w.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
		require.NoError(t, err)
	}
	return []life{
		{privatelink.Pending, false, func(*testing.T, *world, string, string) {}, asked},
		{privatelink.PendingAcceptance, true, func(*testing.T, *world, string, string) {}, asked},
		{privatelink.Available, false, func(*testing.T, *world, string, string) { time.Sleep(2 * time.Minute) }, asked},
		{privatelink.Rejected, true, func(t *testing.T, w *world, svc, id string) {
			_, err := w.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: &svc, VpcEndpointIds: []string{id}})
			require.NoError(t, err)
		}, asked},
		{privatelink.Expired, true, func(*testing.T, *world, string, string) { time.Sleep(30 * time.Minute) }, asked},
		{privatelink.Failed, false, func(_ *testing.T, w *world, _, id string) { w.consumer.FailEndpoint(id, "NoCapacity", "none left") }, asked},
		{privatelink.Deleting, false, func(t *testing.T, w *world, _, id string) { remove(t, w, id) }, nil},
		{privatelink.Deleted, false, func(t *testing.T, w *world, _, id string) {
			remove(t, w, id)
			time.Sleep(90 * time.Second)
		}, nil},
	}
}

func minutely() *fake.Cloud {
	return &fake.Cloud{Delay: time.Minute, Timing: fake.Timing{DeletedRow: 10 * time.Minute, Expire: 20 * time.Minute}}
}

func TestInterfaceDeleteInEachState(t *testing.T) {
	for _, l := range lives() {
		t.Run(string(l.state), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, minutely(), l.acceptance)
				deletedIn(t, w, w.svc.ID, w.orders(), l)
			})
		})
	}
}

func TestGatewayLoadBalancerDeleteInEachState(t *testing.T) {
	for _, l := range lives() {
		t.Run(string(l.state), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				i := newInspection(t, minutely(), l.acceptance)
				time.Sleep(2 * time.Minute)
				deletedIn(t, i.world, i.svc, i.inspect(), l)
			})
		})
	}
}

func TestGatewayDeleteInEachState(t *testing.T) {
	for _, l := range lives() {
		if l.acceptance || l.state == privatelink.Pending {
			continue // a gateway endpoint is never in them
		}
		t.Run(string(l.state), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, one, _ := shop(minutely())
				deletedIn(t, w, "", w.s3().RouteTables(one), l)
			})
		})
	}
}

// AWS documents no more of partial than its name.
func TestDeleteOfAPartialEndpoint(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	w.cloud.After = func(_ context.Context, c *fake.Call) error {
		if out, ok := c.Output.(*ec2.DescribeVpcEndpointsOutput); ok {
			for i := range out.VpcEndpoints {
				out.VpcEndpoints[i].State = types.StatePartial
			}
		}
		return nil
	}
	e, err := w.orders().Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrFailed)
	require.ErrorContains(t, err, "Delete removes it")
	require.Equal(t, privatelink.Partial, e.State, "in whichever case AWS writes it")
	require.Equal(t, []string{"DeleteVpcEndpoints"}, writes(w.ops(func() { require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer)) })))
}

// deletedIn makes an endpoint, brings it to a state, and deletes it: twice, and until it is gone; then another can come.
func deletedIn(t *testing.T, w *world, svc string, b anyBuilder, l life) {
	before := w.cloud.Dump()
	e, err := b.Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	l.reach(t, w, svc, e.ID)
	now, err := endpoint.Get(t.Context(), w.consumer, e.ID)
	require.NoError(t, err)
	require.Equal(t, l.state, now.State)
	require.ElementsMatch(t, l.written, writes(w.ops(func() { require.NoError(t, b.Delete(t.Context(), w.consumer)) })))
	require.Empty(t, writes(w.ops(func() { require.NoError(t, b.Delete(t.Context(), w.consumer)) })), "again")
	_, err = b.Find(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.NoError(t, b.WaitGone(t.Context(), w.consumer))
	require.Equal(t, before, w.cloud.Dump(), "no interface holds the subnets and groups any longer")
	require.NoError(t, b.WaitGone(t.Context(), w.consumer), "of what is gone")
	time.Sleep(15 * time.Minute) // for AWS to list it no longer
	again, err := b.Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	require.NotEqual(t, e.ID, again.ID)
}

func TestFailedEndpointSaysWhy(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	e, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	w.consumer.FailEndpoint(e.ID, "NoCapacity", "none left")
	require.Empty(t, writes(w.ops(func() {
		for _, b := range []anyBuilder{w.orders(), w.orders().Subnets(w.b.ID)} {
			now, err := b.Ensure(t.Context(), w.consumer)
			require.ErrorIs(t, err, privatelink.ErrFailed)
			require.NotErrorIs(t, err, privatelink.ErrRejected)
			require.ErrorContains(t, err, "NoCapacity: none left")
			require.Equal(t, privatelink.Failed, now.State)
			require.False(t, now.Ready)
		}
	})))
}

func TestZeroSubnetsAreLegal(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	b := w.orders().Subnets()
	e, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.True(t, e.Ready)
	require.Empty(t, e.Subnets)
	require.Empty(t, e.DNS.Regional.Name)
	require.Empty(t, e.NetworkInterfaceIDs)
	e, err = w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{w.a.ID, w.b.ID}, e.Subnets)
	e, err = b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, e.Subnets)
	require.Empty(t, e.NetworkInterfaceIDs)
	require.NoError(t, b.WaitGone(t.Context(), w.consumer))
}

func TestZeroRouteTablesAreLegal(t *testing.T) {
	w, one, _ := shop(&fake.Cloud{})
	for _, tables := range [][]string{nil, {one}, nil} {
		e, err := w.s3().RouteTables(tables...).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.ElementsMatch(t, tables, e.RouteTables)
	}
	require.NoError(t, w.s3().WaitGone(t.Context(), w.consumer))
}

func TestFiftyTagsAreLegalAndFiftyOneAreNot(t *testing.T) {
	tags := privatelink.Tags{}
	for n := range 49 { // and our mark
		tags["key"+strconv.Itoa(n)] = strconv.Itoa(n)
	}
	i := newInspection(t, &fake.Cloud{}, false)
	s3 := i.s3().Tags(tags)
	ec2Endpoint := endpoint.Interface("ec2").VPC(i.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Tags(tags)
	inspect := i.inspect().Tags(tags)
	for _, b := range []anyBuilder{s3, ec2Endpoint, inspect} {
		e, err := b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.Len(t, e.Tags, 50)
		plan, err := b.Plan(t.Context(), i.consumer)
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan.String())
	}
	for _, b := range []anyBuilder{s3.Tag("one", "more"), ec2Endpoint.Tag("one", "more"), inspect.Tag("one", "more")} {
		require.Empty(t, i.ops(func() {
			_, err := b.Ensure(t.Context(), i.consumer)
			require.ErrorIs(t, err, privatelink.ErrInvalid)
			require.ErrorContains(t, err, "51 tags are more than the 50")
		}))
	}
	var all []string
	for e, err := range endpoint.List(t.Context(), i.consumer, i.vpc.ID) {
		require.NoError(t, err)
		all = append(all, e.ID)
	}
	require.Len(t, all, 3)
}
