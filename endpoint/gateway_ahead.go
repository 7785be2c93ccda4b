package endpoint

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

// Warnings looks ahead, by reads, where Plan has something to do: what AWS would refuse or strand.
func (k *gatewayKind) Warnings(ctx context.Context, have *Endpoint) ([]string, error) {
	if have != nil && len(k.Diff(have)) == 0 {
		return nil, nil
	}
	return ahead(ctx, k.offerAhead(wish{service: k.want.service}), k.recordsAhead(have), k.tablesAhead(have), k.quotaAhead(have))
}

// recordsAhead: records other than the service's own need the DNS attributes of the VPC.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
func (k *gatewayKind) recordsAhead(have *Endpoint) check {
	return func(ctx context.Context) ([]string, error) {
		t := k.want.recordType
		if t == "" || t == ServiceDefined || have != nil && have.DNSRecordIPType == t {
			return nil, nil
		}
		return k.dnsOff(ctx, recordType)
	}
}

const recordType = "a DNS record IP type other than service-defined"

func (k *gatewayKind) tablesAhead(have *Endpoint) check {
	return func(ctx context.Context) ([]string, error) {
		if have != nil {
			return k.occupied(ctx, have.ID)
		}
		return k.occupied(ctx, "")
	}
}

// occupied names other gateway endpoints of the service that have routes in the declared tables.
func (k *gatewayKind) occupied(ctx context.Context, own string) (out []string, err error) {
	if len(k.want.routeTables.Members) == 0 || k.want.service == "" {
		return nil, nil
	}
	here, err := k.living(ctx)
	for _, e := range here {
		if e.ID == own || e.Kind != KindGateway || !sameService(e.Service, k.want.service) || e.Name == k.name {
			continue
		}
		both := slices.DeleteFunc(slices.Clone(k.want.routeTables.Members), func(id string) bool { return !slices.Contains(e.RouteTables, id) })
		if len(both) > 0 {
			out = append(out, fmt.Sprintf("gateway endpoint %s of the service has routes in %s already, and a table has one: take the tables from either", e.ID, declare.List(both)))
		}
	}
	return out, err
}

// InTheWay names the gateway endpoint that has routes in a declared table already.
func (k *gatewayKind) InTheWay(ctx context.Context, _ error) string {
	found, err := k.occupied(ctx, "")
	if err != nil {
		return ""
	}
	return strings.Join(found, "; ")
}

// Explain looks up why AWS refused, where its own text leaves that open, and says what to do.
func (k *gatewayKind) Explain(ctx context.Context, refusal error) string {
	var found []string
	switch text := refusal.Error(); {
	case strings.Contains(text, "enableDnsSupport"):
		found, _ = k.dnsOff(ctx, recordType)
	case strings.Contains(text, "already has a route"):
		found, _ = k.occupied(ctx, "")
	default:
		found = k.why(ctx, refusal, wish{service: k.want.service})
	}
	return strings.Join(found, "; ")
}
