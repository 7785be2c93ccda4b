package service_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

func TestPrincipalsAreTypedAndChecked(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	good := []privatelink.Principal{
		privatelink.AccountPrincipal(consumerID), privatelink.RolePrincipal("arn:aws:iam::222222222222:role/app"),
		privatelink.UserPrincipal("arn:aws:iam::222222222222:user/jo@example.com"), privatelink.ServicePrincipal("ec2.amazonaws.com"), privatelink.Everyone,
	}
	svc, err := service.BehindNLB("orders").LoadBalancers(w.nlb).Allow(good...).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"arn:aws:iam::222222222222:root", "arn:aws:iam::222222222222:role/app",
		"arn:aws:iam::222222222222:user/jo@example.com", "ec2.amazonaws.com", "*"}, svc.AllowedPrincipals)
	for _, bad := range []privatelink.Principal{
		{}, privatelink.AccountPrincipal("*"), privatelink.AccountPrincipal("2222"), privatelink.AccountPrincipal("arn:aws:iam::222222222222:root"),
		privatelink.RolePrincipal("*"), privatelink.RolePrincipal("arn:aws:iam::222222222222:role/path/app"), privatelink.RolePrincipal("arn:aws:iam::222222222222:user/jo"),
		privatelink.RolePrincipal("arn:aws:sts::222222222222:assumed-role/app/session"), privatelink.UserPrincipal("arn:aws:iam::222222222222:user/path/jo"),
		privatelink.UserPrincipal("jo"), privatelink.ServicePrincipal("*"), privatelink.ServicePrincipal("ec2"), privatelink.ServicePrincipal("*.amazonaws.com"),
	} {
		err := service.BehindNLB("orders").LoadBalancers(w.nlb).Allow(bad).Validate()
		require.ErrorIs(t, err, privatelink.ErrInvalid, bad.String())
		require.Len(t, privatelink.Problems(err), 1)
	}
}

func TestPrincipalsByDefaultAreNobody(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := service.BehindNLB("orders").LoadBalancers(w.nlb).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = service.Lookup(t.Context(), w.consumer, svc.ServiceName)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
}

// Everyone is asked for by name: the string "*" is refused, whatever it is said to be.
func TestEveryoneIsAskedForByNameAndAStarIsErrInvalid(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	for _, star := range []privatelink.Principal{privatelink.AccountPrincipal("*"), privatelink.RolePrincipal("*"), privatelink.UserPrincipal("*"), privatelink.ServicePrincipal("*")} {
		err := w.orders().Allow(star).Validate()
		require.ErrorIs(t, err, privatelink.ErrInvalid)
		require.ErrorContains(t, err, "privatelink.Everyone")
	}
	svc, err := w.orders().Allow(privatelink.Everyone).WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = service.Lookup(t.Context(), w.cloud.Account("333333333333"), svc.ServiceName)
	require.NoError(t, err)
}

func TestPrincipalsOfEveryPartition(t *testing.T) {
	for region, partition := range map[string]string{"us-east-1": "aws", "cn-north-1": "aws-cn", "us-gov-west-1": "aws-us-gov"} {
		there := (&fake.Cloud{}).Account(providerID).In(region)
		nlb := there.NLB("orders", there.VPC("10.0.0.0/16").Subnet(region+"a", "10.0.1.0/24"))
		b := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Allow(privatelink.AccountPrincipal(consumerID), privatelink.AccountPrincipal(consumerID))
		svc, err := b.WaitReady(t.Context(), there)
		require.NoError(t, err)
		require.Equal(t, []string{"arn:" + partition + ":iam::" + consumerID + ":root"}, svc.AllowedPrincipals)
		require.Equal(t, "arn:"+partition+":ec2:"+region+":"+providerID+":vpc-endpoint-service/"+svc.ID, svc.ARN)
		require.Equal(t, region, svc.Region)
		plan, err := b.Plan(t.Context(), there)
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan.String())
	}
}

func TestPrincipalsAreReadOverAllPages(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	var all []privatelink.Principal
	for i := range 23 {
		all = append(all, privatelink.AccountPrincipal(fmt.Sprintf("%012d", i)))
	}
	_, err := w.orders().Allow(all...).WaitReady(t.Context(), smallPages{w.provider})
	require.NoError(t, err)
	plan, err := w.orders().Allow(all...).Plan(t.Context(), smallPages{w.provider})
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
	svc, err := w.orders().Allow(all[22], all[3]).WaitReady(t.Context(), smallPages{w.provider})
	require.NoError(t, err)
	require.Len(t, svc.AllowedPrincipals, 2, "an exact set")
}

func TestPrincipalsThatAreRemovedKeepTheirAcceptedConnections(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	svc, err := w.orders().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	e := w.connect(t, "orders", svc)
	require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, e.ID))
	_, err = w.orders().Allow().WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = endpoint.WaitState(t.Context(), w.consumer, e.ID, privatelink.Available)
	require.NoError(t, err)
	for c, err := range service.Connections(t.Context(), w.provider, svc.ID) {
		require.NoError(t, err)
		require.Equal(t, privatelink.Available, c.State)
	}
	_, err = endpoint.Interface("new").VPC(w.vpc).Service(svc.ServiceName).Subnets(w.subnet).Ensure(t.Context(), w.consumer)
	require.ErrorIs(t, err, privatelink.ErrNotFound)
	require.ErrorContains(t, err, "InvalidServiceName")
}

// A service that is Available answers its first connections with 503 for a while: the consumer does not notice.
func TestFreshServiceThatIsUnavailableIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Timing: fake.Timing{ServiceUsable: 40 * time.Second}})
		svc, err := w.orders().Acceptance(false).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, privatelink.Available, svc.State)
		ep := endpoint.Interface("orders").VPC(w.vpc).Service(svc.ServiceName).Subnets(w.subnet)
		began := time.Now()
		e, err := ep.WaitReady(t.Context(), w.consumer)
		require.NoError(t, err)
		require.True(t, e.Ready)
		require.GreaterOrEqual(t, time.Since(began), 40*time.Second)
		refused := 0
		for _, c := range w.cloud.Calls() {
			if c.Op == "CreateVpcEndpoint" && c.Err != nil {
				require.ErrorContains(t, c.Err, "Unavailable")
				refused++
			}
		}
		require.NotZero(t, refused)
	})
}
