package endpoint

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// route is a destination in a route table.
type route struct{ table, destination string }

func (r route) String() string { return r.destination + " in " + r.table }

// compare orders routes, so that the same work is the same requests in the same order.
func (r route) compare(other route) int {
	return cmp.Or(cmp.Compare(r.table, other.table), cmp.Compare(r.destination, other.destination))
}

// target is what a route leads to.
type target struct {
	id        string
	blackhole bool // it is gone
	local     bool // the route is one of the VPC's own blocks, which came with the table: it can be turned and given back, not removed
}

// dangles tells whether a declared route to it may be turned or removed unasked: it leads to a VPC endpoint that is gone.
func (t target) dangles() bool { return t.blackhole && strings.HasPrefix(t.id, "vpce-") }

// canonicalCIDR is the block as AWS writes it; what is no block stays as it is, for validation to name.
func canonicalCIDR(s string) string {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return s
	}
	return p.Masked().String()
}

// routesOf reads what the routes of a VPC lead to, all tables in one call and its pages.
func routesOf(ctx context.Context, api API, vpc string) (map[route]target, error) {
	all := map[route]target{}
	in := &ec2.DescribeRouteTablesInput{Filters: []types.Filter{filter("vpc-id", vpc)}}
	for pages := ec2.NewDescribeRouteTablesPaginator(api, in); pages.HasMorePages(); {
		out, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, table := range out.RouteTables {
			for _, r := range table.Routes {
				destination := aws.ToString(r.DestinationCidrBlock) + aws.ToString(r.DestinationIpv6CidrBlock)
				if destination == "" || r.Origin == types.RouteOriginEnableVgwRoutePropagation {
					continue // to a prefix list, which are AWS's own; or propagated, beside which a route of ours may stand
				}
				all[route{aws.ToString(table.RouteTableId), canonicalCIDR(destination)}] = target{
					leadsTo(r), r.State == types.RouteStateBlackhole, r.Origin == types.RouteOriginCreateRouteTable}
			}
		}
	}
	return all, nil
}

// leadsTo gives the ID of a route's target. A VPC endpoint reads back as a gateway.
func leadsTo(r types.Route) string {
	for _, id := range []*string{r.GatewayId, r.NatGatewayId, r.TransitGatewayId, r.VpcPeeringConnectionId, r.NetworkInterfaceId, r.InstanceId,
		r.EgressOnlyInternetGatewayId, r.LocalGatewayId, r.CarrierGatewayId, r.CoreNetworkArn} {
		if aws.ToString(id) != "" {
			return *id
		}
	}
	return "something else"
}

// lead makes a route, or (there already) turns it.
func lead(ctx context.Context, api API, r route, to string, there bool) error {
	v4, v6 := blocks(r.destination)
	var err error
	if there {
		_, err = api.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: aws.String(r.table), DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6, VpcEndpointId: aws.String(to)})
	} else {
		_, err = api.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: aws.String(r.table), DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6, VpcEndpointId: aws.String(to)})
	}
	return about(r, err)
}

// localTarget is what a local route leads to by itself.
const localTarget = "local"

// unlead removes a route, or gives a local one back; one that is gone already is no error.
func unlead(ctx context.Context, api API, r route, t target) (err error) {
	v4, v6 := blocks(r.destination)
	if t.local {
		_, err = api.ReplaceRoute(ctx, &ec2.ReplaceRouteInput{RouteTableId: aws.String(r.table), DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6, LocalTarget: aws.Bool(true)})
	} else {
		_, err = api.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: aws.String(r.table), DestinationCidrBlock: v4, DestinationIpv6CidrBlock: v6})
	}
	if awserr.Of(err).Means == awserr.Missing {
		return nil
	}
	return about(r, err)
}

func about(r route, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("route %s: %w", r, err)
}

func blocks(destination string) (v4, v6 *string) {
	if strings.Contains(destination, ":") {
		return nil, aws.String(destination)
	}
	return aws.String(destination), nil
}

// elsewhere is the conflict of a declared route that leads to something else.
func elsewhere(r route, t target) error {
	return awserr.Mark(fmt.Errorf("route %s leads to %s; ReplaceRoutes(true) turns it", r, t.id), privatelink.ErrConflict, awserr.Final)
}
