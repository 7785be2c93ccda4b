package fake

import (
	"fmt"
	"slices"
	"time"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/vpc"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// LoadBalancer is a seeded Network or Gateway Load Balancer, active from the start.
type LoadBalancer struct {
	ARN     string
	account *Account
}

// NLB makes a Network Load Balancer with a node in each of some subnets, which must be the account's, of one VPC, and in different
// Availability Zones; anything else panics, as does a name that is taken.
func (a *Account) NLB(name string, subnets ...*Subnet) *LoadBalancer {
	return a.loadBalancer(world.NetworkBalancer, name, subnets)
}

// GWLB makes a Gateway Load Balancer, under the same rules as NLB.
func (a *Account) GWLB(name string, subnets ...*Subnet) *LoadBalancer {
	return a.loadBalancer(world.GatewayBalancer, name, subnets)
}

// AddSubnets gives the load balancer nodes in more subnets of its VPC. Endpoint services on it offer the new Availability Zones only
// after their next modify.
func (lb *LoadBalancer) AddSubnets(subnets ...*Subnet) *LoadBalancer {
	return lb.change(func(tx *world.Tx, r *world.LoadBalancer) { addNodes(tx, r, subnets) })
}

// DualStack gives each node an IPv6 address too. A subnet without IPv6 panics.
func (lb *LoadBalancer) DualStack() *LoadBalancer {
	return lb.change(func(tx *world.Tx, r *world.LoadBalancer) {
		r.DualStack = true
		if subnet := vpc.Readdress(tx, r); subnet != "" {
			panic(fmt.Sprintf("fake: subnet %s has no IPv6 block", subnet))
		}
	})
}

// CrossZone turns cross-zone load balancing on or off, which is off at first: whether each node passes connections on to the targets in all the
// load balancer's Availability Zones or only to those in its own.
func (lb *LoadBalancer) CrossZone(on bool) *LoadBalancer {
	return lb.change(func(_ *world.Tx, r *world.LoadBalancer) { r.CrossZone = on })
}

// Provisioning makes the load balancer one that is active only after a while.
func (lb *LoadBalancer) Provisioning(d time.Duration) *LoadBalancer {
	return lb.change(func(tx *world.Tx, r *world.LoadBalancer) {
		r.Phases = world.Phases{{State: world.BalancerProvisioning, At: tx.Now}, {State: world.BalancerActive, At: tx.Now.Add(d)}}
	})
}

func (a *Account) loadBalancer(kind, name string, subnets []*Subnet) *LoadBalancer {
	if !vpc.BalancerName.MatchString(name) || len(subnets) == 0 {
		panic(fmt.Sprintf("fake: load balancer %q: want a name of 1 to 32 letters, digits and inner hyphens, and a subnet at least", name))
	}
	lb := &LoadBalancer{account: a}
	a.do(func(tx *world.Tx) {
		for other := range world.Live(tx, tx.LoadBalancers.By(world.ByPlace, tx.Place(), 0)) {
			if other.Name == name {
				panic(fmt.Sprintf("fake: account %s has a load balancer %q in %s already", a.ID, name, a.Region))
			}
		}
		r := vpc.NewBalancer(tx, kind, name, subnets[0].record(tx).VPC)
		r.Seeded, r.Internal = true, true
		addNodes(tx, r, subnets)
		tx.LoadBalancers.Put(beginning, r)
		lb.ARN = r.ID
	})
	return lb
}

func addNodes(tx *world.Tx, r *world.LoadBalancer, subnets []*Subnet) {
	for _, handle := range subnets {
		s := handle.record(tx)
		if s.VPC != r.VPC || s.Owner != r.Owner {
			panic(fmt.Sprintf("fake: load balancer %s: subnet %s is not in VPC %s", r.Name, s.ID, r.VPC))
		}
		if i := slices.IndexFunc(r.Nodes, func(n world.Node) bool { return n.AZ == s.AZ }); i >= 0 {
			panic(fmt.Sprintf("fake: load balancer %s: subnets %s and %s are both in %s", r.Name, r.Nodes[i].Subnet, s.ID, s.AZ))
		}
		ni := vpc.AddNode(tx, r, s, vpc.AnyAddress)
		if ni == nil {
			panic(fmt.Sprintf("fake: load balancer %s: subnet %s has no free address of its type", r.Name, s.ID))
		}
		ni.Seeded = true
		tx.Interfaces.Put(beginning, ni)
	}
}
