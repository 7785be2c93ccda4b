package service_test

import (
	"testing"
	"time"

	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// drift is what somebody does to a service behind the library's back.
type drift struct {
	name    string
	byHand  func(*testing.T, hand)
	fields  []string // that Plan finds
	mending []string // the writes of one Ensure
}

// hand is somebody with a client of their own.
type hand struct {
	*world
	id string
}

func modified(in change) func(*testing.T, hand) {
	return func(t *testing.T, h hand) {
		in := in
		in.ServiceId = &h.id
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), &in)
		require.NoError(t, err)
	}
}

func permitted(in permits) func(*testing.T, hand) {
	return func(t *testing.T, h hand) {
		in := in
		in.ServiceId = &h.id
		_, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &in)
		require.NoError(t, err)
	}
}

func tagged(key, value string) func(*testing.T, hand) {
	return func(t *testing.T, h hand) {
		_, err := h.provider.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{h.id}, Tags: tagList(key, value)})
		require.NoError(t, err)
	}
}

func untagged(keys ...string) func(*testing.T, hand) {
	return func(t *testing.T, h hand) {
		var tags []types.Tag
		for _, key := range keys {
			tags = append(tags, types.Tag{Key: aws.String(key)})
		}
		_, err := h.provider.DeleteTags(t.Context(), &ec2.DeleteTagsInput{Resources: []string{h.id}, Tags: tags})
		require.NoError(t, err)
	}
}

// notified changes or deletes the notification of a topic.
func notified(topic string, events ...string) func(*testing.T, hand) {
	return func(t *testing.T, h hand) {
		out, err := h.provider.DescribeVpcEndpointConnectionNotifications(t.Context(), nil)
		require.NoError(t, err)
		for _, n := range out.ConnectionNotificationSet {
			switch {
			case *n.ConnectionNotificationArn != topic:
			case len(events) == 0:
				_, err = h.provider.DeleteVpcEndpointConnectionNotifications(t.Context(), &ec2.DeleteVpcEndpointConnectionNotificationsInput{ConnectionNotificationIds: []string{*n.ConnectionNotificationId}})
			default:
				_, err = h.provider.ModifyVpcEndpointConnectionNotification(t.Context(), &ec2.ModifyVpcEndpointConnectionNotificationInput{ConnectionNotificationId: n.ConnectionNotificationId, ConnectionEvents: events})
			}
			require.NoError(t, err)
		}
	}
}

// drifts are those of both kinds of services.
func drifts() []drift {
	oneModify, oneTag := []string{modify}, []string{"CreateTags"}
	consumer := "arn:aws:iam::" + consumerID + ":root"
	return []drift{
		{"acceptance", modified(change{AcceptanceRequired: aws.Bool(false)}), []string{"acceptance"}, oneModify},
		{"IP address type added", modified(change{AddSupportedIpAddressTypes: []string{"ipv6"}}), []string{"IP address types"}, oneModify},
		{"IP address type changed", modified(change{AddSupportedIpAddressTypes: []string{"ipv6"}, RemoveSupportedIpAddressTypes: []string{"ipv4"}}), []string{"IP address types"}, oneModify},
		{"principal added", permitted(permits{AddAllowedPrincipals: []string{"*"}}), []string{"allowed principals"}, []string{allow}},
		{"principal removed", permitted(permits{RemoveAllowedPrincipals: []string{consumer}}), []string{"allowed principals"}, []string{allow}},
		{"topic told of something else", notified(alerts, "Delete"), []string{"notification " + alerts}, []string{retell}},
		{"topic no longer told", notified(alerts), []string{"notification " + alerts}, []string{tell}},
		{"another topic told", func(t *testing.T, h hand) { h.tellByHand(t, h.id, extra) }, []string{"notification " + extra}, []string{untell}},
		{"topic told twice", func(t *testing.T, h hand) {
			h.tellByHand(t, h.id, alerts)
			notified(alerts, "Connect")(t, h)
		}, []string{"notification " + alerts}, []string{untell}},
		{"tag changed", tagged("team", "red"), []string{"tags"}, oneTag},
		{"tags removed", untagged("team", "stage"), []string{"tags"}, oneTag},
		{"tag of somebody else", tagged("cost", "42"), nil, nil},
		{"Name changed", tagged("Name", "renamed"), nil, nil},
		{"everything", func(t *testing.T, h hand) {
			modified(change{AcceptanceRequired: aws.Bool(false), AddSupportedIpAddressTypes: []string{"ipv6"}})(t, h)
			permitted(permits{AddAllowedPrincipals: []string{"*"}, RemoveAllowedPrincipals: []string{consumer}})(t, h)
			notified(alerts)(t, h)
			untagged("team")(t, h)
		}, []string{"acceptance", "IP address types", "allowed principals", "notification " + alerts, "tags"}, []string{modify, allow, tell, "CreateTags"}},
	}
}

// mended makes a service, lets it drift in each way by itself, and expects Plan to find it and one Ensure to mend it.
func mended(t *testing.T, w *world, b anyBuilder, drifts []drift) {
	svc, err := b.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	for _, d := range drifts {
		t.Run(d.name, func(t *testing.T) {
			d.byHand(t, hand{w, svc.ID})
			plan, err := b.Plan(t.Context(), w.provider)
			require.NoError(t, err)
			var fields []string
			for _, c := range plan.Changes {
				fields = append(fields, c.Field)
			}
			require.ElementsMatch(t, d.fields, fields, plan.String())
			require.ElementsMatch(t, d.mending, writes(w.ops(func() {
				_, err = b.Ensure(t.Context(), w.provider)
				require.NoError(t, err)
			})))
			plan, err = b.Plan(t.Context(), w.provider)
			require.NoError(t, err)
			require.True(t, plan.Empty(), plan.String())
			now, err := b.Find(t.Context(), w.provider)
			require.NoError(t, err)
			require.Equal(t, svc.ID, now.ID)
			require.True(t, now.Ready)
		})
	}
}

func TestBehindNLBDriftIsMended(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	w.dual()
	b := w.orders().PrivateDNSName("api.example.com").IPAddressTypes(service.IPv4).Regions("eu-west-1").Notify(alerts, service.EventConnect).
		PayerResponsibility(service.ServiceOwner).ReadLoadBalancers(w.provider.LoadBalancing()).Tag("team", "blue").Tag("stage", "live")
	oneModify := []string{modify}
	mended(t, w, b, append([]drift{
		{"load balancer added", modified(change{AddNetworkLoadBalancerArns: []string{w.second}}), []string{"load balancers"}, oneModify},
		{"load balancer changed", modified(change{AddNetworkLoadBalancerArns: []string{w.second}, RemoveNetworkLoadBalancerArns: []string{w.nlb}}), []string{"load balancers"}, oneModify},
		{"private DNS name changed", modified(change{PrivateDnsName: aws.String("shop.example.com")}), []string{"private DNS name"}, oneModify},
		{"private DNS name removed", modified(change{RemovePrivateDnsName: aws.Bool(true)}), []string{"private DNS name"}, oneModify},
		{"Region added", modified(change{AddSupportedRegions: []string{"us-west-2"}}), []string{"Regions"}, oneModify},
		{"Region removed", modified(change{RemoveSupportedRegions: []string{"eu-west-1"}}), []string{"Regions"}, oneModify},
		{"load balancer gained a zone", func(*testing.T, hand) {
			w.nlbHandle.AddSubnets(w.home.Subnet("us-east-1b", "10.0.2.0/24").IPv6("2600:1f19:0:2::/64"))
		}, []string{"Availability Zones"}, oneModify},
	}, drifts()...))
}

func TestBehindGWLBDriftIsMended(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	w.dual()
	b := w.inspect().Acceptance(true).IPAddressTypes(service.IPv4).Regions().Notify(alerts, service.EventConnect).
		PayerResponsibility(service.ServiceOwner).Tag("team", "blue").Tag("stage", "live")
	mended(t, w, b, append([]drift{
		{"load balancer added", modified(change{AddGatewayLoadBalancerArns: []string{w.gwlb2}}), []string{"load balancers"}, []string{modify}},
	}, drifts()...))
}

// What no setter named is nobody's business.
func TestServiceDriftOfWhatIsNotNamed(t *testing.T) {
	w := newWorld(&fake.Cloud{})
	w.dual()
	b := service.BehindNLB("bare").LoadBalancers(w.nlb)
	svc, err := b.WaitReady(t.Context(), w.provider)
	require.NoError(t, err)
	h := hand{w, svc.ID}
	modified(change{AcceptanceRequired: aws.Bool(false), PrivateDnsName: aws.String("a.example.com"), AddSupportedIpAddressTypes: []string{"ipv6"}, AddSupportedRegions: []string{"eu-west-1"}})(t, h)
	permitted(permits{AddAllowedPrincipals: []string{"*"}})(t, h)
	h.tellByHand(t, svc.ID, alerts)
	tagged("team", "red")(t, h)
	w.nlbHandle.AddSubnets(w.home.Subnet("us-east-1b", "10.0.2.0/24").IPv6("2600:1f19:0:2::/64"))
	require.Equal(t, []string{describe}, w.ops(func() {
		svc, err = b.Ensure(t.Context(), w.provider)
		require.NoError(t, err)
		require.Equal(t, privatelink.Unchanged, svc.Outcome)
	}))
}

// A change that a read does not show yet is neither lost nor made twice, though AWS is strict about it.
func TestServiceChangesOnStaleRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(&fake.Cloud{Lag: 4 * time.Second, Switches: fake.Switches{StrictDeltas: true}})
		w.dual()
		time.Sleep(5 * time.Second)
		b := w.orders().Regions("eu-west-1").IPAddressTypes(service.IPv4, service.IPv6).Allow(us, eu)
		svc, err := w.orders().Allow(us).WaitReady(t.Context(), w.provider)
		require.NoError(t, err)
		time.Sleep(5 * time.Second)
		h := hand{w, svc.ID}
		modified(change{AddSupportedRegions: []string{"eu-west-1"}, AddSupportedIpAddressTypes: []string{"ipv6"}})(t, h)
		permitted(permits{AddAllowedPrincipals: []string{eu.String()}})(t, h)
		time.Sleep(time.Second)
		svc, err = b.WaitReady(t.Context(), w.provider) // all of it is there already, and not seen
		require.NoError(t, err)
		require.True(t, svc.Ready)
		time.Sleep(5 * time.Second)
		plan, err := b.Plan(t.Context(), w.provider)
		require.NoError(t, err)
		require.True(t, plan.Empty(), plan.String())
	})
}
