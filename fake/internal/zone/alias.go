package zone

import (
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// aliasProblems say what is wrong with an alias: its target must be another set of the same zone and type, or the DNS name of an endpoint or
// a Network Load Balancer in AWS's zone for such names of its Region.
func aliasProblems(tx *world.Tx, z *world.Zone, work sets, r *world.RecordSet) []says.Text {
	a := r.Alias
	if a.ZoneID == z.ID {
		switch {
		case !Within(a.Name, z.Name):
			return []says.Text{says.AliasOutsideTarget, says.AliasNotFound}
		case !slices.ContainsFunc(work.of(a.Name, r.Type), func(o *world.RecordSet) bool { return o.Key != r.Key }):
			return []says.Text{says.AliasNotFound}
		}
		return nil
	}
	zone, there := awsTarget(tx, a.Name)
	switch {
	case slices.ContainsFunc(foreignTargets, func(s string) bool { return strings.HasSuffix(a.Name, s) && zone == "" }):
		return []says.Text{says.AliasNotModelled}
	case zone == "" || zone != a.ZoneID:
		return []says.Text{says.AliasOutsideTarget}
	case !there || r.Type != "A" && r.Type != "AAAA":
		return []says.Text{says.AliasNotFound}
	}
	return nil
}

// awsTarget is AWS's zone for a name of an endpoint or Network Load Balancer, and whether there is one of this name; "" for other names.
func awsTarget(tx *world.Tx, name string) (zone string, there bool) {
	labels := strings.Split(strings.TrimSuffix(strings.TrimSuffix(name, ".cn."), "."), ".")
	if n := len(labels); n > 4 && labels[n-2] == "amazonaws" && labels[n-1] == "com" {
		switch {
		case labels[n-3] == "vpce":
			ep, _ := EndpointNamed(tx, name)
			return world.VpceZone(labels[n-4]), ep != nil
		case labels[n-4] == "elb":
			return world.NLBZone(labels[n-3]), BalancerNamed(tx, name) != nil
		}
	}
	return "", false
}

// foreignTargets are the ends of names that AWS takes as alias targets and that nothing in the fake has.
var foreignTargets = []string{".amazonaws.com.", ".cloudfront.net.", ".elasticbeanstalk.com.", ".awsglobalaccelerator.com."}

const endpointIDLength = len("vpce-0") + 16

// EndpointNamed finds the living endpoint whose own regional or zonal name this is; az is the zone's position, -1 for the regional name.
func EndpointNamed(tx *world.Tx, name string) (ep *world.Endpoint, az int) {
	if !strings.HasPrefix(name, "vpce-") || len(name) < endpointIDLength {
		return nil, -1
	}
	ep = tx.Endpoints.At(name[:endpointIDLength], tx.Now)
	if ep == nil || len(ep.Names) == 0 {
		return nil, -1
	}
	plain := strings.TrimSuffix(name, ".")
	if ep.Regional() == plain {
		return ep, -1
	}
	for i := range ep.Subnets {
		if ep.Zonal(i) == plain {
			return ep, i
		}
	}
	return nil, -1
}

// BalancerNamed finds the load balancer of a DNS name.
func BalancerNamed(tx *world.Tx, name string) *world.LoadBalancer {
	if !strings.Contains(name, ".elb.") {
		return nil
	}
	for lb := range world.Live(tx, tx.LoadBalancers.By(world.ByDNSName, strings.TrimSuffix(name, "."), 0)) {
		return lb
	}
	return nil
}
