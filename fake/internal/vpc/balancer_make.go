package vpc

import (
	"fmt"
	"slices"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// balancerPaths are the part of the ARN and the type of the network interfaces of each type of load balancer.
var balancerPaths = map[string][2]string{
	world.NetworkBalancer: {"net", "network_load_balancer"},
	world.GatewayBalancer: {"gwy", "gateway_load_balancer"},
}

// NewBalancer is the record of a load balancer that has no nodes yet. Nothing is written.
func NewBalancer(tx *world.Tx, kind, name, vpc string) *world.LoadBalancer {
	id := tx.NewHex(16)
	arn := fmt.Sprintf("arn:%s:elasticloadbalancing:%s:%s:loadbalancer/%s/%s/%s",
		world.Partition(tx.Region), tx.Region, tx.Account, balancerPaths[kind][0], name, id)
	lb := &world.LoadBalancer{Meta: tx.Meta(arn, nil), Name: name, Type: kind, VPC: vpc, Phases: world.Phases{{State: world.BalancerActive}}}
	if kind == world.NetworkBalancer {
		lb.DNSName = name + "-" + id + ".elb." + tx.Region + "." + world.DNSSuffix(tx.Region)
	}
	return lb
}

// AnyAddress wants no address in particular.
var AnyAddress fixed

// AddNode gives a load balancer's record a node in a subnet, and gives the node's network interface, which the caller writes. It is nil
// where the subnet has no free address.
func AddNode(tx *world.Tx, lb *world.LoadBalancer, s *world.Subnet, want fixed) *world.NetworkInterface {
	path := balancerPaths[lb.Type]
	ni := &world.NetworkInterface{Meta: tx.Meta(tx.NewID("eni"), nil), VPC: s.VPC, Subnet: s.ID, AZ: s.AZ, AZID: s.AZID, Type: path[1],
		Description: "ELB " + path[0] + "/" + lb.Name + "/" + lb.ID[len(lb.ID)-16:], Requester: "amazon-elb", MAC: tx.NewMAC(), IPv4: want.v4, IPv6: want.v6}
	if address(tx, ni, s, familyOf(lb)) != nil {
		return nil
	}
	ni.DenyAllIGW = denies(lb, ni)
	lb.Nodes = append(slices.Clip(lb.Nodes), world.Node{Subnet: s.ID, AZ: s.AZ, AZID: s.AZID, Interface: ni.ID, IPv4: ni.IPv4, IPv6: ni.IPv6})
	return ni
}

// denies says whether a node's network interface denies all traffic of internet gateways, which concerns IPv6: that of an internal load
// balancer does. It is the default of AWS's attribute ipv6.deny_all_igw_traffic.
func denies(lb *world.LoadBalancer, ni *world.NetworkInterface) bool {
	return lb.Internal && ni.IPv6.IsValid()
}

// familyOf is the address type of a load balancer.
func familyOf(lb *world.LoadBalancer) string {
	if lb.DualStack {
		return "dualstack"
	}
	return "ipv4"
}
