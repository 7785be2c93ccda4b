package vpc

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// DeleteVpcEndpointServiceConfigurations deletes services. Those that do not exist or are still connected are items of the answer.
func DeleteVpcEndpointServiceConfigurations(tx *world.Tx, in *ec2.DeleteVpcEndpointServiceConfigurationsInput) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error) {
	for _, id := range in.ServiceIds {
		if err := says.Services.Check(id); err != nil {
			return nil, err
		}
	}
	out := &ec2.DeleteVpcEndpointServiceConfigurationsOutput{Unsuccessful: []types.UnsuccessfulItem{}}
	for _, id := range unique(in.ServiceIds) {
		if err := deleteService(tx, id); err != nil {
			out.Unsuccessful = append(out.Unsuccessful, failed(id, err))
		}
	}
	return out, nil
}

func deleteService(tx *world.Tx, id string) error {
	svc := world.Own(tx, tx.Services, id)
	switch {
	case svc == nil:
		return says.ServiceNotFoundItem.Error(id)
	case svc.Dying(tx.Now):
		return nil
	case connected(tx, id):
		return says.LiveConnections.Error()
	}
	gone := tx.Now.Add(tx.ServiceDelete())
	dying := *svc
	dying.Phases = world.Phases{{State: serviceDeleting, At: tx.Now}}
	tx.Services.Put(tx.Now, &dying)
	tx.Services.Drop(id, gone)
	for p := range world.Live(tx, tx.Permissions.By(world.ByService, id, 0)) {
		tx.Permissions.Drop(p.ID, gone)
	}
	for con := range world.Live(tx, tx.Connections.By(world.ByService, id, 0)) {
		tx.Connections.Drop(con.ID, gone)
	}
	release(tx, svc.LoadBalancers, gone)
	unwatch(tx, id, gone)
	tx.Spend(&svc.Meta, createService, svc.Token, gone, gone)
	return nil
}
