package service_test

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// echo is an EC2 that has one service and gives back what it was told, without any rule: it shows what is sent.
type echo struct {
	*fake.Account
	created *ec2.CreateVpcEndpointServiceConfigurationInput
	sent    []any // the inputs of the other writes, in order
	row     types.ServiceConfiguration
	allowed []string
	told    []types.ConnectionNotification
	zones   []string // of every load balancer
}

func newEcho() *echo {
	return &echo{Account: (&fake.Cloud{}).Account(providerID), zones: []string{"us-east-1a"}}
}

func (e *echo) CreateVpcEndpointServiceConfiguration(_ context.Context, in *ec2.CreateVpcEndpointServiceConfigurationInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	e.created = in
	kind := types.ServiceTypeInterface
	if len(in.GatewayLoadBalancerArns) > 0 {
		kind = types.ServiceTypeGatewayLoadBalancer
	}
	e.row = types.ServiceConfiguration{
		ServiceId: aws.String("vpce-svc-1"), ServiceName: aws.String("com.amazonaws.vpce.us-east-1.vpce-svc-1"), ServiceState: types.ServiceStateAvailable,
		ServiceType: []types.ServiceTypeDetail{{ServiceType: kind}}, AcceptanceRequired: in.AcceptanceRequired, PrivateDnsName: in.PrivateDnsName,
		NetworkLoadBalancerArns: in.NetworkLoadBalancerArns, GatewayLoadBalancerArns: in.GatewayLoadBalancerArns,
		PrivateDnsNameConfiguration: &types.PrivateDnsNameConfiguration{}, AvailabilityZones: e.zones, Tags: in.TagSpecifications[0].Tags,
	}
	e.sets(append(in.SupportedIpAddressTypes, ipv4(in.SupportedIpAddressTypes)...), nil, append(in.SupportedRegions, "us-east-1"), nil)
	return &ec2.CreateVpcEndpointServiceConfigurationOutput{ServiceConfiguration: &e.row}, nil
}

// ipv4 is AWS's default.
func ipv4(named []string) []string {
	if len(named) > 0 {
		return nil
	}
	return []string{"ipv4"}
}

// sets adds and removes IP address types and Regions.
func (e *echo) sets(addTypes, removeTypes, addRegions, removeRegions []string) {
	for _, t := range addTypes {
		e.row.SupportedIpAddressTypes = append(e.row.SupportedIpAddressTypes, types.ServiceConnectivityType(t))
	}
	e.row.SupportedIpAddressTypes = slices.DeleteFunc(e.row.SupportedIpAddressTypes, func(t types.ServiceConnectivityType) bool { return slices.Contains(removeTypes, string(t)) })
	for _, r := range addRegions {
		e.row.SupportedRegions = append(e.row.SupportedRegions, types.SupportedRegionDetail{Region: aws.String(r), ServiceState: aws.String("Available")})
	}
	for i, r := range e.row.SupportedRegions {
		if slices.Contains(removeRegions, *r.Region) {
			e.row.SupportedRegions[i].ServiceState = aws.String("Closed")
		}
	}
}

func (e *echo) ModifyVpcEndpointServiceConfiguration(_ context.Context, in *ec2.ModifyVpcEndpointServiceConfigurationInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error) {
	e.sent = append(e.sent, in)
	e.row.NetworkLoadBalancerArns = swap(e.row.NetworkLoadBalancerArns, in.AddNetworkLoadBalancerArns, in.RemoveNetworkLoadBalancerArns)
	e.row.GatewayLoadBalancerArns = swap(e.row.GatewayLoadBalancerArns, in.AddGatewayLoadBalancerArns, in.RemoveGatewayLoadBalancerArns)
	e.row.AvailabilityZones = e.zones
	e.sets(in.AddSupportedIpAddressTypes, in.RemoveSupportedIpAddressTypes, in.AddSupportedRegions, in.RemoveSupportedRegions)
	if in.AcceptanceRequired != nil {
		e.row.AcceptanceRequired = in.AcceptanceRequired
	}
	if in.PrivateDnsName != nil || aws.ToBool(in.RemovePrivateDnsName) {
		e.row.PrivateDnsName = in.PrivateDnsName
	}
	return &ec2.ModifyVpcEndpointServiceConfigurationOutput{}, nil
}

func swap(list, add, remove []string) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(id string) bool { return slices.Contains(remove, id) })
	return append(list, add...)
}

func (e *echo) ModifyVpcEndpointServicePermissions(_ context.Context, in *ec2.ModifyVpcEndpointServicePermissionsInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error) {
	e.sent = append(e.sent, in)
	e.allowed = swap(e.allowed, in.AddAllowedPrincipals, in.RemoveAllowedPrincipals)
	return &ec2.ModifyVpcEndpointServicePermissionsOutput{}, nil
}

func (e *echo) ModifyVpcEndpointServicePayerResponsibility(_ context.Context, in *ec2.ModifyVpcEndpointServicePayerResponsibilityInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePayerResponsibilityOutput, error) {
	e.sent = append(e.sent, in)
	e.row.PayerResponsibility = in.PayerResponsibility
	return &ec2.ModifyVpcEndpointServicePayerResponsibilityOutput{}, nil
}

func (e *echo) CreateVpcEndpointConnectionNotification(_ context.Context, in *ec2.CreateVpcEndpointConnectionNotificationInput, _ ...func(*ec2.Options)) (*ec2.CreateVpcEndpointConnectionNotificationOutput, error) {
	e.sent = append(e.sent, in)
	e.told = append(e.told, types.ConnectionNotification{ConnectionNotificationId: aws.String("vpce-nfn-1"), ServiceId: in.ServiceId,
		ConnectionNotificationArn: in.ConnectionNotificationArn, ConnectionEvents: in.ConnectionEvents})
	return &ec2.CreateVpcEndpointConnectionNotificationOutput{ConnectionNotification: &e.told[len(e.told)-1]}, nil
}

func (e *echo) ModifyVpcEndpointConnectionNotification(_ context.Context, in *ec2.ModifyVpcEndpointConnectionNotificationInput, _ ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointConnectionNotificationOutput, error) {
	e.sent = append(e.sent, in)
	e.told[0].ConnectionEvents = in.ConnectionEvents
	return &ec2.ModifyVpcEndpointConnectionNotificationOutput{}, nil
}

func (e *echo) CreateTags(_ context.Context, in *ec2.CreateTagsInput, _ ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error) {
	e.sent = append(e.sent, in)
	for _, tag := range in.Tags {
		e.row.Tags = slices.DeleteFunc(slices.Clone(e.row.Tags), func(t types.Tag) bool { return *t.Key == *tag.Key })
		e.row.Tags = append(e.row.Tags, tag)
	}
	return &ec2.CreateTagsOutput{}, nil
}

func (e *echo) DescribeVpcEndpointServiceConfigurations(context.Context, *ec2.DescribeVpcEndpointServiceConfigurationsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	out := &ec2.DescribeVpcEndpointServiceConfigurationsOutput{}
	if e.row.ServiceId != nil {
		out.ServiceConfigurations = []types.ServiceConfiguration{e.row}
	}
	return out, nil
}

func (e *echo) DescribeVpcEndpointServicePermissions(context.Context, *ec2.DescribeVpcEndpointServicePermissionsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error) {
	out := &ec2.DescribeVpcEndpointServicePermissionsOutput{}
	for _, p := range e.allowed {
		out.AllowedPrincipals = append(out.AllowedPrincipals, types.AllowedPrincipal{Principal: aws.String(p)})
	}
	return out, nil
}

func (e *echo) DescribeVpcEndpointConnectionNotifications(context.Context, *ec2.DescribeVpcEndpointConnectionNotificationsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionNotificationsOutput, error) {
	return &ec2.DescribeVpcEndpointConnectionNotificationsOutput{ConnectionNotificationSet: e.told}, nil
}

// zoned is a load balancing in which every load balancer is active, in some zones.
type zoned struct {
	*fake.ELBv2
	zones []string
}

func (z zoned) DescribeLoadBalancers(_ context.Context, in *elb.DescribeLoadBalancersInput, _ ...func(*elb.Options)) (*elb.DescribeLoadBalancersOutput, error) {
	out := &elb.DescribeLoadBalancersOutput{}
	for _, arn := range in.LoadBalancerArns {
		lb := elbtypes.LoadBalancer{LoadBalancerArn: aws.String(arn), State: &elbtypes.LoadBalancerState{Code: elbtypes.LoadBalancerStateEnumActive}}
		for _, zone := range z.zones {
			lb.AvailabilityZones = append(lb.AvailabilityZones, elbtypes.AvailabilityZone{ZoneName: aws.String(zone)})
		}
		out.LoadBalancers = append(out.LoadBalancers, lb)
	}
	return out, nil
}
