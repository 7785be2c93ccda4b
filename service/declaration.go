package service

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// The service types, as AWS spells them.
const (
	network = "Interface"
	gateway = "GatewayLoadBalancer"
)

// IPType is an IP address type that a service supports. A dual-stack endpoint needs both.
type IPType string

// The types.
const (
	IPv4 IPType = "ipv4"
	IPv6 IPType = "ipv6"
)

// Payer is who pays for the endpoints of a service.
type Payer string

// ServiceOwner is the one payer that can be asked for; by default it is the owner of each endpoint.
const ServiceOwner Payer = "ServiceOwner"

// declaration is what both kinds of services declare.
type declaration struct {
	kind          string // the service type, as AWS spells it
	noun          string // as errors and plans name the kind
	name          string
	loadBalancers declare.Set
	acceptance    *bool
	allowed       []privatelink.Principal
	allows        bool    // Allow was called
	privateName   *string // as AWS writes it; "" is none
	payer         Payer
	ipTypes       declare.Set
	regions       declare.Set
	topics        map[string][]Event // by topic ARN; nil: not managed
	tags          privatelink.Tags
	adopted       string // the ID of a service to take over
	reader        LoadBalancerReader
}

func (d declaration) clone() declaration {
	for _, set := range []*declare.Set{&d.loadBalancers, &d.ipTypes, &d.regions} {
		*set = set.Clone()
	}
	d.allowed, d.tags, d.topics = slices.Clone(d.allowed), maps.Clone(d.tags), maps.Clone(d.topics)
	d.acceptance, d.privateName = copyOf(d.acceptance), copyOf(d.privateName)
	return d
}

func copyOf[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// as gives the declaration under another name, without what means one resource.
func (d declaration) as(name string) declaration {
	d = d.clone()
	d.name, d.adopted = name, ""
	return d
}

func (d *declaration) allow(principals []privatelink.Principal) {
	d.allowed, d.allows = slices.Clone(principals), true
}

func (d *declaration) support(all []IPType) {
	d.ipTypes = declare.SetOf(texts(all))
}

// tag sets one declared tag, in a map of its own.
func (d *declaration) tag(key, value string) {
	d.tags = maps.Clone(d.tags)
	if d.tags == nil {
		d.tags = privatelink.Tags{}
	}
	d.tags[key] = value
}

// bind gives the declaration, copied, to one call of a verb.
func (d declaration) bind(api API) *kind { return &kind{declaration: d.clone(), api: api} }

// looking is a call that only looks the service up. Load balancers tell nothing of whether it is there.
func (d declaration) looking(api API) *kind {
	k := d.bind(api)
	k.reader = nil
	return k
}

// ending is a call that takes the service down.
func (d declaration) ending(api API) *kind {
	k := d.bind(api)
	k.teardown = true
	return k
}

// home is the partition and the Region of the declared load balancers; Find needs none to be declared.
func (d declaration) home() (partition, region string) {
	if len(d.loadBalancers.Members) > 0 {
		if part := strings.SplitN(d.loadBalancers.Members[0], ":", 5); len(part) == 5 {
			return part[1], part[3]
		}
	}
	return "aws", ""
}

// remote are the declared Regions but for the service's own, which is always supported.
func (d declaration) remote() declare.Set {
	s := d.regions.Clone()
	_, own := d.home()
	s.Members = slices.DeleteFunc(s.Members, func(region string) bool { return region == own })
	return s
}

// principals are the declared principals as AWS writes them, in a canonical order. Accounts are in the partition of the load balancers.
func (d declaration) principals() declare.Set {
	var arns []string
	partition, _ := d.home()
	for _, p := range d.allowed {
		if arn := p.ARN(partition); !slices.Contains(arns, arn) {
			arns = append(arns, arn)
		}
	}
	s := declare.SetOf(arns)
	s.Named = d.allows
	return s
}
