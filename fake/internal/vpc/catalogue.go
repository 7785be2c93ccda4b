package vpc

import (
	"slices"
	"strings"
	"sync"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

// offer is what a consumer can connect to: a customer's service or one of AWS's.
type offer struct {
	name, region string
	svc          *world.Service // nil for AWS's services
	kinds        []string       // Interface, Gateway, GatewayLoadBalancer
	dnsPart      string
	privateNames []string
	policies     bool
	ipTypes      []string
	known        *world.Target // of AWS's services
}

// target is what an endpoint knows of its service.
func (o *offer) target() *world.Target {
	if o.known != nil {
		return o.known
	}
	t := &world.Target{Service: o.name, ServiceRegion: o.region, DNSPart: o.dnsPart, PrivateNames: o.privateNames}
	if o.svc != nil {
		t.ServiceID = o.svc.ID
	} else {
		t.BothKinds = o.bothKinds()
	}
	return t
}

// awsServices are services of AWS that the catalogue has, by their part of the service name: the kinds and the name that private DNS serves.
var awsServices = map[string]struct {
	kinds   []string
	private string
}{
	"s3":        {[]string{"Gateway", "Interface"}, "s3"},
	"s3express": {[]string{"Gateway"}, ""},
	"dynamodb":  {[]string{"Gateway", "Interface"}, "dynamodb"},
	"ec2":       {[]string{"Interface"}, "ec2"},
	"sts":       {[]string{"Interface"}, "sts"},
	"ecr.api":   {[]string{"Interface"}, "api.ecr"},
	"ecr.dkr":   {[]string{"Interface"}, "*.dkr.ecr"},
	"logs":      {[]string{"Interface"}, "logs"},
	"ssm":       {[]string{"Interface"}, "ssm"},
}

// bothIPTypes are what AWS's own services support.
var bothIPTypes = []string{"ipv4", "ipv6"}

// findOffer is the service of a name in a Region that the caller may see from its own; nil when there is none or it is hidden, which look
// the same. AWS's own services are not offered to other Regions.
func findOffer(tx *world.Tx, name, region string) *offer {
	if o := catalogue()[inRegion{tx.Region, name}]; o != nil && region == tx.Region {
		return o
	}
	for svc := range world.Live(tx, tx.Services.By(world.ByName, name, 0)) {
		if svc.Region == region && svc.ReachableFrom(tx.Region, tx.Now) && svc.Offered(tx.Now) && visible(tx, svc) {
			return customerOffer(svc)
		}
	}
	return nil
}

// inRegion is a service of AWS's in one Region, by service name.
type inRegion struct{ region, name string }

// catalogue is what AWS offers, which never changes.
var catalogue = sync.OnceValue(func() map[inRegion]*offer {
	out := map[inRegion]*offer{}
	for _, region := range world.Regions() {
		for part := range awsServices {
			o := awsOffer(region, part)
			o.known = o.target()
			out[inRegion{region, o.name}] = o
		}
	}
	return out
})

func awsOffer(region, part string) *offer {
	s := awsServices[part]
	o := &offer{name: "com.amazonaws." + region + "." + part, region: region, kinds: s.kinds, dnsPart: part, policies: true, ipTypes: bothIPTypes}
	if s.private != "" {
		o.dnsPart = strings.TrimPrefix(s.private, "*.")
		o.privateNames = []string{s.private + "." + region + "." + world.DNSSuffix(region)}
	}
	return o
}

func customerOffer(svc *world.Service) *offer {
	o := &offer{name: svc.Name, region: svc.Region, svc: svc, kinds: []string{svc.Type}, dnsPart: svc.ID, ipTypes: svc.IPTypes}
	if svc.PrivateName != "" {
		o.privateNames = []string{svc.PrivateName}
	}
	return o
}

// visible says whether the caller may see a service: the owner, and whom a permission names. A permission for a role or user of an
// account counts for the account, as the fake knows no callers within one.
func visible(tx *world.Tx, svc *world.Service) bool {
	if svc.Owner == tx.Account {
		return true
	}
	for p := range world.Live(tx, tx.Permissions.By(world.ByService, svc.ID, 0)) {
		if tx.Now.Before(p.Created.Add(tx.Timing.Permission - tx.Switches.Skew)) {
			continue
		}
		if p.Principal == "*" || accountOf(p.Principal) == tx.Account {
			return true
		}
	}
	return false
}

// supports says whether the service can be reached by an IP address type.
func (o *offer) supports(ipType string) bool {
	has := func(t string) bool { return slices.Contains(o.ipTypes, t) }
	if ipType == "dualstack" {
		return has("ipv4") && has("ipv6")
	}
	return has(ipType)
}

// offers says whether consumers in an Availability Zone can connect: AWS's services are in all, a service of another Region in all that
// are not closed to such.
func (o *offer) offers(tx *world.Tx, azID string) bool {
	return o.svc == nil || o.region != tx.Region || slices.Contains(o.svc.AZIDs, azID)
}
