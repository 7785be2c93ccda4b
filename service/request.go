package service

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
)

const gateway = "GatewayLoadBalancer"

// Create sends the one request that makes the service. AWS does not say when it was made, so the engine reads it by ID.
func (k *kind) Create(ctx context.Context, token string) (converge.Row[Service], error) {
	in := &ec2.CreateVpcEndpointServiceConfigurationInput{
		ClientToken: aws.String(token), AcceptanceRequired: k.acceptance,
		TagSpecifications: []types.TagSpecification{{
			ResourceType: types.ResourceTypeVpcEndpointService, Tags: tagging.EC2(tagging.AtBirth(k.name, k.tags)),
		}},
	}
	if k.kind == gateway {
		in.GatewayLoadBalancerArns = k.loadBalancers.Members
	} else {
		in.NetworkLoadBalancerArns = k.loadBalancers.Members
	}
	out, err := k.api.CreateVpcEndpointServiceConfiguration(ctx, in)
	if err != nil || out.ServiceConfiguration == nil {
		return converge.Row[Service]{}, err
	}
	s := snapshot(out.ServiceConfiguration)
	k.made = s.ID
	return converge.Row[Service]{ID: s.ID, State: s.State, Snap: s}, nil
}

// Change sends the differences: one modify of the service, one of who may connect, one of the tags.
func (k *kind) Change(ctx context.Context, have *Service) (*Service, error) {
	now := have.clone()
	if err := k.modify(ctx, now); err != nil {
		return nil, err
	}
	if err := k.permit(ctx, now); err != nil {
		return nil, err
	}
	return now, k.tag(ctx, now)
}

func (k *kind) modify(ctx context.Context, s *Service) error {
	add, remove := k.loadBalancers.Against(s.LoadBalancers)
	in := &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: aws.String(s.ID)}
	if k.acceptance != nil && *k.acceptance != s.AcceptanceRequired {
		in.AcceptanceRequired = k.acceptance
	}
	if len(add)+len(remove) == 0 && in.AcceptanceRequired == nil {
		return nil
	}
	if k.kind == gateway {
		in.AddGatewayLoadBalancerArns, in.RemoveGatewayLoadBalancerArns = add, remove
	} else {
		in.AddNetworkLoadBalancerArns, in.RemoveNetworkLoadBalancerArns = add, remove
	}
	if _, err := k.api.ModifyVpcEndpointServiceConfiguration(ctx, in); err != nil {
		return err
	}
	s.LoadBalancers = slices.Clone(k.loadBalancers.Members)
	if k.acceptance != nil {
		s.AcceptanceRequired = *k.acceptance
	}
	return nil
}

func (k *kind) permit(ctx context.Context, s *Service) error {
	want := k.principals()
	add, remove := want.Against(s.AllowedPrincipals)
	if len(add)+len(remove) == 0 || s.unknown {
		return nil
	}
	in := &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: aws.String(s.ID), AddAllowedPrincipals: add, RemoveAllowedPrincipals: remove}
	if _, err := k.api.ModifyVpcEndpointServicePermissions(ctx, in); err != nil {
		return err
	}
	s.AllowedPrincipals = want.Members
	return nil
}

func (k *kind) tag(ctx context.Context, s *Service) error {
	missing := tagging.Missing(k.name, k.tags, s.Tags)
	if len(missing) == 0 {
		return nil
	}
	if _, err := k.api.CreateTags(ctx, &ec2.CreateTagsInput{Resources: []string{s.ID}, Tags: tagging.EC2(missing)}); err != nil {
		return err
	}
	for key, value := range missing {
		s.Tags[key] = value
	}
	s.Name = k.name
	return nil
}
