package vpc

import (
	"regexp"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

var (
	lbARN      = regexp.MustCompile(`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/(net|gwy)/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}$`)
	dnsPattern = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// balancers finds the load balancers for a service (its ID, "" for a new one): of one kind, the caller's, in use by no other service.
func balancers(tx *world.Tx, nlbs, gwlbs []string, self string) ([]*world.LoadBalancer, error) {
	if len(nlbs) > 0 && len(gwlbs) > 0 {
		return nil, says.LBMixed.Or(tx.Switches.OtherCodes).Error()
	}
	net, err := balancersOf(tx, unique(nlbs), "net", says.NLBMalformed, says.NLBNotFound)
	if err != nil {
		return nil, err
	}
	gwy, err := balancersOf(tx, unique(gwlbs), "gwy", says.GWLBMalformed, says.GWLBNotFound)
	if err != nil {
		return nil, err
	}
	out := append(net, gwy...)
	if tx.Quotas.Full(len(out)-1, tx.Quotas.ServiceBalancers) {
		return nil, says.ServiceBalancerLimit.Or(tx.Switches.OtherCodes).Error(tx.Quotas.ServiceBalancers)
	}
	for _, lb := range out {
		if state := lb.Phases.At(tx.Now); tx.Switches.ActiveBalancers && state != world.BalancerActive {
			return nil, says.LBInactive.Error(lb.ID, state)
		}
		if svc := tx.ServiceOf(lb); svc != nil && svc.ID != self {
			return nil, says.LBTaken.Error()
		}
	}
	return out, nil
}

func balancersOf(tx *world.Tx, arns []string, kind string, malformed, missing says.Text) ([]*world.LoadBalancer, error) {
	var out []*world.LoadBalancer
	for _, arn := range arns {
		if m := lbARN.FindStringSubmatch(arn); m == nil || m[1] != kind {
			return nil, malformed.Error(arn)
		}
		lb := world.Own(tx, tx.LoadBalancers, arn)
		if lb == nil {
			return nil, missing.Error(arn)
		}
		out = append(out, lb)
	}
	return out, nil
}

func serviceType(lb *world.LoadBalancer) string {
	if lb.Type == "gateway" {
		return "GatewayLoadBalancer"
	}
	return "Interface"
}

// privateName gives a service a private DNS name, which its owner must then prove by a TXT record.
func privateName(tx *world.Tx, svc *world.Service, name string) error {
	switch {
	case name == "":
		return nil
	case svc.Type == "GatewayLoadBalancer":
		return says.PrivateOnGWLB.Error()
	case len(name) > 253 || !dnsPattern.MatchString(name):
		return says.PrivateNameBad.Error(name)
	case name == svc.PrivateName:
		return nil
	}
	svc.PrivateName = name
	svc.Verification = world.Verification{State: world.PendingVerification, Name: "_" + tx.NewLower(20), Value: "vpce:" + tx.NewMixed(20)}
	tx.Watch(svc)
	return nil
}

// baseName is the name under which all endpoints of a service stand; Gateway Load Balancer services have none.
func baseName(svc *world.Service) []string {
	if svc.Type == "GatewayLoadBalancer" {
		return []string{}
	}
	return []string{strings.Join([]string{svc.ID, svc.Region, "vpce", world.DNSSuffix(svc.Region)}, ".")}
}
