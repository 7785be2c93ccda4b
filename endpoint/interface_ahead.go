package endpoint

import (
	"context"
	"fmt"
	"strings"
)

func (k *interfaceKind) wish() wish {
	return wish{k.want.service, k.want.serviceRegion, k.want.subnets.Members}
}

// Warnings looks ahead, by reads, where Plan has something to do: what AWS would refuse or strand.
func (k *interfaceKind) Warnings(ctx context.Context, have *Endpoint) ([]string, error) {
	if have != nil && len(k.Diff(have)) == 0 {
		return nil, nil
	}
	return ahead(ctx, k.offerAhead(k.wish()), k.dnsAhead(have), k.nameAhead(have), k.quotaAhead(have))
}

// turnsPrivateDNSOn tells whether private DNS is off and will be on: named, or by AWS's default for its own services.
func (k *interfaceKind) turnsPrivateDNSOn(have *Endpoint) bool {
	if k.want.privateDNS != nil {
		return *k.want.privateDNS && (have == nil || !have.PrivateDNS)
	}
	return have == nil && k.want.service != "" && !k.provided()
}

func (k *interfaceKind) dnsAhead(have *Endpoint) check {
	return func(ctx context.Context) ([]string, error) {
		if !k.turnsPrivateDNSOn(have) {
			return nil, nil
		}
		return k.dnsOff(ctx, privateDNS)
	}
}

const privateDNS = "private DNS"

// nameAhead looks whether private DNS can have the service's name, and the gateway endpoint that it may need.
func (k *interfaceKind) nameAhead(have *Endpoint) check {
	return func(ctx context.Context) ([]string, error) {
		on := k.want.inboundOnly
		turns, inbound := k.turnsPrivateDNSOn(have), on != nil && *on && (have == nil || !have.InboundResolverOnly)
		if !turns && !inbound {
			return nil, nil
		}
		s, err := k.survey(ctx, k.wish())
		if err != nil {
			return nil, err
		}
		var out []string
		if turns && have != nil {
			out = s.taken(k.want.service, have.ID)
		} else if turns {
			out = s.taken(k.want.service, "")
		}
		if inbound {
			out = append(out, s.gateless(k.want.service)...)
		}
		return out, nil
	}
}

// InTheWay names the endpoint that has the private DNS name already.
func (k *interfaceKind) InTheWay(ctx context.Context, refusal error) string {
	s, err := k.survey(ctx, k.wish())
	if err != nil {
		return ""
	}
	return strings.Join(s.taken(k.want.service, ""), "; ")
}

// Explain looks up why AWS refused, where its own text leaves that open, and says what to do.
func (k *interfaceKind) Explain(ctx context.Context, refusal error) string {
	var found []string
	switch text := refusal.Error(); {
	case strings.Contains(text, "enableDnsSupport"):
		found, _ = k.dnsOff(ctx, privateDNS)
	case strings.Contains(text, "conflicting DNS domain"):
		if s, err := k.survey(ctx, k.wish()); err == nil {
			found = s.taken(k.want.service, "")
		}
		if len(found) == 0 {
			found = []string{fmt.Sprintf("a hosted zone of that domain is associated with %s: route53:ListHostedZonesByVPC lists it", k.vpc)}
		}
	case strings.Contains(text, "must have a Gateway endpoint"):
		if s, err := k.survey(ctx, k.wish()); err == nil {
			found = s.gateless(k.want.service)
		}
	default:
		found = k.why(ctx, refusal, k.wish())
	}
	return strings.Join(found, "; ")
}
