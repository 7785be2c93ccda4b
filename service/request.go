package service

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
)

// Create sends the one request that makes the service. AWS does not say when it was made, so the engine reads it by ID.
func (k *kind) Create(ctx context.Context, token string) (converge.Row[Service], error) {
	if err := k.await(ctx); err != nil {
		return converge.Row[Service]{}, err
	}
	in := &ec2.CreateVpcEndpointServiceConfigurationInput{
		ClientToken: aws.String(token), AcceptanceRequired: k.acceptance,
		SupportedIpAddressTypes: k.ipTypes.Members, SupportedRegions: k.remote().Members,
		TagSpecifications: []types.TagSpecification{{
			ResourceType: types.ResourceTypeVpcEndpointService, Tags: tagging.EC2(tagging.AtBirth(k.name, k.tags)),
		}},
	}
	if k.kind == gateway {
		in.GatewayLoadBalancerArns = k.loadBalancers.Members
	} else {
		in.NetworkLoadBalancerArns = k.loadBalancers.Members
	}
	if aws.ToString(k.privateName) != "" {
		in.PrivateDnsName = k.privateName
	}
	k.empty = k.looked
	out, err := k.api.CreateVpcEndpointServiceConfiguration(ctx, in)
	if err != nil || out.ServiceConfiguration == nil {
		return converge.Row[Service]{}, err
	}
	s := snapshot(out.ServiceConfiguration)
	k.made = s.ID
	return converge.Row[Service]{ID: s.ID, State: s.State, Snap: s}, nil
}

// Change sends the differences: one modify of the service, then who may connect, who pays, who is told, and the tags. One that is adopted is made
// ours by its tags before anything else of it is changed.
func (k *kind) Change(ctx context.Context, have *Service) (*Service, error) {
	now := have.clone()
	k.changing = now.ID
	if now.Name == "" {
		if err := k.label(ctx, now); err != nil {
			return nil, err
		}
	}
	for _, send := range []func(context.Context, *Service) error{k.modify, k.permit, k.pay, k.inform, k.label} {
		if err := send(ctx, now); err != nil {
			return nil, err
		}
	}
	return now, nil
}

// modify sends all that one request can change.
func (k *kind) modify(ctx context.Context, s *Service) error {
	in := &ec2.ModifyVpcEndpointServiceConfigurationInput{}
	switch {
	case unready(s.balancers) != "":
	case k.kind == gateway:
		in.AddGatewayLoadBalancerArns, in.RemoveGatewayLoadBalancerArns = k.loadBalancers.Against(s.LoadBalancers)
	default:
		in.AddNetworkLoadBalancerArns, in.RemoveNetworkLoadBalancerArns = k.loadBalancers.Against(s.LoadBalancers)
	}
	if k.acceptance != nil && *k.acceptance != s.AcceptanceRequired {
		in.AcceptanceRequired = k.acceptance
	}
	k.rename(in, s)
	in.AddSupportedIpAddressTypes, in.RemoveSupportedIpAddressTypes = k.ipTypes.Against(texts(s.IPAddressTypes))
	in.AddSupportedRegions, in.RemoveSupportedRegions = k.remote().Against(s.remote())
	zones := k.untold(s)
	if len(zones) == 0 && reflect.ValueOf(*in).IsZero() {
		return nil
	}
	in.ServiceId = aws.String(s.ID)
	if _, err := k.api.ModifyVpcEndpointServiceConfiguration(ctx, in); err != nil {
		return err
	}
	k.refreshed = append(k.refreshed, zones...)
	s.AZs = append(s.AZs, zones...)
	k.modified(s, in)
	return nil
}

// rename asks for the declared private DNS name, or for none.
func (k *kind) rename(in *ec2.ModifyVpcEndpointServiceConfigurationInput, s *Service) {
	switch {
	case k.privateName == nil || *k.privateName == s.PrivateDNSName:
	case *k.privateName == "":
		in.RemovePrivateDnsName = aws.Bool(true)
	default:
		in.PrivateDnsName = k.privateName
	}
}

// modified notes in a snapshot what was just sent.
func (k *kind) modified(s *Service, in *ec2.ModifyVpcEndpointServiceConfigurationInput) {
	if unready(s.balancers) == "" {
		s.LoadBalancers = slices.Clone(k.loadBalancers.Members)
	}
	if k.acceptance != nil {
		s.AcceptanceRequired = *k.acceptance
	}
	if k.privateName != nil && *k.privateName != s.PrivateDNSName { // the record is another one, which AWS has yet to tell
		s.PrivateDNSName, s.Verification = *k.privateName, Verification{}
	}
	if k.ipTypes.Named {
		s.IPAddressTypes = nil
		for _, t := range k.ipTypes.Members {
			s.IPAddressTypes = append(s.IPAddressTypes, IPType(t))
		}
	}
	for _, region := range in.AddSupportedRegions {
		s.opening[region] = "Pending"
	}
	s.Regions = append(s.Regions, in.AddSupportedRegions...)
	s.Regions = slices.DeleteFunc(s.Regions, func(region string) bool { return slices.Contains(in.RemoveSupportedRegions, region) })
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
	s.AllowedPrincipals, k.permitted = want.Members, time.Now()
	return nil
}

func (k *kind) pay(ctx context.Context, s *Service) error {
	if k.payer == "" || k.payer == s.PayerResponsibility {
		return nil
	}
	in := &ec2.ModifyVpcEndpointServicePayerResponsibilityInput{ServiceId: aws.String(s.ID), PayerResponsibility: types.PayerResponsibility(k.payer)}
	if _, err := k.api.ModifyVpcEndpointServicePayerResponsibility(ctx, in); err != nil {
		return err
	}
	s.PayerResponsibility = k.payer
	return nil
}

func (k *kind) label(ctx context.Context, s *Service) error {
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
