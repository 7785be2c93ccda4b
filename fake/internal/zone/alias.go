package zone

import (
	"strings"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// aliasProblem says what is wrong with an alias: its target must be in the same zone, of the same type, or a living endpoint's own name in
// AWS's zone of the endpoint's Region.
func aliasProblem(tx *world.Tx, z *world.Zone, work sets, r *world.RecordSet) *says.Text {
	a := r.Alias
	if a.ZoneID == z.ID {
		switch {
		case !Within(a.Name, z.Name):
			return &says.AliasOutsideTarget
		case len(work.of(a.Name, r.Type)) == 0:
			return &says.AliasNotFound
		}
		return nil
	}
	region, ok := vpceRegion(a.Name)
	if !ok || world.VpceZone(region) != a.ZoneID {
		return &says.AliasOutsideTarget
	}
	if ep, _ := EndpointNamed(tx, a.Name); ep == nil || r.Type != "A" && r.Type != "AAAA" {
		return &says.AliasNotFound
	}
	return nil
}

// vpceRegion is the Region of an endpoint's own name.
func vpceRegion(name string) (string, bool) {
	rest, ok := strings.CutSuffix(name, ".vpce.amazonaws.com.")
	if !ok {
		rest, ok = strings.CutSuffix(name, ".vpce.amazonaws.com.cn.")
	}
	return rest[strings.LastIndexByte(rest, '.')+1:], ok
}

const endpointIDLength = len("vpce-0") + 16

// EndpointNamed finds the living endpoint whose own regional or zonal name this is; az is the zone's position, -1 for the regional name.
func EndpointNamed(tx *world.Tx, name string) (ep *world.Endpoint, az int) {
	if !strings.HasPrefix(name, "vpce-") || len(name) < endpointIDLength {
		return nil, -1
	}
	ep = tx.Endpoints.At(name[:endpointIDLength], tx.Now)
	if ep == nil || len(ep.Names) == 0 {
		return nil, -1
	}
	plain := strings.TrimSuffix(name, ".")
	if ep.Regional() == plain {
		return ep, -1
	}
	for i := range ep.Subnets {
		if ep.Zonal(i) == plain {
			return ep, i
		}
	}
	return nil, -1
}
