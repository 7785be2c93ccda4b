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
)

// wish is the part of a declaration that AWS may refuse for reasons which can be read beforehand.
type wish struct {
	service, region string // service is "" where it is not known yet
	subnets         []string
}

// check is one look ahead.
type check func(ctx context.Context) ([]string, error)

// ahead runs the checks. A read that fails is a warning itself: the plan does not depend on it.
func ahead(ctx context.Context, checks ...check) ([]string, error) {
	var out []string
	for _, look := range checks {
		found, err := look(ctx)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			out = append(out, fmt.Sprintf("not everything could be checked: %v", err))
		}
		out = append(out, found...)
	}
	return out, nil
}

// offerAhead says whether the service can be had as an endpoint of this kind, and in the zones of the subnets.
func (k *kind) offerAhead(w wish) check {
	return func(ctx context.Context) ([]string, error) {
		zones := map[string]string{}
		if len(w.subnets) > 0 {
			var err error
			if zones, err = zonesOf(ctx, k.api, w.subnets); err != nil {
				return nil, err
			}
		}
		out := shared(w.subnets, zones)
		if w.service == "" {
			return out, nil
		}
		o, err := k.offerOf(ctx, w.service, w.region)
		switch {
		case err != nil:
			return out, err
		case !o.found:
			return append(out, unseen(w.service)), nil
		case !slices.Contains(o.kinds, string(k.kind)):
			return append(out, fmt.Sprintf("the service %s is offered as %s, not as %s: declare an endpoint of that kind", w.service, declare.List(o.kinds), k.kind)), nil
		}
		return append(out, o.outside(w.subnets, zones)...), nil
	}
}

// quotaAhead says that there are as many endpoints as AWS allows by default, where another would be made.
func (k *kind) quotaAhead(have *Endpoint) check {
	return func(ctx context.Context) ([]string, error) {
		if have != nil {
			return nil, nil
		}
		return k.full(ctx)
	}
}

// full counts the endpoints that the quota of this kind is about.
func (k *kind) full(ctx context.Context) ([]string, error) {
	if k.kind == KindGateway {
		return k.regionFull(ctx)
	}
	here, err := k.living(ctx)
	n := len(slices.DeleteFunc(here, func(e *Endpoint) bool { return e.Kind == KindGateway }))
	if n < quota {
		return nil, err
	}
	return []string{fmt.Sprintf("%s has %d interface and Gateway Load Balancer endpoints, and the default quota is %d: delete some, or have the quota raised", k.vpc, n, quota)}, err
}

// regionFull counts the gateway endpoints of the account and Region.
func (k *kind) regionFull(ctx context.Context) ([]string, error) {
	n := 0
	in := &ec2.DescribeVpcEndpointsInput{Filters: []types.Filter{filter("vpc-endpoint-type", string(KindGateway))}}
	for pages := ec2.NewDescribeVpcEndpointsPaginator(k.api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for i := range out.VpcEndpoints {
			if snapshot(&out.VpcEndpoints[i], "").State.Alive() {
				n++
			}
		}
	}
	if n < gatewayQuota {
		return nil, nil
	}
	return []string{fmt.Sprintf("the Region has %d gateway endpoints, and the default quota is %d: delete some, or have the quota raised", n, gatewayQuota)}, nil
}

// why looks up the reasons of a refusal that endpoints of all kinds can meet, where AWS's own text leaves them open.
func (k *kind) why(ctx context.Context, refusal error, w wish) (found []string) {
	switch code := awserr.Code(refusal); {
	case code == "DuplicateSubnetsInSameZone", strings.Contains(refusal.Error(), "does not support the availability zone"):
		found, _ = k.offerAhead(w)(ctx)
	case strings.Contains(refusal.Error(), "supported for remote access"):
		found, _ = k.closed(ctx, refusal, w.subnets)
	case code == "VpcEndpointLimitExceeded":
		found, _ = k.full(ctx)
	case code == "InvalidServiceName":
		found = []string{unseen(w.service)}
	}
	return found
}

// unseen is about a service that AWS does not show: it does not tell why.
func unseen(service string) string {
	return fmt.Sprintf("the service %s does not exist, or this account is not allowed to see it: check the name, or have its provider allow the account", service)
}

// closed names the subnets in zones that are closed to services of other Regions: AWS's text has the IDs of those that are open.
func (k *kind) closed(ctx context.Context, refusal error, subnets []string) (out []string, err error) {
	all, err := describeSubnets(ctx, k.api, subnets)
	for _, s := range all {
		if id := aws.ToString(s.AvailabilityZoneId); !strings.Contains(refusal.Error()+",", id+",") {
			out = append(out, fmt.Sprintf("subnet %s is in %s (%s), which is closed to services of other Regions: declare subnets of other zones",
				aws.ToString(s.SubnetId), aws.ToString(s.AvailabilityZone), id))
		}
	}
	return out, err
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

// dnsOff names the DNS attributes of the VPC that are off, both of which something needs.
func (k *kind) dnsOff(ctx context.Context, what string) (out []string, err error) {
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
		out = []string{fmt.Sprintf("%s needs the DNS attributes of %s on, and these are off: %s", what, k.vpc, strings.Join(out, ", "))}
	}
	return out, nil
}
