package fake_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
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
	{0, "1.2", "ModifyVpcEndpoint", "a subnet for another of its zone, in one call", "AVO", "RefuseSubnetSwap", nil, subnetSwap},
	{0, "1.2", "ModifyVpcEndpoint", "a subnet for another of its zone is refused", "AVO", "RefuseSubnetSwap", func(c *fake.Cloud) { c.Switches.RefuseSubnetSwap = true }, refusedSwap},
	{0, "10", "ModifyVpcEndpoint", "adding what is there and removing what is not changes nothing", "not documented", "StrictDeltas", nil, idleDeltas},
	{0, "10", "ModifyVpcEndpoint", "adding what is there and removing what is not is refused", "not documented", "StrictDeltas", func(c *fake.Cloud) { c.Switches.StrictDeltas = true }, strictDeltas},
	{0, "3.2", "CreateVpcEndpoint", "a subnet out of addresses", "ERR", "sure", nil, fullSubnet},
	{0, "5", "CreateVpcEndpoint", "one suffix of eight characters in all names; a zonal name for each zone", "PL:privatelink-access-aws-services", "sure", nil, nameForms},
	{0, "5", "CreateVpcEndpoint", "customers' services: the service ID in the names", "PL:privatelink-share-your-services", "sure", nil, customersNames},
	{0, "5", "CreateVpcEndpoint", "names in China", "public code", "sure", nil, namesInChina},
	{0, "6.3", "CreateVpcEndpoint", "the full-access policy of gateway endpoints has a version", "API:CreateVpcEndpoint", "sure", nil, gatewayPolicy},
	{0, "5", "DescribeNetworkInterfaces", "description, attachment and internet gateway of an endpoint's interface", "PL:concepts, requester-managed-eni", "sure", nil, interfaceShape},
	{0, "2.1", "DescribeVpcEndpointConnections", "states of connections are spelled in lower camel case too", "aws-sdk-go-v2#1730", "sure", nil, connectionSpelling},
	{0, "2.2", "DeleteVpcEndpoints", "every state can be deleted", "TF:wait.go", "sure", nil, deleteAnyState},
	{0, "2.2", "DescribeVpcEndpoints", "a deleted endpoint is listed for a while, and found by its state", "cloud-nuke#293", "sure", dying, listedDeleted},
	{0, "2.2", "RejectVpcEndpointConnections", "a rejected endpoint outlives its service", "AVO, delstack", "sure", nil, orphan},
	{0, "3.1", "DeleteVpcEndpoints", "a malformed ID refuses the whole call", "ERR", "sure", nil, malformedDelete},
	{0, "1.0", "DeleteVpcEndpoints", "repeated IDs count once; deleting again is no error", "inferred", "sure", dying, repeatedDelete},
	{0, "3.2", "CreateVpcEndpoint", "a private name is taken until its endpoint is gone", "TF#17535", "sure", dying, dyingName},
	{0, "2.5", "DescribeVpcEndpoints", "a deleting row may have lost its tags", "not documented", "HideDyingTags", func(c *fake.Cloud) { c.Delay, c.Switches.HideDyingTags = time.Minute, true }, hiddenTags},
	{0, "2.5", "DescribeVpcEndpoints", "reads by tag and by ID lag apart, row by row", "ERR", "RandomLag", func(c *fake.Cloud) { c.Lag, c.Switches.RandomLag = 5*time.Second, true }, lagsApart},
	{0, "10", "CreateVpcEndpoint", "rules before the token: a repeat is refused for its own first effect", "not documented", "RulesFirst, SpentToken", func(c *fake.Cloud) { c.Switches.RulesFirst = true }, rulesBeforeToken},
	{0, "10", "CreateVpcEndpoint", "a refused create is replayed", "not documented", "RefusedCreate", func(c *fake.Cloud) { c.Switches.RefusedCreate = fake.Replays }, replayedRefusal},
	{0, "10", "CreateVpcEndpoint", "a spent token: an Idempotent… error even while the endpoint lives", "boto3#4406", "SpentToken", func(c *fake.Cloud) { c.Switches.SpentToken = fake.AlwaysIdempotentError }, alwaysMismatch},
	{0, "10", "CreateVpcEndpoint", "the order of list members counts in a token's parameters", "not documented", "OrderedParameters", func(c *fake.Cloud) { c.Switches.OrderedParameters = true }, orderedToken},
	{0, "8", "DescribeVpcEndpoints", "answers have AWS's time, and creation times are AWS's", "SDK GetServerTime", "Date, Skew", dated, serverTime},
	{0, "3.4", "DescribeVpcEndpoints", "a refusal has a request ID, in the SDK's own wrapping", "ERR", "sure", nil, requestIDs},
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
	time.Sleep(time.Minute)
	require.Equal(t, "available", string(h.read(t, id).State))
}

func oneChange(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a.id}})
	h.refuseChange(t, id, "OperationInProgress", "VpcEndpoint modify operation in progress", &ec2.ModifyVpcEndpointInput{AddSecurityGroupIds: []string{h.group}})
	time.Sleep(time.Minute)
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
	time.Sleep(time.Minute)
	h.refuseChange(t, id, "InvalidVpcEndpointId.NotFound", id, change)
}

func policyAndReset(t testing.TB, h *harness) {
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	h.refuseChange(t, id, "InvalidParameterCombination", "ResetPolicy", &ec2.ModifyVpcEndpointInput{PolicyDocument: aws.String(somePolicy), ResetPolicy: aws.Bool(true)})
}

func swap(h *harness) *ec2.ModifyVpcEndpointInput {
	return &ec2.ModifyVpcEndpointInput{AddSubnetIds: []string{h.a2.id}, RemoveSubnetIds: []string{h.a.id}}
}

func subnetSwap(t testing.TB, h *harness) {
	id, in := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId, swap(h)
	in.VpcEndpointId = &id
	h.modify(t, in)
	require.ElementsMatch(t, []string{h.b.id, h.a2.id}, h.read(t, id).SubnetIds)
}

func refusedSwap(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.refuseChange(t, id, "DuplicateSubnetsInSameZone", h.a2.id, swap(h))
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.a.id}})
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{h.a2.id}})
}

func idleDeltas(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	before := h.reach(t, id, "available")
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, AddSubnetIds: []string{h.a.id}, RemoveSubnetIds: []string{h.c.id}, AddSecurityGroupIds: []string{h.defaultGroup}})
	require.Equal(t, before, h.reach(t, id, "available"))
	svc := h.connections(t, nil)[0].ServiceId
	root := "arn:aws:iam::" + h.consumerID + ":root"
	out, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: svc, AddAllowedPrincipals: []string{root}, RemoveAllowedPrincipals: []string{"*"}})
	require.NoError(t, err)
	require.Empty(t, out.AddedPrincipals)
}

func strictDeltas(t testing.TB, h *harness) {
	svc := h.service(t, false)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
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
	p := h.cloud.Account(h.providerID).In("cn-north-1")
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

func deleteAnyState(t testing.TB, h *harness) {
	svc := h.service(t, true)
	var ids []string
	for range 4 {
		ids = append(ids, *h.create(t, *svc.ServiceName).VpcEndpointId)
	}
	h.reject(t, *svc.ServiceId, ids[1])
	h.accept(t, *svc.ServiceId, ids[2])
	h.cloud.Account(h.consumerID).FailEndpoint(ids[3], "Gone", "gone")
	for i, state := range []string{"pendingAcceptance", "rejected", "available", "failed"} {
		h.reach(t, ids[i], state)
		h.remove(t, ids[i])
		_, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{ids[i]}})
		requireCode(t, err, "InvalidVpcEndpointId.NotFound", ids[i])
	}
}

func listedDeleted(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.remove(t, id)
	count := func(state string) int {
		out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("vpc-endpoint-state", state)})
		require.NoError(t, err)
		return len(out.VpcEndpoints)
	}
	require.Equal(t, 1, count("deleting"))
	time.Sleep(time.Minute)
	require.Equal(t, 1, count("deleted"))
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, id, "InvalidVpcEndpoint.NotFound")
	time.Sleep(30 * time.Second)
	require.Zero(t, count("deleted"))
}

func orphan(t testing.TB, h *harness) {
	svc := h.service(t, true)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	h.reject(t, *svc.ServiceId, id)
	h.withdraw(t, *svc.ServiceId)
	require.Equal(t, "rejected", string(h.read(t, id).State))
	require.Len(t, h.interfaces(t, id), 2)
	h.remove(t, id)
	require.Empty(t, h.interfaces(t, id))
}

func malformedDelete(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	_, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id, "vpce-"}})
	requireCode(t, err, "InvalidVpcEndpointId.Malformed", "vpce-")
	h.reach(t, id, "available")
	_, err = h.provider.DeleteVpcEndpointServiceConfigurations(t.Context(), &ec2.DeleteVpcEndpointServiceConfigurationsInput{ServiceIds: []string{"vpce-svc-1"}})
	requireCode(t, err, "InvalidVpcEndpointServiceIdId.Malformed", "vpce-svc-1")
}

func repeatedDelete(t testing.TB, h *harness) {
	id, absent := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId, "vpce-0123456789abcdef0"
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{absent, id, absent, id}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, absent, "InvalidVpcEndpoint.NotFound")
	h.remove(t, id)
	require.Equal(t, "deleting", string(h.read(t, id).State))
}

func dyingName(t testing.TB, h *harness) {
	id := *h.create(t, h.awsService("sts")).VpcEndpointId
	h.remove(t, id)
	h.refuse(t, "InvalidParameter", "there is already a conflicting DNS domain for sts."+h.region+".amazonaws.com in the VPC "+h.vpc, h.awsService("sts"))
	time.Sleep(time.Minute)
	h.create(t, h.awsService("sts"))
}

func hiddenTags(t testing.TB, h *harness) {
	id := *h.create(t, *h.service(t, false).ServiceName).VpcEndpointId
	h.tag(t, id, "Name", "orders")
	h.remove(t, id)
	require.Empty(t, h.read(t, id).Tags)
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", "orders")})
	require.NoError(t, err)
	require.Empty(t, out.VpcEndpoints)
}

func lagsApart(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	time.Sleep(10 * time.Second)
	id := *h.create(t, svc).VpcEndpointId
	h.tag(t, id, "Name", "orders")
	time.Sleep(2 * time.Second)
	seen := map[[2]bool]bool{}
	for range 200 {
		byTag, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", "orders")})
		require.NoError(t, err)
		_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		seen[[2]bool{len(byTag.VpcEndpoints) == 1, err == nil}] = true
	}
	require.Len(t, seen, 4, "each is seen with and without the other")
	time.Sleep(3 * time.Second)
	require.Equal(t, tagList("Name", "orders"), h.read(t, id).Tags)
}

func rulesBeforeToken(t testing.TB, h *harness) {
	h.create(t, h.awsService("sts"), withToken("t"))
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken("t"))
	plain := h.create(t, h.awsService("ssm"), withToken("u"), withPrivateDNS(false))
	require.Equal(t, plain.VpcEndpointId, h.create(t, h.awsService("ssm"), withToken("u"), withPrivateDNS(false)).VpcEndpointId)
}

func replayedRefusal(t testing.TB, h *harness) {
	h.create(t, h.awsService("sts"))
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken("t"))
	h.refuse(t, "IdempotentParameterMismatch", "", h.awsService("ssm"), withToken("t"))
	id := *h.endpoint(t).VpcEndpointId
	h.remove(t, id)
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken("t"))
	h.create(t, h.awsService("sts"), withToken("u"))
}

// endpoint is the only endpoint of the consumer.
func (h *harness) endpoint(t testing.TB) types.VpcEndpoint {
	t.Helper()
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, out.VpcEndpoints, 1)
	return out.VpcEndpoints[0]
}

func alwaysMismatch(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	id := *h.create(t, svc, withToken("t")).VpcEndpointId
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken("t"))
	require.Equal(t, id, *h.endpoint(t).VpcEndpointId)
}

func orderedToken(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	h.create(t, svc, withToken("t"))
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken("t"), withSubnets(h.b.id, h.a.id))
}

func serverTime(t testing.TB, h *harness) {
	ep := h.create(t, *h.service(t, false).ServiceName)
	out, err := h.consumer.DescribeVpcEndpoints(t.Context(), nil)
	require.NoError(t, err)
	at, ok := awsmiddleware.GetServerTime(out.ResultMetadata)
	require.True(t, ok)
	require.WithinDuration(t, time.Now().Add(time.Hour), at, time.Second)
	require.WithinDuration(t, at, *ep.CreationTimestamp, time.Second)
}

func requestIDs(t testing.TB, h *harness) {
	_, err := h.consumer.DescribeVpcEndpoints(context.WithoutCancel(t.Context()), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{"vpce-0123456789abcdef0"}})
	var withID interface{ ServiceRequestID() string }
	require.ErrorAs(t, err, &withID)
	require.Regexp(t, `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, withID.ServiceRequestID())
	require.ErrorContains(t, err, "operation error EC2: DescribeVpcEndpoints, https response error StatusCode: 400, RequestID: "+withID.ServiceRequestID()+", api error InvalidVpcEndpointId.NotFound: ")
}
