package endpoint_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// TestSentinelsOfInjectedFaults lets AWS refuse one call of each verb: the error says what kind of trouble it is, and once that is over the
// same call succeeds.
func TestSentinelsOfInjectedFaults(t *testing.T) {
	ensure := func(ctx context.Context, w *world) error { _, err := w.orders().Ensure(ctx, w.consumer); return err }
	change := func(ctx context.Context, w *world) error {
		_, err := w.orders().Subnets(w.a.ID).Ensure(ctx, w.consumer)
		return err
	}
	remove := func(ctx context.Context, w *world) error { return w.orders().Delete(ctx, w.consumer) }
	for name, c := range map[string]struct {
		fault fake.Fault
		want  error
		made  bool // there is an endpoint before
		verb  func(context.Context, *world) error
	}{
		"denied":            {fake.Denied().On("CreateVpcEndpoint"), privatelink.ErrDenied, false, ensure},
		"denied read":       {fake.Denied().On("DescribeVpcEndpoints"), privatelink.ErrDenied, false, ensure},
		"denied delete":     {fake.Denied().On("DeleteVpcEndpoints"), privatelink.ErrDenied, true, remove},
		"denied item":       {fake.Unsuccessful("UnauthorizedOperation", "You are not authorized to perform this operation."), privatelink.ErrDenied, true, remove},
		"throttled":         {fake.Throttle().On("CreateVpcEndpoint"), privatelink.ErrThrottled, false, ensure},
		"throttled change":  {fake.Throttle().On("ModifyVpcEndpoint"), privatelink.ErrThrottled, true, change},
		"throttled by rate": {fake.RateLimit(0, 1).On("DescribeVpcEndpoints"), privatelink.ErrThrottled, true, ensure},
		"quota":             {fake.Quota(), privatelink.ErrQuota, false, ensure},
		"pending change":    {fake.Refuse("OperationInProgress", "VpcEndpoint modify operation in progress").On("ModifyVpcEndpoint"), privatelink.ErrPending, true, change},
		"pending create":    {fake.Refuse("Unavailable", "The service is unavailable").On("CreateVpcEndpoint"), privatelink.ErrPending, false, ensure},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, &fake.Cloud{}, false)
				if c.made {
					require.NoError(t, ensure(t.Context(), w))
				}
				w.cloud.Inject(c.fault)
				var err error
				for range 2 { // a RateLimit lets one through
					if err = c.verb(t.Context(), w); err != nil {
						break
					}
				}
				require.ErrorIs(t, err, c.want)
				w.cloud.Heal()
				require.NoError(t, c.verb(t.Context(), w))
			})
		})
	}
}
