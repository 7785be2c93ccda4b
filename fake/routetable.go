package fake

import (
	"fmt"

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
