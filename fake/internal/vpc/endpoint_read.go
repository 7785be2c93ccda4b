package vpc

import (
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

// shownEndpoint is the memory that the pointers of one shown endpoint lead to, as texts is for its strings.
type shownEndpoint struct {
	created                      time.Time
	managed, privateDNS, inbound bool
	options                      types.DnsOptions
	texts                        [17]string // this and the following as far as they suffice: together 512 bytes, above which a piece costs more
	dns                          [3]types.DnsEntry
	groups                       [1]types.SecurityGroupIdentifier
	tags                         [2]types.Tag
}

func showEndpoint(tx *world.Tx, e *world.Endpoint, seen time.Time) types.VpcEndpoint {
	m := &shownEndpoint{created: wire(tx.Shown(e.Created)), privateDNS: e.PrivateDNS, inbound: e.InboundOnly}
	t := texts(m.texts[:0])
	out := types.VpcEndpoint{
		VpcEndpointId: t.str(e.ID), VpcEndpointType: types.VpcEndpointType(e.Type), VpcId: t.str(e.VPC), OwnerId: t.str(e.Owner),
		ServiceName: t.str(e.Service), ServiceRegion: t.str(e.ServiceRegion), State: types.State(e.Phases.At(seen)),
		CreationTimestamp: &m.created, RequesterManaged: &m.managed, PrivateDnsEnabled: &m.privateDNS,
		IpAddressType: types.IpAddressType(e.IPType),
		DnsEntries:    t.dnsEntries(m.dns[:], e), Groups: t.groupSet(m.groups[:], tx, e.Groups), SubnetIds: t.list(e.Subnets), RouteTableIds: t.list(e.Tables),
		NetworkInterfaceIds: t.list(e.Interfaces), Tags: t.tagSet(m.tags[:], shownTags(tx, e.Tags, e.Dying(seen))),
	}
	if e.Type != kindBalancer {
		m.options.DnsRecordIpType = types.DnsRecordIpType(e.RecordIPType)
		out.PolicyDocument, out.DnsOptions = t.str(policyText(e)), &m.options
	}
	if e.Type == kindInterface && e.BothKinds {
		m.options.PrivateDnsOnlyForInboundResolverEndpoint = &m.inbound
	}
	if e.Fault != nil {
		out.LastError = &types.LastError{Code: str(e.Fault.Code), Message: str(e.Fault.Message)}
		out.FailureReason = str(e.Fault.Message)
	}
	return out
}

func policyText(e *world.Endpoint) string {
	switch {
	case e.Policy != "":
		return e.Policy
	case e.Type == kindGateway:
		return gatewayAccess
	}
	return fullAccess
}

func (t *texts) dnsEntries(space []types.DnsEntry, e *world.Endpoint) []types.DnsEntry {
	out := room(space, len(e.Names))
	for i, n := range e.Names {
		out[i] = types.DnsEntry{DnsName: t.str(n.Name), HostedZoneId: t.str(n.ZoneID)}
	}
	return out
}

func (t *texts) groupSet(space []types.SecurityGroupIdentifier, tx *world.Tx, ids []string) []types.SecurityGroupIdentifier {
	out := room(space, len(ids))
	for i, id := range ids {
		out[i].GroupId = t.str(id)
		if g := tx.Groups.At(id, tx.Now); g != nil {
			out[i].GroupName = t.str(g.Name)
		}
	}
	return out
}
