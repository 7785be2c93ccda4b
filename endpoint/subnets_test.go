package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

func TestSubnetsForTakesOneOfEachZoneThatTheServiceOffers(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	far := w.vpc.Subnet("us-east-1c", "10.1.9.0/24")
	all := []string{far.ID, w.c.ID, w.a.ID, w.b.ID}
	var chosen []string
	require.Equal(t, []string{"DescribeSubnets", "DescribeVpcEndpointServices"}, w.ops(func() {
		var err error
		chosen, err = endpoint.SubnetsFor(t.Context(), w.consumer, w.svc.ServiceName, all...)
		require.NoError(t, err)
	}))
	require.Equal(t, []string{w.c.ID, w.b.ID}, chosen)
	_, err := w.orders().Subnets(all...).Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, "DuplicateSubnetsInSameZone")
	e, err := w.orders().Subnets(chosen...).WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	require.ElementsMatch(t, chosen, e.Subnets)

	chosen, err = endpoint.SubnetsFor(t.Context(), w.consumer, "", all...)
	require.NoError(t, err)
	require.Equal(t, []string{far.ID, w.c.ID, w.b.ID}, chosen, "the zones of the service are not known")
	chosen, err = endpoint.SubnetsFor(t.Context(), w.consumer, w.svc.ServiceName)
	require.NoError(t, err)
	require.Empty(t, chosen)
}

func TestSubnetsForRefusals(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	far := w.vpc.Subnet("us-east-1c", "10.1.9.0/24")
	for _, c := range []struct {
		service, subnet string
		sentinel        error
		text            string
	}{
		{w.svc.ServiceName, far.ID, privatelink.ErrNotFound, "it is in us-east-1a, us-east-1b"},
		{provide, w.a.ID, privatelink.ErrNotFound, "not allowed to see it"},
		{w.svc.ServiceName, "subnet-0123456789abcdef0", privatelink.ErrNotFound, "subnet-0123456789abcdef0"},
		{w.svc.ServiceName, "vpc-1", privatelink.ErrInvalid, "vpc-1"},
		{w.svc.ID, w.a.ID, privatelink.ErrInvalid, "service's ID"},
	} {
		_, err := endpoint.SubnetsFor(t.Context(), w.consumer, c.service, c.subnet)
		require.ErrorIs(t, err, c.sentinel)
		require.ErrorContains(t, err, c.text)
	}
	_, err := endpoint.SubnetsFor(t.Context(), nil, "", w.a.ID)
	require.ErrorIs(t, err, privatelink.ErrInvalid)
}
