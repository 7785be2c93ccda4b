package fake_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"
)

const (
	api  = "api.example.com"
	deep = "api.deep.example.com"
)

// TestNamesOfZones has what the resolver answers from hosted zones: aws-facts 7.1, of which rule 1 (Resolver rules) is about things that the
// fake has not.
func TestNamesOfZones(t *testing.T) { runClauses(t, append(zoneClauses, recordClauses...)) }

var zoneClauses = []clause{
	{"7.1-2", "a private zone serves the VPCs that it is associated with", func(n *names) (string, []string) {
		n.z = n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		require.NoError(n, associateVPC(n, n.account, n.z, vpcRef(n.other)))
		require.NoError(n, disassociateVPC(n, n.account, n.z, vpcRef(n.vpc)))
		return nil, "no such host " + api + ": no private zone of " + n.vpc.ID + " and no public zone has it"
	}},
	{"7.1-2", "the most specific private zone wins", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(deep, "10.9.9.1"))
		n.z = n.zone("deep.example.com", n.vpc, aRecord(deep, "10.9.9.2"))
		return deep, []string{"10.9.9.2"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord(deep, "10.9.9.2"))
		_, err := n.account.DeleteHostedZone(n.Context(), &route53.DeleteHostedZoneInput{Id: n.z.Id})
		require.NoError(n, err)
		return []string{"10.9.9.1"}, ""
	}},
	{"7.1-2", "whatever came first: a more specific zone takes over", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(deep, "10.9.9.1"))
		return deep, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		return nil, lacks(deep, n.zone("deep.example.com", n.vpc), "record")
	}},
	{"7.1-3", "a record answers; without it nothing falls through to the public zone", func(n *names) (string, []string) {
		n.zone("example.com", nil, aRecord(api, "192.0.2.1"))
		n.z = n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord(api, "10.9.9.1"))
		return nil, lacks(api, n.z, "record")
	}},
	{"7.1-3", "nor to a less specific private zone", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(deep, "10.9.9.1"))
		n.z = n.zone("deep.example.com", n.vpc, aRecord(deep, "10.9.9.2"))
		return deep, []string{"10.9.9.2"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord(deep, "10.9.9.2"))
		return nil, lacks(deep, n.z, "record")
	}},
	{"7.1-4", "a name that is there with another type only", func(n *names) (string, []string) {
		n.z = n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"), recordSet(api, r53.RRTypeTxt, `"x"`))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord(api, "10.9.9.1"))
		return nil, lacks(api, n.z, "A or AAAA record")
	}},
	{"7.1-5", "where no private zone matches the public one answers", func(n *names) (string, []string) {
		n.zone("example.com", nil, aRecord(api, "192.0.2.1"))
		n.zone("deep.example.com", n.vpc)
		return api, []string{"192.0.2.1"}
	}, func(n *names) ([]string, string) {
		return nil, lacks(api, n.zone("example.com", n.vpc), "record")
	}},
	{"7.1-6", "split horizon: inside as the private zone says, outside as the public one", func(n *names) (string, []string) {
		n.zone("example.com", nil, aRecord(api, "192.0.2.1"))
		n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.from = n.cloud.Internet()
		return []string{"192.0.2.1"}, ""
	}},
	{"7.1-8", "a private zone for a parent swallows AWS's names", func(n *names) (string, []string) {
		return "sts.us-east-1.amazonaws.com", n.outside("sts.us-east-1.amazonaws.com")
	}, func(n *names) ([]string, string) {
		return nil, lacks("sts.us-east-1.amazonaws.com", n.zone("amazonaws.com", n.vpc), "record")
	}},
	{"7.1-9", "NS sets delegate in public zones, and in private ones nothing", func(n *names) (string, []string) {
		n.z = n.zone("example.com", nil)
		child := makeZone(n, n.account, "deep.example.com", nil)
		n.put(child.HostedZone, aRecord(deep, "192.0.2.1"))
		n.put(n.z, recordSet("deep.example.com", r53.RRTypeNs, child.DelegationSet.NameServers...))
		return deep, []string{"192.0.2.1"}
	}, func(n *names) ([]string, string) {
		return nil, lacks(deep, n.zone("example.com", n.vpc, recordSet("deep.example.com", r53.RRTypeNs, "ns.example.net")), "record")
	}},
	{"7.1-10", "enableDnsSupport", func(n *names) (string, []string) {
		n.zone("example.com", nil, aRecord(api, "192.0.2.1"))
		return api, []string{"192.0.2.1"}
	}, func(n *names) ([]string, string) {
		n.vpc.DNSSupport(false)
		return nil, "the resolver of " + n.vpc.ID + " does not answer: enableDnsSupport is off"
	}},
	{"7.1-10", "enableDnsHostnames, without which private zones are not asked", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.vpc.DNSHostnames(false)
		return nil, "no such host " + api + ": no private zone of " + n.vpc.ID + " and no public zone has it"
	}},
	{"7.1-11", "outside private zones do not exist", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.from = n.cloud.Internet()
		return nil, "no such host " + api + ": no public zone has it"
	}},
	{"7.1-11", "save through an inbound resolver of the VPC", func(n *names) (string, []string) {
		n.zone("example.com", n.vpc, aRecord(api, "10.9.9.1"))
		n.from = n.vpc.InboundResolver()
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.from = n.other.InboundResolver()
		return nil, "no such host " + api + ": no private zone of " + n.other.ID + " and no public zone has it"
	}},
}

var recordClauses = []clause{
	{"7.1-12", "an exact record beats a wildcard", func(n *names) (string, []string) {
		n.z = n.zone("example.com", n.vpc, aRecord("*.example.com", "10.9.9.9"), aRecord(api, "10.9.9.1"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord(api, "10.9.9.1"))
		return []string{"10.9.9.9"}, ""
	}},
	{"7.1-12", "a wildcard covers deeper names, but none that is there", func(n *names) (string, []string) {
		n.z = n.zone("example.com", n.vpc, aRecord("*.example.com", "10.9.9.9"))
		return deep, []string{"10.9.9.9"}
	}, func(n *names) ([]string, string) {
		n.put(n.z, recordSet(deep, r53.RRTypeTxt, `"x"`))
		return nil, lacks(deep, n.z, "A or AAAA record")
	}},
	{"7", "an alias leads from set to set of its zone", func(n *names) (string, []string) {
		n.z = n.zone("example.com", n.vpc, aRecord("a.example.com", "10.9.9.1"))
		n.put(n.z, aliasRecord("b.example.com", *n.z.Id, "a.example.com"), aliasRecord(api, *n.z.Id, "b.example.com"))
		return api, []string{"10.9.9.1"}
	}, func(n *names) ([]string, string) {
		n.drop(n.z, aRecord("a.example.com", "10.9.9.1"))
		return nil, "no such host b.example.com: the record of its alias target a.example.com no longer exists"
	}},
	{"7", "a CNAME leads on from the beginning, out of a private zone too", func(n *names) (string, []string) {
		n.public = n.zone("example.org", nil, aRecord("www.example.org", "192.0.2.1"))
		n.zone("example.com", n.vpc, recordSet(api, r53.RRTypeCname, "www.example.org"))
		return api, []string{"192.0.2.1"}
	}, func(n *names) ([]string, string) {
		n.drop(n.public, aRecord("www.example.org", "192.0.2.1"))
		return nil, lacks("www.example.org", n.public, "record")
	}},
	{"7", "an alias of an endpoint's name", func(n *names) (string, []string) {
		n.reach("sts")
		entry := n.entries()[0]
		n.zone("example.com", n.vpc, aliasRecord(api, *entry.HostedZoneId, *entry.DnsName))
		return api, n.addrs
	}, func(n *names) ([]string, string) {
		regional := *n.entries()[0].DnsName
		n.deleteEndpoint()
		return nil, "no such host " + api + ": the endpoint of its alias target " + regional + " no longer exists"
	}},
	{"7", "an alias of a load balancer's name", func(n *names) (string, []string) {
		lb := n.account.NLB("orders", n.a)
		name := balancerDNSName(n, n.account, lb.ARN)
		n.zone("example.com", n.vpc, aliasRecord(api, "Z26RNL4JYFTOTI", name))
		n.endpoint = lb.ARN
		return api, []string{"10.1.1.4"}
	}, func(n *names) ([]string, string) {
		name := balancerDNSName(n, n.account, n.endpoint)
		_, err := n.account.LoadBalancing().DeleteLoadBalancer(n.Context(), &elasticloadbalancingv2.DeleteLoadBalancerInput{LoadBalancerArn: &n.endpoint})
		require.NoError(n, err)
		return nil, "no such host " + api + ": the load balancer of its alias target " + name + " no longer exists"
	}},
}
