package endpoint_test

import (
	"net/netip"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
)

// drift is what somebody does to an endpoint behind the library's back.
type drift struct {
	name    string
	byHand  func(*testing.T, hand)
	fields  []string // that Plan finds
	mending []string // the writes of one Ensure
}

// hand is somebody with a client of their own.
type hand struct {
	*world
	id string
}

func (h hand) modify(t *testing.T, in ec2.ModifyVpcEndpointInput) {
	t.Helper()
	in.VpcEndpointId = &h.id
	_, err := h.consumer.ModifyVpcEndpoint(t.Context(), &in)
	require.NoError(t, err)
}

func (h hand) tag(t *testing.T, key, value string) {
	t.Helper()
	_, err := h.consumer.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{h.id}, Tags: []types.Tag{{Key: &key, Value: &value}}})
	require.NoError(t, err)
}

func (h hand) untag(t *testing.T, key string) {
	t.Helper()
	_, err := h.consumer.DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{h.id}, Tags: []types.Tag{{Key: &key}}})
	require.NoError(t, err)
}

func modified(in ec2.ModifyVpcEndpointInput) func(*testing.T, hand) {
	return func(t *testing.T, h hand) { h.modify(t, in) }
}

var (
	oneModify = []string{"ModifyVpcEndpoint"}
	tagDrifts = []drift{
		{"tag changed", func(t *testing.T, h hand) { h.tag(t, "team", "red") }, []string{"tags"}, []string{"CreateTags"}},
		{"tags removed", func(t *testing.T, h hand) { h.untag(t, "team"); h.untag(t, "stage") }, []string{"tags"}, []string{"CreateTags"}},
		{"tag of somebody else", func(t *testing.T, h hand) { h.tag(t, "cost", "42") }, nil, nil},
		{"Name changed", func(t *testing.T, h hand) { h.tag(t, "Name", "renamed") }, nil, nil},
	}
)

// mended makes an endpoint, lets it drift in each way by itself, and expects Plan to find it and one Ensure to mend it.
func mended(t *testing.T, w *world, b anyBuilder, drifts []drift) {
	e, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	for _, d := range drifts {
		t.Run(d.name, func(t *testing.T) {
			d.byHand(t, hand{w, e.ID})
			plan, err := b.Plan(t.Context(), w.consumer)
			require.NoError(t, err)
			require.ElementsMatch(t, d.fields, fieldsOf(plan.Changes), plan.String())
			require.ElementsMatch(t, d.mending, writes(w.ops(func() {
				_, err = b.Ensure(t.Context(), w.consumer)
				require.NoError(t, err)
			})))
			plan, err = b.Plan(t.Context(), w.consumer)
			require.NoError(t, err)
			require.True(t, plan.Empty(), plan.String())
			now, err := b.Find(t.Context(), w.consumer)
			require.NoError(t, err)
			require.Equal(t, e.ID, now.ID)
			require.True(t, now.Ready)
		})
	}
}

func TestInterfaceDriftIsMended(t *testing.T) {
	s := interfaceStage(t, &fake.Cloud{})
	w := s.world
	b := endpoint.Interface("files").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Subnets(w.a.ID, w.b.ID).
		SecurityGroups(w.group.ID).Policy(denyAll).IPAddressType(endpoint.DualStack).DNSRecordIPType(endpoint.DualStack).PrivateDNS(true).
		PrivateDNSOnlyForInboundResolver(true).Address(w.b.ID, netip.MustParseAddr("10.1.2.77"), netip.MustParseAddr("2600:1f18:0:2::77")).
		Tag("team", "blue").Tag("stage", "live")
	inbound, records := &types.DnsOptionsSpecification{PrivateDnsOnlyForInboundResolverEndpoint: aws.Bool(false)}, dns(types.DnsRecordIpTypeServiceDefined)
	elsewhere := []types.SubnetConfiguration{{SubnetId: aws.String(w.b.ID), Ipv4: aws.String("10.1.2.78"), Ipv6: aws.String("2600:1f18:0:2::77")}}
	mended(t, w, b, append([]drift{
		{"subnet added", modified(ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{w.vpc.Subnet("us-east-1c", "10.1.9.0/24").IPv6("2600:1f18:0:9::/64").ID}}), []string{"subnets"}, oneModify},
		{"subnet removed", modified(ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{w.a.ID}}), []string{"subnets"}, oneModify},
		{"subnet with an address removed", modified(ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{w.b.ID}}), []string{"subnets", "address in " + w.b.ID}, oneModify},
		{"subnet swapped in its zone", modified(ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{w.a.ID}, AddSubnetIds: []string{w.c.ID}}), []string{"subnets"}, oneModify},
		{"address", modified(ec2.ModifyVpcEndpointInput{SubnetConfigurations: elsewhere}), []string{"address in " + w.b.ID}, oneModify},
		{"group added", modified(ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{w.other.ID}}), []string{"security groups"}, oneModify},
		{"group changed", modified(ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{w.other.ID}, RemoveSecurityGroupIds: []string{w.group.ID}}), []string{"security groups"}, oneModify},
		{"policy", modified(ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)}), []string{"policy"}, oneModify},
		{"policy of the same meaning", modified(ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":{"Action":["*"],"Effect":"Deny","Principal":{"AWS":"*"},"Resource":["*"]}}`)}), nil, nil},
		{"DNS record IP type", modified(ec2.ModifyVpcEndpointInput{DnsOptions: records}), []string{"DNS record IP type"}, oneModify},
		{"private DNS", modified(ec2.ModifyVpcEndpointInput{PrivateDnsEnabled: aws.Bool(false)}), []string{"private DNS", "private DNS only for inbound Resolver endpoints"}, oneModify},
		{"inbound Resolver endpoints only", modified(ec2.ModifyVpcEndpointInput{DnsOptions: inbound}), []string{"private DNS only for inbound Resolver endpoints"}, oneModify},
		{"everything", func(t *testing.T, h hand) {
			h.modify(t, ec2.ModifyVpcEndpointInput{RemoveSubnetIds: []string{w.a.ID}, AddSecurityGroupIds: []string{w.other.ID}, ResetPolicy: aws.Bool(true), DnsOptions: inbound})
			h.untag(t, "team")
		}, []string{"subnets", "security groups", "policy", "private DNS only for inbound Resolver endpoints", "tags"}, []string{"ModifyVpcEndpoint", "CreateTags"}},
	}, tagDrifts...))
}

func TestInterfaceDriftOfTheAddressType(t *testing.T) {
	s := interfaceStage(t, &fake.Cloud{})
	w := s.world
	b := endpoint.Interface("files").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Subnets(w.a.ID).PrivateDNS(true).
		IPAddressType(endpoint.DualStack).DNSRecordIPType(endpoint.DualStack)
	mended(t, w, b, []drift{
		{"IP address type", modified(ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeIpv4}), []string{"IP address type", "DNS record IP type"}, oneModify},
	})
}

func TestGatewayDriftIsMended(t *testing.T) {
	w, one, two := dualShop(&fake.Cloud{})
	b := w.s3().RouteTables(one).Policy(denyAll).IPAddressType(endpoint.DualStack).DNSRecordIPType(endpoint.IPv4).Tag("team", "blue").Tag("stage", "live")
	mended(t, w, b, append([]drift{
		{"route table added", modified(ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{two}}), []string{"route tables"}, oneModify},
		{"route table removed", modified(ec2.ModifyVpcEndpointInput{RemoveRouteTableIds: []string{one}}), []string{"route tables"}, oneModify},
		{"route table changed", modified(ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{two}, RemoveRouteTableIds: []string{one}}), []string{"route tables"}, oneModify},
		{"policy", modified(ec2.ModifyVpcEndpointInput{ResetPolicy: aws.Bool(true)}), []string{"policy"}, oneModify},
		{"DNS record IP type", modified(ec2.ModifyVpcEndpointInput{DnsOptions: dns(types.DnsRecordIpTypeDualstack)}), []string{"DNS record IP type"}, oneModify},
		{"IP address type", modified(ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeIpv4}), []string{"IP address type", "DNS record IP type"}, oneModify},
		{"everything", func(t *testing.T, h hand) {
			h.modify(t, ec2.ModifyVpcEndpointInput{RemoveRouteTableIds: []string{one}, ResetPolicy: aws.Bool(true), IpAddressType: types.IpAddressTypeIpv4})
			h.untag(t, "team")
		}, []string{"route tables", "policy", "IP address type", "DNS record IP type", "tags"}, []string{"ModifyVpcEndpoint", "CreateTags"}},
	}, tagDrifts...))
}

func TestGatewayLoadBalancerDriftIsMended(t *testing.T) {
	i, other := newDualInspection(t, &fake.Cloud{})
	b := i.inspect().IPAddressType(endpoint.DualStack).Route(i.table, "0.0.0.0/0").Route(i.table, "10.9.0.0/16").ReplaceRoutes(true).Tag("team", "blue").Tag("stage", "live")
	route := func(destination, table string) string { return "route " + destination + " in " + table }
	gone := func(t *testing.T, destination string) {
		_, err := i.consumer.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &i.table, DestinationCidrBlock: &destination})
		require.NoError(t, err)
	}
	turned := func(t *testing.T, destination string) {
		_, err := i.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &i.table, DestinationCidrBlock: &destination, VpcEndpointId: &other})
		require.NoError(t, err)
	}
	mended(t, i.world, b, append([]drift{
		{"IP address type", modified(ec2.ModifyVpcEndpointInput{IpAddressType: types.IpAddressTypeIpv4}), []string{"IP address type"}, oneModify},
		{"route removed", func(t *testing.T, _ hand) { gone(t, "0.0.0.0/0") }, []string{route("0.0.0.0/0", i.table)}, []string{"CreateRoute"}},
		{"route turned", func(t *testing.T, _ hand) { turned(t, "10.9.0.0/16") }, []string{route("10.9.0.0/16", i.table)}, []string{"ReplaceRoute"}},
		{"route added", func(t *testing.T, h hand) { leadByHand(t.Context(), t, i.world, i.two, "10.8.0.0/16", h.id) }, []string{route("10.8.0.0/16", i.two)}, []string{"DeleteRoute"}},
		{"local route led here", func(t *testing.T, h hand) {
			_, err := i.consumer.ReplaceRoute(t.Context(), &ec2.ReplaceRouteInput{RouteTableId: &i.two, DestinationCidrBlock: aws.String("10.1.0.0/16"), VpcEndpointId: &h.id})
			require.NoError(t, err)
		}, []string{route("10.1.0.0/16", i.two)}, []string{"ReplaceRoute"}},
		{"route to something else", func(t *testing.T, _ hand) { leadByHand(t.Context(), t, i.world, i.two, "10.7.0.0/16", other) }, nil, nil},
		{"everything but the type", func(t *testing.T, h hand) {
			gone(t, "0.0.0.0/0")
			turned(t, "10.9.0.0/16")
			leadByHand(t.Context(), t, i.world, i.two, "10.8.0.0/16", h.id)
			h.untag(t, "team")
		}, []string{route("0.0.0.0/0", i.table), route("10.9.0.0/16", i.table), route("10.8.0.0/16", i.two), "tags"}, []string{"CreateRoute", "ReplaceRoute", "DeleteRoute", "CreateTags"}},
	}, tagDrifts...))
}
