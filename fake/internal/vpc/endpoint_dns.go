package vpc

import (
	"iter"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// recordTypes are the DNS record types that go with a kind and an address type, the default first.
func recordTypes(kind, ipType string) []string {
	switch {
	case kind == kindGateway && ipType == "dualstack":
		return []string{serviceDefined, "ipv4", "ipv6", "dualstack"}
	case kind == kindGateway:
		return []string{serviceDefined, ipType}
	case ipType == "dualstack":
		return []string{"dualstack", "ipv4", "ipv6", serviceDefined}
	}
	return []string{ipType}
}

const serviceDefined = string(types.DnsRecordIpTypeServiceDefined)

// record settles the DNS record type of an endpoint whose kind and address type are settled.
func record(tx *world.Tx, e *world.Endpoint, o *offer, asked types.DnsRecordIpType) error {
	allowed := recordTypes(e.Type, e.IPType)
	if asked == "" {
		e.RecordIPType = allowed[0]
		return nil
	}
	e.RecordIPType = string(asked)
	switch {
	case !slices.Contains(asked.Values(), asked):
		return says.RecordTypeInvalid.Error(asked)
	case !slices.Contains(allowed, string(asked)):
		return says.RecordTypeMatch.Error(asked, e.IPType)
	case e.Type != kindGateway || e.RecordIPType == serviceDefined:
		return nil
	case o.dnsPart == "dynamodb":
		return says.RecordTypeService.Error(o.name, asked)
	}
	if v := tx.VPCs.At(e.VPC, tx.Now); v == nil || !v.DNSSupport || !v.DNSHostnames {
		return says.RecordTypeDNS.Error(asked, e.VPC)
	}
	return nil
}

func (d *draft) records() error {
	return record(d.tx, d.rec, d.offer, options(d.in.DnsOptions).DnsRecordIpType)
}

// options are the DNS options of a request, empty where it has none.
func options(in *types.DnsOptionsSpecification) types.DnsOptionsSpecification {
	if in == nil {
		return types.DnsOptionsSpecification{}
	}
	return *in
}

// inbound settles whether private DNS answers through inbound Resolver endpoints only: of a service that has gateway endpoints too, AWS
// assumes so where private DNS is turned on and the request says nothing. The VPC must then have such a gateway endpoint.
func inbound(tx *world.Tx, e *world.Endpoint, o *offer, asked *bool, turnedOn bool) error {
	wanted, both := asked != nil && *asked, o.bothKinds()
	switch {
	case wanted && !both:
		return says.InboundService.Error(o.name)
	case wanted && !e.PrivateDNS:
		return says.InboundWithoutDNS.Error()
	case !e.PrivateDNS || asked != nil:
		e.InboundOnly = wanted
	case turnedOn:
		e.InboundOnly = both
	}
	if e.InboundOnly && !gatewayFor(tx, e, "") {
		return says.DNSInboundOnly.Error(e.VPC)
	}
	return nil
}

func (o *offer) bothKinds() bool {
	return slices.Contains(o.kinds, kindGateway) && slices.Contains(o.kinds, kindInterface)
}

// gatewayFor says whether a VPC has a gateway endpoint, other than one that does not count, for what an interface endpoint leaves to it:
// of the same service, with DNS records of the same type or as the service defines.
func gatewayFor(tx *world.Tx, e *world.Endpoint, besides string) bool {
	for other := range neighbours(tx, e) {
		if other.Type == kindGateway && other.ID != besides && (other.RecordIPType == serviceDefined || other.RecordIPType == e.RecordIPType) {
			return true
		}
	}
	return false
}

// neighbours are the living endpoints of an endpoint's service in its VPC, itself among them.
func neighbours(tx *world.Tx, e *world.Endpoint) iter.Seq[*world.Endpoint] {
	return func(yield func(*world.Endpoint) bool) {
		for other := range world.Live(tx, tx.Endpoints.By(world.ByVPC, e.VPC, 0)) {
			if other.Service == e.Service && !other.Dying(tx.Now) && !yield(other) {
				return
			}
		}
	}
}
