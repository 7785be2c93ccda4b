package service

import (
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
)

// balancerForm is the form of a load balancer's ARN; typePart is what stands in those of each kind's type.
var (
	balancerForm = regexp.MustCompile(`^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/[a-z]+/[A-Za-z0-9-]+/[0-9a-zA-Z]+$`)
	typePart     = map[string]string{network: "loadbalancer/net/", gateway: "loadbalancer/gwy/"}
	privateForm  = regexp.MustCompile(`^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	regionForm   = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+$`)
)

func (k *kind) Problems(part converge.Scope) []string {
	var p declare.Problems
	p.Name(k.name)
	if k.adopted != "" {
		p.ID("the service to adopt", "vpce-svc", k.adopted)
	}
	if part == converge.Identity {
		return p
	}
	k.balancerProblems(&p)
	for _, who := range k.allowed {
		if problem := who.Problem(); problem != "" {
			p.Add("%s", problem)
		}
	}
	k.setProblems(&p)
	k.topicProblems(&p)
	if name := aws.ToString(k.privateName); name != "" && (len(name) > 253 || !privateForm.MatchString(name)) {
		p.Add("the private DNS name %q is not a DNS name, such as api.example.com or *.example.com", name)
	}
	if k.payer != "" && k.payer != ServiceOwner {
		p.Add("the payer %q is not ServiceOwner, the only one that AWS takes", k.payer)
	}
	p.Tags(k.tags, 1)
	return p
}

func (k *kind) balancerProblems(p *declare.Problems) {
	if len(k.loadBalancers.Members) == 0 {
		p.Add("no load balancer is declared: an endpoint service stands behind at least one")
	}
	twice(p, "load balancer", k.loadBalancers.Members)
	for _, arn := range k.loadBalancers.Members {
		switch {
		case !balancerForm.MatchString(arn) || !strings.Contains(arn, ":"+typePart[k.kind]):
			p.Add("load balancer %q is not the ARN of a load balancer of the right type, such as arn:aws:elasticloadbalancing:<region>:<account>:%s…", arn, typePart[k.kind])
		case !k.near(arn):
			p.Add("load balancer %q is in another Region than %s: a service has those of one Region", arn, k.loadBalancers.Members[0])
		}
	}
	if k.reader != nil { // a nil pointer in it
		p.API(k.reader)
	}
}

// near tells whether a load balancer is in the partition and Region of the first one, where the service is.
func (k *kind) near(arn string) bool {
	partition, region := k.home()
	return region == "" || strings.HasPrefix(arn, "arn:"+partition+":elasticloadbalancing:"+region+":")
}

func (k *kind) setProblems(p *declare.Problems) {
	if k.ipTypes.Named && len(k.ipTypes.Members) == 0 {
		p.Add("no IP address type is declared: an endpoint service supports at least one")
	}
	for _, t := range k.ipTypes.Members {
		if t != string(IPv4) && t != string(IPv6) {
			p.Add("the IP address type %q is neither ipv4 nor ipv6", t)
		}
	}
	twice(p, "the IP address type", k.ipTypes.Members)
	for _, region := range k.regions.Members {
		if !regionForm.MatchString(region) {
			p.Add("the Region %q is not the name of a Region, such as eu-west-1", region)
		}
	}
	twice(p, "the Region", k.regions.Members)
}

// twice names members of a sorted list that stand in it more than once.
func twice(p *declare.Problems, what string, sorted []string) {
	for i, m := range sorted {
		if i > 0 && m == sorted[i-1] && slices.Index(sorted, m) == i-1 {
			p.Add("%s %q is named twice: name it once", what, m)
		}
	}
}
