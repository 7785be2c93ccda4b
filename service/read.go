package service

import (
	"context"
	"iter"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Get reads a service by ID, of any kind and name; one read. ErrNotFound when it is absent, which may be so for a moment after it was made.
func Get(ctx context.Context, api API, id string) (*Service, error) {
	const op = "get"
	if err := checkID(op, api, id); err != nil {
		return nil, err
	}
	a, err := reader{api}.services(ctx, query{ids: []string{id}})
	if err != nil {
		return nil, fail(op, id, err)
	}
	for i := range a.services {
		if s := read(snapshot(&a.services[i])); s.ID == id {
			return s, nil
		}
	}
	return nil, &privatelink.Error{Op: op, Kind: noun, ID: id, Sentinel: privatelink.ErrNotFound}
}

// ByLoadBalancer finds the service that stands behind a load balancer, given by ARN, of any name and kind. AWS has no filter for it: all services of
// the account and Region are read, all pages. ErrNotFound when there is none, or it is being deleted.
func ByLoadBalancer(ctx context.Context, api API, loadBalancerARN string) (*Service, error) {
	const op = "find by load balancer"
	var p declare.Problems
	p.API(api)
	if !balancerForm.MatchString(loadBalancerARN) {
		p.Add("%q is not the ARN of a load balancer, such as arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/net/…", loadBalancerARN)
	}
	if err := p.Error(op, noun, loadBalancerARN); err != nil {
		return nil, err
	}
	a, err := reader{api}.services(ctx, query{})
	if err != nil {
		return nil, fail(op, loadBalancerARN, err)
	}
	for i := range a.services {
		if s := read(snapshot(&a.services[i])); s.State.Alive() && slices.Contains(s.LoadBalancers, loadBalancerARN) {
			return s, nil
		}
	}
	return nil, &privatelink.Error{Op: op, Kind: noun, ID: loadBalancerARN, Sentinel: privatelink.ErrNotFound}
}

// List gives every service of this library (bearing its tag) in the account and Region, in all states that AWS lists. The sequence ends at the
// first error.
func List(ctx context.Context, api API) iter.Seq2[*Service, error] {
	return func(yield func(*Service, error) bool) {
		var p declare.Problems
		p.API(api)
		if err := p.Error("list", noun, ""); err != nil {
			yield(nil, err)
			return
		}
		a, err := reader{api}.services(ctx, query{ours: true})
		if err != nil {
			yield(nil, fail("list", "", err))
			return
		}
		for i := range a.services {
			if s := read(snapshot(&a.services[i])); s.Name != "" && !yield(s, nil) {
				return
			}
		}
	}
}

// read notes in a snapshot without a declaration whether it is usable.
func read(s *Service) *Service {
	s.Waiting = waiting(s)
	s.Ready = s.Waiting == ""
	return s
}
