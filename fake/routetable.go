package fake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// RouteTable is a seeded route table.
type RouteTable struct {
	ID  string
	vpc *VPC
}

// RouteTable makes a route table for some of the VPC's subnets; they leave the table that they had. It has the local route only. A subnet
// of another VPC panics.
func (v *VPC) RouteTable(subnets ...*Subnet) *RouteTable {
	t := &RouteTable{vpc: v}
	v.account.do(func(tx *world.Tx) {
		r := &world.RouteTable{Meta: seeded(tx, tx.NewID("rtb")), VPC: v.ID, Routes: vpc.LocalRoutes(v.record(tx))}
		for _, s := range subnets {
			if s.record(tx).VPC != v.ID {
				panic(fmt.Sprintf("fake: subnet %s is not in VPC %s", s.ID, v.ID))
			}
			vpc.Disassociate(tx, v.ID, s.ID)
			r.Subnets = append(r.Subnets, s.ID)
		}
		tx.RouteTables.Put(beginning, r)
		t.ID = r.ID
	})
	return t
}

// Route adds a route: to a block of addresses or a prefix list, by way of an internet gateway or a Gateway Load Balancer endpoint, both by
// ID. What CreateRoute would refuse panics.
func (t *RouteTable) Route(destination, target string) *RouteTable {
	in := &ec2.CreateRouteInput{RouteTableId: &t.ID, GatewayId: &target}
	if strings.HasPrefix(target, "vpce-") {
		in.GatewayId, in.VpcEndpointId = nil, &target
	}
	switch {
	case strings.HasPrefix(destination, "pl-"):
		in.DestinationPrefixListId = &destination
	case strings.Contains(destination, ":"):
		in.DestinationIpv6CidrBlock = &destination
	default:
		in.DestinationCidrBlock = &destination
	}
	t.vpc.account.do(func(tx *world.Tx) {
		if _, err := vpc.CreateRoute(tx, in); err != nil {
			panic(fmt.Sprintf("fake: route %s to %s: %v", destination, target, err))
		}
		r := *tx.RouteTables.At(t.ID, tx.Now)
		r.Routes = slices.Clone(r.Routes)
		r.Routes[len(r.Routes)-1].Seeded = true
		tx.RouteTables.Put(tx.Now, &r)
	})
	return t
}
