package endpoint_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

type hook = func(context.Context, *fake.Call) error

// refuses answers the first calls of an operation with an error of AWS's.
func refuses(op string, times int, code string) hook {
	return func(_ context.Context, c *fake.Call) error {
		if c.Op != op || times == 0 {
			return nil
		}
		times--
		return &smithy.GenericAPIError{Code: code, Message: "injected"}
	}
}

// lists puts unsuccessful items into the answers of the first deletes.
func lists(times int, codes ...string) hook {
	return func(_ context.Context, c *fake.Call) error {
		out, ok := c.Output.(*ec2.DeleteVpcEndpointsOutput)
		if !ok || times == 0 {
			return nil
		}
		times--
		for _, code := range codes {
			out.Unsuccessful = append(out.Unsuccessful, types.UnsuccessfulItem{ResourceId: aws.String("vpce-1"),
				Error: &types.UnsuccessfulItemError{Code: aws.String(code), Message: aws.String("injected")}})
		}
		return nil
	}
}

// alone expects one endpoint of ours.
func alone(t *testing.T, w *world) *endpoint.Endpoint {
	t.Helper()
	var all []*endpoint.Endpoint
	for e, err := range endpoint.List(t.Context(), w.consumer, w.vpc.ID) {
		require.NoError(t, err)
		all = append(all, e)
	}
	require.Len(t, all, 1)
	return all[0]
}

func TestOperationInProgressIsOutlasted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: 30 * time.Second}, false)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		b := w.orders().Subnets(w.b.ID)
		_, err = b.Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		again := b.Clone().Subnets(w.a.ID)
		e, err := again.Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrPending, "AWS takes one change at a time")
		require.ErrorContains(t, err, "OperationInProgress")
		require.Equal(t, "the change in progress", e.Waiting)
		e, err = again.WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, []string{w.a.ID}, e.Subnets)
		require.Equal(t, e.ID, alone(t, w).ID)
	})
}

func TestOperationInProgressOfEachKind(t *testing.T) {
	for kind, open := range map[string]func(*testing.T, *fake.Cloud) (*world, anyBuilder){
		"Interface": func(t *testing.T, c *fake.Cloud) (*world, anyBuilder) {
			s := interfaceStage(t, c)
			b := endpoint.Interface("s3").VPC(s.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Subnets(s.a.ID)
			_, err := b.WaitReady(t.Context(), s.consumer)
			require.NoError(t, err)
			return s.world, b.IPAddressType(endpoint.DualStack)
		},
		"GatewayLoadBalancer": func(t *testing.T, c *fake.Cloud) (*world, anyBuilder) {
			i, _ := newDualInspection(t, c)
			_, err := i.inspect().WaitReady(t.Context(), i.consumer)
			require.NoError(t, err)
			return i.world, i.inspect().IPAddressType(endpoint.DualStack)
		},
		"Gateway": func(t *testing.T, c *fake.Cloud) (*world, anyBuilder) {
			w, one, two := shop(c)
			_, err := w.s3().RouteTables(one).WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			return w, w.s3().RouteTables(two)
		},
	} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, b := open(t, &fake.Cloud{})
				w.cloud.Before = refuses("ModifyVpcEndpoint", 3, "OperationInProgress")
				e, err := b.Ensure(t.Context(), w.consumer)
				require.ErrorIs(t, err, privatelink.ErrPending)
				require.NotNil(t, e)
				e, err = b.WaitReady(t.Context(), w.consumer)
				require.NoError(t, err)
				require.True(t, e.Ready)
				plan, err := b.Plan(t.Context(), w.consumer)
				require.NoError(t, err)
				require.True(t, plan.Empty(), plan.String())
			})
		})
	}
}

func TestUnavailableOnAFreshServiceIsOutlasted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Timing: fake.Timing{ServiceUsable: 20 * time.Second}}, false)
		_, err := w.orders().Ensure(t.Context(), w.consumer)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.ErrorContains(t, err, "Unavailable")
		e, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, privatelink.Created, e.Outcome)
		require.Equal(t, e.ID, alone(t, w).ID)
	})
}

func TestRouteNotSupportedIsOutlasted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := newInspection(t, &fake.Cloud{}, false)
		_, err := i.inspect().WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		b := i.inspect().Route(i.table, "0.0.0.0/0")
		i.cloud.Before = refuses("CreateRoute", 3, "RouteNotSupported")
		_, err = b.Ensure(t.Context(), i.consumer)
		require.ErrorIs(t, err, privatelink.ErrPending)
		require.ErrorContains(t, err, "route 0.0.0.0/0 in "+i.table)
		e, err := b.WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.Equal(t, e.ID, i.targets(t, i.table)["0.0.0.0/0"])
	})
}

func TestNotFoundRightAfterCreateIsLag(t *testing.T) {
	for _, code := range []string{"InvalidVpcEndpointId.NotFound", "InvalidVpcEndpoint.NotFound"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, &fake.Cloud{Lag: 4 * time.Second}, false)
			time.Sleep(5 * time.Second)
			byID := refuses("DescribeVpcEndpoints", 2, code)
			w.cloud.Before = func(ctx context.Context, c *fake.Call) error {
				if in, ok := c.Input.(*ec2.DescribeVpcEndpointsInput); ok && len(in.VpcEndpointIds) > 0 {
					return byID(ctx, c)
				}
				return nil
			}
			e, err := w.orders().WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			time.Sleep(5 * time.Second)
			require.Equal(t, e.ID, alone(t, w).ID)
		})
	}
}

// Somebody else's delete came between the look and ours: AWS has two codes for it, and two places.
func TestNotFoundAtDeleteIsSuccess(t *testing.T) {
	for _, code := range []string{"InvalidVpcEndpointId.NotFound", "InvalidVpcEndpoint.NotFound"} {
		for place, set := range map[string]func(*fake.Cloud){
			"top level": func(c *fake.Cloud) { c.Before = refuses("DeleteVpcEndpoints", 1, code) },
			"item":      func(c *fake.Cloud) { c.After = lists(1, code) },
		} {
			t.Run(code+" "+place, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, &fake.Cloud{}, false)
					_, err := w.orders().WaitReady(t.Context(), w.consumer)
					require.NoError(t, err)
					set(w.cloud)
					require.NoError(t, w.orders().Delete(t.Context(), w.consumer))
					set(w.cloud)
					require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer))
					_, err = w.orders().Find(t.Context(), w.consumer)
					require.ErrorIs(t, err, privatelink.ErrNotFound)
				})
			})
		}
	}
}

func TestUnsuccessfulItemsAreErrors(t *testing.T) {
	for code, want := range map[string]error{"UnauthorizedOperation": privatelink.ErrDenied, "DependencyViolation": privatelink.ErrInUse,
		"OperationInProgress": privatelink.ErrPending, "RequestLimitExceeded": privatelink.ErrThrottled} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, &fake.Cloud{}, false)
			_, err := w.orders().WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			w.cloud.After = lists(1, "InvalidVpcEndpoint.NotFound", code)
			err = w.orders().Delete(t.Context(), w.consumer)
			require.ErrorIs(t, err, want, "not lost beside the one that is gone")
			require.NotErrorIs(t, err, privatelink.ErrNotFound)
			require.ErrorContains(t, err, "vpce-1: ")
		})
	}
}

func TestUnsuccessfulItemsInAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: 10 * time.Second}, false)
		before := w.cloud.Dump()
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		w.cloud.After = lists(1, "InternalError")
		require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer), "a failure of the server is outlasted")
		require.Equal(t, before, w.cloud.Dump())
	})
	w, one, _ := shop(&fake.Cloud{})
	gateway := w.s3().RouteTables(one)
	_, err := gateway.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	needs := endpoint.Interface("s3").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).PrivateDNS(true).PrivateDNSOnlyForInboundResolver(true)
	e, err := needs.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.ErrorContains(t, gateway.WaitGone(t.Context(), w.consumer), e.ID, "AWS keeps it for the other endpoint, and says so")
	require.NoError(t, needs.WaitGone(t.Context(), w.consumer))
	require.NoError(t, gateway.WaitGone(t.Context(), w.consumer))
}

func TestRouteThatLookupsDoNotShowYetDelaysTheEnd(t *testing.T) {
	for _, whole := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			i := newInspection(t, &fake.Cloud{Lag: 4 * time.Second, Switches: fake.Switches{RoutedDeleteFails: whole}}, false)
			time.Sleep(5 * time.Second)
			e, err := i.inspect().WaitReady(t.Context(), i.consumer)
			require.NoError(t, err)
			leadByHand(t.Context(), t, i.world, i.table, "0.0.0.0/0", e.ID)
			require.NoError(t, i.inspect().WaitGone(t.Context(), i.consumer))
			time.Sleep(5 * time.Second)
			require.NotContains(t, i.targets(t, i.table), "0.0.0.0/0")
		})
	}
}

// Somebody changes the endpoint, and the change is not seen yet: what would be sent is refused, or already so.
func TestModifyOnStaleRows(t *testing.T) {
	for _, strict := range []bool{false, true} {
		for name, c := range map[string]struct {
			byHand func(w *world) ec2.ModifyVpcEndpointInput
			want   func(w *world) *endpoint.InterfaceBuilder
		}{
			"added already": {
				func(w *world) ec2.ModifyVpcEndpointInput {
					return ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{w.other.ID}, AddSubnetIds: []string{w.b.ID}}
				},
				func(w *world) *endpoint.InterfaceBuilder {
					return w.orders().SecurityGroups(w.group.ID, w.other.ID)
				}},
			"removed already": {
				func(w *world) ec2.ModifyVpcEndpointInput {
					return ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{w.other.ID}, RemoveSecurityGroupIds: []string{w.group.ID}}
				},
				func(w *world) *endpoint.InterfaceBuilder {
					return w.orders().Subnets(w.a.ID, w.b.ID).SecurityGroups(w.other.ID)
				}},
			"undone": {
				func(w *world) ec2.ModifyVpcEndpointInput {
					return ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{w.other.ID}, RemoveSecurityGroupIds: []string{w.group.ID}, RemoveSubnetIds: []string{w.a.ID}}
				},
				func(w *world) *endpoint.InterfaceBuilder {
					return w.orders().Subnets(w.a.ID).SecurityGroups(w.group.ID)
				}},
		} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, &fake.Cloud{Lag: 4 * time.Second, Switches: fake.Switches{StrictDeltas: strict}}, false)
					time.Sleep(5 * time.Second)
					e, err := w.orders().Subnets(w.a.ID).WaitReady(t.Context(), w.consumer)
					require.NoError(t, err)
					time.Sleep(5 * time.Second)
					hand{w, e.ID}.modify(t, c.byHand(w))
					time.Sleep(time.Second)
					_, err = c.want(w).WaitReady(t.Context(), w.consumer)
					require.NoError(t, err)
					time.Sleep(5 * time.Second) // what the first pass could not see, the second mends
					_, err = c.want(w).WaitReady(t.Context(), w.consumer)
					require.NoError(t, err)
					time.Sleep(5 * time.Second)
					plan, err := c.want(w).Plan(t.Context(), w.consumer)
					require.NoError(t, err)
					require.True(t, plan.Empty(), plan.String())
					require.Equal(t, e.ID, alone(t, w).ID)
				})
			})
		}
	}
}
