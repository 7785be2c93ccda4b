package world

import (
	"slices"
	"time"
)

// The states of an endpoint and its connection as the wire spells them for interface, gateway and Gateway Load Balancer endpoints.
const (
	PendingAcceptance = "pendingAcceptance"
	Pending           = "pending"
	Available         = "available"
	Rejected          = "rejected"
	Failed            = "failed"
	Expired           = "expired"
	Deleting          = "deleting"
	Deleted           = "deleted"
)

// Endpoint is a VPC endpoint of any kind.
type Endpoint struct {
	Meta
	*Target
	Type                       string // as on the wire: Interface, Gateway, GatewayLoadBalancer
	VPC                        string
	Subnets, AZs               []string
	Groups, Tables, Interfaces []string // Interfaces pairs with Subnets and AZs (names) by position
	HiddenZone                 string   // the ID of AWS's zone for the private names
	IPType, RecordIPType       string
	Policy                     string // "" is full access
	Suffix                     string // the random part of its DNS names
	Names                      []DNSName
	Token                      string // the ClientToken it was made with
	Phases                     Phases
	ModifyingUntil             time.Time
	Fault                      *Fault // why it failed
	PrivateDNS                 bool
	InboundOnly                bool // private DNS answers through inbound Resolver endpoints only, not in the VPC
	Carries                    bool // it was available when the change that ends at ModifyingUntil began, and carries traffic meanwhile
}

// Target is the service to which endpoints lead. Many have the same.
type Target struct {
	Service       string // its name
	ServiceID     string // of a customer's service; "" for AWS's
	ServiceRegion string
	DNSPart       string   // the service's part of the endpoint's own DNS names
	PrivateNames  []string // the names that private DNS serves; kept while it is off
	BothKinds     bool     // one of AWS's that has interface and gateway endpoints
}

// NewEndpoint is an empty endpoint with room, in one piece with it, for the parts of one in a single subnet, as most are.
func NewEndpoint(subnets int) *Endpoint {
	r := &struct {
		Endpoint
		phases [2]Phase
		groups [1]string
		tags   [2]Tag
		places [3]string
		names  [2]DNSName
	}{}
	e, places := &r.Endpoint, r.places[:]
	if subnets > 1 {
		places = make([]string, 3*subnets)
	}
	n := len(places) / 3
	e.Subnets, e.AZs, e.Interfaces = places[:0:n], places[n:n:2*n], places[2*n:2*n:3*n]
	e.Phases, e.Groups, e.Names, e.Tags = r.phases[:0], r.groups[:0], r.names[:0], r.tags[:0]
	return e
}

// Fault is the error of an endpoint that failed.
type Fault struct{ Code, Message string }

// GatewayKey is an index key that a gateway endpoint shares with those of its account and Region; others have none.
func GatewayKey(e *Endpoint) string {
	if e.Type == "Gateway" {
		return e.Place()
	}
	return ""
}

// Dying says whether an endpoint is deleting or deleted at a moment.
func (e *Endpoint) Dying(t time.Time) bool {
	s := e.Phases.At(t)
	return s == Deleting || s == Deleted
}

// Service is an endpoint service of a customer.
type Service struct {
	Meta
	Name          string // com.amazonaws.vpce.<region>.<id>
	Type          string // Interface, GatewayLoadBalancer
	Acceptance    bool
	LoadBalancers []string // ARNs
	AZIDs         []string // as of the last create or modify
	IPTypes       []string
	Regions       []RemoteRegion // supported besides its own
	PrivateName   string
	Verification  Verification
	OwnerPays     bool // for the endpoints too
	Token         string
	Phases        Phases // Pending, Available, Deleting
}

// ServiceFailed is the state of a service that AWS could not make.
const ServiceFailed = "Failed"

// Offered says whether consumers may see a service at a moment: it is neither being deleted nor failed.
func (s *Service) Offered(t time.Time) bool { return !s.Dying(t) && s.Phases.At(t) != ServiceFailed }

// Dying says whether a service is being deleted at a moment.
func (s *Service) Dying(t time.Time) bool { return s.Phases.At(t) == "Deleting" }

// RemoteRegion is a Region whose consumers may connect to a service of another: Pending, Available, Deleting, Deleted.
type RemoteRegion struct {
	Name   string
	Phases Phases
}

// ReachableFrom says whether consumers in a Region may connect to the service at a moment.
func (s *Service) ReachableFrom(region string, t time.Time) bool {
	return s.Region == region || slices.ContainsFunc(s.Regions, func(r RemoteRegion) bool {
		return r.Name == region && r.Phases.At(t) == "Available"
	})
}

// Permission allows one principal to see and use a service.
type Permission struct {
	Meta
	Service, Principal, Type string
}

// Connection is what the provider sees of an endpoint. Its state is the endpoint's.
type Connection struct {
	Meta
	Service, Endpoint             string
	EndpointOwner, EndpointRegion string
}

// Notification tells a topic of what happens to the connections of a service, or to one endpoint: one of the two is named.
type Notification struct {
	Meta
	Topic, Service, Endpoint string
	Events                   []string // sorted
	Token                    string
}

// Subject is the ID of what a notification watches.
func (n *Notification) Subject() string { return n.Service + n.Endpoint }

// PrivateName is a name that an endpoint's private DNS serves in a VPC, through a hidden zone that AWS owns.
type PrivateName struct{ Name, ZoneID, Endpoint string }

// PrivateNames are the hidden zones in a VPC now: those of living endpoints with private DNS on, save where it is for inbound Resolver
// endpoints only and it is not such a one that asks.
func (tx *Tx) PrivateNames(vpc string, inbound bool) []PrivateName {
	var out []PrivateName
	for ep := range Live(tx, tx.Endpoints.By(ByVPC, vpc, 0)) {
		if !ep.PrivateDNS || ep.InboundOnly && !inbound || ep.Dying(tx.Now) {
			continue
		}
		for _, name := range ep.PrivateNames {
			out = append(out, PrivateName{Name: name, ZoneID: ep.HiddenZone, Endpoint: ep.ID})
		}
	}
	return out
}

// ServiceOf is the service that stands on a load balancer, dying ones included; nil when there is none.
func (tx *Tx) ServiceOf(lb *LoadBalancer) *Service {
	for svc := range Live(tx, tx.Services.By(ByPlace, lb.Place(), 0)) {
		for _, arn := range svc.LoadBalancers {
			if arn == lb.ID {
				return svc
			}
		}
	}
	return nil
}
