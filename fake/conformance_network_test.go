package fake_test

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"
)

// target is an AWS on which the rows run: clients of its accounts, which may be one account.
type target struct {
	provider, consumer, stranger, remote ec2Client // remote: the consumer in another Region
	balancing                            elbClient
	region, abroad                       string
}

// builder makes the harness's network by EC2 and ELBv2 calls, and takes it down again.
type builder struct {
	target
	t    testing.TB
	undo []func(context.Context) error
}

// network makes what newHarness makes by handles.
func (b *builder) network() *harness {
	h := &harness{provider: b.provider, consumer: b.consumer, stranger: b.stranger, remote: b.remote, balancing: b.balancing, region: b.region, abroad: b.abroad}
	home, owner := b.vpc(b.provider, "10.0.0.0/16", false)
	pa, pb := b.subnet(b.provider, home, b.region+"a", "10.0.1.0/24", ""), b.subnet(b.provider, home, b.region+"b", "10.0.2.0/24", "")
	h.providerID = owner
	h.nlb, h.otherNLB = b.balancer("orders", "network", pa, pb), b.balancer("other", "network", pa, pb)
	h.gwlb = b.balancer("inspect", "gateway", pa)
	b.consumers(h)
	b.dual(h)
	h.strangersVPC, h.strangerID = b.vpc(b.stranger, "10.3.0.0/16", false)
	h.abroadVPC, _ = b.vpc(b.remote, "10.5.0.0/16", false)
	h.abroadSubnet = b.subnet(b.remote, h.abroadVPC, b.abroad+"a", "10.5.1.0/24", "").id
	return h
}

func (b *builder) consumers(h *harness) {
	h.vpc, h.consumerID = b.vpc(b.consumer, "10.1.0.0/16", false)
	h.bareVPC, _ = b.vpc(b.consumer, "10.2.0.0/16", false)
	b.hostnames(h.vpc)
	at := func(vpc, az, cidr string) subnet { return b.subnet(b.consumer, vpc, b.region+az, cidr, "") }
	h.a, h.b, h.c = at(h.vpc, "a", "10.1.1.0/24"), at(h.vpc, "b", "10.1.2.0/24"), at(h.vpc, "c", "10.1.3.0/24")
	h.a2, h.bare = at(h.vpc, "a", "10.1.4.0/24"), at(h.bareVPC, "a", "10.2.1.0/24")
	h.group, h.defaultGroup, h.bareGroup = b.group(h.vpc), b.defaultGroup(h.vpc), b.defaultGroup(h.bareVPC)
	h.table, h.table2, h.bareTable = b.table(h.vpc), b.table(h.vpc), b.table(h.bareVPC)
}

func (b *builder) dual(h *harness) {
	h.dualVPC, _ = b.vpc(b.consumer, "10.4.0.0/16", true)
	b.hostnames(h.dualVPC)
	h.block6 = b.block6(h.dualVPC)
	part := func(n byte) string { return netip.PrefixFrom(netip.MustParseAddr(h.v6(n, "")), 64).String() }
	h.dual = [2]subnet{b.subnet(b.consumer, h.dualVPC, b.region+"a", "10.4.1.0/24", part(1)), b.subnet(b.consumer, h.dualVPC, b.region+"b", "10.4.2.0/24", part(2))}
	h.six = b.subnet(b.consumer, h.dualVPC, b.region+"c", "", part(3))
	h.dualTable = b.table(h.dualVPC)
	out, err := b.consumer.AssociateRouteTable(b.t.Context(), &ec2.AssociateRouteTableInput{RouteTableId: &h.dualTable, SubnetId: &h.dual[0].id})
	require.NoError(b.t, err)
	b.later(func(ctx context.Context) error {
		_, err := b.consumer.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: out.AssociationId})
		return err
	})
}

func (b *builder) vpc(api ec2Client, cidr string, six bool) (id, owner string) {
	out, err := api.CreateVpc(b.t.Context(), &ec2.CreateVpcInput{CidrBlock: &cidr, AmazonProvidedIpv6CidrBlock: aws.Bool(six)})
	require.NoError(b.t, err)
	b.later(func(ctx context.Context) error {
		_, err := api.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: out.Vpc.VpcId})
		return err
	})
	return *out.Vpc.VpcId, aws.ToString(out.Vpc.OwnerId)
}

// block6 is a VPC's IPv6 block, once AWS has given it one.
func (b *builder) block6(vpc string) string {
	for range 60 {
		out, err := b.consumer.DescribeVpcs(b.t.Context(), &ec2.DescribeVpcsInput{VpcIds: []string{vpc}})
		if err == nil && len(out.Vpcs) == 1 && len(out.Vpcs[0].Ipv6CidrBlockAssociationSet) > 0 {
			return aws.ToString(out.Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock)
		}
		time.Sleep(time.Second)
	}
	require.FailNow(b.t, "the VPC has no IPv6 block")
	return ""
}

func (b *builder) hostnames(vpc string) {
	_, err := b.consumer.ModifyVpcAttribute(b.t.Context(), &ec2.ModifyVpcAttributeInput{VpcId: &vpc, EnableDnsHostnames: &types.AttributeBooleanValue{Value: aws.Bool(true)}})
	require.NoError(b.t, err)
}

func (b *builder) subnet(api ec2Client, vpc, az, cidr, cidr6 string) subnet {
	in := &ec2.CreateSubnetInput{VpcId: &vpc, AvailabilityZone: &az}
	s := subnet{az: az, cidr: cidr}
	if cidr != "" {
		in.CidrBlock = &cidr
	} else {
		in.Ipv6Native, s.cidr = aws.Bool(true), cidr6
	}
	if cidr6 != "" {
		in.Ipv6CidrBlock = &cidr6
	}
	out, err := api.CreateSubnet(b.t.Context(), in)
	require.NoError(b.t, err)
	s.id = *out.Subnet.SubnetId
	b.later(func(ctx context.Context) error {
		_, err := api.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &s.id})
		return err
	})
	return s
}

func (b *builder) group(vpc string) string {
	out, err := b.consumer.CreateSecurityGroup(b.t.Context(), &ec2.CreateSecurityGroupInput{VpcId: &vpc, GroupName: aws.String("web"), Description: aws.String("web")})
	require.NoError(b.t, err)
	b.later(func(ctx context.Context) error {
		_, err := b.consumer.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: out.GroupId})
		return err
	})
	return *out.GroupId
}

func (b *builder) defaultGroup(vpc string) string {
	out, err := b.consumer.DescribeSecurityGroups(b.t.Context(), &ec2.DescribeSecurityGroupsInput{
		Filters: append(filters("vpc-id", vpc), filters("group-name", "default")...)})
	require.NoError(b.t, err)
	require.Len(b.t, out.SecurityGroups, 1)
	return *out.SecurityGroups[0].GroupId
}

func (b *builder) table(vpc string) string {
	out, err := b.consumer.CreateRouteTable(b.t.Context(), &ec2.CreateRouteTableInput{VpcId: &vpc})
	require.NoError(b.t, err)
	b.later(func(ctx context.Context) error {
		_, err := b.consumer.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: out.RouteTable.RouteTableId})
		return err
	})
	return *out.RouteTable.RouteTableId
}

// balancer makes a load balancer and waits until it is active.
func (b *builder) balancer(name, kind string, subnets ...subnet) string {
	in := &elb.CreateLoadBalancerInput{Name: &name, Type: elbtypes.LoadBalancerTypeEnum(kind)}
	if kind == "network" {
		in.Scheme = elbtypes.LoadBalancerSchemeEnumInternal
	}
	for _, s := range subnets {
		in.Subnets = append(in.Subnets, s.id)
	}
	out, err := b.balancing.CreateLoadBalancer(b.t.Context(), in)
	require.NoError(b.t, err)
	arn := *out.LoadBalancers[0].LoadBalancerArn
	b.later(func(ctx context.Context) error {
		_, err := b.balancing.DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &arn})
		return err
	})
	for range 200 {
		seen, err := b.balancing.DescribeLoadBalancers(b.t.Context(), &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{arn}})
		if err == nil && seen.LoadBalancers[0].State.Code == elbtypes.LoadBalancerStateEnumActive {
			return arn
		}
		time.Sleep(3 * time.Second)
	}
	require.FailNow(b.t, "load balancer never became active")
	return ""
}

func (b *builder) later(undo func(context.Context) error) { b.undo = append(b.undo, undo) }

// takeDown deletes what was made, the last first, again and again while AWS says that something is in use. It tells what it could not delete.
func takeDown(ctx context.Context, undo []func(context.Context) error) error {
	var all, busy error
	for round := range 100 {
		if round > 0 {
			time.Sleep(6 * time.Second)
		}
		var again []func(context.Context) error
		busy = nil
		for i := len(undo) - 1; i >= 0; i-- {
			switch err := undo[i](ctx); {
			case err == nil || gone(err):
			case inUse(err):
				again, busy = append([]func(context.Context) error{undo[i]}, again...), errors.Join(busy, err)
			default:
				all = errors.Join(all, err)
			}
		}
		if undo = again; len(undo) == 0 {
			break
		}
	}
	return errors.Join(all, busy)
}

func inUse(err error) bool {
	return is(err, "DependencyViolation") || is(err, "ResourceInUse") || is(err, "ExistingVpcEndpointConnections") || is(err, "OperationInProgress")
}

func gone(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && (containsAny(api.ErrorCode(), "NotFound", "NoSuch"))
}
