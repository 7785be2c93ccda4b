package zone

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
)

// modelled are the SDK's types of Route 53's errors, by code: callers look for them with errors.As.
var modelled = map[string]func(*string) error{
	"HostedZoneAlreadyExists":             func(m *string) error { return &types.HostedZoneAlreadyExists{Message: m} },
	"ConflictingDomainExists":             func(m *string) error { return &types.ConflictingDomainExists{Message: m} },
	"NoSuchHostedZone":                    func(m *string) error { return &types.NoSuchHostedZone{Message: m} },
	"HostedZoneNotEmpty":                  func(m *string) error { return &types.HostedZoneNotEmpty{Message: m} },
	"InvalidVPCId":                        func(m *string) error { return &types.InvalidVPCId{Message: m} },
	"VPCAssociationNotFound":              func(m *string) error { return &types.VPCAssociationNotFound{Message: m} },
	"LastVPCAssociation":                  func(m *string) error { return &types.LastVPCAssociation{Message: m} },
	"PublicZoneVPCAssociation":            func(m *string) error { return &types.PublicZoneVPCAssociation{Message: m} },
	"NotAuthorizedException":              func(m *string) error { return &types.NotAuthorizedException{Message: m} },
	"VPCAssociationAuthorizationNotFound": func(m *string) error { return &types.VPCAssociationAuthorizationNotFound{Message: m} },
	"TooManyVPCAssociationAuthorizations": func(m *string) error { return &types.TooManyVPCAssociationAuthorizations{Message: m} },
	"LimitsExceeded":                      func(m *string) error { return &types.LimitsExceeded{Message: m} },
	"DelegationSetNotAvailable":           func(m *string) error { return &types.DelegationSetNotAvailable{Message: m} },
	"TooManyHostedZones":                  func(m *string) error { return &types.TooManyHostedZones{Message: m} },
	"PriorRequestNotComplete":             func(m *string) error { return &types.PriorRequestNotComplete{Message: m} },
	"ConcurrentModification":              func(m *string) error { return &types.ConcurrentModification{Message: m} },
	"KeySigningKeyAlreadyExists":          func(m *string) error { return &types.KeySigningKeyAlreadyExists{Message: m} },
	"InvalidKeySigningKeyStatus":          func(m *string) error { return &types.InvalidKeySigningKeyStatus{Message: m} },
	"KeySigningKeyWithActiveStatusNotFound": func(m *string) error {
		return &types.KeySigningKeyWithActiveStatusNotFound{Message: m}
	},
	"InvalidArgument":        func(m *string) error { return &types.InvalidArgument{Message: m} },
	"NoSuchChange":           func(m *string) error { return &types.NoSuchChange{Message: m} },
	"NoSuchHealthCheck":      func(m *string) error { return &types.NoSuchHealthCheck{Message: m} },
	"InvalidDomainName":      func(m *string) error { return &types.InvalidDomainName{Message: m} },
	"InvalidPaginationToken": func(m *string) error { return &types.InvalidPaginationToken{Message: m} },
	"InvalidInput":           func(m *string) error { return &types.InvalidInput{Message: m} },
}

// refuse is a refusal as the SDK's Route 53 client returns it.
func refuse(t says.Text, args ...any) error {
	typed, ok := modelled[t.Code]
	if !ok {
		return t.Error(args...)
	}
	m := t.Message(args...)
	return says.Response(cmp.Or(t.Status, http.StatusBadRequest), typed(&m))
}

// Refusal is a refusal as the SDK's Route 53 client returns it; codes that it has no type for stay what they are.
func Refusal(t says.Text, args ...any) error { return refuse(t, args...) }

// refuseBatch lists all that is wrong with a change batch.
func refuseBatch(problems []string) error {
	m := says.InvalidChangeBatch.Message(strings.Join(problems, ", "))
	return says.Response(says.InvalidChangeBatch.Status, &types.InvalidChangeBatch{Message: &m, Messages: problems})
}

func noSuchZone(id string) error { return refuse(says.NoSuchHostedZone, id) }
