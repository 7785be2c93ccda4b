package service_test

import (
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/privatelink"
	"github.com/seed-326366ec/aws-privatelink/service"
)

// anyBuilder is a declaration of either kind.
type anyBuilder = privatelink.Resource[service.API, service.Service]

const (
	arnHead = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/"
	net1    = arnHead + "net/a/0123456789abcdef"
	net2    = arnHead + "net/b/0123456789abcdef"
	gwy1    = arnHead + "gwy/a/0123456789abcdef"
	gwy2    = arnHead + "gwy/b/0123456789abcdef"
)

type (
	creation = ec2.CreateVpcEndpointServiceConfigurationInput
	change   = ec2.ModifyVpcEndpointServiceConfigurationInput
	permits  = ec2.ModifyVpcEndpointServicePermissionsInput
)

// setting is one setter: what it adds to the request that makes the service, what is sent after that, and what a change of it sends.
type setting struct {
	name          string
	without, with anyBuilder
	created       func(*creation)
	after         []any
	changed       anyBuilder
	sent          any
	zones         []string // of the load balancers, by the time of the change
}

func tagList(keyValues ...string) (out []types.Tag) {
	for i := 0; i < len(keyValues); i += 2 {
		out = append(out, types.Tag{Key: aws.String(keyValues[i]), Value: aws.String(keyValues[i+1])})
	}
	return out
}

var (
	svc1 = aws.String("vpce-svc-1")
	no   = func(*creation) {}
	blue = func(in *creation) {
		in.TagSpecifications[0].Tags = tagList("Name", "x", privatelink.NameTag, "x", "team", "blue")
	}
	green  = &ec2.CreateTagsInput{Resources: []string{"vpce-svc-1"}, Tags: tagList("team", "green")}
	us, eu = privatelink.AccountPrincipal("222222222222"), privatelink.RolePrincipal("arn:aws:iam::333333333333:role/eu")
	usARN  = "arn:aws:iam::222222222222:root"
	payer  = &ec2.ModifyVpcEndpointServicePayerResponsibilityInput{ServiceId: svc1, PayerResponsibility: types.PayerResponsibilityServiceOwner}
	toldOf = func(events ...string) *ec2.CreateVpcEndpointConnectionNotificationInput {
		return &ec2.CreateVpcEndpointConnectionNotificationInput{ServiceId: svc1, ConnectionNotificationArn: aws.String(alerts), ConnectionEvents: events}
	}
	retold = &ec2.ModifyVpcEndpointConnectionNotificationInput{ConnectionNotificationId: aws.String("vpce-nfn-1"), ConnectionEvents: []string{"Delete"}}
	regain = &change{ServiceId: svc1}
)

func nlbSettings() []setting {
	b := func() *service.NLBBuilder { return service.BehindNLB("x").LoadBalancers(net1) }
	reading := func() *service.NLBBuilder {
		return b().ReadLoadBalancers(zoned{zones: []string{"us-east-1a"}})
	}
	return []setting{
		{"LoadBalancers", b(), b().LoadBalancers(net2, net1), func(in *creation) { in.NetworkLoadBalancerArns = []string{net1, net2} }, nil,
			b().LoadBalancers(net2), &change{RemoveNetworkLoadBalancerArns: []string{net1}}, nil},
		{"Acceptance", b(), b().Acceptance(false), func(in *creation) { in.AcceptanceRequired = aws.Bool(false) }, nil,
			b().Acceptance(true), &change{AcceptanceRequired: aws.Bool(true)}, nil},
		{"PrivateDNSName", b(), b().PrivateDNSName("a.example.com"), func(in *creation) { in.PrivateDnsName = aws.String("a.example.com") }, nil,
			b().PrivateDNSName("b.example.com"), &change{PrivateDnsName: aws.String("b.example.com")}, nil},
		{"PrivateDNSName taken away", b(), b().PrivateDNSName("a.example.com"), func(in *creation) { in.PrivateDnsName = aws.String("a.example.com") }, nil,
			b().PrivateDNSName(""), &change{RemovePrivateDnsName: aws.Bool(true)}, nil},
		{"IPAddressTypes", b(), b().IPAddressTypes(service.IPv4), func(in *creation) { in.SupportedIpAddressTypes = []string{"ipv4"} }, nil,
			b().IPAddressTypes(service.IPv6), &change{AddSupportedIpAddressTypes: []string{"ipv6"}, RemoveSupportedIpAddressTypes: []string{"ipv4"}}, nil},
		{"Regions", b(), b().Regions("us-east-1", "eu-west-1"), func(in *creation) { in.SupportedRegions = []string{"eu-west-1"} }, nil,
			b().Regions("us-west-2"), &change{AddSupportedRegions: []string{"us-west-2"}, RemoveSupportedRegions: []string{"eu-west-1"}}, nil},
		{"Allow", b(), b().Allow(us), no, []any{&permits{ServiceId: svc1, AddAllowedPrincipals: []string{usARN}}},
			b().Allow(eu), &permits{ServiceId: svc1, AddAllowedPrincipals: []string{eu.String()}, RemoveAllowedPrincipals: []string{usARN}}, nil},
		{"Notify", b(), b().Notify(alerts, service.EventReject, service.EventAccept), no, []any{toldOf("Accept", "Reject")},
			b().Notify(alerts, service.EventDelete), retold, nil},
		{"PayerResponsibility", b(), b(), no, nil, b().PayerResponsibility(service.ServiceOwner), payer, nil},
		{"ReadLoadBalancers", b(), reading(), no, nil, b().ReadLoadBalancers(zoned{zones: []string{"us-east-1a", "us-east-1b"}}), regain, []string{"us-east-1a", "us-east-1b"}},
		{"Tag", b(), b().Tag("team", "blue"), blue, nil, b().Tag("team", "green"), green, nil},
		{"Tags", b(), b().Tags(privatelink.Tags{"team": "blue"}), blue, nil, b().Tags(privatelink.Tags{"team": "green"}), green, nil},
	}
}

func gwlbSettings() []setting {
	b := func() *service.GWLBBuilder { return service.BehindGWLB("x").LoadBalancers(gwy1) }
	reading := func() *service.GWLBBuilder {
		return b().ReadLoadBalancers(zoned{zones: []string{"us-east-1a"}})
	}
	return []setting{
		{"LoadBalancers", b(), b().LoadBalancers(gwy2, gwy1), func(in *creation) { in.GatewayLoadBalancerArns = []string{gwy1, gwy2} }, nil,
			b().LoadBalancers(gwy2), &change{RemoveGatewayLoadBalancerArns: []string{gwy1}}, nil},
		{"Acceptance", b(), b().Acceptance(false), func(in *creation) { in.AcceptanceRequired = aws.Bool(false) }, nil,
			b().Acceptance(true), &change{AcceptanceRequired: aws.Bool(true)}, nil},
		{"IPAddressTypes", b(), b().IPAddressTypes(service.IPv4), func(in *creation) { in.SupportedIpAddressTypes = []string{"ipv4"} }, nil,
			b().IPAddressTypes(service.IPv6), &change{AddSupportedIpAddressTypes: []string{"ipv6"}, RemoveSupportedIpAddressTypes: []string{"ipv4"}}, nil},
		{"Regions", b(), b().Regions("us-east-1", "eu-west-1"), func(in *creation) { in.SupportedRegions = []string{"eu-west-1"} }, nil,
			b().Regions("us-west-2"), &change{AddSupportedRegions: []string{"us-west-2"}, RemoveSupportedRegions: []string{"eu-west-1"}}, nil},
		{"Allow", b(), b().Allow(us), no, []any{&permits{ServiceId: svc1, AddAllowedPrincipals: []string{usARN}}},
			b().Allow(), &permits{ServiceId: svc1, RemoveAllowedPrincipals: []string{usARN}}, nil},
		{"Notify", b(), b().Notify(alerts, service.EventReject, service.EventAccept), no, []any{toldOf("Accept", "Reject")},
			b().Notify(alerts, service.EventDelete), retold, nil},
		{"PayerResponsibility", b(), b(), no, nil, b().PayerResponsibility(service.ServiceOwner), payer, nil},
		{"ReadLoadBalancers", b(), reading(), no, nil, b().ReadLoadBalancers(zoned{zones: []string{"us-east-1a", "us-east-1b"}}), regain, []string{"us-east-1a", "us-east-1b"}},
		{"Tag", b(), b().Tag("team", "blue"), blue, nil, b().Tag("team", "green"), green, nil},
		{"Tags", b(), b().Tags(privatelink.Tags{"team": "blue"}), blue, nil, b().Tags(privatelink.Tags{"team": "green"}), green, nil},
	}
}

func TestBehindNLBSettersAreSentComparedAndLeftAlone(t *testing.T) {
	settersHold(t, nlbSettings(), &service.NLBBuilder{})
}

func TestBehindGWLBSettersAreSentComparedAndLeftAlone(t *testing.T) {
	settersHold(t, gwlbSettings(), &service.GWLBBuilder{})
}

func settersHold(t *testing.T, table []setting, builder anyBuilder) {
	covered := map[string]bool{}
	for _, w := range table {
		covered[w.name] = true
		t.Run(w.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { w.hold(t) })
		})
	}
	for _, setter := range settersOf(builder) {
		require.True(t, covered[setter], setter)
	}
}

func (w setting) hold(t *testing.T) {
	plain, api := newEcho(), newEcho()
	_, err := w.without.Ensure(t.Context(), plain)
	require.NoError(t, err)
	_, err = w.with.Ensure(t.Context(), api)
	require.NoError(t, err)
	want := *plain.created
	want.ClientToken = api.created.ClientToken
	want.TagSpecifications = []types.TagSpecification{want.TagSpecifications[0]}
	w.created(&want)
	require.Equal(t, &want, api.created, "nothing else is sent than without it")
	require.Equal(t, w.after, tokenless(api.sent))
	api.sent = nil
	for _, unchanged := range []anyBuilder{w.with, w.without} {
		_, err = unchanged.Ensure(t.Context(), api)
		require.NoError(t, err)
		if w.name != "LoadBalancers" { // which are always declared
			require.Empty(t, api.sent)
		}
	}
	if w.name == "LoadBalancers" {
		_, err = w.with.Ensure(t.Context(), api)
		require.NoError(t, err)
		api.sent = nil
	}
	if w.zones != nil {
		api.zones = w.zones
	}
	plan, err := w.changed.Plan(t.Context(), api)
	require.NoError(t, err)
	require.Len(t, plan.Changes, 1, plan.String())
	_, err = w.changed.Ensure(t.Context(), api)
	require.NoError(t, err)
	if m, ok := w.sent.(*change); ok {
		m.ServiceId = svc1
	}
	require.Equal(t, []any{w.sent}, tokenless(api.sent))
	plan, err = w.changed.Plan(t.Context(), api)
	require.NoError(t, err)
	require.True(t, plan.Empty(), plan.String())
}

// tokenless drops the tokens, which differ by service.
func tokenless(sent []any) []any {
	for _, in := range sent {
		if n, ok := in.(*ec2.CreateVpcEndpointConnectionNotificationInput); ok {
			n.ClientToken = nil
		}
	}
	return sent
}
