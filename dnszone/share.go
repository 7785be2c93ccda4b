package dnszone

import (
	"context"
	"fmt"

	"github.com/seed-326366ec/aws-privatelink/internal/awserr"
	"github.com/seed-326366ec/aws-privatelink/internal/declare"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// Authorize lets another account associate its VPC with a private zone of this one: the first step where no process has clients of both
// accounts, for the zone's owner. Associate is the second, for the VPC's owner, and Deauthorize the last. Idempotent. ErrQuota beyond AWS's
// thousand for one zone.
// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html
func Authorize(ctx context.Context, api API, zoneID string, vpc VPC) error {
	return onVPC("authorize", api, zoneID, vpc, func(id string) error { return authorize(ctx, api, id, vpc) })
}

// Deauthorize takes an authorisation back, for the zone's owner; the association that was made with it stays. Nil when there is none.
func Deauthorize(ctx context.Context, api API, zoneID string, vpc VPC) error {
	return onVPC("deauthorize", api, zoneID, vpc, func(id string) error { return deauthorize(ctx, api, id, vpc) })
}

// Associate makes a private zone, which may be another account's that has authorised it, serve a VPC of this account. It does not wait until
// Route 53 has published that. Nil when the zone serves the VPC already; ErrConflict names another zone that serves it under this name,
// ErrDenied tells that the authorisation is missing.
func Associate(ctx context.Context, api API, zoneID string, vpc VPC) error {
	return onVPC("associate", api, zoneID, vpc, func(id string) error {
		_, err := associate(ctx, api, id, vpc)
		switch {
		case awserr.Code(err) == "NotAuthorizedException":
			return fmt.Errorf("the owner of the zone has to authorise it first (Authorize): %w", err)
		case awserr.Of(err).Means != awserr.NotUnique:
			return err
		case names(err) == id: // the list may not show it yet
			return nil
		}
		zones, lookErr := readerOf(api).serving(ctx, vpc)
		if lookErr != nil {
			return err
		}
		for _, z := range zones {
			if z.HostedZoneId != nil && bareID(*z.HostedZoneId) == id {
				return nil
			}
		}
		return err
	})
}

// Disassociate ends a private zone's service to a VPC, for the owner of either. It does not wait until Route 53 has published that. Nil when
// the zone does not serve the VPC; ErrInUse when it is the last one, which stays as long as the zone.
func Disassociate(ctx context.Context, api API, zoneID string, vpc VPC) error {
	return onVPC("disassociate", api, zoneID, vpc, func(id string) error {
		_, err := disassociate(ctx, api, id, vpc)
		return err
	})
}

// onVPC checks what a function about a zone and a VPC is given, and gives its error a context.
func onVPC(op string, api API, zone string, vpc VPC, do func(id string) error) error {
	var p declare.Problems
	p.API(api)
	if !zoneID.MatchString(bareID(zone)) {
		p.Add("the zone %q is not a zone's ID, such as Z0123456789ABCDEFGHIJ", zone)
	}
	p = append(p, vpc.problems()...)
	e := &privatelink.Error{Op: op, Kind: noun, ID: bareID(zone), Scope: vpc.String()}
	if len(p) > 0 {
		e.Sentinel, e.Err = privatelink.ErrInvalid, &privatelink.InvalidError{Problems: p}
		return e
	}
	if err := do(bareID(zone)); err != nil {
		e.Sentinel, e.Err = awserr.Of(err).Sentinel, err
		return e
	}
	return nil
}
