package fake_test

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// The clients of the rows' tests: what fake.Account and the SDK's clients have in common.
type (
	ec2Client interface {
		CreateVpcEndpoint(context.Context, *ec2.CreateVpcEndpointInput, ...func(*ec2.Options)) (*ec2.CreateVpcEndpointOutput, error)
		ModifyVpcEndpoint(context.Context, *ec2.ModifyVpcEndpointInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointOutput, error)
		DeleteVpcEndpoints(context.Context, *ec2.DeleteVpcEndpointsInput, ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointsOutput, error)
		DescribeVpcEndpoints(context.Context, *ec2.DescribeVpcEndpointsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointsOutput, error)
		CreateVpcEndpointServiceConfiguration(context.Context, *ec2.CreateVpcEndpointServiceConfigurationInput, ...func(*ec2.Options)) (*ec2.CreateVpcEndpointServiceConfigurationOutput, error)
		ModifyVpcEndpointServiceConfiguration(context.Context, *ec2.ModifyVpcEndpointServiceConfigurationInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServiceConfigurationOutput, error)
		DeleteVpcEndpointServiceConfigurations(context.Context, *ec2.DeleteVpcEndpointServiceConfigurationsInput, ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointServiceConfigurationsOutput, error)
		DescribeVpcEndpointServiceConfigurations(context.Context, *ec2.DescribeVpcEndpointServiceConfigurationsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServiceConfigurationsOutput, error)
		DescribeVpcEndpointServices(context.Context, *ec2.DescribeVpcEndpointServicesInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error)
		ModifyVpcEndpointServicePermissions(context.Context, *ec2.ModifyVpcEndpointServicePermissionsInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePermissionsOutput, error)
		DescribeVpcEndpointServicePermissions(context.Context, *ec2.DescribeVpcEndpointServicePermissionsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicePermissionsOutput, error)
		AcceptVpcEndpointConnections(context.Context, *ec2.AcceptVpcEndpointConnectionsInput, ...func(*ec2.Options)) (*ec2.AcceptVpcEndpointConnectionsOutput, error)
		RejectVpcEndpointConnections(context.Context, *ec2.RejectVpcEndpointConnectionsInput, ...func(*ec2.Options)) (*ec2.RejectVpcEndpointConnectionsOutput, error)
		DescribeVpcEndpointConnections(context.Context, *ec2.DescribeVpcEndpointConnectionsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionsOutput, error)
		DescribeSubnets(context.Context, *ec2.DescribeSubnetsInput, ...func(*ec2.Options)) (*ec2.DescribeSubnetsOutput, error)
		DescribeNetworkInterfaces(context.Context, *ec2.DescribeNetworkInterfacesInput, ...func(*ec2.Options)) (*ec2.DescribeNetworkInterfacesOutput, error)
		DescribeRouteTables(context.Context, *ec2.DescribeRouteTablesInput, ...func(*ec2.Options)) (*ec2.DescribeRouteTablesOutput, error)
		CreateRoute(context.Context, *ec2.CreateRouteInput, ...func(*ec2.Options)) (*ec2.CreateRouteOutput, error)
		ReplaceRoute(context.Context, *ec2.ReplaceRouteInput, ...func(*ec2.Options)) (*ec2.ReplaceRouteOutput, error)
		DeleteRoute(context.Context, *ec2.DeleteRouteInput, ...func(*ec2.Options)) (*ec2.DeleteRouteOutput, error)
		DescribePrefixLists(context.Context, *ec2.DescribePrefixListsInput, ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error)
		DescribeManagedPrefixLists(context.Context, *ec2.DescribeManagedPrefixListsInput, ...func(*ec2.Options)) (*ec2.DescribeManagedPrefixListsOutput, error)
		DescribeVpcAttribute(context.Context, *ec2.DescribeVpcAttributeInput, ...func(*ec2.Options)) (*ec2.DescribeVpcAttributeOutput, error)
		StartVpcEndpointServicePrivateDnsVerification(context.Context, *ec2.StartVpcEndpointServicePrivateDnsVerificationInput, ...func(*ec2.Options)) (*ec2.StartVpcEndpointServicePrivateDnsVerificationOutput, error)
		ModifyVpcEndpointServicePayerResponsibility(context.Context, *ec2.ModifyVpcEndpointServicePayerResponsibilityInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointServicePayerResponsibilityOutput, error)
		CreateVpcEndpointConnectionNotification(context.Context, *ec2.CreateVpcEndpointConnectionNotificationInput, ...func(*ec2.Options)) (*ec2.CreateVpcEndpointConnectionNotificationOutput, error)
		ModifyVpcEndpointConnectionNotification(context.Context, *ec2.ModifyVpcEndpointConnectionNotificationInput, ...func(*ec2.Options)) (*ec2.ModifyVpcEndpointConnectionNotificationOutput, error)
		DeleteVpcEndpointConnectionNotifications(context.Context, *ec2.DeleteVpcEndpointConnectionNotificationsInput, ...func(*ec2.Options)) (*ec2.DeleteVpcEndpointConnectionNotificationsOutput, error)
		DescribeVpcEndpointConnectionNotifications(context.Context, *ec2.DescribeVpcEndpointConnectionNotificationsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionNotificationsOutput, error)
		CreateVpc(context.Context, *ec2.CreateVpcInput, ...func(*ec2.Options)) (*ec2.CreateVpcOutput, error)
		DeleteVpc(context.Context, *ec2.DeleteVpcInput, ...func(*ec2.Options)) (*ec2.DeleteVpcOutput, error)
		ModifyVpcAttribute(context.Context, *ec2.ModifyVpcAttributeInput, ...func(*ec2.Options)) (*ec2.ModifyVpcAttributeOutput, error)
		CreateSubnet(context.Context, *ec2.CreateSubnetInput, ...func(*ec2.Options)) (*ec2.CreateSubnetOutput, error)
		DeleteSubnet(context.Context, *ec2.DeleteSubnetInput, ...func(*ec2.Options)) (*ec2.DeleteSubnetOutput, error)
		CreateSecurityGroup(context.Context, *ec2.CreateSecurityGroupInput, ...func(*ec2.Options)) (*ec2.CreateSecurityGroupOutput, error)
		DeleteSecurityGroup(context.Context, *ec2.DeleteSecurityGroupInput, ...func(*ec2.Options)) (*ec2.DeleteSecurityGroupOutput, error)
		AuthorizeSecurityGroupIngress(context.Context, *ec2.AuthorizeSecurityGroupIngressInput, ...func(*ec2.Options)) (*ec2.AuthorizeSecurityGroupIngressOutput, error)
		RevokeSecurityGroupIngress(context.Context, *ec2.RevokeSecurityGroupIngressInput, ...func(*ec2.Options)) (*ec2.RevokeSecurityGroupIngressOutput, error)
		CreateRouteTable(context.Context, *ec2.CreateRouteTableInput, ...func(*ec2.Options)) (*ec2.CreateRouteTableOutput, error)
		DeleteRouteTable(context.Context, *ec2.DeleteRouteTableInput, ...func(*ec2.Options)) (*ec2.DeleteRouteTableOutput, error)
		AssociateRouteTable(context.Context, *ec2.AssociateRouteTableInput, ...func(*ec2.Options)) (*ec2.AssociateRouteTableOutput, error)
		DisassociateRouteTable(context.Context, *ec2.DisassociateRouteTableInput, ...func(*ec2.Options)) (*ec2.DisassociateRouteTableOutput, error)
		DeleteNetworkInterface(context.Context, *ec2.DeleteNetworkInterfaceInput, ...func(*ec2.Options)) (*ec2.DeleteNetworkInterfaceOutput, error)
		DetachNetworkInterface(context.Context, *ec2.DetachNetworkInterfaceInput, ...func(*ec2.Options)) (*ec2.DetachNetworkInterfaceOutput, error)
		ModifyNetworkInterfaceAttribute(context.Context, *ec2.ModifyNetworkInterfaceAttributeInput, ...func(*ec2.Options)) (*ec2.ModifyNetworkInterfaceAttributeOutput, error)
		DescribeVpcs(context.Context, *ec2.DescribeVpcsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcsOutput, error)
		DescribeSecurityGroups(context.Context, *ec2.DescribeSecurityGroupsInput, ...func(*ec2.Options)) (*ec2.DescribeSecurityGroupsOutput, error)
		DescribeTags(context.Context, *ec2.DescribeTagsInput, ...func(*ec2.Options)) (*ec2.DescribeTagsOutput, error)
		CreateTags(context.Context, *ec2.CreateTagsInput, ...func(*ec2.Options)) (*ec2.CreateTagsOutput, error)
		DeleteTags(context.Context, *ec2.DeleteTagsInput, ...func(*ec2.Options)) (*ec2.DeleteTagsOutput, error)
	}
	elbClient interface {
		DescribeLoadBalancers(context.Context, *elb.DescribeLoadBalancersInput, ...func(*elb.Options)) (*elb.DescribeLoadBalancersOutput, error)
		CreateLoadBalancer(context.Context, *elb.CreateLoadBalancerInput, ...func(*elb.Options)) (*elb.CreateLoadBalancerOutput, error)
		SetSubnets(context.Context, *elb.SetSubnetsInput, ...func(*elb.Options)) (*elb.SetSubnetsOutput, error)
		SetIpAddressType(context.Context, *elb.SetIpAddressTypeInput, ...func(*elb.Options)) (*elb.SetIpAddressTypeOutput, error)
		DescribeLoadBalancerAttributes(context.Context, *elb.DescribeLoadBalancerAttributesInput, ...func(*elb.Options)) (*elb.DescribeLoadBalancerAttributesOutput, error)
		ModifyLoadBalancerAttributes(context.Context, *elb.ModifyLoadBalancerAttributesInput, ...func(*elb.Options)) (*elb.ModifyLoadBalancerAttributesOutput, error)
		DescribeListeners(context.Context, *elb.DescribeListenersInput, ...func(*elb.Options)) (*elb.DescribeListenersOutput, error)
		DescribeTags(context.Context, *elb.DescribeTagsInput, ...func(*elb.Options)) (*elb.DescribeTagsOutput, error)
		AddTags(context.Context, *elb.AddTagsInput, ...func(*elb.Options)) (*elb.AddTagsOutput, error)
		RemoveTags(context.Context, *elb.RemoveTagsInput, ...func(*elb.Options)) (*elb.RemoveTagsOutput, error)
		DeleteLoadBalancer(context.Context, *elb.DeleteLoadBalancerInput, ...func(*elb.Options)) (*elb.DeleteLoadBalancerOutput, error)
	}
)

// harness is the network that a row's test finds: a provider with a load balancer in the zones a and b, a consumer with a VPC, a stranger.
// On the fake its handles make it.
type harness struct {
	provider, consumer, stranger       ec2Client
	balancing                          elbClient
	providerID, consumerID, strangerID string
	region                             string
	nlb, otherNLB, gwlb                string // ARNs of the provider's load balancers
	vpc, bareVPC                       string // the consumer's; bareVPC has enableDnsHostnames off
	a, b, a2, c, bare                  subnet // a and a2 are in one zone; no load balancer is in c's; bare is bareVPC's
	group, defaultGroup, bareGroup     string
	strangersVPC                       string
	table, table2, bareTable           string    // route tables without subnets; bareTable is bareVPC's
	dualVPC                            string    // the consumer's, with IPv6: the subnets of dual have both families, six has IPv6 only
	block6                             string    // dualVPC's IPv6 block, of which the subnets have the /64 1, 2 and 3
	dual                               [2]subnet // in the zones a and b
	six                                subnet
	dualTable                          string // of dual[0]
	abroad                             string // a Region that is not the harness's, where the consumer has abroadVPC with one subnet
	remote                             ec2Client
	abroadVPC, abroadSubnet            string

	cloud *fake.Cloud // nil on AWS
	run   string      // what tells the tokens and references of one row and run from those of others, on AWS; "" on the fake
}

// notOffered is why a row cannot run on a target.
type notOffered string

// onlyFake is the fake's cloud, for rows that need what AWS does not let anyone do.
func (h *harness) onlyFake() *fake.Cloud {
	if h.cloud == nil {
		panic(notOffered("the row needs the fake's own handles"))
	}
	return h.cloud
}

// otherwise changes the fake's settings midway, for a row about what a setting decides: what it shows until then holds at the default, the rest
// with the change. It is false where AWS decides, and the row is over.
func (h *harness) otherwise(settings func(*fake.Cloud)) bool {
	if h.cloud != nil {
		settings(h.cloud)
	}
	return h.cloud != nil
}

// patience is how long a row waits at a time where time is not virtual. What AWS says to take longer cannot be watched there.
const patience = 3 * time.Minute

// wait lets time pass.
func (h *harness) wait(d time.Duration) {
	if h.cloud == nil && d > patience {
		panic(notOffered("the row waits for " + d.String()))
	}
	time.Sleep(d)
}

// own is a token or reference that no other row has, and no other run.
func (h *harness) own(name string) string { return name + h.run }

// v6 is an address in one of the /64 of dualVPC.
func (h *harness) v6(subnet byte, host string) string {
	a := netip.MustParsePrefix(h.block6).Addr().As16()
	a[7] = subnet
	return strings.TrimSuffix(netip.AddrFrom16(a).String(), "::") + "::" + host
}

type subnet struct{ id, az, cidr string }

func newHarness(settings func(*fake.Cloud)) *harness {
	c := &fake.Cloud{}
	if settings != nil {
		settings(c)
	}
	p, q, s := c.Account("111111111111"), c.Account("222222222222"), c.Account("333333333333")
	pv := p.VPC("10.0.0.0/16")
	pa, pb := pv.Subnet("a", "10.0.1.0/24"), pv.Subnet("b", "10.0.2.0/24")
	h := &harness{provider: p, consumer: q, stranger: s, balancing: p.LoadBalancing(), cloud: c, region: p.Region,
		providerID: p.ID, consumerID: q.ID, strangerID: s.ID,
		nlb: p.NLB("orders", pa, pb).ARN, otherNLB: p.NLB("other", pa, pb).ARN, gwlb: p.GWLB("inspect", pa).ARN}
	v, bare := q.VPC("10.1.0.0/16"), q.VPC("10.2.0.0/16").DNSHostnames(false)
	h.vpc, h.bareVPC = v.ID, bare.ID
	seed := func(v *fake.VPC, az, cidr string) subnet { return subnet{v.Subnet(az, cidr).ID, q.Region + az, cidr} }
	h.a, h.b, h.c = seed(v, "a", "10.1.1.0/24"), seed(v, "b", "10.1.2.0/24"), seed(v, "c", "10.1.3.0/24")
	h.a2, h.bare = seed(v, "a", "10.1.4.0/24"), seed(bare, "a", "10.2.1.0/24")
	h.group, h.defaultGroup, h.bareGroup = v.SecurityGroup("web").ID, v.DefaultSecurityGroup().ID, bare.DefaultSecurityGroup().ID
	h.strangersVPC = s.VPC("10.3.0.0/16").ID
	h.table, h.table2, h.bareTable = v.RouteTable().ID, v.RouteTable().ID, bare.RouteTable().ID
	h.elsewhere(q)
	return h
}

// elsewhere makes the consumer's VPC with IPv6 and the one in another Region.
func (h *harness) elsewhere(q *fake.Account) {
	v := q.VPC("10.4.0.0/16").IPv6("2600:1f18:4::/56")
	a, b := v.Subnet("a", "10.4.1.0/24").IPv6("2600:1f18:4:1::/64"), v.Subnet("b", "10.4.2.0/24").IPv6("2600:1f18:4:2::/64")
	h.block6 = "2600:1f18:4::/56"
	h.dualVPC, h.dual = v.ID, [2]subnet{{a.ID, q.Region + "a", "10.4.1.0/24"}, {b.ID, q.Region + "b", "10.4.2.0/24"}}
	h.six = subnet{v.Subnet("c", "2600:1f18:4:3::/64").ID, q.Region + "c", "2600:1f18:4:3::/64"}
	h.dualTable = v.RouteTable(a).ID
	far := q.In("eu-west-1")
	w := far.VPC("10.5.0.0/16")
	h.abroad, h.remote, h.abroadVPC, h.abroadSubnet = far.Region, far, w.ID, w.Subnet("a", "10.5.1.0/24").ID
}

// service makes a service on the first load balancer that the consumer may use, without acceptance unless asked.
func (h *harness) service(t testing.TB, acceptance bool) types.ServiceConfiguration {
	t.Helper()
	out, err := h.provider.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{h.nlb}, AcceptanceRequired: aws.Bool(acceptance)})
	require.NoError(t, err)
	h.allow(t, *out.ServiceConfiguration.ServiceId, "arn:aws:iam::"+h.consumerID+":root")
	return *out.ServiceConfiguration
}

func (h *harness) allow(t testing.TB, service string, principals ...string) {
	t.Helper()
	_, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: &service, AddAllowedPrincipals: principals})
	require.NoError(t, err)
}

// request is a create of an interface endpoint in the subnets a and b, with changes.
func (h *harness) request(service string, changes ...func(*ec2.CreateVpcEndpointInput)) *ec2.CreateVpcEndpointInput {
	in := &ec2.CreateVpcEndpointInput{VpcId: &h.vpc, VpcEndpointType: types.VpcEndpointTypeInterface, ServiceName: &service,
		SubnetIds: []string{h.a.id, h.b.id}}
	for _, change := range changes {
		change(in)
	}
	return in
}

// create makes an endpoint, which must succeed.
func (h *harness) create(t testing.TB, service string, changes ...func(*ec2.CreateVpcEndpointInput)) types.VpcEndpoint {
	t.Helper()
	out, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(service, changes...))
	require.NoError(t, err)
	return *out.VpcEndpoint
}

// refuse makes an endpoint, which must fail with a code and a text, and leave nothing.
func (h *harness) refuse(t testing.TB, code, text, service string, changes ...func(*ec2.CreateVpcEndpointInput)) {
	t.Helper()
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(service, changes...))
	requireCode(t, err, code, text)
}

// read is an endpoint by ID.
func (h *harness) read(t testing.TB, id string) types.VpcEndpoint {
	t.Helper()
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 1)
	return out.VpcEndpoints[0]
}

// reach waits until an endpoint has a state.
func (h *harness) reach(t testing.TB, id, state string) types.VpcEndpoint {
	t.Helper()
	for range 200 {
		if ep := h.read(t, id); string(ep.State) == state {
			return ep
		}
		time.Sleep(3 * time.Second)
	}
	require.FailNow(t, "endpoint never became "+state)
	return types.VpcEndpoint{}
}

// interfaces are the network interfaces of an endpoint, by subnet.
func (h *harness) interfaces(t testing.TB, id string) map[string]types.NetworkInterface {
	t.Helper()
	out, err := h.consumer.DescribeNetworkInterfaces(t.Context(), &ec2.DescribeNetworkInterfacesInput{
		Filters: filters("description", "VPC Endpoint Interface "+id)})
	require.NoError(t, err)
	faces := map[string]types.NetworkInterface{}
	for _, ni := range out.NetworkInterfaces {
		faces[*ni.SubnetId] = ni
	}
	require.Len(t, faces, len(out.NetworkInterfaces))
	return faces
}

func filters(name string, values ...string) []types.Filter {
	return []types.Filter{{Name: &name, Values: values}}
}

// requireCode asserts an AWS error's code and, where one is given, a part of its text. What lacks a required member the SDK's own client does
// not even send.
func requireCode(t testing.TB, err error, code, text string) {
	t.Helper()
	if unsent := (smithy.InvalidParamsError{}); code == "MissingParameter" && errors.As(err, &unsent) {
		return
	}
	var api smithy.APIError
	require.ErrorAs(t, err, &api)
	require.Equal(t, code, api.ErrorCode(), api.ErrorMessage())
	require.Contains(t, api.ErrorMessage(), text)
}

// requireItem asserts the only item of an Unsuccessful list.
func requireItem(t testing.TB, items []types.UnsuccessfulItem, id, code string) {
	t.Helper()
	require.Len(t, items, 1)
	require.Equal(t, id, aws.ToString(items[0].ResourceId))
	require.Equal(t, code, aws.ToString(items[0].Error.Code))
}
