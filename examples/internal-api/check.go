package main

import (
	"cmp"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// check says all that is wrong, before the first call: what is missing is said here, in terms of the flags; what is malformed, by the
// declarations themselves.
func (in *input) check() error {
	missing := func(ok bool, flag, what string) {
		if !ok {
			in.flags.Problem("%s is missing: %s", flag, what)
		}
	}
	missing(in.region != "", "-region", "the Region of both sides; the SDK's configuration names none either")
	missing(in.vpc != "", "-vpc", "the consumer's VPC")
	if !in.destroy {
		missing(len(in.loadBalancers) > 0, "-load-balancer", "the ARN of the provider's Network Load Balancer")
		missing(len(in.subnets) > 0, "-subnets", "the consumer's subnets, for the endpoint's network interfaces")
		missing(len(in.groups) > 0, "-security-groups", "who in the consumer's VPC may reach the endpoint")
		missing(in.consumer != "" || in.consumerProfile == "", "-consumer-account", "the account of -consumer-profile, who may connect")
	}
	for _, p := range in.job.complete().problems() {
		in.flags.Problem("%s", p)
	}
	return in.flags.Err()
}

// complete stands in for what is missing, or not known before the first call, so that the rest can be checked.
func (j job) complete() job {
	j.region = cmp.Or(j.region, "us-east-1")
	j.vpc = cmp.Or(j.vpc, "vpc-00000000000000000")
	if len(j.loadBalancers) == 0 {
		j.loadBalancers = []string{"arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/unknown/0000000000000000"}
	}
	if len(j.subnets) == 0 {
		j.subnets = []string{"subnet-00000000000000000"}
	}
	if len(j.groups) == 0 {
		j.groups = []string{"sg-00000000000000000"}
	}
	return j
}

func (j job) problems() []string {
	var all []string
	target := privatelink.DNSName{Name: "unknown.vpce.amazonaws.com", ZoneID: "ZUNKNOWN"}
	for _, err := range []error{
		j.service().Validate(),
		j.endpoint("com.amazonaws.vpce." + j.region + ".vpce-svc-00000000000000000").Validate(),
		j.zone(target).Validate(),
	} {
		all = append(all, privatelink.Problems(err)...)
	}
	slices.Sort(all)
	return slices.Compact(all) // service and endpoint share their name
}
