package service_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// TestSentinelsOfInjectedFaults lets AWS refuse one call of each verb: the error says what kind of trouble it is, and once that is over the
// same call succeeds.
func TestSentinelsOfInjectedFaults(t *testing.T) {
	orders := func(w *world) *service.NLBBuilder { return service.BehindNLB("orders").LoadBalancers(w.nlb) }
	ensure := func(ctx context.Context, w *world) error { _, err := orders(w).Ensure(ctx, w.provider); return err }
	tag := func(ctx context.Context, w *world) error {
		_, err := orders(w).Tag("team", "a").Ensure(ctx, w.provider)
		return err
	}
	change := func(ctx context.Context, w *world) error {
		_, err := orders(w).Acceptance(false).Ensure(ctx, w.provider)
		return err
	}
	remove := func(ctx context.Context, w *world) error { return orders(w).Delete(ctx, w.provider) }
	for name, c := range map[string]struct {
		fault fake.Fault
		want  error
		made  bool // there is a service before
		verb  func(context.Context, *world) error
	}{
		"denied":           {fake.Denied().On("CreateVpcEndpointServiceConfiguration"), privatelink.ErrDenied, false, ensure},
		"denied item":      {fake.Unsuccessful("UnauthorizedOperation", "You are not authorized to perform this operation."), privatelink.ErrDenied, true, remove},
		"throttled":        {fake.Throttle(), privatelink.ErrThrottled, false, ensure},
		"throttled change": {fake.Throttle().On("ModifyVpcEndpointServiceConfiguration"), privatelink.ErrThrottled, true, change},
		"quota":            {fake.Quota().On("CreateTags"), privatelink.ErrQuota, true, tag},
		"pending":          {fake.Refuse("ConcurrentTagAccess", "Another request is in progress").On("CreateTags"), privatelink.ErrPending, true, tag},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(&fake.Cloud{})
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
