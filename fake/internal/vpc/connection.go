package vpc

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/filter"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var connections = reader[world.Connection, types.VpcEndpointConnection]{
	op: "DescribeVpcEndpointConnections", least: fewest,
	table: func(w *world.World) *world.Table[world.Connection] { return w.Connections },
	head:  func(c *world.Connection) *world.Meta { return &c.Meta },
	names: []string{"ip-address-type", "service-id", "vpc-endpoint-owner", "vpc-endpoint-region", "vpc-endpoint-state", "vpc-endpoint-id"},
	group: "service-id", match: matchConnection, render: showConnection,
}

// DescribeVpcEndpointConnections lists the connections to the caller's services.
func DescribeVpcEndpointConnections(tx *world.Tx, in *ec2.DescribeVpcEndpointConnectionsInput) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	rows, next, err := connections.read(tx, query{filters: in.Filters, max: in.MaxResults, token: in.NextToken})
	return &ec2.DescribeVpcEndpointConnectionsOutput{VpcEndpointConnections: rows, NextToken: next}, err
}

// connectionState is the state of a connection's endpoint, which is deleted once it is gone.
func connectionState(tx *world.Tx, c *world.Connection, at time.Time) string {
	if e := tx.Endpoints.At(c.Endpoint, at); e != nil {
		return e.Phases.At(at)
	}
	return world.Deleted
}

func matchConnection(tx *world.Tx, c *world.Connection, seen time.Time, f filter.Filter) bool {
	switch f.Name {
	case "ip-address-type":
		e := tx.Endpoints.At(c.Endpoint, seen)
		return e != nil && f.Match(e.IPType)
	case "service-id":
		return f.Match(c.Service)
	case "vpc-endpoint-owner":
		return f.Match(c.EndpointOwner)
	case "vpc-endpoint-region":
		return f.Match(c.EndpointRegion)
	case "vpc-endpoint-state":
		return f.Match(connectionState(tx, c, seen))
	}
	return f.Match(c.Endpoint) // vpc-endpoint-id
}

func showConnection(tx *world.Tx, c *world.Connection, seen time.Time) types.VpcEndpointConnection {
	out := types.VpcEndpointConnection{
		VpcEndpointConnectionId: str(c.ID), ServiceId: str(c.Service), VpcEndpointId: str(c.Endpoint), VpcEndpointOwner: str(c.EndpointOwner),
		VpcEndpointRegion: str(c.EndpointRegion), VpcEndpointState: types.State(connectionState(tx, c, seen)),
		CreationTimestamp: stamp(tx.Shown(c.Created)), Tags: tagSet(c.Tags), DnsEntries: []types.DnsEntry{},
	}
	if e := tx.Endpoints.At(c.Endpoint, seen); e != nil {
		out.IpAddressType, out.DnsEntries = types.IpAddressType(e.IPType), new(texts).dnsEntries([]types.DnsEntry{}, e)
	}
	if svc := tx.Services.At(c.Service, tx.Now); svc != nil {
		out.NetworkLoadBalancerArns, out.GatewayLoadBalancerArns = balancerSets(svc)
	}
	return out
}

// AcceptVpcEndpointConnections lets endpoints in; those that cannot be are items of the answer.
func AcceptVpcEndpointConnections(tx *world.Tx, in *ec2.AcceptVpcEndpointConnectionsInput) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	items, err := decide(tx, aws.ToString(in.ServiceId), in.VpcEndpointIds, accept)
	if err != nil {
		return nil, err
	}
	return &ec2.AcceptVpcEndpointConnectionsOutput{Unsuccessful: items}, nil
}

// RejectVpcEndpointConnections cuts endpoints off, also those that are available.
func RejectVpcEndpointConnections(tx *world.Tx, in *ec2.RejectVpcEndpointConnectionsInput) (*ec2.RejectVpcEndpointConnectionsOutput, error) {
	items, err := decide(tx, aws.ToString(in.ServiceId), in.VpcEndpointIds, reject)
	if err != nil {
		return nil, err
	}
	return &ec2.RejectVpcEndpointConnectionsOutput{Unsuccessful: items}, nil
}

// verdict is the states that an endpoint goes through from now on; none where it stays as it is; an error where it cannot be.
type verdict func(tx *world.Tx, e *world.Endpoint, state string) (world.Phases, error)

func decide(tx *world.Tx, service string, ids []string, v verdict) ([]types.UnsuccessfulItem, error) {
	svc, err := ownService(tx, service)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if err := says.Endpoints.Check(id); err != nil {
			return nil, err
		}
	}
	items := []types.UnsuccessfulItem{}
	for _, id := range unique(ids) {
		if err := judge(tx, svc, id, v); err != nil {
			items = append(items, failed(id, err))
		}
	}
	return items, nil
}

// The prefixes that the IDs of connections and permissions have with the switch OtherPrefixes.
const (
	otherConnection = "vpce-svc-connection"
	otherPermission = "vpce-svc-permission"
)

func newConnectionID(tx *world.Tx) string {
	if tx.Switches.OtherPrefixes {
		return tx.NewID(otherConnection)
	}
	return tx.NewID("vpce-con")
}

func newPermissionID(tx *world.Tx) string {
	if tx.Switches.OtherPrefixes {
		return tx.NewID(otherPermission)
	}
	return tx.NewID("vpce-svc-perm")
}

func judge(tx *world.Tx, svc *world.Service, id string, v verdict) error {
	e := tx.Endpoints.At(id, tx.Now)
	if e == nil || e.ServiceID != svc.ID || e.Phases.At(tx.Now) == world.Deleted {
		return says.EndpointNotFoundItem.Error(id)
	}
	phases, err := v(tx, e, e.Phases.At(tx.Now))
	if err != nil || phases == nil {
		return err
	}
	rec := *e
	rec.Phases = phases
	tx.Endpoints.Put(tx.Now, &rec)
	return nil
}

func accept(tx *world.Tx, e *world.Endpoint, state string) (world.Phases, error) {
	open := !tx.Switches.StrictAccept
	switch {
	case state == world.PendingAcceptance, state == world.Rejected && open:
		return world.Phases{{State: world.Pending, At: tx.Now}, {State: world.Available, At: tx.Now.Add(tx.Provision())}}, nil
	case (state == world.Available || state == world.Pending) && open:
		return nil, nil
	}
	return nil, says.ConnectionState.Or(tx.Switches.OtherCodes).Error(e.ID, state)
}

func reject(tx *world.Tx, e *world.Endpoint, state string) (world.Phases, error) {
	switch {
	case state == world.PendingAcceptance, state == world.Pending, state == world.Available:
		return world.Phases{{State: world.Rejected, At: tx.Now}}, nil
	case state == world.Rejected && !tx.Switches.StrictAccept:
		return nil, nil
	}
	return nil, says.ConnectionState.Or(tx.Switches.OtherCodes).Error(e.ID, state)
}
