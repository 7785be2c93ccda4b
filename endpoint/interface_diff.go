package endpoint

import (
	"regexp"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// interfaceKind is one call of a verb on an InterfaceBuilder.
type interfaceKind struct {
	kind
	want *InterfaceBuilder
}

var _ converge.Kind[Endpoint] = (*interfaceKind)(nil)

var serviceName = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)

func (k *interfaceKind) Problems(part converge.Scope) []string {
	p := k.identity()
	if part == converge.Identity {
		return p
	}
	switch s := k.want.service; {
	case s == "" && part == converge.Planning:
	case s == "":
		p.Add("the service is empty: name the service, such as com.amazonaws.vpce.us-east-1.vpce-svc-…")
	case strings.HasPrefix(s, "vpce-svc-"):
		p.Add("the service %q is a service's ID: its name is meant (ServiceName, com.amazonaws.vpce.<region>.%s)", s, s)
	case !serviceName.MatchString(s):
		p.Add("the service %q is not a service name, such as com.amazonaws.vpce.us-east-1.vpce-svc-…", s)
	}
	p.IDs("subnet", "subnet", k.want.subnets.Members)
	p.IDs("security group", "sg", k.want.groups.Members)
	if k.want.groups.Named && len(k.want.groups.Members) == 0 {
		p.Add("no security group is declared: an interface endpoint has at least one (leave SecurityGroups out for the VPC's default)")
	}
	p.Tags(k.want.tags, 1)
	return p
}

// provided tells whether the service is a provider's, and not AWS's own.
func (k *interfaceKind) provided() bool { return strings.Contains(k.want.service, ".vpce-svc-") }

func (k *interfaceKind) Diff(have *Endpoint) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	var out []converge.Delta
	if k.want.service != "" && have.Service != k.want.service {
		d := delta("service", have.Service, k.want.service)
		d.Replace = true
		out = append(out, d)
	}
	out = append(out, setDelta("subnets", k.want.subnets, have.Subnets)...)
	out = append(out, setDelta("security groups", k.want.groups, have.SecurityGroups)...)
	out = append(out, k.privateDNSDelta(have)...)
	return append(out, k.tagDelta(have)...)
}

func setDelta(field string, want declare.Set, have []string) []converge.Delta {
	if add, remove := want.Against(have); len(add)+len(remove) > 0 {
		return []converge.Delta{delta(field, declare.List(have), declare.List(want.Members))}
	}
	return nil
}

func (k *interfaceKind) privateDNSDelta(have *Endpoint) []converge.Delta {
	if k.want.privateDNS == nil || *k.want.privateDNS == have.PrivateDNS {
		return nil
	}
	d := delta("private DNS", onOff(have.PrivateDNS), onOff(*k.want.privateDNS))
	if k.provided() && !have.State.Is(privatelink.Available) {
		d.Later = waiting(have.State) + ", and private DNS after that"
	}
	return []converge.Delta{d}
}

// declared lists what a new endpoint is made with.
func (k *interfaceKind) declared() []converge.Delta {
	service := k.want.service
	if service == "" {
		service = privatelink.KnownAfterApply
	}
	out := []converge.Delta{delta("service", "", service)}
	if len(k.want.subnets.Members) > 0 {
		out = append(out, delta("subnets", "", declare.List(k.want.subnets.Members)))
	}
	if k.want.groups.Named {
		out = append(out, delta("security groups", "", declare.List(k.want.groups.Members)))
	}
	if k.want.privateDNS != nil {
		out = append(out, delta("private DNS", "", onOff(*k.want.privateDNS)))
	}
	return append(out, k.tagDelta(&Endpoint{})...)
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
