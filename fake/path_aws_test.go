package fake_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const (
	s3Address = "s3.us-east-1.amazonaws.com:443"
	roleARN   = "arn:aws:iam::222222222222:role/reader"
)

// readObject is a request that the tests' policies are about.
var readObject = fake.Request{Principal: roleARN, Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/2026/1"}

// asking is a host that asks something of AWS wherever it connects.
type asking struct {
	dialler
	request fake.Request
}

func (a asking) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return a.dialler.DialContext(fake.WithRequest(ctx, a.request), network, address)
}

func (a asking) Trace(ctx context.Context, address string) (fake.Path, error) {
	return a.dialler.Trace(fake.WithRequest(ctx, a.request), address)
}

// bucket is a VPC with S3 behind three ways: a private subnet with a gateway endpoint, one with nothing but the VPC's interface endpoint, and a
// public one.
type bucket struct {
	cloud                            *fake.Cloud
	account                          *fake.Account
	vpc                              *fake.VPC
	gatewaySubnet, public            *fake.Subnet
	gatewayTable                     *fake.RouteTable
	inGateway, inInterface, inPublic *fake.Host
	gateway, iface, own              string // the endpoints, and the interface endpoint's own name
}

const onlyOrders = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::orders/*"}]}`

func newBucket(t testing.TB) *bucket {
	t.Helper()
	w := &bucket{cloud: &fake.Cloud{}}
	w.account = w.cloud.Account(partnerID)
	w.vpc = w.account.VPC("10.1.0.0/16")
	w.gatewaySubnet, w.public = w.vpc.Subnet("a", "10.1.1.0/24"), w.vpc.Subnet("a", "10.1.3.0/24")
	inner := w.vpc.Subnet("a", "10.1.2.0/24")
	w.gatewayTable = w.vpc.RouteTable(w.gatewaySubnet)
	w.vpc.RouteTable(w.public).Route("0.0.0.0/0", w.vpc.InternetGateway().ID)
	create := func(in *ec2.CreateVpcEndpointInput) *types.VpcEndpoint {
		in.VpcId, in.ServiceName, in.PolicyDocument = &w.vpc.ID, aws.String("com.amazonaws.us-east-1.s3"), aws.String(onlyOrders)
		out, err := w.account.CreateVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
		return out.VpcEndpoint
	}
	w.gateway = *create(&ec2.CreateVpcEndpointInput{RouteTableIds: []string{w.gatewayTable.ID}}).VpcEndpointId
	iface := create(&ec2.CreateVpcEndpointInput{VpcEndpointType: "Interface", SubnetIds: []string{inner.ID}, PrivateDnsEnabled: aws.Bool(false),
		SecurityGroupIds: []string{w.vpc.SecurityGroup("s3").AllowTCP(443, "10.1.0.0/16").ID}})
	w.iface, w.own = *iface.VpcEndpointId, *iface.DnsEntries[0].DnsName+":443"
	w.inGateway, w.inInterface, w.inPublic = w.gatewaySubnet.Host(), inner.Host(), w.public.Host()
	w.inPublic.Public()
	return w
}

// TestS3ByThreeWays is the story of issue 7: S3 through a gateway endpoint, an interface endpoint, and the internet gateway, with the endpoints'
// policies.
func TestS3ByThreeWays(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	const s3 = "com.amazonaws.us-east-1.s3"
	requireStop(t, w.inGateway, s3Address, fake.HopService, s3, "nothing listens behind "+s3)
	l := w.cloud.S3("us-east-1").Listen(443)
	ask := func(h *fake.Host) dialler { return asking{h, readObject} }
	for name, tt := range map[string]struct {
		host    *fake.Host
		address string
		way     []fake.HopKind
		id      []string
	}{
		"gateway endpoint": {w.inGateway, s3Address, []fake.HopKind{fake.HopSource, fake.HopName, fake.HopAddress, fake.HopRouteTable, fake.HopEndpoint, fake.HopPolicy,
			fake.HopService, fake.HopTarget}, []string{w.gateway}},
		"interface endpoint": {w.inInterface, w.own, []fake.HopKind{fake.HopSource, fake.HopName, fake.HopAddress, fake.HopRouteTable, fake.HopInterface,
			fake.HopSecurityGroup, fake.HopEndpoint, fake.HopPolicy, fake.HopService, fake.HopTarget}, []string{w.iface}},
		"internet gateway": {w.inPublic, s3Address, []fake.HopKind{fake.HopSource, fake.HopName, fake.HopAddress, fake.HopRouteTable, fake.HopInternetGateway,
			fake.HopService, fake.HopTarget}, nil},
	} {
		path := requireArrival(t, ask(tt.host), tt.address)
		require.Equal(t, tt.way, kinds(path), name)
		require.Equal(t, tt.id, ids(path, fake.HopEndpoint), name)
		require.Equal(t, []string{s3}, ids(path, fake.HopService))
		require.Equal(t, name == "internet gateway", path.CrossesInternetGateway())
		accepted, err := l.Accept()
		require.NoError(t, err)
		got, ok := fake.RequestOf(accepted)
		require.True(t, ok)
		require.Equal(t, readObject, got)
		got, ok = fake.RequestOf(tls.Server(accepted, &tls.Config{MinVersion: tls.VersionTLS12}))
		require.True(t, ok, "inside TLS too")
		require.Equal(t, readObject, got)

		other := asking{tt.host, fake.Request{Principal: roleARN, Action: "s3:PutObject", Resource: readObject.Resource}}
		if tt.id == nil {
			requireArrival(t, other, tt.address)
			_, err = l.Accept()
			require.NoError(t, err, "no endpoint, no endpoint policy")
			continue
		}
		requireStop(t, other, tt.address, fake.HopPolicy, tt.id[0],
			"the policy of endpoint "+tt.id[0]+" does not allow s3:PutObject on arn:aws:s3:::orders/2026/1 by "+roleARN)
		_, err = other.DialContext(t.Context(), "tcp", tt.address)
		require.ErrorIs(t, err, syscall.ECONNREFUSED, "a refusal is no silence")
		path = requireArrival(t, tt.host, tt.address)
		require.NotContains(t, kinds(path), fake.HopPolicy, "a connection for which nothing is asked meets no policy")
		accepted, err = l.Accept()
		require.NoError(t, err)
		_, ok = fake.RequestOf(accepted)
		require.False(t, ok)
	}
	requireArrival(t, w.cloud.Internet(), s3Address)
	require.Contains(t, requireAgreement(t, w.inInterface, s3Address).Blocked, "has no route to ")
}

// TestWhatAGatewayEndpointNeeds takes away the route table, the endpoint, and goes to another Region.
func TestWhatAGatewayEndpointNeeds(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	w.cloud.S3("us-east-1").Listen(443)
	w.cloud.S3("eu-west-1").Listen(443)
	path := requireArrival(t, w.inGateway, s3Address)
	require.Contains(t, detail(t, path, fake.HopRouteTable), "pl-63a5400a to "+w.gateway)
	requireArrival(t, w.inGateway, "bucket."+s3Address)
	requireStop(t, w.inGateway, "s3.eu-west-1.amazonaws.com:443", fake.HopRouteTable, w.gatewayTable.ID, "has no route to ")
	requireStop(t, w.inGateway, "dynamodb.us-east-1.amazonaws.com:443", fake.HopRouteTable, w.gatewayTable.ID, "has no route to ")

	w.gatewayTable.Route("0.0.0.0/0", w.vpc.InternetGateway().ID)
	require.Equal(t, []string{w.gateway}, ids(requireArrival(t, w.inGateway, s3Address), fake.HopEndpoint), "the prefix list is longer than the default route")
	requireStop(t, w.inGateway, "s3.eu-west-1.amazonaws.com:443", fake.HopInternetGateway, w.vpc.InternetGateway().ID, "no public IPv4 address")
	modify := func(in *ec2.ModifyVpcEndpointInput) {
		in.VpcEndpointId = &w.gateway
		_, err := w.account.ModifyVpcEndpoint(t.Context(), in)
		require.NoError(t, err)
	}
	modify(&ec2.ModifyVpcEndpointInput{RemoveRouteTableIds: []string{w.gatewayTable.ID}})
	requireStop(t, w.inGateway, s3Address, fake.HopInternetGateway, w.vpc.InternetGateway().ID, "no public IPv4 address")
	modify(&ec2.ModifyVpcEndpointInput{AddRouteTableIds: []string{w.gatewayTable.ID}})
	requireArrival(t, w.inGateway, s3Address)
	_, err := w.account.DeleteVpcEndpoints(t.Context(), &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{w.gateway}})
	require.NoError(t, err)
	requireStop(t, w.inGateway, s3Address, fake.HopInternetGateway, w.vpc.InternetGateway().ID, "no public IPv4 address")
}

// TestGatewayEndpointsShareATable holds that S3 and DynamoDB each have their routes in one table, and that the addresses of one are not the other's.
func TestGatewayEndpointsShareATable(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	w.cloud.S3("us-east-1").Listen(443)
	w.cloud.DynamoDB("us-east-1").Listen(443)
	const dynamo = "dynamodb.us-east-1.amazonaws.com:443"
	requireStop(t, w.inGateway, dynamo, fake.HopRouteTable, w.gatewayTable.ID, "has no route to ")
	out, err := w.account.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &w.vpc.ID, ServiceName: aws.String("com.amazonaws.us-east-1.dynamodb"),
		RouteTableIds: []string{w.gatewayTable.ID}})
	require.NoError(t, err)
	require.Equal(t, []string{*out.VpcEndpoint.VpcEndpointId}, ids(requireArrival(t, w.inGateway, dynamo), fake.HopEndpoint))
	require.Equal(t, []string{w.gateway}, ids(requireArrival(t, w.inGateway, s3Address), fake.HopEndpoint))
}

// TestARouteOfItsOwnGoesBeforeAPrefixList holds that of two routes of one length the block goes before the list, and that a list leads to a
// gateway as a block does.
func TestARouteOfItsOwnGoesBeforeAPrefixList(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	w.cloud.S3("us-east-1").Listen(443)
	w.inGateway.Public()
	to := requireArrival(t, w.inGateway, s3Address).To.Addr()
	lists, err := w.account.DescribePrefixLists(t.Context(), &ec2.DescribePrefixListsInput{PrefixListIds: []string{"pl-63a5400a"}})
	require.NoError(t, err)
	for _, cidr := range lists.PrefixLists[0].Cidrs {
		if !netip.MustParsePrefix(cidr).Contains(to) {
			continue
		}
		w.gatewayTable.Route(cidr, w.vpc.InternetGateway().ID)
		path := requireArrival(t, w.inGateway, s3Address)
		require.Equal(t, "of "+w.gatewaySubnet.ID+": "+cidr+" to "+w.vpc.InternetGateway().ID, detail(t, path, fake.HopRouteTable))
		for _, in := range []*ec2.ModifyVpcEndpointInput{{RemoveRouteTableIds: []string{w.gatewayTable.ID}}, {AddRouteTableIds: []string{w.gatewayTable.ID}}} {
			in.VpcEndpointId = &w.gateway
			_, err = w.account.ModifyVpcEndpoint(t.Context(), in)
			require.NoError(t, err)
			require.True(t, requireArrival(t, w.inGateway, s3Address).CrossesInternetGateway(), "whichever route came first")
		}
		_, err = w.account.DeleteRoute(t.Context(), &ec2.DeleteRouteInput{RouteTableId: &w.gatewayTable.ID, DestinationCidrBlock: &cidr})
		require.NoError(t, err)
		require.False(t, requireArrival(t, w.inGateway, s3Address).CrossesInternetGateway())
	}
	table := w.vpc.RouteTable(w.public).Route("pl-63a5400a", w.vpc.InternetGateway().ID)
	require.Contains(t, detail(t, requireArrival(t, w.inPublic, s3Address), fake.HopRouteTable), "pl-63a5400a to "+w.vpc.InternetGateway().ID)
	requireStop(t, w.inPublic, "dynamodb.us-east-1.amazonaws.com:443", fake.HopRouteTable, table.ID, "has no route to ")
}

// TestGatewayEndpointsOfBothFamilies holds that an endpoint of a family has routes for that family only.
func TestGatewayEndpointsOfBothFamilies(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account(partnerID)
	v := a.VPC("10.1.0.0/16").IPv6("2600:1f18:1::/56")
	s := v.Subnet("a", "10.1.1.0/24").IPv6("2600:1f18:1:1::/64")
	table := v.RouteTable(s)
	out, err := a.CreateVpcEndpoint(t.Context(), &ec2.CreateVpcEndpointInput{VpcId: &v.ID, ServiceName: aws.String("com.amazonaws.us-east-1.s3"),
		RouteTableIds: []string{table.ID}, IpAddressType: "dualstack"})
	require.NoError(t, err)
	c.S3("us-east-1").Listen(443)
	addrs, err := s.LookupHost(t.Context(), "s3.dualstack.us-east-1.amazonaws.com")
	require.NoError(t, err)
	require.Len(t, addrs, 2)
	for _, addr := range addrs {
		requireArrival(t, s, net.JoinHostPort(addr.String(), "443"))
	}
	_, err = a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: out.VpcEndpoint.VpcEndpointId, IpAddressType: "ipv4"})
	require.NoError(t, err)
	requireArrival(t, s, net.JoinHostPort(addrs[0].String(), "443"))
	requireStop(t, s, net.JoinHostPort(addrs[1].String(), "443"), fake.HopRouteTable, table.ID, "has no route to "+addrs[1].String())
}

// TestAWSServicesBehindInterfaceEndpoints goes by the private name, with HTTP, and to DynamoDB too.
func TestAWSServicesBehindInterfaceEndpoints(t *testing.T) {
	t.Parallel()
	var c fake.Cloud
	a := c.Account(partnerID)
	v := a.VPC("10.1.0.0/16")
	s := v.Subnet("a", "10.1.1.0/24")
	id, _ := awsEndpoint(t, a, v, "ecr.api", s)
	l := c.AWSService("us-east-1", "ecr.api").Listen(443)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked, _ := fake.RequestOf(r.Context().Value(connKey{}).(net.Conn))
		_, _ = fmt.Fprint(w, asked.Action)
	}), ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) }}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	client := http.Client{Transport: &http.Transport{DialContext: s.DialContext, DisableKeepAlives: true}}
	ctx := fake.WithRequest(t.Context(), fake.Request{Principal: roleARN, Action: "ecr:DescribeImages", Resource: "*"})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://api.ecr.us-east-1.amazonaws.com:443/", nil)
	require.NoError(t, err)
	resp, err := client.Do(req)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "ecr:DescribeImages", string(body))

	_, err = a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, PolicyDocument: aws.String(
		`{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["ecr:Get*"],"Resource":"*"}}`)})
	require.NoError(t, err)
	_, err = client.Do(req)
	require.ErrorContains(t, err, "the policy of endpoint "+id+" does not allow ecr:DescribeImages on * by "+roleARN)
	_, err = a.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &id, ResetPolicy: aws.Bool(true)})
	require.NoError(t, err)
	resp, err = client.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())

	require.NotNil(t, c.DynamoDB("eu-west-1").Listen(443))
	requireArrival(t, c.Internet(), "dynamodb.eu-west-1.amazonaws.com:443")
	for _, bad := range [][2]string{{"us-east-1", "none"}, {"us-east-1", "api.ecr"}, {"nowhere-1", "s3"}} {
		require.Panics(t, func() { c.AWSService(bad[0], bad[1]) })
	}
	require.Panics(t, func() { c.DynamoDB("eu-west-1").Listen(443) })
}

type connKey struct{}

// TestEndpointPolicies judges one request by policy after policy.
func TestEndpointPolicies(t *testing.T) {
	t.Parallel()
	w := newBucket(t)
	w.cloud.S3("us-east-1").Listen(443)
	statement := func(effect, rest string) string {
		return fmt.Sprintf(`{"Sid":"x","Effect":%q,"Principal":"*",%s}`, effect, rest)
	}
	const all, none = `"Action":"*","Resource":"*"`, "does not allow s3:GetObject"
	when := func(condition string) string { return all + `,"Condition":{` + condition + `}` }
	const denied = "denies s3:GetObject on arn:aws:s3:::orders/2026/1 by " + roleARN
	for _, tt := range []struct{ policy, blocked string }{
		{statement("Allow", all), ""},
		{statement("Allow", `"Action":"s3:*","Resource":"*"`), ""},
		{statement("Allow", `"Action":"S3:getobject","Resource":["arn:aws:s3:::none","arn:aws:s3:::orders/*"]`), ""},
		{statement("Allow", `"Action":"s3:Get?bject","Resource":"arn:aws:s3:::*/2026/?"`), ""},
		{statement("Allow", `"Action":"s3:Put*","Resource":"*"`), none},
		{statement("Allow", `"Action":"*","Resource":"arn:aws:s3:::Orders/*"`), none},
		{statement("Deny", `"Action":"s3:Put*","Resource":"*"`), none},
		{statement("Deny", all) + "," + statement("Allow", all), denied},
		{statement("Allow", all) + "," + statement("Deny", `"Action":"s3:GetObject","Resource":"*"`), denied},
		{statement("Allow", all) + "," + statement("Deny", `"Action":"s3:Put*","Resource":"*"`), ""},
		{statement("Allow", when(`"StringEquals":{"aws:PrincipalArn":"`+roleARN+`"}`)), ""},
		{statement("Allow", when(`"StringEquals":{"aws:principalarn":["arn:aws:iam::1:role/x","`+roleARN+`"]}`)), ""},
		{statement("Allow", when(`"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/*"}`)), none},
		{statement("Allow", when(`"StringLike":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/*"}`)), ""},
		{statement("Allow", when(`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/reader"}`)), ""},
		{statement("Allow", when(`"ArnLike":{"aws:PrincipalArn":"arn:aws:*:role/reader"}`)), none},
		{statement("Allow", when(`"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::222222222222:role/re*"}`)), ""},
		{statement("Allow", when(`"ArnNotEquals":{"aws:PrincipalArn":"`+roleARN+`"}`)), none},
		{statement("Allow", all) + "," + statement("Deny", when(`"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::333333333333:*"}`)), denied},
		{statement("Allow", all) + "," + statement("Deny", when(`"StringNotEquals":{"aws:PrincipalArn":"`+roleARN+`"}`)), ""},

		{statement("Allow", `"NotAction":"s3:Put*","Resource":"*"`), `is not modelled by the fake: json: unknown field "NotAction"`},
		{statement("Allow", `"Action":"*"`), "is not modelled by the fake: a statement without"},
		{statement("Maybe", all), "is not modelled by the fake: a statement without"},
		{`{"Effect":"Allow","Principal":{"AWS":"` + roleARN + `"},` + all + `}`, `is not modelled by the fake: principal {"AWS":"` + roleARN},
		{statement("Allow", when(`"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}`)), "is not modelled by the fake: condition IpAddress"},
		{statement("Allow", when(`"NotStringEquals":{"aws:PrincipalArn":"arn:aws:iam::1:root"}`)), "is not modelled by the fake: condition NotStringEquals"},
		{statement("Allow", when(`"NumericEquals":{}`)), "is not modelled by the fake: condition NumericEquals"},
		{statement("Allow", when(`"StringEquals":{"aws:PrincipalOrgID":"o-1"}`)), "is not modelled by the fake: condition StringEquals on aws:PrincipalOrgID"},
		{statement("Allow", `"Action":"*","Resource":"arn:aws:s3:::${aws:username}/*"`), "is not modelled by the fake: policy variable"},
		{statement("Allow", all) + "," + statement("Allow", `"NotResource":"*","Action":"*"`), "is not modelled by the fake"},
	} {
		_, err := w.account.ModifyVpcEndpoint(t.Context(), &ec2.ModifyVpcEndpointInput{VpcEndpointId: &w.gateway,
			PolicyDocument: aws.String(`{"Version":"2012-10-17","Id":"p","Statement":[` + tt.policy + `]}`)})
		require.NoError(t, err)
		host := asking{w.inGateway, readObject}
		if tt.blocked == "" {
			requireArrival(t, host, s3Address)
			continue
		}
		requireStop(t, host, s3Address, fake.HopPolicy, w.gateway, "the policy of endpoint "+w.gateway+" "+tt.blocked)
	}
}
