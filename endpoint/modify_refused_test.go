package endpoint_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// refuseOneModify has an endpoint of two subnets made, and the next modify refused.
func refuseOneModify(t *testing.T, refusal func(w *world, id string) error) *world {
	w := newWorld(t, &fake.Cloud{Lag: 4 * time.Second}, false)
	time.Sleep(5 * time.Second)
	_, err := w.orders().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	once := true
	w.cloud.Before = func(_ context.Context, c *fake.Call) error {
		if in, ok := c.Input.(*ec2.ModifyVpcEndpointInput); ok && once {
			once = false
			return refusal(w, *in.VpcEndpointId)
		}
		return nil
	}
	return w
}

func TestModifyThatDoesNotFindTheEndpointYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := refuseOneModify(t, func(_ *world, id string) error {
			return &smithy.GenericAPIError{Code: "InvalidVpcEndpointId.NotFound", Message: "The Vpc Endpoint Id '" + id + "' does not exist"}
		})
		e, err := w.orders().Subnets(w.b.ID).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, []string{w.b.ID}, e.Subnets)
	})
}

// AWS's word that something is not associated, where reads go on to show it, speaks of somebody else's change: they had taken it away, and put it
// back since.
func TestModifyThatMeetsSomebodyElsesChange(t *testing.T) {
	for _, word := range []string{" is not associated with ", " is already associated with "} {
		synctest.Test(t, func(t *testing.T) {
			w := refuseOneModify(t, func(w *world, id string) error {
				return &smithy.GenericAPIError{Code: "InvalidParameter", Message: w.a.ID + word + id}
			})
			_, err := w.orders().Subnets(w.b.ID).Ensure(t.Context(), w.consumer)
			require.ErrorIs(t, err, privatelink.ErrPending)
			e, err := w.orders().Subnets(w.b.ID).WaitReady(t.Context(), w.consumer)
			require.NoError(t, err)
			require.Equal(t, []string{w.b.ID}, e.Subnets)
		})
	}
}
