package vpc

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	// gatewayAccess is fullAccess as gateway endpoints show it.
	gatewayAccess = `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
	fullAccess    = `{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}`
	maxPolicy     = 20480
)

// policy checks an endpoint policy. A service that takes none gives full access always.
func policy(tx *world.Tx, o *offer, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if utf8.RuneCountInString(text) > maxPolicy {
		return "", says.PolicyTooLong.Error()
	}
	var doc struct{ Statement json.RawMessage }
	if json.Unmarshal([]byte(text), &doc) != nil || len(doc.Statement) == 0 {
		return "", says.PolicyInvalid.Error()
	}
	if o.policies {
		return text, nil
	}
	if tx.Switches.IgnorePolicies {
		return "", nil
	}
	return "", says.PolicyUnsupported.Error(o.name)
}

// privateDNS checks whether an endpoint that does not yet may serve the service's private names in the VPC.
func privateDNS(tx *world.Tx, v *world.VPC, o *offer, accepted bool) error {
	switch {
	case !v.DNSSupport || !v.DNSHostnames:
		return says.DNSAttributes.Error(v.ID)
	case len(o.privateNames) == 0:
		return says.DNSNoName.Error(o.name)
	case o.svc != nil && o.svc.Verification.State != world.Verified:
		return says.DNSUnverified.Or(tx.Switches.OtherCodes).Error(o.name)
	case !accepted:
		return says.DNSUnaccepted.Or(tx.Switches.OtherCodes).Error(o.name)
	}
	for _, name := range o.privateNames {
		if served(tx, v.ID, name) || tx.DNS.PrivateZone(tx, v.ID, strings.TrimPrefix(name, "*.")) != "" {
			return says.DNSConflict.Error(name, v.ID)
		}
	}
	return nil
}

// served says whether an endpoint of the VPC holds a private name: until it is gone, also while it is deleting.
func served(tx *world.Tx, vpc, name string) bool {
	for e := range world.Live(tx, tx.Endpoints.By(world.ByVPC, vpc, 0)) {
		if e.PrivateDNS && slices.Contains(e.PrivateNames, name) && e.Phases.At(tx.Now) != world.Deleted {
			return true
		}
	}
	return false
}

// current is the offer of an endpoint's service, whether the owner of the endpoint may still see it or not: an existing connection stays.
func current(tx *world.Tx, e *world.Endpoint) *offer {
	if e.ServiceID == "" {
		return awsOffer(e.ServiceRegion, strings.TrimPrefix(e.Service, "com.amazonaws."+e.ServiceRegion+"."))
	}
	if svc := tx.Services.At(e.ServiceID, tx.Now); svc != nil {
		return customerOffer(svc)
	}
	return &offer{name: e.Service, region: e.ServiceRegion, kinds: []string{e.Type}}
}
