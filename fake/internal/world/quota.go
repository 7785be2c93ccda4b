package world

// Quotas are limits of AWS that an account can have raised. A field that is zero is AWS's default.
type Quotas struct {
	// HostedZones is how many hosted zones an account may have: 500.
	HostedZones int
	// ZoneVPCs is how many VPCs a private zone may serve: 300.
	ZoneVPCs int
	// ZoneRecords is how many record sets a zone may hold: 10,000.
	ZoneRecords int
	// ZoneAuthorizations is how many VPCs of other accounts may be authorised for a zone at once: 1,000.
	ZoneAuthorizations int
}

// Of is a quota, or AWS's default where it is not set.
func (q Quotas) Of(set, byDefault int) int {
	if set > 0 {
		return set
	}
	return byDefault
}
