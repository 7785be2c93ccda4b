package endpoint

import (
	"context"
	"fmt"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
)

// Warnings looks ahead, by reads, where Plan has something to do: what AWS would refuse or strand. A read that fails is a warning itself: the
// plan does not depend on it.
func (k *interfaceKind) Warnings(ctx context.Context, have *Endpoint) ([]string, error) {
	if have != nil && len(k.Diff(have)) == 0 {
		return nil, nil
	}
	var out []string
	for _, check := range []func(context.Context, *Endpoint) ([]string, error){k.zonesAhead, k.dnsAhead, k.placeAhead} {
		found, err := check(ctx, have)
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

// zonesAhead compares the zones of the subnets with one another and with the service's.
func (k *interfaceKind) zonesAhead(ctx context.Context, _ *Endpoint) ([]string, error) {
	subnets := k.want.subnets.Members
	zones := map[string]string{}
	if len(subnets) > 0 {
		var err error
		if zones, err = zonesOf(ctx, k.api, subnets); err != nil {
			return nil, err
		}
	}
	out := shared(subnets, zones)
	if k.want.service == "" {
		return out, nil
	}
	o, err := k.offerOf(ctx, k.want.service, k.want.serviceRegion)
	if err != nil {
		return out, err
	}
	if !o.found {
		return append(out, fmt.Sprintf("the service %s does not exist, or this account is not allowed to see it", k.want.service)), nil
	}
	return append(out, o.outside(subnets, zones)...), nil
}

// turnsPrivateDNSOn tells whether private DNS is off and will be on: named, or by AWS's default for its own services.
func (k *interfaceKind) turnsPrivateDNSOn(have *Endpoint) bool {
	if k.want.privateDNS != nil {
		return *k.want.privateDNS && (have == nil || !have.PrivateDNS)
	}
	return have == nil && k.want.service != "" && !k.provided()
}

func (k *interfaceKind) dnsAhead(ctx context.Context, have *Endpoint) ([]string, error) {
	if !k.turnsPrivateDNSOn(have) {
		return nil, nil
	}
	return k.dnsOff(ctx)
}

// placeAhead looks at the other endpoints of the VPC.
func (k *interfaceKind) placeAhead(ctx context.Context, have *Endpoint) ([]string, error) {
	s, err := k.survey(ctx)
	if err != nil {
		return nil, err
	}
	own := ""
	if have != nil {
		own = have.ID
	}
	var out []string
	if k.turnsPrivateDNSOn(have) {
		out = append(out, s.taken(k.want.service, own)...)
	}
	if on := k.want.inboundOnly; on != nil && *on && (have == nil || !have.inboundOnly) {
		out = append(out, s.gateless(k.want.service)...)
	}
	if have == nil {
		out = append(out, s.full()...)
	}
	return out, nil
}

func (k *interfaceKind) survey(ctx context.Context) (s survey, err error) {
	s.k = &k.kind
	if k.want.service != "" {
		if s.offer, err = k.offerOf(ctx, k.want.service, k.want.serviceRegion); err != nil {
			return s, err
		}
	}
	s.here, err = k.living(ctx)
	return s, err
}

// InTheWay names the endpoint that has the private DNS name already.
func (k *interfaceKind) InTheWay(ctx context.Context, refusal error) string {
	s, err := k.survey(ctx)
	if err != nil {
		return ""
	}
	return strings.Join(s.taken(k.want.service, ""), "; ")
}

// Explain looks up why AWS refused, where its own text leaves that open, and says what to do.
func (k *interfaceKind) Explain(ctx context.Context, refusal error) string {
	var found []string
	switch text := refusal.Error(); {
	case awserr.Code(refusal) == "DuplicateSubnetsInSameZone", strings.Contains(text, "does not support the availability zone"):
		found, _ = k.zonesAhead(ctx, nil)
	case strings.Contains(text, "enableDnsSupport"):
		found, _ = k.dnsOff(ctx)
	case strings.Contains(text, "conflicting DNS domain"):
		if s, err := k.survey(ctx); err == nil {
			found = s.taken(k.want.service, "")
		}
		if len(found) == 0 {
			found = []string{fmt.Sprintf("a hosted zone of that domain is associated with %s: route53:ListHostedZonesByVPC lists it", k.vpc)}
		}
	case strings.Contains(text, "must have a Gateway endpoint"), awserr.Code(refusal) == "VpcEndpointLimitExceeded":
		if s, err := k.survey(ctx); err == nil && awserr.Code(refusal) == "VpcEndpointLimitExceeded" {
			found = s.full()
		} else if err == nil {
			found = s.gateless(k.want.service)
		}
	}
	return strings.Join(found, "; ")
}
