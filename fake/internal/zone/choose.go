package zone

import (
	"slices"
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// maxAnswers is how many sets of a multivalue answer Route 53 gives at once.
const maxAnswers = 8

// Choose picks, among the sets of one name and type, those with which Route 53 answers a resolver in a Region; "" is one outside AWS, of
// which nothing is known. Of weighted sets one is drawn by weight; by latency the same Region is the nearest, then
// the same part of the world; by location a country comes before its continent and that before the default.
func Choose(tx *world.Tx, region string, recs []*world.RecordSet) []*world.RecordSet {
	if len(recs) == 0 {
		return nil
	}
	recs = healthy(tx, recs)
	switch policyOf(recs[0]) {
	case multivalue:
		return recs[:min(len(recs), maxAnswers)]
	case weighted:
		return one(drawn(tx, recs))
	case failover:
		return best(recs, func(r *world.RecordSet) int { return index(r.Failover == "PRIMARY") + 1 })
	case latency:
		return best(recs, func(r *world.RecordSet) int { return 1 + 2*index(r.Region == region) + index(near(r.Region, region)) })
	case geolocation:
		return best(recs, func(r *world.RecordSet) int { return fit(r.Geo, region) })
	}
	return recs
}

// healthy are the sets whose health checks say nothing against them; all where none is left.
func healthy(tx *world.Tx, recs []*world.RecordSet) []*world.RecordSet {
	ill := func(r *world.RecordSet) bool {
		h := tx.DNS.HealthChecks.At(r.HealthCheck, tx.Now)
		return h != nil && h.Unhealthy
	}
	if left := slices.DeleteFunc(slices.Clone(recs), ill); len(left) > 0 {
		return left
	}
	return recs
}

func one(r *world.RecordSet) []*world.RecordSet { return []*world.RecordSet{r} }

func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// best is the first of the sets with the highest score; none when that is 0.
func best(recs []*world.RecordSet, score func(*world.RecordSet) int) []*world.RecordSet {
	found := slices.MaxFunc(recs, func(a, b *world.RecordSet) int { return score(a) - score(b) })
	if score(found) == 0 {
		return nil
	}
	return one(found)
}

// drawn is one of some weighted sets. Sets that all weigh nothing are alike.
func drawn(tx *world.Tx, recs []*world.RecordSet) *world.RecordSet {
	sum := 0
	for _, r := range recs {
		sum += int(*r.Weight)
	}
	if sum == 0 {
		return recs[tx.Draw(len(recs))]
	}
	at := tx.Draw(sum)
	for _, r := range recs {
		if at -= int(*r.Weight); at < 0 {
			return r
		}
	}
	return recs[0]
}

func near(a, b string) bool {
	area, _, _ := strings.Cut(a, "-")
	other, _, _ := strings.Cut(b, "-")
	return area == other
}

// fit says how well a location describes a Region: 0 is not at all.
func fit(g *world.Geo, region string) int {
	at := locations[region]
	switch {
	case g.Country == "*":
		return 1
	case g.Continent != "" && g.Continent == at.Continent:
		return 2
	case g.Country != "" && g.Country == at.Country && g.Subdivision == "":
		return 3
	case g.Country != "" && g.Country == at.Country && g.Subdivision == at.Subdivision:
		return 4
	}
	return 0
}

// locations are where Route 53 takes the resolvers of a Region to be.
var locations = map[string]world.Geo{
	"us-east-1": {Continent: "NA", Country: "US", Subdivision: "VA"}, "us-east-2": {Continent: "NA", Country: "US", Subdivision: "OH"},
	"us-west-1": {Continent: "NA", Country: "US", Subdivision: "CA"}, "us-west-2": {Continent: "NA", Country: "US", Subdivision: "OR"},
	"us-gov-west-1": {Continent: "NA", Country: "US", Subdivision: "OR"}, "us-gov-east-1": {Continent: "NA", Country: "US", Subdivision: "OH"},
	"ca-central-1": {Continent: "NA", Country: "CA"}, "ca-west-1": {Continent: "NA", Country: "CA"}, "mx-central-1": {Continent: "NA", Country: "MX"},
	"sa-east-1": {Continent: "SA", Country: "BR"}, "af-south-1": {Continent: "AF", Country: "ZA"},
	"eu-west-1": {Continent: "EU", Country: "IE"}, "eu-west-2": {Continent: "EU", Country: "GB"}, "eu-west-3": {Continent: "EU", Country: "FR"},
	"eu-central-1": {Continent: "EU", Country: "DE"}, "eu-central-2": {Continent: "EU", Country: "CH"}, "eu-north-1": {Continent: "EU", Country: "SE"},
	"eu-south-1": {Continent: "EU", Country: "IT"}, "eu-south-2": {Continent: "EU", Country: "ES"},
	"ap-southeast-1": {Continent: "AS", Country: "SG"}, "ap-southeast-2": {Continent: "OC", Country: "AU"}, "ap-southeast-3": {Continent: "AS", Country: "ID"},
	"ap-southeast-4": {Continent: "OC", Country: "AU"}, "ap-northeast-1": {Continent: "AS", Country: "JP"}, "ap-northeast-2": {Continent: "AS", Country: "KR"},
	"ap-northeast-3": {Continent: "AS", Country: "JP"}, "ap-south-1": {Continent: "AS", Country: "IN"}, "ap-south-2": {Continent: "AS", Country: "IN"},
	"ap-east-1": {Continent: "AS", Country: "HK"}, "me-south-1": {Continent: "AS", Country: "BH"}, "me-central-1": {Continent: "AS", Country: "AE"},
	"il-central-1": {Continent: "AS", Country: "IL"}, "cn-north-1": {Continent: "AS", Country: "CN"}, "cn-northwest-1": {Continent: "AS", Country: "CN"},
}
