package fake

import (
	"context"
	"net/netip"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/flow"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// InboundResolver is an inbound Resolver endpoint of a VPC, through which networks outside AWS ask the VPC's resolver. It sees what the VPC's
// hosts see, and the private names that endpoints keep for such as it (PrivateDnsOnlyForInboundResolverEndpoint).
type InboundResolver struct{ vpc *VPC }

// InboundResolver is the view of names through an inbound Resolver endpoint. The fake has no such thing in the VPC: it takes no address.
func (v *VPC) InboundResolver() *InboundResolver { return &InboundResolver{v} }

func (r *InboundResolver) view() view {
	return view{r.vpc.account.cloud, func(*world.Tx) (flow.Source, string) { return flow.Source{VPC: r.vpc.ID, Inbound: true}, "" }}
}

// LookupHost gives the addresses of a name, as [Host.LookupHost] does.
func (r *InboundResolver) LookupHost(ctx context.Context, name string) ([]netip.Addr, error) {
	return r.view().lookup(ctx, name)
}

// Lookup asks for the records of a name of one type, as [Host.Lookup] does.
func (r *InboundResolver) Lookup(ctx context.Context, name, recordType string) ([]DNSRecord, error) {
	return r.view().records(ctx, name, recordType)
}
