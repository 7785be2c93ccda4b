package service

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func (k *kind) Diff(have *Service) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	var out []converge.Delta
	if have.Type != k.kind { // of one that is to be adopted
		out = append(out, converge.Delta{Change: privatelink.Change{Field: "kind", From: have.Type, To: k.kind, Replace: true}})
	}
	out = append(out, k.balancersDelta(have)...)
	if k.acceptance != nil && *k.acceptance != have.AcceptanceRequired {
		out = append(out, delta("acceptance", required(have.AcceptanceRequired), required(*k.acceptance)))
	}
	if k.privateName != nil && *k.privateName != have.PrivateDNSName {
		out = append(out, delta("private DNS name", have.PrivateDNSName, *k.privateName))
	}
	out = append(out, set("IP address types", k.ipTypes, texts(have.IPAddressTypes))...)
	out = append(out, set("Regions", k.remote(), have.remote())...)
	out = append(out, k.zonesDelta(have)...)
	out = append(out, k.principalsDelta(have)...)
	if k.payer != "" && k.payer != have.PayerResponsibility {
		out = append(out, delta("payer responsibility", string(have.PayerResponsibility), string(k.payer)))
	}
	out = append(out, k.topicDeltas(have.Notifications)...)
	if missing := tagging.Missing(k.name, k.tags, have.Tags); len(missing) > 0 {
		out = append(out, delta("tags", tagging.Show(tagging.Pick(have.Tags, missing)), tagging.Show(missing)))
	}
	return out
}

// balancersDelta compares the load balancers. AWS takes those that are active.
func (k *kind) balancersDelta(have *Service) []converge.Delta {
	out := set("load balancers", k.loadBalancers, have.LoadBalancers)
	if why := unready(have.balancers); why != "" && len(out) > 0 {
		out[0].Later = why + " to be active"
	}
	return out
}

// set compares an exact set.
func set(field string, want declare.Set, have []string) []converge.Delta {
	if add, remove := want.Against(have); len(add)+len(remove) == 0 {
		return nil
	}
	return []converge.Delta{delta(field, declare.List(have), declare.List(want.Members))}
}

func (k *kind) principalsDelta(have *Service) []converge.Delta {
	if !have.unknown {
		return set("allowed principals", k.principals(), have.AllowedPrincipals)
	}
	d := delta("allowed principals", "", declare.List(k.principals().Members))
	d.Later = "AWS to list who may connect"
	return []converge.Delta{d}
}

// declared lists what a new service is made with.
func (k *kind) declared() []converge.Delta {
	out := []converge.Delta{delta("load balancers", "", declare.List(k.loadBalancers.Members))}
	if k.acceptance != nil {
		out = append(out, delta("acceptance", "", required(*k.acceptance)))
	}
	for _, f := range []struct{ field, to string }{
		{"private DNS name", aws.ToString(k.privateName)}, {"IP address types", declare.List(k.ipTypes.Members)}, {"Regions", declare.List(k.remote().Members)},
		{"allowed principals", declare.List(k.principals().Members)}, {"payer responsibility", string(k.payer)},
	} {
		if f.to != "" {
			out = append(out, delta(f.field, "", f.to))
		}
	}
	out = append(out, k.topicDeltas(nil)...)
	return append(out, delta("tags", "", tagging.Show(tagging.Missing(k.name, k.tags, nil))))
}

func delta(field, from, to string) converge.Delta {
	return converge.Delta{Change: privatelink.Change{Field: field, From: from, To: to}}
}

func required(yes bool) string {
	if yes {
		return "required"
	}
	return "automatic"
}

// remote are the supported Regions but for the service's own.
func (s *Service) remote() []string {
	return slices.DeleteFunc(slices.Clone(s.Regions), func(region string) bool { return region == s.Region })
}
