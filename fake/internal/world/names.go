package world

// DNSName is a name of an endpoint with the hosted zone in which it stands.
type DNSName struct{ Name, ZoneID string }

// Rename works out the endpoint's names, in AWS's order: the regional one, the zonal ones, the private ones last. An endpoint that is not
// an interface endpoint, or has no subnet, has none. It must follow each change of what names depend on.
func (w *World) Rename(e *Endpoint) {
	if e.Type != "Interface" || len(e.Subnets) == 0 {
		e.Names = nil
		return
	}
	var private []string
	if e.PrivateDNS {
		private = e.PrivateNames
	}
	names := e.Names
	if n := 1 + len(e.AZs) + len(private); len(names) > 0 || cap(names) < n { // an earlier version keeps its own
		names = make([]DNSName, 0, n)
	}
	names = w.ownNames(e, names)
	for _, name := range private {
		names = append(names, DNSName{name, e.HiddenZone})
	}
	e.Names = names
}

// ownNames adds the regional name and the zonal ones.
func (w *World) ownNames(e *Endpoint, to []DNSName) []DNSName {
	zone, domain := VpceZone(e.ServiceRegion), [...]string{".", e.DNSPart, ".", e.ServiceRegion, ".vpce.", DNSSuffix(e.ServiceRegion)}
	size := len(e.ID) + len(e.Suffix) + 1
	for _, part := range domain {
		size += len(part)
	}
	for i := range 1 + len(e.AZs) {
		b, start := w.pieces.room(size + len("-us-gov-east-1a"))
		b.WriteString(e.ID)
		b.WriteByte('-')
		b.WriteString(e.Suffix)
		if i > 0 {
			b.WriteByte('-')
			b.WriteString(e.AZs[i-1])
		}
		for _, part := range domain {
			b.WriteString(part)
		}
		to = append(to, DNSName{b.String()[start:], zone})
	}
	return to
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
