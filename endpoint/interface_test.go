package endpoint_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestInterfaceCallBudget(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	third := w.vpc.Subnet("us-east-1c", "10.1.4.0/24")
	_ = third
	ep := w.orders()
	var e *endpoint.Endpoint
	ensure := func() {
		var err error
		e, err = ep.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	require.Equal(t, []string{"DescribeVpcEndpoints", "CreateVpcEndpoint"}, w.ops(ensure), "create")
	require.Equal(t, privatelink.Created, e.Outcome)
	require.False(t, e.Ready)

	require.Equal(t, []string{"DescribeVpcEndpoints"}, w.ops(ensure), "no change")
	require.Equal(t, privatelink.Unchanged, e.Outcome)
	require.True(t, e.Ready)
	require.Empty(t, e.Waiting)

	ep.Subnets(w.b.ID).SecurityGroups(w.other.ID)
	require.Equal(t, []string{"DescribeVpcEndpoints", "ModifyVpcEndpoint"}, w.ops(ensure), "any set of changes")
	require.Equal(t, privatelink.Updated, e.Outcome)

	ep.Tag("team", "blue")
	require.Equal(t, []string{"DescribeVpcEndpoints", "CreateTags"}, w.ops(ensure), "tags")

	require.Equal(t, []string{"DescribeVpcEndpoints", "DeleteVpcEndpoints"}, w.ops(func() {
		require.NoError(t, ep.Delete(t.Context(), w.consumer))
	}), "delete")
	require.Equal(t, []string{"DescribeVpcEndpoints"}, w.ops(func() {
		require.NoError(t, ep.Delete(t.Context(), w.consumer))
	}), "delete of nothing")
}

func TestInterfaceSendsOnlyWhatIsNamed(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := endpoint.Interface("bare").VPC(w.vpc.ID).Service(w.svc.ServiceName).Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	in := lastInput[ec2.CreateVpcEndpointInput](t, w)
	require.Nil(t, in.PrivateDnsEnabled)
	require.Empty(t, in.SubnetIds)
	require.Empty(t, in.SecurityGroupIds)
	require.Nil(t, in.PolicyDocument)
	require.Equal(t, "Interface", string(in.VpcEndpointType))
	require.NotEmpty(t, aws.ToString(in.ClientToken))
	require.Len(t, in.TagSpecifications[0].Tags, 2, "our mark, and a Name")
}

func lastInput[In any](t *testing.T, w *world) *In {
	t.Helper()
	calls := w.cloud.Calls()
	for i := len(calls) - 1; i >= 0; i-- {
		if in, ok := calls[i].Input.(*In); ok {
			return in
		}
	}
	require.FailNow(t, "no such call")
	return nil
}

func TestInterfaceSnapshotIsTyped(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	e, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, "orders", e.Name)
	require.Equal(t, consumerID, e.Owner)
	require.Equal(t, endpoint.KindInterface, e.Kind)
	require.Equal(t, "arn:aws:ec2:us-east-1:"+consumerID+":vpc-endpoint/"+e.ID, e.ARN)
	require.ElementsMatch(t, []string{w.a.ID, w.b.ID}, e.Subnets)
	require.Equal(t, []string{w.group.ID}, e.SecurityGroups)
	require.Contains(t, e.DNS.Regional.Name, e.ID)
	require.NotEmpty(t, e.DNS.Regional.ZoneID)
	require.Len(t, e.DNS.Zonal, 2)
	require.Contains(t, e.DNS.Zonal["us-east-1a"].Name, "us-east-1a")
	require.Empty(t, e.DNS.Private)

	interfaces, err := endpoint.NetworkInterfaces(t.Context(), w.consumer, e)
	require.NoError(t, err)
	require.Len(t, interfaces, 2)
	for _, i := range interfaces {
		require.Equal(t, e.ID, i.Endpoint)
		require.True(t, i.RequesterManaged)
		require.True(t, i.IPv4.IsPrivate())
		require.False(t, i.IPv6.IsValid())
		require.False(t, i.DenyAllIGWTraffic)
	}
}

func TestInterfaceAcceptanceStory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute}, true)
		ep := w.orders()
		e, err := ep.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, privatelink.PendingAcceptance, e.State)
		require.Equal(t, "the provider to accept the connection", e.Waiting)

		_, err = ep.WaitReady(t.Context(), w.consumer, privatelink.Timeout(5*time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		var stuck *privatelink.Error
		require.ErrorAs(t, err, &stuck)
		require.Equal(t, "pendingAcceptance", stuck.State)

		require.NoError(t, accept(t.Context(), w, e))
		require.NoError(t, accept(t.Context(), w, e), "accepted already")
		var states []privatelink.State
		e, err = ep.WaitReady(t.Context(), w.consumer, privatelink.OnPoll(func(p privatelink.Progress) { states = append(states, p.State) }))
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.Equal(t, privatelink.Pending, states[0], "between acceptance and available")
	})
}

func TestInterfaceRejectionEndsTheWaitAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute}, true)
		ep := w.orders()
		e, err := ep.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		require.NoError(t, service.Reject(t.Context(), w.provider, w.svc.ID, e.ID))
		began := time.Now()
		got, err := ep.WaitReady(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrRejected)
		require.ErrorIs(t, err, privatelink.ErrFailed)
		var rejected *privatelink.Error
		require.ErrorAs(t, err, &rejected)
		require.Equal(t, "rejected", rejected.State)
		require.Equal(t, privatelink.Rejected, got.State)
		require.Zero(t, time.Since(began))
		require.NoError(t, ep.WaitGone(t.Context(), w.consumer))
	})
}

func TestInterfaceFiveMistakesAreFiveProblemsAndNoCall(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	ep := endpoint.Interface("or*ders").VPC("subnet-1").Service(w.svc.ID).Subnets("vpc-1").SecurityGroups().Tag("aws:mine", "x")
	require.Empty(t, w.ops(func() {
		_, err := ep.Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.Len(t, privatelink.Problems(err), 6)
		require.ErrorContains(t, err, "its name is meant")
		require.Len(t, privatelink.Problems(ep.Validate()), 6)
	}))
}

func TestInterfaceNilClientAndEmptyNameAreInvalid(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	var nobody *fake.Account
	for _, api := range []endpoint.API{nil, nobody} {
		_, err := w.orders().Ensure(t.Context(), api)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.ErrorIs(t, w.orders().WaitGone(t.Context(), api), privatelink.ErrInvalid)
		_, err = endpoint.Get(t.Context(), api, "vpce-1")
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
	_, err := endpoint.Interface("").VPC(w.vpc.ID).Find(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}

func TestInterfaceForeignSubnetIsAWSsRefusal(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	foreign := w.consumer.VPC("10.9.0.0/16").Subnet("us-east-1a", "10.9.1.0/24")
	_, err := w.orders().Subnets(foreign.ID).Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, foreign.ID)
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
}

func TestInterfaceStrangerGetsAWSsError(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	stranger := w.cloud.Account("333333333333")
	vpc := stranger.VPC("10.3.0.0/16")
	_, err := endpoint.Interface("orders").VPC(vpc.ID).Service(w.svc.ServiceName).Ensure(t.Context(), stranger)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, "InvalidServiceName", api.ErrorCode())
}

func TestInterfaceImmutableService(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	other := w.orders().Service("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0")
	require.Empty(t, writes(w.ops(func() {
		_, err = other.Ensure(t.Context(), w.consumer)
	})))
	require.ErrorIs(t, err, privatelink.ErrImmutable)
	require.ErrorContains(t, err, "service is "+w.svc.ServiceName)
	plan, err := other.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, privatelink.Replace, plan.Action)
}

func TestInterfacePlanIsReadsOnly(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	var plan privatelink.Plan
	look := func(b *endpoint.InterfaceBuilder) []string {
		return w.ops(func() {
			var err error
			plan, err = b.Plan(t.Context(), w.consumer)
			require.NoError(t, err)
		})
	}
	require.Empty(t, writes(look(w.orders().Service(""))))
	require.Equal(t, privatelink.Create, plan.Action)
	require.Contains(t, plan.String(), privatelink.KnownAfterApply)
	_, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, writes(look(w.orders())))
	require.True(t, plan.Empty(), plan.String())
	require.Empty(t, writes(look(w.orders().Subnets(w.a.ID).Tag("team", "blue"))))
	require.Equal(t, privatelink.Update, plan.Action)
	require.Len(t, plan.Changes, 2)
}

func TestInterfaceSwapsSubnetsInsideOneZone(t *testing.T) {
	for _, refuse := range []bool{false, true} {
		w := newWorld(t, &fake.Cloud{Switches: fake.Switches{RefuseSubnetSwap: refuse}}, false)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		e, err := w.orders().Subnets(w.c.ID, w.b.ID).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.ElementsMatch(t, []string{w.b.ID, w.c.ID}, e.Subnets)
	}
}

// A refused swap is mended after one more read. That AWS throttles that is no reason to give up.
func TestInterfaceSwapOutlastsAThrottledRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Switches: fake.Switches{RefuseSubnetSwap: true}}, false)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		w.cloud.Inject(fake.Throttle().On("DescribeSubnets").Times(1))
		_, err = w.orders().Subnets(w.c.ID, w.b.ID).Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrThrottled)
		w.cloud.Inject(fake.ServerError().On("DescribeSubnets").Times(2))
		e, err := w.orders().Subnets(w.c.ID, w.b.ID).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.ElementsMatch(t, []string{w.b.ID, w.c.ID}, e.Subnets)
	})
}

func TestInterfaceKeepsItsSubnetsWhenTwoOfOneZoneAreDeclared(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := w.orders().Subnets(w.b.ID).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = w.orders().Subnets(w.a.ID, w.c.ID).Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, "DuplicateSubnetsInSameZone")
	e, err := w.orders().Find(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, []string{w.b.ID}, e.Subnets, "a refused change takes nothing away")
	third := w.vpc.Subnet("us-east-1a", "10.1.4.0/24").ID
	_, err = w.orders().Subnets(third).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = w.orders().Subnets(w.a.ID, w.c.ID).Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, "DuplicateSubnetsInSameZone")
	e, err = w.orders().Find(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, []string{third}, e.Subnets, "nor where it is in their zone")
}

func TestInterfaceLeavesNothingBehind(t *testing.T) {
	for _, cloud := range []*fake.Cloud{{}, {Delay: 30 * time.Second}, {Delay: 30 * time.Second, Lag: 4 * time.Second, Timing: fake.Timing{DeletedRow: 5 * time.Minute}}} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, cloud, false)
			before := cloud.Dump()
			ep := w.orders()
			_, err := ep.WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			require.NotEqual(t, before, cloud.Dump())
			require.NoError(t, ep.WaitGone(t.Context(), w.consumer))
			require.Equal(t, before, cloud.Dump())
			_, err = ep.Find(t.Context(), w.consumer)
			require.ErrorIs(t, err, privatelink.ErrNotFound)
		})
	}
}

func TestInterfaceNeverWaitsOnTheZeroValueFake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := newWorld(t, &fake.Cloud{}, false)
		for range 3 {
			_, err := w.orders().Ensure(t.Context(), w.consumer)
			require.NoError(t, err)
			_, err = w.orders().WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			_, err = w.orders().Subnets(w.b.ID).Tag("team", "blue").WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer))
		}
		var wg sync.WaitGroup
		for range 32 {
			wg.Go(func() {
				_, err := w.orders().WaitReady(t.Context(), w.consumer)
				require.NoError(t, err)
			})
		}
		wg.Wait()
		require.Zero(t, time.Since(began))
	})
}

func TestInterfaceManyAtOnceEndWithOne(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	ep := w.orders()
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			var err error
			switch i % 3 {
			case 0:
				_, err = ep.Ensure(t.Context(), w.consumer)
			case 1:
				_, err = ep.Plan(t.Context(), w.consumer)
			default:
				_, err = ep.WaitReady(t.Context(), w.consumer)
			}
			require.NoError(t, err)
		})
	}
	wg.Wait()
	count := 0
	for _, err := range endpoint.List(t.Context(), w.consumer, w.vpc.ID) {
		require.NoError(t, err)
		count++
	}
	require.Equal(t, 1, count)
}

func TestInterfaceDeclarationsShareNothing(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	subnets, tags := []string{w.a.ID}, privatelink.Tags{"team": "blue"}
	ep := w.orders().Subnets(subnets...).Tags(tags)
	subnets[0], tags["team"] = "subnet-other", "red"
	first, err := ep.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, []string{w.a.ID}, first.Subnets)
	require.Equal(t, "blue", first.Tags["team"])

	twin := ep.Clone()
	bound := ep.On(w.consumer)
	ep.Subnets(w.b.ID).Tag("team", "green")
	now, err := endpoint.Get(t.Context(), w.consumer, first.ID)
	require.NoError(t, err)
	require.Equal(t, []string{w.a.ID}, now.Subnets, "a later setter changes nothing")
	for _, unchanged := range []func() (privatelink.Plan, error){
		func() (privatelink.Plan, error) { return twin.Plan(t.Context(), w.consumer) },
		func() (privatelink.Plan, error) { return bound.Plan(t.Context()) },
	} {
		plan, err := unchanged()
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan.String())
	}
	other, err := twin.CloneAs("orders-eu").Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	require.NotEqual(t, first.ID, other.ID)
}

func TestInterfacePrivateDNSFollowsAcceptance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: 20 * time.Second}, true)
		ep := w.orders().PrivateDNS(true)
		e, err := ep.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Nil(t, lastInput[ec2.CreateVpcEndpointInput](t, w).PrivateDnsEnabled, "AWS refuses it before acceptance")
		require.Contains(t, e.Waiting, "accept")
		require.NoError(t, accept(t.Context(), w, e))
		_, err = ep.WaitReady(t.Context(), w.consumer)
		require.ErrorContains(t, err, "private DNS", "this service has no private name: AWS's refusal, once it is available")
		require.True(t, aws.ToBool(lastInput[ec2.ModifyVpcEndpointInput](t, w).PrivateDnsEnabled))
	})
}
