package fake_test

import (
	"context"
	"testing"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// endRows are facts about the end of endpoints, and about what reads and repeated creates answer.
var endRows = []row{
	{0, "2.2", "DeleteVpcEndpoints", "every state can be deleted", "TF:wait.go", "sure", nil, deleteAnyState},
	{39, "2.2", "DescribeVpcEndpoints", "a deleted endpoint is listed for a while, and found by its state", "cloud-nuke#293", "sure", dying, listedDeleted},
	{0, "2.2", "RejectVpcEndpointConnections", "a rejected endpoint outlives its service", "AVO, delstack", "sure", nil, orphan},
	{0, "3.1", "DeleteVpcEndpoints", "a malformed ID refuses the whole call", "ERR", "sure", nil, malformedDelete},
	{0, "1.0", "DeleteVpcEndpoints", "repeated IDs count once; deleting again is no error", "inferred", "sure", dying, repeatedDelete},
	{0, "3.2", "CreateVpcEndpoint", "a private name is taken until its endpoint is gone", "TF#17535", "sure", dying, dyingName},
	{0, "2.5", "DescribeVpcEndpoints", "a deleting row may have lost its tags", "not documented", "HideDyingTags", func(c *fake.Cloud) { c.Delay, c.Switches.HideDyingTags = time.Minute, true }, hiddenTags},
	{0, "2.5", "DescribeVpcEndpoints", "reads by tag and by ID lag apart, row by row", "ERR", "RandomLag", func(c *fake.Cloud) { c.Lag, c.Switches.RandomLag = 5*time.Second, true }, lagsApart},
	{0, "10", "CreateVpcEndpoint", "rules before the token: a repeat is refused for its own first effect", "not documented", "RulesFirst, SpentToken", func(c *fake.Cloud) { c.Switches.RulesFirst = true }, rulesBeforeToken},
	{0, "10", "CreateVpcEndpoint", "a refused create is replayed", "not documented", "RefusedCreate", func(c *fake.Cloud) { c.Switches.RefusedCreate = fake.Replays }, replayedRefusal},
	{1, "10", "CreateVpcEndpoint", "a spent token: an Idempotent… error even while the endpoint lives", "boto3#4406", "SpentToken", func(c *fake.Cloud) { c.Switches.SpentToken = fake.AlwaysIdempotentError }, alwaysMismatch},
	{0, "10", "CreateVpcEndpoint", "the order of list members counts in a token's parameters", "not documented", "OrderedParameters", func(c *fake.Cloud) { c.Switches.OrderedParameters = true }, orderedToken},
	{0, "8", "DescribeVpcEndpoints", "answers have AWS's time, and creation times are AWS's", "SDK GetServerTime", "Date, Skew", dated, serverTime},
	{0, "3.4", "DescribeVpcEndpoints", "a refusal has a request ID, in the SDK's own wrapping", "ERR", "sure", nil, requestIDs},
}

func deleteAnyState(t testing.TB, h *harness) {
	svc := h.service(t, true)
	var ids []string
	states := []string{"pendingAcceptance", "rejected", "available", "failed"}
	if h.cloud == nil {
		states = states[:3] // AWS fails none to order
	}
	for range states {
		ids = append(ids, *h.create(t, *svc.ServiceName).VpcEndpointId)
	}
	h.reject(t, *svc.ServiceId, ids[1])
	h.accept(t, *svc.ServiceId, ids[2])
	if h.cloud != nil {
		h.cloud.Account(h.consumerID).FailEndpoint(ids[3], "Gone", "gone")
	}
	for i, state := range states {
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
	h.wait(time.Minute)
	require.Equal(t, 1, count("deleted"))
	out, err := h.consumer.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{id}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, id, "InvalidVpcEndpoint.NotFound")
	h.wait(30 * time.Second)
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
	h.wait(time.Minute)
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
	h.wait(10 * time.Second)
	id := *h.create(t, svc).VpcEndpointId
	h.tag(t, id, "Name", "orders")
	h.wait(2 * time.Second)
	seen := map[[2]bool]bool{}
	for range 200 {
		byTag, err := h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{Filters: filters("tag:Name", "orders")})
		require.NoError(t, err)
		_, err = h.consumer.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
		seen[[2]bool{len(byTag.VpcEndpoints) == 1, err == nil}] = true
	}
	require.Len(t, seen, 4, "each is seen with and without the other")
	h.wait(3 * time.Second)
	require.Equal(t, tagList("Name", "orders"), h.read(t, id).Tags)
}

func rulesBeforeToken(t testing.TB, h *harness) {
	h.create(t, h.awsService("sts"), withToken(h.own("t")))
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken(h.own("t")))
	plain := h.create(t, h.awsService("ssm"), withToken(h.own("u")), withPrivateDNS(false))
	require.Equal(t, plain.VpcEndpointId, h.create(t, h.awsService("ssm"), withToken(h.own("u")), withPrivateDNS(false)).VpcEndpointId)
}

func replayedRefusal(t testing.TB, h *harness) {
	h.create(t, h.awsService("sts"))
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken(h.own("t")))
	h.refuse(t, "IdempotentParameterMismatch", "", h.awsService("ssm"), withToken(h.own("t")))
	id := *h.endpoint(t).VpcEndpointId
	h.remove(t, id)
	h.refuse(t, "InvalidParameter", "conflicting DNS domain", h.awsService("sts"), withToken(h.own("t")))
	h.create(t, h.awsService("sts"), withToken(h.own("u")))
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
	id := *h.create(t, svc, withToken(h.own("t"))).VpcEndpointId
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken(h.own("t")))
	require.Equal(t, id, *h.endpoint(t).VpcEndpointId)
}

func orderedToken(t testing.TB, h *harness) {
	svc := *h.service(t, false).ServiceName
	h.create(t, svc, withToken(h.own("t")))
	h.refuse(t, "IdempotentParameterMismatch", "", svc, withToken(h.own("t")), withSubnets(h.b.id, h.a.id))
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
