package zone

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/fake/internal/says"
	"github.com/seed-326366ec/aws-privatelink/fake/internal/world"
)

const (
	keyActive   = "ACTIVE"
	keyInactive = "INACTIVE"
)

// CreateKeySigningKey gives a public zone of the caller's a key, with which nothing is signed here.
func CreateKeySigningKey(tx *world.Tx, in *route53.CreateKeySigningKeyInput) (*route53.CreateKeySigningKeyOutput, error) {
	z, err := own(tx, in.HostedZoneId)
	if err != nil {
		return nil, err
	}
	name, status := aws.ToString(in.Name), aws.ToString(in.Status)
	switch {
	case in.CallerReference == nil || in.KeyManagementServiceArn == nil:
		return nil, missing("callerReference or keyManagementServiceArn")
	case z.Private:
		return nil, refuse(says.NoPrivateSigning, z.ID)
	case name == "":
		return nil, missing("name")
	case status != keyActive && status != keyInactive:
		return nil, refuse(says.KeyStatus, status)
	case slices.ContainsFunc(z.Keys, func(k world.Key) bool { return k.Name == name }):
		return nil, refuse(says.KeyExists, name)
	}
	c := *z
	c.Keys = append(slices.Clone(z.Keys), world.Key{Name: name, KMS: *in.KeyManagementServiceArn, Status: status, Created: tx.Stamp()})
	tx.DNS.Zones.Put(tx.Now, &c)
	change := tx.NewChange("")
	return &route53.CreateKeySigningKeyOutput{ChangeInfo: changeInfo(tx, change, change.Phases.First()), KeySigningKey: shownKey(tx, c.Keys[len(c.Keys)-1]),
		Location: aws.String("https://route53.amazonaws.com/2013-04-01/keysigningkey/" + z.ID + "/" + name)}, nil
}

func shownKey(tx *world.Tx, k world.Key) *types.KeySigningKey {
	return &types.KeySigningKey{Name: aws.String(k.Name), KmsArn: aws.String(k.KMS), Status: aws.String(k.Status),
		CreatedDate: aws.Time(tx.Shown(k.Created).UTC()), LastModifiedDate: aws.Time(tx.Shown(k.Created).UTC())}
}

// EnableHostedZoneDNSSEC signs a zone, for which it needs an active key. A zone that is signed cannot be deleted.
func EnableHostedZoneDNSSEC(tx *world.Tx, in *route53.EnableHostedZoneDNSSECInput) (*route53.EnableHostedZoneDNSSECOutput, error) {
	change, err := sign(tx, in.HostedZoneId, true)
	if err != nil {
		return nil, err
	}
	return &route53.EnableHostedZoneDNSSECOutput{ChangeInfo: change}, nil
}

// DisableHostedZoneDNSSEC ends the signing of a zone.
func DisableHostedZoneDNSSEC(tx *world.Tx, in *route53.DisableHostedZoneDNSSECInput) (*route53.DisableHostedZoneDNSSECOutput, error) {
	change, err := sign(tx, in.HostedZoneId, false)
	if err != nil {
		return nil, err
	}
	return &route53.DisableHostedZoneDNSSECOutput{ChangeInfo: change}, nil
}

func sign(tx *world.Tx, id *string, on bool) (*types.ChangeInfo, error) {
	z, err := own(tx, id)
	switch {
	case err != nil:
		return nil, err
	case z.Private:
		return nil, refuse(says.NoPrivateSigning, z.ID)
	case on && !slices.ContainsFunc(z.Keys, func(k world.Key) bool { return k.Status == keyActive }):
		return nil, refuse(says.NoActiveKey, z.ID)
	}
	c := *z
	c.Signed = on
	tx.DNS.Zones.Put(tx.Now, &c)
	change := tx.NewChange("")
	return changeInfo(tx, change, change.Phases.First()), nil
}
