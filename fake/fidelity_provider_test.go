package fake_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

func plainPrincipals(c *fake.Cloud) { c.Switches.PlainPrincipalFilter = true }
func expiring(c *fake.Cloud)        { c.Timing.Expire = 7 * 24 * time.Hour }
func lingering(c *fake.Cloud)       { c.Timing.ConnectionRow = time.Minute }
func spreading(c *fake.Cloud)       { c.Timing.Permission = 30 * time.Second }
func warmingUp(c *fake.Cloud) {
	c.Timing.ServiceProvision, c.Timing.ServiceUsable = 10*time.Second, time.Minute
}
func slowlyWithdrawn(c *fake.Cloud) { c.Timing.ServiceDelete = time.Minute }
func shuffled(c *fake.Cloud)        { c.ShuffleAZs = true }

// providerRows are facts about who may connect and who is connected.
var providerRows = []row{
	{0, "1.3", "CreateVpcEndpointServiceConfiguration", "acceptance is required unless the request says otherwise", "awsdocs/amazon-vpc-user-guide#1", "sure", nil, acceptanceByDefault},
	{0, "6.5", "ModifyVpcEndpointServiceConfiguration", "whether acceptance is required counts for new requests only", "inferred", "sure", nil, acceptanceLater},
	{0, "2.2", "CreateVpcEndpoint", "endpoints of the provider's own account wait for acceptance too", "TF#13387", "sure", nil, ownAcceptance},
	{0, "2.3", "CreateVpcEndpoint", "a fresh service: 503 Unavailable, though it is Available", "aws-sdk-go-v2#2254, #2870", "sure", warmingUp, freshService},
	{0, "2.2", "DescribeVpcEndpoints", "what nobody accepts expires", "SDKE", "sure, OtherCodes", expiring, expires},
	{0, "10", "AcceptVpcEndpointConnections", "accepting what is rejected or available: taken, or an item", "not documented", "StrictAccept, OtherCodes", nil, acceptAgain},
	{0, "2.5", "DescribeVpcEndpointConnections", "the row of a deleted endpoint lingers as deleted", "TF:find.go, aws-nuke#1154", "sure", lingering, lingeringRow},
	{0, "2.5", "DescribeVpcEndpointConnections", "the provider does not see a new endpoint at once", "TF#27761", "sure", lagging, unseenConnection},
	{0, "1.3", "ModifyVpcEndpointServicePermissions", "removing a principal leaves connections alone, and refuses new ones", "PL:configure-endpoint-service", "sure", nil, removedPrincipal},
	{0, "1.4", "DescribeVpcEndpointServicePermissions", "types of principals", "SDK", "sure, StrictDeltas", nil, principalTypes},
	{51, "3.3", "ModifyVpcEndpointServicePermissions", "types of principals that cannot be allowed", "ERR", "sure", nil, unsupportedPrincipals},
	{0, "1.4", "DescribeVpcEndpointServicePermissions", "the filter principal may refuse roles and users", "TF:find.go", "PlainPrincipalFilter", plainPrincipals, principalFilter},
	{0, "1.0", "DescribeVpcEndpointServicePermissions", "pages of 5 to 1000", "SDK", "sure", nil, permissionPages},
	{0, "1.6", "CreateTags", "the provider tags connections and permissions", "PL:configure-endpoint-service, SDKE", "sure", nil, providersTags},
}

// tryAccept accepts a connection and gives the items that failed.
func (h *harness) tryAccept(t testing.TB, service, endpoint string) []types.UnsuccessfulItem {
	t.Helper()
	out, err := h.provider.AcceptVpcEndpointConnections(t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{ServiceId: &service, VpcEndpointIds: []string{endpoint}})
	require.NoError(t, err)
	return out.Unsuccessful
}

func acceptanceByDefault(t testing.TB, h *harness) {
	require.True(t, *h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.nlb}}).AcceptanceRequired)
	require.False(t, *h.offer(t, &ec2.CreateVpcEndpointServiceConfigurationInput{NetworkLoadBalancerArns: []string{h.otherNLB}, AcceptanceRequired: aws.Bool(false)}).AcceptanceRequired)
}

func acceptanceLater(t testing.TB, h *harness) {
	svc := h.service(t, true)
	old := *h.create(t, *svc.ServiceName).VpcEndpointId
	h.reconfigure(t, &ec2.ModifyVpcEndpointServiceConfigurationInput{ServiceId: svc.ServiceId, AcceptanceRequired: aws.Bool(false)})
	h.reach(t, *h.create(t, *svc.ServiceName).VpcEndpointId, "available")
	require.Equal(t, "pendingAcceptance", string(h.read(t, old).State))
}

func ownAcceptance(t testing.TB, h *harness) {
	svc := h.service(t, true)
	vpc, _ := h.providersVPC(t)
	out, err := h.provider.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &vpc, ServiceName: svc.ServiceName,
		VpcEndpointType: types.VpcEndpointTypeInterface, SubnetIds: []string{h.providersSubnet(t, vpc, "a", "10.8.1.0/24", nil)}})
	require.NoError(t, err)
	require.Equal(t, "pendingAcceptance", string(out.VpcEndpoint.State))
	h.accept(t, *svc.ServiceId, *out.VpcEndpoint.VpcEndpointId)
}

func freshService(t testing.TB, h *harness) {
	svc := h.service(t, false)
	require.Equal(t, types.ServiceStatePending, svc.ServiceState)
	h.wait(10 * time.Second)
	require.Equal(t, types.ServiceStateAvailable, h.readService(t, *svc.ServiceId).ServiceState)
	_, err := h.consumer.CreateVpcEndpoint(t.Context(), h.request(*svc.ServiceName))
	requireCode(t, err, "Unavailable", "The service is unavailable")
	var resp *smithyhttp.ResponseError
	require.ErrorAs(t, err, &resp)
	require.Equal(t, 503, resp.HTTPStatusCode())
	h.wait(50 * time.Second)
	h.create(t, *svc.ServiceName)
}

func expires(t testing.TB, h *harness) {
	svc := h.service(t, true)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	h.wait(7*24*time.Hour - time.Second)
	require.Equal(t, "pendingAcceptance", string(h.read(t, id).State))
	h.wait(time.Second)
	require.Equal(t, "expired", string(h.read(t, id).State))
	require.Equal(t, "expired", string(h.connections(t, nil)[0].VpcEndpointState))
	requireItem(t, h.tryAccept(t, *svc.ServiceId, id), id, "InvalidState")
	h.withdraw(t, *svc.ServiceId)
	h.remove(t, id)
}

func acceptAgain(t testing.TB, h *harness) {
	svc := h.service(t, true)
	rejected, accepted := *h.create(t, *svc.ServiceName).VpcEndpointId, *h.create(t, *svc.ServiceName).VpcEndpointId
	h.reject(t, *svc.ServiceId, rejected)
	h.accept(t, *svc.ServiceId, rejected)
	h.reach(t, rejected, "available")
	h.accept(t, *svc.ServiceId, accepted)
	h.reach(t, accepted, "available")
	h.accept(t, *svc.ServiceId, accepted)
	require.Equal(t, "available", string(h.read(t, accepted).State))
	if !h.otherwise(func(c *fake.Cloud) { c.Switches.StrictAccept = true }) {
		return
	}
	requireItem(t, h.tryAccept(t, *svc.ServiceId, accepted), accepted, "InvalidState")
	require.Equal(t, "available", string(h.read(t, accepted).State))
	h.reject(t, *svc.ServiceId, rejected)
	requireItem(t, h.tryAccept(t, *svc.ServiceId, rejected), rejected, "InvalidState")
	require.Equal(t, "rejected", string(h.read(t, rejected).State))
	out, err := h.provider.RejectVpcEndpointConnections(t.Context(), &ec2.RejectVpcEndpointConnectionsInput{ServiceId: svc.ServiceId, VpcEndpointIds: []string{rejected}})
	require.NoError(t, err)
	requireItem(t, out.Unsuccessful, rejected, "InvalidState")
}

func lingeringRow(t testing.TB, h *harness) {
	svc := h.service(t, false)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	h.remove(t, id)
	got := h.connections(t, filters("service-id", *svc.ServiceId))
	require.Len(t, got, 1)
	require.Equal(t, "deleted", string(got[0].VpcEndpointState))
	require.Equal(t, id, *got[0].VpcEndpointId)
	require.Len(t, h.connections(t, filters("vpc-endpoint-state", "deleted")), 1)
	h.wait(time.Minute)
	require.Empty(t, h.connections(t, nil))
}

func unseenConnection(t testing.TB, h *harness) {
	svc := h.service(t, true)
	h.wait(10 * time.Second)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	require.Empty(t, h.connections(t, filters("service-id", *svc.ServiceId)))
	h.wait(5 * time.Second)
	require.Equal(t, id, *h.connections(t, filters("service-id", *svc.ServiceId))[0].VpcEndpointId)
}

func removedPrincipal(t testing.TB, h *harness) {
	svc := h.service(t, false)
	id := *h.create(t, *svc.ServiceName).VpcEndpointId
	h.reach(t, id, "available")
	root := "arn:aws:iam::" + h.consumerID + ":root"
	_, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, RemoveAllowedPrincipals: []string{root}})
	require.NoError(t, err)
	require.Equal(t, "available", string(h.read(t, id).State))
	h.modify(t, &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, RemoveSubnetIds: []string{h.b.id}})
	h.refuse(t, "InvalidServiceName", *svc.ServiceName, *svc.ServiceName)
	h.allow(t, *svc.ServiceId, root)
	h.create(t, *svc.ServiceName)
}

// principals are a service's, by type.
func (h *harness) principals(t testing.TB, service string, f []types.Filter) map[string]types.PrincipalType {
	t.Helper()
	out, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: &service, Filters: f})
	require.NoError(t, err)
	got := map[string]types.PrincipalType{}
	for _, p := range out.AllowedPrincipals {
		require.Equal(t, service, *p.ServiceId)
		require.Regexp(t, `^vpce-svc-[a-z]+-[0-9a-f]{17}$`, *p.ServicePermissionId)
		got[*p.Principal] = p.PrincipalType
	}
	return got
}

func principalTypes(t testing.TB, h *harness) {
	svc := h.service(t, false)
	want := map[string]types.PrincipalType{"*": "All", "arn:aws:iam::" + h.consumerID + ":root": "Account", "arn:aws:iam::333333333333:user/ann": "User",
		"arn:aws:iam::333333333333:role/deploy": "Role", "ec2.amazonaws.com": "Service", "arn:aws:organizations::333333333333:ou/o-abc/ou-def": "OrganizationUnit"}
	for principal := range want {
		h.allow(t, *svc.ServiceId, principal)
	}
	require.Equal(t, want, h.principals(t, *svc.ServiceId, nil))
	for principal, kind := range want {
		require.Equal(t, map[string]types.PrincipalType{principal: kind}, h.principals(t, *svc.ServiceId, filters("principal-type", string(kind))))
	}
	require.Len(t, h.principals(t, *svc.ServiceId, filters("principal", "arn:aws:iam::333333333333:*")), 2)
}

func unsupportedPrincipals(t testing.TB, h *harness) {
	svc := h.service(t, false)
	for principal, code := range map[string]string{
		"arn:aws:iam::222222222222:group/all": "UnknownPrincipalType.Unsupported", "arn:aws:iam::222222222222:saml-provider/idp": "UnknownPrincipalType.Unsupported",
		"arn:aws:sts::222222222222:assumed-role/r/s": "UnknownPrincipalType.Unsupported", "arn:aws:organizations::222222222222:organization/o-abc": "UnknownPrincipalType.Unsupported",
		"arn:aws:iam::222222222222:role/team/deploy": "InvalidTargetArn.Unknown", "arn:aws:iam::2222:root": "InvalidTargetArn.Unknown", "everyone": "InvalidTargetArn.Unknown",
	} {
		_, err := h.provider.ModifyVpcEndpointServicePermissions(t.Context(), &ec2.ModifyVpcEndpointServicePermissionsInput{
			ServiceId: svc.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::333333333333:root", principal}})
		requireCode(t, err, code, principal)
	}
	require.Len(t, h.principals(t, *svc.ServiceId, nil), 1)
}

func principalFilter(t testing.TB, h *harness) {
	svc := h.service(t, false)
	role := "arn:aws:iam::333333333333:role/deploy"
	h.allow(t, *svc.ServiceId, role)
	_, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, Filters: filters("principal", role)})
	requireCode(t, err, "InvalidFilter", "unsupported characters")
	require.Len(t, h.principals(t, *svc.ServiceId, filters("principal", "arn:aws:iam::"+h.consumerID+":root")), 1)
}

func permissionPages(t testing.TB, h *harness) {
	svc := h.service(t, false)
	var users []string
	for i := range 11 {
		users = append(users, "arn:aws:iam::333333333333:user/u"+strconv.Itoa(i))
	}
	h.allow(t, *svc.ServiceId, users...)
	n, pages := 0, 0
	for p := ec2.NewDescribeVpcEndpointServicePermissionsPaginator(h.provider, &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, MaxResults: aws.Int32(5)}); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		require.NoError(t, err)
		n += len(out.AllowedPrincipals)
	}
	require.Equal(t, []int{12, 3}, []int{n, pages})
	read := func(most int32) error {
		_, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, MaxResults: &most})
		return err
	}
	requireCode(t, read(4), "InvalidMaxResults", "4")
	require.NoError(t, read(5000))
	if h.cloud == nil { // AWS has not that many principals to allow
		return
	}
	for i := range 1000 - 11 {
		users = append(users, "arn:aws:iam::333333333333:user/v"+strconv.Itoa(i))
	}
	h.allow(t, *svc.ServiceId, users[11:]...)
	out, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId, MaxResults: aws.Int32(5000)})
	require.NoError(t, err)
	require.Len(t, out.AllowedPrincipals, 1000)
	require.NotNil(t, out.NextToken)
}

const somePolicy = `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}`

func providersTags(t testing.TB, h *harness) {
	svc := h.service(t, true)
	ep := h.create(t, *svc.ServiceName)
	con := h.connections(t, nil)[0]
	list, err := h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId})
	require.NoError(t, err)
	_, err = h.provider.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{*con.VpcEndpointConnectionId, *list.AllowedPrincipals[0].ServicePermissionId},
		Tags: []types.Tag{{Key: aws.String("customer"), Value: aws.String("red")}}})
	require.NoError(t, err)
	require.Equal(t, "red", *h.connections(t, nil)[0].Tags[0].Value)
	list, err = h.provider.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: svc.ServiceId})
	require.NoError(t, err)
	require.Equal(t, "customer", *list.AllowedPrincipals[0].Tags[0].Key)
	_, err = h.provider.CreateTags(t.Context(), &ec2.CreateTagsInput{Resources: []string{*ep.VpcEndpointId}, Tags: []types.Tag{{Key: aws.String("a"), Value: aws.String("b")}}})
	requireCode(t, err, "InvalidID", *ep.VpcEndpointId)
	require.Empty(t, h.read(t, *ep.VpcEndpointId).Tags)
}
