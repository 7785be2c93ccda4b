package privatelink

// Tags are the tags of a resource. A declaration's tags are a part: tags that it does not name are left alone.
type Tags map[string]string

// NameTag is the key of the tag that marks an endpoint or an endpoint service as ours; its value is the declared name.
const NameTag = "privatelink:name"

// Family says which addresses a DNS name answers with.
type Family uint8

// The families; IPv4 is the zero value.
const (
	IPv4 Family = iota
	IPv6
	DualStack
)

// String gives AWS's spelling.
func (f Family) String() string {
	return [...]string{"ipv4", "ipv6", "dualstack"}[f%3]
}

// DNSName is a name that an alias record can point at. ZoneID is the hosted zone of that name, which AWS owns; it is not the zone that
// the alias stands in.
type DNSName struct {
	Name   string
	ZoneID string
	Family Family
}
