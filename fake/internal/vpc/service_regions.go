package vpc

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// The states in which a Region that was removed from a service stays listed.
const (
	regionDeleted = "Deleted"
	regionClosed  = "Closed"
)

// supportedRegions applies additions and removals to the Regions whose consumers may connect. The service's own is always among them. A
// Region that is removed stays listed as Deleted or Closed; its endpoints stay too.
func supportedRegions(tx *world.Tx, svc *world.Service, add, remove []string) error {
	for _, region := range slices.Concat(add, remove) {
		if !world.KnownRegion(region) {
			return says.RegionUnknown.Error(region)
		}
	}
	if slices.Contains(remove, svc.Region) {
		return says.RegionHost.Error(svc.Region, svc.ID)
	}
	add = slices.DeleteFunc(unique(add), func(region string) bool { return region == svc.Region })
	if svc.Type == kindBalancer && len(add) > 0 {
		return says.RegionsOnGWLB.Error()
	}
	regions := slices.Clone(svc.Regions)
	for _, region := range unique(remove) {
		i := slices.IndexFunc(regions, func(r world.RemoteRegion) bool { return r.Name == region && !leaving(tx, r) })
		if i >= 0 {
			regions[i].Phases = world.Phases{{State: serviceDeleting, At: tx.Now}, {State: removed(tx), At: tx.Now.Add(tx.ServiceDelete())}}
		} else if tx.Switches.StrictDeltas {
			return says.DeltaAbsent.Error(region, svc.ID)
		}
	}
	for _, region := range add {
		i := slices.IndexFunc(regions, func(r world.RemoteRegion) bool { return r.Name == region })
		switch {
		case i < 0:
			regions = append(regions, world.RemoteRegion{Name: region})
			i = len(regions) - 1
		case leaving(tx, regions[i]):
		case tx.Switches.StrictDeltas:
			return says.DeltaPresent.Error(region, svc.ID)
		default:
			continue
		}
		regions[i].Phases = world.Phases{{State: servicePending, At: tx.Now}, {State: serviceAvailable, At: tx.Now.Add(tx.Timing.ServiceProvision)}}
	}
	svc.Regions = regions
	return nil
}

func removed(tx *world.Tx) string {
	if tx.Switches.ClosedRegions {
		return regionClosed
	}
	return regionDeleted
}

// leaving says whether a Region was removed from a service.
func leaving(tx *world.Tx, r world.RemoteRegion) bool {
	state := r.Phases.At(tx.Now)
	return state == serviceDeleting || state == regionDeleted || state == regionClosed
}

// regionSet shows the Regions of a service, its own first.
func regionSet(tx *world.Tx, s *world.Service) []types.SupportedRegionDetail {
	out := []types.SupportedRegionDetail{{Region: str(s.Region), ServiceState: str(serviceAvailable)}}
	for _, r := range s.Regions {
		out = append(out, types.SupportedRegionDetail{Region: str(r.Name), ServiceState: str(r.Phases.At(tx.Now))})
	}
	return out
}

// remote says whether consumers of another Region may connect to a service now.
func remote(tx *world.Tx, s *world.Service) bool {
	return slices.ContainsFunc(s.Regions, func(r world.RemoteRegion) bool { return r.Phases.At(tx.Now) == serviceAvailable })
}
