package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/examples/recipe"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// job is what is wanted, and what it builds on.
type job struct {
	name, host, domain string
	region             string
	loadBalancers      []string // the provider's
	consumer           string   // the consumer's account, "" when it is the provider's own
	vpc                string   // the consumer's, like the subnets and the groups
	subnets, groups    []string
	accept             bool // accept the connection here; false: somebody else does
}

// sides says who acts: the provider's account, and the consumer's twice. Each is an AWS client, or an account of the fake.
type sides struct {
	provider service.API
	consumer endpoint.API
	dns      dnszone.API
}

func (j job) service() *service.NLBBuilder {
	svc := service.BehindNLB(j.name).LoadBalancers(j.loadBalancers...).Acceptance(true)
	if j.consumer != "" {
		svc.Allow(privatelink.AccountPrincipal(j.consumer))
	}
	return svc
}

func (j job) endpoint(serviceName string) *endpoint.InterfaceBuilder {
	return endpoint.Interface(j.name).VPC(j.vpc).Service(serviceName).Subnets(j.subnets...).SecurityGroups(j.groups...)
}

func (j job) zone(target privatelink.DNSName) *dnszone.PrivateBuilder {
	return dnszone.Private(j.domain).VPC(j.region, j.vpc).Alias(j.host, target)
}

// apply brings about all that is declared. It can be run again at any time: what is there already stays as it is.
func (j job) apply(ctx context.Context, on sides, out io.Writer, opts ...privatelink.WaitOption) (*endpoint.Endpoint, error) {
	svc, err := j.service().WaitReady(ctx, on.provider, opts...)
	if err != nil {
		return nil, err
	}
	line(out, "service", svc.Name, svc.ID, string(svc.Outcome))

	ep := j.endpoint(svc.ServiceName)
	e, err := recipe.Soon(ctx, func() (*endpoint.Endpoint, error) { return ep.Ensure(ctx, on.consumer) })
	if err != nil {
		return nil, err
	}
	did := string(e.Outcome)
	if !e.Ready {
		if j.accept {
			if err := service.Accept(ctx, on.provider, svc.ID, e.ID); err != nil {
				return nil, err
			}
			did += ", accepted"
		}
		if e, err = ep.WaitReady(ctx, on.consumer, opts...); err != nil {
			return nil, err
		}
	}
	line(out, "endpoint", e.Name, e.ID, did)

	zone, err := j.zone(e.DNS.Regional).WaitReady(ctx, on.dns, opts...)
	if err != nil {
		return nil, err
	}
	line(out, "zone", zone.Domain, zone.ID, string(zone.Outcome))
	return e, nil
}

// plan says what apply would do, by reads alone. What one resource would learn from another that is not there yet is known after apply.
func (j job) plan(ctx context.Context, on sides) ([]privatelink.Plan, error) {
	var serviceName string
	var target privatelink.DNSName
	svc, err := j.service().Find(ctx, on.provider)
	if err == nil {
		serviceName = svc.ServiceName
	} else if !errors.Is(err, privatelink.ErrNotFound) {
		return nil, err
	}
	e, err := j.endpoint(serviceName).Find(ctx, on.consumer)
	if err == nil {
		target = e.DNS.Regional
	} else if !errors.Is(err, privatelink.ErrNotFound) {
		return nil, err
	}
	return privatelink.PlanAll(ctx,
		j.service().On(on.provider), j.endpoint(serviceName).On(on.consumer), j.zone(target).On(on.dns))
}

// destroy takes everything down, in the opposite order. It needs the names and the VPC alone.
func (j job) destroy(ctx context.Context, on sides) error {
	return privatelink.DeleteAll(ctx,
		j.zone(privatelink.DNSName{}).On(on.dns), j.endpoint("").On(on.consumer), j.service().On(on.provider))
}

func line(out io.Writer, kind, name, id, did string) {
	fmt.Fprintf(out, "  %-8s  %-15s  %-26s  %s\n", kind, name, id, did)
}
