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
)

func TestModifyThatDoesNotFindTheEndpointYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &fake.Cloud{Lag: 4 * time.Second}, false)
		time.Sleep(5 * time.Second)
		_, err := w.orders().WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		once := true
		w.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if in, ok := c.Input.(*ec2.ModifyVpcEndpointInput); ok && once {
				once = false
				return &smithy.GenericAPIError{Code: "InvalidVpcEndpointId.NotFound", Message: "The Vpc Endpoint Id '" + *in.VpcEndpointId + "' does not exist"}
			}
			return nil
		}
		e, err := w.orders().Subnets(w.b.ID).WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Equal(t, []string{w.b.ID}, e.Subnets)
	})
}
