package dnszone_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// TestSentinelsOfInjectedFaults lets AWS refuse one call of each verb: the error says what kind of trouble it is, and once that is over the
// same call succeeds.
func TestSentinelsOfInjectedFaults(t *testing.T) {
	zone := func(w *world) *dnszone.PrivateBuilder { return dnszone.Private(domain).VPC(region, w.a) }
	ensure := func(ctx context.Context, w *world) error { _, err := zone(w).Ensure(ctx, w.api); return err }
	record := func(ctx context.Context, w *world) error {
		_, err := zone(w).A("api", minute, nine).Ensure(ctx, w.api)
		return err
	}
	associate := func(ctx context.Context, w *world) error {
		_, err := zone(w).VPC(region, w.b).Ensure(ctx, w.api)
		return err
	}
	remove := func(ctx context.Context, w *world) error { return zone(w).Delete(ctx, w.api) }
	for name, c := range map[string]struct {
		fault fake.Fault
		want  error
		made  bool // there is a zone before
		verb  func(context.Context, *world) error
	}{
		"denied":           {fake.Denied().On("CreateHostedZone"), privatelink.ErrDenied, false, ensure},
		"denied record":    {fake.Denied().On("ChangeResourceRecordSets"), privatelink.ErrDenied, true, record},
		"throttled":        {fake.Throttle(), privatelink.ErrThrottled, false, ensure},
		"quota of zones":   {fake.Quota().On("CreateHostedZone"), privatelink.ErrQuota, false, ensure},
		"quota of VPCs":    {fake.Quota().On("AssociateVPCWithHostedZone"), privatelink.ErrQuota, true, associate},
		"pending record":   {fake.Refuse("PriorRequestNotComplete", "The request was rejected").On("ChangeResourceRecordSets"), privatelink.ErrPending, true, record},
		"pending deletion": {fake.Refuse("PriorRequestNotComplete", "The request was rejected").On("DeleteHostedZone"), privatelink.ErrPending, true, remove},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld()
				if c.made {
					require.NoError(t, ensure(t.Context(), w))
				}
				w.cloud.Inject(c.fault)
				require.ErrorIs(t, c.verb(t.Context(), w), c.want)
				w.cloud.Heal()
				require.NoError(t, c.verb(t.Context(), w))
			})
		})
	}
}
