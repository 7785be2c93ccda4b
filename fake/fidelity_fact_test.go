package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func modifying(c *fake.Cloud) { c.Timing.Modify = time.Minute }

// dated lets answers tell AWS's time, which is ahead.
func dated(c *fake.Cloud) { c.Switches.Date, c.Switches.Skew = true, time.Hour }

// factRows are further facts about endpoints.
var factRows = []row{
	{0, "6.1", "CreateVpcEndpoint", "no subnets: available, without interfaces or names, with the default group", "TF:vpc_endpoint_test.go", "sure", nil, zeroSubnets},
	{0, "6.3", "CreateVpcEndpoint", "no route tables: a gateway endpoint without routes", "TF:vpc_endpoint_test.go", "sure", nil, zeroTables},
	{0, "1.1", "CreateVpcEndpoint", "no type: a gateway endpoint", "SDK:CreateVpcEndpoint", "sure", nil, typeOmitted},
	{0, "1.1", "CreateVpcEndpoint", "private DNS, where the request says nothing: on for AWS's services, off for customers'", "API:CreateVpcEndpoint, TF#37694", "sure", nil, privateDNSOmitted},
	{0, "6.1", "CreateVpcEndpoint", "a second endpoint to a service in a VPC is fine without private DNS", "inferred", "sure", nil, secondEndpoint},
	{0, "2.2", "ModifyVpcEndpoint", "pending while it is changed, then available", "PL:concepts", "sure", modifying, pendingChange},
	{0, "1.2", "ModifyVpcEndpoint", "one change at a time", "TF#42884, TF#42875", "sure", modifying, oneChange},
	{0, "3.4", "ModifyVpcEndpoint", "what is rejected, failed or deleting cannot be changed", "ERR", "sure", dying, unchangeable},
	{0, "3.4", "ModifyVpcEndpoint", "a policy and its reset exclude each other", "SDK", "sure", nil, policyAndReset},
	{0, "1.2", "ModifyVpcEndpoint", "a subnet for another of its zone, in one call: taken, or refused", "AVO", "RefuseSubnetSwap", nil, subnetSwap},
	{0, "10", "ModifyVpcEndpoint", "adding what is there and removing what is not: nothing changes, or it is refused", "not documented", "StrictDeltas", nil, idleDeltas},
	{0, "3.2", "CreateVpcEndpoint", "a subnet out of addresses", "ERR", "sure", nil, fullSubnet},
	{7, "5", "CreateVpcEndpoint", "one suffix of eight characters in all names; a zonal name for each zone", "PL:privatelink-access-aws-services", "sure", nil, nameForms},
	{0, "5", "CreateVpcEndpoint", "customers' services: the service ID in the names", "PL:privatelink-share-your-services", "sure", nil, customersNames},
	{0, "5", "CreateVpcEndpoint", "names in China", "public code", "sure", nil, namesInChina},
	{0, "6.3", "CreateVpcEndpoint", "the full-access policy of gateway endpoints has a version", "API:CreateVpcEndpoint", "sure", nil, gatewayPolicy},
	{0, "5", "DescribeNetworkInterfaces", "description, attachment and internet gateway of an endpoint's interface", "PL:concepts, requester-managed-eni", "sure", nil, interfaceShape},
	{4, "2.1", "DescribeVpcEndpointConnections", "states of connections are spelled in lower camel case too", "aws-sdk-go-v2#1730", "sure", nil, connectionSpelling},
}

func zeroSubnets(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName, withSubnets())
	ep = h.reach(t, *ep.VpcEndpointId, "available")
	require.Empty(t, ep.SubnetIds)
	require.Empty(t, ep.NetworkInterfaceIds)
	require.Empty(t, ep.DnsEntries)
	require.Equal(t, h.defaultGroup, *ep.Groups[0].GroupId)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: ep.VpcEndpointId, AddSubnetIds: []string{h.a.id}})
	require.Len(t, h.reach(t, *ep.VpcEndpointId, "available").DnsEntries, 2)
}

func zeroTables(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("s3"), onTables())
	require.Equal(t, "available", string(ep.State))
	require.Empty(t, ep.RouteTableIds)
	for _, table := range []string{h.table, h.table2} {
		require.Empty(t, h.routes(t, table))
	}
}

func typeOmitted(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("dynamodb"), withSubnets(), withKind(""))
	require.Equal(t, types.VpcEndpointTypeGateway, ep.VpcEndpointType)
}

func privateDNSOmitted(t testing.TB, h *harness) {
	require.True(t, *h.create(t, h.awsService("sts")).PrivateDnsEnabled)
	require.False(t, *h.create(t, *h.service(t, false).ServiceName).PrivateDnsEnabled)
	require.False(t, *h.create(t, h.awsService("ec2"), withPrivateDNS(false)).PrivateDnsEnabled)
}

func secondEndpoint(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	first, second := h.create(t, svc), h.create(t, svc)
	require.NotEqual(t, first.VpcEndpointId, second.VpcEndpointId)
	h.create(t, h.awsService("sts"))
	h.create(t, h.awsService("sts"), withPrivateDNS(false))
}

func pendingChange(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.reach(t, id, "available")
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a.id}})
	require.Equal(t, "pending", string(h.read(t, id).State))
	h.wait(time.Minute)
	require.Equal(t, "available", string(h.read(t, id).State))
}

func oneChange(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a.id}})
	h.refuseChange(t, id, "OperationInProgress", "VpcEndpoint modify operation in progress", &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{h.group}})
	h.wait(time.Minute)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSecurityGroupIds: []string{h.group}})
}

func unchangeable(t testing.TB, h *harness) {
	svc := h.service(t, true)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	change := &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{h.group}}
	h.reject(t, *svc.ServiceId, id)
	h.refuseChange(t, id, "IncorrectState", "rejected", change)
	h.remove(t, id)
	h.refuseChange(t, id, "IncorrectState", "deleting", change)
	h.wait(time.Minute)
	h.refuseChange(t, id, "InvalidVpcEndpointId.NotFound", id, change)
	if h.cloud != nil { // AWS fails none to order
		failed := *h.create(t, *svc.ServiceName).VpcEndpointId
		h.cloud.Account(h.consumerID).FailEndpoint(failed, "Gone", "gone")
		h.refuseChange(t, failed, "IncorrectState", "failed", change)
	}
}

func policyAndReset(t testing.TB, h *harness) {
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	h.refuseChange(t, id, "InvalidParameterCombination", "ResetPolicy", &ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(somePolicy), ResetPolicy: aws.Bool(true)})
}

func subnetSwap(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{h.a2.id}, RemoveSubnetIds: []string{h.a.id}})
	require.ElementsMatch(t, []string{h.b.id, h.a2.id}, h.read(t, id).SubnetIds)
	if !h.otherwise(func(c *fake.Cloud) { c.Switches.RefuseSubnetSwap = true }) {
		return
	}
	h.refuseChange(t, id, "DuplicateSubnetsInSameZone", h.a.id, &ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.a.id}, RemoveSubnetIds: []string{h.a2.id}})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a2.id}})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{h.a.id}})
}

func idleDeltas(t testing.TB, h *harness) {
	svc := h.service(t, false)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	before := h.reach(t, id, "available")
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{h.a.id}, RemoveSubnetIds: []string{h.c.id}, AddSecurityGroupIds: []string{h.defaultGroup}})
	require.Equal(t, before, h.reach(t, id, "available"))
	root := "arn:aws:iam::" + h.consumerID + ":root"
	out, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc.ServiceId, AddAllowedPrincipals: []string{root}, RemoveAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	require.Empty(t, out.AddedPrincipals)
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, AddNetworkLoadBalancerArns: []string{h.nlb}})
	require.Equal(t, []string{h.nlb}, h.readService(t, *svc.ServiceId).NetworkLoadBalancerArns)
	gateway := h.create(t, h.awsService("s3"), onTables(h.table))
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: gateway.VpcEndpointId, AddRouteTableIds: []string{h.table}, RemoveRouteTableIds: []string{h.table2}})
	require.Equal(t, gateway, h.read(t, *gateway.VpcEndpointId))
	if h.otherwise(func(c *fake.Cloud) { c.Switches.StrictDeltas = true }) {
		h.strictDeltas(t, svc, id, *gateway.VpcEndpointId)
	}
}

// strictDeltas are the same changes, each refused.
func (h *harness) strictDeltas(t testing.TB, svc types.ServiceConfiguration, id, gateway string) {
	t.Helper()
	for _, in := range []*ec2.ModifyVpcEndpointInput{{AddRouteTableIds: []string{h.table}}, {RemoveRouteTableIds: []string{h.table2}}} {
		h.refuseChange(t, gateway, "InvalidParameter", "associated with "+gateway, in)
	}
	for _, in := range []*ec2.ModifyVpcEndpointInput{{AddSubnetIds: []string{h.a.id}}, {RemoveSubnetIds: []string{h.c.id}}, {AddSecurityGroupIds: []string{h.defaultGroup}}} {
		h.refuseChange(t, id, "InvalidParameter", "associated with "+id, in)
	}
	for _, in := range []*ec2.ModifyVpcEndpointServiceConfigurationInput{{AddNetworkLoadBalancerArns: []string{h.nlb}}, {RemoveNetworkLoadBalancerArns: []string{h.otherNLB}}} {
		in.ServiceId = svc.ServiceId
		_, err := h.provider.ModifyVpcEndpointServiceConfiguration(t.Context(), in)
		requireCode(t, err, "InvalidParameter", "associated with "+*svc.ServiceId)
	}
	_, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, RemoveAllowedPrincipals: []string{"*"}})
	requireCode(t, err, "InvalidParameter", "*")
}

func fullSubnet(t testing.TB, h *harness) {
	vpc := *h.network(t, "10.70.0.0/16").VpcId
	small, svc := *h.subnetIn(t, vpc, "10.70.0.0/28", "a").SubnetId, *h.service(t, false).ServiceName
	in := func(in *ec2.CreateVpcEndpointInput) { in.VpcId, in.SubnetIds = &vpc, []string{small} }
	first := *h.create(t, svc, in).VpcEndpointId
	for range 10 {
		h.create(t, svc, in)
	}
	h.refuse(t, "InsufficientFreeAddressesInSubnet", "The subnet '"+small+"' does not have enough free addresses to satisfy the request.", svc, in)
	out, err := h.consumer.DescribeSubnets(t.Context(), &ec2.DescribeSubnetsInput{SubnetIds: []string{small}})
	require.NoError(t, err)
	require.Zero(t, *out.Subnets[0].AvailableIpAddressCount)
	h.remove(t, first)
	h.create(t, svc, in)
}

func nameForms(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("ecr.dkr"), withPrivateDNS(true))
	host, domain, _ := strings.Cut(*ep.DnsEntries[0].DnsName, ".")
	require.Regexp(t, `^`+*ep.VpcEndpointId+`-[0-9a-z]{8}$`, host)
	require.Equal(t, "dkr.ecr."+h.region+".vpce.amazonaws.com", domain)
	var zonal []string
	for _, entry := range ep.DnsEntries[1:3] {
		zonal = append(zonal, *entry.DnsName)
		require.Equal(t, ep.DnsEntries[0].HostedZoneId, entry.HostedZoneId)
	}
	require.ElementsMatch(t, []string{host + "-" + h.a.az + "." + domain, host + "-" + h.b.az + "." + domain}, zonal)
	require.Equal(t, "*.dkr.ecr."+h.region+".amazonaws.com", *ep.DnsEntries[3].DnsName)
}

func customersNames(t testing.TB, h *harness) {
	svc := h.service(t, false)
	ep := h.create(t, *svc.ServiceName)
	require.Len(t, ep.DnsEntries, 3)
	for _, entry := range ep.DnsEntries {
		require.True(t, strings.HasSuffix(*entry.DnsName, "."+*svc.ServiceId+"."+h.region+".vpce.amazonaws.com"), *entry.DnsName)
	}
}

func namesInChina(t testing.TB, h *harness) {
	p := h.onlyFake().Account(h.providerID).In("cn-north-1")
	v := p.VPC("10.0.0.0/16")
	lb := p.NLB("orders", v.Subnet("a", "10.0.1.0/24"))
	require.True(t, strings.HasPrefix(lb.ARN, "arn:aws-cn:elasticloadbalancing:cn-north-1:"), lb.ARN)
	out, err := p.CreateVpcEndpointServiceConfiguration(t.Context(), &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{lb.ARN}, AcceptanceRequired: aws.Bool(false)})
	require.NoError(t, err)
	svc := out.ServiceConfiguration
	require.Equal(t, []string{*svc.ServiceId + ".cn-north-1.vpce.amazonaws.com.cn"}, svc.BaseEndpointDnsNames)
	made, err := p.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: svc.ServiceName, VpcEndpointType: types.VpcEndpointTypeInterface,
		SubnetIds: []string{v.Subnet("a", "10.0.2.0/24").ID}})
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(*made.VpcEndpoint.DnsEntries[0].DnsName, "."+*svc.ServiceId+".cn-north-1.vpce.amazonaws.com.cn"))
}

func gatewayPolicy(t testing.TB, h *harness) {
	want := `{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
	id := *h.create(t, h.awsService("s3"), onTables(), func(in *ec2.CreateVpcEndpointInput) { in.PolicyDocument = aws.String(somePolicy) }).VpcEndpointId
	require.JSONEq(t, somePolicy, *h.read(t, id).PolicyDocument)
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, ResetPolicy: aws.Bool(true)})
	require.JSONEq(t, want, *h.read(t, id).PolicyDocument)
}

func interfaceShape(t testing.TB, h *harness) {
	ep := h.create(t, h.awsService("sts"), h.inDual(h.dual[0]), withFamily("dualstack"), withPrivateDNS(false))
	ni := h.interfaces(t, *ep.VpcEndpointId)[h.dual[0].id]
	require.Equal(t, "VPC Endpoint Interface "+*ep.VpcEndpointId, *ni.Description)
	require.True(t, *ni.DenyAllIgwTraffic)
	require.Equal(t, *ni.PrivateIpAddress, *ni.PrivateIpAddresses[0].PrivateIpAddress)
	require.Equal(t, *ni.Ipv6Address, *ni.Ipv6Addresses[0].Ipv6Address)
	require.Equal(t, types.NetworkInterfaceStatusInUse, ni.Status)
	require.Equal(t, types.AttachmentStatusAttached, ni.Attachment.Status)
	single := h.create(t, *h.service(t, false).ServiceName, withSubnets(h.a.id))
	require.False(t, *h.interfaces(t, *single.VpcEndpointId)[h.a.id].DenyAllIgwTraffic)
}

func connectionSpelling(t testing.TB, h *harness) {
	h.create(t, *h.service(t, true).ServiceName)
	state := h.connections(t, nil)[0].VpcEndpointState
	require.Equal(t, "pendingAcceptance", string(state))
	require.NotEqual(t, types.StatePendingAcceptance, state)
}
