package fake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	elbDoc  = `xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"`
	dnsDoc  = `xmlns="https://route53.amazonaws.com/doc/2013-04-01/"`
)

// TestAnswersToTheLetter has what clients overlook that read for names alone: namespaces, envelopes, lists that are there and empty.
func TestAnswersToTheLetter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ service, method, path, body, want string }{
		{"ec2", "POST", "/", "Action=DescribeVpcs" + ec2v, xmlHead +
			`<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>ID</requestId><vpcSet></vpcSet></DescribeVpcsResponse>`},
		{"ec2", "GET", "/?Action=DeleteVpcEndpoints&VpcEndpointId.1=vpce-0123456789abcdef0" + ec2v, "", xmlHead +
			`<DeleteVpcEndpointsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>ID</requestId><unsuccessful><item><error>` +
			`<code>InvalidVpcEndpoint.NotFound</code><message>The Vpc Endpoint Id &#39;vpce-0123456789abcdef0&#39; does not exist</message></error>` +
			`<resourceId>vpce-0123456789abcdef0</resourceId></item></unsuccessful></DeleteVpcEndpointsResponse>`},
		{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers" + elbv, `<DescribeLoadBalancersResponse ` + elbDoc + `><DescribeLoadBalancersResult>` +
			`<LoadBalancers></LoadBalancers></DescribeLoadBalancersResult><ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></DescribeLoadBalancersResponse>`},
		{"elasticloadbalancing", "POST", "/", "Action=DescribeLoadBalancers&Names.1=x" + elbv, xmlHead + `<ErrorResponse ` + elbDoc + `><Error><Type>Sender</Type>` +
			`<Code>ValidationError</Code><Message>The parameter Names.1 is not recognized</Message></Error><RequestId>ID</RequestId></ErrorResponse>`},
		{"sts", "POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">` +
			`<GetCallerIdentityResult><Account>111111111111</Account><Arn>arn:aws:iam::111111111111:root</Arn><UserId>111111111111</UserId></GetCallerIdentityResult>` +
			`<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></GetCallerIdentityResponse>`},
		{"route53", "GET", zonePath, "", xmlHead + `<ListHostedZonesResponse ` + dnsDoc + `><HostedZones></HostedZones><IsTruncated>false</IsTruncated>` +
			`<MaxItems>100</MaxItems></ListHostedZonesResponse>`},
		{"route53", "GET", zonePath + "?nonsense=1", "", xmlHead + `<ErrorResponse ` + dnsDoc + `><Error><Type>Sender</Type><Code>InvalidInput</Code>` +
			`<Message>nonsense is not recognized</Message></Error><RequestId>ID</RequestId></ErrorResponse>`},
	} {
		w := answerTo(&fake.Cloud{}, signed(c.service, c.method, c.path, c.body))
		id := w.Header().Get("X-Amzn-Requestid")
		require.NotEmpty(t, id)
		require.Equal(t, c.want, strings.ReplaceAll(w.Body.String(), id, "ID"))
	}
}

// TestCreatedZones asserts what the answer about a new zone has besides its body.
func TestCreatedZones(t *testing.T) {
	t.Parallel()
	w := answerTo(&fake.Cloud{}, signed("route53", "POST", zonePath, "<CreateHostedZoneRequest><Name>a.example</Name><CallerReference>r</CallerReference></CreateHostedZoneRequest>"))
	require.Equal(t, 201, w.Code)
	require.Regexp(t, "^https://route53.amazonaws.com/2013-04-01/hostedzone/Z[0-9A-Z]+$", w.Header().Get("Location"))
}

// TestWhoseFaultItIs asserts that an error of AWS's own is told from one of the caller's.
func TestWhoseFaultItIs(t *testing.T) {
	t.Parallel()
	c := &fake.Cloud{}
	c.Inject(fake.ServerError())
	for service, path := range map[string]string{"route53": zonePath, "elasticloadbalancing": "/?Action=DescribeLoadBalancers" + elbv} {
		w := answerTo(c, signed(service, "GET", path, ""))
		require.GreaterOrEqual(t, w.Code, 500)
		require.Contains(t, w.Body.String(), "<Type>Receiver</Type>")
	}
}
