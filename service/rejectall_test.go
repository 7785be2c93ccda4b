package service_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestRejectAllLetsADeleteFollow(t *testing.T) {
	for name, cloud := range map[string]*fake.Cloud{
		"instant": {}, "slow": {Delay: 20 * time.Second}, "harsh": {Delay: 20 * time.Second, Lag: 8 * time.Second, Switches: fake.Harsh()},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(cloud)
				b := w.orders()
				svc, err := b.WaitReady(t.Context(), w.provider)
				require.NoError(t, err)
				time.Sleep(10 * time.Second)
				accepted, waiting := w.connect(t, "accepted", svc), w.connect(t, "waiting", svc)
				require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, accepted.ID))
				_, err = endpoint.WaitState(t.Context(), w.consumer, accepted.ID, privatelink.Available)
				require.NoError(t, err)
				err = b.Delete(t.Context(), w.provider)
				require.ErrorIs(t, err, privatelink.ErrInUse)
				require.ErrorContains(t, err, accepted.ID+" of account "+consumerID+" (")
				require.ErrorContains(t, err, waiting.ID+" of account "+consumerID+" (pendingAcceptance)")

				late := w.connect(t, "late", svc) // lists may not show it yet
				throttles := 2
				cloud.Before = func(_ context.Context, c *fake.Call) error {
					if c.Op == "RejectVpcEndpointConnections" && throttles > 0 {
						throttles--
						return &smithy.GenericAPIError{Code: "RequestLimitExceeded", Message: "slow down"}
					}
					return nil
				}
				require.NoError(t, service.RejectAll(t.Context(), w.provider, svc.ID))
				for _, e := range []*endpoint.Endpoint{accepted, waiting, late} {
					_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Rejected)
					require.NoError(t, err)
				}
				require.NoError(t, service.RejectAll(t.Context(), w.provider, svc.ID), "idempotent")
				require.NoError(t, b.Delete(t.Context(), w.provider))
				require.NoError(t, b.WaitGone(t.Context(), w.provider))
				time.Sleep(10 * time.Second)
				_, err = service.Get(t.Context(), w.provider, svc.ID)
				require.ErrorIs(t, err, privatelink.ErrNotFound)
			})
		})
	}
}

func TestRejectAllSaysWhatItCouldNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		w.connect(t, "orders", svc)
		w.cloud.Before = func(_ context.Context, c *fake.Call) error {
			if c.Op == "RejectVpcEndpointConnections" {
				return &smithy.GenericAPIError{Code: "RequestLimitExceeded", Message: "slow down"}
			}
			return nil
		}
		err = service.RejectAll(t.Context(), w.provider, svc.ID, privatelink.Timeout(time.Minute))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, privatelink.ErrThrottled)
		require.ErrorContains(t, err, "1 connections to be rejected")
		require.ErrorIs(t, service.RejectAll(t.Context(), nil, ""), privatelink.ErrInvalid)
	})
}
