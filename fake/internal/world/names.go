package world

// DNSName is a name of an endpoint with the hosted zone in which it stands.
type DNSName struct{ Name, ZoneID string }

// Regional is the endpoint's own name, which gives the addresses of all its network interfaces.
func (e *Endpoint) Regional() DNSName { return e.name("", e.domain()) }

// Zonal is the endpoint's name for the Availability Zone of its i-th subnet.
func (e *Endpoint) Zonal(i int) DNSName { return e.name("-"+e.AZs[i], e.domain()) }

func (e *Endpoint) name(zone, domain string) DNSName {
	return DNSName{e.ID + "-" + e.Suffix + zone + domain, VpceZone(e.ServiceRegion)}
}

func (e *Endpoint) domain() string {
	return "." + e.DNSPart + "." + e.ServiceRegion + ".vpce." + DNSSuffix(e.ServiceRegion)
}

// HasDNS says whether the endpoint has names at all: an interface endpoint with a subnet has.
func (e *Endpoint) HasDNS() bool { return e.Type == "Interface" && len(e.Subnets) > 0 }

// DNSNames are the endpoint's names in AWS's order: the regional one, the zonal ones, the private ones last.
func (e *Endpoint) DNSNames() []DNSName {
	if !e.HasDNS() {
		return nil
	}
	domain := e.domain()
	out := append(make([]DNSName, 0, 2+len(e.Subnets)), e.name("", domain))
	for _, az := range e.AZs {
		out = append(out, e.name("-"+az, domain))
	}
	if e.PrivateDNS {
		for _, name := range e.PrivateNames {
			out = append(out, DNSName{name, e.HiddenZone})
		}
	}
	return out
}
