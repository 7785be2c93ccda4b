package endpoint_test

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestPolicyMayBeAsLongAsAWSTakes(t *testing.T) {
	for length, problems := range map[int]int{20480: 0, 20481: 1} {
		long := denyAll + strings.Repeat(" ", length-len(denyAll))
		require.Len(t, privatelink.Problems(endpoint.Interface("x").VPC("vpc-1").Service(provide).Policy(long).Validate()), problems)
		require.Len(t, privatelink.Problems(endpoint.Gateway("x").VPC("vpc-1").Service("com.amazonaws.us-east-1.s3").Policy(long).Validate()), problems)
	}
}

func TestAddressFitsTheNamedIPAddressType(t *testing.T) {
	for _, c := range []struct {
		kind  endpoint.IPType
		addrs []netip.Addr
		good  bool
	}{
		{"", []netip.Addr{four}, true}, {"", []netip.Addr{six}, true}, {"", []netip.Addr{four, six}, true},
		{endpoint.IPv4, []netip.Addr{four}, true}, {endpoint.IPv4, []netip.Addr{six}, false}, {endpoint.IPv4, []netip.Addr{four, six}, false},
		{endpoint.IPv6, []netip.Addr{six}, true}, {endpoint.IPv6, []netip.Addr{four}, false}, {endpoint.IPv6, []netip.Addr{four, six}, false},
		{endpoint.DualStack, []netip.Addr{four, six}, true}, {endpoint.DualStack, []netip.Addr{four}, false}, {endpoint.DualStack, []netip.Addr{six}, false},
		{"", []netip.Addr{netip.MustParseAddr("fe80::1%eth0")}, false},
	} {
		b := endpoint.Interface("x").VPC("vpc-1").Service(provide).Subnets("subnet-1").Address("subnet-1", c.addrs...).IPAddressType(c.kind)
		require.Equal(t, c.good, b.Validate() == nil, "%s %v: %v", c.kind, c.addrs, b.Validate())
	}
}

func TestCloneAsDoesNotAdopt(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	b := w.orders().Adopt("vpce-0123456789abcdef0")
	_, err := b.Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	e, err := b.CloneAs("other").Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, privatelink.Created, e.Outcome)
}

func TestEnsureDoesNotCallAChangedEndpointReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute}, false)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		e, err := w.orders().SecurityGroups(w.other.ID).Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, privatelink.Updated, e.Outcome)
		require.False(t, e.Ready)
		require.NotEmpty(t, e.Waiting)
	})
}

// On AWS the record type follows the address type unless the same request names it.
func TestRecordTypeThatStaysIsNamedAgainWithTheAddressType(t *testing.T) {
	w, _, _ := dualShop(&fake.Cloud{})
	b := endpoint.Interface("compute").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Subnets(w.a.ID).DNSRecordIPType(endpoint.IPv4)
	_, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, []string{"ModifyVpcEndpoint"}, writes(w.ops(func() {
		e, err := b.IPAddressType(endpoint.DualStack).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, endpoint.IPv4, e.DNSRecordIPType)
	})))
}

func TestPlanDoesNotWarnOfPrivateDNSThatStaysOff(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	_, err := w.consumer.ModifyVpcAttribute(t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: &w.vpc.ID, EnableDnsSupport: &types.AttributeBooleanValue{Value: aws.Bool(false)}})
	require.NoError(t, err)
	plan, err := w.orders().Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, plan.Warnings, "of a provider's service it is off unless it is named")
}

// answers lets a test change what AWS says to one operation.
func answers[Output any](change func(*Output)) hook {
	return func(_ context.Context, c *fake.Call) error {
		if out, ok := c.Output.(*Output); ok {
			change(out)
		}
		return nil
	}
}

// AWS has been seen to answer with another endpoint than the one that was asked for.
func TestGetOfAnAnswerAboutAnotherEndpoint(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	e, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	w.cloud.After = answers(func(out *ec2.DescribeVpcEndpointsOutput) {
		out.VpcEndpoints[0].VpcEndpointId = aws.String("vpce-0123456789abcdef0")
	})
	_, err = endpoint.Get(t.Context(), w.consumer, e.ID)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

func TestWaitStateOutlastsThrottling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Delay: time.Minute}, false)
		e, err := w.orders().Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
		w.cloud.Before = refuses("DescribeVpcEndpoints", 3, "RequestLimitExceeded")
		_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
		require.NoError(t, err)
	})
}

func TestNetworkInterfacesOfMoreThanAFilterTakes(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	e, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	others := &endpoint.Endpoint{ID: "vpce-1"}
	for n := range 250 {
		others.NetworkInterfaceIDs = append(others.NetworkInterfaceIDs, fmt.Sprintf("eni-%017x", n))
	}
	require.Equal(t, []string{"DescribeNetworkInterfaces"}, w.ops(func() {
		found, err := endpoint.NetworkInterfaces(t.Context(), w.consumer, others, e)
		require.NoError(t, err)
		require.Len(t, found, 2)
	}))
}

// Until its network interfaces are gone, an endpoint that AWS no longer lists holds its subnets and groups.
func TestWaitGoneFollowsTheNetworkInterfaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{}, false)
		e, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		until := time.Now().Add(time.Minute)
		w.cloud.After = answers(func(out *ec2.DescribeNetworkInterfacesOutput) {
			if len(out.NetworkInterfaces) == 0 && time.Now().Before(until) {
				out.NetworkInterfaces = []types.NetworkInterface{{NetworkInterfaceId: &e.NetworkInterfaceIDs[0]}}
			}
		})
		var waiting []string
		require.NoError(t, w.orders().WaitGone(t.Context(), w.consumer, privatelink.OnPoll(func(p privatelink.Progress) { waiting = append(waiting, p.Waiting) })))
		require.False(t, time.Now().Before(until))
		require.True(t, slices.Contains(waiting, "network interface "+e.NetworkInterfaceIDs[0]+" to be removed"), "%v", waiting)
	})
}

// A twin's endpoint has the private DNS name, and shows when the look for what is in the way is under way: it is ours.
func TestPrivateNameOfATwinThatShowsLateIsNotInTheWay(t *testing.T) {
	w := newWorld(t, &fake.Cloud{Switches: fake.Switches{RulesFirst: true}}, false)
	b := endpoint.Interface("sts").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "sts")).Subnets(w.a.ID)
	first, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	looked := false
	w.cloud.After = func(_ context.Context, c *fake.Call) error {
		looked = looked || c.Op == "DescribeVpcEndpointServices"
		if out, ok := c.Output.(*ec2.DescribeVpcEndpointsOutput); ok && !looked {
			out.VpcEndpoints = nil
		}
		return nil
	}
	again, err := b.Tag("team", "blue").Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	require.True(t, looked)
	require.Equal(t, first.ID, again.ID)
}

func TestPropagatedRouteIsNotInTheWay(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	i.cloud.After = answers(func(out *ec2.DescribeRouteTablesOutput) {
		for n := range out.RouteTables {
			out.RouteTables[n].Routes = append(out.RouteTables[n].Routes, types.Route{DestinationCidrBlock: aws.String("10.9.0.0/16"), GatewayId: aws.String("vgw-1"),
				State: types.RouteStateActive, Origin: types.RouteOriginEnableVgwRoutePropagation})
		}
	})
	require.Contains(t, i.ops(func() {
		_, err := i.inspect().Route(i.table, "10.9.0.0/16").WaitReady(t.Context(), i.consumer)
		require.NoError(t, err)
	}), "CreateRoute")
}

func TestRouteWhoseOtherTargetIsGoneIsNotTakenUnasked(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	i.cloud.After = answers(func(out *ec2.DescribeRouteTablesOutput) {
		for n := range out.RouteTables {
			out.RouteTables[n].Routes = append(out.RouteTables[n].Routes, types.Route{DestinationCidrBlock: aws.String("10.9.0.0/16"), NatGatewayId: aws.String("nat-1"),
				State: types.RouteStateBlackhole, Origin: types.RouteOriginCreateRoute})
		}
	})
	b := i.inspect().Route(i.table, "10.9.0.0/16")
	_, err := b.WaitReady(t.Context(), i.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
	require.ErrorContains(t, err, "nat-1")
	require.NotContains(t, i.ops(func() { require.NoError(t, b.WaitGone(t.Context(), i.consumer)) }), "DeleteRoute")
}
