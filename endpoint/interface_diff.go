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
	default:
		serviceProblem(&p, s)
	}
	p.IDs("subnet", "subnet", k.want.subnets.Members)
	k.addressProblems(&p)
	k.want.options.problems(&p, KindInterface)
	if r := k.want.serviceRegion; r != "" && !regionForm.MatchString(r) {
		p.Add("the service's Region %q is not a Region, such as us-east-1", r)
	}
	if on := k.want.inboundOnly; on != nil && *on && k.want.privateDNS != nil && !*k.want.privateDNS {
		p.Add("private DNS is declared off, and also as for inbound Resolver endpoints only: take one of the two away")
	}
	p.IDs("security group", "sg", k.want.groups.Members)
	if k.want.groups.Named && len(k.want.groups.Members) == 0 {
		p.Add("no security group is declared: an interface endpoint has at least one (leave SecurityGroups out for the VPC's default)")
	}
	p.Tags(k.want.tags, 1)
	return p
}

// serviceProblem checks the form of a service's name.
func serviceProblem(p *declare.Problems, s string) {
	switch {
	case strings.HasPrefix(s, "vpce-svc-"):
		p.Add("the service %q is a service's ID: its name is meant (ServiceName, com.amazonaws.vpce.<region>.%s)", s, s)
	case !serviceName.MatchString(s):
		p.Add("the service %q is not a service name, such as com.amazonaws.vpce.us-east-1.vpce-svc-…", s)
	}
}

// provided tells whether the service is a provider's, and not AWS's own.
func (k *interfaceKind) provided() bool { return strings.Contains(k.want.service, ".vpce-svc-") }

func (k *interfaceKind) Diff(have *Endpoint) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	out := append(k.place(have), fixed("service", k.want.service, have.Service)...)
	if have.ServiceRegion != "" { // neither AWS nor the client may tell
		out = append(out, fixed("service Region", k.want.serviceRegion, have.ServiceRegion)...)
	}
	out = append(out, setDelta("subnets", k.want.subnets, have.Subnets)...)
	out = append(out, k.addressDeltas(have)...)
	out = append(out, setDelta("security groups", k.want.groups, have.SecurityGroups)...)
	out = append(out, k.want.options.deltas(have)...)
	out = append(out, k.privateDNSDelta(have)...)
	out = append(out, k.inboundDelta(have)...)
	return append(out, k.tagDelta(have)...)
}

// fixed compares a field that AWS cannot change.
func fixed(field, want, have string) []converge.Delta {
	if want == "" || want == have {
		return nil
	}
	d := delta(field, have, want)
	d.Replace = true
	return []converge.Delta{d}
}

func (k *interfaceKind) inboundDelta(have *Endpoint) []converge.Delta {
	if k.want.inboundOnly == nil || *k.want.inboundOnly == have.InboundResolverOnly {
		return nil
	}
	return []converge.Delta{delta("private DNS only for inbound Resolver endpoints", onOff(have.InboundResolverOnly), onOff(*k.want.inboundOnly))}
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
	out := []converge.Delta{serviceDelta(k.want.service)}
	if k.want.serviceRegion != "" {
		out = append(out, delta("service Region", "", k.want.serviceRegion))
	}
	if len(k.want.subnets.Members) > 0 {
		out = append(out, delta("subnets", "", declare.List(k.want.subnets.Members)))
	}
	out = append(out, k.addressDeltas(&Endpoint{})...)
	if k.want.groups.Named {
		out = append(out, delta("security groups", "", declare.List(k.want.groups.Members)))
	}
	out = append(out, k.want.options.deltas(nil)...)
	if k.want.privateDNS != nil {
		out = append(out, delta("private DNS", "", onOff(*k.want.privateDNS)))
	}
	if k.want.inboundOnly != nil {
		out = append(out, delta("private DNS only for inbound Resolver endpoints", "", onOff(*k.want.inboundOnly)))
	}
	return append(out, k.tagDelta(&Endpoint{})...)
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
