package fake

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
)

// CreateVpc makes a VPC with a default security group and a main route table.
func (e *EC2) CreateVpc(ctx context.Context, in *ec2.CreateVpcInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcOutput, error) {
	return call(ctx, e.site, "CreateVpc", in, vpc.CreateVpc)
}

// DeleteVpc deletes a VPC in which nothing is left.
func (e *EC2) DeleteVpc(ctx context.Context, in *ec2.DeleteVpcInput, _ ...func(*ec2.Options)) (*ec2.DeleteVpcOutput, error) {
	return call(ctx, e.site, "DeleteVpc", in, vpc.DeleteVpc)
}

// ModifyVpcAttribute turns enableDnsSupport or enableDnsHostnames on or off.
func (e *EC2) ModifyVpcAttribute(ctx context.Context, in *ec2.ModifyVpcAttributeInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcAttributeOutput, error) {
	return call(ctx, e.site, "ModifyVpcAttribute", in, vpc.ModifyVpcAttribute)
}

// CreateSubnet makes a subnet.
func (e *EC2) CreateSubnet(ctx context.Context, in *ec2.CreateSubnetInput, _ ...func(*ec2.Options)) (*ec2.CreateSubnetOutput, error) {
	return call(ctx, e.site, "CreateSubnet", in, vpc.CreateSubnet)
}

// DeleteSubnet deletes a subnet in which no network interface is left.
func (e *EC2) DeleteSubnet(ctx context.Context, in *ec2.DeleteSubnetInput, _ ...func(*ec2.Options)) (*ec2.DeleteSubnetOutput, error) {
	return call(ctx, e.site, "DeleteSubnet", in, vpc.DeleteSubnet)
}

// CreateSecurityGroup makes a security group.
func (e *EC2) CreateSecurityGroup(ctx context.Context, in *ec2.CreateSecurityGroupInput, _ ...func(*ec2.Options)) (*ec2.CreateSecurityGroupOutput, error) {
	return call(ctx, e.site, "CreateSecurityGroup", in, vpc.CreateSecurityGroup)
}

// AuthorizeSecurityGroupIngress adds ingress rules to a security group.
func (e *EC2) AuthorizeSecurityGroupIngress(ctx context.Context, in *ec2.AuthorizeSecurityGroupIngressInput, _ ...func(*ec2.Options)) (*ec2.AuthorizeSecurityGroupIngressOutput, error) {
	return call(ctx, e.site, "AuthorizeSecurityGroupIngress", in, vpc.AuthorizeSecurityGroupIngress)
}

// RevokeSecurityGroupIngress removes ingress rules from a security group.
func (e *EC2) RevokeSecurityGroupIngress(ctx context.Context, in *ec2.RevokeSecurityGroupIngressInput, _ ...func(*ec2.Options)) (*ec2.RevokeSecurityGroupIngressOutput, error) {
	return call(ctx, e.site, "RevokeSecurityGroupIngress", in, vpc.RevokeSecurityGroupIngress)
}

// CreateRouteTable makes a route table.
func (e *EC2) CreateRouteTable(ctx context.Context, in *ec2.CreateRouteTableInput, _ ...func(*ec2.Options)) (*ec2.CreateRouteTableOutput, error) {
	return call(ctx, e.site, "CreateRouteTable", in, vpc.CreateRouteTable)
}

// DeleteRouteTable deletes a route table that no subnet uses.
func (e *EC2) DeleteRouteTable(ctx context.Context, in *ec2.DeleteRouteTableInput, _ ...func(*ec2.Options)) (*ec2.DeleteRouteTableOutput, error) {
	return call(ctx, e.site, "DeleteRouteTable", in, vpc.DeleteRouteTable)
}

// AssociateRouteTable gives a subnet a route table.
func (e *EC2) AssociateRouteTable(ctx context.Context, in *ec2.AssociateRouteTableInput, _ ...func(*ec2.Options)) (*ec2.AssociateRouteTableOutput, error) {
	return call(ctx, e.site, "AssociateRouteTable", in, vpc.AssociateRouteTable)
}

// DisassociateRouteTable gives a subnet back to the main route table.
func (e *EC2) DisassociateRouteTable(ctx context.Context, in *ec2.DisassociateRouteTableInput, _ ...func(*ec2.Options)) (*ec2.DisassociateRouteTableOutput, error) {
	return call(ctx, e.site, "DisassociateRouteTable", in, vpc.DisassociateRouteTable)
}

// DeleteNetworkInterface refuses, as every network interface of the fake is in use.
func (e *EC2) DeleteNetworkInterface(ctx context.Context, in *ec2.DeleteNetworkInterfaceInput, _ ...func(*ec2.Options)) (*ec2.DeleteNetworkInterfaceOutput, error) {
	return call(ctx, e.site, "DeleteNetworkInterface", in, vpc.DeleteNetworkInterface)
}

// DetachNetworkInterface refuses to detach what AWS manages.
func (e *EC2) DetachNetworkInterface(ctx context.Context, in *ec2.DetachNetworkInterfaceInput, _ ...func(*ec2.Options)) (*ec2.DetachNetworkInterfaceOutput, error) {
	return call(ctx, e.site, "DetachNetworkInterface", in, vpc.DetachNetworkInterface)
}

// ModifyNetworkInterfaceAttribute refuses to change what AWS manages.
func (e *EC2) ModifyNetworkInterfaceAttribute(ctx context.Context, in *ec2.ModifyNetworkInterfaceAttributeInput, _ ...func(*ec2.Options)) (*ec2.ModifyNetworkInterfaceAttributeOutput, error) {
	return call(ctx, e.site, "ModifyNetworkInterfaceAttribute", in, vpc.ModifyNetworkInterfaceAttribute)
}
