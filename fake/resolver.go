package fake

import (
	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// InboundResolver is an inbound Resolver endpoint of a VPC, through which networks outside AWS ask the VPC's resolver. It sees what the VPC's
// hosts see, and the private names that endpoints keep for such as it (PrivateDnsOnlyForInboundResolverEndpoint).
type InboundResolver struct{ Names }

// InboundResolver is the view of names through an inbound Resolver endpoint. The fake has no such thing in the VPC: it takes no address.
func (v *VPC) InboundResolver() *InboundResolver {
	return &InboundResolver{Names{v.cloud, func(*world.Tx) (flow.Source, string) { return flow.Source{VPC: v.ID, Inbound: true}, "" }}}
}
