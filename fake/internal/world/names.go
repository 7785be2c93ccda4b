package world

// DNSName is a name of an endpoint with the hosted zone in which it stands.
type DNSName struct{ Name, ZoneID string }

// Rename works out the endpoint's names, in AWS's order: the regional one, the zonal ones, the private ones last. An endpoint that is not
// an interface endpoint, or has no subnet, has none. It must follow each change of what names depend on.
func (e *Endpoint) Rename() {
	e.Names = nil
	if e.Type != "Interface" || len(e.Subnets) == 0 {
		return
	}
	zone, domain := VpceZone(e.ServiceRegion), "."+e.DNSPart+"."+e.ServiceRegion+".vpce."+DNSSuffix(e.ServiceRegion)
	names := append(make([]DNSName, 0, 2+len(e.AZs)), DNSName{e.ID + "-" + e.Suffix + domain, zone})
	for _, az := range e.AZs {
		names = append(names, DNSName{e.ID + "-" + e.Suffix + "-" + az + domain, zone})
	}
	if e.PrivateDNS {
		for _, name := range e.PrivateNames {
			names = append(names, DNSName{name, e.HiddenZone})
		}
	}
	e.Names = names
}

// Regional is the endpoint's own name, which gives the addresses of all its network interfaces; "" where it has no names.
func (e *Endpoint) Regional() string {
	if len(e.Names) == 0 {
		return ""
	}
	return e.Names[0].Name
}

// Zonal is the endpoint's name for the Availability Zone of its i-th subnet.
func (e *Endpoint) Zonal(i int) string { return e.Names[1+i].Name }
