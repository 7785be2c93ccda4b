package zone

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// The routing policies, as Route 53's texts name them; "" is a simple set. What else AWS has (geoproximity, CIDR collections, traffic
// policies, health checks) the fake does not model.
const (
	weighted    = "weighted"
	latency     = "latency"
	failover    = "failover"
	geolocation = "geolocation"
	multivalue  = "multivalue answer"
)

// policyOf is the routing policy of a set: each makes it one of several of its name and type.
func policyOf(r *world.RecordSet) string {
	switch {
	case r.Weight != nil:
		return weighted
	case r.Region != "":
		return latency
	case r.Failover != "":
		return failover
	case r.Geo != nil:
		return geolocation
	case r.MultiValue != nil:
		return multivalue
	}
	return ""
}

// place is what must differ between the sets of one name, type and policy; "" where nothing must.
func place(r *world.RecordSet) string {
	if r.Geo != nil {
		return fmt.Sprintf("location %s/%s/%s", r.Geo.Continent, r.Geo.Country, r.Geo.Subdivision)
	}
	return strings.TrimSpace(r.Region + r.Failover)
}

// amongTwins checks a set against the others of its name and type.
func (b *batch) amongTwins(r *world.RecordSet) {
	policy := policyOf(r)
	for _, o := range b.work.of(r.Name, r.Type) {
		switch {
		case o.Key == r.Key:
			continue
		case policyOf(o) == policy && policy == weighted && r.Alias == nil && o.Alias == nil && r.TTL != o.TTL:
			b.refuse(says.SetTTL, r.Name, r.Type, r.SetID)
		case policyOf(o) == policy && place(r) != "" && place(o) == place(r):
			b.refuse(says.SetPlace, r.Name, r.Type, r.SetID, place(r), o.SetID)
		case policyOf(o) == policy:
			continue
		case policy == "":
			b.refuse(says.SetSimple, r.Name, r.Type)
		default:
			b.refuse(says.SetMixed, r.Name, r.Type, r.SetID, policy)
		}
		return
	}
}

// policies are the members of a set that choose a routing policy.
func policies(r *types.ResourceRecordSet) int {
	n := 0
	for _, set := range []bool{r.Weight != nil, r.Region != "", r.Failover != "", r.GeoLocation != nil, r.MultiValueAnswer != nil} {
		if set {
			n++
		}
	}
	return n
}

// routing checks the policy of a set. It gives the refusal that is due.
func routing(at string, c types.Change) error {
	r := c.ResourceRecordSet
	n := policies(r)
	switch {
	case n > 1:
		return refuse(says.NotOnePolicy, inChange(c, "more than one")...)
	case (n == 1 || r.HealthCheckId != nil) && r.SetIdentifier == nil:
		return refuse(says.MissingInChange, inChange(c, "SetIdentifier")...)
	case n == 0 && r.SetIdentifier != nil:
		return refuse(says.NotOnePolicy, inChange(c, "none")...)
	case n == 0:
		return nil
	case len(*r.SetIdentifier) < 1 || len(*r.SetIdentifier) > maxReference:
		return refuse(says.WrongLength, *r.SetIdentifier, at+"setIdentifier", 1, maxReference)
	case r.Failover != "" && !slices.Contains(r.Failover.Values(), r.Failover):
		return refuse(says.NotInEnum, r.Failover, at+"failover")
	case r.Region != "" && !slices.Contains(r.Region.Values(), r.Region):
		return refuse(says.NotInEnum, r.Region, at+"region")
	case r.Type == types.RRTypeNs || r.Type == types.RRTypeSoa:
		return refuse(says.PolicyOfType, r.Type)
	case r.MultiValueAnswer != nil && (r.AliasTarget != nil || r.Type == types.RRTypeCname):
		return refuse(says.MultivalueTarget)
	}
	return geography(at, r.GeoLocation)
}

// geography wants a continent, or a country and where that is the United States or Ukraine perhaps a part of it.
func geography(at string, g *types.GeoLocation) error {
	if g == nil {
		return nil
	}
	continent, country, part := value(g.ContinentCode), value(g.CountryCode), value(g.SubdivisionCode)
	switch {
	case (continent == "") == (country == ""):
		return refuse(says.OnePlace)
	case continent != "" && !slices.Contains([]string{"AF", "AN", "AS", "EU", "NA", "OC", "SA"}, continent):
		return refuse(says.NotContinent, continent, at+"geoLocation.continentCode")
	case country != "" && country != "*" && len(country) != 2:
		return refuse(says.NotCountry, country, at+"geoLocation.countryCode")
	case part != "" && country != "US" && country != "UA":
		return refuse(says.PartOfCountry)
	}
	return nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
