package endpoint

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// quota is AWS's default for interface and Gateway Load Balancer endpoints together in one VPC.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
const quota = 50

// offer is what a consumer may see of a service; found is false where it is not visible.
type offer struct {
	found   bool
	zones   []string // by this account's names; none for a service of another Region
	private []string
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
	d := out.ServiceDetails[0]
	for _, other := range out.ServiceDetails { // S3 is offered as two kinds under one name
		if slices.ContainsFunc(other.ServiceType, func(t types.ServiceTypeDetail) bool { return string(t.ServiceType) == string(k.kind) }) {
			d = other
		}
	}
	o := offer{found: true, zones: d.AvailabilityZones}
	for _, n := range d.PrivateDnsNames {
		o.private = append(o.private, aws.ToString(n.PrivateDnsName))
	}
	if n := aws.ToString(d.PrivateDnsName); n != "" && !slices.Contains(o.private, n) {
		o.private = append(o.private, n)
	}
	return o, nil
}

// living reads the endpoints of the VPC that are alive, of every name and owner.
func (k *kind) living(ctx context.Context) ([]*Endpoint, error) {
	a, err := readerOf(k.api).endpoints(ctx, query{vpc: k.vpc})
	var out []*Endpoint
	for i := range a.endpoints {
		if e := snapshot(&a.endpoints[i], ""); e.State.Alive() {
			out = append(out, e)
		}
	}
	return out, err
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
			out = append(out, fmt.Sprintf("the service is not offered in %s, the zone of subnet %s: it is in %s", zone, id, declare.List(o.zones)))
		}
	}
	return out
}

// taken names the endpoints of the VPC that have one of the private names already.
func (s survey) taken(service, own string) (out []string) {
	for _, e := range s.here {
		same := slices.ContainsFunc(e.DNS.Private, func(n privatelink.DNSName) bool { return slices.Contains(s.offer.private, n.Name) })
		if e.ID != own && e.PrivateDNS && (same || e.Kind == KindInterface && e.Service == service) {
			out = append(out, fmt.Sprintf("endpoint %s has the service's private DNS name in %s already: declare PrivateDNS(false) for one of them", e.ID, s.k.vpc))
		}
	}
	return out
}

// full says that the VPC has as many endpoints as AWS allows by default.
func (s survey) full() []string {
	n := 0
	for _, e := range s.here {
		if e.Kind != KindGateway {
			n++
		}
	}
	if n < quota {
		return nil
	}
	return []string{fmt.Sprintf("%s has %d interface and Gateway Load Balancer endpoints, and the default quota is %d: delete some, or have the quota raised", s.k.vpc, n, quota)}
}

// gateless says that the gateway endpoint which inbound-resolver-only private DNS needs is missing.
func (s survey) gateless(service string) []string {
	if slices.ContainsFunc(s.here, func(e *Endpoint) bool { return e.Kind == KindGateway && e.Service == service }) {
		return nil
	}
	return []string{fmt.Sprintf("private DNS only for inbound Resolver endpoints needs a gateway endpoint of %s in %s: declare one with Gateway first", service, s.k.vpc)}
}

// dnsOff names the DNS attributes of the VPC that are off, both of which private DNS needs.
func (k *kind) dnsOff(ctx context.Context) (out []string, err error) {
	for _, name := range []types.VpcAttributeName{types.VpcAttributeNameEnableDnsSupport, types.VpcAttributeNameEnableDnsHostnames} {
		v, err := k.api.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: aws.String(k.vpc), Attribute: name})
		if err != nil {
			return nil, err
		}
		on := v.EnableDnsSupport
		if name == types.VpcAttributeNameEnableDnsHostnames {
			on = v.EnableDnsHostnames
		}
		if on == nil || !aws.ToBool(on.Value) {
			out = append(out, string(name))
		}
	}
	if len(out) > 0 {
		out = []string{fmt.Sprintf("private DNS needs the DNS attributes of %s on, and these are off: %s", k.vpc, strings.Join(out, ", "))}
	}
	return out, nil
}
