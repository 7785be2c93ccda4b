package dnszone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// RoutingPolicy is how Route 53 chooses among the record sets of one host and type.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
type RoutingPolicy string

// The policies. The zero value is the simple one: there is one set, and no choice.
const (
	PolicyWeighted    RoutingPolicy = "weighted"
	PolicyLatency     RoutingPolicy = "latency"
	PolicyFailover    RoutingPolicy = "failover"
	PolicyMultivalue  RoutingPolicy = "multivalue"
	PolicyGeolocation RoutingPolicy = "geolocation"
	PolicyOther       RoutingPolicy = "other" // a policy that can be read and replaced, not declared: geoproximity, IP-based, traffic flow
)

// Routing is the routing policy of a record set and this set's place in it: Weighted, Latency, Primary, Secondary, Multivalue or Geolocation
// make one. The zero value is the simple policy.
type Routing struct {
	Policy    RoutingPolicy
	Weight    int    // Weighted: 0 to 255
	Region    string // Latency: where the target is
	Secondary bool   // Failover: false is the primary
	Continent string // Geolocation: AF, AN, AS, EU, OC, NA or SA, instead of a country
	Country   string // Geolocation: two letters, or "*" for everywhere else
	State     string // Geolocation: of the country US, two letters; may be empty
}

// Weighted gives a set its share of the answers: its weight, from 0 to 255, over the sum of all.
func Weighted(weight int) Routing { return Routing{Policy: PolicyWeighted, Weight: weight} }

// Latency gives a set to those for whom its Region answers fastest.
func Latency(region string) Routing { return Routing{Policy: PolicyLatency, Region: region} }

// Primary gives a set to all while it is healthy.
func Primary() Routing { return Routing{Policy: PolicyFailover} }

// Secondary gives a set to all while the primary is not healthy.
func Secondary() Routing { return Routing{Policy: PolicyFailover, Secondary: true} }

// Multivalue lets Route 53 answer with up to eight healthy sets. No alias may have it.
func Multivalue() Routing { return Routing{Policy: PolicyMultivalue} }

// Geolocation gives a set to those who ask from a continent (country and state empty), from a country (continent empty) or from a state of
// the country US. The country "*" is for everybody else.
func Geolocation(continent, country, state string) Routing {
	return Routing{Policy: PolicyGeolocation, Continent: continent, Country: country, State: state}
}

// String tells the policy and the place in it, "" for the simple one.
func (r Routing) String() string {
	switch r.Policy {
	case PolicyWeighted:
		return fmt.Sprintf("weight %d", r.Weight)
	case PolicyLatency:
		return "latency of " + r.Region
	case PolicyFailover:
		return "failover " + strings.ToLower(string(r.role()))
	case PolicyGeolocation:
		place := []string{r.Continent, r.Country, r.State}
		return "from " + strings.Join(slices.DeleteFunc(place, func(s string) bool { return s == "" }), " ")
	}
	return string(r.Policy)
}

func (r Routing) role() types.ResourceRecordSetFailover {
	if r.Secondary {
		return types.ResourceRecordSetFailoverSecondary
	}
	return types.ResourceRecordSetFailoverPrimary
}

// plain has the fields of its policy only.
func (r Routing) plain() Routing {
	switch r.Policy {
	case PolicyWeighted:
		return Weighted(r.Weight)
	case PolicyLatency:
		return Latency(r.Region)
	case PolicyFailover:
		return Routing{Policy: PolicyFailover, Secondary: r.Secondary}
	case PolicyGeolocation:
		return Geolocation(r.Continent, r.Country, r.State)
	}
	return Routing{Policy: r.Policy}
}

var continents = []string{"AF", "AN", "AS", "EU", "OC", "NA", "SA"}

// problem says what is wrong with it, "" when nothing is.
func (r Routing) problem() string {
	declarable := []RoutingPolicy{"", PolicyWeighted, PolicyLatency, PolicyFailover, PolicyMultivalue, PolicyGeolocation}
	country := r.Country == "*" || isPair(r.Country)
	switch {
	case !slices.Contains(declarable, r.Policy):
		return fmt.Sprintf("the routing policy %q, which cannot be declared", r.Policy)
	case r != r.plain():
		return fmt.Sprintf("the routing policy %q and fields of another", r.Policy)
	case r.Weight < 0 || r.Weight > 255:
		return fmt.Sprintf("the weight %d: 0 to 255 are allowed", r.Weight)
	case r.Policy == PolicyLatency && r.Region == "":
		return "latency routing without a Region"
	case r.Policy != PolicyGeolocation:
		return ""
	case (r.Continent == "") == (r.Country == ""):
		return "geolocation routing, which needs either a continent or a country"
	case r.Continent != "" && !slices.Contains(continents, r.Continent):
		return fmt.Sprintf("the continent %q: allowed are %s", r.Continent, strings.Join(continents, ", "))
	case r.Country != "" && !country:
		return fmt.Sprintf("the country %q, which is neither two capital letters nor *", r.Country)
	case r.State != "" && (r.Country != "US" || !isPair(r.State)):
		return fmt.Sprintf("the state %q: two capital letters are allowed, in the country US", r.State)
	}
	return ""
}

func isPair(s string) bool {
	return len(s) == 2 && 'A' <= s[0] && s[0] <= 'Z' && 'A' <= s[1] && s[1] <= 'Z'
}

// onto writes the policy into a set.
func (r Routing) onto(s *types.ResourceRecordSet) {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return aws.String(s)
	}
	switch r.Policy {
	case PolicyWeighted:
		s.Weight = aws.Int64(int64(r.Weight))
	case PolicyLatency:
		s.Region = types.ResourceRecordSetRegion(r.Region)
	case PolicyFailover:
		s.Failover = r.role()
	case PolicyMultivalue:
		s.MultiValueAnswer = aws.Bool(true)
	case PolicyGeolocation:
		s.GeoLocation = &types.GeoLocation{ContinentCode: text(r.Continent), CountryCode: text(r.Country), SubdivisionCode: text(r.State)}
	}
}

// routingOf reads the policy of a set.
func routingOf(s *types.ResourceRecordSet) Routing {
	switch g := s.GeoLocation; {
	case s.TrafficPolicyInstanceId != nil, s.GeoProximityLocation != nil, s.CidrRoutingConfig != nil:
		return Routing{Policy: PolicyOther}
	case s.Weight != nil:
		return Weighted(int(*s.Weight))
	case s.Region != "":
		return Latency(string(s.Region))
	case s.Failover != "":
		return Routing{Policy: PolicyFailover, Secondary: s.Failover == types.ResourceRecordSetFailoverSecondary}
	case aws.ToBool(s.MultiValueAnswer):
		return Multivalue()
	case g != nil:
		return Geolocation(aws.ToString(g.ContinentCode), aws.ToString(g.CountryCode), aws.ToString(g.SubdivisionCode))
	}
	return Routing{}
}
