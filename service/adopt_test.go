package service_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// byHand makes a service as a person would, with a tag of their own.
func byHand(t *testing.T, w *world, arn string) string {
	t.Helper()
	out, err := w.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{arn},
		TagSpecifications: []types.TagSpecification{{ResourceType: types.ResourceTypeVpcEndpointService,
			Tags: []types.Tag{{Key: aws.String("Name"), Value: aws.String("by hand")}}}},
	})
	require.NoError(t, err)
	return aws.ToString(out.ServiceConfiguration.ServiceId)
}

func TestAdoptTakesOver(t *testing.T) {
	for _, cloud := range []*fake.Cloud{{}, {Switches: fake.Harsh()}} {
		w := newWorld(cloud)
		id := byHand(t, w, w.second)
		plan, err := w.orders().Adopt(id).Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, id, plan.ID)
		require.Equal(t, privatelink.Update, plan.Action)

		svc, err := w.orders().Adopt(id).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, id, svc.ID)
		require.Equal(t, "orders", svc.Name)
		require.Equal(t, []string{w.nlb}, svc.LoadBalancers)
		require.Equal(t, "by hand", svc.Tags["Name"], "what is not declared is left alone")

		svc, err = w.orders().Ensure(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, id, svc.ID, "ours from now on, found by its mark")
		require.NoError(t, w.orders().WaitGone(t.Context(), w.provider))
		_, err = w.orders().Adopt(id).Ensure(t.Context(), w.provider)
		require.ErrorIs(t, err, privatelink.ErrNotFound)
	}
}

func TestAdoptRefusesWhatIsNotToBeHad(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	first, second := byHand(t, w, w.nlb), byHand(t, w, w.second)
	_, err := w.orders().Adopt(first).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	for _, c := range []struct {
		b        privatelink.Resource[service.API, service.Service]
		sentinel error
		text     string
	}{
		{w.orders().CloneAs("other").Adopt(first), privatelink.ErrConflict, `"orders"`},
		{w.orders().Adopt(second), privatelink.ErrConflict, first},
		{w.inspect().Adopt(second), privatelink.ErrImmutable, "kind is Interface"},
		{w.orders().Adopt("vpce-svc-0123456789abcdef0"), privatelink.ErrNotFound, "nothing to adopt"},
		{w.orders().Adopt("orders"), privatelink.ErrInvalid, "to adopt"},
	} {
		require.Empty(t, writes(w.ops(func() {
			_, err := c.b.Ensure(t.Context(), w.provider)
			require.ErrorIs(t, err, c.sentinel)
			require.ErrorContains(t, err, c.text)
		})))
	}
	require.NoError(t, w.orders().CloneAs("other").Adopt(second).Delete(t.Context(), w.provider))
	_, err = service.Get(t.Context(), w.provider, second)
	require.NoError(t, err, "not ours until it has been ensured")
	_, err = w.orders().CloneAs("other").Adopt(second).CloneAs("third").LoadBalancers(w.second).Ensure(t.Context(), w.provider)
	require.ErrorIs(t, err, privatelink.ErrConflict, "Adopt is not copied")
}
