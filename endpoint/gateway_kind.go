package endpoint

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/poll"
)

// gatewayKind is one call of a verb on a GatewayBuilder.
type gatewayKind struct {
	kind
	want *GatewayBuilder
}

var _ converge.Kind[Endpoint] = (*gatewayKind)(nil)

// Pace: a gateway endpoint is available at once, and gone within seconds.
func (k *gatewayKind) Pace() poll.Pace {
	return poll.Pace{First: 2 * time.Second, Then: 3 * time.Second, After: time.Minute, Most: 15 * time.Second}
}

func (k *gatewayKind) Problems(part converge.Scope) []string {
	p := k.identity()
	if part == converge.Identity {
		return p
	}
	switch s := k.want.service; {
	case s == "" && part == converge.Planning:
	case s == "":
		p.Add("the service is empty: name the service, such as com.amazonaws.us-east-1.s3")
	case strings.Contains(s, "vpce-svc-"):
		p.Add("the service %q is a provider's: a gateway endpoint leads to S3, S3 Express or DynamoDB only", s)
	default:
		serviceProblem(&p, s)
	}
	p.IDs("route table", "rtb", k.want.routeTables.Members)
	k.want.options.problems(&p, KindGateway)
	if name, err := ParseServiceName(k.want.service); err == nil && name.Service == "dynamodb" && k.want.recordType != "" && k.want.recordType != ServiceDefined {
		p.Add("the DNS record IP type of a gateway endpoint to DynamoDB is service-defined, and nothing else")
	}
	p.Tags(k.want.tags, 1)
	return p
}

func (k *gatewayKind) Diff(have *Endpoint) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	out := append(k.place(have), fixed("service", k.want.service, have.Service)...)
	out = append(out, setDelta("route tables", k.want.routeTables, have.RouteTables)...)
	out = append(out, k.want.options.deltas(have)...)
	return append(out, k.tagDelta(have)...)
}

// declared lists what a new endpoint is made with.
func (k *gatewayKind) declared() []converge.Delta {
	out := []converge.Delta{serviceDelta(k.want.service)}
	if len(k.want.routeTables.Members) > 0 {
		out = append(out, delta("route tables", "", declare.List(k.want.routeTables.Members)))
	}
	out = append(out, k.want.options.deltas(nil)...)
	return append(out, k.tagDelta(&Endpoint{})...)
}

// Create sends the one request that makes the endpoint, its members in a canonical order.
func (k *gatewayKind) Create(ctx context.Context, token string) (converge.Row[Endpoint], error) {
	in := k.birth(token, types.VpcEndpointTypeGateway, k.want.service)
	in.RouteTableIds = k.want.routeTables.Members
	in.IpAddressType, in.PolicyDocument = types.IpAddressType(k.want.ipType), k.want.created()
	if k.want.recordType != "" {
		in.DnsOptions = &types.DnsOptionsSpecification{DnsRecordIpType: types.DnsRecordIpType(k.want.recordType)}
	}
	return k.create(ctx, in)
}

// Change sends every difference in one modify, and the tags in one more call.
func (k *gatewayKind) Change(ctx context.Context, have *Endpoint) (*Endpoint, error) {
	now := have.clone()
	if err := k.marked(ctx, now); err != nil {
		return nil, err
	}
	in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: aws.String(have.ID)}
	in.AddRouteTableIds, in.RemoveRouteTableIds = k.want.routeTables.Against(have.RouteTables)
	k.want.options.modify(in, have)
	if !changesNothing(in) {
		if _, err := k.api.ModifyVpcEndpoint(ctx, in); err != nil {
			return nil, err
		}
		if k.want.routeTables.Named {
			now.RouteTables = slices.Clone(k.want.routeTables.Members)
		}
		k.want.options.applied(now)
	}
	return now, k.tagged(ctx, now)
}
