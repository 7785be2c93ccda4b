package world

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// PrivateZone is the ID of the zone that serves a VPC under a name, with or without the trailing dot; "" when there is none.
func (d DNS) PrivateZone(tx *Tx, vpc, name string) string {
	if z := tx.ZoneServing(vpc, strings.ToLower(strings.TrimSuffix(name, "."))+"."); z != nil {
		return z.ID
	}
	return ""
}

// Lines are the living zones with all that hangs on them, for a dump: sorted, without times.
func (d DNS) Lines(tx *Tx) []string {
	var out []string
	for z := range Live(tx, d.Zones.All(0)) {
		out = append(out, d.zoneLines(tx, z)...)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Delegated)) {
		out = append(out, fmt.Sprintf("delegation %s to %s", name, strings.Join(d.Delegated[name], " ")))
	}
	return out
}

func (d DNS) zoneLines(tx *Tx, z *Zone) []string {
	kind := "public"
	if z.Private {
		kind = "private"
	}
	lines := []string{fmt.Sprintf("zone %s %s %s owner=%s reference=%s%s", z.ID, z.Name, kind, z.Owner, z.Reference, tagText(z.Tags))}
	lines = append(lines, vpcLines(tx, "  vpc", d.Associations, z.ID)...)
	lines = append(lines, vpcLines(tx, "  authorized", d.Authorizations, z.ID)...)
	for _, r := range d.Records.At(z.ID, tx.Now).Sets {
		lines = append(lines, "  record "+r.String())
	}
	return lines
}

func vpcLines(tx *Tx, what string, t *Table[ZoneVPC], zone string) []string {
	var lines []string
	for a := range Live(tx, t.By(ByZone, zone, 0)) {
		lines = append(lines, fmt.Sprintf("%s %s %s", what, a.VPC, a.VPCRegion))
	}
	slices.Sort(lines)
	return lines
}

func tagText(tags Tags) string {
	var b strings.Builder
	for _, t := range tags {
		fmt.Fprintf(&b, " %s=%s", t.Key, t.Value)
	}
	return b.String()
}

// String is a record set on one line.
func (r *RecordSet) String() string {
	head := r.Name + " " + r.Type
	if r.SetID != "" {
		head += " [" + r.SetID + "]"
	}
	if r.Alias != nil {
		return head + " alias " + r.Alias.Name + " in " + r.Alias.ZoneID + r.routing()
	}
	return fmt.Sprintf("%s %d %s", head, r.TTL, strings.Join(r.Values, " ")) + r.routing()
}

// routing is what a set with a routing policy has besides.
func (r *RecordSet) routing() string {
	var b strings.Builder
	note := func(what, value string) {
		if value != "" {
			b.WriteString(" " + what + "=" + value)
		}
	}
	if r.Weight != nil {
		note("weight", strconv.FormatInt(*r.Weight, 10))
	}
	note("region", r.Region)
	note("failover", r.Failover)
	if r.Geo != nil {
		note("place", r.Geo.Continent+r.Geo.Country+r.Geo.Subdivision)
	}
	if r.MultiValue != nil {
		note("multivalue", strconv.FormatBool(*r.MultiValue))
	}
	note("health", r.HealthCheck)
	return b.String()
}

// Left are the zones that were made through the API and still live, and what the API put into others.
func (d DNS) Left(tx *Tx) []string {
	var out []string
	for z := range Live(tx, d.Zones.All(0)) {
		if !z.Seeded {
			out = append(out, fmt.Sprintf("hosted zone %s (%s) of account %s", z.ID, z.Name, z.Owner))
			continue
		}
		in := fmt.Sprintf(" in hosted zone %s (%s) of account %s", z.ID, z.Name, z.Owner)
		for _, r := range d.Records.At(z.ID, tx.Now).Sets {
			if !r.Seeded {
				out = append(out, "record set "+r.Name+" "+r.Type+in)
			}
		}
		for _, a := range bound(tx, d.Associations, z.ID) {
			out = append(out, "association of "+a+in)
		}
		for _, a := range bound(tx, d.Authorizations, z.ID) {
			out = append(out, "authorisation of "+a+in)
		}
	}
	return out
}

// bound are the VPCs that the API bound to a zone.
func bound(tx *Tx, t *Table[ZoneVPC], zone string) []string {
	var ids []string
	for a := range Live(tx, t.By(ByZone, zone, 0)) {
		if !a.Seeded {
			ids = append(ids, a.VPC)
		}
	}
	return ids
}
