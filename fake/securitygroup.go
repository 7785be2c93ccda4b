package fake

import (
	"fmt"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// SecurityGroup is a seeded security group. It lets everything out; what comes in is what AllowTCP names.
type SecurityGroup struct {
	ID  string
	vpc *VPC
}

// SecurityGroup makes a group that admits nothing yet. A name that the VPC's groups have already panics.
func (v *VPC) SecurityGroup(name string) *SecurityGroup {
	g := &SecurityGroup{vpc: v}
	v.account.do(func(tx *world.Tx) {
		for other := range world.Live(tx, tx.Groups.By(world.ByVPC, v.record(tx).ID, 0)) {
			if other.Name == name {
				panic(fmt.Sprintf("fake: VPC %s has a security group %q already", v.ID, name))
			}
		}
		r := &world.SecurityGroup{Meta: seeded(tx, tx.NewID("sg")), VPC: v.ID, Name: name, Description: name}
		tx.Groups.Put(beginning, r)
		g.ID = r.ID
	})
	return g
}

// AllowTCP admits TCP to a port from a block of addresses, IPv4 or IPv6. A port outside 1–65535 or a block that is none panics.
func (g *SecurityGroup) AllowTCP(port int, fromCIDR string) *SecurityGroup {
	if port < 1 || port > 65535 {
		panic(fmt.Sprintf("fake: port %d: want 1 to 65535", port))
	}
	from := network(fromCIDR)
	return g.change(func(r *world.SecurityGroup) {
		r.Ingress = append(slices.Clone(r.Ingress), world.Rule{Protocol: "tcp", From: port, To: port, CIDR: from})
	})
}

func (g *SecurityGroup) change(f func(*world.SecurityGroup)) *SecurityGroup {
	g.vpc.account.do(func(tx *world.Tx) {
		have := tx.Groups.At(g.ID, tx.Now)
		if have == nil {
			panic("fake: security group " + g.ID + " no longer exists")
		}
		r := *have
		f(&r)
		tx.Groups.Put(tx.Now, &r)
	})
	return g
}
