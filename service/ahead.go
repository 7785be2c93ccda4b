package service

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

var _ converge.Warner[Service] = (*kind)(nil)

// Warnings looks ahead: at what AWS would refuse or make wait, and at what may not be meant.
func (k *kind) Warnings(ctx context.Context, have *Service) (out []string, err error) {
	if k.public(have) {
		out = append(out, "everyone may connect and nobody is asked: the service is public")
	}
	if have == nil {
		return k.standing(ctx, out)
	}
	if k.privateName != nil && *k.privateName != have.PrivateDNSName && have.Verification.State == verified {
		out = append(out, "the private DNS name "+have.PrivateDNSName+" is verified and in use: another has to be verified before consumers can use it")
	}
	if _, remove := k.loadBalancers.Against(have.LoadBalancers); len(remove) > 0 {
		live, err := k.live(ctx, have.ID)
		if err != nil {
			return nil, err
		}
		if live != "" {
			out = append(out, "AWS lets no load balancer go while there are connections: "+live)
		}
	}
	return out, nil
}

// public tells whether the declaration opens the service to everyone, which it is not yet.
func (k *kind) public(have *Service) bool {
	automatic := k.acceptance != nil && !*k.acceptance || k.acceptance == nil && have != nil && !have.AcceptanceRequired
	if !automatic || !slices.Contains(k.allowed, privatelink.Everyone) {
		return false
	}
	return have == nil || have.AcceptanceRequired || !slices.Contains(have.AllowedPrincipals, privatelink.Everyone.String())
}

// standing looks at the load balancers of a service that is yet to be made: those that are not active, or without a listener.
func (k *kind) standing(ctx context.Context, out []string) ([]string, error) {
	all, err := k.readBalancers(ctx)
	if err != nil {
		return nil, err
	}
	if why := unready(all); why != "" {
		out = append(out, why+" is not active: Ensure waits for it")
	}
	for _, b := range all {
		l, err := k.reader.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: aws.String(b.arn)})
		if err != nil {
			return nil, err
		}
		if len(l.Listeners) == 0 {
			out = append(out, "load balancer "+b.arn+" has no listener: connections will lead nowhere")
		}
	}
	return out, nil
}
