package endpoint

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// AWS's default quotas: of interface and Gateway Load Balancer endpoints together in one VPC, and of gateway endpoints in a Region.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
const (
	quota        = 50
	gatewayQuota = 20
)

// offer is what a consumer may see of a service; found is false where it is not visible.
type offer struct {
	found   bool
	kinds   []string // as which it is offered
	zones   []string // by this account's names; none for a service of another Region
	private []string
}

// survey reads what is there beside the endpoint.
func (k *kind) survey(ctx context.Context, w wish) (s survey, err error) {
	s.k = k
	if w.service != "" {
		if s.offer, err = k.offerOf(ctx, w.service, w.region); err != nil {
			return s, err
		}
	}
	s.here, err = k.living(ctx)
	return s, err
}

// survey is what can be read about the place of an endpoint before it is made or changed.
type survey struct {
	k     *kind
	offer offer
	here  []*Endpoint // alive in the VPC
}

func (k *kind) offerOf(ctx context.Context, service, region string) (offer, error) {
	in := &ec2.DescribeVpcEndpointServicesInput{ServiceNames: []string{service}}
	if region != "" {
		in.ServiceRegions = []string{region}
	}
	out, err := k.api.DescribeVpcEndpointServices(ctx, in)
	if awserr.Of(err).Means == awserr.Hidden {
		return offer{}, nil
	}
	if err != nil || len(out.ServiceDetails) == 0 {
		return offer{}, err
	}
	d, kinds := out.ServiceDetails[0], []string(nil)
	for _, other := range out.ServiceDetails { // S3 is offered as two kinds under one name
		for _, t := range other.ServiceType {
			kinds = append(kinds, string(t.ServiceType))
			if string(t.ServiceType) == string(k.kind) {
				d = other
			}
		}
	}
	o := offer{found: true, kinds: kinds, zones: d.AvailabilityZones}
	for _, n := range d.PrivateDnsNames {
		o.private = append(o.private, aws.ToString(n.PrivateDnsName))
	}
	if n := aws.ToString(d.PrivateDnsName); n != "" && !slices.Contains(o.private, n) {
		o.private = append(o.private, n)
	}
	return o, nil
}

// shared names declared subnets of one zone.
func shared(subnets []string, zones map[string]string) (out []string) {
	first := map[string]string{}
	for _, id := range subnets {
		zone := zones[id]
		if other, ok := first[zone]; ok && zone != "" {
			out = append(out, fmt.Sprintf("subnets %s and %s are both in %s, and an endpoint has one subnet in each zone: declare one of them", other, id, zone))
			continue
		}
		first[zone] = id
	}
	return out
}

// outside names declared subnets in zones that the service does not offer.
func (o offer) outside(subnets []string, zones map[string]string) (out []string) {
	for _, id := range subnets {
		if zone := zones[id]; zone != "" && len(o.zones) > 0 && !slices.Contains(o.zones, zone) {
			out = append(out, fmt.Sprintf("the service is not offered in %s, the zone of subnet %s: it is in %s, so declare subnets there", zone, id, declare.List(o.zones)))
		}
	}
	return out
}

// taken names the endpoints of the VPC that have one of the private names already.
func (s survey) taken(service, own string) (out []string) {
	for _, e := range s.here {
		same := slices.ContainsFunc(e.DNS.Private, func(n privatelink.DNSName) bool { return slices.Contains(s.offer.private, n.Name) })
		twin := e.Kind == KindInterface && e.Name == s.k.name // of this identity: nothing is in its own way
		if e.ID != own && !twin && e.PrivateDNS && (same || e.Kind == KindInterface && sameService(e.Service, service)) {
			out = append(out, fmt.Sprintf("endpoint %s has the service's private DNS name in %s already: declare PrivateDNS(false) for one of them", e.ID, s.k.vpc))
		}
	}
	return out
}

// sameService compares services by what their names mean: in China an interface service may bear another prefix than the gateway service.
func sameService(a, b string) bool {
	x, errX := ParseServiceName(a)
	y, errY := ParseServiceName(b)
	return a == b || errX == nil && errY == nil && x == y
}

// gateless says that the gateway endpoint which inbound-resolver-only private DNS needs is missing.
func (s survey) gateless(service string) []string {
	if slices.ContainsFunc(s.here, func(e *Endpoint) bool { return e.Kind == KindGateway && sameService(e.Service, service) }) {
		return nil
	}
	return []string{fmt.Sprintf("private DNS only for inbound Resolver endpoints needs a gateway endpoint of %s in %s: declare one with Gateway first", service, s.k.vpc)}
}
