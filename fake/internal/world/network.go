package world

import (
	"net/netip"
	"time"
)

// VPC is a virtual private cloud.
type VPC struct {
	Meta
	CIDR, CIDR6              netip.Prefix // CIDR6 is invalid where there is none
	DNSSupport, DNSHostnames bool
	DefaultGroup, MainTable  string
	Gateway                  string // the internet gateway that is attached; "" for none
}

// Subnet is a subnet, in one Availability Zone. Either CIDR may be invalid: not both.
type Subnet struct {
	Meta
	VPC, AZ, AZID string
	CIDR, CIDR6   netip.Prefix
}

// SecurityGroup admits what its ingress rules name; everything may leave.
type SecurityGroup struct {
	Meta
	VPC, Name, Description string
	Ingress                []Rule
}

// Rule admits traffic to a range of ports from a CIDR or from the members of a group. Protocol "-1" is all traffic.
type Rule struct {
	Protocol string
	From, To int
	CIDR     netip.Prefix
	Group    string
}

// RouteTable holds routes and the subnets that use them. The VPC's main one serves the subnets that no other names.
type RouteTable struct {
	Meta
	VPC     string
	Token   string // the ClientToken it was made with
	Main    bool
	Subnets []string
	Routes  []Route
}

// Route sends a destination, a CIDR or a prefix list's ID, to a target's ID ("local" inside the VPC).
type Route struct {
	Destination, Target, Origin string
	Seeded                      bool // made by a test's handle, not through the API
}

// NetworkInterface is an address of somebody in a subnet.
type NetworkInterface struct {
	Meta
	VPC, Subnet, AZ, AZID string
	Type                  string // as on the wire: interface, vpc_endpoint, network_load_balancer
	Description           string // of one that belongs to no endpoint
	Requester             string // the account that manages it for its owner; "" where the owner does
	Endpoint              string // the VPC endpoint it belongs to; "" otherwise
	Groups                []string
	IPv4, IPv6            netip.Addr
	Public                netip.Addr // the public IPv4 address; invalid where there is none
	MAC                   MAC
	DenyAllIGW            bool
}

// About is the description of a network interface, by which AWS says whose it is.
func (n *NetworkInterface) About() string {
	if n.Endpoint != "" {
		return "VPC Endpoint Interface " + n.Endpoint
	}
	return n.Description
}

// Address is the interface's own address of a family.
func (n *NetworkInterface) Address(v4 bool) netip.Addr {
	if v4 {
		return n.IPv4
	}
	return n.IPv6
}

// The types of load balancers and their states, as on the wire.
const (
	NetworkBalancer      = "network"
	GatewayBalancer      = "gateway"
	BalancerProvisioning = "provisioning"
	BalancerActive       = "active"
)

// LoadBalancer is a Network or Gateway Load Balancer; Meta.ID is its ARN.
type LoadBalancer struct {
	Meta
	Name, Type   string
	VPC, DNSName string
	Internal     bool // its name has no public addresses
	DualStack    bool
	CrossZone    bool // its nodes pass connections on to targets in all its zones
	Nodes        []Node
	Listeners    []Listener
	Phases       Phases
	HeldUntil    time.Time // it counts as in use until then, though its service is gone
}

// TargetIn is the place in World.Listening of a load balancer's target in one zone; one that serves all zones is at the load balancer's ID.
func (lb *LoadBalancer) TargetIn(azID string) string { return lb.ID + "@" + azID }

// Node is a load balancer in one Availability Zone.
type Node struct {
	Subnet, AZ, AZID, Interface string
	IPv4, IPv6                  netip.Addr
}

// Listener is a port on which a load balancer accepts; what stands behind it is the traffic's business.
type Listener struct {
	Port     int
	Protocol string
}
