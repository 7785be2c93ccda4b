package endpoint_test

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/policy"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestSnapshotOfAnInterfaceEndpoint(t *testing.T) {
	w, _, _ := dualShop(&fake.Cloud{})
	began := time.Now().Add(-time.Second)
	b := endpoint.Interface("compute").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Subnets(w.a.ID, w.b.ID).
		SecurityGroups(w.group.ID).IPAddressType(endpoint.DualStack).DNSRecordIPType(endpoint.ServiceDefined).Policy(denyAll).Tag("team", "blue")
	e, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Len(t, e.DNS.Zonal, 2)
	require.Len(t, e.DNS.Private, 1)
	for name, dns := range map[string]privatelink.DNSName{"regional": e.DNS.Regional, "a": e.DNS.Zonal["us-east-1a"], "b": e.DNS.Zonal["us-east-1b"]} {
		require.Contains(t, dns.Name, e.ID, name)
		require.Equal(t, "Z7HUB22UULQXV", dns.ZoneID, name)
		require.Equal(t, privatelink.DualStack, dns.Family, name)
	}
	require.Equal(t, "ec2.us-east-1.amazonaws.com", e.DNS.Private[0].Name)
	require.NotContains(t, []string{"", e.DNS.Regional.ZoneID}, e.DNS.Private[0].ZoneID, "the private name has a zone of its own")
	require.Equal(t, privatelink.IPv4, e.DNS.Private[0].Family, "as the service defines")
	require.Equal(t, []string{w.group.ID}, e.SecurityGroups)
	require.Equal(t, "us-east-1", e.ServiceRegion)
	require.Equal(t, consumerID, e.Owner)
	require.Equal(t, denyAll, e.Policy)
	require.Equal(t, privatelink.Tags{"Name": "compute", privatelink.NameTag: "compute", "team": "blue"}, e.Tags)
	require.WithinRange(t, e.CreatedAt, began, time.Now())
	require.True(t, e.Ready)
	require.Empty(t, e.Waiting+e.LastError)
	got, err := endpoint.Get(t.Context(), w.consumer, e.ID)
	require.NoError(t, err)
	got.Outcome = e.Outcome
	require.Equal(t, e, got)
}

func TestSnapshotTellsOfPrivateDNSOnlyForInboundResolvers(t *testing.T) {
	w, one, _ := dualShop(&fake.Cloud{})
	_, err := endpoint.Gateway("files").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).RouteTables(one).Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	for _, only := range []bool{true, false} {
		b := endpoint.Interface("files").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).PrivateDNSOnlyForInboundResolver(only)
		e, err := b.WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.True(t, e.PrivateDNS)
		require.Equal(t, only, e.InboundResolverOnly)
	}
}

func TestSnapshotOfTheOtherKinds(t *testing.T) {
	i := newInspection(t, &fake.Cloud{}, false)
	e, err := i.inspect().WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.Equal(t, endpoint.KindGatewayLoadBalancer, e.Kind)
	require.Equal(t, []string{i.a.ID}, e.Subnets)
	require.Len(t, e.NetworkInterfaceIDs, 1)
	require.Empty(t, e.Policy)
	require.Zero(t, e.DNS.Regional)
	e, err = i.s3().RouteTables(i.table, i.two).WaitReady(t.Context(), i.consumer)
	require.NoError(t, err)
	require.Equal(t, endpoint.KindGateway, e.Kind)
	require.ElementsMatch(t, []string{i.table, i.two}, e.RouteTables)
	require.True(t, policy.Equal(policy.FullAccess, e.Policy))
	require.Empty(t, e.NetworkInterfaceIDs)
}

func TestSnapshotTakesWhatAWSLeavesOutForItsDefault(t *testing.T) {
	api := newEcho() // says nothing that was not sent
	inter := endpoint.Interface("x").VPC("vpc-1").Service(provide)
	e, err := inter.Ensure(t.Context(), api)
	require.NoError(t, err)
	require.Equal(t, endpoint.IPv4, e.IPAddressType)
	require.Equal(t, policy.FullAccess, e.Policy)
	_, err = inter.Clone().IPAddressType(endpoint.IPv4).DefaultPolicy().ServiceRegion("us-east-1").Ensure(t.Context(), api)
	require.NoError(t, err)
	require.Empty(t, api.sent, "nor is it sent again and again")

	told := regional{newEcho()}
	e, err = inter.Ensure(t.Context(), told)
	require.NoError(t, err)
	require.Equal(t, "eu-west-1", e.ServiceRegion, "the client's")
	_, err = inter.Clone().ServiceRegion("us-east-1").Ensure(t.Context(), told)
	require.ErrorIs(t, err, privatelink.ErrImmutable)

	e, err = endpoint.GatewayLoadBalancer("x").VPC("vpc-1").Service(provide).Subnet("subnet-1").Ensure(t.Context(), newEcho())
	require.NoError(t, err)
	require.Empty(t, e.Policy, "they have none")
}

// AWS GovCloud (US) has been seen to leave the kind of gateway endpoints out, and Gateway is AWS's default.
func TestSnapshotTakesAnEndpointWithoutAKindForAGateway(t *testing.T) {
	w, one, two := shop(&fake.Cloud{})
	w.cloud.After = func(_ context.Context, c *fake.Call) error {
		if out, ok := c.Output.(*ec2.DescribeVpcEndpointsOutput); ok {
			for i := range out.VpcEndpoints {
				out.VpcEndpoints[i].VpcEndpointType = ""
			}
		}
		return nil
	}
	made, err := w.s3().RouteTables(one).Ensure(t.Context(), w.consumer)
	require.NoError(t, err)
	again, err := w.s3().RouteTables(one, two).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Equal(t, privatelink.Updated, again.Outcome, "it is found")
	require.Equal(t, made.ID, again.ID)
	require.Equal(t, endpoint.KindGateway, again.Kind)
	require.NoError(t, w.s3().WaitGone(t.Context(), w.consumer))
	require.Len(t, slices.DeleteFunc(w.cloud.Calls(), func(c fake.Call) bool { return c.Op != "CreateVpcEndpoint" }), 1)
}

// regional is a client that tells its Region, as EC2's does.
type regional struct{ *echo }

func (regional) Options() ec2.Options { return ec2.Options{Region: "eu-west-1"} }

func TestNetworkInterfacesOfManyEndpointsCostOneCall(t *testing.T) {
	w, _, _ := dualShop(&fake.Cloud{})
	var all []*endpoint.Endpoint
	for n, part := range []string{"ec2", "sts", "logs"} {
		b := endpoint.Interface(fmt.Sprint("e", n)).VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", part)).Subnets(w.a.ID, w.b.ID).SecurityGroups(w.group.ID)
		if n == 0 {
			b.IPAddressType(endpoint.DualStack)
		}
		e, err := b.WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		all = append(all, e)
	}
	var found []endpoint.NetworkInterface
	require.Equal(t, []string{"DescribeNetworkInterfaces"}, w.ops(func() {
		var err error
		found, err = endpoint.NetworkInterfaces(t.Context(), w.consumer, all...)
		require.NoError(t, err)
	}))
	require.Len(t, found, 6)
	places := map[string]int{}
	for _, n := range found {
		places[n.Endpoint+" "+n.Subnet+" "+n.AZ]++
		require.True(t, n.RequesterManaged)
		require.True(t, map[string]netip.Prefix{w.a.ID: netip.MustParsePrefix("10.1.1.0/24"), w.b.ID: netip.MustParsePrefix("10.1.2.0/24")}[n.Subnet].Contains(n.IPv4))
		require.Equal(t, n.Endpoint == all[0].ID, n.IPv6.IsValid())
		require.Equal(t, n.IPv6.IsValid(), n.DenyAllIGWTraffic, "with an IPv6 address always")
		require.Equal(t, []string{w.group.ID}, n.SecurityGroups)
	}
	require.Len(t, places, 6)
	require.Empty(t, w.ops(func() {
		none, err := endpoint.NetworkInterfaces(t.Context(), w.consumer, &endpoint.Endpoint{ID: "vpce-1"})
		require.NoError(t, err)
		require.Empty(t, none)
		_, err = endpoint.NetworkInterfaces(t.Context(), w.consumer, nil)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}), "no call where there are none")
}

// onePage is a client whose pages have one row.
type onePage struct{ *fake.Account }

func (p onePage) DescribeVpcEndpoints(ctx context.Context, in *ec2.DescribeVpcEndpointsInput, opts ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error) {
	one := *in
	one.MaxResults = aws.Int32(1)
	return p.Account.DescribeVpcEndpoints(ctx, &one, opts...)
}

func (p onePage) DescribePrefixLists(ctx context.Context, in *ec2.DescribePrefixListsInput, opts ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error) {
	one := *in
	one.MaxResults = aws.Int32(1)
	return p.Account.DescribePrefixLists(ctx, &one, opts...)
}

func TestListReadsAllPages(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	byHand(t, w)
	for n := range 5 {
		_, err := w.orders().CloneAs(fmt.Sprint("orders-", n)).Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	var names []string
	for e, err := range endpoint.List(t.Context(), onePage{w.consumer}, w.vpc.ID) {
		require.NoError(t, err)
		names = append(names, e.Name)
	}
	require.ElementsMatch(t, []string{"orders-0", "orders-1", "orders-2", "orders-3", "orders-4"}, names, "those that bear our mark")
	for range endpoint.List(t.Context(), w.consumer, "") {
		break // a caller may stop
	}
	for _, err := range endpoint.List(t.Context(), w.consumer, "orders") {
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
	w.cloud.Before = refuses("DescribeVpcEndpoints", 1, "UnauthorizedOperation")
	for _, err := range endpoint.List(t.Context(), w.consumer, "") {
		require.ErrorIs(t, err, privatelink.ErrDenied)
	}
}

func TestPrefixListsOfBothFamilies(t *testing.T) {
	for _, other := range []bool{false, true} {
		w, _, _ := shop(&fake.Cloud{Switches: fake.Switches{OtherSpellings: other}})
		for _, part := range []string{"s3", "s3express", "dynamodb"} {
			name := endpoint.AWSService("us-east-1", part)
			lists, err := endpoint.PrefixLists(t.Context(), onePage{w.consumer}, &endpoint.Endpoint{ID: "vpce-1", Kind: endpoint.KindGateway, Service: name})
			require.NoError(t, err)
			require.Len(t, lists, 2)
			require.Equal(t, name, lists[0].Name)
			require.True(t, lists[0].CIDRs[0].Addr().Is4())
			require.True(t, lists[1].CIDRs[0].Addr().Is6())
		}
	}
	w, _, _ := shop(&fake.Cloud{})
	w.cloud.Before = refuses("DescribePrefixLists", 1, "UnauthorizedOperation")
	_, err := endpoint.PrefixLists(t.Context(), w.consumer, &endpoint.Endpoint{ID: "vpce-1", Kind: endpoint.KindGateway, Service: "com.amazonaws.us-east-1.s3"})
	require.ErrorIs(t, err, privatelink.ErrDenied)
	for _, e := range []*endpoint.Endpoint{nil, {ID: "vpce-1", Kind: endpoint.KindInterface}} {
		_, err = endpoint.PrefixLists(t.Context(), w.consumer, e)
		require.ErrorIs(t, err, privatelink.ErrInvalid)
	}
}
