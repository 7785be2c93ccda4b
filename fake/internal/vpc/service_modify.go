package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// ModifyVpcEndpointServiceConfiguration changes a service. Whatever it changes, it also takes up the Availability Zones that the load
// balancers have gained.
func ModifyVpcEndpointServiceConfiguration(tx *world.Tx, in *ec2.ModifyVpcEndpointServiceConfigurationInput) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error) {
	was, err := ownService(tx, aws.ToString(in.ServiceId))
	if err != nil {
		return nil, err
	}
	svc := *was
	lbs, err := rebalance(tx, was, in)
	if err != nil {
		return nil, err
	}
	set(&svc, lbs)
	want, err := deltas(tx, was.IPTypes, in.AddSupportedIpAddressTypes, in.RemoveSupportedIpAddressTypes, was.ID)
	if err != nil {
		return nil, err
	}
	if len(want) == 0 {
		return nil, says.IPTypesNone.Error()
	}
	if svc.IPTypes, err = connectivity(lbs, want); err != nil {
		return nil, err
	}
	if aws.ToBool(in.RemovePrivateDnsName) {
		svc.PrivateName, svc.Verification = "", world.Verification{}
	}
	if err := privateName(tx, &svc, aws.ToString(in.PrivateDnsName)); err != nil {
		return nil, err
	}
	if err := supportedRegions(tx, &svc, in.AddSupportedRegions, in.RemoveSupportedRegions); err != nil {
		return nil, err
	}
	if in.AcceptanceRequired != nil {
		svc.Acceptance = *in.AcceptanceRequired
	}
	tx.Services.Put(tx.Now, &svc)
	release(tx, slices.DeleteFunc(slices.Clone(was.LoadBalancers), func(arn string) bool { return slices.Contains(svc.LoadBalancers, arn) }), tx.Now)
	return &ec2.ModifyVpcEndpointServiceConfigurationOutput{Return: aws.Bool(true)}, nil
}

// ownService is a service of the caller's that is not being deleted.
func ownService(tx *world.Tx, id string) (*world.Service, error) {
	if err := says.Services.Check(id); err != nil {
		return nil, err
	}
	svc := world.Own(tx, tx.Services, id)
	switch {
	case svc == nil:
		return nil, says.Services.Missing(id, tx.Switches.OtherSpellings)
	case svc.Dying(tx.Now):
		return nil, says.ServiceState.Error(id, serviceDeleting)
	}
	return svc, nil
}

// rebalance is the service's load balancers after the change.
func rebalance(tx *world.Tx, was *world.Service, in *ec2.ModifyVpcEndpointServiceConfigurationInput) ([]*world.LoadBalancer, error) {
	add, remove, foreign := in.AddNetworkLoadBalancerArns, in.RemoveNetworkLoadBalancerArns, len(in.AddGatewayLoadBalancerArns)+len(in.RemoveGatewayLoadBalancerArns)
	if was.Type == "GatewayLoadBalancer" {
		add, remove, foreign = in.AddGatewayLoadBalancerArns, in.RemoveGatewayLoadBalancerArns, len(add)+len(remove)
	}
	if foreign > 0 {
		return nil, says.LBKind.Error(was.ID, was.Type)
	}
	arns, err := deltas(tx, was.LoadBalancers, add, remove, was.ID)
	switch {
	case err != nil:
		return nil, err
	case len(arns) == 0:
		return nil, says.LBLast.Or(tx.Switches.OtherCodes).Error(was.ID)
	case slices.ContainsFunc(was.LoadBalancers, func(arn string) bool { return !slices.Contains(arns, arn) }) && connected(tx, was.ID):
		return nil, says.LiveConnections.Error()
	}
	if was.Type == "GatewayLoadBalancer" {
		return balancers(tx, nil, arns, was.ID)
	}
	return balancers(tx, arns, nil, was.ID)
}

// deltas applies additions and removals to a list.
func deltas(tx *world.Tx, have, add, remove []string, whose string) ([]string, error) {
	out := slices.Clone(have)
	for _, s := range unique(remove) {
		if i := slices.Index(out, s); i >= 0 {
			out = slices.Delete(out, i, i+1)
		} else if tx.Switches.StrictDeltas {
			return nil, says.DeltaAbsent.Error(s, whose)
		}
	}
	for _, s := range unique(add) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		} else if tx.Switches.StrictDeltas {
			return nil, says.DeltaPresent.Error(s, whose)
		}
	}
	return out, nil
}

// connected says whether a service has connections that keep it: those that are available, on their way there, or waiting.
func connected(tx *world.Tx, service string) bool {
	for con := range world.Live(tx, tx.Connections.By(world.ByService, service, 0)) {
		switch connectionState(tx, con, tx.Now) {
		case world.Available, world.Pending, world.PendingAcceptance:
			return true
		}
	}
	return false
}
