package world

import (
	"strings"
	"sync"
	"time"
)

// World is everything that AWS knows. One mutex guards it; each operation runs wholly under it, through Do.
type World struct {
	VPCs          *Table[VPC]
	Subnets       *Table[Subnet]
	Groups        *Table[SecurityGroup]
	RouteTables   *Table[RouteTable]
	Interfaces    *Table[NetworkInterface]
	LoadBalancers *Table[LoadBalancer]
	Endpoints     *Table[Endpoint]
	Services      *Table[Service]
	Permissions   *Table[Permission]
	Connections   *Table[Connection]
	Notifications *Table[Notification]
	DNS           DNS

	// Texts are what the public DNS has as TXT records for a name. The DNS's own package gives it.
	Texts func(tx *Tx, name string) []string

	// Listening says whether something accepts connections at a place: a load balancer's target, a network interface's ID or a public address.
	Listening func(place string, port int) bool

	mu       sync.Mutex
	clock    clock
	tx       Tx // of the operation at work: there is one at a time
	ids      ids
	pieces   pieces
	lags     ids
	draws    ids
	requests ids
	tokens   tokenBook
	pools    map[string]*pool // by subnet
	turns    map[string]int
	stores   []store // all tables
	past     past

	nextProof time.Time // when a private DNS name is next looked up
}

// The indexes of the tables. Each table has ByPlace (account and Region) first; the others are named after table and key.
const (
	ByPlace = iota
	ByVPC   // VPCs, route tables and load balancers excepted: subnets, groups, endpoints, network interfaces, route tables
	BySubnet
)

// ByService is the second index of permissions and connections; connections have ByConsumer (the endpoint's ID) as the third.
const (
	ByService  = 1
	ByConsumer = 2
	ByDNSName  = 1 // load balancers by DNS name
	ByName     = 1 // services by service name
	ByGateway  = 2 // endpoints by GatewayKey
	BySubject  = 1 // notifications by the service or endpoint that they watch
)

// New makes an empty world whose identifiers come from a seed.
func New(seed uint64) *World {
	w := &World{ids: newIDs(seed, 1), lags: newIDs(seed, 2), requests: newIDs(seed, 3), draws: newIDs(seed, 4),
		tokens: tokenBook{}, pools: map[string]*pool{}, turns: map[string]int{}, DNS: newDNS()}
	w.network()
	w.privateLink()
	w.stores = append([]store{w.VPCs, w.Subnets, w.Groups, w.RouteTables, w.Interfaces, w.LoadBalancers,
		w.Endpoints, w.Services, w.Permissions, w.Connections, w.Notifications}, w.DNS.stores()...)
	for _, t := range w.stores {
		t.belong(&w.past)
	}
	return w
}

// sweep lets the tables forget what ended before the horizon.
func (w *World) sweep(horizon time.Time) {
	w.past.horizon = horizon
	if w.past.dying == 0 {
		return
	}
	for _, t := range w.stores {
		t.sweep()
	}
}

func (w *World) network() {
	w.VPCs = NewTable(func(r *VPC) *Meta { return &r.Meta }, func(r *VPC) string { return r.Place() })
	w.Subnets = NewTable(func(r *Subnet) *Meta { return &r.Meta },
		func(r *Subnet) string { return r.Place() }, func(r *Subnet) string { return r.VPC })
	w.Groups = NewTable(func(r *SecurityGroup) *Meta { return &r.Meta },
		func(r *SecurityGroup) string { return r.Place() }, func(r *SecurityGroup) string { return r.VPC })
	w.RouteTables = NewTable(func(r *RouteTable) *Meta { return &r.Meta },
		func(r *RouteTable) string { return r.Place() }, func(r *RouteTable) string { return r.VPC })
	w.Interfaces = NewTable(func(r *NetworkInterface) *Meta { return &r.Meta },
		func(r *NetworkInterface) string { return r.Place() }, func(r *NetworkInterface) string { return r.VPC },
		func(r *NetworkInterface) string { return r.Subnet })
	w.Interfaces.onLost = w.release
	w.LoadBalancers = NewTable(func(r *LoadBalancer) *Meta { return &r.Meta },
		func(r *LoadBalancer) string { return r.Place() }, func(r *LoadBalancer) string { return strings.ToLower(r.DNSName) })
}

func (w *World) privateLink() {
	w.Endpoints = NewTable(func(r *Endpoint) *Meta { return &r.Meta },
		func(r *Endpoint) string { return r.Place() }, func(r *Endpoint) string { return r.VPC },
		func(r *Endpoint) string { return GatewayKey(r) })
	w.Services = NewTable(func(r *Service) *Meta { return &r.Meta },
		func(r *Service) string { return r.Place() }, func(r *Service) string { return r.Name })
	w.Permissions = NewTable(func(r *Permission) *Meta { return &r.Meta },
		func(r *Permission) string { return r.Place() }, func(r *Permission) string { return r.Service })
	w.Connections = NewTable(func(r *Connection) *Meta { return &r.Meta },
		func(r *Connection) string { return r.Place() }, func(r *Connection) string { return r.Service },
		func(r *Connection) string { return r.Endpoint })
	w.Notifications = NewTable(func(r *Notification) *Meta { return &r.Meta },
		func(r *Notification) string { return r.Place() }, func(r *Notification) string { return r.Subject() })
}
