package service

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/internal/tagging"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// loadBalancerARN is the form of a load balancer's ARN; wrongType is what stands in those of the other type. Whether the load balancer can
// serve is AWS's to say.
var (
	loadBalancerARN = regexp.MustCompile(`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/[a-z]+/[A-Za-z0-9-]+/[0-9a-zA-Z]+$`)
	wrongType       = map[string]string{"Interface": ":loadbalancer/gwy/", gateway: ":loadbalancer/net/"}
)

func (k *kind) Problems(part converge.Scope) []string {
	var p declare.Problems
	p.Name(k.name)
	if part == converge.Identity {
		return p
	}
	if len(k.loadBalancers.Members) == 0 {
		p.Add("no load balancer is declared: an endpoint service stands behind at least one")
	}
	seen := map[string]bool{}
	for _, arn := range k.loadBalancers.Members {
		if !loadBalancerARN.MatchString(arn) || strings.Contains(arn, wrongType[k.kind]) {
			p.Add("load balancer %q is not the ARN of a load balancer of the right type, such as arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/…", arn)
		}
		if seen[arn] {
			p.Add("load balancer %q is named twice", arn)
		}
		seen[arn] = true
	}
	for _, who := range k.allowed {
		if problem := who.Problem(); problem != "" {
			p.Add("%s", problem)
		}
	}
	p.Tags(k.tags, 1)
	return p
}

// principals are the declared principals as AWS writes them, in a canonical order.
func (k *kind) principals() declare.Set {
	partition := "aws"
	for _, arn := range k.loadBalancers.Members {
		partition = strings.SplitN(arn+"::", ":", 3)[1]
	}
	var arns []string
	for _, p := range k.allowed {
		if arn := p.ARN(partition); !slices.Contains(arns, arn) {
			arns = append(arns, arn)
		}
	}
	s := declare.SetOf(arns)
	s.Named = k.allows
	return s
}

func (k *kind) Diff(have *Service) []converge.Delta {
	if have == nil {
		return k.declared()
	}
	var out []converge.Delta
	if add, remove := k.loadBalancers.Against(have.LoadBalancers); len(add)+len(remove) > 0 {
		out = append(out, delta("load balancers", declare.List(have.LoadBalancers), declare.List(k.loadBalancers.Members)))
	}
	if k.acceptance != nil && *k.acceptance != have.AcceptanceRequired {
		out = append(out, delta("acceptance", required(have.AcceptanceRequired), required(*k.acceptance)))
	}
	out = append(out, k.principalsDelta(have)...)
	if missing := tagging.Missing(k.name, k.tags, have.Tags); len(missing) > 0 {
		out = append(out, delta("tags", tagging.Show(tagging.Pick(have.Tags, missing)), tagging.Show(missing)))
	}
	return out
}

func (k *kind) principalsDelta(have *Service) []converge.Delta {
	if add, remove := k.principals().Against(have.AllowedPrincipals); len(add)+len(remove) == 0 && !have.unknown {
		return nil
	}
	d := delta("allowed principals", declare.List(have.AllowedPrincipals), declare.List(k.principals().Members))
	if have.unknown {
		d.Later = "AWS to list who may connect"
	}
	return []converge.Delta{d}
}

// declared lists what a new service is made with.
func (k *kind) declared() []converge.Delta {
	out := []converge.Delta{delta("load balancers", "", declare.List(k.loadBalancers.Members))}
	if k.acceptance != nil {
		out = append(out, delta("acceptance", "", required(*k.acceptance)))
	}
	if len(k.allowed) > 0 {
		out = append(out, delta("allowed principals", "", declare.List(k.principals().Members)))
	}
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
