package fake

// Quotas are limits of AWS that an account can have raised; a field that is zero is AWS's default.
type Quotas struct {
	// Endpoints is how many interface and Gateway Load Balancer endpoints a VPC may have, together: 50.
	Endpoints int
	// Gateways is how many gateway endpoints an account may have in a Region: 20. A VPC never has more than 255.
	Gateways int
	// Services, ServiceBalancers and Principals are how many endpoint services an account may have in a Region, and load balancers and allowed
	// principals a service. AWS gives no figures: zero is no limit.
	Services, ServiceBalancers, Principals int
	// RouteTables is how many route tables a VPC may have: 200.
	RouteTables int
	// Routes is how many routes of one family a route table may have: 50.
	Routes int
	// HostedZones is how many hosted zones an account may have: 500.
	HostedZones int
	// ZoneVPCs is how many VPCs a private zone may serve: 300.
	ZoneVPCs int
	// ZoneRecords is how many record sets a zone may hold: 10,000.
	ZoneRecords int
	// ZoneAuthorizations is how many VPCs of other accounts may be authorised for a zone at once: 1,000.
	ZoneAuthorizations int
}
