package endpoint_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
)

// warned asserts that a plan, by reads alone, warns with this text, and that Ensure is refused and says the same.
func warned(t *testing.T, w *world, b anyBuilder, text string) {
	t.Helper()
	require.Empty(t, writes(w.ops(func() {
		plan, err := b.Plan(t.Context(), w.consumer)
		require.NoError(t, err)
		require.Contains(t, fmt.Sprint(plan.Warnings), text)
	})))
	_, err := b.Ensure(t.Context(), w.consumer)
	require.ErrorContains(t, err, text)
}

func TestPlanWarnsOfTwoSubnetsInOneZone(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	warned(t, w, w.orders().Subnets(w.a.ID, w.c.ID), "are both in us-east-1a")
}

func TestPlanWarnsOfAZoneThatTheServiceDoesNotOffer(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	far := w.vpc.Subnet("us-east-1c", "10.1.9.0/24")
	warned(t, w, w.orders().Subnets(far.ID), "the service is not offered in us-east-1c, the zone of subnet "+far.ID+": it is in us-east-1a, us-east-1b")
}

func TestPlanWarnsOfDNSAttributesThatAreOff(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	w.vpc.DNSHostnames(false)
	b := endpoint.Interface("ec2").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Subnets(w.a.ID)
	warned(t, w, b.Clone().PrivateDNS(true), "these are off: enableDnsHostnames")
	warned(t, w, b, "these are off: enableDnsHostnames")
	plan, err := b.PrivateDNS(false).Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, plan.Warnings)
}

func TestPlanWarnsOfAPrivateNameThatIsTaken(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	b := endpoint.Interface("ec2").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "ec2")).Subnets(w.a.ID)
	first, err := b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	plan, err := b.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Empty(t, plan.Warnings, "not by itself")
	warned(t, w, b.CloneAs("other"), "endpoint "+first.ID+" has the service's private DNS name")
	_, err = b.CloneAs("other").Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrConflict)
}

func TestPlanWarnsOfInboundOnlyWithoutAGateway(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	b := endpoint.Interface("s3").VPC(w.vpc.ID).Service(endpoint.AWSService("us-east-1", "s3")).Subnets(w.a.ID).PrivateDNS(true).PrivateDNSOnlyForInboundResolver(true)
	warned(t, w, b, "needs a gateway endpoint")
	_, err := w.s3().WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
	_, err = b.WaitReady(t.Context(), w.consumer)
	require.NoError(t, err)
}

func TestPlanWarnsOfTheQuota(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	for i := range 50 {
		_, err := w.orders().CloneAs(fmt.Sprint("orders-", i)).Ensure(t.Context(), w.consumer)
		require.NoError(t, err)
	}
	warned(t, w, w.orders(), "has 50 interface and Gateway Load Balancer endpoints")
	_, err := w.orders().Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrQuota)
}

func TestPlanWarnsOfAServiceThatIsNotVisible(t *testing.T) {
	w := newWorld(t, &fake.Cloud{}, false)
	unseen := w.orders().Service("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0")
	plan, err := unseen.Plan(t.Context(), w.consumer)
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(plan.Warnings), "does not exist, or this account is not allowed to see it")
	_, err = unseen.Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "or this account is not allowed to see it: check the name")
}
