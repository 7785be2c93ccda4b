package vpc

import (
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var endpoints = reader[world.Endpoint, types.VpcEndpoint]{
	op: "DescribeVpcEndpoints", kind: says.Endpoints, least: 1,
	table: func(w *world.World) *world.Table[world.Endpoint] { return w.Endpoints },
	head:  func(e *world.Endpoint) *world.Meta { return &e.Meta },
	names: []string{"ip-address-type", "service-name", "service-region", "tag:", "tag-key", "vpc-id", "vpc-endpoint-id",
		"vpc-endpoint-state", "vpc-endpoint-type"},
	id: "vpc-endpoint-id", group: "vpc-id", match: matchEndpoint, render: showEndpoint,
}

// DescribeVpcEndpoints lists the caller's endpoints.
func DescribeVpcEndpoints(tx *world.Tx, in *ec2.DescribeVpcEndpointsInput) (*ec2.DescribeVpcEndpointsOutput, error) {
	rows, next, err := endpoints.read(tx, query{in.VpcEndpointIds, in.Filters, in.MaxResults, in.NextToken})
	return &ec2.DescribeVpcEndpointsOutput{VpcEndpoints: rows, NextToken: next}, err
}

func matchEndpoint(tx *world.Tx, e *world.Endpoint, seen time.Time, f filter.Filter) bool {
	if match, ok := matchTags(shownTags(tx, e.Tags, e.Dying(seen)), f); ok {
		return match
	}
	switch f.Name {
	case "ip-address-type":
		return f.Match(e.IPType)
	case "service-name":
		return f.Match(e.Service)
	case "service-region":
		return f.Match(e.ServiceRegion)
	case "vpc-id":
		return f.Match(e.VPC)
	case "vpc-endpoint-id":
		return f.Match(e.ID)
	case "vpc-endpoint-state":
		return f.Match(e.Phases.At(seen))
	}
	return f.Match(e.Type) // vpc-endpoint-type
}

// shownTags are a row's tags, or none where dying rows hide theirs.
func shownTags(tx *world.Tx, tags world.Tags, dying bool) world.Tags {
	if dying && tx.Switches.HideDyingTags {
		return nil
	}
	return tags
}

// shownEndpoint is the memory that the pointers of one shown endpoint lead to: one allocation instead of many.
type shownEndpoint struct {
	id, vpc, owner, service, region, policy string
	created                                 time.Time
	managed, privateDNS                     bool
	options                                 types.DnsOptions
}

func showEndpoint(tx *world.Tx, e *world.Endpoint, seen time.Time) types.VpcEndpoint {
	m := &shownEndpoint{id: e.ID, vpc: e.VPC, owner: e.Owner, service: e.Service, region: e.ServiceRegion, policy: policyText(e),
		created: wire(e.Created), privateDNS: e.PrivateDNS, options: types.DnsOptions{DnsRecordIpType: types.DnsRecordIpType(e.RecordIPType)}}
	return types.VpcEndpoint{
		VpcEndpointId: &m.id, VpcEndpointType: types.VpcEndpointType(e.Type), VpcId: &m.vpc, OwnerId: &m.owner,
		ServiceName: &m.service, ServiceRegion: &m.region, State: types.State(e.Phases.At(seen)),
		CreationTimestamp: &m.created, RequesterManaged: &m.managed, PrivateDnsEnabled: &m.privateDNS,
		IpAddressType: types.IpAddressType(e.IPType), PolicyDocument: &m.policy, DnsOptions: &m.options,
		DnsEntries: dnsEntries(e), Groups: groupSet(tx, e.Groups), SubnetIds: list(e.Subnets), RouteTableIds: list(e.Tables),
		NetworkInterfaceIds: list(e.Interfaces), Tags: tagSet(shownTags(tx, e.Tags, e.Dying(seen))),
	}
}

func policyText(e *world.Endpoint) string {
	if e.Policy == "" {
		return fullAccess
	}
	return e.Policy
}

func dnsEntries(e *world.Endpoint) []types.DnsEntry {
	names := slices.Clone(e.Names)
	out := make([]types.DnsEntry, len(names))
	for i := range names {
		out[i] = types.DnsEntry{DnsName: &names[i].Name, HostedZoneId: &names[i].ZoneID}
	}
	return out
}

func groupSet(tx *world.Tx, ids []string) []types.SecurityGroupIdentifier {
	out, texts := make([]types.SecurityGroupIdentifier, len(ids)), make([][2]string, len(ids))
	for i, id := range ids {
		texts[i][0], out[i].GroupId = id, &texts[i][0]
		if g := tx.Groups.At(id, tx.Now); g != nil {
			texts[i][1], out[i].GroupName = g.Name, &texts[i][1]
		}
	}
	return out
}

// list is a copy that is never nil: AWS sends an empty set.
func list(in []string) []string {
	if len(in) == 0 {
		return []string{}
	}
	return slices.Clone(in)
}
