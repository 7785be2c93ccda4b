package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// LoadBalancerReader is the part of an Elastic Load Balancing client that ReadLoadBalancers takes: *elasticloadbalancingv2.Client, or the
// LoadBalancing of a fake.Account. IAMPolicy has the IAM actions for it.
type LoadBalancerReader interface {
	DescribeLoadBalancers(context.Context, *elb.DescribeLoadBalancersInput, ...func(*elb.Options)) (*elb.DescribeLoadBalancersOutput, error)
	DescribeListeners(context.Context, *elb.DescribeListenersInput, ...func(*elb.Options)) (*elb.DescribeListenersOutput, error)
}

var _ LoadBalancerReader = (*elb.Client)(nil)

// balancer is what matters of a load balancer.
type balancer struct {
	arn, state string
	zones      []string
}

// ready tells whether a service can stand on it.
func (b balancer) ready() bool {
	return b.state == string(types.LoadBalancerStateEnumActive) || b.state == string(types.LoadBalancerStateEnumActiveImpaired)
}

// maxBalancers is how many load balancers AWS describes by ARN in one call.
const maxBalancers = 20

// readBalancers reads the declared load balancers, where there is a reader.
func (k *kind) readBalancers(ctx context.Context) (all []balancer, err error) {
	if k.reader == nil || k.teardown {
		return nil, nil
	}
	for arns := range slices.Chunk(k.loadBalancers.Members, maxBalancers) {
		in := &elb.DescribeLoadBalancersInput{LoadBalancerArns: arns}
		for more := true; more; more = aws.ToString(in.Marker) != "" {
			out, err := k.reader.DescribeLoadBalancers(ctx, in)
			if err != nil {
				return nil, err
			}
			for _, lb := range out.LoadBalancers {
				all = append(all, balancerOf(lb))
			}
			in.Marker = out.NextMarker
		}
	}
	return all, nil
}

func balancerOf(lb types.LoadBalancer) balancer {
	b := balancer{arn: aws.ToString(lb.LoadBalancerArn)}
	if lb.State != nil {
		b.state = string(lb.State.Code)
	}
	for _, zone := range lb.AvailabilityZones {
		b.zones = append(b.zones, aws.ToString(zone.ZoneName))
	}
	return b
}

// unready names the load balancers on which no service can stand yet, "" for none.
func unready(all []balancer) string {
	var out []string
	for _, b := range all {
		if !b.ready() {
			out = append(out, fmt.Sprintf("load balancer %s (%s)", b.arn, b.state))
		}
	}
	return strings.Join(out, ", ")
}

// gained are the zones of the load balancers that the service does not offer.
func gained(all []balancer, have []string) (zones []string) {
	for _, b := range all {
		for _, zone := range b.zones {
			if b.ready() && !slices.Contains(have, zone) {
				add(&zones, zone)
			}
		}
	}
	return zones
}

// zonesDelta compares the Availability Zones with those of the load balancers. AWS may take minutes to offer what it was told to take up.
func (k *kind) zonesDelta(have *Service) []converge.Delta {
	more := gained(have.balancers, have.AZs)
	if len(more) == 0 {
		return nil
	}
	d := delta("Availability Zones", declare.List(have.AZs), declare.List(slices.Concat(have.AZs, more)))
	if len(k.untold(have)) == 0 {
		d.Later = "AWS to offer it in " + declare.List(more)
	}
	return []converge.Delta{d}
}

// untold are the gained zones of which this call has not told AWS.
func (k *kind) untold(s *Service) []string {
	return slices.DeleteFunc(gained(s.balancers, s.AZs), func(zone string) bool { return slices.Contains(k.refreshed, zone) })
}

// await refuses to use load balancers that are not active yet, as AWS would.
func (k *kind) await(ctx context.Context) error {
	all, err := k.readBalancers(ctx)
	why := unready(all)
	switch {
	case err != nil || why == "":
		return err
	case slices.ContainsFunc(all, func(b balancer) bool { return b.state == string(types.LoadBalancerStateEnumFailed) }):
		return awserr.Mark(errors.New(why), privatelink.ErrFailed, awserr.Final)
	}
	return awserr.Mark(fmt.Errorf("%s is not active yet: call again", why), privatelink.ErrPending, awserr.Busy)
}
