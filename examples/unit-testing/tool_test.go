package main

import (
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/endpoint"
	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The tests of tool.go. Each makes an AWS in memory, lets the tool run in it, and looks at what has become of the VPC.

// world is what a test begins with: a provider's service, and a consumer's VPC that has no way to it yet.
type world struct {
	cloud              *fake.Cloud
	provider, consumer *fake.Account
	service            *service.Service
	vpc                *fake.VPC
	want               connection
}

// newWorld makes it. What tests build on is seeded, by handles that need no clean-up; what the tool makes has to be gone when a test ends.
func newWorld(t *testing.T, acceptance bool) world {
	cloud := &fake.Cloud{}
	fake.NoLeaks(t, cloud)
	provider, consumer := cloud.Account("111111111111"), cloud.Account("222222222222")

	nlb := provider.NLB("orders", provider.VPC("10.1.0.0/16").Subnet("us-east-1a", "10.1.1.0/24"))
	api := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "3 orders") })}
	go api.Serve(nlb.Listen(80))
	t.Cleanup(func() { api.Close() })

	orders := service.BehindNLB("orders").LoadBalancers(nlb.ARN).Acceptance(acceptance).Allow(privatelink.AccountPrincipal(consumer.ID))
	svc, err := orders.WaitReady(t.Context(), provider)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, orders.WaitGone(context.Background(), provider)) })

	vpc := consumer.VPC("10.2.0.0/16")
	return world{cloud, provider, consumer, svc, vpc, connection{
		service: svc.ServiceName, region: consumer.Region, vpc: vpc.ID, domain: "orders.internal",
		subnets: []string{vpc.Subnet("us-east-1a", "10.2.1.0/24").ID},
		groups:  []string{vpc.SecurityGroup("orders").AllowTCP(80, "10.2.0.0/16").ID},
	}}
}

func (w world) up(t *testing.T) (string, error) {
	return w.want.up(t.Context(), w.consumer, w.consumer)
}

func (w world) down(t *testing.T) {
	require.NoError(t, w.want.down(t.Context(), w.consumer, w.consumer))
}

// Success is that the API can be used from the VPC, by name. That it cannot be from elsewhere is part of it.
func TestSuccess(t *testing.T) {
	w := newWorld(t, false)
	name, err := w.up(t)
	require.NoError(t, err)
	defer w.down(t)

	client := &http.Client{Transport: &http.Transport{DialContext: w.vpc.DialContext, DisableKeepAlives: true}}
	resp, err := client.Get("http://" + name)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, "3 orders", string(body))

	_, err = w.cloud.Internet().LookupHost(t.Context(), name)
	require.ErrorContains(t, err, "no such host")
}

// The second run finds everything, and writes nothing.
func TestAgain(t *testing.T) {
	w := newWorld(t, false)
	_, err := w.up(t)
	require.NoError(t, err)
	defer w.down(t)
	w.cloud.Before = func(_ context.Context, call *fake.Call) error {
		require.Regexp(t, "^(Describe|List|Get)", call.Op)
		return nil
	}
	_, err = w.up(t)
	require.NoError(t, err)
	w.cloud.Before = nil
}

// In a bubble of synctest time is virtual: AWS takes minutes, the test does not.
func TestRejection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, true)
		w.cloud.Delay = time.Minute
		go func() {
			time.Sleep(5 * time.Minute) // the tool waits meanwhile
			for conn, err := range service.Connections(t.Context(), w.provider, w.service.ID) {
				require.NoError(t, err)
				require.NoError(t, service.Reject(t.Context(), w.provider, w.service.ID, conn.EndpointID))
			}
		}()
		_, err := w.up(t)
		require.ErrorIs(t, err, privatelink.ErrRejected)
		require.ErrorContains(t, err, "talk to them")
		w.down(t) // the endpoint stays, rejected, until it is deleted
	})
}

func TestNotAllowed(t *testing.T) {
	w := newWorld(t, false)
	stranger := w.cloud.Account("333333333333")
	vpc := stranger.VPC("10.3.0.0/16")
	w.want.vpc, w.want.subnets, w.want.groups = vpc.ID, []string{vpc.Subnet("us-east-1a", "10.3.1.0/24").ID}, []string{vpc.DefaultSecurityGroup().ID}
	_, err := w.want.up(t.Context(), stranger, stranger)
	require.ErrorIs(t, err, privatelink.ErrNotFound) // to a stranger the service looks as if it did not exist
	require.ErrorContains(t, err, "allowed to connect?")
}

// A wait outlasts throttled calls.
func TestThrottling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, false)
		w.cloud.Inject(fake.Throttle().On("CreateVpcEndpoint", "ChangeResourceRecordSets").Times(3), fake.Throttle().Chance(0.3).Seed(1))
		_, err := w.up(t)
		require.NoError(t, err)
		w.cloud.Heal()
		w.down(t)
	})
}

// The connection breaks after AWS has made the endpoint: the tool does not know, and still there is one endpoint and not two.
func TestLostAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, false)
		w.cloud.Inject(fake.LoseAnswer().On("CreateVpcEndpoint", "CreateHostedZone", "ChangeResourceRecordSets"))
		_, err := w.up(t)
		for tries := 0; err != nil && tries < 5; tries++ { // what a person would do, or a scheduler
			_, err = w.up(t)
		}
		require.NoError(t, err)
		endpoints := 0
		for _, err := range endpoint.List(t.Context(), w.consumer, w.vpc.ID) {
			require.NoError(t, err)
			endpoints++
		}
		require.Equal(t, 1, endpoints)
		w.down(t)
	})
}

func TestQuota(t *testing.T) {
	w := newWorld(t, false)
	w.cloud.Inject(fake.Quota().On("CreateHostedZone"))
	_, err := w.up(t)
	require.ErrorIs(t, err, privatelink.ErrQuota)
	w.down(t) // the endpoint was made before
}

// Whichever call is the last one before the tool dies: a later run finishes the work, and nothing is left after the teardown.
func TestCrash(t *testing.T) {
	for n := range 20 {
		w := newWorld(t, false)
		w.cloud.Inject(fake.Crash().AfterEffect().Nth(n + 1))
		_, err := w.want.up(fake.Caller(t.Context(), "tool"), w.consumer, w.consumer)
		died := err != nil
		_, err = w.up(t)
		require.NoError(t, err)
		w.down(t)
		if !died {
			return // it makes no more than n calls
		}
	}
	t.Fatal("more calls than expected")
}
