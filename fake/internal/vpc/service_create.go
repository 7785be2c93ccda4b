package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const createService = "CreateVpcEndpointServiceConfiguration"

// The states of a service, which the wire spells in upper camel case.
const (
	servicePending   = "Pending"
	serviceAvailable = "Available"
	serviceDeleting  = "Deleting"
)

// CreateVpcEndpointServiceConfiguration makes an endpoint service on load balancers of the caller's.
func CreateVpcEndpointServiceConfiguration(tx *world.Tx, in *ec2.CreateVpcEndpointServiceConfigurationInput) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error) {
	rec, made, err := creation[world.Service]{
		ask:    world.Ask{Op: createService, Token: aws.ToString(in.ClientToken), Params: serviceParams(tx, in)},
		table:  tx.Services,
		draft:  func() (*world.Service, error) { return draftService(tx, in) },
		commit: func(s *world.Service) { tx.Services.Put(tx.Now, s) },
		ghost:  ghostService, id: func(s *world.Service) string { return s.ID },
	}.run(tx)
	if err != nil {
		return nil, err
	}
	svc := showService(tx, rec, tx.Now)
	if made || tx.Switches.SpentToken == world.AnswerFirst {
		svc.ServiceState = types.ServiceState(rec.Phases.First())
	}
	return &ec2.CreateVpcEndpointServiceConfigurationOutput{ServiceConfiguration: &svc, ClientToken: some(aws.ToString(in.ClientToken))}, nil
}

func ghostService(s world.Service) *world.Service {
	s.Phases = world.Phases{{State: "Deleted"}}
	return &s
}

func serviceParams(tx *world.Tx, in *ec2.CreateVpcEndpointServiceConfigurationInput) uint64 {
	return parameters(tx).flag("Acceptance", in.AcceptanceRequired).list("NLB", in.NetworkLoadBalancerArns).list("GWLB", in.GatewayLoadBalancerArns).
		text("Name", aws.ToString(in.PrivateDnsName)).list("IP", in.SupportedIpAddressTypes).list("Regions", in.SupportedRegions).tags(in.TagSpecifications).sum()
}

// draftService checks the rules of a new service and makes its record; it writes nothing.
func draftService(tx *world.Tx, in *ec2.CreateVpcEndpointServiceConfigurationInput) (*world.Service, error) {
	lbs, err := balancers(tx, in.NetworkLoadBalancerArns, in.GatewayLoadBalancerArns, "")
	if err != nil {
		return nil, err
	}
	if len(lbs) == 0 {
		return nil, says.LBNone.Error()
	}
	if tx.Quotas.Full(world.Living(tx, tx.Services, world.ByPlace, tx.Place()), tx.Quotas.Services) {
		return nil, says.ServiceLimit.Or(tx.Switches.OtherCodes).Error(tx.Quotas.Services)
	}
	svc := &world.Service{Type: serviceType(lbs[0]), Acceptance: in.AcceptanceRequired == nil || *in.AcceptanceRequired,
		Token: aws.ToString(in.ClientToken)}
	set(svc, lbs)
	if svc.IPTypes, err = connectivity(lbs, in.SupportedIpAddressTypes); err != nil {
		return nil, err
	}
	if err = privateName(tx, svc, aws.ToString(in.PrivateDnsName)); err != nil {
		return nil, err
	}
	tags, err := specTags(nil, in.TagSpecifications, types.ResourceTypeVpcEndpointService)
	if err != nil {
		return nil, err
	}
	svc.Meta = tx.Meta(tx.NewID("vpce-svc"), tags)
	if err := supportedRegions(tx, svc, in.SupportedRegions, nil); err != nil {
		return nil, err
	}
	svc.Name = "com.amazonaws.vpce." + svc.Region + "." + svc.ID
	svc.Phases = world.Phases{{State: serviceAvailable, At: tx.Now}}
	if d := tx.Timing.ServiceProvision; d > 0 {
		svc.Phases = world.Phases{{State: servicePending, At: tx.Now}, {State: serviceAvailable, At: tx.Now.Add(d)}}
	}
	return svc, nil
}

// set puts a service on load balancers: it is in the Availability Zones in which they are now.
func set(svc *world.Service, lbs []*world.LoadBalancer) {
	svc.LoadBalancers, svc.AZIDs = nil, nil
	for _, lb := range lbs {
		svc.LoadBalancers = append(svc.LoadBalancers, lb.ID)
		for _, n := range lb.Nodes {
			if !slices.Contains(svc.AZIDs, n.AZID) {
				svc.AZIDs = append(svc.AZIDs, n.AZID)
			}
		}
	}
	slices.Sort(svc.AZIDs)
}

// connectivity checks the IP address types of a service: IPv6 needs every load balancer to have it. None means ipv4.
func connectivity(lbs []*world.LoadBalancer, want []string) ([]string, error) {
	if len(want) == 0 {
		return []string{"ipv4"}, nil
	}
	out := unique(want)
	for _, t := range out {
		if t != "ipv4" && t != "ipv6" {
			return nil, says.IPTypeInvalid.Error(t)
		}
		for _, lb := range lbs {
			if t == "ipv6" && !lb.DualStack {
				return nil, says.LBSingleStack.Error(lb.ID)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}
