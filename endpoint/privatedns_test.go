package endpoint_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	zonetypes "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// named gives the provider's service a private name, and proves that the domain is the provider's.
func named(t *testing.T, w *world, acceptance bool, name string) {
	t.Helper()
	svc, err := service.BehindNLB("orders").PrivateDNSName(name).Acceptance(acceptance).LoadBalancers(w.nlb).
		Allow(privatelink.AccountPrincipal(consumerID)).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	made, err := w.provider.CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{Name: &name, CallerReference: aws.String("proof")})
	require.NoError(t, err)
	_, err = w.provider.ChangeResourceRecordSets(t.Context(), &route53.ChangeResourceRecordSetsInput{HostedZoneId: made.HostedZone.Id,
		ChangeBatch: &zonetypes.ChangeBatch{Changes: []zonetypes.Change{{Action: zonetypes.ChangeActionCreate, ResourceRecordSet: &zonetypes.ResourceRecordSet{
			Name: aws.String(svc.Verification.Host), Type: zonetypes.RRTypeTxt, TTL: aws.Int64(60),
			ResourceRecords: []zonetypes.ResourceRecord{{Value: aws.String(`"` + svc.Verification.Value + `"`)}}}}}}})
	require.NoError(t, err)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
}

// On a provider's service private DNS is one modify once the endpoint is available, whether or not the provider has to accept.
func TestPrivateDNSComesInPhases(t *testing.T) {
	for _, acceptance := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, &fake.Cloud{Delay: 20 * time.Second}, acceptance)
			named(t, w, acceptance, "api.example.com")
			b := w.orders().PrivateDNS(true)
			var e *endpoint.Endpoint
			made := writes(w.ops(func() {
				var err error
				e, err = b.Ensure(t.Context(), w.consumer)
				require.NoError(t, err)
			}))
			require.Equal(t, []string{"CreateVpcEndpoint"}, made)
			require.Nil(t, lastInput[ec2.CreateVpcEndpointInput](t, w).PrivateDnsEnabled)
			require.NotEmpty(t, e.Waiting)
			require.Empty(t, e.DNS.Private)
			if acceptance {
				require.NoError(t, accept(t.Context(), w, e))
			}
			require.Equal(t, []string{"ModifyVpcEndpoint"}, writes(w.ops(func() {
				var err error
				e, err = b.WaitReady(t.Context(), w.consumer)
				require.NoError(t, err)
			})), "one modify")
			require.Equal(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &e.ID, PrivateDnsEnabled: aws.Bool(true)}, lastInput[ec2.ModifyVpcEndpointInput](t, w))
			require.True(t, e.PrivateDNS)
			require.Equal(t, "api.example.com", e.DNS.Private[0].Name)
			require.NotEqual(t, e.DNS.Regional.ZoneID, e.DNS.Private[0].ZoneID, "the name has a hosted zone of its own")
			require.Empty(t, writes(w.ops(func() {
				_, err := b.WaitReady(t.Context(), w.consumer)
				require.NoError(t, err)
			})))
		})
	}
}
