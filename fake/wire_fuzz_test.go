package fake_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-326366ec/aws-privatelink/fake"
)

// The fuzz tests send anything: each answer is one of AWS's, well-formed, and no refusal is a 500.

func FuzzForm(f *testing.F) {
	for _, body := range []string{
		"", "&", "=", "Action", "Action=DescribeVpcs", "Action=DescribeVpcs&Version=2016-11-15", "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=x",
		"Action=DescribeVpcEndpoints&Version=2016-11-15&MaxResults=5&Filter..=x&.=", "Action=CreateVpcEndpoint&Version=2016-11-15&VpcId=vpc-1&TagSpecification.1.Tag.1.Key=a&DnsOptions=x",
		"Action=CreateTags&Version=2016-11-15&ResourceId.1=vpc-1&Tag.1.Key=%00&Tag.-1.Key=x", "Action=DescribeLoadBalancers&Version=2015-12-01&Names.member.1=x&PageSize=0x10",
		"Action=AddTags&Version=2015-12-01&ResourceArns.member.1=x&Tags=&Tags.member.1.Key=x", "Action=GetCallerIdentity&Version=2011-06-15", "Action=%ff&Version=;",
		"Action=ModifyVpcAttribute&Version=2016-11-15&EnableDnsSupport.Value=true&VpcId=x", "Action=DescribeVpcs&Version=2016-11-15&VpcId.99999999999999999999=x",
	} {
		f.Add(body)
	}
	c := &fake.Cloud{Forget: true}
	f.Fuzz(func(t *testing.T, body string) {
		for _, service := range []string{"ec2", "elasticloadbalancing", "sts"} {
			requireAnAnswer(t, answerTo(c, signed(service, "POST", "/", body)))
		}
	})
}

func FuzzXML(f *testing.F) {
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	for _, body := range []string{
		"", "<", "<a/>", head, head + "<CreateHostedZoneRequest/>", "<CreateHostedZoneRequest><Name>a.example</Name><CallerReference>r</CallerReference></CreateHostedZoneRequest>",
		`<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><VPC><VPCId>vpc-1</VPCId></VPC><HostedZoneConfig><PrivateZone>yes</PrivateZone></HostedZoneConfig></CreateHostedZoneRequest>`,
		"<ChangeResourceRecordSetsRequest><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><TTL>x</TTL></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>",
		"<ChangeTagsForResourceRequest><AddTags><Tag><Key>a</Key></Tag></AddTags><RemoveTagKeys><Key>b</Key></RemoveTagKeys></ChangeTagsForResourceRequest>",
		`<?xml version="1.0" encoding="UTF-16"?><a/>`, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a><![CDATA[x]]></a>", "<CreateHostedZoneRequest>\x00</CreateHostedZoneRequest>",
	} {
		f.Add(body)
	}
	c := &fake.Cloud{Forget: true}
	zone := "/2013-04-01/hostedzone/" + c.Account("111111111111").PublicZone("a.example").ID
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/2013-04-01/hostedzone", zone, zone + "/rrset/", zone + "/associatevpc", "/2013-04-01/tags/hostedzone/x", "/2013-04-01/tags/hostedzone"} {
			requireAnAnswer(t, answerTo(c, signed("route53", "POST", path, body)))
		}
	})
}

func FuzzHeaders(f *testing.F) {
	const scope = "AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=00"
	f.Add("POST", "/", "", scope, "application/x-www-form-urlencoded", "20260101T000000Z")
	f.Add("GET", "/2013-04-01/hostedzone", "maxitems=1&marker=x", strings.Replace(scope, "ec2", "route53", 1), "", "")
	f.Add("GET", "/2013-04-01//hostedzone/..", "x", strings.Replace(scope, "ec2", "route53", 1), "text/xml; charset=\"", "now")
	f.Add("GET", "/", "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=111111111111/1/us-east-1/sts/aws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=0&X-Amz-Expires=-5&X-Amz-Date=20260101T000000Z", "", "", "")
	f.Add("GET", "/", "%zz", "AWS4-HMAC-SHA256 Credential=////, SignedHeaders=;;content-length, Signature==", "multipart/form-data", "")
	f.Add("BREW", "*", "", scope+", SignedHeaders=content-length", "application/x-www-form-urlencoded", "20260101T000000Z")
	clouds := []*fake.Cloud{{Forget: true}, {Forget: true, VerifySignatures: true}}
	f.Fuzz(func(t *testing.T, method, path, query, authorization, kind, date string) {
		for _, c := range clouds {
			r := httptest.NewRequest("POST", "/", strings.NewReader("Action=DescribeVpcs&Version=2016-11-15"))
			r.Method, r.URL.Path, r.URL.RawQuery = method, path, query
			for name, value := range map[string]string{"Authorization": authorization, "Content-Type": kind, "X-Amz-Date": date} {
				r.Header[name] = []string{value}
			}
			requireAnAnswer(t, answerTo(c, r))
		}
	})
}

// requireAnAnswer asserts an answer in the shape of AWS.
func requireAnAnswer(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	require.Less(t, w.Code, http.StatusInternalServerError, w.Body)
	require.Equal(t, "text/xml;charset=UTF-8", w.Header().Get("Content-Type"))
	if w.Code >= http.StatusBadRequest {
		readProblem(t, w)
	}
}
