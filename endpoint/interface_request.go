package endpoint

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Create sends the one request that makes the endpoint. Its members are in a canonical order: AWS compares requests of one token.
func (k *interfaceKind) Create(ctx context.Context, token string) (converge.Row[Endpoint], error) {
	in := &ec2.CreateVpcEndpointInput{
		ClientToken: aws.String(token), VpcEndpointType: types.VpcEndpointTypeInterface,
		VpcId: aws.String(k.vpc), ServiceName: aws.String(k.want.service),
		SubnetIds: k.want.subnets.Members, SecurityGroupIds: k.want.groups.Members,
		TagSpecifications: []types.TagSpecification{{
			ResourceType: types.ResourceTypeVpcEndpoint, Tags: tagging.EC2(tagging.AtBirth(k.name, k.want.tags)),
		}},
	}
	if !k.provided() {
		in.PrivateDnsEnabled = k.want.privateDNS
	}
	out, err := k.api.CreateVpcEndpoint(ctx, in)
	if err != nil || out.VpcEndpoint == nil {
		return converge.Row[Endpoint]{}, err
	}
	return row(snapshot(out.VpcEndpoint, regionOf(k.api))), nil
}

// Change sends every difference in one modify, and the tags in one more call.
func (k *interfaceKind) Change(ctx context.Context, have *Endpoint) (*Endpoint, error) {
	now := have.clone()
	if in := k.modification(now); in != nil {
		if err := k.modify(ctx, in); err != nil {
			return nil, err
		}
		k.applied(now)
	}
	return now, k.tagged(ctx, now)
}

func (k *interfaceKind) modification(have *Endpoint) *ec2.ModifyVpcEndpointInput {
	in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String(have.ID)}
	in.AddSubnetIds, in.RemoveSubnetIds = k.want.subnets.Against(have.Subnets)
	in.AddSecurityGroupIds, in.RemoveSecurityGroupIds = k.want.groups.Against(have.SecurityGroups)
	for _, d := range k.privateDNSDelta(have) {
		if d.Later == "" {
			in.PrivateDnsEnabled = k.want.privateDNS
		}
	}
	empty := len(in.AddSubnetIds)+len(in.RemoveSubnetIds)+len(in.AddSecurityGroupIds)+len(in.RemoveSecurityGroupIds) == 0
	if empty && in.PrivateDnsEnabled == nil {
		return nil
	}
	return in
}

// modify sends the change. Where AWS will not take a swap of subnets inside one zone at once, the old subnet goes first.
func (k *interfaceKind) modify(ctx context.Context, in *ec2.ModifyVpcEndpointInput) error {
	_, err := k.api.ModifyVpcEndpoint(ctx, in)
	if awserr.Code(err) != "DuplicateSubnetsInSameZone" || len(in.RemoveSubnetIds) == 0 {
		return err
	}
	first := &ec2.ModifyVpcEndpointInput{VpcEndpointId: in.VpcEndpointId, RemoveSubnetIds: in.RemoveSubnetIds}
	if _, err := k.api.ModifyVpcEndpoint(ctx, first); err != nil {
		return err
	}
	rest := *in
	rest.RemoveSubnetIds = nil
	_, err = k.api.ModifyVpcEndpoint(ctx, &rest)
	return err
}

// applied notes in a snapshot what was just sent: AWS answers a modify with nothing but yes, and takes a moment.
func (k *interfaceKind) applied(e *Endpoint) {
	if k.want.subnets.Named {
		e.Subnets = slices.Clone(k.want.subnets.Members)
	}
	if k.want.groups.Named {
		e.SecurityGroups = slices.Clone(k.want.groups.Members)
	}
	for _, d := range k.privateDNSDelta(e) {
		if d.Later == "" {
			e.PrivateDNS = *k.want.privateDNS
		}
	}
	if e.State.Is(privatelink.Available) {
		e.State = privatelink.Pending
	}
}
