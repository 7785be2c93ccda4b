package flow

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"sync"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// Request is what somebody asks of a service of AWS. Policies judge it.
type Request struct{ Principal, Action, Resource string }

// aws ends at what stands as a service of AWS: behind an endpoint, whose policy has a say where something is asked, or at its public name.
func (w *walk) aws(service string, ep *world.Endpoint) string {
	if ep != nil && w.request != nil {
		w.hop(HopPolicy, ep.ID, "%s on %s by %s", w.request.Action, w.request.Resource, w.request.Principal)
		if refusal := judge(ep.Policy, *w.request); refusal != "" {
			w.refused = true
			return fmt.Sprintf("the policy of endpoint %s %s", ep.ID, refusal)
		}
	}
	w.hop(HopService, service, "of AWS")
	if !w.tx.Listening(service, w.port) {
		return fmt.Sprintf("nothing listens behind %s", service)
	}
	w.hop(HopTarget, service, "port %d", w.port)
	w.out.Place = service
	return ""
}

// endpointParts are the services whose endpoints have another name than their public names begin with.
var endpointParts = map[string]string{"api.ecr": "ecr.api", "dkr.ecr": "ecr.dkr", "s3express-control": "s3express"}

// serviceName is the name by which endpoints know the service of a public name.
func (h AWSHost) serviceName() string {
	part := h.Service
	if p, ok := endpointParts[part]; ok {
		part = p
	}
	return "com.amazonaws." + h.Region + "." + part
}

// byAddress are the service names of all that have public names, by the addresses of these.
var byAddress = sync.OnceValue(func() map[netip.Addr]string {
	out := map[netip.Addr]string{}
	for _, region := range world.Regions() {
		for label := range awsHosts {
			h := hostOf(label, region, true)
			out[h.IPv4], out[h.IPv6] = h.serviceName(), h.serviceName()
		}
	}
	return out
})

// awsAt is the service of AWS at a public address, "" where there is none.
func awsAt(addr netip.Addr) string { return byAddress()[addr] }

// HasPublicName says whether a service of AWS, by its service name, is at a public name.
func HasPublicName(service string) bool {
	return slices.Contains(slices.Collect(maps.Values(byAddress())), service)
}
