package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// connection is what the tool does: it gives a VPC a private way to somebody's service, and a name for it. Nothing here knows of tests: the
// clients are arguments, an *ec2.Client and a *route53.Client in production.
type connection struct {
	service         string
	region, vpc     string
	subnets, groups []string
	domain          string
}

func (c connection) endpoint() *endpoint.InterfaceBuilder {
	return endpoint.Interface(c.domain).VPC(c.vpc).Service(c.service).Subnets(c.subnets...).SecurityGroups(c.groups...)
}

func (c connection) zone(target privatelink.DNSName) *dnszone.PrivateBuilder {
	return dnszone.Private(c.domain).VPC(c.region, c.vpc).Alias("api", target)
}

// up connects, and gives the name by which to reach the service. It can be run again at any time: after success nothing changes, after an
// error it goes on from there.
func (c connection) up(ctx context.Context, ec2 endpoint.API, dns dnszone.API, opts ...privatelink.WaitOption) (string, error) {
	e, err := c.endpoint().WaitReady(ctx, ec2, opts...)
	switch {
	case errors.Is(err, privatelink.ErrRejected):
		return "", fmt.Errorf("the owner of %s has turned us away, talk to them: %w", c.service, err)
	case errors.Is(err, privatelink.ErrNotFound):
		return "", fmt.Errorf("is %s spelt right, and is this account allowed to connect? %w", c.service, err)
	case err != nil:
		return "", err
	}
	zone, err := c.zone(e.DNS.Regional).WaitReady(ctx, dns, opts...)
	if err != nil {
		return "", err
	}
	return "api." + zone.Domain, nil
}

// down takes it all away again. It needs the VPC and the domain alone.
func (c connection) down(ctx context.Context, ec2 endpoint.API, dns dnszone.API) error {
	return privatelink.DeleteAll(ctx, c.zone(privatelink.DNSName{}).On(dns), c.endpoint().On(ec2))
}
