package vpc

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DeleteVpcEndpoints begins to delete endpoints; those that do not exist are items of the answer.
func DeleteVpcEndpoints(tx *world.Tx, in *ec2.DeleteVpcEndpointsInput) (*ec2.DeleteVpcEndpointsOutput, error) {
	for _, id := range in.VpcEndpointIds {
		if err := says.Endpoints.Check(id); err != nil {
			return nil, err
		}
	}
	if tx.Switches.RoutedDeleteFails {
		if err := unrouted(tx, in.VpcEndpointIds); err != nil {
			return nil, err
		}
	}
	out := &ec2.DeleteVpcEndpointsOutput{Unsuccessful: []types.UnsuccessfulItem{}}
	for _, id := range unique(in.VpcEndpointIds) {
		if err := deleteEndpoint(tx, id); err != nil {
			out.Unsuccessful = append(out.Unsuccessful, failed(id, err))
		}
	}
	return out, nil
}

// deleteEndpoint schedules an endpoint's end. Deleting what is deleting already changes nothing.
func deleteEndpoint(tx *world.Tx, id string) error {
	e := world.Own(tx, tx.Endpoints, id)
	if e == nil || e.Phases.At(tx.Now) == world.Deleted {
		return says.EndpointNotFoundItem.Error(id)
	}
	if e.Dying(tx.Now) {
		return nil
	}
	if err := kept(tx, e); err != nil {
		return err
	}
	gone := tx.Now.Add(tx.Delete())
	away := gone.Add(tx.Timing.DeletedRow)
	dying := *e
	dying.Phases = world.Phases{{State: world.Deleting, At: tx.Now}, {State: world.Deleted, At: gone}}
	tx.Endpoints.Put(tx.Now, &dying)
	tx.Endpoints.Drop(id, away)
	reroute(tx, &dying, e.Tables)
	for _, ni := range e.Interfaces {
		tx.Interfaces.Drop(ni, gone)
	}
	for con := range world.Live(tx, tx.Connections.By(world.ByConsumer, id, 0)) {
		tx.Connections.Drop(con.ID, gone.Add(tx.Timing.ConnectionRow))
	}
	unwatch(tx, id, gone)
	tx.Spend(&e.Meta, createEndpoint, e.Token, gone, away)
	return nil
}

// unrouted refuses a delete of which an endpoint is still a route's target.
func unrouted(tx *world.Tx, ids []string) error {
	for _, id := range ids {
		if e := world.Own(tx, tx.Endpoints, id); e != nil && e.Type == kindBalancer && routed(tx, e) {
			return says.RoutedEndpoint.Error()
		}
	}
	return nil
}

func failed(id string, err error) types.UnsuccessfulItem {
	code, message := says.Item(err)
	return types.UnsuccessfulItem{ResourceId: str(id), Error: &types.UnsuccessfulItemError{Code: str(code), Message: str(message)}}
}
