package simulation_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// The provider's process dies at every call, as in TestCrash, while it makes, changes and takes down services of both kinds with everything that
// can be declared of them.
func TestCrashOfServices(t *testing.T) {
	for name, job := range map[string]job{
		"services up":      {run: (*stage).share, check: shared("Connect", "Reject")},
		"services changed": {before: (*stage).share, run: (*stage).reshare, check: shared("Delete")},
		"services down":    {before: (*stage).share, run: (*stage).unshare, check: (*stage).empty},
	} {
		t.Run(name, func(t *testing.T) {
			stories := 0
			for _, s := range few() {
				s.name = "services, " + s.name // some of the second deaths are enough under every setting
				synctest.Test(t, func(t *testing.T) { stories += job.crashEverywhere(t, s) })
			}
			t.Logf("%d stories under %d settings", stories, len(few()))
			require.Greater(t, stories, len(few()))
		})
	}
}

const alerts = "arn:aws:sns:us-east-1:111111111111:alerts"

// shop is a service behind a Network Load Balancer with everything.
func (s *stage) shop() *service.NLBBuilder {
	return service.BehindNLB("shop").LoadBalancers(s.nlb, s.target).Acceptance(true).Allow(privatelink.AccountPrincipal(s.consumer.ID)).
		PrivateDNSName("shop.example.com").IPAddressTypes(service.IPv4).Regions("eu-west-1").PayerResponsibility(service.ServiceOwner).
		Notify(alerts, service.EventConnect, service.EventReject).ReadLoadBalancers(s.provider.LoadBalancing()).Tag("team", "blue")
}

func (s *stage) appliances() *service.GWLBBuilder {
	return service.BehindGWLB("appliances").LoadBalancers(s.gwlb).Acceptance(false).Allow(privatelink.AccountPrincipal(s.consumer.ID)).
		Notify(alerts, service.EventConnect, service.EventReject)
}

func (s *stage) share(ctx context.Context) error { return s.ready(ctx, s.shop(), s.appliances()) }

// reshare changes all that can be changed; a topic is told anew, another no longer.
func (s *stage) reshare(ctx context.Context) error { return s.ready(ctx, s.reshaped(), s.rewired()) }

func (s *stage) reshaped() *service.NLBBuilder {
	return s.shop().LoadBalancers(s.nlb).Acceptance(false).Allow(privatelink.Everyone).PrivateDNSName("store.example.com").Regions("us-west-2").
		Notify(alerts, service.EventDelete).Tag("team", "green")
}

func (s *stage) rewired() *service.GWLBBuilder {
	return s.appliances().Acceptance(true).Allow().Notify(alerts, service.EventDelete)
}

func (s *stage) unshare(ctx context.Context) error {
	return privatelink.DeleteAll(ctx, s.shop().On(s.provider), s.appliances().On(s.provider))
}

func (s *stage) ready(ctx context.Context, all ...privatelink.Resource[service.API, service.Service]) error {
	for _, b := range all {
		if _, err := b.WaitReady(ctx, s.provider); err != nil {
			return err
		}
	}
	return nil
}

// shared asserts that there is one service of each, and that each tells the topic once, of these events.
func shared(events ...string) func(*stage, *testing.T, string) {
	return func(s *stage, t *testing.T, about string) {
		t.Helper()
		complete(2)(s, t, about)
		time.Sleep(5 * time.Second) // until reads show it
		out, err := s.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), &ec2.DescribeVpcEndpointConnectionNotificationsInput{})
		require.NoError(t, err)
		told := map[string]bool{}
		for _, n := range out.ConnectionNotificationSet {
			require.Equal(t, alerts, aws.ToString(n.ConnectionNotificationArn), about)
			require.Equal(t, events, n.ConnectionEvents, about)
			require.False(t, told[aws.ToString(n.ServiceId)], "%s: told twice", about)
			told[aws.ToString(n.ServiceId)] = true
		}
		require.Len(t, told, 2, about)
	}
}
