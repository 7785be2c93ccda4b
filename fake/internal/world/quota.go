package world

// Quotas are limits of AWS that an account can have raised. A field that is zero is AWS's default. fake.Quotas, which is converted to it, says
// what the fields mean.
type Quotas struct {
	Endpoints, Gateways, Services, ServiceBalancers, Principals, RouteTables int
	Routes, HostedZones, ZoneVPCs, ZoneRecords, ZoneAuthorizations           int
}

// Full says whether a number has reached a quota that has no default.
func (q Quotas) Full(n, set int) bool { return set > 0 && n >= set }

// Of is a quota, or AWS's default where it is not set.
func (q Quotas) Of(set, byDefault int) int {
	if set > 0 {
		return set
	}
	return byDefault
}
