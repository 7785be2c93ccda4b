package endpoint

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// SubnetsFor chooses, of a VPC's subnets, those that an endpoint of a service can have: the first of each Availability Zone, in the zones that the
// service offers. The same subnets in the same order give the same choice. A service of "", such as one of another Region, whose zones AWS does
// not tell, is taken to be in all. Two reads, and nothing is changed. ErrNotFound: there is no such service, or none of the subnets is in its zones.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
func SubnetsFor(ctx context.Context, api API, service string, subnets ...string) ([]string, error) {
	const op = "choose subnets for an"
	var p declare.Problems
	p.API(api)
	p.IDs("subnet", "subnet", subnets)
	if service != "" {
		serviceProblem(&p, service)
	}
	if err := p.Error(op, noun, ""); err != nil || len(subnets) == 0 {
		return nil, err
	}
	fail := func(sentinel, cause error) ([]string, error) {
		return nil, &privatelink.Error{Op: op, Kind: noun, Sentinel: sentinel, Err: cause}
	}
	zones, err := zonesOf(ctx, api, subnets)
	if err != nil {
		return fail(awserr.Of(err).Sentinel, err)
	}
	o := offer{found: true}
	if service != "" {
		if o, err = (&kind{common{kind: KindInterface}, api}).offerOf(ctx, service, ""); err != nil {
			return fail(awserr.Of(err).Sentinel, err)
		}
	}
	if !o.found {
		return fail(privatelink.ErrNotFound, errors.New(unseen(service)))
	}
	chosen := o.choose(subnets, zones)
	if len(chosen) == 0 {
		return fail(privatelink.ErrNotFound, fmt.Errorf("none of the subnets %s is in a zone of the service: it is in %s, so name subnets there", declare.List(subnets), declare.List(o.zones)))
	}
	return chosen, nil
}

// choose takes the first subnet of each zone that the service offers.
func (o offer) choose(subnets []string, zones map[string]string) (out []string) {
	taken := map[string]bool{}
	for _, id := range subnets {
		zone := zones[id]
		if taken[zone] || len(o.zones) > 0 && !slices.Contains(o.zones, zone) {
			continue
		}
		taken[zone] = true
		out = append(out, id)
	}
	return out
}
