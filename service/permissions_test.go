package service_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/dnszone"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/internal/iam/iamtest"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// Every method of API and of LoadBalancerReader is an action of the policy, and the other way round.
func TestIAMPolicyHasEveryCall(t *testing.T) {
	require.Equal(t, iamtest.Methods[service.API](), iamtest.Actions(t, service.IAMPolicy(), "ec2:"))
	require.Equal(t, iamtest.Methods[service.LoadBalancerReader](), iamtest.Actions(t, service.IAMPolicy(), "elasticloadbalancing:"))
	require.Equal(t, []string{"AllowMultiRegion"}, iamtest.Actions(t, service.IAMPolicy(), "vpce:"))
	require.Equal(t, service.IAMPolicy(), service.IAMPolicy(service.Provider))
}

// All that is done in a role, with everything set: the role's policy allows each call, and no statement allows what none needs.
func TestIAMPolicyIsEnoughAndNotTooMuch(t *testing.T) {
	for role, use := range map[service.Role]func(*testing.T, *world){service.Provider: provide, service.Acceptor: answer, service.Consumer: ask} {
		t.Run(string(role), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { judge(t, role, use) })
		})
	}
}

func judge(t *testing.T, role service.Role, use func(*testing.T, *world)) {
	w := newWorld(&fake.Cloud{})
	before := prepared(t, w, role)
	use(t, w)
	calls := slices.DeleteFunc(w.cloud.Calls(), func(c fake.Call) bool {
		return c.Caller == "somebody else" || c.Account != actor[role] || c.Service == "Route 53"
	})
	iamtest.Judge(t, service.IAMPolicy(role), calls[before:], calls[:before]...)
}

var actor = map[service.Role]string{service.Provider: providerID, service.Acceptor: providerID, service.Consumer: consumerID}

// prepared makes what a role finds, and tells how many calls of its account were made by then.
func prepared(t *testing.T, w *world, role service.Role) int {
	if role != service.Provider {
		svc, err := w.orders().WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		w.connect(t, "one", svc)
		w.connect(t, "two", svc)
	}
	return len(slices.DeleteFunc(w.cloud.Calls(), func(c fake.Call) bool { return c.Account != actor[role] }))
}

func ask(t *testing.T, w *world) {
	svc, err := w.orders().Find(fake.Caller(t.Context(), "somebody else"), w.provider)
	require.NoError(t, err)
	_, err = service.Lookup(t.Context(), w.consumer, svc.ServiceName)
	require.NoError(t, err)
}

func answer(t *testing.T, w *world) {
	svc, err := w.orders().Find(fake.Caller(t.Context(), "somebody else"), w.provider)
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	err = service.Decide(ctx, w.provider, svc.ID, func(context.Context, service.Connection) (service.Verdict, error) { return service.AcceptIt, nil })
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, service.RejectAll(t.Context(), w.provider, svc.ID))
}

func provide(t *testing.T, w *world) {
	elb := w.provider.LoadBalancing()
	orders := w.orders().ReadLoadBalancers(elb).Regions("eu-west-1").Notify(alerts, service.EventConnect).PrivateDNSName("api.example.com").
		PayerResponsibility(service.ServiceOwner).Tag("team", "a")
	_, err := orders.Plan(t.Context(), w.provider)
	require.NoError(t, err)
	svc, err := orders.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	zone := dnszone.Public("example.com").TXT(svc.Verification.Host, time.Minute, svc.Verification.Value)
	_, err = zone.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.NoError(t, service.Verify(t.Context(), w.provider, svc.ID))
	_, err = orders.Clone().LoadBalancers(w.nlb, w.second).Notify(alerts, service.EventReject).Tag("team", "b").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	_, err = orders.Clone().LoadBalancers(w.nlb, w.second).Notify(alerts).Tag("team", "b").WaitReady(t.Context(), w.provider)
	require.NoError(t, err)

	e := w.connect(t, "one", svc)
	require.NoError(t, service.Accept(t.Context(), w.provider, svc.ID, e.ID))
	_, err = service.Lookup(t.Context(), w.provider, svc.ServiceName)
	require.NoError(t, err)
	require.ErrorIs(t, orders.Delete(t.Context(), w.provider), privatelink.ErrInUse)
	require.NoError(t, service.RejectAll(t.Context(), w.provider, svc.ID))
	require.NoError(t, orders.WaitGone(t.Context(), w.provider))

	out, err := w.provider.CreateVpcEndpointServiceConfiguration(fake.Caller(t.Context(), "somebody else"),
		&ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{w.nlb}})
	require.NoError(t, err)
	adopted := w.orders().Adopt(aws.ToString(out.ServiceConfiguration.ServiceId))
	_, err = adopted.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	require.NoError(t, adopted.WaitGone(t.Context(), w.provider))
}
