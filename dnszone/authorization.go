package dnszone

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/converge"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// share associates a VPC of another account: authorise, associate in its name, take the authorisation back, whatever came of it. Another process
// at the same work may take the authorisation away in between; then it starts again, and leaves it to the next pass in the end.
func (k *privateKind) share(ctx context.Context, id string, v VPC) error {
	theirs := k.shared[v]
	for try := 1; ; try++ {
		k.tidied[v] = false
		if err := authorize(ctx, k.api, id, v); err != nil {
			return err
		}
		change, err := associate(ctx, theirs, id, v)
		if err == nil {
			k.publishing.noteTheirs(theirs, change)
			return k.takeBack(ctx, id, v)
		}
		taken := awserr.Code(err) == "NotAuthorizedException"
		if taken && try < tries {
			continue
		}
		_ = k.takeBack(ctx, id, v) // the next pass sees to it otherwise
		if taken {
			err = awserr.Mark(fmt.Errorf("another process takes the authorization back before it is used: %w", err), privatelink.ErrPending, awserr.Busy)
		}
		return err
	}
}

// authorized are the authorisations of a zone that are this declaration's to take back.
func (k *privateKind) authorized(z *Zone) []VPC {
	ours := func(v VPC) bool { _, shared := k.shared[v]; return shared || k.exclusive }
	return slices.DeleteFunc(slices.Clone(z.Authorized), func(v VPC) bool { return !ours(v) })
}

// stale are the authorisations that have done their work.
func (k *privateKind) stale(z *Zone) []VPC {
	add, _ := k.vpcsAgainst(z.VPCs)
	return slices.DeleteFunc(k.authorized(z), func(v VPC) bool { return slices.Contains(add, v) })
}

func (k *privateKind) authorizationDelta(z *Zone) (out []converge.Delta) {
	for _, v := range k.stale(z) {
		out = append(out, delta("authorization of VPC "+v.String(), "given", ""))
	}
	return out
}

// tidy takes stale authorisations back.
func (k *privateKind) tidy(ctx context.Context, z *Zone) error {
	for _, v := range k.stale(z) {
		if err := k.takeBack(ctx, z.ID, v); err != nil {
			return err
		}
		z.Authorized = slices.DeleteFunc(z.Authorized, v.is)
	}
	return nil
}

// takeBack ends the authorisation of a VPC, and notes that there is none.
func (k *privateKind) takeBack(ctx context.Context, id string, v VPC) error {
	err := deauthorize(ctx, k.api, id, v)
	if err == nil {
		k.tidied[v] = true
	}
	return err
}

// Lingers: whoever died between an association and the end of its authorisation left one that the list may not show yet.
func (k *privateKind) Lingers(*Zone) bool {
	for v := range k.shared {
		if !k.tidied[v] {
			return true
		}
	}
	return false
}

func (v VPC) is(other VPC) bool { return v == other }

func authorize(ctx context.Context, api API, id string, v VPC) error {
	_, err := patiently(ctx, api.CreateVPCAssociationAuthorization, &route53.CreateVPCAssociationAuthorizationInput{HostedZoneId: aws.String(id), VPC: v.wire()})
	return err
}

// deauthorize is done when there is none.
func deauthorize(ctx context.Context, api API, id string, v VPC) error {
	_, err := patiently(ctx, api.DeleteVPCAssociationAuthorization, &route53.DeleteVPCAssociationAuthorizationInput{HostedZoneId: aws.String(id), VPC: v.wire()})
	if code := awserr.Code(err); code == "VPCAssociationAuthorizationNotFound" || code == "NoSuchHostedZone" {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the authorization of VPC %s: %w", v, err)
	}
	return nil
}

func associate(ctx context.Context, api API, id string, v VPC) (*types.ChangeInfo, error) {
	out, err := patiently(ctx, api.AssociateVPCWithHostedZone, &route53.AssociateVPCWithHostedZoneInput{HostedZoneId: aws.String(id), VPC: v.wire()})
	if err != nil {
		return nil, err
	}
	return out.ChangeInfo, nil
}

// disassociate is done when there is no association. The last one stays as long as the zone.
func disassociate(ctx context.Context, api API, id string, v VPC) (*types.ChangeInfo, error) {
	out, err := patiently(ctx, api.DisassociateVPCFromHostedZone, &route53.DisassociateVPCFromHostedZoneInput{HostedZoneId: aws.String(id), VPC: v.wire()})
	switch code := awserr.Code(err); {
	case code == "VPCAssociationNotFound":
		return nil, nil
	case code == "LastVPCAssociation":
		err = fmt.Errorf("VPC %s is the last that hosted zone %s serves, which goes with Delete only: %w", v, id, err)
		return nil, awserr.Mark(err, privatelink.ErrInUse, awserr.Final)
	case err != nil:
		return nil, fmt.Errorf("VPC %s: %w", v, err)
	}
	return out.ChangeInfo, nil
}
