package service_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestAcceptAndRejectAreIdempotent(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	one, two := w.connect(t, "one", svc), w.connect(t, "two", svc)
	require.Len(t, w.ops(func() {
		require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, one.ID, two.ID, one.ID))
	}), 2, "one list, one accept")
	require.Empty(t, writes(w.ops(func() {
		require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, one.ID, two.ID))
	})))
	require.NoError(t, service.Reject(t.Context(), w.provider, svc.ID, one.ID))
	require.Empty(t, writes(w.ops(func() {
		require.NoError(t, service.Reject(t.Context(), w.provider, svc.ID, one.ID))
	})))
	states := map[string]privatelink.State{}
	for c, err := range service.Connections(t.Context(), w.provider, svc.ID) {
		require.NoError(t, err)
		require.Equal(t, consumerID, c.Owner)
		states[c.EndpointID] = c.State
	}
	require.Equal(t, map[string]privatelink.State{one.ID: privatelink.Rejected, two.ID: privatelink.Available}, states)
}

func TestAcceptWaitsUntilTheConnectionShows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 9 * time.Second})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		e := w.connect(t, "orders", svc)
		require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, e.ID))
		_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
		require.NoError(t, err)
	})
}

func TestAcceptEndsAfterTwoMinutesWithErrNotFoundAndNamesTheMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		e := w.connect(t, "orders", svc)
		began := time.Now()
		err = service.Accept(t.Context(), w.provider, svc.ID, e.ID, "vpce-0123456789abcdef0")
		require.ErrorIs(t, err, privatelink.ErrNotFound)
		require.ErrorContains(t, err, "vpce-0123456789abcdef0")
		require.NotContains(t, err.Error(), e.ID, "that one was accepted")
		require.Equal(t, 2*time.Minute, time.Since(began))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err = service.Accept(ctx, w.provider, svc.ID, "vpce-0123456789abcdef0")
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.NotErrorIs(t, err, privatelink.ErrNotFound, "the caller's own deadline")
	})
}

func TestAcceptWithoutIDsIsErrInvalidAndNeverMeansAll(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	require.ErrorIs(t, service.Accept(t.Context(), w.provider, "vpce-svc-0123456789abcdef0"), privatelink.ErrInvalid)
	require.ErrorIs(t, service.Reject(t.Context(), nil, "", "x"), privatelink.ErrInvalid)
	require.Len(t, privatelink.Problems(service.Reject(t.Context(), nil, "", "x")), 3)
}

// refusing lists every item as unsuccessful, inside a success.
type refusing struct {
	*fake.Account
	code string
}

func (r refusing) AcceptVpcEndpointConnections(_ context.Context, in *ec2.AcceptVpcEndpointConnectionsInput, _ ...func(*ec2.Options)) (*ec2.AcceptVpcEndpointConnectionsOutput, error) {
	return &ec2.AcceptVpcEndpointConnectionsOutput{Unsuccessful: unsuccessful(r.code, in.VpcEndpointIds...)}, nil
}

func unsuccessful(code string, ids ...string) (items []types.UnsuccessfulItem) {
	for _, id := range ids {
		items = append(items, types.UnsuccessfulItem{ResourceId: aws.String(id), Error: &types.UnsuccessfulItemError{Code: aws.String(code), Message: aws.String("no")}})
	}
	return items
}

func TestAcceptReadsUnsuccessfulItems(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e := w.connect(t, "orders", svc)
	err = service.Accept(t.Context(), refusing{w.provider, "UnauthorizedOperation"}, svc.ID, e.ID)
	require.ErrorIs(t, err, privatelink.ErrDenied)
	require.ErrorContains(t, err, e.ID)
}

func TestAcceptOfADeletedEndpointFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Delay: time.Minute})
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		e, other := w.connect(t, "orders", svc), w.connect(t, "other", svc)
		require.NoError(t, endpoint.Interface("orders").VPC(w.vpc).Delete(t.Context(), w.consumer))
		err = service.Accept(t.Context(), w.provider, svc.ID, e.ID, other.ID)
		require.ErrorIs(t, err, privatelink.ErrFailed)
		require.ErrorContains(t, err, e.ID+" of account "+consumerID+" is deleting")
		_, err = endpoint.WaitState(t.Context(), w.consumer, other.ID, privatelink.Available)
		require.NoError(t, err, "it does not keep the others out")
	})
}
