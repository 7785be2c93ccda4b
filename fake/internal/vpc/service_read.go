package vpc

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// fewest is the smallest MaxResults of the operations that document one.
const fewest = 5

var services = reader[world.Service, types.ServiceConfiguration]{
	op: "DescribeVpcEndpointServiceConfigurations", kind: says.Services, least: fewest,
	table: func(w *world.World) *world.Table[world.Service] { return w.Services },
	head:  func(s *world.Service) *world.Meta { return &s.Meta },
	names: []string{"service-name", "service-id", "service-state", "supported-ip-address-types", "tag:", "tag-key"},
	id:    "service-id", group: "service-name", match: matchService, render: showService,
}

// DescribeVpcEndpointServiceConfigurations lists the caller's endpoint services.
func DescribeVpcEndpointServiceConfigurations(tx *world.Tx, in *ec2.DescribeVpcEndpointServiceConfigurationsInput) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error) {
	rows, next, err := services.read(tx, query{in.ServiceIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeVpcEndpointServiceConfigurationsOutput{ServiceConfigurations: rows, NextToken: next}, err
}

func matchService(tx *world.Tx, s *world.Service, seen time.Time, f filter.Filter) bool {
	if match, ok := matchTags(shownTags(tx, s.Tags, s.Dying(seen)), f); ok {
		return match
	}
	switch f.Name {
	case "service-name":
		return f.Match(s.Name)
	case "service-id":
		return f.Match(s.ID)
	case "service-state":
		return f.Match(s.Phases.At(seen))
	}
	return f.Match(s.IPTypes...) // supported-ip-address-types
}

func showService(tx *world.Tx, s *world.Service, seen time.Time) types.ServiceConfiguration {
	out := types.ServiceConfiguration{
		ServiceId: str(s.ID), ServiceName: str(s.Name), ServiceState: types.ServiceState(s.Phases.At(seen)),
		ServiceType:        []types.ServiceTypeDetail{{ServiceType: types.ServiceType(s.Type)}},
		AcceptanceRequired: aws.Bool(s.Acceptance), AvailabilityZoneIds: list(s.AZIDs), AvailabilityZones: zoneNames(tx, s.Owner, s.Region, s.AZIDs),
		BaseEndpointDnsNames: baseName(s), ManagesVpcEndpoints: aws.Bool(false), RemoteAccessEnabled: aws.Bool(remote(tx, s)),
		PrivateDnsName: some(s.PrivateName), PrivateDnsNameConfiguration: proof(s), SupportedIpAddressTypes: ipTypes(s.IPTypes),
		SupportedRegions: regionSet(tx, s), PayerResponsibility: payer(s),
		Tags: tagSet(shownTags(tx, s.Tags, s.Dying(seen))),
	}
	out.NetworkLoadBalancerArns, out.GatewayLoadBalancerArns = balancerSets(s)
	return out
}

// payer is who pays for the endpoints of a service: shown only where it is the service's owner.
func payer(s *world.Service) types.PayerResponsibility {
	if s.OwnerPays {
		return types.PayerResponsibilityServiceOwner
	}
	return ""
}

// proof is never nil: AWS sends an empty element for a service without a private name.
func proof(s *world.Service) *types.PrivateDnsNameConfiguration {
	if s.PrivateName == "" {
		return &types.PrivateDnsNameConfiguration{}
	}
	v := s.Verification
	return &types.PrivateDnsNameConfiguration{State: types.DnsNameState(v.State), Type: str("TXT"), Name: str(v.Name), Value: str(v.Value)}
}

func balancerSets(s *world.Service) (nlbs, gwlbs []string) {
	if s.Type == "GatewayLoadBalancer" {
		return []string{}, list(s.LoadBalancers)
	}
	return list(s.LoadBalancers), []string{}
}

func zoneNames(tx *world.Tx, account, region string, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = tx.AZName(account, region, id)
	}
	slices.Sort(out)
	return out
}

func ipTypes(in []string) []types.ServiceConnectivityType {
	out := make([]types.ServiceConnectivityType, len(in))
	for i, t := range in {
		out[i] = types.ServiceConnectivityType(t)
	}
	return out
}
