package fake

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// LoadBalancer is a seeded Network or Gateway Load Balancer, active from the start.
type LoadBalancer struct {
	ARN     string
	account *Account
}

// lbKind is what tells the two kinds of load balancer apart on the wire.
type lbKind struct{ kind, path, iface string }

var (
	lbNetwork = lbKind{"network", "net", "network_load_balancer"}
	lbGateway = lbKind{"gateway", "gwy", "gateway_load_balancer"}
	lbName    = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$`)
)

// NLB makes a Network Load Balancer with a node in each of some subnets, which must be the account's, of one VPC, and in different
// Availability Zones; anything else panics, as does a name that is taken.
func (a *Account) NLB(name string, subnets ...*Subnet) *LoadBalancer {
	return a.loadBalancer(lbNetwork, name, subnets)
}

// GWLB makes a Gateway Load Balancer, under the same rules as NLB.
func (a *Account) GWLB(name string, subnets ...*Subnet) *LoadBalancer {
	return a.loadBalancer(lbGateway, name, subnets)
}

// AddSubnets gives the load balancer nodes in more subnets of its VPC. Endpoint services on it offer the new Availability Zones only
// after their next modify.
func (lb *LoadBalancer) AddSubnets(subnets ...*Subnet) *LoadBalancer {
	return lb.change(func(tx *world.Tx, r *world.LoadBalancer) { addNodes(tx, r, subnets) })
}

// DualStack gives each node an IPv6 address too. A subnet without IPv6 panics.
func (lb *LoadBalancer) DualStack() *LoadBalancer {
	return lb.change(func(tx *world.Tx, r *world.LoadBalancer) {
		r.DualStack, r.Nodes = true, slices.Clone(r.Nodes)
		for i := range r.Nodes {
			n := &r.Nodes[i]
			n.IPv6 = ipv6For(tx, tx.Subnets.At(n.Subnet, tx.Now), n.Interface)
			ni := *tx.Interfaces.At(n.Interface, tx.Now)
			ni.IPv6 = n.IPv6
			tx.Interfaces.Put(tx.Now, &ni)
		}
	})
}

func (a *Account) loadBalancer(k lbKind, name string, subnets []*Subnet) *LoadBalancer {
	if !lbName.MatchString(name) || len(subnets) == 0 {
		panic(fmt.Sprintf("fake: load balancer %q: want a name of 1 to 32 letters, digits and inner hyphens, and a subnet at least", name))
	}
	lb := &LoadBalancer{account: a}
	a.do(func(tx *world.Tx) {
		for other := range world.Live(tx, tx.LoadBalancers.By(world.ByPlace, tx.Place(), 0)) {
			if other.Name == name {
				panic(fmt.Sprintf("fake: account %s has a load balancer %q in %s already", a.ID, name, a.Region))
			}
		}
		r := newLoadBalancer(tx, k, name)
		r.VPC = subnets[0].record(tx).VPC
		addNodes(tx, r, subnets)
		tx.LoadBalancers.Put(beginning, r)
		lb.ARN = r.ID
	})
	return lb
}

func newLoadBalancer(tx *world.Tx, k lbKind, name string) *world.LoadBalancer {
	id := tx.NewHex(16)
	arn := fmt.Sprintf("arn:%s:elasticloadbalancing:%s:%s:loadbalancer/%s/%s/%s",
		world.Partition(tx.Region), tx.Region, tx.Account, k.path, name, id)
	r := &world.LoadBalancer{Meta: seeded(tx, arn), Name: name, Type: k.kind, Phases: world.Phases{{State: "active"}}}
	if k == lbNetwork {
		r.DNSName = name + "-" + id + ".elb." + tx.Region + "." + world.DNSSuffix(tx.Region)
	}
	return r
}

func addNodes(tx *world.Tx, r *world.LoadBalancer, subnets []*Subnet) {
	r.Nodes = slices.Clone(r.Nodes)
	for _, handle := range subnets {
		s := handle.record(tx)
		if s.VPC != r.VPC || s.Owner != r.Owner {
			panic(fmt.Sprintf("fake: load balancer %s: subnet %s is not in VPC %s", r.Name, s.ID, r.VPC))
		}
		if i := slices.IndexFunc(r.Nodes, func(n world.Node) bool { return n.AZ == s.AZ }); i >= 0 {
			panic(fmt.Sprintf("fake: load balancer %s: subnets %s and %s are both in %s", r.Name, r.Nodes[i].Subnet, s.ID, s.AZ))
		}
		r.Nodes = append(r.Nodes, newNode(tx, r, s))
	}
}

func newNode(tx *world.Tx, r *world.LoadBalancer, s *world.Subnet) world.Node {
	k := lbNetwork
	if r.Type == lbGateway.kind {
		k = lbGateway
	}
	ni := &world.NetworkInterface{Meta: seeded(tx, tx.NewID("eni")), VPC: s.VPC, Subnet: s.ID, AZ: s.AZ, AZID: s.AZID, Type: k.iface,
		Description: "ELB " + k.path + "/" + r.Name + "/" + r.ID[len(r.ID)-16:], Requester: "amazon-elb", MAC: tx.NewMAC()}
	addr, ok := tx.TakeIPv4(s, ni.ID)
	if !ok {
		panic(fmt.Sprintf("fake: load balancer %s: subnet %s has no free IPv4 address", r.Name, s.ID))
	}
	ni.IPv4 = addr
	if r.DualStack {
		ni.IPv6 = ipv6For(tx, s, ni.ID)
	}
	tx.Interfaces.Put(beginning, ni)
	return world.Node{Subnet: s.ID, AZ: s.AZ, AZID: s.AZID, Interface: ni.ID, IPv4: ni.IPv4, IPv6: ni.IPv6}
}
