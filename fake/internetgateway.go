package fake

import "github.com/seed-326366ec/aws-privatelink/fake/internal/world"

// InternetGateway is the internet gateway of a VPC. Traffic takes it by routes only: RouteTable.Route or CreateRoute with its ID.
type InternetGateway struct {
	ID  string
	vpc *VPC
}

// InternetGateway attaches an internet gateway to the VPC; a VPC that has one keeps it. What uses it needs a route to it, and for IPv4 a
// public address (Host.Public).
func (v *VPC) InternetGateway() *InternetGateway {
	g := &InternetGateway{vpc: v}
	v.account.do(func(tx *world.Tx) {
		r := *v.record(tx)
		if r.Gateway == "" {
			r.Gateway = tx.NewID("igw")
			tx.VPCs.Put(tx.Now, &r)
		}
		g.ID = r.Gateway
	})
	return g
}

// Detach takes the gateway from its VPC. The routes to it become black holes.
func (g *InternetGateway) Detach() {
	g.vpc.change(func(r *world.VPC) {
		if r.Gateway == g.ID {
			r.Gateway = ""
		}
	})
}
