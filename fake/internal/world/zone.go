package world

import "time"

// DNS is Route 53: hosted zones, what they hold and whom they serve. It is global: an account's zones have no Region. The hidden zones
// of endpoints with private DNS are not rows, they follow from the endpoints (Tx.PrivateNames).
type DNS struct {
	Zones          *Table[Zone]
	Records        *Table[ZoneRecords]
	Associations   *Table[ZoneVPC]
	Authorizations *Table[ZoneVPC]
	Changes        *Table[Change]
	Served         *Table[ServedZone]
	HealthChecks   *Table[HealthCheck]
	References     map[string]bool     // every CallerReference ever used, by account, for the switch ReferenceKept
	Delegated      map[string][]string // by canonical name: the name servers that the world above this cloud names; values are never changed
}

// The indexes of Route 53's tables: zones by account, CallerReference and name; associations and authorisations by zone and VPC.
const (
	ZonesByOwner     = 0
	ZonesByReference = 1
	ZonesByName      = 2
	ByZone           = 0
	ByZoneVPC        = 1
	ServedAs         = 0 // of Served: ServedKey
)

// Zone is a hosted zone that an account made. Meta.ID is without its prefix.
type Zone struct {
	Meta
	Name        string // canonical
	Reference   string
	Comment     string
	Private     bool
	NameServers []string  // of its NS record and, for a public zone, its delegation set
	ServerSet   int       // which of Route 53's sets of name servers a public zone has
	BusyUntil   time.Time // Route 53 works on a request about it until then
	Keys        []Key     // for DNSSEC; never changed in place
	Signed      bool
}

// Key is a key-signing key of a zone: ACTIVE or INACTIVE.
type Key struct {
	Name, KMS, Status string
	Created           time.Time
}

// ZoneVPC is a VPC that a private zone serves, or may be made to serve. VPCs are named as Route 53 does, which is global.
type ZoneVPC struct {
	Meta                 // the ID is ZoneVPCID
	Zone, VPC, VPCRegion string
}

// ServedZone is a zone as name servers know it, which is later than the API: in one VPC, or in public where VPC is "".
type ServedZone struct {
	Meta // the ID is ZoneVPCID
	Zone *Zone
	VPC  string
}

// ServedKey is the index key of the zones of a canonical name in a VPC, or in public where vpc is "".
func ServedKey(vpc, name string) string { return vpc + "/" + name }

// Serve lets name servers answer with a zone once the change that is under way has reached them; Unserve ends it in the same way.
func (tx *Tx) Serve(z *Zone, vpc string) {
	tx.DNS.Served.Put(tx.Now.Add(tx.ZoneChange()), &ServedZone{Meta: Meta{ID: ZoneVPCID(z.ID, vpc)}, Zone: z, VPC: vpc})
}

// Unserve ends what Serve began.
func (tx *Tx) Unserve(z *Zone, vpc string) {
	tx.DNS.Served.Drop(ZoneVPCID(z.ID, vpc), tx.Now.Add(tx.ZoneChange()))
}

// ZoneRecords is all that a zone holds, in Route 53's order. A change of the zone's records makes a new one. Meta.ID is the zone's.
type ZoneRecords struct {
	Meta
	Sets   []*RecordSet
	Since  time.Time    // name servers answer with Sets from then on
	Before *ZoneRecords // what they answer with until then; nil: nothing
}

// Served is what name servers answer with at a moment.
func (r *ZoneRecords) Served(t time.Time) []*RecordSet {
	for r != nil && r.Since.After(t) {
		r = r.Before
	}
	if r == nil {
		return nil
	}
	return r.Sets
}

// RecordSet is one resource record set. Key orders it among its zone's and names it: name, type and set identifier.
type RecordSet struct {
	Key, Name, Type  string
	TTL              int64
	Values           []string
	Alias            *Alias
	SetID            string
	Weight           *int64
	MultiValue       *bool
	Region, Failover string
	Geo              *Geo
	HealthCheck      string // the ID
	Seeded           bool   // put there by a test's handle, not through the API
}

// HealthCheck is one that record sets may name.
type HealthCheck struct {
	Meta
	Unhealthy bool
}

// Geo is a location of a geolocation policy: a continent, or a country and perhaps a part of it. The country * is everywhere else.
type Geo struct{ Continent, Country, Subdivision string }

// Alias is what an alias record set points to.
type Alias struct {
	ZoneID, Name   string
	EvaluateHealth bool
}

// Change is what Route 53 carries to its name servers: PENDING, later INSYNC.
type Change struct {
	Meta
	Comment string
	Phases  Phases
}

// changeLife is how long GetChange knows a change; AWS does not say.
const changeLife = 24 * time.Hour

func newDNS() DNS {
	byZone := func(r *ZoneVPC) string { return r.Zone }
	byVPC := func(r *ZoneVPC) string { return r.VPC }
	served := func(r *ZoneVPC) *Meta { return &r.Meta }
	return DNS{
		Zones: NewTable(func(r *Zone) *Meta { return &r.Meta }, func(r *Zone) string { return r.Owner },
			func(r *Zone) string { return ReferenceKey(r.Owner, r.Reference) }, func(r *Zone) string { return r.Name }),
		Records:        NewTable(func(r *ZoneRecords) *Meta { return &r.Meta }),
		Associations:   NewTable(served, byZone, byVPC),
		Authorizations: NewTable(served, byZone, byVPC),
		Changes:        NewTable(func(r *Change) *Meta { return &r.Meta }),
		Served:         NewTable(func(r *ServedZone) *Meta { return &r.Meta }, servedAs),
		HealthChecks:   NewTable(func(r *HealthCheck) *Meta { return &r.Meta }),
		References:     map[string]bool{},
		Delegated:      map[string][]string{},
	}
}

func servedAs(r *ServedZone) string { return ServedKey(r.VPC, r.Zone.Name) }

func (d DNS) stores() []store {
	return []store{d.Zones, d.Records, d.Associations, d.Authorizations, d.Changes, d.Served, d.HealthChecks}
}

// ReferenceKey is the index key of an account's CallerReference.
func ReferenceKey(account, reference string) string { return account + "/" + reference }

// ZoneVPCID names the association of a zone with a VPC.
func ZoneVPCID(zone, vpc string) string { return zone + "/" + vpc }

// ZoneServing is the zone of an account's making, whoever's, that serves a VPC under a canonical name (lower case, trailing dot) in
// truth and now; nil when there is none.
func (tx *Tx) ZoneServing(vpc, name string) *Zone {
	for a := range Live(tx, tx.DNS.Associations.By(ByZoneVPC, vpc, 0)) {
		if z := tx.DNS.Zones.At(a.Zone, tx.Now); z != nil && z.Name == name {
			return z
		}
	}
	return nil
}

// NewChange begins a change: INSYNC after ZoneChange.
func (tx *Tx) NewChange(comment string) *Change {
	c := &Change{Meta: tx.Meta(tx.NewUpper("C", 20), nil), Comment: comment}
	c.Phases = Phases{{"PENDING", tx.Now}, {"INSYNC", tx.Now.Add(tx.ZoneChange())}}
	tx.DNS.Changes.Put(tx.Now, c)
	tx.DNS.Changes.Drop(c.ID, tx.Now.Add(tx.ZoneChange()+changeLife))
	return c
}
