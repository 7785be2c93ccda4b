package fake_test

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
)

// What rows make of the network on a live target is deleted after each, like their endpoints, services and zones.

func (a *liveAccount) CreateVpc(ctx context.Context, in *ec2.CreateVpcInput, opts ...func(*ec2.Options)) (*ec2.CreateVpcOutput, error) {
	out, err := a.ec2API.CreateVpc(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: out.Vpc.VpcId})
			return err
		})
	}
	return out, err
}

func (a *liveAccount) CreateSubnet(ctx context.Context, in *ec2.CreateSubnetInput, opts ...func(*ec2.Options)) (*ec2.CreateSubnetOutput, error) {
	out, err := a.ec2API.CreateSubnet(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: out.Subnet.SubnetId})
			return err
		})
	}
	return out, err
}

func (a *liveAccount) CreateSecurityGroup(ctx context.Context, in *ec2.CreateSecurityGroupInput, opts ...func(*ec2.Options)) (*ec2.CreateSecurityGroupOutput, error) {
	out, err := a.ec2API.CreateSecurityGroup(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: out.GroupId})
			return err
		})
	}
	return out, err
}

func (a *liveAccount) CreateRouteTable(ctx context.Context, in *ec2.CreateRouteTableInput, opts ...func(*ec2.Options)) (*ec2.CreateRouteTableOutput, error) {
	out, err := a.ec2API.CreateRouteTable(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: out.RouteTable.RouteTableId})
			return err
		})
	}
	return out, err
}

func (a *liveAccount) AssociateRouteTable(ctx context.Context, in *ec2.AssociateRouteTableInput, opts ...func(*ec2.Options)) (*ec2.AssociateRouteTableOutput, error) {
	out, err := a.ec2API.AssociateRouteTable(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DisassociateRouteTable(ctx, &ec2.DisassociateRouteTableInput{AssociationId: out.AssociationId})
			return err
		})
	}
	return out, err
}

func (a *liveAccount) CreateRoute(ctx context.Context, in *ec2.CreateRouteInput, opts ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error) {
	out, err := a.ec2API.CreateRoute(ctx, in, opts...)
	if err == nil {
		a.later(func(ctx context.Context) error {
			_, err := a.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: in.RouteTableId, DestinationCidrBlock: in.DestinationCidrBlock,
				DestinationIpv6CidrBlock: in.DestinationIpv6CidrBlock, DestinationPrefixListId: in.DestinationPrefixListId})
			return err
		})
	}
	return out, err
}

// liveBalancing is ELBv2 of an account; what rows make of it is among what that deletes.
type liveBalancing struct {
	*elb.Client
	account *liveAccount
}

func (b liveBalancing) CreateLoadBalancer(ctx context.Context, in *elb.CreateLoadBalancerInput, opts ...func(*elb.Options)) (*elb.CreateLoadBalancerOutput, error) {
	out, err := b.Client.CreateLoadBalancer(ctx, in, opts...)
	if err == nil {
		for _, lb := range out.LoadBalancers {
			b.account.later(func(ctx context.Context) error {
				_, err := b.DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: lb.LoadBalancerArn})
				return err
			})
		}
	}
	return out, err
}
